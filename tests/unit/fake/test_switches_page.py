# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The page on the wire names everything that is unknown."""

from __future__ import annotations

import dataclasses
import re

from fake.orchestrator import Switches
from support.places import PAGES


def test_the_page_lists_every_switch_and_no_other():
    """What the fake can be told to do is what the page says nobody knows."""
    page = (PAGES / "wire.rst").read_text(encoding="utf-8")
    table = page.partition("What is unknown\n---")[2].partition("Three things")[0]
    switches = {field.name for field in dataclasses.fields(Switches)}
    named = set(re.findall(r"``([a-z_]+)``", table))

    assert switches <= named
    assert named - switches <= {"mail_test", "sources", "unknown"}
