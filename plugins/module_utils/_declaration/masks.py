# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What stands where a password should be: the masks of servers, web pages and Ansible.

Pure.

A mask that is written back replaces a working password, so none is ever accepted as a password.
"""

from __future__ import annotations

#: Characters that a mask is made of entirely.
DOTS = frozenset("*•●∙·○◦⬤■█")
#: Words, compared without case, brackets and the like.
WORDS = frozenset(
    (
        "encrypted",
        "hidden",
        "masked",
        "redacted",
        "set",
        "unchanged",
        "value_specified_in_no_log_parameter",
        "value specified in no_log parameter",
    )
)
_AROUND = "$<>[](){}*_-"


def is_mask(text: str) -> bool:
    """Whether ``text`` is certainly no password: only stars or dots, or a known placeholder.

    A bare word such as ``hidden`` may be somebody's password; in brackets, stars or dollar signs
    (``$encrypted$``, ``<hidden>``) it is a placeholder, and so are Ansible's own.
    """
    bare = text.strip()
    if not bare:
        return False
    if set(bare) <= DOTS:
        return True
    word = bare.strip(_AROUND).lower()
    return word in WORDS and (word != bare.lower() or word.startswith("value"))
