# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The pre-flight rules: each fires, each stays silent, all are found at once."""

from __future__ import annotations

import datetime
import re

import pytest
from ansible_collections.rpaops.orchestrator.plugins.module_utils._declaration import preflight
from ansible_collections.rpaops.orchestrator.plugins.module_utils._declaration.masks import is_mask
from ansible_collections.rpaops.orchestrator.plugins.module_utils._declaration.preflight import (
    RULES,
    Circumstances,
    check,
)
from ansible_collections.rpaops.orchestrator.plugins.module_utils._errors import Failure
from ansible_collections.rpaops.orchestrator.plugins.module_utils._knowledge.providers import preset
from ansible_collections.rpaops.orchestrator.plugins.module_utils._settings import (
    IDENTITY,
    MAIL_TAB,
)
from support.findings import FIRING, GOOD
from support.places import PAGES

PAGE = PAGES / "preflight.rst"
TODAY = datetime.date(2026, 11, 23)
SILENT = [
    ("mask-as-secret", None, {"smtp_password": "a*b"}),
    ("mask-as-secret", None, {"smtp_password": "hidden"}),
    ("preset-unusable", "gmail", {}),
    ("preset-dated", "gmail", {}),
    ("line-breaks", None, {}),
    ("half-character", None, {"default_from_display_name": "\U0001f600"}),
    ("host-form", None, {"smtp_host": "mail-1.example.com"}),
    ("host-form", None, {"smtp_host": "bücher.example."}),
    ("host-is-ip", None, {"smtp_host": "192.0.2.1", "enable_ssl": False}),
    ("host-empty", None, {"smtp_host": None}),
    ("number-range", None, {"smtp_port": 65535}),
    ("implicit-tls-port", None, {"smtp_port": 465, "enable_ssl": False}),
    ("port-25", "internal_relay", {"smtp_port": 25}),
    ("preset-without-ssl", "internal_relay", {"enable_ssl": False}),
    ("password-in-clear", None, {"enable_ssl": None}),
    ("ssl-with-default-credentials", None, {"use_default_credentials": None}),
    ("credentials-ignored", None, {}),
    ("domain-before-username", None, {"smtp_domain": "CORP", "smtp_username": "robots"}),
    ("anonymous", None, {"smtp_username": None}),
    ("no-login", "relay", {"smtp_username": None, "smtp_password": None}),
    ("no-login", "internal_relay", {}),
    ("username-form", "gmail", {}),
    ("password-form", "gmail", {}),
    ("username-elsewhere", "microsoft365", {"smtp_username": "me@contoso.com"}),
    ("password-ends", None, {"smtp_password": "pa ss"}),
    ("from-is-username", "gmail", {"default_from_address": "Robots@Gmail.com"}),
    ("address-syntax", None, {"default_from_address": ""}),
    ("from-needs-smtputf8", None, {"default_from_address": "ops@bücher.example"}),
]


def findings(differing, provider=None, **circumstances):
    settings = {k: v for k, v in {**GOOD, **differing}.items() if v is not None}
    around = Circumstances(TODAY, **{"era": MAIL_TAB, **circumstances})
    return check(settings, preset(provider) if provider else None, around)


def ids(found):
    return {finding.rule for finding in (*found.errors, *found.warnings)}


@pytest.mark.parametrize(("rule", "grade", "provider", "differing"), FIRING)
def test_rule_fires(rule, grade, provider, differing):
    """The rule finds its mistake, in the grade of the table."""
    found = findings(differing, provider)
    graded = {f.rule: "error" for f in found.errors} | {f.rule: "warning" for f in found.warnings}
    assert graded.get(rule) == grade


@pytest.mark.parametrize(("rule", "provider", "differing"), SILENT)
def test_rule_stays_silent(rule, provider, differing):
    """The rule says nothing about what is close to its mistake, but is none."""
    found = findings(differing, provider)
    assert rule not in {finding.rule for finding in (*found.errors, *found.warnings)}


