# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The rules of the contract, held against one run: each yields what is wrong in a sentence.

What a server keeps to itself cannot be demanded of anybody: where it changes or drops a password
(``lies``), or says that none is set (``tells``), nothing is asserted about that password.
"""

from __future__ import annotations

import json
import typing as t
from dataclasses import dataclass

from fake.orchestrator import Request

from .cases import ABOVE, ONE, OWN, READS, TWO, WRITES, Case
from .roads import Result
from .worlds import A_KEYS, B_KEYS, NAMES, PASSWORD, Stores, meaning

FORESEEN = ("changed", "updated", "diff", "plan", "password_evidence", "error", "msg", "warnings")
BOUND = (
    "use_default_credentials",
    "enable_ssl",
    "smtp_host",
    "smtp_port",
    "smtp_username",
    "smtp_domain",
)
B_GROUP = ("smtp_host", "smtp_port", "default_from_address")
PASSWORDS = {A_KEYS[PASSWORD], B_KEYS[PASSWORD]}
RELAY = ("enable_ssl", "use_default_credentials", "smtp_port", "smtp_username", "smtp_domain")
#: Switches that cost further requests, as they are there for that.
COSTLY = frozenset(
    (
        "keys_together",
        "stale_reads",
        "page_size",
        "identity_page_size",
        "token_uses",
        "bulk",
        "bulk_text",
        "missing_keys",
        "identity_accepts_orchestrator_token",
    )
)
SURFACES = {
    "orchestrator": ("Settings.Read", "Settings"),
    "identity": ("Identity.Read", "Identity"),
}


@dataclass(frozen=True)
class Seen:
    """One run: what was stored before and after, what it said, what was asked."""

    before: Stores
    after: Stores
    result: Result
    log: t.Sequence[Request]

    @property
    def failed(self) -> bool:
        return bool(self.result.get("failed"))

    @property
    def faulty(self) -> bool:
        return any(request.fault for request in self.log)

    @property
    def updated(self) -> frozenset[str]:
        return frozenset(self.result.get("updated", ()))

    @property
    def writes(self) -> list[Request]:
        return [request for request in self.log if request.operation in WRITES]


Rule = t.Callable[[Case, Seen], t.Iterator[str]]


def declared(case: Case) -> dict[str, t.Any]:
    """The declaration with what goes without saying."""
    found = case.declared
    if case.options.get("state") == "inherited":
        return found
    if found.get("smtp_username") and found.get(PASSWORD):
        found.setdefault("use_default_credentials", False)
    if case.options.get("preset") == "relay":
        values = (True, case.world.on_identity, 25, "", "")
        found = {**dict(zip(RELAY, values)), **found}
    return found


def managed(case: Case) -> set[str]:
    """The names that a run may touch."""
    found = set(declared(case))
    inherits_all = case.options.get("state") == "inherited" and not found
    return set(case.world.names) if inherits_all else found


def others(case: Case, seen: Seen) -> dict[str, str]:
    """What somebody else wrote meanwhile, by key."""
    struck = any(request.fault == "interleave" for request in seen.log)
    written = [fault.get("settings", {}) for fault in case.faults] if struck else []
    return {key: text for settings in written for key, text in settings.items()}


def moved(case: Case, seen: Seen) -> set[str]:
    """The names whose value the server shows otherwise than before, the password apart."""
    world, unseen = case.world, case.switches.get("missing_keys", ())

    def shown(stores: Stores, name: str) -> tuple[t.Any, bool]:
        if world.place(name) in ("acme", "host rows"):
            text = world.own(stores, name)
            return meaning(name, text), text is None
        gone = case.options.get("state") == "inherited" and world.own(stores, name) is None
        return meaning(name, world.effective(stores, name)), gone

    names = [n for n in world.names if n != PASSWORD and world.key(n) not in unseen]
    names = [n for n in names if world.key(n) not in others(case, seen)]
    return {n for n in names if shown(seen.before, n) != shown(seen.after, n)}


def lies(case: Case) -> bool:
    """Whether the server says yes to a password and keeps another, or none."""
    switches = case.switches
    return switches.get("bulk", "store") != "store" or switches.get("bulk_text") == "lower"


def tells(case: Case) -> bool:
    """Whether the server shows that a password is set."""
    mask = "identity_mask" if case.world.on_identity else "mask"
    return case.switches.get(mask) not in ("empty", "null", "absent") and (
        case.world.key(PASSWORD) not in case.switches.get("missing_keys", ())
    )


def tells_own(case: Case) -> bool:
    """Whether the server tells own values from inherited ones."""
    filled = case.switches.get("scope", "version")
    told = case.world.version not in ("2018.1", "2019.10") if filled == "version" else filled
    return case.world.on_identity or told in (True, "filled")


def lost(case: Case) -> bool:
    """Whether the place was made anew under its name."""
    return any(kind == "anew" for kind, _values in case.before)


def looks_only(case: Case, seen: Seen) -> t.Iterator[str]:
    """Check mode writes nothing, and reads each API once."""
    if seen.writes or seen.before != seen.after:
        yield "check mode wrote"
    counted = [request.operation for request in seen.log]
    if not COSTLY & case.switches.keys() and any(counted.count(read) > 1 for read in READS):
        yield f"check mode read more than once: {counted}"


def reads_first(case: Case, seen: Seen) -> t.Iterator[str]:
    """Every write follows a look at the same API since the last one; none is sent blindly again."""
    looked = dict.fromkeys(("Settings", "Identity"), False)
    for request in seen.log:
        surface = request.operation.partition(".")[0]
        if request.operation in READS:
            looked[surface] = True
        elif request.operation in WRITES:
            # A write that was answered 401 did nothing, and goes again with a new token.
            if not looked[surface]:
                yield f"{request.operation} without a look before it"
            looked[surface] = request.status == 401


def ends_well(case: Case, seen: Seen) -> t.Iterator[str]:
    """Verified, untouched, or stated."""
    result = seen.result
    if result.get("error") == "internal" or "Traceback" in str(result.get("msg")):
        yield f"internal error: {result.get('msg')}"
    if not seen.failed:
        yield from _verified(case, seen)
    elif "is not known" in str(result["msg"]):
        if (result["changed"], seen.updated) != (True, frozenset()):
            yield "what is not known is claimed"
    elif result["changed"] != bool(seen.updated):
        yield "changed and updated of a failure contradict each other"
    elif (seen.updated - {PASSWORD}) != moved(case, seen):
        yield f"updated {sorted(seen.updated)}, but {sorted(moved(case, seen))} changed"


def _verified(case: Case, seen: Seen) -> t.Iterator[str]:
    world = case.world
    if seen.result["changed"] != bool(seen.updated):
        yield "changed and updated contradict each other"
    if not moved(case, seen) <= seen.updated:
        yield f"{sorted(moved(case, seen) - seen.updated)} changed without a word"
    if case.options.get("state") == "inherited":
        names = [n for n in managed(case) if n != PASSWORD or tells(case) or not world.on_identity]
        # Nobody can speak of a row that the server does not list.
        aside = {*others(case, seen), *case.switches.get("missing_keys", ())} - PASSWORDS
        own = [n for n in names if world.own(seen.after, n) is not None]
        own = [n for n in own if world.key(n) not in aside]
        if own:
            yield f"success, but {own} are own values still"
        return
    for name, value in declared(case).items():
        on_identity = world.place(name) in ("acme", "host rows")
        text = (world.own if on_identity else world.effective)(seen.after, name)
        odd = world.place(name) == "acme" and text is None
        if name != PASSWORD and (odd or meaning(name, text) != meaning(name, value)):
            yield f"success, but {name} is {text!r} and not {value!r}"


def evidence_is_true(case: Case, seen: Seen) -> t.Iterator[str]:
    """A password that is said to be in place is in place."""
    wanted = declared(case).get(PASSWORD)
    if seen.failed or wanted is None or case.options.get("state") == "inherited":
        return
    evidence = seen.result["password_evidence"]
    written = PASSWORD in seen.updated
    known = evidence in ("value", "fingerprint") and (tells_own(case) or not lost(case))
    sure = written or known or (wanted == "" and tells(case))
    held = case.world.effective(seen.after, PASSWORD)
    if case.options.get("update_password") == "on_create" and not written:
        sure = False
    if sure and not lies(case) and held != wanted:
        yield f"evidence {evidence}, written {written}, but another password holds"


def touches_nothing_else(case: Case, seen: Seen) -> t.Iterator[str]:
    """No other place, and no other setting than the declared ones and what was insisted upon."""
    world = case.world
    allowed = {(world.place(n), world.key(n)) for n in managed(case) if n in world.names}
    if any(request.status in (400, 422) for request in seen.writes):
        names = (*B_GROUP,) if world.on_identity else ("smtp_host", "smtp_port", "smtp_username")
        allowed |= {(world.mail, world.key(name)) for name in names}
    for key, text in others(case, seen).items():
        allowed.add(("Default", key))
        if seen.after["Default"].get(key) != text:
            yield f"{key}, which somebody else wrote meanwhile, was undone"
    for place, old in seen.before.items():
        new = seen.after[place]
        changed = {key for key in {*old, *new} if old.get(key) != new.get(key)}
        strange = sorted(key for key in changed if (place, key) not in allowed)
        if strange:
            yield f"{strange} of {place} changed, which nobody declared"


def sends_what_is_declared(case: Case, seen: Seen) -> t.Iterator[str]:
    """A first write holds what differs and no more; a password is only ever the declared one."""
    refused = False
    for request in seen.writes:
        if request.operation in ("Settings.DeleteBulk", "Identity.Delete"):
            continue
        rows = {row.get("Name") or row.get("key"): row for row in request.body["settings"]}
        texts = {key: row.get("Value", row.get("value")) for key, row in rows.items()}
        yield from _strange(case, seen, texts, refused)
        refused = refused or request.status in (400, 422)


def _strange(case: Case, seen: Seen, texts: t.Mapping[str, str], refused: bool) -> t.Iterator[str]:
    world = case.world
    wanted = {world.key(n): v for n, v in declared(case).items() if n in world.names}
    names = {world.key(n): n for n in NAMES if n in world.names}
    for key, text in texts.items():
        name = names[key]
        if name == PASSWORD:
            given = text == wanted.get(key)
            known = PASSWORD in seen.updated or seen.result.get("password_evidence") in (
                "value",
                "fingerprint",
                None,
            )
            if not given or not (known or seen.failed):
                yield "a password was sent that is not the declared or decided one"
        elif key not in wanted:
            held = world.own(seen.before, name)
            # As it was read, which may be in other spaces than it is stored in.
            own = name in B_GROUP and world.on_identity and text.strip() in (held, "SendGrid")
            own = own or (text == held and name in B_GROUP)
            insisted = refused and meaning(name, text) == meaning(
                name, world.effective(seen.before, name)
            )
            if not own and not insisted:
                yield f"{name} was sent as {text!r}, which nobody declared"


def hands_nothing_over(case: Case, seen: Seen) -> t.Iterator[str]:
    """No password goes to a place that it was not given for."""
    if seen.failed or case.options.get("allow_password_reuse") or not tells(case):
        return
    world, wish = case.world, declared(case)
    if case.options.get("state") == "inherited":
        if not others(case, seen) and "missing_keys" not in case.switches:
            yield from _torn(case, seen)
        return
    before, after = (world.effective(s, PASSWORD) for s in (seen.before, seen.after))
    given = PASSWORD in wish and (wish[PASSWORD] == after or case.options.get("password_version"))
    nobody = wish.get("smtp_username") == "" or wish.get("use_default_credentials") is True
    if not after or after != before or given or nobody:
        return
    for name in (n for n in BOUND if world.key(n) not in others(case, seen)):
        old, new = (meaning(name, world.effective(s, name)) for s in (seen.before, seen.after))
        if old != new:
            yield f"{name} went from {old!r} to {new!r} while a password stayed"


def _torn(case: Case, seen: Seen) -> t.Iterator[str]:
    world = case.world
    own = [
        [n for n in (*BOUND, PASSWORD) if world.own(stores, n) is not None]
        for stores in (seen.before, seen.after)
    ]
    if own[1] and own[0] != own[1] and world.effective(seen.after, PASSWORD):
        yield f"own values {own[0]} became {own[1]}, around a password"


def keeps_secrets(case: Case, seen: Seen) -> t.Iterator[str]:
    """No password shows in what is said."""
    text = json.dumps(seen.result, ensure_ascii=False)
    if any(secret in text for secret in (OWN, ABOVE, ONE, TWO, "app-secret")):
        yield "a secret is shown"


def keeps_the_budget(case: Case, seen: Seen) -> t.Iterator[str]:
    """One read per API; where it changes, one write and one look besides."""
    refused = any(request.status >= 400 for request in seen.log)
    if seen.failed or seen.faulty or refused or COSTLY & case.switches.keys():
        return
    counted = [request.operation for request in seen.log]
    for surface, (read, prefix) in SURFACES.items():
        is_a = surface == "orchestrator"
        keepers = ("Default", "host") if is_a else ("acme", "host rows")
        changes = any(case.world.place(n) in keepers for n in seen.updated)
        written = bool([r for r in seen.writes if r.operation.startswith(prefix)])
        reads, writes = (
            counted.count(read),
            sum(r.operation.startswith(prefix) for r in seen.writes),
        )
        expected = (surface in seen.result["api"]) + written
        if (reads, writes) != (expected, int(written)) or (written and not changes):
            yield f"{surface}: {reads} reads and {writes} writes for {sorted(seen.updated)}"


#: What holds for every run.
ALWAYS: tuple[Rule, ...] = (
    reads_first,
    ends_well,
    evidence_is_true,
    touches_nothing_else,
    sends_what_is_declared,
    hands_nothing_over,
    keeps_secrets,
    keeps_the_budget,
)


#: What holds for a look.
LOOKING: tuple[Rule, ...] = (looks_only, keeps_secrets)


def foresees(case: Case, look: Seen, done: Seen) -> t.Iterator[str]:
    """Check mode says what the run says; a server's own no comes later."""
    own_no = done.failed and done.result.get("stage") in ("write", "read_back")
    if look.faulty or done.faulty or own_no:
        return
    differ = [key for key in FORESEEN if look.result.get(key) != done.result.get(key)]
    travelled = [text for text in done.result["warnings"] if "refused the change without" in text]
    if differ == ["warnings"] and travelled:
        return
    for key in differ:
        yield f"check mode said {key} {look.result.get(key)!r}, not {done.result.get(key)!r}"


def comes_to_rest(case: Case, last: Seen) -> t.Iterator[str]:
    """A run after one that succeeded writes nothing; what cannot be compared says so."""
    if last.failed:
        yield f"a run after a success fails: {last.result['msg']}"
        return
    evidence, only = last.result["password_evidence"], last.updated == {PASSWORD}
    uncompared = only and evidence == "none" and case.options.get("update_password") == "always"
    blind = any("is reset on every run" in text for text in last.result["warnings"])
    if last.writes and not uncompared and not blind:
        yield f"{sorted(last.updated)} written again ({evidence})"
