# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Condense the vendor's OpenAPI documents into ``tests/contract/facts.json``.

    python tests/tools/make_facts.py

The documents are looked for in ``../shared/reference/openapi``, or in the folder that
``ORCHESTRATOR_OPENAPI_DIR`` names.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def main() -> int:
    sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "collections")]
    from contract import facts, openapi

    if not openapi.available():
        print(openapi.ABSENT, file=sys.stderr)
        return 1
    documents = openapi.read_all()
    data = facts.packed(documents)
    rows = [f"    {json.dumps(row, sort_keys=True)}" for row in data["operations"]]
    schemas = [f"    {json.dumps(schema, sort_keys=True)}" for schema in data["schemas"]]
    lists = {"schemas": schemas, "operations": rows}
    parts = [f'  "{name}": [\n' + ",\n".join(lines) + "\n  ]" for name, lines in lists.items()]
    facts.TABLE.write_text("{\n" + ",\n".join(parts) + "\n}\n", encoding="utf-8")
    print(f"{len(rows)} operations of {len(documents)} documents")
    return 0


if __name__ == "__main__":
    sys.exit(main())
