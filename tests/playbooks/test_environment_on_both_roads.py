# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Secrets of the environment, on both roads: they sign in, and are shown nowhere."""

from __future__ import annotations

import json

import pytest
from fake.orchestrator import FakeOrchestrator
from measure.leaks.canaries import Hunt, canary
from support.play import play
from support.raw_http import RawServer, answer

INFO = "rpaops.orchestrator.mail_settings_info"
LOGIN, PROXY = (canary(name, "plain", "environment") for name in ("login", "proxy"))
# A task with an environment is always a module process of its own.
ROADS = {"controller": {}, "target": {"environment": {"UNUSED": "x"}}}


def tasks(fake, proxied):
    """One that signs in, and one whose proxy refuses and repeats what it was sent."""
    signs_in = {"url": fake.url, "tenant": "Default", "use_proxy": False}
    asks_proxy = {"url": proxied, "tenant": "Default", "timeout": 10, "retries": 0}
    for road, more in ROADS.items():
        for name, target in (("signs in", signs_in), ("asks the proxy", asks_proxy)):
            named = {"name": f"{name} ({road})", "ignore_errors": True, **more}
            yield {**named, INFO: {"server": target}}


@pytest.fixture(scope="module")
def ended(tmp_path_factory):
    folder = tmp_path_factory.mktemp("environment")
    users = {"Default": {"robot": LOGIN.text}}
    told = f"Not {PROXY.text}".encode()
    refusals = [answer(told, f"407 Not {PROXY.text}", "Connection: close")] * 4
    with FakeOrchestrator(users=users) as fake, RawServer(*refusals) as proxy:
        work = list(tasks(fake, "https://orchestrator.example.com"))
        plays = [{"hosts": "here", "gather_facts": False, "tasks": work}]
        (folder / "play.yml").write_text(json.dumps(plays), encoding="utf-8")
        done = play(
            "play.yml",
            folder,
            {"here": {}},
            "-vvvv",
            ORCHESTRATOR_USERNAME="robot",
            ORCHESTRATOR_PASSWORD=LOGIN.text,
            https_proxy=f"http://user:{PROXY.text}@127.0.0.1:{proxy.port}",
        )
        yield done, fake.count("Settings.Read"), len(proxy.requests), folder


def test_both_roads_sign_in_and_ask_the_proxy(ended):
    """What is not used cannot leak."""
    done, reads, asked, _folder = ended

    assert done.code == 0, done.output[-4000:]
    assert (reads, asked) == (2, 2)
    assert done.output.count("user and password in the address of https_proxy") >= 2


def test_no_road_shows_a_secret_of_the_environment(ended):
    """At full verbosity, on the screen and in the log."""
    done, _reads, _asked, folder = ended
    log = (folder / "ansible.log").read_text(encoding="utf-8")

    assert Hunt([LOGIN, PROXY]).owners_in(done.output + log) == set()
