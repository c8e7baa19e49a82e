# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Every option, with what nobody means: a short sentence or the work, on both roads."""

from __future__ import annotations

import copy
import json
import re
import typing as t

import pytest
from ansible_collections.rpaops.orchestrator.plugins.action import mail_export
from ansible_collections.rpaops.orchestrator.plugins.module_utils import _argspec
from ansible_collections.rpaops.orchestrator.plugins.module_utils._output.report import (
    LONGEST_COMPLAINT,
    complaint,
)
from ansible_collections.rpaops.orchestrator.plugins.plugin_utils._probe import options as probe
from ansible_collections.rpaops.orchestrator.plugins.plugin_utils._reports import options as report
from support.in_process import as_module, by_action

CANARY = "CANARY-correct-horse"
LONGEST = 2000


def nested(levels: int) -> list[t.Any]:
    """A list in a list in a list."""
    found: list[t.Any] = [CANARY]
    for _level in range(levels):
        found = [found]
    return found


ODD: t.Mapping[str, t.Any] = {
    "digits": "9" * 5000,
    "exponent": "1e999999999",
    "infinite": float("inf"),
    "no number": float("nan"),
    "negative": -1,
    "beyond a float": 10**400,
    "half a character": "a\ud800b",
    "NUL": "a\0b",
    "long": "x" * 1_000_000,
    "lines": "one\r\ntwo\nthree",
    "list": [[CANARY]],
    "nothing": {},
    "dictionary": {"password": CANARY, "other": 1},
    "long names": {"x" * 100_000: "y" * 100_000},
    "truth": True,
    "deep": nested(800),
    "many": [f"name {number}" for number in range(500)],
}
SERVER = {
    "url": "http://127.0.0.1:9",
    "tenant": "Default",
    "username": "admin",
    "password": CANARY,
    "use_proxy": False,
    "retries": 0,
    "timeout": 5,
}
FILE = {"config_file": {"path": "settings.json"}, "password_record": "", "smtp_password": CANARY}
MANY = {"server": SERVER, "tenants": [{"name": "A", "smtp_password": CANARY}], "smtp_port": 25}
CUSTOM = {"preset": "custom", "custom_preset": {"host": "mail.example.com"}}
MAIL = {
    "smtp_host": "127.0.0.1",
    "smtp_port": 9,
    "smtp_username": "robot@example.com",
    "smtp_password": CANARY,
    "recipients": ["ops@example.com"],
    "timeout": 5,
    "seen": {"imap_host": "127.0.0.1", "username": "ops", "password": CANARY},
}
RESULTS = {"results": [{"host": "a", "result": {"changed": True, "smtp_password": CANARY}}]}
#: What an option stands among, where that is not what the others of its module stand among.
AMONG = {
    ("mail_settings", "server"): {"server": SERVER, "smtp_port": 25},
    ("mail_settings", "verify_recipient"): {"server": SERVER, "smtp_port": 25},
    ("mail_settings", "tenants"): MANY,
    ("mail_settings", "tenants_matching"): MANY,
    ("mail_settings", "parallel"): MANY,
    ("mail_settings", "max_failures"): MANY,
    ("mail_settings", "preset_region"): {**FILE, **CUSTOM},
    ("mail_settings", "custom_preset"): {**FILE, **CUSTOM},
    ("mail_settings_info", "config_file"): {"config_file": FILE["config_file"]},
    ("mail_test", "server"): {**MAIL, "via": "server", "server": SERVER},
    ("mail_test", "custom_preset"): {**MAIL, **CUSTOM},
    ("mail_test", "preset_region"): {**MAIL, **CUSTOM},
}
MODULES: t.Mapping[str, tuple[t.Any, t.Any]] = {
    "mail_settings": (_argspec.mail_settings()["argument_spec"], FILE),
    "mail_settings_info": (_argspec.mail_settings_info()["argument_spec"], {"server": SERVER}),
    "mail_test": (_argspec.mail_test()["argument_spec"], MAIL),
    "mail_report": (report.spec(), RESULTS),
    "mail_probe": (probe.spec(), {"server": SERVER}),
    "mail_export": (mail_export.SPEC, {"directory": "exported"}),
}
#: Ansible hands these to no module: the one from ansible-core 2.19 on, the other never.
UNDELIVERED = ("half a character", "deep")
ON_BOTH = ("mail_settings", "mail_settings_info", "mail_test")


