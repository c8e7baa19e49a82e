# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The documentation pages that are made from data say what the data says."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]


def make_docs():
    place = ROOT / "tests" / "tools" / "make_docs.py"
    spec = importlib.util.spec_from_file_location("make_docs", place)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("page", ["providers.rst", "diagnosis.rst"])
def test_a_page_made_from_data_is_current(page):
    """After a change of the data, somebody ran ``python tests/tools/make_docs.py``."""
    expected = make_docs().WRITERS[page]()

    assert (ROOT / "docs" / "docsite" / "rst" / page).read_text(encoding="utf-8") == expected
