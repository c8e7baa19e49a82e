# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The pictures of the documentation: small, and complete in themselves."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

import pytest
from support.places import PAGES, ROOT

IMAGES = sorted((ROOT / "docs/docsite/images").glob("*.svg"))


@pytest.mark.parametrize("image", IMAGES, ids=lambda image: image.stem)
def test_a_picture_is_small_and_loads_nothing(image):
    """No font, style or image from elsewhere, no script, and at most 60 kB."""
    text = image.read_text(encoding="utf-8")
    names = {element.tag.rpartition("}")[2] for element in ET.fromstring(text).iter()}

    assert len(text) <= 60_000
    assert not names & {"script", "image", "use", "foreignObject"}
    assert not re.findall(r"@import|@font-face|href|url\((?!#)", text)


def test_every_picture_is_shown_and_every_picture_shown_is_there():
    """By README or by a page."""
    readme = re.findall(r"docs/docsite/images/(\S+\.svg)", (ROOT / "README.md").read_text())
    pages = "".join(page.read_text() for page in PAGES.glob("*.rst"))
    shown = {*readme, *re.findall(r"(?:image|figure):: \.\./images/(\S+)", pages)}

    assert {image.name for image in IMAGES} == shown
