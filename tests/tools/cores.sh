#!/usr/bin/env bash
# Copyright (c) 2026 the rpaops.orchestrator authors
# SPDX-License-Identifier: GPL-3.0-or-later

# The supported ansible-cores, each with its Python, and a virtual environment for one of them.
# To be sourced: it defines CORES and core_env. Run as a program, it makes all environments.

CORES=(
    "2.16 3.11 ansible-core~=2.16.0"
    "2.19 3.11 ansible-core~=2.19.0"
    "2.20 3.12 ansible-core~=2.20.0"
    "2.21 3.13 ansible-core~=2.21.0"
    "2.22 3.13 ansible-core>=2.22.0rc1,<2.23"
    "devel 3.13 ansible-core@https://github.com/ansible/ansible/archive/devel.tar.gz"
)

# Make or complete .venvs/core-CORE; fails for an unknown core and one that is not installable here.
core_env() {
    local row core python package env=.venvs/core-$1
    for row in "${CORES[@]}"; do
        read -r core python package <<<"$row"
        [ "$core" = "$1" ] || continue
        [ -e "$env/.complete" ] && return
        if ! "${BASH_SOURCE%/*}/make_venv.sh" "$env" "$python" "$package" pytest pytest-xdist \
            --requirement=tests/unit/requirements.txt; then
            # Half an environment would count as one.
            rm -rf "$env"
            return 1
        fi
        touch "$env/.complete"
        return
    done
    echo "No ansible-core $1 among those that are supported." >&2
    return 1
}

if [[ ${BASH_SOURCE[0]} == "$0" ]]; then
    for row in "${CORES[@]}"; do
        core_env "${row%% *}" || echo "skipped: ansible-core ${row%% *} is not installable here"
    done
fi
