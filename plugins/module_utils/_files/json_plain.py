# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""JSON with comments and trailing commas as plain JSON of the same length.

Pure.
"""

from __future__ import annotations

import contextlib
import gc
import json
import re
import typing as t

from .base import refused

# Every token is matched where it begins, also when it never ends, so no text takes longer than its
# length.
_STRING = r'"(?:[^"\\\r\n]+|\\.)*"?'
_COMMENT = re.compile(_STRING + r"|(?P<blank>//[^\r\n]*|/\*.*?(?:\*/|\Z))", re.DOTALL)
_COMMA = re.compile(_STRING + r"|(?P<before>[{\[,]\s*)?(?P<blank>,)(?=\s*[}\]])", re.DOTALL)
_SPACE = re.compile(r"(?:[ \t\r\n]+|//[^\r\n]*|/\*.*?(?:\*/|\Z))*", re.DOTALL)
_CONSTANT = re.compile(_STRING + r"|(?P<word>NaN|-?Infinity)", re.DOTALL)
_NOT_SPACE = re.compile(r"[^\r\n\t]")


class Parsed(t.NamedTuple):
    """Strict JSON of the same length, what it says, and whether an object has a key twice."""

    plain: str
    value: t.Any
    has_twins: bool


def parsed(text: str) -> Parsed:
    """Take a text apart; raises ``Failure`` for what is no JSON."""
    plain = text
    try:
        try:
            return _loads(plain)
        except json.JSONDecodeError:
            plain = _COMMA.sub(_blank_comma, _COMMENT.sub(_blank, plain))
            return _loads(plain)
    except json.JSONDecodeError as exc:
        raise refused(text, exc.pos, f"this is no JSON ({exc.msg})") from exc
    except RecursionError as exc:
        raise refused(text, 0, "objects are nested too deep") from exc


def _loads(plain: str) -> Parsed:
    twins: list[bool] = []

    def members(pairs: list[tuple[str, t.Any]]) -> dict[str, t.Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            twins.append(True)
        return found

    def no_constant(word: str) -> t.NoReturn:
        places = (match.start() for match in _CONSTANT.finditer(plain) if match["word"])
        raise json.JSONDecodeError(f"{word} is not a value", plain, next(places, 0))

    def load(**more: t.Any) -> t.Any:
        return json.loads(plain, object_pairs_hook=members, parse_constant=no_constant, **more)

    with _without_collection():
        try:
            value = load()
        except json.JSONDecodeError:
            raise
        except ValueError:
            # A number with more digits than Python turns into one is kept as it is written.
            value = load(parse_int=str)
    return Parsed(plain, value, bool(twins))


@contextlib.contextmanager
def _without_collection() -> t.Iterator[None]:
    # Looking for circles again and again takes a third of the time of a large file.
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


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
