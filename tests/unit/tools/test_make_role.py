# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The documentation of the role says what the modules say."""

from __future__ import annotations

import yaml
from ansible_collections.rpaops.orchestrator.plugins.plugin_utils._role.variables import (
    specification,
)
from tools.make_role import ENTRY_POINTS, PATH, argument_specs


def test_the_specification_of_the_role_is_current():
    """After a change of a module's documentation, ``python tests/tools/make_role.py`` was run."""
    assert PATH.read_text(encoding="utf-8") == argument_specs()


def test_every_entry_point_knows_every_variable():
    """What Ansible judges on its own roads is what the role's task judges."""
    entry_points = yaml.safe_load(PATH.read_text(encoding="utf-8"))["argument_specs"]
    tasks = {path.stem for path in (PATH.parents[1] / "tasks").glob("*.yml")}

    assert set(entry_points) == set(ENTRY_POINTS) == tasks
    for entry_point in entry_points.values():
        assert entry_point["options"].keys() == specification().keys()
