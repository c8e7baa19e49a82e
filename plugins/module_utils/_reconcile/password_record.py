# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The record of passwords written: keyed fingerprints, never a password.

One file per server, one line per password that was written; the last one of a place counts.  All
that a line holds is made with a key: the place it speaks of, the fingerprint of the password with
its host and user, and a seal over the line, so that nobody without the key can read, guess or forge
it.  The key is the user's (``password_record_key``), and the file may then be committed or cached;
or it is random and stands in a file beside the record, which must then stay on the machine.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import re
import threading
import typing as t
from dataclasses import dataclass, field

from .._phrase import Phrase, say
from .._text import octets
from . import record_file
from .record_file import Line, Unusable
from .record_key import make_key, read_key

Owner = tuple[str, str]
#: The most places that a record keeps; those written longest ago are dropped first.
MOST_PLACES = 50_000
#: Superseded lines that a record may hold before it is written anew.
SLACK = 1000
PATIENCE = 30.0
_PLACE = re.compile(rb'"place"\s*:\s*"([0-9a-f]{64})"')
_FORGOTTEN = re.compile(rb'"fingerprint"\s*:\s*""')
OF_ITSELF = "password_record: {path} {why}, so {what}."


@dataclass(frozen=True)
class Entry:
    """What was written last to one place.

    ``shown`` is false for a server that answers ``(not set)`` although a password was just written.
    """

    place: str
    fingerprint: str = field(repr=False)
    version: int | None
    shown: bool


