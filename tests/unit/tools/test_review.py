# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The list of what somebody should look at again."""

from __future__ import annotations

import datetime

from tools.review import lines


def test_what_is_overdue_is_listed_with_its_sources_and_nothing_else():
    """The longest overdue first; on the day itself there is still time."""
    assert lines(datetime.date(2026, 12, 31)) == []
    listed = lines(datetime.date(2027, 5, 2))

    assert next(line.partition(":")[0] for line in listed) == "microsoft365"
    assert all("https://" in line for line in listed)
