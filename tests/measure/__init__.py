# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is measured and put into the documentation: speed, leaks, and how others do.

Nothing here is a test; ``make bench``, ``make leaks`` and ``make compare`` run it by name.
"""
