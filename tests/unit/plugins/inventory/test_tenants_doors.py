# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a hostile server can put into an inventory: data, under names that are only names."""

from __future__ import annotations

import json
import sys

import pytest
from ansible.parsing.dataloader import DataLoader
from ansible.template import Templar
from ansible.vars.manager import VariableManager
from ansible_collections.rpaops.orchestrator.plugins.plugin_utils._host_names import host_names
from support.inventory import inventory_of, refusal, source
from support.raw_http import RawServer, answer

TOKEN = {"access_token": "token-of-a-test"}
CODE = "{{ lookup('ansible.builtin.pipe', 'echo it ran') }}"
#: Names that mean something else to Ansible, to a path or to a terminal.
STRANGE = [
    "all",
    "ungrouped",
    "localhost",
    "::1",
    "../../etc/passwd",
    "/etc/passwd",
    "..",
    "a\\b",
    "a,b",
    "a:!b",
    "&a",
    "*",
    "a[0]",
    "~a",
    "@a",
    "-oProxyCommand=id",
    CODE,
    "{% for a in b %}",
    "\x1b[31mred",
    "two\nlines",
    "nul\0",
    "turn\u202eed",
    " blank ",
    "Büro Süd",
    "R+D (test)",
    "x" * 200,
]


def rows(*names, **more):
    """An answer that lists tenants of these names."""
    said = [{"Name": name, "DisplayName": name, "IsActive": True, **more} for name in names]
    return answer(json.dumps({"value": said}).encode())


@pytest.fixture
def hosts(tmp_path):
    """A function from a server and plugin options to the inventory that they make."""
    return lambda server, **options: inventory_of(source(tmp_path, server, **TOKEN, **options))


def error(folder, server):
    """What the plugin says about a list that it refuses."""
    return refusal(source(folder, server, **TOKEN))


def played(inventory, expression):
    """What a play on the only host makes of an expression."""
    manager = VariableManager(DataLoader(), inventory)
    variables = manager.get_vars(host=inventory.get_hosts()[0])
    template = f"{{{{ {expression} }}}}"
    try:
        from ansible.template import trust_as_template
    except ImportError:
        pass  # up to ansible-core 2.18 every text is trusted
    else:
        template = trust_as_template(template)
    return Templar(DataLoader(), variables=variables).template(template)


@pytest.mark.parametrize("expression", ["orchestrator_tenant_display_name", "orchestrator_tenant"])
def test_text_of_the_server_is_never_a_template(hosts, expression):
    """What looks like a template is shown as it is."""
    with RawServer(rows(CODE)) as server:
        assert played(hosts(server), expression) == CODE


def test_the_name_of_a_host_is_never_a_template(hosts):
    """Ansible makes variables of it, which it would template."""
    with RawServer(rows(CODE)) as server:
        inventory = hosts(server)
        shown = played(inventory, "inventory_hostname ~ ' ' ~ inventory_hostname_short")

    assert shown.split()[0] == inventory.get_hosts()[0].name
    assert "{" not in shown


def test_what_is_composed_of_text_of_the_server_is_no_template_either(hosts):
    """An expression of the user takes nothing of the mark away."""
    compose = {"alone": "orchestrator_tenant", "joined": "'a ' ~ orchestrator_tenant"}
    with RawServer(rows(CODE)) as server:
        inventory = hosts(server, compose=compose)

    assert played(inventory, "alone ~ joined") == f"{CODE}a {CODE}"


def test_text_of_the_server_is_no_template_out_of_the_cache(hosts, tmp_path):
    """A file on disk keeps no mark, so it is set again."""
    cache = {"cache": True, "cache_plugin": "jsonfile", "cache_connection": str(tmp_path / "kept")}
    with RawServer(rows(CODE)) as server:
        hosts(server, **cache)
        inventory = hosts(server, **cache)

        assert len(server.requests) == 1
    assert played(inventory, "orchestrator_tenant_display_name") == CODE


def test_a_cache_that_holds_something_else_is_asked_again(hosts, tmp_path):
    """A file from another version, or from somebody else, ends in no traceback."""
    kept = tmp_path / "kept"
    cache = {"cache": True, "cache_plugin": "jsonfile", "cache_connection": str(kept)}
    with RawServer(rows("A"), rows("A")) as server:
        hosts(server, **cache)
        for path in kept.iterdir():
            path.write_text(path.read_text().replace("orchestrator_tenant_active", "else"))

        assert [host.name for host in hosts(server, **cache).get_hosts()] == ["A"]


def test_another_server_is_not_answered_from_the_cache(hosts, tmp_path):
    """The cache belongs to the address, not to the name of the file."""
    cache = {"cache": True, "cache_plugin": "jsonfile", "cache_connection": str(tmp_path / "kept")}
    with RawServer(rows("A")) as one, RawServer(rows("B")) as other:
        hosts(one, **cache)

        assert [host.name for host in hosts(other, **cache).get_hosts()] == ["B"]


@pytest.mark.parametrize("name", STRANGE)
def test_a_name_that_means_something_else_becomes_a_plain_one(hosts, name):
    """The host is found by its new name alone, and keeps the real one as data."""
    with RawServer(rows(name)) as server:
        inventory = hosts(server)
    (host,) = inventory.get_hosts("all")

    assert host.vars["orchestrator_tenant"] == name
    assert [found.name for found in inventory.get_hosts(host.name)] == [host.name]
    assert not set(host.name) & set("/\\,:;!&*?~@[]{}\r\n\0\x1b\u202e")
    assert host.name[0] not in ".-"
    assert host.name not in inventory.groups


