# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The presets: what they fill in, what they say, and that they are looked at again in time."""

from __future__ import annotations

import datetime
import re
import warnings

import pytest
from ansible_collections.rpaops.orchestrator.plugins.module_utils._errors import Failure
from ansible_collections.rpaops.orchestrator.plugins.module_utils._knowledge.provider import (
    Provider,
)
from ansible_collections.rpaops.orchestrator.plugins.module_utils._knowledge.provider_table import (
    CHECKED,
    COMMON,
    PROVIDERS,
)
from ansible_collections.rpaops.orchestrator.plugins.module_utils._knowledge.providers import (
    BY_ID,
    OWN,
    dated_warnings,
    of_host,
    overdue,
    preset,
    with_preset,
)
from hypothesis import example, given
from hypothesis import strategies as st

PLACE = {
    "amazon_ses": "eu-west-1",
    "microsoft365_relay": "contoso-com",
    "internal_relay": None,
}


def filled(name, region=None, **declared):
    return with_preset(preset(name), declared, region)


def test_gmail_needs_address_password_and_display_name_only():
    """As the guide page has it; the spaces of a pasted app password go."""
    settings = filled(
        "gmail",
        smtp_username="robot@gmail.com",
        smtp_password="abcd efgh ijkl mnop",
        default_from_display_name="Robot",
    )

    assert settings == {
        "enable_ssl": True,
        "use_default_credentials": False,
        "smtp_domain": "",
        "smtp_host": "smtp.gmail.com",
        "smtp_port": 587,
        "smtp_username": "robot@gmail.com",
        "smtp_password": "abcdefghijklmnop",
        "default_from_address": "robot@gmail.com",
        "default_from_display_name": "Robot",
    }


def test_what_the_user_wrote_wins():
    """A preset fills gaps and changes nothing."""
    own = {
        "smtp_port": 2525,
        "smtp_host": "proxy.example.com",
        "default_from_address": "alias@example.com",
        "enable_ssl": False,
        "smtp_domain": "CORP",
    }

    assert own.items() <= filled("gmail", smtp_username="robot@gmail.com", **own).items()


@pytest.mark.parametrize("name", BY_ID)
def test_every_preset_gives_a_host_and_the_common_settings(name):
    """Together with the region, tenant or host that it asks for."""
    own = {"smtp_host": "relay.example.com"} if name == "internal_relay" else {}
    settings = filled(name, PLACE.get(name), **own)

    assert re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)+", str(settings["smtp_host"]))
    assert COMMON.items() <= settings.items()
    assert settings["smtp_port"] == BY_ID[name].port


@pytest.mark.parametrize(
    ("name", "region", "host"),
    [
        ("amazon_ses", "eu-west-1", "email-smtp.eu-west-1.amazonaws.com"),
        ("microsoft365_relay", "contoso-com", "contoso-com.mail.protection.outlook.com"),
        ("zoho", "eu", "smtp.zoho.eu"),
        ("zoho_pro", "com.au", "smtppro.zoho.com.au"),
        ("zoho", "ca", "smtp.zohocloud.ca"),
        ("smtp2go", "eu", "mail-eu.smtp2go.com"),
    ],
)
def test_a_region_completes_the_host(name, region, host):
    """Region, data centre or tenant."""
    assert filled(name, region)["smtp_host"] == host


@pytest.mark.parametrize(
    ("name", "region", "option"),
    [
        ("amazon_ses", None, "smtp_host"),
        ("amazon_ses", "evil.example.com/", "preset_region"),
        ("zoho", "moon", "preset_region"),
        ("amazon_ses", "cn-north-1", "preset_region"),
        ("gmail", "eu", "preset_region"),
        ("gmial", None, "preset"),
    ],
)
def test_a_wrong_name_or_region_is_refused_with_the_option(name, region, option):
    """One sentence that names what to write instead."""
    with pytest.raises(Failure, match=f"^{option}: "):
        filled(name, region)


