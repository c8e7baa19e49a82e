# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Inventories of the plugin ``tenants``, through Ansible's own inventory manager."""

from __future__ import annotations

import typing as t
from pathlib import Path

import pytest
import yaml
from ansible.errors import AnsibleParserError
from ansible.inventory.data import InventoryData
from ansible.inventory.manager import InventoryManager
from ansible.parsing.dataloader import DataLoader
from ansible.plugins.loader import inventory_loader

NAME = "rpaops.orchestrator.tenants"
#: The host administrator of a stand-in.
LOGIN: t.Mapping[str, t.Any] = {"username": "admin", "password": "secret"}


def source(folder: Path, server: t.Any, file: str = "acme", **options: t.Any) -> str:
    """The path of a source for ``server``, a stand-in; an option that is None is left out."""
    config = {"plugin": NAME, "url": server.url, "use_proxy": False, **options}
    path = folder / f"{file}.tenants.yml"
    path.write_text(yaml.safe_dump({k: v for k, v in config.items() if v is not None}))
    return str(path)


def inventory_of(*sources: str) -> InventoryManager:
    """What the sources make together."""
    return InventoryManager(DataLoader(), list(sources))


def refusal(path: str) -> str:
    """What the plugin says about a source that it cannot use."""
    plugin = inventory_loader.get(NAME)
    with pytest.raises(AnsibleParserError) as caught:
        plugin.parse(InventoryData(), DataLoader(), path)
    return str(caught.value)