def test_every_rule_is_tested_both_ways():
    """No rule can be added without a case that fires and one that does not."""
    ids = {rule.id for rule in RULES}
    assert ids == {case[0] for case in FIRING} == {case[0] for case in SILENT}


def test_every_rule_is_explained_in_the_documentation():
    """The page on pre-flight rules lists each id once, with the rules that mail_test takes over."""
    listed = re.findall(r"^``([a-z0-9-]+)`` \(", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(listed) == sorted([r.id for r in RULES] + ["certificate", "starttls-and-login"])


def test_every_finding_names_an_option_first():
    """A finding begins with the option to look at."""
    for _rule, _grade, provider, differing in FIRING:
        found = findings(differing, provider)
        for finding in (*found.errors, *found.warnings):
            option = re.match(r"[a-z_]+(?=: )|preset(?= )", finding.text)
            assert option, finding.text
            assert option.group() in {*GOOD, "preset"}


def test_good_declaration_has_no_finding():
    """Nothing is said about a declaration that is well, and it is not changed."""
    found = findings({}, "gmail")
    assert (found.errors, found.warnings, found.settings) == ((), (), GOOD)


def test_five_mistakes_are_reported_together():
    """One failure holds five sentences."""
    mistakes = {
        "smtp_host": "http://mail",
        "smtp_port": 0,
        "smtp_password": "****",
        "smtp_domain": "CORP",
        "default_from_address": "nobody",
    }
    with pytest.raises(Failure) as raised:
        findings(mistakes).demand()
    assert raised.value.error == "preflight"
    assert all(f"{option}: " in str(raised.value) for option in mistakes)
    assert len(raised.value.result["findings"]) == 5


def test_no_finding_shows_a_secret():
    """Whatever is wrong with a password, it is not repeated."""
    for password in ("hunter2hunter2 ", "hunter2\nhunter2"):
        found = findings({"smtp_password": password}, "gmail")
        assert found.errors
        assert "hunter2" not in str(found)


def test_masks_of_the_sign_in_are_refused_too():
    """A mask as server.password is named as such."""
    found = findings({}, secrets={"server.password": "•••••"})
    assert [f.text.split(":")[0] for f in found.errors] == ["server.password"]


def test_recipient_is_judged_too():
    """A recipient that is no address is named by its option."""
    found = findings({}, addresses={"verify_recipient": "ops at example.com"})
    assert [f.text.split(":")[0] for f in found.errors] == ["verify_recipient"]


def test_implicit_tls_can_be_allowed():
    """Who knows that the Orchestrator can do it may use port 465."""
    assert findings({"smtp_port": 465}, implicit_tls="allow").errors == ()


@pytest.mark.parametrize(
    ("era", "version", "found"),
    [
        (None, None, set()),
        (MAIL_TAB, None, {"anonymous"}),
        (MAIL_TAB, "11.0", {"anonymous"}),
        (MAIL_TAB, "17.0", set()),
        (IDENTITY, "15.0", {"anonymous"}),
        (IDENTITY, "16.0", set()),
        (IDENTITY, None, set()),
    ],
)
def test_a_warning_about_versions_waits_for_the_version(era, version, found):
    """Mail without a login: said of older servers, and of such that may be older."""
    differing = {"smtp_username": "", "smtp_password": None}
    assert ids(findings(differing, era=era, version=version)) == found


@pytest.mark.parametrize(("era", "refused"), [(None, 0), (MAIL_TAB, 1), (IDENTITY, 0)])
def test_encryption_without_a_login_is_right_on_identity(era, refused):
    """There it is what the vendor's own page stores; on the Mail tab one excludes the other."""
    differing = {"use_default_credentials": True, "smtp_username": "", "smtp_password": None}
    assert len(findings(differing, era=era).errors) == refused


@pytest.mark.parametrize("host", ["faß.example", "βόλος.example", "ｍail.example", "a。example"])
def test_a_host_that_two_standards_read_differently_is_refused(host):
    """IDNA 2003 would make another name of it; the person has to say which."""
    found = findings({"smtp_host": host})

    assert [f.rule for f in found.errors] == ["host-form"]
    assert "xn--" in found.errors[0].text
    assert found.settings["smtp_host"] == host


@pytest.mark.parametrize(
    ("given", "sent"),
    [
        ("mail.example.com.", "mail.example.com"),
        ("bücher.example", "xn--bcher-kva.example"),
        ("Mail.Example.com", "Mail.Example.com"),
        ("BÜCHER.example", "xn--bcher-kva.example"),
    ],
)
def test_host_is_normalised(given, sent):
    """A host is written as servers need it, without a finding."""
    assert check({"smtp_host": given}, None, Circumstances(TODAY)).settings["smtp_host"] == sent


@pytest.mark.parametrize(
    ("declared", "sent"),
    [
        ({"smtp_username": "u", "smtp_password": "p"}, False),
        ({"smtp_username": "u", "smtp_password": "p", "use_default_credentials": True}, True),
        ({"smtp_username": "u"}, None),
        ({"smtp_username": "", "smtp_password": ""}, None),
    ],
)
def test_default_credentials_are_off_for_a_declared_login(declared, sent):
    """User and password together mean that default credentials are off, unless stated."""
    settings = check(declared, None, Circumstances(TODAY)).settings
    assert settings.get("use_default_credentials") is sent


def test_preset_is_due_for_review_the_day_after():
    """A preset that nobody looked at in time says so from the next day on."""
    gmail = preset("gmail")._replace(caveats=(), review_by="2026-11-22")
    due = [
        check(GOOD, gmail, Circumstances(TODAY - datetime.timedelta(days=d))).warnings
        for d in (0, 1)
    ]
    assert [len(found) for found in due] == [1, 0]


def test_surroundings_come_from_module_arguments():
    """Secrets and addresses are called by their option names."""
    params = {
        "server": {"password": "p", "client_secret": None},
        "verify_recipient": "a@b.c",
        "implicit_tls": "allow",
    }
    assert preflight.surroundings(params, TODAY) == Circumstances(
        TODAY, "allow", {"server.password": "p"}, {"verify_recipient": "a@b.c"}
    )


@pytest.mark.parametrize("text", ["", " ", "hunter2", "****a", "hidden", "set", "xxxxxxxx"])
def test_a_password_is_no_mask(text):
    """What may be somebody's password is not taken for a mask."""
    assert not is_mask(text)


@pytest.mark.parametrize(
    "text", ["pa$$word", "$ecret", "a$(b)c", "100%safe%", "ENCorder", "(settle)", "!vaulted", "{x}"]
)
def test_a_password_with_odd_characters_is_no_placeholder(text):
    """Only what is a placeholder as a whole is refused."""
    assert not is_mask(text)


@pytest.mark.parametrize(
    "text",
    [
        "$(SMTP_PASSWORD)",
        "${SMTP_PASSWORD}",
        "${{ secrets.SMTP_PASSWORD }}",
        "{{ vault_smtp_password }}",
        "#{SmtpPassword}#",
        "%SMTP_PASSWORD%",
        "__SMTP_PASSWORD__",
        "ENC[AES256_GCM,data:abc,iv:def,tag:ghi,type:str]",
        "!vault |",
        "$ANSIBLE_VAULT;1.1;AES256\n6162",
        "••••••1234",
        "ab••••",
        "****1234",
        "(set)",
        "(not set)",
        "(will be set: none is set)",
    ],
)
def test_what_stands_for_a_password_is_refused(text):
    """Variables that nobody filled in, encrypted texts, half of a mask, our own words."""
    assert is_mask(text)


@pytest.mark.parametrize("text", ["*", "●●●", " **** ", "<hidden>", "[REDACTED]", "$REDACTED$"])
def test_a_mask_is_a_mask(text):
    """Stars, dots and placeholders are masks."""
    assert is_mask(text)
