# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Failures met in the field and once misread: the cause, and whether trying again helps."""

from __future__ import annotations

import pytest
from ansible_collections.rpaops.orchestrator.plugins.module_utils._knowledge.diagnosis import (
    diagnose,
    diagnose_text,
)
from ansible_collections.rpaops.orchestrator.plugins.module_utils._knowledge.diagnosis_row import (
    Attempt,
    Symptom,
)
from ansible_collections.rpaops.orchestrator.plugins.module_utils._knowledge.providers import (
    of_host,
)

WAS = "The server response was: "
#: What the Orchestrator handed on, the host that it sent through, and what is right.
SAID = [
    ("The SMTP server does not support authentication.", "", "auth-missing", "fix"),
    ("No compatible authentication mechanisms found.", "", "auth-no-login", "fix"),
    ("The SMTP server has unexpectedly disconnected.", "", "disconnect", "later"),
    ("Authentication failed because the remote party has closed the transport stream.", "",
     "tls-too-old", "fix"),
    (f"Syntax error, command unrecognized. {WAS}4.3.2 Concurrent connections limit exceeded.",
     "smtp.office365.com", "ms-throttle", "later"),
    (f"Client does not have permission to submit mail to this server. {WAS}4.7.1 "
     "<ops@example.com>: Relay access denied", "", "relay-denied", "fix"),
    (f"Command parameter not implemented. {WAS}5.5.2 <host>: Helo command rejected: need "
     "fully-qualified hostname", "", "ehlo-refused", "fix"),
    (f"Bad sequence of commands. {WAS}5.5.1 Bad sequence of commands", "", "command-order", "fix"),
    (f"Command not implemented. {WAS}5.5.1 Command not implemented", "", "command-unknown", "fix"),
    (f"Syntax error in parameters or arguments. {WAS}5.1.3 Bad recipient address syntax", "",
     "rcpt-syntax", "fix"),
    ("Setting value for 'Abp.Net.Mail.DefaultFromAddress' is null or empty!", "",
     "setting-empty", "fix"),
    ("SslHandshakeException: The host name (mail.example.com) did not match the name given in the "
     "server's SSL certificate (mx01.example.com).", "", "dotnet-cert-name", "fix"),
    ("An internal error occurred (500 Internal Server Error)", "", "orchestrator-failed", "fix"),
    (f"Mailbox unavailable. {WAS}4.7.1 Try again later", "", "greylisted", "later"),
]  # fmt: skip
#: What a server said: to which stage, after a login or not, whose host it was, and what is right.
REPLIED = [
    ("rcpt", True, "", "504 5.5.2 <15b0717dc4c2>: Helo command rejected: need fully-qualified "
     "hostname", "ehlo-refused", "fix"),
    ("rcpt", True, "smtp.office365.com", "550 5.7.708 Service unavailable. Access denied, traffic "
     "not accepted from this IP", "ms-tenant-blocked", "fix"),
    ("mail", True, "smtp.office365.com", "501 5.1.8 Access denied, bad outbound sender",
     "ms-bad-sender", "fix"),
    ("auth", None, "smtp.office365.com", "421 4.7.66 TLS 1.0 and 1.1 are not supported",
     "tls-too-old", "fix"),
    ("mail", False, "smtp.sendgrid.net", "550 Unauthenticated senders not allowed",
     "not-authenticated", "fix"),
    ("auth", None, "smtp-relay.gmail.com", "534-5.7.9 Application-specific password required",
     "gmail-app-password", "fix"),
    ("rcpt", True, "smtp.zoho.eu", "553 Relaying disallowed as robot@example.com",
     "zoho-relay", "fix"),
    ("rcpt", True, "", "454 4.7.1 <ops@example.com>: Relay access denied", "relay-denied", "fix"),
    ("rcpt", True, "", "550 5.1.8 <robot@intern.lan>: Sender address rejected: Domain not found",
     "sender-domain", "fix"),
    ("rcpt", False, "", "553 5.7.1 <robot@example.com>: Sender address rejected: not logged in",
     "not-authenticated", "fix"),
    ("rcpt", True, "", "452 4.3.1 Insufficient system resources", "storage", "later"),
    ("data", True, "", "550 5.7.0 Too many emails per second. Please upgrade your plan",
     "quota-sender", "later"),
    ("end_of_data", True, "smtp-relay.brevo.com", "502 5.7.0 Your SMTP account is not yet "
     "activated", "account-not-active", "fix"),
    ("end_of_data", True, "email-smtp.eu-west-1.amazonaws.com", "554 Access denied: User `arn:...' "
     "is not authorized to perform `ses:SendRawEmail' on resource ...", "ses-policy", "fix"),
    ("end_of_data", True, "", "550 5.7.1 Unconfigured Sending Domain <app.example.com>",
     "sender-unverified", "fix"),
    ("rcpt", False, "", "550 5.7.1 Service unavailable, Client host [192.0.2.1] blocked using x",
     "ip-blocked", "fix"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "host", "right", "retry"), SAID)
def test_what_an_orchestrator_said(text, host, right, retry):
    """Its mail client's own words, with or without a reply in them."""
    found = diagnose_text(text, Attempt(True, host, provider=of_host(host)))

    assert (found.id, found.retry) == (right, retry)


@pytest.mark.parametrize(("stage", "login", "host", "text", "right", "retry"), REPLIED)
def test_what_a_server_replied(stage, login, host, text, right, retry):
    """The class of retry goes by the cause, not by the first digit."""
    symptom = Symptom(stage, int(text[:3]), text, login=login)
    found = diagnose(symptom, Attempt(False, host, provider=of_host(host)))

    assert (found.id, found.retry) == (right, retry)
    assert ("No login was made." in found.cause) is (login is False)
