# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""JSON with comments and trailing commas as plain JSON of the same length.

Pure.
"""

from __future__ import annotations

import json
import re
import typing as t

from .._phrase import say
from .base import refused, without_collection

# Every token is matched where it begins, also when it never ends, so no text takes longer than its
# length.
_STRING = r'"(?:[^"\\\r\n]+|\\.)*"?'
_COMMENT = re.compile(_STRING + r"|(?P<blank>//[^\r\n]*|/\*.*?(?:\*/|\Z))", re.DOTALL)
_COMMA = re.compile(_STRING + r"|(?P<before>[{\[,]\s*)?(?P<blank>,)(?=\s*[}\]])", re.DOTALL)
_SPACE = re.compile(r"(?:[ \t\r\n]+|//[^\r\n]*|/\*.*?(?:\*/|\Z))*", re.DOTALL)
_CONSTANT = re.compile(_STRING + r"|(?P<word>NaN|-?Infinity)", re.DOTALL)
_NOT_SPACE = re.compile(r"[^\r\n\t]")


def parsed(text: str) -> tuple[str, t.Any]:
    """The text as strict JSON of the same length, and what it says.

    Raises ``Failure`` for what is no JSON. Of a key that an object has twice the last one counts.
    """
    plain = text
    try:
        try:
            return plain, _loads(plain)
        except json.JSONDecodeError:
            plain = _COMMA.sub(_blank_comma, _COMMENT.sub(_blank, plain))
            return plain, _loads(plain)
    except json.JSONDecodeError as exc:
        raise refused(text, exc.pos, say("this is no JSON ({said})", said=exc.msg)) from exc
    except RecursionError as exc:
        raise refused(text, 0, say("objects are nested too deep")) from exc


def _loads(plain: str) -> t.Any:
    def no_constant(word: str) -> t.NoReturn:
        places = (match.start() for match in _CONSTANT.finditer(plain) if match["word"])
        raise json.JSONDecodeError(f"{word} is not a value", plain, next(places, 0))

    with without_collection():
        try:
            return json.loads(plain, parse_constant=no_constant)
        except json.JSONDecodeError:
            raise
        except ValueError:
            # A number with more digits than Python turns into one is kept as it is written.
            return json.loads(plain, parse_constant=no_constant, parse_int=str)


def _blank(match: re.Match[str]) -> str:
    found = match.group()
    is_open = found.startswith("/*") and not (found.endswith("*/") and len(found) > 3)
    return found if match["blank"] is None or is_open else _NOT_SPACE.sub(" ", found)


def _blank_comma(match: re.Match[str]) -> str:
    # A comma needs a member before it, also in front of the end.
    is_lonely = match["blank"] is None or match["before"]
    return match.group() if is_lonely else " "


def after_space(text: str, index: int) -> int:
    """Where what follows white space and comments begins."""
    return t.cast("re.Match[str]", _SPACE.match(text, index)).end()