def places(spec, *above):
    """The way to every option of ``spec``, at any depth."""
    for name, option in spec.items():
        yield (*above, name)
        within = (*above, name, 0) if option.get("type") == "list" else (*above, name)
        yield from places(option.get("options", {}), *within)


def with_value(base, place, value):
    """``base`` with ``value`` at ``place``, and what has to be around it."""
    found = copy.deepcopy(base)
    here = found
    for step, following in zip(place, place[1:]):
        if isinstance(step, str):
            here = here.setdefault(step, [{}] if following == 0 else {})
        else:
            here = here[step]
    here[place[-1]] = value
    return found


def texts(result):
    """What a result says, but for what it repeats of the arguments."""
    return [result.get("msg", ""), *map(str, result.get("warnings", ()))]


def results(module, kind, options):
    """What either road says."""
    if module not in ON_BOTH or kind in UNDELIVERED:
        return [by_action(module, options, True)]
    told = as_module(module, options, True)
    return [told, by_action(module, options, True, left=lambda: told)]


def is_about_an_option(result):
    """Whether a result says no more than that an option cannot be used."""
    own = result.get("error") in ("invalid_option", "preflight")
    # Ansible has no id for what it says itself.
    return own or (result.get("failed") and not {"error", "headline"} & {*result})


def judge(result, place):
    """What is promised of every result, whatever was given at ``place``."""
    whole = json.dumps(result)
    assert "Internal error" not in whole, (place, result)
    assert "Traceback" not in whole, (place, result)
    assert CANARY not in whole, place
    assert max(map(len, texts(result))) <= LONGEST, place
    if is_about_an_option(result):
        assert {*place} & {*re.findall(r"\w+", result["msg"])}, (place, result)


@pytest.mark.parametrize("kind", ODD)
@pytest.mark.parametrize("module", MODULES)
def test_an_odd_value_ends_in_few_words(module, kind, tmp_path, monkeypatch):
    """Whatever option holds it: no internal error, no flood, no secret, and the option's name."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "settings.json").write_text('{"Settings": {"Abp.Net.Mail.Smtp.Port": "25"}}')
    spec, usual = MODULES[module]
    for place in places(spec):
        options = with_value(AMONG.get((module, place[0]), usual), place, ODD[kind])
        told = results(module, kind, options)
        for result in told:
            judge(result, place)
        assert told[0].get("msg") == told[-1].get("msg"), place


@pytest.mark.parametrize("value", [["CANARY"], {"CANARY": 1}, True], ids=str)
@pytest.mark.parametrize("place", [("smtp_password",), ("server", "password")], ids=".".join)
def test_a_secret_that_is_no_text_is_refused(place, value):
    """It would become the text of a list, and no password is one."""
    options = with_value({"server": SERVER}, place, value)
    for told in results("mail_settings", "secret", options):
        assert told["msg"].startswith(f"{'.'.join(place)}: it is a ")
        assert "but has to be a text" in told["msg"]


@pytest.mark.parametrize("option", ["smtp_port", "smtp_timeout", "smtp_host", "tenants_matching"])
def test_a_number_that_nobody_can_write_is_refused_before_it_is_sent(option):
    """Python makes no text of it, so no module would get it."""
    value = [10**5000] if option == "tenants_matching" else 10**5000
    told = by_action("mail_settings", {"server": SERVER, option: value})

    assert (told["error"], told["msg"].startswith(option)) == ("invalid_option", True), told


def test_a_pattern_is_as_long_as_a_name():
    """It is not compared with anything, and the server is not asked for its list."""
    told = by_action("mail_settings", {**MANY, "tenants_matching": ["*a" * 30_000]}, True)

    assert told["msg"].startswith("tenants_matching: a pattern has 60000 characters"), told["msg"]


def test_a_long_complaint_of_ansible_keeps_no_secret():
    """It is cut after its secrets were taken out: of a short one, half would not be found."""
    given = {"server": {"password": "h0rse7"}}

    told, _arguments = complaint("x" * (LONGEST_COMPLAINT - 4) + "h0rse7" + "y" * 50, given)

    assert (len(told), "h0r" in told) == (LONGEST_COMPLAINT, False)
