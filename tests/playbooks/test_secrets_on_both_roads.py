# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""No road shows a secret: the quick part of ``make leaks``, with secrets that look like templates.

What Ansible shows by itself, whatever a module does, may show on both roads alike.
"""

from __future__ import annotations

import json

import pytest
from measure.leaks.canaries import Canary, Hunt, canary
from measure.leaks.play import bearers, environment, results, stage_for, write_play
from measure.leaks.scenarios import ROADS, SCENARIOS, THEIRS, Part
from support.ansible_run import run
from support.places import HERE

ASKED = (
    "changed, then unchanged",
    "check mode with diff",
    "sign-in refused, answer echoes the request",
    "write and verify call refused, answer echoes the request",
    "exception",
    "smtp_password of a wrong type",
    "pre-flight errors",
    "many tenants",
    "misspelt option",
)


def secret(name, road, salt):
    """A secret with quotes, an accent, a backslash and the beginning of a template."""
    text = canary(f"{name} {road}", "special", salt).text
    return Canary(f"{name} {road}", f"{text[:8]}{{{{{text[8:]}")


def cast():
    """Every scenario asked for, on each road, with secrets of its own."""
    chosen = [s for s in SCENARIOS if s.name in ASKED]
    pairs = [(scenario, road) for scenario in chosen for road in ROADS]
    assert len(chosen) == len(ASKED)
    return [
        Part(s, road, f"t{i}", secret(s.name, road, "login"), secret(s.name, road, "secret"))
        for i, (s, road) in enumerate(pairs)
    ]


@pytest.fixture(scope="module")
def shown(tmp_path_factory):
    """What a play at full verbosity showed, by channel, and the hunt for its secrets."""
    folder, parts = tmp_path_factory.mktemp("shown"), cast()
    surroundings = environment(HERE, folder)
    with stage_for(parts) as (stage, fakes):
        tasks = [task for part in parts for task in part.tasks(stage)]
        play = write_play(folder / "play", [*tasks, results(tasks, folder)], {})
        known = {k: v for part in parts for k, v in part.variables().items()}
        unsafe = [f"{name}: !unsafe {json.dumps(text)}\n" for name, text in known.items()]
        (folder / "play/secrets.yml").write_text("".join(unsafe), encoding="utf-8")
        command = ["ansible-playbook", "-i", "localhost,", "-c", "local", "-vvvv", "--diff"]
        done = run([*command, str(play)], folder, surroundings)
        secrets = [one for part in parts for one in (part.login, part.secret)]
        hunt = Hunt([*secrets, *bearers(fakes)])
    assert done.code == 0, done.output[-6000:]
    texts = {"stdout": done.stdout, "stderr": done.stderr}
    for name in ("log", "results", "dump"):
        texts[name] = (folder / "out" / name).read_text(encoding="utf-8")
    return texts, hunt


@pytest.mark.parametrize("channel", ["stdout", "stderr", "log", "results", "dump"])
def test_no_road_shows_a_secret(shown, channel):
    """In no form, of no task on either road."""
    texts, hunt = shown
    theirs = {f"{name} {road}" for name in THEIRS for road in ROADS}
    assert hunt.owners_in(texts[channel]) - theirs == set()


def test_the_road_here_shows_no_more_of_a_misspelt_option(shown):
    """Ansible shows unknown options; ours add nothing to it."""
    texts, hunt = shown
    for name, text in texts.items():
        owners = hunt.owners_in(text)
        here, module = (f"misspelt option {road}" in owners for road in ROADS)
        assert here <= module, name


def test_every_task_was_seen(shown):
    """Each scenario on each road has its lines on the screen and its result in the others."""
    texts, _hunt = shown
    for name in ASKED:
        for road in ROADS:
            assert f"{name} ({road}, " in texts["stdout"]
    assert len(json.loads(texts["results"])) == len(texts["dump"].splitlines()) - 1


def test_every_scenario_is_the_case_that_it_says(shown):
    """A secret that never gets to the place in question cannot leak there."""
    results = json.loads(shown[0]["results"])
    assert [part.scenario.name for part in cast() if not part.is_shown_by(results)] == []