@pytest.mark.parametrize("name", ["Gmail", "GMAIL", " gmail ", "Google Workspace", "custom"])
def test_the_letters_of_a_preset_do_not_matter(name):
    """Nor do the blanks, hyphens and dots in it."""
    custom = {"host": "mail.example.com"}

    assert preset(name, custom).id in ("gmail", "google_workspace", "custom")


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("gmial", "Did you mean gmail?"),
        ("google", "Did you mean google_workspace or"),
        ("office365", "Did you mean microsoft365?"),
        ("sendinblue", "Did you mean brevo?"),
        ("xyz", "'xyz' is not known. Known are"),
    ],
)
def test_a_slip_of_the_pen_is_answered_with_what_was_meant(name, meant):
    """By its letters, else by the name or the host of a provider."""
    with pytest.raises(Failure, match=re.escape(meant)):
        preset(name)


def test_where_only_implicit_tls_is_offered_the_row_says_so():
    """An Orchestrator on System.Net.Mail cannot use such a provider."""
    only = [row for row in PROVIDERS if row.implicit_only]

    assert {row.id for row in only} >= {"netease_163", "aliyun", "aruba"}
    for row in only:
        assert any("System.Net.Mail" in caveat.text for caveat in row.caveats), row.id


def test_an_unknown_preset_is_answered_with_the_known_ones():
    """So that a slip of the pen is seen at once."""
    with pytest.raises(Failure, match="gmail, google_workspace, .*custom"):
        preset("gmial")


def test_the_word_apikey_and_the_postmark_token_are_filled_in():
    """User names that nobody should have to know."""
    assert filled("sendgrid")["smtp_username"] == "apikey"
    assert filled("postmark", smtp_password="tok-en")["smtp_username"] == "tok-en"


def test_a_custom_preset_is_a_row_of_the_users_own():
    """Same keys as the table."""
    row = {"host": "mail.example.com", "port": "2525", "preset_from_rule": "equals_username"}
    settings = with_preset(preset("custom", row), {"smtp_username": "me@example.com"})

    assert (settings["smtp_host"], settings["smtp_port"]) == ("mail.example.com", 2525)
    assert settings["default_from_address"] == "me@example.com"


@pytest.mark.parametrize("provider", PROVIDERS, ids=lambda row: row.id)
def test_every_row_of_the_table_can_be_written_as_a_preset_of_ones_own(provider):
    """The reader knows every field that a provider can have, lists and dictionaries included."""
    row = plain(provider)
    del row["id"]

    assert preset("custom", row) == provider._replace(id="custom")


def test_a_server_of_ones_own_is_no_service_unless_one_says_so():
    """The rules for services on the internet are for those."""
    assert not preset("custom", {"host": "x"}).is_service
    assert preset("custom", {"host": "x", "is_service": "yes"}).is_service


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (None, "preset: custom needs it"),
        ({}, "preset: custom needs it"),
        ({"hots": "x"}, "it has no key hots. Did you mean host"),
        ({"id": "gmail"}, "it has no key id"),
        ({"host": 5}, "host is a text of one line, not 5."),
        ({"port": "many"}, "port is a number from 1 to 65535, not 'many'."),
        ({"port": 70000}, "port is a number from 1 to 65535"),
        ({"port": True}, "port is a number from 1 to 65535"),
        ({"usable": "perhaps"}, "usable is true or false"),
        ({"tls": "maybe"}, "tls is one of starttls, implicit, not 'maybe'."),
        ({"password_looks_like": "("}, "password_looks_like is a regular expression"),
        ({"review_by": "soon"}, "review_by is a date such as 2027-05-01"),
        ({"caveats": "old"}, "caveats is a list, not 'old'."),
        ({"caveats": ["old"]}, "caveats[0] is a dictionary, not 'old'."),
        ({"caveats": [{"text": "x"}, {"since": "2027-03-01"}]}, "caveats[1] needs the key text."),
        ({"caveats": [{"text": "x", "since": "May"}]}, "caveats[0].since is a date"),
        ({"caveats": [{"text": "x", "sinse": 1}]}, "caveats[0] has no key sinse. Did you mean"),
        ({"other_ports": [{"port": 0, "tls": "implicit"}]}, "other_ports[0].port is a number"),
        ({"limits": {"messages_per_day": "few"}}, "limits.messages_per_day is a number"),
        ({"prerequisites": [5]}, "prerequisites[0] is a text of one line"),
    ],
)  # fmt: skip
def test_a_wrong_custom_preset_is_refused(row, words):
    """With the key that is wrong, wherever it stands, and what it has to be."""
    with pytest.raises(Failure, match=re.escape(f"custom_preset: {words}")):
        preset("custom", row)


