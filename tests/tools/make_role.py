# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Write ``roles/mail/meta/argument_specs.yml`` from the documentation of the modules.

``python tests/tools/make_role.py`` writes it; a test says when it is not current.  What a module
says about an option, the role says about its variable; only the variables that belong to no module
are described here.
"""

from __future__ import annotations

import importlib
import re
import sys
import typing as t
from pathlib import Path

import yaml

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from support.places import COLLECTIONS, ROOT

PACKAGE = "ansible_collections.rpaops.orchestrator.plugins"
PATH = ROOT / "roles" / "mail" / "meta" / "argument_specs.yml"
HEAD = """---
# Copyright (c) 2026 the rpaops.orchestrator authors
# SPDX-License-Identifier: GPL-3.0-or-later
# Made by tests/tools/make_role.py from the documentation of the modules; edit that instead.
"""
AUTHOR = ["The rpaops.orchestrator authors"]
#: The release in which the role came.
SINCE = "1.0.0"
#: Each entry point: its short description and its description.
ENTRY_POINTS: t.Mapping[str, tuple[str, t.Sequence[str]]] = {
    "main": (
        "Declare the mail settings of an Orchestrator, and prove them by a test message",
        [
            "Applies the settings that are given; what is not given is not managed.",
            "Give exactly one of O(mail_server) and O(mail_config_file).",
            "Sends a test message when something changed and O(mail_test_recipients) is given.",
            "A variable that refers to an undefined one is refused, and so is one whose name "
            "begins with C(mail_) and nearly is one of these.",
            "A server is asked from the controller, unless the inventory sets "
            "C(ansible_connection).",
        ],
    ),
    "apply": ("The same as main", ["As C(main), under the name of the playbook."]),
    "check": (
        "Look whether the plan file still fits",
        [
            "Compares in check mode, and fails where O(mail_plan_file) has no plan for the host, "
            "or another one. Run it on all hosts before C(apply) on the first of them, as the "
            "playbook C(apply) does.",
        ],
    ),
    "drift": (
        "Compare and change nothing",
        [
            "With O(mail_test_when=always) it also proves by a test message that mail works: what "
            "is stored where the server can test that, else what is declared.",
        ],
    ),
    "plan": ("Compare and change nothing", ["What would be changed, for C(report) to write down."]),
    "report": (
        "Make one report of what was found on all hosts of the play, and give the verdict",
        [
            "Takes the results of C(drift), C(plan), C(apply) or C(test), as O(mail_report_kind) "
            "says.",
            "In a play with C(serial) it says after each batch what is known by then.",
        ],
    ),
    "test": (
        "Send a test message and change nothing",
        ["Proves the settings that are given, from this machine or through the Orchestrator."],
    ),
    "validate": (
        "Judge the variables and open no connection",
        [
            "Types, names, undefined variables, the pre-flight rules, and the inputs of the test "
            "message.",
        ],
    ),
}
#: The variables that are an option of no module.
RUN: t.Mapping[str, str | list[str]] = {
    "mail_hosts": "Which hosts a playbook of this collection works on, as a pattern; by default "
    "all. Only as an extra variable (C(-e)).",
    "mail_test_when": [
        "When the test message is sent. By default only after something changed.",
        "V(always) sends it after every run that is not in check mode.",
    ],
    "mail_report_dir": "Folder on the controller for the reports; by default none are written.",
    "mail_plan_dir": "Folder on the controller for the plan, as JSON and as Markdown.",
    "mail_plan_file": "The reviewed plan, on the controller; the playbook C(apply) then applies "
    "exactly this.",
    "mail_export_dir": "Folder on the controller that the playbook C(export) writes to.",
    "mail_evidence_dir": "Folder on the controller for what C(apply) leaves for auditors.",
    "mail_audience": [
        "Whether C(apply), C(drift) and C(test) also ask whom a password reset or an alert could "
        "reach, by the users of O(mail_server); needs the right to read them.",
        "The result and the report then name everybody who is not reached, and why, never an "
        "address; a warning names those of O(mail_test_recipients) that no user has.",
    ],
    "mail_report_kind": "What C(report) reports on. The playbooks of this collection set it.",
    "mail_fail_on": [
        "The outcomes that make the verdict fail. V(audience) fails when somebody is not reached.",
        "By default V(drift), V(error) and V(unreachable); for a plan V(error) and V(unreachable).",
    ],
    "mail_revision": "The revision of the declaration, for plan, reports and evidence.",
    "mail_other_variables": "Names of your own variables that nearly are one of these, and mean "
    "something else.",
}


def documented() -> dict[str, t.Any]:
    """Return the options of all entry points, in the order of the table of variables."""
    variables = importlib.import_module(f"{PACKAGE}.plugin_utils._role.variables")
    found: dict[str, t.Any] = {}
    for module in (variables.SETTINGS, variables.TEST):
        said = _options(module)
        spec = variables.module_options(module)
        for option, name in variables.names(module).items():
            if name not in found:
                found[name] = _renamed(_option(spec[option], said[option]), variables.names(module))
    for name, spec in variables.run_variables().items():
        found[name] = _option(spec, {"description": RUN[name]})
    return found


def argument_specs() -> str:
    """Return the whole file."""
    options = documented()
    entry_points = {
        name: {
            "short_description": short,
            "description": list(description),
            "author": list(AUTHOR),
            "version_added": SINCE,
            "options": options,
        }
        for name, (short, description) in ENTRY_POINTS.items()
    }
    text = yaml.dump({"argument_specs": entry_points}, Dumper=_Dumper, sort_keys=False, width=110)
    return HEAD + text.replace("&id001", "&variables").replace("*id001", "*variables")


class _Dumper(yaml.SafeDumper):
    """Indents lists; gives an anchor to the options only."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


