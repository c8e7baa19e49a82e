#!/usr/bin/env bash
# Copyright (c) 2026 the rpaops.orchestrator authors
# SPDX-License-Identifier: GPL-3.0-or-later

# Print the interpreter of the first version that works: find_python.sh 3.13 3.12 3.11
set -euo pipefail

for version in "$@"; do
    # A name on PATH may be a shim without an interpreter behind it, so each candidate is run.
    for candidate in "python$version" "${PYENV_ROOT:-$HOME/.pyenv}/versions/$version".*/bin/python python3; do
        if "$candidate" -c "import sys, venv, ensurepip; sys.exit('%d.%d' % sys.version_info[:2] != '$version')" 2>/dev/null; then
            "$candidate" -c 'import sys; print(sys.executable)'
            exit
        fi
    done
done
echo "No working Python with venv found of: $* (Debian: apt install python3-venv)." >&2
exit 1
