# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The variables of the role ``mail``: which option of which module each of them is.

Pure.  Types, choices and secrecy of the options stand in ``_argspec`` alone; this file adds the
names, and the few variables that belong to no module.  ``meta/argument_specs.yml`` says the same
to people and to Ansible, and a test holds the two together.
"""

from __future__ import annotations

import functools
import typing as t

from ...module_utils import _argspec
from ...module_utils._argspec import Spec

SETTINGS, TEST = "mail_settings", "mail_test"
#: The variables under which the results of a host stand.
RESULTS = (
    "mail_result",
    "mail_test_result",
    "mail_check_result",
    "mail_reported",
    "mail_found",
    "mail_exported",
    "mail_exported_proof",
)
#: What a verdict may be made to fail on; see ``mail_report``.
OUTCOMES = ("drift", "not_compared", "error", "unreachable", "not_checked", "audience")


def _paths(*names: str) -> Spec:
    return {name: {"type": "path"} for name in names}


def run_variables() -> Spec:
    """Variables that say how to run, and are an option of neither module."""
    return {
        "mail_hosts": {"type": "raw"},
        "mail_test_when": {"type": "str", "choices": ["changed", "always"]},
        **_paths("mail_report_dir", "mail_plan_dir", "mail_plan_file", "mail_evidence_dir"),
        **_paths("mail_export_dir"),
        "mail_report_kind": {"type": "str", "choices": ["drift", "plan", "apply", "test"]},
        "mail_fail_on": {"type": "list", "elements": "str", "choices": list(OUTCOMES)},
        "mail_audience": {"type": "bool"},
        "mail_revision": {"type": "str"},
        "mail_other_variables": {"type": "list", "elements": "str"},
    }


@functools.cache
def names(module: str) -> t.Mapping[str, str]:
    """The variable of each option of ``module``.

    What both modules have (a host, a password) is one variable; the rest of a test says so.
    """
    shared = module_options(SETTINGS)
    if module == SETTINGS:
        return {option: f"mail_{option}" for option in shared}
    return {
        option: f"mail_{option}" if option in shared else f"mail_test_{option}"
        for option in module_options(TEST)
    }


@functools.cache
def specification() -> Spec:
    """Every variable of the role, as an argument specification; one for all hosts, to be read."""
    test, settings = module_options(TEST), module_options(SETTINGS)
    found = {names(TEST)[option]: {**test[option], "required": False} for option in test}
    found.update({names(SETTINGS)[option]: settings[option] for option in settings})
    return {**found, **run_variables()}


def targets() -> tuple[str, ...]:
    """The variables of which one says where the settings are kept."""
    (group,) = _argspec.mail_settings()["required_one_of"]
    return tuple(names(SETTINGS)[name] for name in group)


def relations() -> dict[str, t.Any]:
    """What variables have to do with each other, as the modules say."""
    settings, test = _argspec.mail_settings(), _argspec.mail_test()
    mine, tests = names(SETTINGS), names(TEST)
    return {
        "mutually_exclusive": [
            [mine[n] for n in group] for group in settings["mutually_exclusive"]
        ],
        "required_if": [
            [tests[option], value, [tests[name] for name in needed]]
            for option, value, needed in test["required_if"]
        ],
    }


@functools.cache
def known() -> frozenset[str]:
    """The names of all variables that mean something to the role."""
    return frozenset((*specification(), *RESULTS))


def arguments(module: str, values: t.Mapping[str, t.Any]) -> dict[str, t.Any]:
    """The options of ``module`` among ``values`` of the role's variables."""
    found = names(module).items()
    return {option: values[variable] for option, variable in found if variable in values}


@functools.cache
def module_options(module: str) -> Spec:
    """The options of a module, as an argument specification; one for all hosts, to be read."""
    specs = {SETTINGS: _argspec.mail_settings, TEST: _argspec.mail_test}
    return t.cast(Spec, specs[module]()["argument_spec"])
