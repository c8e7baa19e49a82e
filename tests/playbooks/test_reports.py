# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""``mail_report`` at the end of real plays: whatever became of a host, the report says it."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET

import pytest
import yaml
from ansible_collections.rpaops.orchestrator.plugins.module_utils._output.secret_forms import forms
from fake.orchestrator import FakeOrchestrator
from support.play import play
from support.run import mail_settings, server

ENDINGS = ("json", "md", "junit.xml", "sarif", "html", "prom")
COMPARE = {
    "rpaops.orchestrator.mail_settings": {
        "server": "{{ mail_server }}",
        "smtp_port": "{{ mail_smtp_port }}",
        "smtp_password": "{{ mail_smtp_password | default(omit) }}",
        "tenants": "{{ mail_tenants | default(omit) }}",
        "allow_password_reuse": True,
        "password_record": "",
        "max_failures": 0,
    },
    "check_mode": True,
    "register": "mail_result",
    "when": "mail_wanted | default(true)",
}
GO_ON = {"ignore_errors": True, "ignore_unreachable": True}
REPORT = {"rpaops.orchestrator.mail_report": {"directory": "out/reports"}}


@pytest.fixture(scope="module")
def fake():
    with FakeOrchestrator(version="2020.10", tenants=300) as running:
        stored = mail_settings(server=server(running, tenant="T00001"), smtp_password="of before")
        assert stored.result["changed"]
        yield running


def declared(fake, **more):
    """The variables of a host that is as declared."""
    return {"mail_server": server(fake, tenant="T00001", retries=0), "mail_smtp_port": 25, **more}


def reported(folder, hosts, *tasks, **options):
    """Run a play of ``tasks`` and a report; the process, and the report that it left."""
    arguments = options.pop("arguments", ())
    report = {"rpaops.orchestrator.mail_report": {"directory": "out/reports", **options}}
    content = [{"hosts": "all", "gather_facts": False, "tasks": [*tasks, report]}]
    # Not where the command is started: relative paths must not begin there.
    (folder / "plays").mkdir(exist_ok=True)
    (folder / "plays/play.yml").write_text(yaml.safe_dump(content), encoding="utf-8")
    done = play("plays/play.yml", folder, hosts, *arguments)
    path = folder / "out/reports/mail-drift.json"
    return done, json.loads(path.read_text(encoding="utf-8")) if path.exists() else None


def outcomes(report):
    return {(row["host"], row["tenant"]): row["outcome"] for row in report["rows"]}


EVIL = "a|b<img src=x>"


@pytest.fixture(scope="module")
def night(fake, tmp_path_factory):
    """A night in which everything happens at once: the process, the report, the folder."""
    folder = tmp_path_factory.mktemp("night")
    unreachable = {"ansible_connection": "ssh", "ansible_host": "127.0.0.1", "ansible_port": 9}
    bad_password = server(fake, tenant="T00001", password="canary-of-sign-in")
    hosts = {
        "good": declared(fake),
        EVIL: declared(fake, mail_smtp_port=2525),
        "blind": declared(fake, mail_smtp_password="canary-of-smtp"),
        "refused": declared(fake, mail_server=bad_password),
        "down": declared(fake, mail_server=server(fake, url="http://127.0.0.1:9", retries=0)),
        "lost": declared(fake, **unreachable),
        "undefined": declared(fake, mail_smtp_port="{{ no_such_port }}"),
        "unwanted": declared(fake, mail_wanted=False),
        "tenants": declared(fake, mail_tenants=[{"name": f"T{n:05d}"} for n in range(1, 301)]),
    }
    hosts["tenants"]["mail_tenants"][6]["smtp_port"] = 2525
    done, report = reported(folder, hosts, {**COMPARE, **GO_ON})
    return done, report, folder


def test_every_host_and_tenant_has_its_outcome(night):
    """In sync, drift, one of 300 tenants, password, server down, host down, undefined, skipped."""
    _done, report, _folder = night

    found = outcomes(report)
    assert [
        tenant for (host, tenant), o in found.items() if host == "tenants" and o == "drift"
    ] == ["T00007"]
    assert {host: o for (host, _tenant), o in found.items() if host != "tenants"} == {
        "good": "as_declared",
        EVIL: "drift",
        "blind": "not_compared",
        "refused": "error",
        "down": "unreachable",
        "lost": "unreachable",
        "undefined": "error",
        "unwanted": "not_checked",
    }
    assert report["counts"]["as_declared"] == 300


