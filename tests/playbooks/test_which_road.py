# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which road a task takes: here when nothing can differ, the module in every other case."""

from __future__ import annotations

import json

import pytest
from fake.orchestrator import FakeOrchestrator
from support.ansible_run import STARTS_JOBS
from support.roads import drive, other_python
from support.run import server

INFO = "rpaops.orchestrator.mail_settings_info"
ESCALATED = {"ansible_become": True, "ansible_become_method": "oneself"}
#: Every way to say that the module would run as this process does.
HERE = {
    "nothing special": {},
    "the full name of the connection": {"connection": "ansible.builtin.local"},
    "an address beside the connection": {"vars": {"ansible_host": "192.0.2.1"}},
    "become switched off": {"become": False},
    "an empty environment": {"environment": {}},
    "check mode": {"check_mode": True},
    "a limit of time": {"timeout": 30},
    "once for all hosts, one at a time": {"run_once": True, "throttle": 1},
    "handed to this machine": {"delegate_to": "localhost"},
    "handed to a host like this one": {"delegate_to": "twin"},
    "the Python by a template": {
        "vars": {"ansible_python_interpreter": "{{ ansible_playbook_python }}"}
    },
    "defaults of the module": {INFO: {}, "module_defaults": {INFO: {"server": "{{ asked }}"}}},
    "a loop": {"loop": [1, 2]},
}
#: Every way to say that it would not.
MODULE = {
    "another connection": {"vars": {"ansible_connection": "elsewhere"}},
    "a connection derived from local": {"vars": {"ansible_connection": "derived"}},
    "become": {"become": True, "become_method": "oneself"},
    "become by variables": {"vars": ESCALATED},
    "async": {"async": 30, "poll": 1},
    "async, not waited for": {"async": 30, "poll": 0},
    "an environment": {"environment": {"ROAD": "module"}},
    "an environment by a template": {
        "vars": {"named": {"ROAD": "module"}},
        "environment": "{{ named }}",
    },
    "another Python": {"vars": {"ansible_python_interpreter": "{{ other_python }}"}},
    "handed to another connection": {"delegate_to": "elsewhere"},
    "handed to another Python": {"delegate_to": "other_python"},
    "handed to another user": {"delegate_to": "escalated"},
    "one of two in a loop": {
        "loop": ["{{ ansible_playbook_python }}", "{{ other_python }}"],
        "vars": {"ansible_python_interpreter": "{{ item }}"},
    },
    "arguments that need a verdict of Ansible's": {INFO: {"server": {"url": 1}, "x": 1}},
}


@pytest.fixture(scope="module")
def driven(tmp_path_factory):
    """All tasks in one play, against one Orchestrator."""
    another = other_python(tmp_path_factory.mktemp("other"))
    with FakeOrchestrator() as fake:
        hosts = {
            "here": {"other_python": another, "asked": server(fake)},
            "twin": {},
            "localhost": {},
            "elsewhere": {"ansible_connection": "elsewhere"},
            "other_python": {"ansible_python_interpreter": another},
            "escalated": ESCALATED,
        }
        ask = {INFO: {"server": server(fake)}}
        tasks = {name: {**ask, **more} for name, more in {**HERE, **MODULE}.items()}
        yield drive(tmp_path_factory.mktemp("roads"), tasks, hosts)


@pytest.mark.parametrize("case", HERE)
def test_the_work_is_done_here(driven, case):
    """No program was built for it, and yet it answered."""
    found = driven.results[case]
    assert case not in driven.modules
    assert all("settings" in one for one in found.get("results", [found])), found


@pytest.mark.parametrize("case", MODULE)
def test_the_module_does_the_work(driven, case):
    """A program was built for it."""
    assert case in driven.modules, driven.results[case]


def test_all_those_ways_lead_to_the_module(driven):
    """All but two answer: one that nobody waits for, one that is refused.

    Where Ansible cannot start a job, the one that is waited for does not either.
    """
    silent = {case for case in MODULE if '"declaration"' not in json.dumps(driven.results[case])}
    jobs = {"async, not waited for"} if STARTS_JOBS else {"async, not waited for", "async"}
    assert silent == jobs | {"arguments that need a verdict of Ansible's"}
