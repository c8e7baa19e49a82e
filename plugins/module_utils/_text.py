# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Halves of characters, and other texts that no server or file system can hold."""

from __future__ import annotations

import os
import re

from ._phrase import say

#: What does not belong into a line of text: ASCII and Latin-1 controls, and two more line ends.
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
#: A lone surrogate, which JSON and YAML can write and no encoding of text can hold.
HALF = re.compile("[\ud800-\udfff]")


def why_not_sent(text: str) -> str:
    """Why ``text`` cannot be sent to any server; empty when it can."""
    found = HALF.search(text)
    if found is None:
        return ""
    told = "it holds half a character (U+{code:04X}), which cannot be sent; check its encoding"
    return say(told, code=ord(found[0]))


def octets(text: str) -> bytes:
    """``text`` in UTF-8, for a digest or a comparison; half a character counts as well."""
    return text.encode("utf-8", "surrogatepass")


def why_no_path(path: str) -> str:
    """Why ``path`` cannot be the path of a file; empty when it can."""
    if "\0" in path:
        return say("it holds a NUL character")
    try:
        os.fsencode(path)
    except UnicodeEncodeError:
        return say("it holds half a character")
    return ""
