# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Mail settings in the configuration file of an Orchestrator-like application.

Keys of the file stop here.
"""

from __future__ import annotations

import typing as t

from .._errors import Failure, invalid
from .._files import neighbours
from .._files.base import left_alone
from .._files.formats import format_of, opened, unfit
from .._files.proof import Proven, edited
from .._files.text_file import TextFile
from .._output.redact import clean
from .._phrase import Phrase, say
from .._settings import PASSWORD, wire_text
from .backend import Intent, Snapshot, StoredPassword
from .file_words import Options, from_file, refuse_unplaced, styles_for, to_file, wanted, words
from .place import in_file

if t.TYPE_CHECKING:
    from .._files.format import Format
    from .._settings import Values
    from .wire_keys import Style

Learn = t.Callable[[str], None]

READ_ONLY = "It can be read, but a change would be refused: {reason}"
ALL_NEW = (
    "None of these settings is in {path} yet ({how}), so every one that is written is a new key; "
    "check that the application reads them there."
)
ENVIRONMENTS = "{files} beside {path} holds such keys as well, and wins in its environment."
OVERRIDDEN = (
    "<appSettings file> names {file}, which holds {key} as well and wins; set config_file.path "
    "to that file"
)
NOT_LOOKED_INTO = "<appSettings file> names {file}, which may win and cannot be read ({reason})"
UNFIT = "it holds the character {character}, which {kind} cannot hold"
NO_PROOF = say("a file cannot send a message; use mail_test with via: smtp")


class _Held(t.NamedTuple):
    """A file as it was read."""

    file: TextFile
    kind: str
    parse: t.Callable[[str], Format]
    text: Format
    styles: t.Mapping[str, Style]

    @property
    def style(self) -> Style:
        return self.styles[self.text.home.style]


class ConfigFile:
    """Mail settings in one file (a ``Backend``).

    ``backup_file`` is the copy that the last write kept, if one was asked for.
    """

    def __init__(self, options: Options, learn_secret: Learn) -> None:
        self._options = options
        self._learn = learn_secret
        self._last: _Held | None = None
        self._new: tuple[Values, tuple[str, ...], Proven] | None = None
        self.target = str(options["path"])
        self.backup_file: str | None = None

    def close(self) -> None:
        self._last = self._new = None

    def read(self, names: t.Collection[str] | None = None) -> Snapshot:
        self._last, self._new = self._look(), None
        return self._snapshot(self._held)._replace(notices=tuple(self._notices()))

    def _snapshot(self, file: _Held) -> Snapshot:
        style, found = file.style, file.text.values
        held = [name for name, key in style.keys.items() if key in found]
        stored = str(found.get(style.keys.get(PASSWORD, "")) or "")
        self._learn(stored)
        values = {n: from_file(style, n, found[style.keys[n]]) for n in held if n != PASSWORD}
        defaults = {n: value for n, value in style.defaults.items() if n not in held}
        place = in_file(self._options["path"], file.text.home.style)
        return Snapshot(
            values={**values, **defaults},
            password=StoredPassword("clear", stored) if stored else StoredPassword("absent"),
            sources={**dict.fromkeys(held, "file"), **dict.fromkeys(defaults, "default")},
            api={"config_file": sorted({**values, **defaults})},
            own=frozenset(name for name in held if style.keys[name] not in file.text.merged),
            places=dict.fromkeys(style.keys, place),
        )

    def parts(self, names: t.Sequence[str]) -> t.Sequence[tuple[str, ...]]:
        return (tuple(names),)

    def companions(self, part: t.Sequence[str], snapshot: Snapshot) -> t.Sequence[str]:
        return ()

    def foresee(self, intent: Intent, snapshot: Snapshot) -> Snapshot:
        if intent.candidate is not None:
            raise invalid("verify_recipient", NO_PROOF, "guard")
        held = self._held
        refuse_unplaced(held.text.home.style, held.style, intent.changes)
        for name, value in intent.changes.items():
            if (odd := unfit(held.kind, wire_text(value))) is not None:
                reason = say(UNFIT, character=odd, kind=held.kind.upper())
                raise invalid(name, reason, "guard")
        new = self._new_text(intent.changes, intent.gone)
        held.file.foresee(new.text, backup=self._options["backup"])
        self._new = intent.changes, intent.gone, new
        return self._snapshot(held._replace(text=new.parsed))

    def write(self, changes: Values, snapshot: Snapshot, along: Values) -> None:
        self._replace(changes, ())

    def reset(self, names: t.Sequence[str], snapshot: Snapshot) -> None:
        self._replace({}, tuple(names))

    def verify(self, candidate: Values, recipient: str) -> None:
        raise invalid("verify_recipient", NO_PROOF, "verify")

    @property
    def _held(self) -> _Held:
        return t.cast("_Held", self._last)

    def _look(self) -> _Held:
        options = self._options
        file = TextFile(options["path"])
        told = options["format"]
        kind = format_of(options["path"], file.text) if told == "auto" else str(told)
        styles = styles_for(kind, options["layout"])
        sought = wanted(options, styles, kind)

        def parse(text: str) -> Format:
            return opened(kind, text, sought, options["layout"])

        text = parse(file.text)
        return _Held(file, kind, parse, text, styles)

    def _replace(self, changes: Values, gone: tuple[str, ...]) -> None:
        foreseen = self._new if self._new and self._new[:2] == (changes, gone) else None
        new = foreseen[2] if foreseen else self._new_text(changes, gone)
        self.backup_file = self._held.file.replace(new.text, backup=self._options["backup"])

    def _new_text(self, changes: Values, gone: t.Sequence[str]) -> Proven:
        """The text with ``changes`` and without ``gone``, proven; refused where that cannot be."""
        held = self._held
        new, left_out = to_file(held.style, changes)
        left_out += [held.style.keys[name] for name in gone]
        if (overruled := self._overruled([*new, *left_out])) is not None:
            raise overruled
        there = [key for key in left_out if key in held.text.values]
        return edited(held.file.text, held.text, new, there, held.parse)

    def _overruled(self, keys: t.Collection[str]) -> Failure | None:
        """Why ``keys`` would not hold here: another file, which this one names, has them too."""
        held = self._held
        name = held.text.overriding_file
        if name is None:
            return None
        file = clean(name, 80)
        try:
            theirs = neighbours.keys_in(neighbours.beside(held.file.path, name), held.parse)
        except Failure as exc:
            return left_alone(say(NOT_LOOKED_INTO, file=file, reason=exc), "guard")
        both = ", ".join(key for key in keys if key in theirs)
        return left_alone(say(OVERRIDDEN, file=file, key=both), "guard") if both else None

    def _notices(self) -> t.Iterator[Phrase]:
        held = self._held
        path, text = self._options["path"], held.text
        yield from text.notices
        overruled = self._overruled(held.style.keys.values())
        obstacles = [*text.obstacles, *filter(None, [overruled])]
        if obstacles:
            yield say(READ_ONLY, reason=obstacles[0])
        elif not text.home.names:
            yield say(ALL_NEW, path=path, how=words(text.home.style))
        others = neighbours.of_environments(held.file.path, held.style.keys.values())
        if others:
            yield say(ENVIRONMENTS, files=", ".join(others), path=path)
