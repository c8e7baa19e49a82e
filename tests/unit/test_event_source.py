# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The event source ``mail_drift``, driven as ansible-rulebook does, over a stand-in playbook."""

from __future__ import annotations

import asyncio
import importlib.util
import json
import os

import pytest
from support.places import ROOT

SOURCE = ROOT / "extensions" / "eda" / "plugins" / "event_source" / "mail_drift.py"
ROW = {
    "host": "orchestrator",
    "tenant": "Finance",
    "outcome": "drift",
    "differs": ["smtp_port"],
    "message": "smtp_port differs",
    "error": "",
    "address": "https://orchestrator.example.com",
    "plan": "abc",
    "settings": [{"option": "smtp_port", "before": 25, "declared": 587}],
}
STAND_IN = """#!/usr/bin/env python3
import json, pathlib, sys
variables = json.loads(sys.argv[sys.argv.index("-e") + 1])
kind = sys.argv[1].rpartition(".")[2]
rows = pathlib.Path({rows!r}).read_text()
if rows:
    folder = pathlib.Path(variables["mail_report_dir"])
    folder.joinpath(f"mail-{{kind}}.json").write_text(json.dumps({{"rows": json.loads(rows)}}))
print({printed!r})
sys.exit(2)
"""
PRINTED = "password: Canary-4471"


@pytest.fixture
def source():
    spec = importlib.util.spec_from_file_location("mail_drift", SOURCE)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def says(tmp_path, monkeypatch):
    """A function that sets what the next look will find."""
    rows, program = tmp_path / "rows.json", tmp_path / "bin" / "ansible-playbook"
    program.parent.mkdir()
    program.write_text(STAND_IN.format(rows=str(rows), printed=PRINTED), encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(program.parent), prepend=":")

    def say(found):
        rows.write_text("" if found is None else json.dumps(found), encoding="utf-8")

    return say


def stand_in(monkeypatch, folder, script):
    """A shell script in the place of ansible-playbook; its fifth argument is the variables."""
    program = folder / "ansible-playbook"
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(folder), prepend=":")


def looks(source, says, *findings):
    """The events of several looks, one after the other."""
    events = []

    class Queue:
        async def put(self, event):
            events.append(event["mail_drift"])

    remaining = iter(findings[1:])

    async def sleep(_seconds):
        following = next(remaining, StopIteration)
        if following is StopIteration:
            raise asyncio.CancelledError
        says(following)

    says(findings[0])
    source.asyncio = type("Clock", (), {**vars(asyncio), "sleep": staticmethod(sleep)})
    with pytest.raises(asyncio.CancelledError):
        asyncio.run(source.main(Queue(), {"inventory": "hosts"}))
    return events


def test_what_has_drifted_is_one_event_until_it_changes(source, says):
    """Told once, told again when it differs in another way, and after it was fine in between."""
    other = {**ROW, "differs": ["smtp_host"]}
    fine = {**ROW, "outcome": "as_declared"}
    events = looks(source, says, [ROW], [ROW], [other], [fine], [ROW])

    assert [event["differs"] for event in events] == [["smtp_port"], ["smtp_host"], ["smtp_port"]]
    assert {event["kind"] for event in events} == {"drift"}
    assert "settings" not in events[0]


def test_a_look_that_came_to_nothing_is_an_event(source, says):
    """Silence must not pass for peace; how the playbook ended is said, and nothing it printed."""
    (event,) = looks(source, says, None)

    assert event["outcome"] == "not_checked"
    assert "rpaops.orchestrator.drift ended with status 2" in event["message"]
    assert PRINTED not in str(event)


def test_a_look_that_came_to_nothing_forgets_nothing(source, says):
    """What was told before is not told again; another look into the dark is."""
    other = {**ROW, "tenant": "Sales"}
    events = looks(source, says, [ROW], None, None, [ROW, other], None)

    assert [(event["tenant"], event["outcome"]) for event in events] == [
        ("Finance", "drift"),
        ("", "not_checked"),
        ("Sales", "drift"),
        ("", "not_checked"),
    ]


def test_what_was_mended_in_the_dark_is_told_when_it_drifts_again(source, says):
    """The first look that sees it is fine forgets it."""
    fine = {**ROW, "outcome": "as_declared"}
    events = looks(source, says, [ROW], None, [fine], [ROW])

    assert [event["outcome"] for event in events] == ["drift", "not_checked", "drift"]


def test_a_report_that_was_not_finished_is_none(source, monkeypatch, tmp_path):
    """A playbook that was killed while it wrote."""
    stand_in(monkeypatch, tmp_path, "printf '{\"rows\": [' > $(echo $5 | cut -d'\"' -f4)/d.json")
    found = asyncio.run(source.look("drift", {"inventory": "hosts"}))

    assert "ended with status 0, and there is no" in found[("", "")]["message"]


def test_a_runner_without_ansible_says_so(source, monkeypatch, tmp_path):
    """An event, not the end of the source."""
    monkeypatch.setenv("PATH", str(tmp_path))
    found = asyncio.run(source.look("drift", {"inventory": "hosts"}))

    assert "ansible-playbook cannot (No such file" in found[("", "")]["message"]


def test_a_playbook_that_takes_too_long_is_ended(source, monkeypatch, tmp_path):
    """With everything it has started."""
    os.mkfifo(tmp_path / "held")
    held = os.open(tmp_path / "held", os.O_RDONLY | os.O_NONBLOCK)
    stand_in(monkeypatch, tmp_path, f"exec 3>{tmp_path}/held; sleep 600 & wait")
    found = asyncio.run(source.look("drift", {"inventory": "hosts", "seconds": 1}))
    os.set_blocking(held, True)

    assert "did not end within 1 s" in found[("", "")]["message"]
    # Nobody is left who holds the other end.
    assert os.read(held, 1) == b""


@pytest.mark.parametrize(
    ("argument", "value"),
    [
        ("inventory", ""),
        ("interval", "hourly"),
        ("interval", 0),
        ("seconds", float("nan")),
        ("seconds", None),
        ("extra_vars", ["mail_audience"]),
    ],
)
def test_an_argument_that_cannot_be_used_is_named(source, argument, value):
    """Before anything is run."""
    with pytest.raises(ValueError, match=f"mail_drift: {argument} is"):
        asyncio.run(source.main(None, {"inventory": "hosts", argument: value}))
