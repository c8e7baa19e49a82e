# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How a mail failed, and the shape of a row of ``diagnosis_table`` that recognises it.

Pure.

Named tuples for the same reason as in ``provider``.
"""

from __future__ import annotations

import functools
import re
import typing as t

from .._phrase import say

ENHANCED = re.compile(
    r"(?:^|[\s#(\-:<\"'\u201e\u201c])([245]\.\d{1,3}\.\d{1,3})(?=$|[\s;:,)>\"'\u201d-]|\.(?!\d))"
)

#: A mail address in a reply: the name of a mailbox is no evidence where words are compared.
_ADDRESS = re.compile(r"<?[^\s<>\"'(:,;@]+@[^\s<>\"'):,;]+>?")


@functools.lru_cache(maxsize=256)
def words(text: str) -> str:
    """``text`` without the names of mailboxes."""
    return _ADDRESS.sub("<@>", text)


def near(first: tuple[str, ...], most: int, then: tuple[str, ...]) -> str:
    """A pattern for one of ``first`` and, at ``most`` so many letters later, one of ``then``."""
    return rf"(?:{'|'.join(first)}).{{0,{most}}}(?:{'|'.join(then)})"


@functools.cache
def _pattern(alternatives: tuple[str, ...]) -> re.Pattern[str]:
    """One pattern for all of them, made when it is first needed."""
    return re.compile("|".join(alternatives), re.IGNORECASE | re.MULTILINE)


def says(alternatives: tuple[str, ...], text: str) -> bool:
    """Whether one of the patterns is in ``text``, letters alike."""
    return _pattern(alternatives).search(text) is not None


#: How far the conversation had come; ``seen`` is the search in the recipient's mailbox.
Stage = t.Literal[
    "connect", "banner", "ehlo", "starttls", "tls", "auth", "mail", "rcpt", "data", "end_of_data",
    "seen",
]  # fmt: skip
#: The stages at which it is known whether a login was made.
AFTER_LOGIN: tuple[Stage, ...] = ("mail", "rcpt", "data", "end_of_data")
#: A fact that the client worked out by itself.
Condition = t.Literal[
    "port_is_implicit_tls", "starttls_not_offered", "starttls_injection", "certificate_name",
    "certificate_refused", "auth_not_offered", "auth_only_oauth", "auth_only_windows",
    "auth_without_login", "auth_windows_failed", "not_smtp", "mailbox_unusable", "not_seen",
    "mailbox_busy_or_gone", "secure_or_auth",
    "recipient_refused", "setting_empty", "setting_wrong", "orchestrator_failed",
]  # fmt: skip
#: What is to blame.
Kind = t.Literal[
    "credentials", "policy", "tls", "network", "sender", "recipient", "quota", "size", "protocol",
    "server", "config", "unknown",
]  # fmt: skip
#: ``fix`` the cause first, try ``later``, or ``never``, because a retry could send twice.
Retry = t.Literal["fix", "later", "never"]


class Symptom(t.NamedTuple):
    """Where and how a mail failed: the evidence, heaviest first.

    ``login`` is whether a login was made (None: nobody knows); ``code`` is None also where the
    client keeps the number to itself, as .NET does.  ``error`` names the classes of a client-side
    exception, itself first; ``conditions`` are facts that the client worked out.
    """

    stage: Stage | None = None
    code: int | None = None
    text: str = ""
    error: tuple[str, ...] = ()
    conditions: tuple[Condition, ...] = ()
    login: bool | None = None

    @property
    def enhanced(self) -> str | None:
        found = ENHANCED.search(self.text)
        return found.group(1) if found else None

    @property
    def reply_class(self) -> int | None:
        """4 for a temporary refusal, 5 for a lasting one, as far as the numbers tell."""
        if self.code is not None:
            return self.code // 100
        return int(self.enhanced[0]) if self.enhanced else None


class Attempt(t.NamedTuple):
    """Who tried to send, through which server, as whom; what is not known is empty."""

    by_server: bool = False
    host: str = ""
    port: int | None = None
    secured: str = ""
    user: str = ""
    #: The id of the provider that the server belongs to.
    provider: str | None = None

    @property
    def server(self) -> str:
        if not self.host:
            return say("the mail server")
        return f"{self.host}:{self.port}" if self.port else self.host

    @property
    def tried(self) -> str:
        """For a sentence: ``smtp.example.com:587 with STARTTLS``."""
        if not self.secured:
            return self.server
        return say("{server} with {secured}", server=self.server, secured=self.secured)

    @property
    def words(self) -> dict[str, str]:
        """What the placeholders of a row stand for."""
        here = {"machine": say("this machine"), "trust": say("give its CA as ca_path")}
        there = {
            "machine": say("the Orchestrator host"),
            "trust": say("install its CA on the Orchestrator host, which has its own trust store"),
        }
        user = self.user or say("the account")
        return {**(there if self.by_server else here), "server": self.server, "user": user}


class Sign(t.NamedTuple):
    """What a failure looks like.

    A condition that is left out fits everything; of several values one has to fit.
    """

    #: A real reply or error text, which the row of this sign is the first to fit.
    sample: str
    stage: tuple[Stage, ...] = ()
    #: Reply codes; 4 and 5 stand for all of their hundred.
    code: tuple[int, ...] = ()
    #: Enhanced status codes (RFC 3463).
    enhanced: tuple[str, ...] = ()
    #: Names of exception classes.
    error: tuple[str, ...] = ()
    condition: Condition | None = None
    #: Whether a login was made.
    login: bool | None = None
    #: Only at a server of the row's providers: its words mean something else elsewhere.
    at_home: bool = False
    #: Only where the stage is known: its words mean something else at another one.
    only_there: bool = False
    #: Patterns, letters alike, of which one is somewhere in the reply, and of which none is.
    text: tuple[str, ...] = ()
    but_not: tuple[str, ...] = ()

    def fits(self, symptom: Symptom) -> bool:
        """Whether every given condition holds for ``symptom``; the provider is the row's matter."""
        return (
            self._fits_stage(symptom.stage)
            and (self.login is None or symptom.login is self.login)
            and self._fits_code(symptom)
            and (not self.enhanced or symptom.enhanced in self.enhanced)
            and (not self.error or any(name in self.error for name in symptom.error))
            and (self.condition is None or self.condition in symptom.conditions)
            and self._says(symptom.text)
        )

    @property
    def _is_told(self) -> bool:
        """Whether the words tell enough where stage or number are not known."""
        return bool(self.text or self.enhanced or self.condition)

    def _fits_stage(self, stage: str | None) -> bool:
        """A bare code means different things at different stages, so there must be more to tell."""
        if stage is None:
            return not self.stage or (self._is_told and not self.only_there)
        return not self.stage or stage in self.stage

    def _fits_code(self, symptom: Symptom) -> bool:
        """Where the number is kept from us, its class and the words have to do."""
        if not self.code or symptom.code in self.code:
            return True
        kind = symptom.reply_class
        if kind in self.code or symptom.code is not None:
            return kind in self.code
        return self._is_told and (kind is None or kind in {code // 100 for code in self.code})

    def _says(self, text: str) -> bool:
        if self.text and not says(self.text, words(text)):
            return False
        return not self.but_not or not says(self.but_not, words(text))


class Row(t.NamedTuple):
    """One way to fail: what it looks like, what it means, what to do.

    ``cause`` and ``fix`` say no more than the signs show; ``{machine}``, ``{server}``, ``{user}``
    and ``{trust}`` stand for the words of an ``Attempt``.
    """

    id: str
    kind: Kind
    retry: Retry
    cause: str
    fix: str
    #: Where this was read, or that it was measured.
    source: str
    signs: tuple[Sign, ...]
    #: What to do instead where the login was made.
    fix_logged_in: str = ""
    #: Ids of the providers that say this; their rows are asked first at their own servers.
    provider: tuple[str, ...] = ()

    def fits(self, symptom: Symptom, provider: str | None) -> bool:
        """Whether one of the signs is there; ``provider`` is whose server it is."""
        at_home = provider in self.provider
        return any(at_home or not sign.at_home for sign in self.signs if sign.fits(symptom))
