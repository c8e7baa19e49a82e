# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What ``ansible-doc`` says of presets is what there is."""

from __future__ import annotations

import re

import yaml
from ansible_collections.rpaops.orchestrator.plugins.doc_fragments._settings import (
    ModuleDocFragment,
)
from ansible_collections.rpaops.orchestrator.plugins.module_utils._knowledge.provider import (
    Provider,
)
from ansible_collections.rpaops.orchestrator.plugins.module_utils._knowledge.providers import (
    BY_ID,
    CUSTOM,
    RELAY,
)

OPTIONS = yaml.safe_load(ModuleDocFragment.DOCUMENTATION)["options"]


def test_every_preset_is_named():
    """Whoever has no browser at hand finds its id, in the order of the table."""
    listed = next(text for text in OPTIONS["preset"]["description"] if text.startswith("Known"))

    assert re.findall(r"V\((\w+)\)", listed) == [*BY_ID, RELAY.id, CUSTOM]


def test_every_key_of_a_preset_of_ones_own_is_described():
    """All that the reader takes, and nothing that it refuses."""
    text = " ".join(OPTIONS["custom_preset"]["description"])
    named = set(re.findall(r"C\((\w+)(?:=\w+)?\)", text))
    inner = {"region", "text", "since", "until"}

    assert named - inner == set(Provider._fields) - {"id"}
