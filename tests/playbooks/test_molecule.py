# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The molecule scenarios, as part of the tests; ``molecule test --all`` runs them alone."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from support.ansible_run import NO_JOBS, STARTS_JOBS
from support.places import ROOT

PROGRAMS = Path(sys.executable).parent


@pytest.mark.skipif(not (PROGRAMS / "molecule").exists(), reason="molecule is not installed")
@pytest.mark.skipif(not STARTS_JOBS, reason=NO_JOBS)
def test_all_scenarios_pass():
    """Check mode, converge, idempotence and verify, against the fakes as processes."""
    environment = {**os.environ, "PATH": f"{PROGRAMS}{os.pathsep}{os.environ['PATH']}"}
    done = subprocess.run(
        [str(PROGRAMS / "molecule"), "test", "--all"],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=environment,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
