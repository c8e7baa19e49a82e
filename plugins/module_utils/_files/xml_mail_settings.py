# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The attributes of ``configuration/system.net/mailSettings/smtp`` and of its ``network``.

Pure.
"""

from __future__ import annotations

import typing as t

from .._phrase import say
from .._settings import TRUE_WORDS, wire_text
from .base import Changes, fold, left_alone, refused, replaced
from .home import Home, Wanted, other_letters
from .xml_elements import NETWORK, SMTP, Element, Path, everything
from .xml_text import XmlText

if t.TYPE_CHECKING:
    from .._errors import Failure

#: Element and attribute by option.
ATTRIBUTES: t.Mapping[str, tuple[Path, str]] = {
    "default_from_address": (SMTP, "from"),
    "smtp_host": (NETWORK, "host"),
    "smtp_port": (NETWORK, "port"),
    "smtp_username": (NETWORK, "userName"),
    "smtp_password": (NETWORK, "password"),
    "enable_ssl": (NETWORK, "enableSsl"),
    "use_default_credentials": (NETWORK, "defaultCredentials"),
    "smtp_domain": (NETWORK, "clientDomain"),
}
NO_ELEMENT = "there is no <{element}> in <mailSettings>"
PICKUP = "deliveryMethod={method} puts mail into a folder: host, port and sign-in are not used."
NO_SSL = "System.Net.Mail refuses enableSsl together with deliveryMethod={method!r}"


class MailSettings(XmlText):
    """The attributes below ``mailSettings``, called by our options (a ``Format``)."""

    def __init__(self, text: str, wanted: Wanted) -> None:
        super().__init__(text, NETWORK)
        self._places = {path: found[-1] for path in (SMTP, NETWORK) if (found := self.at(path))}
        names, self._other_letters = {}, []
        for option, (path, attribute) in ATTRIBUTES.items():
            for name in self._places[path].values if path in self._places else ():
                if fold(name) != fold(attribute):
                    continue
                names[option] = name
                if name != attribute:
                    self._other_letters.append((path, name))
        style = wanted.style or next(iter(wanted.families))
        self.home = Home(style, frozenset(ATTRIBUTES), SMTP, names=names)
        self.values = {o: self._places[ATTRIBUTES[o][0]].values[n] for o, n in names.items()}
        if self._pickup:
            self.notices += (say(PICKUP, method=self._pickup),)

    @property
    def obstacles(self) -> list[Failure]:
        found = []
        for path, name in self._other_letters:
            at = self._places[path].attributes[name].name_start
            found.append(refused(self._text, at, other_letters(name)))
        return [*found, *self.doubled(NETWORK)]

    def edited(self, changes: Changes) -> str:
        if self._pickup and str(changes.get("enable_ssl")).lower() in TRUE_WORDS:
            raise refused(self._text, self._places[SMTP].start, say(NO_SSL, method=self._pickup))
        spans: dict[tuple[int, int], str] = {}
        for option, value in changes.items():
            path, name = ATTRIBUTES[option]
            start, end, new = self.value_replaced(self._element(path), name, wire_text(value))
            # Several new attributes of one element go into one place.
            spans[start, end] = spans.get((start, end), "") + new
        return replaced(self._text, [(*span, new) for span, new in spans.items()])

    def removed(self, keys: t.Collection[str]) -> str:
        places = [self._places[ATTRIBUTES[key][0]].attributes[self.home.names[key]] for key in keys]
        starts = [len(self._text[: place.name_start].rstrip()) for place in places]
        return replaced(
            self._text, [(start, place.end + 1, "") for start, place in zip(starts, places)]
        )

    def rest(self, home: Home) -> t.Any:
        def keep(path: Path, values: t.Mapping[str, str]) -> t.Mapping[str, str]:
            ours = {name for place, name in ATTRIBUTES.values() if place == path}
            return {name: value for name, value in values.items() if name not in ours}

        return everything(self._text, keep)

    @property
    def _pickup(self) -> str:
        """A delivery method other than the network; empty where it is that."""
        smtp = self._places.get(SMTP)
        method = smtp.values.get("deliveryMethod", "Network") if smtp else "Network"
        return "" if fold(method) == fold("Network") else method

    def _element(self, path: Path) -> Element:
        if path not in self._places:
            raise left_alone(say(NO_ELEMENT, element=path[-1]))
        return self._places[path]
