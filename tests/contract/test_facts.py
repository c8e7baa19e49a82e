# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The table of facts says what the vendor's documents say, wherever those are."""

from __future__ import annotations

import json

from contract import facts, openapi
from contract.validator import documents
from fake.orchestrator import VERSIONS


def test_every_version_has_its_documents_in_the_table():
    """Nothing is validated against an empty list; both surfaces, both address shapes."""
    shapes = {"standalone": VERSIONS, "suite": [n for n, v in VERSIONS.items() if v.suite_document]}
    needed = {
        name
        for shape, versions in shapes.items()
        for version in versions
        for surface in ("orchestrator", "identity")
        for name in documents(version, shape, surface)
    }

    assert needed <= facts.table().keys()
    assert all(facts.table()[name] for name in needed)


def test_the_table_is_what_the_documents_say():
    """After a new document somebody ran make_facts.py; without documents the table stands alone."""
    read = openapi.read_all() or facts.table()

    assert facts.unpacked(json.loads(json.dumps(facts.packed(read)))) == facts.table()


def test_scopes_and_permissions_are_read_from_what_the_documents_say():
    """An application needs one of the scopes, a user the permission."""
    (listed,) = [
        operation
        for operation in facts.table()["orchestrator-v17-cloud.json"]
        if (operation.method, operation.path) == ("get", "/odata/Settings")
    ]

    assert listed.scopes == ("OR.Settings", "OR.Settings.Read")
    assert listed.permission == "Settings.View"