def test_the_end_of_basic_authentication_at_microsoft_is_news_today():
    """Five weeks before, the preset warns; for years it said nothing."""
    microsoft = preset("microsoft365")

    assert any("December 2026" in text for text in dated_warnings(microsoft, day("2026-11-22")))
    assert not dated_warnings(microsoft, day("2025-06-01"))


def test_a_row_past_its_review_says_so():
    """Tables age."""
    texts = dated_warnings(preset("fastmail"), day("2028-01-01"))

    assert any("2027-11-01" in text for text in texts)


def test_a_row_past_its_review_is_a_warning():
    """A date that passes asks somebody to look; it turns no build red."""
    for row in overdue(datetime.date.today()):
        warnings.warn(f"{row.id} was to be looked at again by {row.review_by}", stacklevel=1)

    assert [row.id for row in overdue(day("2027-01-01"))] == ["microsoft365"]


def test_every_row_says_where_it_is_from():
    """Sources, evidence and a review later than the day it was gathered."""
    for row in PROVIDERS:
        assert row.sources, row.id
        assert row.evidence, row.id
        assert day(row.review_by) > day(CHECKED), row.id


@pytest.mark.parametrize(
    ("host", "name"),
    [
        ("smtp.googlemail.com", "gmail"),
        ("smtp.zoho.eu", "zoho"),
        ("smtppro.zoho.com.au", "zoho_pro"),
        ("smtp.zohocloud.ca", "zoho"),
        ("contoso-com.mail.protection.outlook.com", "microsoft365_relay"),
        ("outlook.office365.com", "microsoft365"),
        ("smtp.live.com", "outlook_com"),
        ("smtp-relay.sendinblue.com", "brevo"),
        ("email-smtp.cn-north-1.amazonaws.com.cn", "amazon_ses"),
        ("smtp.eu.sparkpostmail.com", "sparkpost"),
        ("smtp.ionos.de", "ionos"),
        ("smtp.gmail.com.", "gmail"),
        ("mail.protection.outlook.com.evil.example", OWN),
        ("SMTP.gmail.com", "gmail"),
        ("email-smtp.us-east-2.amazonaws.com", "amazon_ses"),
        ("email-smtp.us-east-2.amazonaws.com.evil.example", OWN),
        ("mail.example.com", OWN),
    ],
)
def test_a_host_tells_its_provider(host, name):
    """Replies are looked up for that provider."""
    assert of_host(host) == name


def day(text):
    return datetime.date.fromisoformat(text)


def plain(value):
    """What somebody would write in YAML for a fact of the table."""
    if hasattr(value, "_asdict"):
        return {key: plain(fact) for key, fact in value._asdict().items()}
    return [plain(fact) for fact in value] if isinstance(value, tuple) else value


#: Values that YAML can write.
YAML = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.dates(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner),
    max_leaves=8,
)
FIELDS = st.dictionaries(st.sampled_from(Provider._fields), YAML, max_size=5)


@given(FIELDS, st.none() | st.text(max_size=9))
@example({"host_template": "{", "region_pattern": ".*"}, "eu")
@example({"host_template": "{other}", "region_pattern": ".*"}, "eu")
@example({"review_by": 10**30}, None)
@example({"caveats": [{"text": "x", "until": "9999-12-31"}]}, None)
@example({"caveats": [{"text": "x", "since": "0001-01-01"}]}, None)
def test_whatever_a_custom_preset_holds_it_is_used_or_refused(row, region):
    """A refusal names the option; nothing else comes out of it."""
    try:
        chosen = preset("custom", {"host": "mail.example.com", **row})
        dated_warnings(chosen, datetime.date(2026, 3, 1))
        with_preset(chosen, {}, region)
    except Failure as exc:
        assert re.match("custom_preset|preset_region|smtp_host", str(exc))  # noqa: PT017


def test_a_preset_whose_regions_are_listed_names_them():
    """It has no one address for all."""
    row = {"host": "a.example.com", "region_hosts": [{"region": "eu", "host": "b.example.com"}]}
    with pytest.raises(Failure, match=r"'us' does not fit preset custom \(eu\)"):
        with_preset(preset("custom", row), {}, "us")
