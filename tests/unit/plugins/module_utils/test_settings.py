# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest
from ansible_collections.rpaops.orchestrator.plugins.module_utils import _argspec, _settings

GUIDE_PAGE_FIELDS = [
    "Enable email alerts",
    "Use default credentials",
    "Enable SSL",
    "SMTP Host",
    "SMTP Port",
    "SMTP Username",
    "SMTP Password",
    "SMTP Domain",
    "Default From Address",
    "Default From Display Name",
]


def test_the_table_names_the_ten_fields_of_the_mail_tab_in_their_order():
    """Labels are the words of the guide page; Timeout came later and stands last."""
    assert [s.label for s in _settings.SETTINGS] == [*GUIDE_PAGE_FIELDS, "Timeout"]


def test_every_setting_is_a_module_option_and_the_other_way_round():
    """The table and the argument specification cannot drift apart."""
    assert tuple(_argspec.settings()) == _settings.NAMES


@pytest.mark.parametrize("text", ["True", "true", True, 1, "1", " true "])
def test_all_spellings_of_true_mean_true(text):
    """Servers answer booleans in several spellings; none of them is drift."""
    assert _settings.typed("enable_ssl", text) is True


@pytest.mark.parametrize("text", ["False", "false", False, 0, "0", "", None])
def test_all_spellings_of_false_mean_false(text):
    """An unset switch is off."""
    assert _settings.typed("enable_ssl", text) is False


@pytest.mark.parametrize("text", ["587", 587, " 587 "])
def test_a_port_is_a_number_however_it_is_written(text):
    """Ports travel as text, as number, or with blanks around."""
    assert _settings.typed("smtp_port", text) == 587


@pytest.mark.parametrize(("name", "text"), [("smtp_port", "abc"), ("enable_ssl", "maybe")])
def test_a_value_that_cannot_be_read_differs_from_every_declared_one(name, text):
    """Garbage on the server is drift, not an error and not equal to anything."""
    current = {name: _settings.typed(name, text)}
    declared = {name: 587 if name == "smtp_port" else True}
    assert _settings.differing(current, declared) == (name,)


def test_letter_case_of_a_host_is_no_difference():
    """Host names do not distinguish letter case."""
    assert (
        _settings.differing({"smtp_host": "SMTP.Example.COM"}, {"smtp_host": "smtp.example.com"})
        == ()
    )


def test_letter_case_of_a_user_name_is_a_difference():
    """Addresses and names are compared exactly."""
    assert _settings.differing({"smtp_username": "A@b.c"}, {"smtp_username": "a@b.c"}) == (
        "smtp_username",
    )


def test_a_missing_text_equals_an_empty_one():
    """Null, missing and empty are the same for text."""
    assert _settings.differing({}, {"smtp_domain": ""}) == ()


def test_settings_that_are_not_declared_never_differ():
    """Not mentioned means not managed."""
    assert _settings.differing({"smtp_host": "a", "smtp_port": 25}, {"smtp_port": 25}) == ()


def test_the_password_is_left_to_evidence():
    """Comparing says nothing about a password that no server returns."""
    assert _settings.differing({}, {"smtp_password": "new"}) == ()


def test_null_is_not_declared_but_empty_is():
    """Null leaves a setting alone, an empty string clears it."""
    assert _settings.wanted({"smtp_host": None, "smtp_domain": ""}) == {"smtp_domain": ""}


@pytest.mark.parametrize(("value", "text"), [(True, "true"), (False, "false"), (587, "587")])
def test_values_are_written_as_lower_case_text(value, text):
    """Servers and files store text."""
    assert _settings.wire_text(value) == text


def test_a_public_form_says_only_that_a_password_is_set():
    """The password is in no result."""
    shown = _settings.shown({"smtp_host": "a", "smtp_password": "s3cret"}, True)
    assert shown == {"smtp_host": "a", "smtp_password_set": True}
