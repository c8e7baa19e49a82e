# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which format a text has, its editor, and what the format can carry.

Pure.
"""

from __future__ import annotations

import re
import typing as t

from .._errors import Failure
from .._phrase import say
from .base import left_alone
from .format import Format

if t.TYPE_CHECKING:
    from .home import Wanted

ENDINGS = {".json": "json", ".config": "xml", ".xml": "xml", ".yml": "yaml", ".yaml": "yaml"}
_FIRST = {"<": "xml", "{": "json"}
# XML 1.0 has no way at all to write these, also not as a number (section 2.2).
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_HALF_A_PAIR = re.compile("[\ud800-\udfff]")


def format_of(path: str, text: str) -> str:
    """The format by the ending of the name, else by the first character."""
    named = (kind for ending, kind in ENDINGS.items() if path.lower().endswith(ending))
    return next(named, _FIRST.get(text.lstrip()[:1], "yaml"))


def opened(kind: str, text: str, wanted: Wanted, layout: str) -> Format:
    """Take a text apart; raises ``Failure``, whatever the text."""
    try:
        return _editor(kind, layout)(text, wanted)
    except Failure:
        raise
    except Exception as exc:
        # What an unexpected exception says may quote the file, and with it a secret.
        raise left_alone(say("it cannot be taken apart ({kind})", kind=type(exc).__name__)) from exc


def unfit(kind: str, value: str) -> str | None:
    """The first character of ``value`` that the format cannot hold, by its number."""
    odd = (_NOT_IN_XML if kind == "xml" else _HALF_A_PAIR).search(value)
    return f"U+{ord(odd[0]):04X}" if odd else None


def _editor(kind: str, layout: str) -> t.Callable[[str, Wanted], Format]:
    # Imported when needed: hardly a run needs more than one.
    if kind == "json":
        from .json_text import JsonText

        return JsonText
    if kind == "yaml":
        from .yaml_text import YamlText

        return YamlText
    if layout == "mail_settings":
        from .xml_mail_settings import MailSettings

        return MailSettings
    from .xml_app_settings import AppSettings

    return AppSettings
