# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What stands where a password should be: masks, variables that nobody filled in, encrypted text.

Pure.

A mask that is written back replaces a working password, so none is ever accepted as a password.
"""

from __future__ import annotations

import re

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


#: What stands there where nobody put the value in: variables of pipelines, shells and templates,
#: and texts that only another tool can read (sops, Ansible Vault, a tag that was quoted).
UNEXPANDED = re.compile(
    r"\$\(\s*[\w.:-]+\s*\)|\$\{+[^{}]*\}+|\{\{.*\}\}|\{%.*%\}|#\{[^{}]+\}#?|__[A-Z][A-Z0-9_]*__"
    r"|%[A-Z_][A-Z0-9_]{2,}%|ENC\[[^\]]*\]?.*|!(?:vault|unsafe|decrypt)\b.*|\$ANSIBLE_VAULT;.*",
    re.DOTALL,
)
#: The end or the beginning of a secret, shown beside what hides the rest.
PARTIAL = re.compile(r"[•●∙·○◦⬤■█]{2,}.*|.*[•●∙·○◦⬤■█]{2,}|\*{4,}\w{2,4}|\w{2,4}\*{4,}", re.DOTALL)
#: How results of this collection speak of a password.
OURS = re.compile(
    r"\((?:set|not set|unknown|unchanged|inherited|will be set(?:: .*)?)\)", re.DOTALL
)


def is_mask(text: str) -> bool:
    """Whether ``text`` is certainly no password: hidden, not filled in, or still encrypted.

    A bare word such as ``hidden`` may be somebody's password; in brackets, stars or dollar signs
    (``$encrypted$``, ``<hidden>``) it is a placeholder, and so are Ansible's own.
    """
    bare = text.strip()
    if not bare:
        return False
    if set(bare) <= DOTS:
        return True
    if any(form.fullmatch(bare) for form in (UNEXPANDED, PARTIAL, OURS)):
        return True
    word = bare.strip(_AROUND).lower()
    return word in WORDS and (word != bare.lower() or word.startswith("value"))
