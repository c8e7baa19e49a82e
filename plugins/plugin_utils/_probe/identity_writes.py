# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What writing to a throw-away organization tells of the Identity server."""

from __future__ import annotations

import secrets
import typing as t

from ...module_utils._server.client import Request
from ...module_utils._settings import PASSWORD
from ...module_utils._targets.identity import TOGETHER, VERIFY_PATH
from ...module_utils._targets.wire_keys import IDENTITY as KEYS
from .answers import IDENTITY
from .orchestrator_writes import CANARY, TOUCHES
from .shapes import mask_form, mask_words, refusal_form, whether_stored
from .steps import Step, take_all

if t.TYPE_CHECKING:
    from ...module_utils._server.answer import Answer
    from .answers import Answers
    from .organization import Organization

NAME = "default_from_display_name"
HOST, PORT = "smtp_host", "smtp_port"
#: The forms that have a position.
FORMS = ("status", "problem", "message", "result")


class IdentityWrites:
    """The steps, in an order in which each can use what those before it found."""

    def __init__(self, answers: Answers, organization: Organization) -> None:
        self._answers, self._organization = answers, organization
        self._canary = CANARY + secrets.token_hex(8)
        self._refusals: list[Answer] = []

    def steps(self) -> None:
        """All of them."""
        steps = (
            Step(self._first, ("stale_reads",)),
            Step(self._mask, ("identity_mask",)),
            Step(self._together, ("identity_together",)),
            Step(self._bad_value, ("identity_bad_value",)),
            Step(self._empty_host, ("identity_empty_host",)),
            Step(self._unknown_key, ("identity_unknown_key",)),
            Step(self._verify, ("verify_identity",)),
            Step(self._forms, ("identity_error",)),
        )
        take_all(self._answers, steps)

    def _tell(self, switch: str, seen: str, *positions: t.Any) -> None:
        self._answers.tell(switch, IDENTITY, seen, *positions)

    def _send(self, values: t.Mapping[str, str]) -> Answer:
        answer = self._organization.send(values)
        if not answer.ok:
            self._refusals.append(answer)
        return answer

    def _first(self) -> None:
        values = self._organization.fresh(*TOGETHER, "smtp_username", NAME)
        if not self._send(values).ok:
            return
        _rows, looks = self._organization.look(HOST, values[HOST])
        if looks is not None:
            words = "none" if not looks else f"{looks} showed what was there before"
            self._tell("stale_reads", words, looks)

    def _mask(self) -> None:
        if not self._organization.may_touch_password:
            self._answers.leave(TOUCHES, "identity_mask")
            return
        password, first = self._shown()
        form = mask_form(first)
        words = mask_words(form, first)
        if form == "text" and str(first) == password:
            form, words = "clear", "the password itself"
        elif form == "text":
            form = "constant" if self._shown()[1] == first else "blob"
            words = {"constant": "one text for all", "blob": "another text for each"}[form]
        self._tell("identity_mask", words, form)

    def _shown(self) -> tuple[str, t.Any]:
        """A password that was stored, and what stands for it."""
        values = self._organization.fresh(*TOGETHER, PASSWORD)
        answer = self._send(values)
        if not answer.ok:
            raise self._organization.door.site.unexpected(answer, stage="write")
        rows, _looks = self._organization.look(HOST, values[HOST])
        return values[PASSWORD], rows.raw(PASSWORD)

    def _together(self) -> None:
        for position, name in (("always", NAME), ("group", HOST)):
            if not self._send(self._organization.fresh(name)).ok:
                words = f"{KEYS[name]} alone is refused"
                self._tell("identity_together", words, position)
                return
        self._tell("identity_together", "each is taken alone", "never")

    def _bad_value(self) -> None:
        values = {**self._organization.fresh(*TOGETHER), PORT: self._canary}
        answer = self._send(values)
        self._tell("identity_bad_value", *whether_stored(answer))
        if not answer.ok:
            found = self._canary.encode() in answer.body
            self._tell("echo_rejected", "yes" if found else "no", found)

    def _empty_host(self) -> None:
        answer = self._send({**self._organization.fresh(*TOGETHER), HOST: ""})
        self._tell("identity_empty_host", *whether_stored(answer))

    def _unknown_key(self) -> None:
        key = "Email.Smtp.Rpaops" + secrets.token_hex(4)
        self._organization.strange.add(key)
        values = self._organization.fresh(*TOGETHER)
        self._organization.touched.update(values)
        rows = {**{KEYS[name]: text for name, text in values.items()}, key: self._canary}
        answer = self._organization.send_rows(rows)
        if not answer.ok:
            self._refusals.append(answer)
        self._tell("identity_unknown_key", *whether_stored(answer))

    def _verify(self) -> None:
        # Without a recipient there is nobody whom anything could be sent to.
        answer = self._organization.door.tell(Request("POST", VERIFY_PATH, json={}))
        there = answer.status not in (404, 405)
        words = f"{'there' if there else 'not there'} ({answer.status})"
        self._tell("verify_identity", words, there)

    def _forms(self) -> None:
        forms = sorted({refusal_form(answer) for answer in self._refusals})
        if not forms:
            self._answers.leave("nothing was refused", "identity_error")
            return
        certain = [form for form in forms if form in FORMS]
        self._tell("identity_error", ", ".join(forms), *certain)
