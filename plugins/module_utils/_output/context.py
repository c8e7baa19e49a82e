# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a job tells besides its result: warnings, progress, and which texts are secret."""

from __future__ import annotations

import typing as t

from .._argspec import secret_names
from .._arguments import LONGEST_BITS
from .._compat import register_secret
from .redact import Redactor
from .vocabulary import VOCABULARY


class Context:
    """The secrets and warnings of a job; ``progress`` shows a line during a long run.

    ``params`` are the arguments of the job, whose secret options are looked for when it matters.

    Each of many tenants has its own context within the one of the task: what is secret there is
    forgotten with it, and the redactor of ten thousand passwords is never built.
    """

    def __init__(self, params: t.Any = None, outer: Context | None = None) -> None:
        self.warnings: dict[str, None] = {}
        self.progress: t.Callable[[str], None] = lambda line: None
        self._params, self._outer = params, outer
        self._learned: list[tuple[str, str]] = []
        self._redactor: Redactor | None = None

    def warn(self, text: str) -> None:
        """Say ``text`` at the end, once; one made of our words and facts is a ``Phrase``."""
        self.warnings.setdefault(text)

    def learn(self, secret: str, username: str = "") -> None:
        """Take out ``secret`` from now on, and with ``username`` their sign-in tokens as well."""
        if self._outer is None and secret:
            register_secret(secret)
        if self._redactor is None:
            self._learned.append((secret, username))
        else:
            self._redactor.add(secret, username)

    @property
    def redactor(self) -> Redactor:
        """What takes out the secrets known so far and those that are learned later."""
        if self._redactor is None:
            outer = self._outer.redactor if self._outer is not None else None
            redactor = Redactor(secrets_in(self._params), vocabulary=VOCABULARY, parent=outer)
            for secret, username in self._learned:
                redactor.add(secret, username)
            self._redactor = redactor
        return self._redactor


def secrets_in(params: t.Any) -> list[str]:
    """The values of all secret options, at any depth."""
    if isinstance(params, (list, tuple)):
        return [secret for item in params for secret in secrets_in(item)]
    if not isinstance(params, dict):
        return []
    # An entry of ``tenants`` comes as it was written: a password of digits is a number there.
    own = [str(v) for k, v in params.items() if k in secret_names() and _is_text(v)]
    return own + [secret for value in params.values() for secret in secrets_in(value)]


def _is_text(value: t.Any) -> bool:
    if isinstance(value, int):
        # Python makes no text of a number with thousands of digits, so none can leave.
        return not isinstance(value, bool) and value.bit_length() <= LONGEST_BITS
    return isinstance(value, (str, float)) and value != ""
