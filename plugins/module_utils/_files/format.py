# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What every editor can do, whatever its format."""

from __future__ import annotations

import typing as t

if t.TYPE_CHECKING:
    from .._errors import Failure
    from .._phrase import Phrase
    from .base import Changes, Scalar
    from .home import Home


class Format(t.Protocol):
    """A text taken apart: the values of the wanted keys, and how to put others there.

    An implementation must

    * refuse a malformed text, and one whose values of ours cannot be known, with line and column
      (``refused``), when it is made;
    * give the values as the format's own parser reads them;
    * refuse in ``edited`` and ``removed`` what would have an effect beyond the keys that are named
      (two places for one key, an anchor that others use), or none at all;
    * leave every character outside the places of the changed values as it is.

    It may

    * lay out new keys as the file does it: indentation, quotes, order of its neighbours.

    It must not

    * touch the disk, or keep anything beyond the text;
    * quote a value of the text in a refusal or a notice: it may be a secret.
    """

    @property
    def home(self) -> Home:
        """The family of the keys, and where they are or would be put."""

    @property
    def values(self) -> t.Mapping[str, Scalar]:
        """The wanted keys that are there, in the types that the format gives their values."""

    @property
    def merged(self) -> t.Collection[str]:
        """Those of ``values`` that stand elsewhere in the text and only show through here."""

    @property
    def obstacles(self) -> t.Sequence[Failure]:
        """Why the keys must not be edited although they can be read; empty when they may be."""

    @property
    def overriding_file(self) -> str | None:
        """The name of another file whose keys win over those that stand here, if there is one."""

    @property
    def notices(self) -> t.Sequence[Phrase]:
        """What whoever changes this file should know."""

    def edited(self, changes: Changes) -> str:
        """The text with ``changes``; new keys stand where a person would put them."""

    def removed(self, keys: t.Collection[str]) -> str:
        """The text without ``keys`` and their values; all are there, and none is ``merged``."""

    def rest(self, home: Home) -> t.Any:
        """All that the format's parser sees beside the keys of ``home``.

        Two texts that differ only in these keys and their values have equal rests.
        """
