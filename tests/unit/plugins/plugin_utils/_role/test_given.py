# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the variables of a host say, judged all at once."""

from __future__ import annotations

import datetime

import pytest
from ansible.errors import AnsibleUndefinedVariable
from ansible.parsing.dataloader import DataLoader
from ansible.template import Templar
from ansible.utils.unsafe_proxy import wrap_var
from ansible_collections.rpaops.orchestrator.plugins.module_utils._errors import Failure
from ansible_collections.rpaops.orchestrator.plugins.plugin_utils._role.given import (
    as_written,
    declared,
)

try:
    from ansible.template import trust_as_template
except ImportError:  # before ansible-core 2.19 every text was a template

    def trust_as_template(text):
        return text


SERVER = {"url": "https://orchestrator.example.com", "username": "admin", "password": "hunter2!"}
START = "/where/it/was/started"


def said(here=True, target=True, **variables):
    task_vars = {"mail_server": SERVER, **variables}
    templar = Templar(loader=DataLoader(), variables=task_vars)
    return declared(task_vars, templar.template, target=target, start=START, here=here)


def refusal(**variables):
    with pytest.raises(Failure) as caught:
        said(**variables)
    return str(caught.value)


def a_template(text):
    return trust_as_template(text)


def test_what_is_not_given_is_not_managed():
    """Every option is there, without a value."""
    found = said(mail_smtp_port="587")

    assert found.settings["smtp_port"] == 587
    assert found.settings["smtp_host"] is None
    assert found.settings["server"]["timeout"] == 60.0


@pytest.mark.parametrize(
    "value",
    [
        a_template("{{ company_relay_typo }}"),
        {"url": "https://x.example.com", "tenant": a_template("{{ company_relay_typo }}")},
        [a_template("{{ company_relay_typo }}")],
        a_template("{{ {'password': 'hunter2!', 'a': company_relay_typo} }}"),
    ],
    ids=["alone", "in a dictionary", "in a list", "beside a secret"],
)
def test_an_undefined_variable_in_a_declared_one_is_named(value):
    """Both are, and nothing of what stands beside it."""
    message = refusal(mail_custom_preset=value)

    assert message.startswith("mail_custom_preset: 'company_relay_typo' is undefined.")
    assert "hunter2" not in message


@pytest.mark.parametrize(
    ("password", "secrets"),
    [
        (a_template("{{ vault_mail_password }}"), ""),
        (a_template("{{ vault.mail_password | trim }}"), ""),
        (a_template("hunter2! {{ vault_mail_password }}"), "hunter2! {{ vault_mail_password }}"),
        (a_template("{{ x | default('hunter2!') }}"), "{{ x | default('hunter2!') }}"),
        (wrap_var("{{ vault_mail_password }}"), "{{ vault_mail_password }}"),
    ],
    ids=["a name", "a name in a dictionary", "beside one", "in an expression", "no template"],
)
def test_the_name_of_another_variable_is_no_secret(password, secrets):
    """As long as nothing is looked up, all other texts of a secret option count as one."""
    found = as_written({"mail_smtp_password": password, "mail_server": {"password": password}})

    assert found["smtp_password"] == found["server"]["password"] == secrets


def test_all_that_is_wrong_is_said_at_once():
    """Three mistakes are three sentences of one message."""
    missing = a_template("{{ typo }}")
    message = refusal(mail_smtp_host=missing, mail_smtp_port=missing, mail_prest="gmail")

    assert "mail_smtp_host: 'typo'" in message
    assert "mail_smtp_port: 'typo'" in message
    assert "mail_prest is not a variable of the role mail; did you mean mail_preset?" in message


def test_omit_means_not_given():
    """At the top and further down."""
    token = "__omit_place_holder__1"
    found = said(omit=token, mail_smtp_host=token, mail_server={**SERVER, "tenant": token})

    assert found.settings["smtp_host"] is None
    assert found.settings["server"]["tenant"] is None


def test_a_misspelt_option_of_the_server_is_named_with_the_right_one():
    """As Ansible lists all of them, the eye finds none."""
    message = refusal(mail_server={**SERVER, "tennant": "HR"})

    assert message == "mail_server.tennant is not an option; write mail_server.tenant."


