#!/usr/bin/env bash
# Copyright (c) 2026 the rpaops.orchestrator authors
# SPDX-License-Identifier: GPL-3.0-or-later

# Feed everything that reads from outside for so many seconds: fuzz.sh [SECONDS]
# The search is guided by coverage where atheris can be installed, in an environment of its own.
set -euo pipefail

seconds=${1:-600}
tools=${BASH_SOURCE%/*}
python=python
if "$tools/make_venv.sh" .venvs/fuzz "3.13 3.12 3.11" atheris ansible-core \
    --requirement=tests/unit/requirements.txt; then
    python=.venvs/fuzz/bin/python
else
    echo "skipped: coverage as a guide, as atheris is not installable here"
fi
export PYTHONPATH=tests:collections
"$python" -m fuzz.peers --seconds $((seconds * 2 / 3))
"$python" -m fuzz.files --seconds $((seconds / 3))
