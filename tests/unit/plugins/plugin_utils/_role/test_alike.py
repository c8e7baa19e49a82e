# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One verdict for declarations that are alike, and for no others."""

from __future__ import annotations

import pytest
from ansible.errors import AnsibleError
from ansible.parsing.dataloader import DataLoader
from ansible.template import Templar
from ansible.utils.unsafe_proxy import wrap_var
from ansible_collections.rpaops.orchestrator.plugins.module_utils._errors import Failure
from ansible_collections.rpaops.orchestrator.plugins.plugin_utils._role.alike import (
    Verdicts,
    values_of,
)
from ansible_collections.rpaops.orchestrator.plugins.plugin_utils._role.given import looked_up
from ansible_collections.rpaops.orchestrator.plugins.plugin_utils._role.variables import (
    specification,
)

try:
    from ansible.template import trust_as_template
except ImportError:  # before ansible-core 2.19 every text was a template but for what was marked

    def trust_as_template(text):
        return text


OTHERS = ("plain", "other words", "{{ name }}", "[1, 2]", "{'a': 1}", "True", "None", "007", "1e3")
OTHERS += (
    "set()",
    "b'a'",
    "",
    " ends ",
    "line\n",
    "Ü",
    "it's",
    "#jinja2: trim_blocks: True\nx",
    "x #}",
)
TEXTS = ("{{ other }}", "{{other}}", "{{ omit }}", "{{ self }}", "{{ true }}", "{{ range }}")
TEXTS += (
    "{{ other | upper }}",
    "{{- other -}}",
    "a {{ other }}",
    "{{ nowhere }}",
    "{% raw %}",
    "{{ name }}",
)


def templated(variables):
    """What Ansible makes of every variable of the role, asked about each of them."""
    template = Templar(loader=DataLoader(), variables=variables).template
    found = {}
    for name in specification().keys() & variables.keys():
        found.update(looked_up(name, variables, template))
    return found


def outcome(look, *arguments):
    """What comes of it: the values, or that there are none."""
    try:
        return look(*arguments)
    except (AnsibleError, Failure):
        return "refused"


@pytest.mark.parametrize("text", [*TEXTS, *OTHERS])
@pytest.mark.parametrize("other", OTHERS)
@pytest.mark.parametrize("trusted", [trust_as_template, wrap_var], ids=["ours", "from outside"])
def test_the_values_are_those_that_ansible_finds(text, other, trusted):
    """A text by itself and as one of several, whatever it refers to."""
    text, other = trusted(text), trust_as_template(other)
    server = {"url": "https://o.example.com", "tenant": text, "headers": [text, {"a": text}]}
    for value in (text, server, [text]):
        given = {"mail_server": value, "other": other, "name": "one", "omit": "__omit__"}
        template = Templar(loader=DataLoader(), variables=given).template

        assert outcome(values_of, given, template) == outcome(templated, given)


def declared(**more):
    """What can be used, unless ``more`` says otherwise."""
    server = {"url": "http://127.0.0.1:9", "username": "admin", "password": "secret"}
    server["tenant"] = more.pop("tenant", "Default")
    return {"inventory_hostname": "one", "mail_server": server, "mail_smtp_port": 2525, **more}


@pytest.mark.parametrize(
    "wrong",
    [
        {"tenant": ".."},
        {"tenant": "a\x07b"},
        {"mail_smtp_port": 99999},
        {"mail_prest": "gmail"},
        {"mail_test_recipients": ["ops@example.com"]},
    ],
)
def test_one_that_is_refused_is_refused_after_one_like_it(wrong):
    """Whatever was judged before; and the first verdict is still good afterwards."""
    verdicts = Verdicts(DataLoader())

    def usable(**more):
        try:
            return verdicts.usable(declared(**more), here=True)
        except Failure:
            return False

    assert usable()
    assert not usable(**wrong)
    assert usable(tenant="Finance")