def _options(module: str) -> dict[str, t.Any]:
    """Return the documentation of the options of a module, with that of its fragments."""
    said = yaml.safe_load(importlib.import_module(f"{PACKAGE}.modules.{module}").DOCUMENTATION)
    for named in said["extends_documentation_fragment"]:
        fragment, _dot, part = named.removeprefix("rpaops.orchestrator.").partition(".")
        made = importlib.import_module(f"{PACKAGE}.doc_fragments.{fragment}").ModuleDocFragment
        shared = yaml.safe_load(getattr(made, part.upper() or "DOCUMENTATION"))
        for name, option in shared.get("options", {}).items():
            known = said["options"].get(name, {})
            said["options"][name] = {**option, **known}
    return t.cast("dict[str, t.Any]", said["options"])


def _option(spec: t.Mapping[str, t.Any], said: t.Mapping[str, t.Any]) -> dict[str, t.Any]:
    """Return an option as ``argument_specs.yml`` has it: its type from the code, its words said."""
    found: dict[str, t.Any] = {"description": said["description"], "type": spec["type"]}
    for key in ("elements", "choices", "default"):
        if key in spec:
            found[key] = spec[key]
    if spec.get("no_log"):
        found["no_log"] = True
    if "options" in spec:
        found["options"] = {
            name: _option(inner, said["suboptions"][name])
            for name, inner in spec["options"].items()
        }
    return found


def _renamed(value: t.Any, names: t.Mapping[str, str]) -> t.Any:
    """Return the documentation of an option with the variables of the role in its sentences."""
    if isinstance(value, dict):
        return {key: _renamed(item, names) for key, item in value.items()}
    if isinstance(value, list):
        return [_renamed(item, names) for item in value]
    if not isinstance(value, str):
        return value
    text = re.sub(r"O\((\w+)", lambda found: f"O({names.get(found[1], found[1])}", value)
    return re.sub(r"RV\(", "C(", text)


def main() -> None:
    sys.path.insert(0, str(COLLECTIONS))
    PATH.write_text(argument_specs(), encoding="utf-8")
    print(f"wrote {PATH.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
