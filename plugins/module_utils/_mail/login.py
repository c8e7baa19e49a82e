# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Logging in to an SMTP server: one mechanism, one attempt (RFC 4954).

``smtplib`` would try the next mechanism after a refusal, which is a second failed login; it takes
503 for success; and it knows no passwords beyond ASCII.
"""

from __future__ import annotations

import base64
import binascii
import hmac
import typing as t

from .._output.redact import clean
from .._phrase import say
from .smtp import MailError, expect, said

if t.TYPE_CHECKING:
    from .._knowledge.diagnosis_row import Condition
    from .smtp import Conversation, Mail

Answer = t.Callable[["Mail", bytes], bytes]

#: How each mechanism answers the challenges of the server, one after the other.  What
#: Orchestrator's mail client can use stands first; the others only prove the password.
MECHANISMS: t.Mapping[str, tuple[Answer, ...]] = {
    "LOGIN": (
        lambda mail, challenge: mail.username.encode(),
        lambda mail, challenge: mail.password.encode(),
    ),
    "PLAIN": (lambda mail, challenge: f"\0{mail.username}\0{mail.password}".encode(),),
    "CRAM-MD5": (
        lambda mail, challenge: (
            b"%s %s"
            % (
                mail.username.encode(),
                hmac.new(mail.password.encode(), challenge, "md5").hexdigest().encode(),
            )
        ),
    ),
}
OAUTH = frozenset(("XOAUTH2", "OAUTHBEARER"))
#: What System.Net.Mail has beside LOGIN, and this test has not.
WINDOWS = frozenset(("NTLM", "GSSAPI"))


def authenticate(talk: Conversation, mechanism: str) -> None:
    """Log in; raises ``MailError`` with the server's words when it refuses."""
    code, text = talk.smtp.docmd("AUTH", mechanism)
    for answer in MECHANISMS[mechanism]:
        if code == 235:
            # A server that accepts before it has seen the password accepts any password.
            early = say(
                "235 {text} (it came before the password, and proves nothing)", text=said(text)
            )
            raise MailError(early, conditions=("not_smtp",))
        expect(code, text, 334)
        reply = answer(talk.mail, _challenge(text))
        code, text = talk.smtp.docmd(base64.b64encode(reply).decode())
    expect(code, text, 235)


def _challenge(text: bytes) -> bytes:
    try:
        return base64.b64decode(text)
    except binascii.Error:
        raise MailError(say("334 {text}", text=said(text)), conditions=("not_smtp",)) from None


def no_mechanism(offered: t.Sequence[str]) -> MailError:
    """Why no login is possible among what is ``offered``."""
    if not offered:
        return MailError(say("SMTP AUTH is not offered."), conditions=("auth_not_offered",))
    condition: Condition = "auth_without_login"
    if WINDOWS.intersection(offered):
        condition = "auth_only_windows"
    elif OAUTH.issuperset(offered):
        condition = "auth_only_oauth"
    listed = say("AUTH {offered}", offered=clean(" ".join(offered)))
    return MailError(listed, conditions=(condition,))
