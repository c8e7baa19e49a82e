# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a run says is what holds: generated cases against the rules of the contract.

A case is a server (``worlds``), what it holds, what it means differently and what goes wrong
(``cases``), and a declaration.  It is looked at and applied by one road or the other (``roads``),
and the rules (``rules``) compare what was said with what the fake holds and what it was asked.
``python -m model`` runs many.
"""
