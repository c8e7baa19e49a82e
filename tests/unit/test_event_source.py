# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The event source ``mail_drift``, driven as ansible-rulebook does, over a stand-in playbook."""

from __future__ import annotations

import asyncio
import importlib.util
import json

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
print("no hosts matched")
sys.exit(2)
"""


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
    program.write_text(STAND_IN.format(rows=str(rows)), encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(program.parent), prepend=":")

    def say(found):
        rows.write_text("" if found is None else json.dumps(found), encoding="utf-8")

    return say


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
    """Silence must not pass for peace."""
    (event,) = looks(source, says, None)

    assert event["outcome"] == "not_checked"
    assert "no hosts matched" in event["message"]
