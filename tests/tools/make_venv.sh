#!/usr/bin/env bash
# Copyright (c) 2026 the rpaops.orchestrator authors
# SPDX-License-Identifier: GPL-3.0-or-later

# Make or complete a virtual environment: make_venv.sh FOLDER PYTHON-VERSIONS PIP-ARGUMENTS...
set -euo pipefail

folder=$1
versions=$2
shift 2

if ! "$folder/bin/python" -c '' 2>/dev/null; then
    # shellcheck disable=SC2086 # a list of versions
    python=$("${BASH_SOURCE%/*}/find_python.sh" $versions)
    "$python" -m venv --clear "$folder"
fi

# uv is quicker, but does not read pip's configuration of a closed network.
if command -v uv >/dev/null && uv pip install --quiet --python "$folder/bin/python" "$@"; then
    exit
fi
"$folder/bin/python" -m pip install --quiet --disable-pip-version-check "$@"
