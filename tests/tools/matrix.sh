#!/usr/bin/env bash
# Copyright (c) 2026 the rpaops.orchestrator authors
# SPDX-License-Identifier: GPL-3.0-or-later

# Run the unit tests on every supported ansible-core, and import the module code on the oldest
# Pythons of targets. Without arguments all of them; else the named ones: matrix.sh 2.16 3.9
set -euo pipefail

cores=(
    "2.16 3.11 ansible-core~=2.16.0"
    "2.19 3.11 ansible-core~=2.19.0"
    "2.20 3.12 ansible-core~=2.20.0"
    "2.21 3.13 ansible-core~=2.21.0"
    "2.22 3.13 ansible-core>=2.22.0rc1,<2.23"
)
targets=(3.9 3.10)
tools=${BASH_SOURCE%/*}
# This core supports targets from Python 3.8 on, so its library can be imported there.
core_library=.venvs/core-2.19/lib/python3.11/site-packages
failed=()

wanted() { [ $# -eq 1 ] || [[ " ${*:2} " == *" $1 "* ]]; }

for row in "${cores[@]}"; do
    read -r core python package <<<"$row"
    wanted "$core" "$@" || continue
    env=.venvs/core-$core
    if [ ! -e "$env/.complete" ]; then
        if ! "$tools/make_venv.sh" "$env" "$python" "$package" pytest pytest-xdist \
            --requirement=tests/unit/requirements.txt; then
            echo "skipped: ansible-core $core on Python $python is not installable here"
            continue
        fi
        touch "$env/.complete"
    fi
    echo "== ansible-core $core on Python $python"
    PATH=$PWD/$env/bin:$PATH "$env/bin/python" -m pytest -q -n 2 tests/unit || failed+=("core-$core")
done

for python in "${targets[@]}"; do
    wanted "$python" "$@" || continue
    if ! interpreter=$("$tools/find_python.sh" "$python"); then
        echo "skipped: target Python $python is not installed here"
        continue
    fi
    echo "== module code on target Python $python"
    "$interpreter" "$tools/import_plugins.py" "$core_library" || failed+=("python-$python")
done

if [ ${#failed[@]} -gt 0 ]; then
    echo "failed: ${failed[*]}" >&2
    exit 1
fi