class Record:
    """A record file; safe for several threads and several processes.

    ``key`` is the user's own, None for the random one beside the file.  ``patience`` bounds the
    wait for another run that writes.  ``trouble`` says why nothing of the file is used, if so.
    """

    def __init__(self, path: str, key: str | None = None, patience: float = PATIENCE) -> None:
        self.path = path
        self.trouble: Phrase | None = None
        self._patience = patience
        self._given = key is not None
        self._lock = threading.Lock()
        # Known before the file is read: passwords are told apart by it also where that fails.
        self._key = None if key is None else hashlib.sha256(octets(key)).digest()
        self._entries: dict[str, Entry | None] = {}
        self._rows: dict[str, list[bytes]] = {}
        self._refusal: Phrase | None = None
        self._crowded = False
        try:
            self._load()
        except Unusable as exc:
            self._refusal = exc.why
            self.trouble = self._said(exc.why, say("nothing of it is used"))

    def find(self, place: str) -> Entry | None:
        """The entry of ``place``, if there is one."""
        if self._key is None:
            return None
        made = self._made("place", place)
        if made not in self._entries:
            self._entries[made] = self._last(made)
        return self._entries[made]

    def matches(self, entry: Entry, owner: Owner, password: str) -> bool:
        """Whether ``password`` for ``owner`` is the one that ``entry`` was made of."""
        made = self._made("password", entry.place, *owner, password)
        return hmac.compare_digest(made, entry.fingerprint)

    def mark(self, place: str, password: str) -> str:
        """A short digest of the password under the user's key; empty where none was given."""
        return self._made("mark", place, password)[:16] if self._given else ""

    def remember(
        self, place: str, owner: Owner, password: str, *, version: int | None, shown: bool
    ) -> Phrase | None:
        """Keep a password that was written; returns why it could not be kept, if so."""

        def entry() -> Entry:
            mine = self._made("place", place)
            return Entry(mine, self._made("password", mine, *owner, password), version, shown)

        return self._keep(entry, say("the password is not kept in it"))

    def forget(self, place: str) -> Phrase | None:
        """Drop what is known of ``place``; returns why that could not be kept, if so."""
        if self.find(place) is None:
            return None
        gone = Entry(self._made("place", place), "", None, False)
        return self._keep(lambda: gone, say("it still vouches for a password that is gone"))

    def _keep(self, entry: t.Callable[[], Entry], loss: Phrase) -> Phrase | None:
        with self._lock:
            if self._refusal is None:
                try:
                    self._append(entry)
                    return None
                except Unusable as exc:
                    # One wait for the lock is enough: the tenants that follow do not wait again.
                    self._refusal = exc.why
                except OSError as exc:
                    return self._said(say("cannot be written ({error})", error=exc.strerror), loss)
            return self._said(self._refusal, loss)

    def _append(self, entry: t.Callable[[], Entry]) -> None:
        if self._key is None:
            os.makedirs(os.path.dirname(self.path) or ".", mode=0o700, exist_ok=True)
            self._key, trouble = make_key(self.path)
            if self._key is None:
                raise Unusable(say("has no key ({trouble})", trouble=trouble))
        made = entry()
        line = self._sealed(made)
        record_file.append(
            self.path,
            line,
            _still_counting,
            crowded=self._crowded,
            patience=self._patience,
            trusting=self._given,
        )
        self._crowded = False
        self._entries[made.place] = made if made.fingerprint else None

    def _load(self) -> None:
        rows, whole = record_file.read(self.path, trusting=self._given)
        if self._key is None:
            self._key, trouble = read_key(self.path)
            if trouble is not None:
                raise Unusable(say("has no key ({trouble})", trouble=trouble))
        if not whole:
            side = self.path + record_file.SIDE
            damage = say("is damaged; the next write sets it aside as {side}", side=side)
            self.trouble = self._said(damage, say("only what can be read of it is used"))
        for row in rows:
            for place in _PLACE.findall(row):
                self._rows.setdefault(place.decode("ascii"), []).append(row)
        counting = sum(_FORGOTTEN.search(of[-1]) is None for of in self._rows.values())
        # Two rows are no line of a place: the first one, and what comes after the last line end.
        self._crowded = len(rows) - 2 > 2 * min(counting, MOST_PLACES) + SLACK

    def _last(self, made: str) -> Entry | None:
        """What the last row about a place says that was sealed with this key."""
        lines = filter(None, map(record_file.line, reversed(self._rows.get(made, ()))))
        entries = (entry for entry in map(self._entry, lines) if entry and entry.place == made)
        entry = next(entries, None)
        return entry if entry is not None and entry.fingerprint else None

    def _sealed(self, entry: Entry) -> Line:
        return {**vars(entry), "seal": self._seal(vars(entry))}

    def _seal(self, line: t.Mapping[str, t.Any]) -> str:
        fields = ("place", "fingerprint", "version", "shown")
        return self._made("line", *(repr(line[name]) for name in fields))[:32]

    def _entry(self, line: Line) -> Entry | None:
        """The entry of a line that was sealed with this key."""
        if self._key is None:
            return None
        given = dict(line)
        seal = given.pop("seal", None)
        try:
            entry = Entry(**given)
        except TypeError:
            return None
        is_ours = isinstance(seal, str) and seal.isascii()
        return entry if is_ours and hmac.compare_digest(seal, self._seal(given)) else None

    def _made(self, *parts: str) -> str:
        """A digest of ``parts`` under the key, each after its length."""
        encoded = [octets(part) for part in parts]
        message = b"".join(len(part).to_bytes(4, "big") + part for part in encoded)
        return hmac.new(t.cast(bytes, self._key), message, hashlib.sha256).hexdigest()

    def _said(self, why: Phrase, loss: Phrase) -> Phrase:
        return say(OF_ITSELF, path=self.path, why=why, what=loss)


def _still_counting(lines: list[Line]) -> list[Line]:
    """The last line of each place, also of those under another key; the oldest go first."""
    last: dict[str, Line] = {}
    for line in lines:
        place = str(line.get("place"))
        last.pop(place, None)
        last[place] = line
    return [line for line in last.values() if line.get("fingerprint")][-MOST_PLACES:]


def default_path(server_url: str) -> str:
    """Where the record of a server is kept unless ``password_record`` moves it."""
    state = os.environ.get("XDG_STATE_HOME") or os.path.expanduser("~/.local/state")
    name = hashlib.sha256(server_url.encode("utf-8")).hexdigest()[:32]
    return os.path.join(state, "rpaops.orchestrator", f"{name}.jsonl")
