# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What unit tests share."""

from __future__ import annotations

import pytest
from fake import certificates


@pytest.fixture(scope="session")
def ca_path(tmp_path_factory):
    """The certificate authority that the stand-ins are trusted by."""
    return str(certificates.write_ca(tmp_path_factory.mktemp("ca") / "ca.pem"))
