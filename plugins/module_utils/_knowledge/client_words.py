# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What an Orchestrator's mail client says when it cannot send, as the evidence in its words.

Pure.

.NET names a reply code by a sentence and keeps the number to itself, MailKit hands on the reply
without it, and either may speak the language of its Windows.  What is an SMTP reply in such a text
decides; where there is none, the client's own words do.
"""

from __future__ import annotations

import re
import typing as t

from .._settings import IMPLICIT_TLS_PORTS
from .client_words_table import ANSWER, SENTENCES, WORDS, WRAPPERS
from .diagnosis_row import ENHANCED, Symptom, says

#: A reply code in front of an enhanced one of its class: a reply, wherever it stands.
_SURE = re.compile(r"(?<![\d.])([45])([0-5]\d|71)(?:: ?|[ -])#?\1\.\d{1,3}\.\d{1,3}(?![\d.])")
#: A reply code at the beginning of a clause: "450 seconds" in the middle of one is a time.
_LIKELY = re.compile(
    r"(?:^|[.:;!?>\"'(\[\u201e\u201c«]\s*"
    r"|\b(?:said|with|code|error|reply|response|status|smtp)[ =:]+)"
    r"([45](?:[0-5]\d|71))(?:: ?|[ -])(?=[^\W\d_]|[<\[(\"'])"
)
#: What HTTP calls its errors; a front end of the Orchestrator speaks, not the mail server.
_HTTP = re.compile(
    r"[\s(]*(?:internal server error|not implemented|bad gateway|gateway time-?out|bad request"
    r"|service (?:temporarily )?unavailable|unauthorized|forbidden|not found|method not allowed"
    r"|request timeout|too many requests)\b",
    re.IGNORECASE,
)


def symptom_of(text: str, port: int | None = None) -> Symptom:
    """The evidence in ``text``; ``port`` is the one that was tried."""
    said = unwrapped(text)
    return _reply(said) or _sentence(said) or _numbered(said) or _words(said, port)


def unwrapped(text: str) -> str:
    """``text`` without what others, this collection among them, put around it."""
    for pattern in WRAPPERS:
        text = re.sub(pattern, "", text, flags=re.IGNORECASE)
    return text.strip()


def _reply(said: str) -> Symptom | None:
    sure = _SURE.search(said)
    if sure:
        return Symptom(code=int(sure[1] + sure[2]), text=said[sure.start() :])
    for found in _LIKELY.finditer(said):
        if not _HTTP.match(said, found.end()):
            return Symptom(code=int(found[1]), text=said[found.start(1) :])
    return None


def _sentence(said: str) -> Symptom | None:
    """A sentence of .NET that stands for a reply code, or for several."""
    for sentences, known in SENTENCES:
        if says(sentences, said):
            return known._replace(text=_answer(said))
    return None


def _answer(said: str) -> str:
    """The words of the mail server in a sentence of .NET, where it has any."""
    found = re.search(ANSWER + r"(\S.*)", said, re.IGNORECASE | re.DOTALL)
    return found[1] if found else said


def _numbered(said: str) -> Symptom | None:
    """A reply of which only the enhanced code is left, whatever language is around it."""
    return Symptom(text=_answer(said)) if ENHANCED.search(said) else None


def _words(said: str, port: int | None) -> Symptom:
    known = next((sign for sentences, sign in WORDS if says(sentences, said)), Symptom())
    silent_tls = "TimeoutError" in known.error and port in IMPLICIT_TLS_PORTS
    conditions = (*known.conditions, *(("port_is_implicit_tls",) if silent_tls else ()))
    return known._replace(text=said, conditions=t.cast(t.Any, conditions))