def test_the_run_fails_and_says_why(night):
    """The headline and the worst rows, in the message of the task; exit status 2."""
    done, report, _folder = night

    assert done.code == 2, done.output
    assert report["headline"] in done.output
    assert report["failed_on"] == ["drift", "error", "unreachable"]
    assert "no_such_port" in done.output


def test_all_formats_are_where_the_command_was_started(night):
    """Not beside the playbook, and not in the collection; the full paths are returned."""
    done, _report, folder = night

    for ending in ENDINGS:
        path = folder / f"out/reports/mail-drift.{ending}"
        assert path.is_file()
        assert str(path) in done.output
    assert not (folder / "plays/out").exists()


def test_the_drift_names_the_setting_its_value_and_the_wanted_one(night):
    """In every report."""
    _done, report, folder = night

    row = next(row for row in report["rows"] if row["host"] == EVIL)
    (setting,) = row["settings"]
    assert (setting["option"], setting["before"], setting["declared"]) == ("smtp_port", 25, 2525)
    for ending in ENDINGS[1:5]:
        text = (folder / f"out/reports/mail-drift.{ending}").read_text(encoding="utf-8")
        assert "smtp_port" in text
        assert "2525" in text


def test_the_row_names_address_level_and_version(night):
    """Also of hosts whose result says none of it."""
    _done, report, _folder = night
    rows = {row["host"]: row for row in report["rows"]}

    assert rows["good"]["address"].startswith("http://127.0.0.1:")
    assert (rows["good"]["level"], rows["good"]["server_version"]) == ("tenant", "11.0")
    assert rows["lost"]["address"] == rows["good"]["address"]
    assert rows["undefined"]["tenant"] == "T00001"
    assert rows["good"]["plan"] == report["plans"]["good"]


def test_the_place_of_a_declaration_is_known(night):
    """A file of the inventory, relative to where the command was started, and its line."""
    _done, _report, folder = night
    sarif = json.loads((folder / "out/reports/mail-drift.sarif").read_text(encoding="utf-8"))

    places = [
        location["physicalLocation"]["artifactLocation"]
        for result in sarif["runs"][0]["results"]
        for location in result["locations"]
    ]
    assert {place["uri"] for place in places} == {"inventory.json"}


def test_no_secret_is_in_any_report(night):
    """Neither that of the sign-in, nor that of the mail server, in no form."""
    done, _report, folder = night

    texts = [path.read_text(encoding="utf-8") for path in (folder / "out/reports").iterdir()]
    assert len(texts) == len(ENDINGS)
    secrets = ("canary-of-sign-in", "canary-of-smtp", "of before")
    coded = [form for secret in secrets for form in forms(secret, "admin")]
    for text in (*texts, done.output):
        assert not [form for form in coded if form in text]


def test_a_limit_limits_the_verdict_and_nothing_else(fake, tmp_path):
    """The host that drifted is the only one asked for: red, with a report of that one."""
    hosts = {"good": declared(fake), "drifted": declared(fake, mail_smtp_port=2525)}

    done, report = reported(tmp_path, hosts, {**COMPARE, **GO_ON}, arguments=("--limit", "drifted"))

    assert done.code == 2
    assert outcomes(report) == {("drifted", "T00001"): "drift"}


def test_when_all_is_as_declared_the_run_is_green(fake, tmp_path):
    """Exit status 0, one sentence, and a report all the same."""
    done, report = reported(tmp_path, {"good": declared(fake)}, COMPARE)

    assert done.code == 0, done.output
    assert (report["verdict"], report["headline"]) == ("passed", "1 host is as declared.")


def test_all_hosts_down_is_red_and_reported(fake, tmp_path):
    """As long as the play goes on for hosts that cannot be reached."""
    down = declared(fake, ansible_connection="ssh", ansible_host="127.0.0.1", ansible_port=9)

    done, report = reported(tmp_path, {"a": down, "b": down}, {**COMPARE, **GO_ON})

    assert done.code == 2
    assert set(outcomes(report).values()) == {"unreachable"}


