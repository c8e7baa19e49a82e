#!/usr/bin/env bash
# Copyright (c) 2026 the rpaops.orchestrator authors
# SPDX-License-Identifier: GPL-3.0-or-later

# Run the unit tests on every supported ansible-core, and import the module code on the oldest
# Pythons of targets. Without arguments all of them; else the named ones: matrix.sh 2.16 3.9
set -euo pipefail

targets=(3.9 3.10 3.14)
tools=${BASH_SOURCE%/*}
# shellcheck source=tests/tools/cores.sh
source "$tools/cores.sh"
# This core supports targets from Python 3.8 on, so its library can be imported there.
core_library=.venvs/core-2.19/lib/python3.11/site-packages
failed=()

known=" ${CORES[*]%% *} ${targets[*]} "
for name in "$@"; do
    # A slip must not look like a success.
    if [[ $known != *" $name "* ]]; then
        echo "matrix.sh: $name is none of$known" >&2
        exit 2
    fi
done

wanted() { [ $# -eq 1 ] || [[ " ${*:2} " == *" $1 "* ]]; }

for row in "${CORES[@]}"; do
    read -r core python _package <<<"$row"
    wanted "$core" "$@" || continue
    env=.venvs/core-$core
    if ! core_env "$core"; then
        echo "skipped: ansible-core $core on Python $python is not installable here"
        # What was asked for by name has to be there.
        [ $# -eq 0 ] || failed+=("core-$core")
        continue
    fi
    echo "== ansible-core $core on Python $python"
    PATH=$PWD/$env/bin:$PATH "$env/bin/python" -m pytest -q -n 2 tests/unit || failed+=("core-$core")
done

for python in "${targets[@]}"; do
    wanted "$python" "$@" || continue
    if ! interpreter=$("$tools/find_python.sh" "$python"); then
        echo "skipped: target Python $python is not installed here"
        [ $# -eq 0 ] || failed+=("python-$python")
        continue
    fi
    echo "== module code on target Python $python"
    "$interpreter" "$tools/import_plugins.py" "$core_library" || failed+=("python-$python")
done

if [ ${#failed[@]} -gt 0 ]; then
    echo "failed: ${failed[*]}" >&2
    exit 1
fi
