# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Release the version of ``galaxy.yml`` in this tree, up to what only a person can do.

    python tests/tools/release.py [DATE]

The fragments become an entry of ``changelogs/changelog.yaml`` and the ``CHANGELOG.md``, of today
or of ``DATE``, and the tarball is built. Nothing is committed, tagged or sent anywhere.
"""

from __future__ import annotations

import datetime
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tools.build import ROOT, checked
from tools.make_changelog import releases, version

NEXT = """
Released in this tree: {version} of {date}. Look at it, and then:

    git diff HEAD
    git add --all && git commit --message "Release {version}"
    git tag --annotate {version} --message "Release {version}"
    git push origin HEAD {version}
    ansible-galaxy collection publish {tarball}

Then raise the version in galaxy.yml, pyproject.toml and plugins/module_utils/_version.py.
To take it back instead: git checkout HEAD -- changelogs CHANGELOG.md
"""


def refusal() -> str:
    """Why this tree cannot be released; empty when it can."""
    wanted = version()
    if wanted in releases() or _git("tag", "--list", wanted):
        return f"{wanted} is released already; raise the version in galaxy.yml first."
    changes = _git("status", "--porcelain")
    if changes:
        return f"The tree has changes that nobody committed:\n{changes}"
    if not any((ROOT / "changelogs/fragments").glob("*.yml")):
        return f"There is nothing to say about {wanted}: changelogs/fragments is empty."
    return ""


def _git(*words: str) -> str:
    done = subprocess.run(
        ["git", "-C", str(ROOT), *words], check=True, stdout=subprocess.PIPE, text=True
    )
    return done.stdout.strip()


def main() -> int:
    given = sys.argv[1] if len(sys.argv) > 1 else datetime.datetime.now().date().isoformat()
    try:
        date = datetime.date.fromisoformat(given).isoformat()
    except ValueError:
        print(f"{given} is no day such as 2026-12-31.", file=sys.stderr)
        return 2
    refused = refusal()
    if refused:
        print(refused, file=sys.stderr)
        return 1
    subprocess.run(["antsibull-changelog", "release", "--date", date], cwd=ROOT, check=True)
    tarball, found = checked(ROOT / "build")
    if found:
        print("\n".join(found), file=sys.stderr)
        return 1
    print(NEXT.format(version=version(), date=date, tarball=tarball.relative_to(ROOT)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