@pytest.mark.parametrize(
    ("variables", "words"),
    [
        ({"mail_smtp_port": "many"}, "mail_smtp_port"),
        ({"mail_state": "gone"}, "mail_state"),
        ({"mail_server": None}, "set mail_server or mail_config_file, or name the inventory"),
        ({"mail_config_file": {"path": "x"}}, "mail_server|mail_config_file"),
        ({"mail_fail_on": ["nonsense"]}, "mail_fail_on"),
    ],
)
def test_every_refusal_speaks_of_variables(variables, words):
    """Nobody who uses the role has written an option."""
    assert words in refusal(**variables)


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("mail_smtp_port", "9" * 5000),
        ("mail_smtp_timeout", float("inf")),
        ("mail_smtp_host", 10**5000),
        ("mail_tenants", [{"name": "A", "smtp_timeout": float("inf")}]),
        ("mail_smtp_password", ["hunter2!"]),
        ("mail_server", 5),
        ("mail_state", "x" * 60_000),
        ("mail_verify_recipient", "x" * 1_000_000),
    ],
    ids=lambda part: str(part)[:20] if isinstance(part, str) else type(part).__name__,
)
def test_what_no_variable_can_mean_is_said_in_few_words(variable, value):
    """Also what Ansible would stumble over, or make a text of."""
    message = refusal(**{variable: value})

    assert variable in message
    assert "hunter2" not in message
    assert len(message) < 1000


def test_a_secret_in_the_wrong_place_is_not_repeated():
    """Ansible quotes what it cannot use."""
    assert "hunter2" not in refusal(mail_smtp_port="hunter2!", mail_smtp_password="hunter2!")


def test_every_relative_path_starts_where_the_command_was_started():
    """Those of the target, of the run, and the record, which is no path to Ansible."""
    tls = {"ca_path": "ca.pem", "client_cert": "/etc/c.pem", "client_key": "keys/k.pem"}
    found = said(
        mail_server={**SERVER, **tls},
        mail_test_ca_path="mail.pem",
        mail_password_record="cache/record",
        mail_report_dir="reports",
    )

    assert found.settings["server"]["ca_path"] == f"{START}/ca.pem"
    assert found.settings["server"]["client_cert"] == "/etc/c.pem"
    assert found.settings["server"]["client_key"] == f"{START}/keys/k.pem"
    assert found.test["ca_path"] == f"{START}/mail.pem"
    assert found.settings["password_record"] == f"{START}/cache/record"
    assert found.run["mail_report_dir"] == f"{START}/reports"


def test_paths_on_another_machine_stay_as_they_are():
    """Reports are written here all the same."""
    file = {"path": "app.json"}
    found = said(here=False, mail_server=None, mail_config_file=file, mail_report_dir="reports")

    assert found.settings["config_file"]["path"] == "app.json"
    assert found.run["mail_report_dir"] == f"{START}/reports"


def test_an_empty_record_keeps_none():
    """The empty text is no path."""
    assert said(mail_password_record="").settings["password_record"] == ""


def test_who_sends_a_test_by_himself_gets_no_sign_in_of_the_server():
    """It would only be one more place for a password."""
    assert "server" not in said(mail_test_recipients=["ops@example.com"]).test
    assert said(mail_test_via="server").test["server"]["username"] == "admin"


def test_what_is_no_text_or_number_is_to_be_put_into_quotes():
    """YAML makes a date of 2026-01-02."""
    message = refusal(mail_smtp_domain=datetime.date(2026, 1, 2))

    assert message.startswith(
        "mail_smtp_domain: a module cannot receive a date; put it into quotes"
    )


def test_nothing_takes_back_what_a_group_declares():
    """A host with a file in a group with a server."""
    found = said(mail_server=None, mail_config_file={"path": "/x.json"})

    assert found.settings["server"] is None


def test_ansible_says_undefined_as_expected():
    """The words from which the name is taken."""
    with pytest.raises(AnsibleUndefinedVariable, match="'typo' is undefined"):
        Templar(loader=DataLoader(), variables={}).template(a_template("{{ typo }}"))
