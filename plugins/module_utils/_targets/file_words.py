# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How a configuration file calls the settings, and what its values mean.

Pure.
"""

from __future__ import annotations

import typing as t

from .._errors import invalid
from .._files.home import Family, Wanted
from .._phrase import Phrase, say
from .._settings import PASSWORD, Value, typed, wire_text
from .wire_keys import INSIGHTS_TLS, STYLES, Style, is_tls

if t.TYPE_CHECKING:
    from .._settings import Values

Options = t.Mapping[str, t.Any]
MAIL_SETTINGS = "mail_settings"
NOT_IN_XML = say("the block of Insights is in a JSON file, not in XML")
NO_PLACE = "this layout has no place for {options} ({how})"
ENCRYPTED_BY_ABP = say(
    "ABP expects its password encrypted with the application's own key; a plain one would not "
    "work. Leave it out and set it in the application"
)


def styles_for(kind: str, layout: str) -> t.Mapping[str, Style]:
    """The styles that a file of this format may be written in, the usual one first."""
    if kind != "xml":
        return STYLES
    if layout == MAIL_SETTINGS:
        from .._files.xml_mail_settings import ATTRIBUTES

        return {MAIL_SETTINGS: Style({name: name for name in ATTRIBUTES})}
    return {name: style for name, style in STYLES.items() if style.section is None}


def wanted(options: Options, styles: t.Mapping[str, Style], kind: str) -> Wanted:
    """What to look for in the file."""
    told = options["key_style"]
    if MAIL_SETTINGS in styles or told == "auto":
        told = None
    elif told not in styles:
        raise invalid("config_file.key_style", NOT_IN_XML, "read")
    families = {
        name: Family(frozenset(style.keys.values()), style.section, style.typed)
        for name, style in styles.items()
    }
    return Wanted(families, told, None if kind == "xml" else options["section"])


def words(name: str) -> Phrase:
    """A style as an option says it."""
    template = "layout: {option}" if name == MAIL_SETTINGS else "key_style: {option}"
    return say(template, option=name)


def refuse_unplaced(style_name: str, style: Style, names: t.Collection[str]) -> None:
    """Refuse settings that a file of this style cannot hold, or not as they are declared."""
    lost = [name for name in names if name not in style.keys]
    if lost:
        reason = say(NO_PLACE, how=words(style_name), options=", ".join(lost))
        raise invalid("config_file", reason, "guard")
    if PASSWORD in names and style_name == "abp_mailing":
        raise invalid(PASSWORD, ENCRYPTED_BY_ABP, "guard")


def from_file(style: Style, name: str, found: t.Any) -> Value:
    """A value of the file as our type."""
    if style.keys[name] == "tls_version":
        return is_tls(str(found or ""))
    return typed(name, wire_text(found) if isinstance(found, bool) else found)


def to_file(style: Style, changes: Values) -> tuple[dict[str, Value], list[str]]:
    """Values by the keys of the file, and the keys that have to go."""
    new = {style.keys[name]: value for name, value in changes.items()}
    gone = []
    if "tls_version" in new:
        if new.pop("tls_version"):
            new["tls_version"] = INSIGHTS_TLS
        else:
            gone.append("tls_version")
    return new, gone