def test_a_new_name_is_the_same_whichever_tenants_there_are():
    """What is declared for a host stays with it."""
    assert host_names(["a/b"], ()) == {"a/b": host_names(["x", "a:b", "a/b"], ())["a/b"]}


def test_two_tenants_never_share_a_host():
    """Neither two that look alike, nor one that is called as another would be."""
    alike = ["a/b", "a:b", "a_b", *host_names(["a/b"], ()).values()]

    assert len(set(host_names(alike, ()).values())) == len(alike)


@pytest.mark.parametrize("name", ["Berlin-Sales", "Büro", "R+D", "東京", "हिन्दी", "a.b_c", "7"])
def test_a_usual_name_stays(name):
    """Letters of any script, digits, dashes and dots inside."""
    assert host_names([name], ("all",)) == {name: name}


def test_a_name_that_is_a_group_already_becomes_another(hosts):
    """Ansible would take the group for the host."""
    with RawServer(rows("sales")) as server:
        inventory = hosts(server, groups={"sales": "true"})

    assert [host.name for host in inventory.get_hosts("sales")] != ["sales"]
    assert inventory.get_hosts()[0].vars["orchestrator_tenant"] == "sales"


def test_the_user_is_told_which_names_changed(hosts, monkeypatch):
    """One warning, with the real names made harmless."""
    said = []
    hear = "ansible.utils.display.Display.warning"
    monkeypatch.setattr(hear, lambda display, text, *more, **options: said.append(text))
    with RawServer(rows(*[f"a/{number}" for number in range(9)])) as server:
        hosts(server)

    (text,) = [text for text in said if "names of hosts" in text]
    assert "'a/0' is 'a_0-" in text
    assert "and 4 more" in text


def test_groups_of_keys_are_no_paths(hosts):
    """Ansible reads variables from ``group_vars/NAME``."""
    keyed = [{"key": "orchestrator_tenant_display_name", "prefix": "", "separator": ""}]
    with RawServer(rows("../../tmp/evil")) as server:
        groups = set(hosts(server, keyed_groups=keyed).groups) - {"all", "ungrouped"}

    assert groups == {"______tmp_evil"}


def test_a_tenant_is_worked_on_from_here(hosts):
    """There is no machine behind it, and none is asked."""
    with RawServer(rows("A")) as server:
        (host,) = hosts(server).get_hosts()

    assert host.vars["ansible_connection"] == "local"
    assert host.vars["ansible_python_interpreter"] == sys.executable


def test_compose_may_say_where_to_work(hosts):
    """A user with a jump host says so."""
    with RawServer(rows("A")) as server:
        (host,) = hosts(server, compose={"ansible_connection": "'ssh'"}).get_hosts()

    assert host.vars["ansible_connection"] == "ssh"


def test_a_display_name_is_one_short_line_without_a_secret(hosts):
    """Control characters, terminal codes and the token of the sign-in are gone."""
    shown = "\x1b[31mred\x1b[0m\n" + "x" * 1000 + " token-of-a-test"
    with RawServer(rows("A", DisplayName=shown, Key="token-of-a-test")) as server:
        found = hosts(server).get_hosts()[0].vars

    assert found["orchestrator_tenant_display_name"].startswith("red xxx")
    assert len(found["orchestrator_tenant_display_name"]) == 300
    assert found["orchestrator_tenant_key"] == "***"


@pytest.mark.parametrize("row", [None, 5, {}, {"Name": ""}, {"Name": ["A"]}, {"Name": "A" * 999}])
def test_a_row_without_a_usable_name_is_refused(tmp_path, row):
    """Not one tenant is left out in silence."""
    with RawServer(answer(json.dumps({"value": [row]}).encode())) as server:
        assert "holds no list of tenants" in error(tmp_path, server)


def test_facts_of_another_type_are_not_known(hosts):
    """A number where a text belongs is left out, like what an old server does not say."""
    with RawServer(rows("A", DisplayName=["x"], Key={"a": 1}, Id="1", IsActive="yes")) as server:
        found = hosts(server).get_hosts()[0].vars

    assert {v for k, v in found.items() if k.startswith("orchestrator_tenant_")} == {None}


def test_a_link_that_leads_to_a_page_again_is_refused(tmp_path):
    """Two requests tell; nothing is asked until the time is over."""
    looped = {"value": [{"Name": "A"}], "@odata.nextLink": "http://x/odata/Tenants?$skip=1"}
    with RawServer(*[answer(json.dumps(looped).encode())] * 9) as server:
        assert "leads to one that was read" in error(tmp_path, server)
        assert len(server.requests) == 2


@pytest.mark.parametrize("link", ["http://[::1?a=b c", "?a\x01", "?ü", "?" + "a" * 9000])
def test_a_link_that_is_no_address_is_refused(tmp_path, link):
    """It would go into a request line."""
    page = {"value": [], "@odata.nextLink": link}
    with RawServer(answer(json.dumps(page).encode())) as server:
        assert "is not an address" in error(tmp_path, server)


def test_a_list_that_ignores_its_offset_is_refused(tmp_path):
    """The same thousand tenants again are no second page."""
    page = rows(*[f"T{number}" for number in range(1000)])
    with RawServer(*[page] * 9) as server:
        assert "the same tenants again" in error(tmp_path, server)
        assert len(server.requests) == 2
