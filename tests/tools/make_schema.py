# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Write ``docs/schema/mail.schema.json``: the variables of the role, for editors and checks.

    python tests/tools/make_schema.py

It is made from the role's argument specification and the table of presets.
"""

from __future__ import annotations

import json
import re
import sys
import typing as t
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[2]
SPECIFICATION = ROOT / "roles" / "mail" / "meta" / "argument_specs.yml"
SCHEMA = ROOT / "docs" / "schema" / "mail.schema.json"
ADDRESS = "https://raw.githubusercontent.com/rpaops/orchestrator/main/docs/schema/mail.schema.json"
TYPES: t.Mapping[str, t.Any] = {
    "str": {"type": ["string", "number"]},
    "path": {"type": "string"},
    "int": {"anyOf": [{"type": "integer"}, {"type": "string", "pattern": r"^\s*\d+\s*$"}]},
    "float": {"anyOf": [{"type": "number"}, {"type": "string", "pattern": r"^\s*[\d.]+\s*$"}]},
    "bool": {
        "anyOf": [
            {"type": "boolean"},
            {"enum": ["yes", "no", "on", "off", "true", "false", "True", "False", 0, 1]},
        ]
    },
    "raw": {},
}
#: Whatever Ansible fills in is judged when it is there.
TEMPLATE = {"type": "string", "pattern": r"\{\{|\{%"}
#: What no type says.
BOUNDS: t.Mapping[str, t.Any] = {
    "mail_smtp_port": {"minimum": 1, "maximum": 65535},
    "mail_smtp_host": {"not": {"pattern": r"://|\s|:\d+$"}},
    "mail_default_from_address": {"pattern": r"^$|^[^@\s]+@[^@\s]+$|\{\{"},
}
MARKUP = re.compile(r"\b[A-Z]+\(([^()]*)\)")


def schema() -> dict[str, t.Any]:
    """The schema of a file of variables: ours are typed, others are left alone."""
    options = yaml.safe_load(SPECIFICATION.read_text(encoding="utf-8"))["argument_specs"]["main"]
    properties = {name: _option(name, one) for name, one in options["options"].items()}
    properties["mail_preset"]["anyOf"] = [{"enum": [""]}, *_presets(), TEMPLATE]
    properties["mail_preset"].pop("type", None)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": ADDRESS,
        "title": "Variables of the role rpaops.orchestrator.mail",
        "type": ["object", "null"],
        "properties": properties,
        # A name that begins like ours and is not ours is a slip.
        "propertyNames": {"anyOf": [{"not": {"pattern": "^mail_"}}, {"enum": sorted(properties)}]},
    }


def _option(name: str, option: t.Mapping[str, t.Any]) -> dict[str, t.Any]:
    made: dict[str, t.Any] = {}
    if option.get("description"):
        made["description"] = _plain(option["description"])
    made["anyOf"] = [{**_typed(option), **BOUNDS.get(name, {})}, TEMPLATE]
    return made


def _typed(option: t.Mapping[str, t.Any]) -> dict[str, t.Any]:
    kind = option.get("type", "str")
    if kind == "list":
        return {"type": "array", "items": _element(option)}
    # What a list may hold are choices of its elements.
    if option.get("choices"):
        return {"enum": list(option["choices"])}
    return _dictionary(option) if kind == "dict" else dict(TYPES[kind])


def _element(option: t.Mapping[str, t.Any]) -> dict[str, t.Any]:
    """What a list holds: values of its type, or names beside dictionaries."""
    if option.get("options"):
        return {"anyOf": [{"type": "string"}, _dictionary(option)]}
    return _typed({**option, "type": option.get("elements", "raw")})


def _dictionary(option: t.Mapping[str, t.Any]) -> dict[str, t.Any]:
    inner = option.get("options")
    if not inner:
        return {"type": "object"}
    made: dict[str, t.Any] = {
        "type": "object",
        "properties": {name: _option(name, one) for name, one in inner.items()},
        "additionalProperties": False,
    }
    return made


def _presets() -> list[dict[str, t.Any]]:
    from ansible_collections.rpaops.orchestrator.plugins.module_utils._knowledge.providers import (
        BY_ID,
    )

    return [
        {
            "const": row.id,
            "title": row.name,
            "description": " ".join(caveat.text for caveat in row.caveats) or row.name,
        }
        for row in BY_ID.values()
    ] + [{"const": "custom", "title": "A preset of your own", "description": "mail_custom_preset"}]


def _plain(said: t.Any) -> str:
    text = " ".join(said) if isinstance(said, list) else str(said)
    return MARKUP.sub(r"\1", text)


def main() -> int:
    sys.path.insert(0, str(ROOT / "collections"))
    SCHEMA.write_text(json.dumps(schema(), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"wrote {SCHEMA.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
