#!/usr/bin/env bash
# Copyright (c) 2026 the rpaops.orchestrator authors
# SPDX-License-Identifier: GPL-3.0-or-later

# Run ansible-test sanity on what ships: build the tarball, install it, test the installed copy.
# sanity.sh [CORE] [ARGUMENTS...]: CORE is one of cores.sh, such as 2.16, by default that of PATH.
set -euo pipefail

tools=${BASH_SOURCE%/*}
# shellcheck source=tests/tools/cores.sh
source "$tools/cores.sh"
if [[ ${1-} =~ ^[0-9]+\.[0-9]+$ ]]; then
    if ! core_env "$1"; then
        echo "skipped: ansible-core $1 is not installable here"
        exit
    fi
    PATH=$PWD/.venvs/core-$1/bin:$PATH
    shift
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# ansible-test fetches this script from a file host, which a closed network does not reach.
# Python carries pip itself; the rest comes from the package index of pip's own configuration.
for version in 23_1_2 24_2 25_2; do
    bootstrap=~/.ansible/test/cache/get_pip_$version.py
    if [ ! -e "$bootstrap" ]; then
        mkdir -p "${bootstrap%/*}"
        printf 'import ensurepip\n\nensurepip.bootstrap(default_pip=True)\n' >"$bootstrap"
    fi
done

ansible --version | sed -n 1p
ansible-galaxy collection build --output-path "$work" . >/dev/null
ansible-galaxy collection install -p "$work" --force "$work"/*.tar.gz >/dev/null
python=$(python -c 'import sys; print("%d.%d" % sys.version_info[:2])')
cd "$work/ansible_collections/rpaops/orchestrator"
# Named as a script of its Python: ansible-core 2.16 installs one that cannot start below a folder
# with a blank in its name.
ANSIBLE_COLLECTIONS_PATH=$work python "$(command -v ansible-test)" sanity --python "$python" --color no "$@"
