# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a report says about itself: when, and of which revision."""

from __future__ import annotations

import os
import typing as t
from datetime import datetime, timezone

#: A moment in UTC, as RFC 3339 writes it.
TIME = "%Y-%m-%dT%H:%M:%SZ"
#: Where pipelines say which revision they work on: GitHub, GitLab, Azure DevOps, Jenkins.
REVISIONS = ("GITHUB_SHA", "CI_COMMIT_SHA", "BUILD_SOURCEVERSION", "GIT_COMMIT")
#: The same as a variable of AWX and Automation Platform.
REVISION_VARIABLES = ("awx_project_revision", "tower_project_revision")


def now() -> str:
    """The time in UTC, as RFC 3339 writes it."""
    return datetime.now(timezone.utc).strftime(TIME)


def revision(stated: str | None, task_vars: t.Mapping[str, t.Any]) -> str:
    """The revision that was stated, else what the pipeline says; empty when nobody does."""
    if stated is not None:
        return str(stated)
    told = [os.environ.get(name) for name in REVISIONS]
    told += [task_vars.get(name) for name in REVISION_VARIABLES]
    return str(next(filter(None, told), ""))
