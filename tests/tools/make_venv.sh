#!/usr/bin/env bash
# Copyright (c) 2026 the rpaops.orchestrator authors
# SPDX-License-Identifier: GPL-3.0-or-later

# Make (or complete) a virtual environment: make_venv.sh FOLDER REQUIREMENTS...
# Uses uv where it is installed, else pip. PYTHON may name the interpreter.
set -euo pipefail

folder=$1
shift
requirements=("${@/#/--requirement=}")

# A name on PATH may be a shim without an interpreter behind it, so each candidate is run.
working_python() {
    local candidate
    for candidate in ${PYTHON:-} python3.13 python3.12 python3.11 python3; do
        if "$candidate" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            "$candidate" -c 'import sys; print(sys.executable)'
            return
        fi
    done
    echo "No working Python 3.11 or newer with venv found (Debian: apt install python3-venv)." >&2
    return 1
}

python=$(working_python)
if [ ! -x "$folder/bin/python" ]; then
    "$python" -m venv "$folder"
fi
"$folder/bin/python" -m pip install --quiet --disable-pip-version-check "${requirements[@]}"
