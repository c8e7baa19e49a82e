# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What writing to a throw-away tenant tells of the Orchestrator API.

Every step writes values that nobody uses, and is asked to leave nothing of its own behind: what
each touched is put back by ``Tenant``.
"""

from __future__ import annotations

import secrets
import typing as t

from ...module_utils._server.client import Request
from ...module_utils._settings import PASSWORD, same, typed
from ...module_utils._targets.orchestrator import ACTIONS, INSISTED
from ...module_utils._targets.wire_keys import ABP
from .answers import ORCHESTRATOR
from .shapes import BULLET, mask_form, mask_words, whether_stored
from .steps import Step, take_all

if t.TYPE_CHECKING:
    from ...module_utils._server.answer import Answer
    from .answers import Answers
    from .rows import Rows
    from .tenant import Tenant

NAME = "default_from_display_name"
#: What is written at first; the name shows what a server does with blanks and letters.
FIRST = ("smtp_host", "smtp_port", "smtp_username", PASSWORD, "smtp_domain", NAME)
SPACED = "  Probe Of Rpaops  "
#: Masks that somebody who read them could post back, and what is posted instead of the others.
SHOWN = ("bullets", "stars", "constant")
BULLETS = BULLET * 12
TOUCHES = "a password is set that could not be put back; give it as smtp_password"
CANARY = "rpaops-probe-"


class OrchestratorWrites:
    """The steps, in an order in which each can use what those before it found."""

    def __init__(self, answers: Answers, tenant: Tenant) -> None:
        self._answers, self._tenant = answers, tenant
        self._refused: tuple[str, ...] = ()
        self._group: tuple[str, ...] | None = ()
        self._whole = False
        self._password = ""
        self._canary = CANARY + secrets.token_hex(8)
        self._echoes: list[bool] = []

    def steps(self) -> None:
        """All of them."""
        first = ("bulk", "bulk_text", "bulk_status", "read_only", "stale_reads")
        steps = (
            Step(self._first, first),
            Step(self._together, ("keys_together",)),
            Step(self._mask, ("mask", "posted_mask")),
            Step(self._bad_value, ("bad_value",)),
            Step(self._unknown_key, ("unknown_key",)),
            Step(self._verify, ("verify_orchestrator",)),
            Step(self._echo, ("echo_rejected",)),
        )
        take_all(self._answers, steps)

    def _tell(self, switch: str, seen: str, *positions: t.Any) -> None:
        self._answers.tell(switch, ORCHESTRATOR, seen, *positions)

    def _first(self) -> None:
        tenant = self._tenant
        names = [n for n in FIRST if n != PASSWORD or tenant.may_touch_password]
        values = tenant.fresh(*names)
        values.update({"smtp_domain": "", NAME: SPACED})
        self._password = values.get(PASSWORD, "")
        answer = tenant.send(values)
        if answer.ok:
            self._tell("bulk_status", f"{answer.status}", answer.status)
            self._tell("read_only", "none of those that were written", ())
            self._stored(values)
        else:
            self._one_by_one(values)

    def _one_by_one(self, values: t.Mapping[str, str]) -> None:
        answers = {name: self._tenant.send({name: text}) for name, text in values.items()}
        self._refused = tuple(name for name, answer in answers.items() if not answer.ok)
        keys = tuple(sorted(ABP[name] for name in self._refused))
        if len(keys) < len(values):
            self._tell("read_only", ", ".join(keys) or "none, one by one", keys)
        taken = [answer.status for answer in answers.values() if answer.ok]
        if taken:
            self._tell("bulk_status", f"{taken[0]}", taken[0])
            self._stored({n: v for n, v in values.items() if n not in self._refused})

    def _stored(self, values: t.Mapping[str, str]) -> None:
        known = self._tenant.before.found
        marker = next(name for name in values if name != PASSWORD and name in known)
        rows, looks = self._tenant.look(marker, values[marker])
        if looks is not None:
            words = "none" if not looks else f"{looks} showed what was there before"
            self._tell("stale_reads", words, looks)
        visible = [n for n in values if n != PASSWORD and n in rows.found]
        there = [n for n in visible if _arrived(n, rows, values[n])]
        changed = [n for n in there if n not in ("smtp_domain",)]
        self._whole = bool(visible) and there == visible
        if not self._refused:
            found = "store" if self._whole else "partial" if changed else "ignore"
            self._tell("bulk", f"{len(there)} of {len(visible)} values arrived", found)
        if not self._whole:
            self._answers.leave("a bulk write was not stored whole", "mask", "posted_mask")
        if NAME in there:
            self._tell_text(str(rows.raw(NAME)))
        for name in visible:
            if values[name] == "" and not self._answers.to("null_for_empty"):
                raw = rows.raw(name)
                self._tell("null_for_empty", "null" if raw is None else "text", raw is None)

    def _tell_text(self, shown: str) -> None:
        known = {SPACED: "keep", SPACED.strip(): "trim", SPACED.lower(): "lower"}
        words = {"keep": "as it was sent", "trim": "without blanks around it"}
        found = known.get(shown)
        if found is None:
            self._tell("bulk_text", "changed in another way")
        else:
            self._tell("bulk_text", words.get(found, "in lower case"), found)

    @property
    def _writable(self) -> list[str]:
        names = [n for n in FIRST if n not in self._refused and n != "smtp_domain"]
        return [n for n in names if n != PASSWORD or self._tenant.may_touch_password]

    def _together(self) -> None:
        able = [name for name in INSISTED if name in self._writable]
        if "smtp_host" not in able:
            self._group = tuple(able)
            self._answers.leave("the host cannot be written", "keys_together")
            return
        if self._tenant.send(self._tenant.fresh("smtp_host")).ok:
            self._tell("keys_together", "the host alone was taken", False)
            return
        self._group = None
        for found, names in ((True, INSISTED[:3]), ("with_password", INSISTED)):
            if set(names) <= set(able) and self._tenant.send(self._tenant.fresh(*names)).ok:
                words = "host, port and user" + (" and password" if PASSWORD in names else "")
                self._group = names
                self._tell("keys_together", f"{words}: yes", found)
                return
        said = "the host alone is refused, and so it is with port and user"
        self._answers.leave(said, "keys_together")

    def _send(self, **values: str) -> tuple[Answer, dict[str, str]] | None:
        """A write with all that has to come along; None where that is not known."""
        if self._group is None or set(values) & set(self._refused):
            return None
        along = [n for n in self._group if n not in values] if set(values) & set(INSISTED) else []
        sent = {**self._tenant.fresh(*along), **values}
        if PASSWORD in sent and PASSWORD not in values:
            self._password = sent[PASSWORD]
        return self._tenant.send(sent), sent

    def _marked(self, **values: str) -> tuple[Answer, Rows] | None:
        """A write beside a value that shows when it has arrived, and the rows then.

        Those of before, where it was refused.
        """
        known = self._tenant.before.found
        marker = next((n for n in self._writable if n != PASSWORD and n in known), None)
        done = self._send(**self._tenant.fresh(marker), **values) if marker else None
        if done is None or marker is None:
            return None
        answer, sent = done
        rows = self._tenant.look(marker, sent[marker])[0] if answer.ok else self._tenant.before
        return answer, rows

    def _mask(self) -> None:
        if not self._tenant.may_touch_password:
            self._answers.leave(TOUCHES, "mask", "posted_mask")
        if not self._whole or PASSWORD not in self._writable:
            return
        form, first = self._mask_of(self._tenant.fresh(PASSWORD)[PASSWORD])
        words = mask_words(form, first)
        if form == "text" and str(first) == self._password:
            form, words = "clear", "the password itself"
        elif form == "text":
            _form, second = self._mask_of(self._tenant.fresh(PASSWORD)[PASSWORD])
            form = "constant" if second == first else "blob"
            words = {"constant": "one text for all", "blob": "another text for each"}[form]
            first = second
        if form != "nothing":
            self._tell("mask", words, form)
            self._posted(form, first)

    def _mask_of(self, password: str) -> tuple[str, t.Any]:
        """The form of what stands for a password, and what it is; ``nothing`` if it was refused."""
        self._password = password
        done = self._marked(**{PASSWORD: password})
        if done is None or not done[0].ok:
            return "nothing", None
        return mask_form(done[1].raw(PASSWORD)), done[1].raw(PASSWORD)

    def _posted(self, form: str, shown: t.Any) -> None:
        posted = str(shown) if form in SHOWN else BULLETS
        done = self._marked(**{PASSWORD: posted})
        if done is None:
            return
        answer, rows = done
        after = rows.raw(PASSWORD)
        if not answer.ok:
            self._tell("posted_mask", f"refused with {answer.status}", "reject")
        elif form in ("clear", "blob"):
            found = "ignore" if after == shown else "store"
            words = "the password stayed" if found == "ignore" else "it became the password"
            self._tell("posted_mask", words, found)
        else:
            words = "taken; whether it became the password cannot be seen"
            self._tell("posted_mask", words, "store", "ignore")

    def _bad_value(self) -> None:
        done = self._send(smtp_port=self._canary)
        if done is None:
            self._answers.leave("the port cannot be written alone", "bad_value")
            return
        answer = done[0]
        self._tell("bad_value", *whether_stored(answer))
        self._listen(answer)

    def _unknown_key(self) -> None:
        if not self._tenant.can_remove:
            why_not = "is not asked: this version has no call to remove what it would leave behind"
            self._answers.leave(why_not, "unknown_key")
            return
        key = "Rpaops.Probe." + secrets.token_hex(4)
        self._tenant.strange.add(key)
        answer = self._tenant.send_rows({key: self._canary})
        self._tell("unknown_key", *whether_stored(answer))
        self._listen(answer)

    def _verify(self) -> None:
        # Without a recipient and without settings there is nothing that could be sent.
        request = Request("POST", ACTIONS + "VerifySmtpSetting", json={})
        answer = self._tenant.door.tell(request)
        there = answer.status not in (404, 405)
        words = f"{'there' if there else 'not there'} ({answer.status})"
        self._tell("verify_orchestrator", words, there)

    def _listen(self, answer: Answer) -> None:
        if not answer.ok:
            self._echoes.append(self._canary.encode() in answer.body)

    def _echo(self) -> None:
        if not self._echoes:
            self._answers.leave("nothing was refused that could be looked for", "echo_rejected")
            return
        found = any(self._echoes)
        self._tell("echo_rejected", "yes" if found else f"not in {len(self._echoes)}", found)


def _arrived(name: str, rows: Rows, sent: str) -> bool:
    """Whether a value was stored, in whatever letters and with whatever blanks."""
    raw = rows.raw(name)
    shown = typed(name, raw)
    return same(name, shown, typed(name, sent)) or (
        str(shown).strip().lower() == sent.strip().lower()
    )
