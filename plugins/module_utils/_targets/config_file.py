# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Mail settings in the configuration file of an Orchestrator-like application.

Keys of the file stop here.
"""

from __future__ import annotations

import typing as t

from .._errors import Failure, invalid
from .._files.text_file import TextFile
from .._settings import NAMES, PASSWORD, typed, wire_text
from .backend import Intent, Snapshot, StoredPassword
from .place import in_file
from .wire_keys import STYLES

if t.TYPE_CHECKING:
    from .._files.base import Format
    from .._settings import Values

Options = t.Mapping[str, t.Any]
ENDINGS = {".json": "json", ".config": "xml", ".xml": "xml", ".yml": "yaml", ".yaml": "yaml"}


class ConfigFile:
    """Mail settings in one file (a ``Backend``).

    ``backup_file`` is the copy that the last write kept, if one was asked for.
    """

    def __init__(self, options: Options) -> None:
        self._options = options
        self._keys = _keys(options)
        self._held: tuple[TextFile, Format] | None = None
        self._place = in_file(options["path"], options["key_style"])
        self.target = str(self._place)
        self.backup_file: str | None = None

    def close(self) -> None:
        self._held = None

    def read(self, names: t.Collection[str] | None = None) -> Snapshot:
        file = TextFile(self._options["path"])
        self._held = file, self._parsed(file.text)
        found = self._held[1].values
        held = [name for name, key in self._keys.items() if key in found]
        values = {n: typed(n, found[self._keys[n]]) for n in held if n != PASSWORD}
        stored = str(found.get(self._keys.get(PASSWORD, "")) or "")
        return Snapshot(
            values,
            StoredPassword("clear", stored) if stored else StoredPassword("absent"),
            dict.fromkeys(held, "file"),
            {"config_file": sorted(values)},
            places=dict.fromkeys(self._keys, self._place),
        )

    def parts(self, names: t.Sequence[str]) -> t.Sequence[tuple[str, ...]]:
        return (tuple(names),)

    def companions(self, part: t.Sequence[str], snapshot: Snapshot) -> t.Sequence[str]:
        return ()

    def foresee(self, intent: Intent, snapshot: Snapshot) -> None:
        if intent.candidate is not None:
            raise _no_proof()
        missing = [name for name in intent.changes if name not in self._keys]
        if missing:
            reason = f"this layout has no place for {', '.join(missing)}"
            raise invalid("config_file", reason, "guard")
        if PASSWORD in intent.changes and self._options["key_style"] == "abp_mailing":
            reason = "ABP expects its password encrypted with the application's own key; "
            reason += "a plain one would not work. Leave it out and set it in the application"
            raise invalid(PASSWORD, reason, "guard")
        self._edited(intent.changes) if intent.changes else self._without(intent.gone)

    def write(self, changes: Values, snapshot: Snapshot, along: Values) -> None:
        self._replace(self._edited(changes))

    def reset(self, names: t.Sequence[str], snapshot: Snapshot) -> None:
        self._replace(self._without(names))

    def verify(self, candidate: Values, recipient: str) -> None:
        raise _no_proof()

    @property
    def _read(self) -> tuple[TextFile, Format]:
        return t.cast("tuple[TextFile, Format]", self._held)

    def _edited(self, changes: Values) -> str:
        new = {self._keys[name]: wire_text(value) for name, value in changes.items()}
        return self._read[1].edited(new)

    def _without(self, names: t.Sequence[str]) -> str:
        return self._read[1].removed([self._keys[name] for name in names])

    def _replace(self, text: str) -> None:
        self.backup_file = self._read[0].replace(text, self._options["backup"])

    def _parsed(self, text: str) -> Format:
        kind, keys = self._format(text), tuple(self._keys.values())
        if kind == "xml":
            from .._files.xml_text import XmlText

            return XmlText(text, keys, self._options["layout"])
        if kind == "json":
            from .._files.json_text import JsonText

            return JsonText(text, keys, self._options["section"])
        from .._files.yaml_text import YamlText

        return YamlText(text, keys, self._options["section"])

    def _format(self, text: str) -> str:
        if self._options["format"] != "auto":
            return str(self._options["format"])
        path = str(self._options["path"]).lower()
        named = next((kind for ending, kind in ENDINGS.items() if path.endswith(ending)), None)
        first = text.lstrip("\ufeff \t\r\n")[:1]
        return named or {"<": "xml", "{": "json"}.get(first, "yaml")


def _keys(options: Options) -> t.Mapping[str, str]:
    if options["layout"] == "mail_settings":
        from .._files.xml_text import MAIL_ATTRIBUTES

        return {name: name for name in NAMES if name in MAIL_ATTRIBUTES}
    return STYLES[options["key_style"]]


def _no_proof() -> Failure:
    reason = "a file cannot send a message; use mail_test with via: smtp"
    return invalid("verify_recipient", reason, "guard")