def test_hosts_that_left_the_play_are_in_the_report(fake, tmp_path):
    """One failed in the comparison, one after it, one was rescued before it came to that."""
    hosts = {
        "good": declared(fake),
        "failed": declared(fake, mail_smtp_port=0),
        "later": declared(fake, fails_later=True),
        "rescued": declared(fake, fails_early=True),
    }
    early = {"ansible.builtin.fail": {"msg": "early"}, "when": "fails_early | default(false)"}
    later = {"ansible.builtin.fail": {"msg": "later"}, "when": "fails_later | default(false)"}
    rescued = {"block": [early, COMPARE], "rescue": [{"ansible.builtin.debug": {"msg": "on"}}]}
    gone = {**COMPARE, "when": "inventory_hostname == 'failed'", "register": "other"}

    done, report = reported(tmp_path, hosts, rescued, gone, later)

    rows = {row["host"]: row for row in report["rows"]}
    assert {name: row["outcome"] for name, row in rows.items()} == {
        "good": "as_declared",
        "failed": "error",
        "later": "error",
        "rescued": "error",
    }
    assert rows["rescued"]["message"] == "early"
    assert "another task" in rows["later"]["message"]
    assert done.code == 2


def test_an_apply_tells_what_it_changed_and_in_check_mode_what_it_would(fake, tmp_path):
    """The same result is drift as long as nothing was written."""
    target = server(fake, tenant="T00200")
    hosts = {"h": declared(fake, mail_server=target, mail_smtp_port=2525)}
    apply = {key: value for key, value in COMPARE.items() if key != "check_mode"}
    options = {"kind": "apply", "name": "mail-drift"}

    first, foreseen = reported(tmp_path, hosts, apply, arguments=("--check",), **options)
    second, made = reported(tmp_path, hosts, apply, **options)

    assert (first.code, second.code) == (2, 0), first.output + second.output
    assert (foreseen["rows"][0]["outcome"], foreseen["rows"][0]["applied"]) == ("drift", [])
    assert (made["rows"][0]["outcome"], made["rows"][0]["applied"]) == (
        "as_declared",
        ["smtp_port"],
    )
    assert made["headline"] == "1 host is as declared, changed by this run."


def test_a_text_of_a_server_is_no_template_in_the_result(tmp_path):
    """Whoever prints the summary prints what was said."""
    said = "{% raw %}{{ 7 * 191 }}{% endraw %}"
    report = {
        "rpaops.orchestrator.mail_report": {
            "results": [{"host": "h", "result": {"failed": True, "error": "x", "msg": said}}],
            "fail_on": [],
        },
        "register": "told",
    }
    shown = {"ansible.builtin.debug": {"msg": "{{ told.summary }}"}}

    done, _report = reported(tmp_path, {"h": {}}, report, shown, fail_on=[])

    assert "{{ 7 * 191 }}" in done.output
    assert "1337" not in done.output


def test_a_report_may_fail_on_nothing(fake, tmp_path):
    """Then the verdict is only told."""
    hosts = {"drifted": declared(fake, mail_smtp_port=2525)}

    done, report = reported(tmp_path, hosts, COMPARE, fail_on=[])

    assert done.code == 0, done.output
    assert (report["verdict"], report["counts"]["drift"]) == ("passed", 1)


def test_a_folder_that_cannot_be_written_does_not_hide_the_verdict(fake, tmp_path):
    """The message names the option, and says what the report would have said."""
    (tmp_path / "out").write_text("", encoding="utf-8")

    done, report = reported(tmp_path, {"drifted": declared(fake, mail_smtp_port=2525)}, COMPARE)

    assert (done.code, report) == (2, None)
    assert "directory: " in done.output
    assert "1 of 1 host is not as declared: 1 drift." in done.output


def test_bad_options_end_in_one_clear_sentence(fake, tmp_path):
    """Named, with what to do; nothing is written."""
    done, report = reported(tmp_path, {"good": declared(fake)}, COMPARE, name="../x")

    assert (done.code, report) == (2, None)
    assert "name: '../x' is not the name of a file" in done.output


def test_reports_of_slices_become_one(fake, tmp_path):
    """Two runs over two halves of an inventory, and a third that makes one report of them."""
    task = {**COMPARE, **GO_ON}
    first, second = tmp_path / "1", tmp_path / "2"
    for folder, name, port in ((first, "a", 25), (second, "b", 2525)):
        folder.mkdir()
        reported(folder, {name: declared(fake, mail_smtp_port=port)}, task)
    parts = [str(folder / "out/reports/mail-drift.json") for folder in (first, second)]

    done, report = reported(tmp_path, {"localhost": {}}, merge=parts)

    assert done.code == 2, done.output
    assert list(outcomes(report).values()) == ["as_declared", "drift"]
    suite = ET.parse(tmp_path / "out/reports/mail-drift.junit.xml").getroot()[0]
    assert (suite.get("tests"), suite.get("failures")) == ("2", "1")
