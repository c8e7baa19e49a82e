# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The record of passwords written: salted fingerprints, never a password.

One file per server.  Its first line holds the scrypt parameters and a random salt, each further
line one entry, appended under a lock; the last entry of a target counts.  A fingerprint is an HMAC
over target, host and user under a key that scrypt derives from the password, so guessing costs one
scrypt per guess, while a run over thousands of tenants with one password computes it once.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import hmac
import json
import os
import threading
import typing as t
from dataclasses import dataclass, field

FORMAT = "rpaops.orchestrator password record 1"
SCRYPT = {"n": 2**15, "r": 8, "p": 1}
SCRYPT_MEMORY = 64 * 1024 * 1024
SALT_BYTES = 16
Owner = tuple[str, str]


@dataclass(frozen=True)
class Entry:
    """What was written last to one target.

    ``shown`` is false for a server that answers ``not set`` although a password was just written.
    """

    target: str
    fingerprint: str = field(repr=False)
    version: int | None
    shown: bool


class Record:
    """A record file; safe for several threads and several processes.

    A damaged line counts as no entry.  A file that is no record is left alone, and nothing is kept.
    """

    def __init__(self, path: str) -> None:
        self.path = path
        self._lock = threading.Lock()
        self._keys: dict[str, bytes] = {}
        self._salt, self._entries, self._foreign = self._load()

    def find(self, target: str) -> Entry | None:
        """The entry of ``target``, if there is one."""
        return self._entries.get(_digest(target))

    def matches(self, entry: Entry, owner: Owner, password: str) -> bool:
        """Whether ``password`` for ``owner`` is the one that ``entry`` was made of."""
        made = self._fingerprint(entry.target, owner, password)
        return made is not None and hmac.compare_digest(made, entry.fingerprint)

    def remember(
        self,
        target: str,
        owner: Owner,
        password: str,
        *,
        version: int | None,
        shown: bool,
    ) -> str | None:
        """Keep a password that was written; returns why it could not be kept, if so."""
        if self._foreign:
            return f"password_record: {self.path} is not a password record, so it is left alone."
        try:
            with self._lock, self._opened() as handle:
                self._salt = _header_of(handle) or self._start(handle)
                made = self._fingerprint(_digest(target), owner, password)
                if made is None:
                    return "password_record: this Python has no scrypt, so no fingerprint is kept."
                entry = Entry(_digest(target), made, version, shown)
                _append(handle, vars(entry))
        except OSError as exc:
            return f"password_record: {self.path} cannot be written: {exc.strerror}."
        self._entries[entry.target] = entry
        return None

    def _load(self) -> tuple[bytes | None, dict[str, Entry], bool]:
        try:
            with open(self.path, encoding="utf-8", errors="replace") as handle:
                lines = handle.read().splitlines()
        except OSError:
            return None, {}, False
        salt = _salt_of(lines[0]) if lines else None
        entries = [entry for entry in map(_entry_of, lines[1:]) if entry] if salt else []
        foreign = bool(lines) and salt is None
        return salt, {entry.target: entry for entry in entries}, foreign

    @contextlib.contextmanager
    def _opened(self) -> t.Iterator[t.BinaryIO]:
        folder = os.path.dirname(self.path)
        if folder:
            os.makedirs(folder, mode=0o700, exist_ok=True)
        # 0600 from the start; O_NOFOLLOW so that nobody chooses another file for us.
        flags = os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW | os.O_CLOEXEC
        with os.fdopen(os.open(self.path, flags, 0o600), "r+b", buffering=0) as handle:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield t.cast(t.BinaryIO, handle)

    def _start(self, handle: t.BinaryIO) -> bytes:
        salt = os.urandom(SALT_BYTES)
        _append(handle, {"format": FORMAT, "salt": salt.hex(), **SCRYPT})
        return salt

    def _fingerprint(self, target: str, owner: Owner, password: str) -> str | None:
        key = self._key(password)
        if key is None:
            return None
        parts = [part.encode("utf-8") for part in (target, *owner)]
        message = b"".join(len(part).to_bytes(4, "big") + part for part in parts)
        return hmac.new(key, message, hashlib.sha256).hexdigest()

    def _key(self, password: str) -> bytes | None:
        # Known under a digest, so that the cache holds no password.
        name = hashlib.sha256((self._salt or b"") + password.encode("utf-8")).hexdigest()
        if name not in self._keys:
            derive = getattr(hashlib, "scrypt", None)
            if derive is None or self._salt is None:
                return None
            self._keys[name] = derive(
                password.encode("utf-8"),
                salt=self._salt,
                maxmem=SCRYPT_MEMORY,
                dklen=32,
                **SCRYPT,
            )
        return self._keys[name]


def default_path(server_url: str) -> str:
    """Where the record of a server is kept unless ``password_record`` moves it."""
    state = os.environ.get("XDG_STATE_HOME") or os.path.expanduser("~/.local/state")
    return os.path.join(state, "rpaops.orchestrator", f"{_digest(server_url)[:32]}.jsonl")


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _append(handle: t.BinaryIO, line: t.Mapping[str, t.Any]) -> None:
    # A line torn by a crash must not swallow the next one.
    size = handle.seek(0, os.SEEK_END)
    torn = size and os.pread(handle.fileno(), 1, size - 1) != b"\n"
    handle.write((b"\n" if torn else b"") + json.dumps(line).encode("ascii") + b"\n")
    os.fsync(handle.fileno())


def _header_of(handle: t.BinaryIO) -> bytes | None:
    handle.seek(0)
    return _salt_of(handle.readline().decode("utf-8", "replace"))


def _salt_of(line: str) -> bytes | None:
    try:
        header = json.loads(line)
        return bytes.fromhex(header["salt"]) if header["format"] == FORMAT else None
    except (ValueError, KeyError, TypeError):
        return None


def _entry_of(line: str) -> Entry | None:
    try:
        entry = Entry(**json.loads(line))
    except (ValueError, TypeError):
        return None
    digests = (entry.target, entry.fingerprint)
    return entry if all(isinstance(d, str) and d.isascii() for d in digests) else None
