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

_STRING = r'"(?:[^"\\]|\\.)*"'
_COMMENT = re.compile(_STRING + r"|(?P<blank>//[^\r\n]*|/\*.*?\*/)", re.DOTALL)
_COMMA = re.compile(_STRING + r"|(?P<blank>,)(?=\s*[}\]])", re.DOTALL)
_SPACE = re.compile(r"(?:[ \t\r\n\ufeff]+|//[^\r\n]*|/\*.*?\*/)*", re.DOTALL)
_NOT_SPACE = re.compile(r"[^\r\n\t]")
_BYTE_ORDER_MARK = "\ufeff"


class _Twice(ValueError):
    """An object with the same key twice."""


def parsed(text: str) -> tuple[str, t.Any]:
    """The text as strict JSON of the same length, and what it says.

    Raises ``Failure`` for what is no JSON, and for a key that stands twice in one object.
    """
    plain = text.replace(_BYTE_ORDER_MARK, " ", 1) if text[:1] == _BYTE_ORDER_MARK else text
    try:
        try:
            return plain, _loads(plain)
        except json.JSONDecodeError:
            plain = _COMMA.sub(_blank_comma, _COMMENT.sub(_blank, plain))
            return plain, _loads(plain)
    except json.JSONDecodeError as exc:
        raise refused(text, exc.pos, f"this is no JSON ({exc.msg})") from exc
    except _Twice as exc:
        at, key = t.cast("tuple[int, str]", _first_repeated(plain, after_space(plain, 0)))
        raise refused(text, at, f"the key {key!r} appears twice") from exc
    except RecursionError as exc:
        raise refused(text, 0, "objects are nested too deep") from exc


def _loads(plain: str) -> t.Any:
    with _without_collection():
        return json.loads(plain, object_pairs_hook=_unique, parse_constant=_no_constant)


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


def _unique(pairs: list[tuple[str, t.Any]]) -> dict[str, t.Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise _Twice
    return found


def _no_constant(word: str) -> t.NoReturn:
    raise json.JSONDecodeError(f"{word} is not a value", word, 0)


def _blank(match: re.Match[str]) -> str:
    return match.group() if match["blank"] is None else _NOT_SPACE.sub(" ", match.group())


def _blank_comma(match: re.Match[str]) -> str:
    if match["blank"] is None:
        return match.group()
    # A comma needs a member before it, also in front of the end.
    return " " if match.string[: match.start()].rstrip()[-1:] not in ("{", "[", ",") else ","


def after_space(text: str, index: int) -> int:
    """Where what follows white space and comments begins."""
    return t.cast("re.Match[str]", _SPACE.match(text, index)).end()


def _first_repeated(plain: str, start: int) -> tuple[int, str] | None:
    """Where a key stands that its object has twice; the innermost such object comes first."""
    decoder = json.JSONDecoder()
    closing = {"{": "}", "[": "]"}.get(plain[start : start + 1])
    if closing is None:
        return None
    seen: set[str] = set()
    index = after_space(plain, start + 1)
    while plain[index] != closing:
        at, key = index, None
        if closing == "}":
            key, index = decoder.raw_decode(plain, index)
            index = after_space(plain, after_space(plain, index) + 1)
        inner = _first_repeated(plain, index)
        if inner is not None:
            return inner
        if key is not None and key in seen:
            return at, key
        seen.add(str(key))
        _value, index = decoder.raw_decode(plain, index)
        index = after_space(plain, index)
        index = after_space(plain, index + 1) if plain[index] == "," else index
    return None
