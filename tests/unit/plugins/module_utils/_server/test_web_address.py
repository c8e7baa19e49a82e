# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Addresses as people write and copy them."""

from __future__ import annotations

import pytest
from ansible_collections.rpaops.orchestrator.plugins.module_utils._server.web_address import (
    Origin,
    unusable,
)

ROOT = "https://orchestrator.example.com"


@pytest.mark.parametrize(
    "url",
    [
        ROOT,
        ROOT + "/",
        ROOT + ":8443/uipath",
        "http://127.0.0.1:8080",
        "http://[::1]:8080",
        "https://bücher.example",
        "https://my_host",
        "https://host./",
        ROOT + "/gr%C3%B6%C3%9Fe",
        "HTTPS://ORCH",
    ],
)
def test_an_address_that_can_be_asked_is_fine(url):
    """Ports, numbers, paths, international names."""
    assert unusable(url, pages=True) == ""


@pytest.mark.parametrize(
    "url",
    [
        "orchestrator.example.com",
        "ftp://a",
        "https://",
        "https://:443",
        "http://[::1",
        "http://℀.com",
        "",
    ],
)
def test_what_is_no_web_address_is_shown_one(url):
    """Scheme and host are what people leave out."""
    assert unusable(url).endswith("is not a web address; write it as " + ROOT)


@pytest.mark.parametrize("port", ["0", "65536", "99999", "x", "-1", "８０"])
def test_a_port_is_a_number_of_a_port(port):
    """Neither the socket nor the HTTP library says so in words."""
    assert "its port is not a number from 1 to 65535" in unusable(f"http://a:{port}")


@pytest.mark.parametrize(
    "host", ["orch..example.com", "a" * 64 + ".com", ".a", "-a.com", "a,b", "a" * 254]
)
def test_a_host_name_has_labels_of_one_to_63_letters(host):
    """The encoder of host names would raise something else."""
    assert "is not a host name" in unusable(f"https://{host}")


@pytest.mark.parametrize("host", ["straße.de", "größe.de", "faß.example"])
def test_a_host_that_older_software_takes_for_another_one_is_not_guessed(host):
    """Since 2008 strasse.de and straße.de may belong to two people."""
    assert "write its xn-- form" in unusable(f"https://{host}")


@pytest.mark.parametrize("character", [" ", "\n", "\t", "\r", "\0", "\x7f", "\u2028", "\ud800"])
@pytest.mark.parametrize("url", ["{}https://a", "https://a{}", "https://a{}b/c"])
def test_a_character_that_no_address_has_is_not_dropped_in_silence(url, character):
    """The library that splits addresses drops some of them."""
    assert "no address has; remove it" in unusable(url.format(character))


def test_a_path_beyond_ascii_is_shown_encoded():
    """Copy and paste is the fix."""
    assert unusable("http://host/größe").endswith("write it as http://host/gr%C3%B6%C3%9Fe")


@pytest.mark.parametrize(
    ("copied", "instead"),
    [
        ("/?tenant=Default", f"write it as {ROOT}"),
        ("?tenant=Default", f"write it as {ROOT}"),
        ("/?", f"write it as {ROOT}"),
        ("/#/settings", f"write it as {ROOT}"),
        ("/settings/mail", f"write it as {ROOT}"),
        ("/uipath/settings/mail", f"write it as {ROOT}/uipath"),
        ("/identity/Account/Login?ReturnUrl=%2F", f"write it as {ROOT}"),
        ("/odata/Settings", f"write it as {ROOT}"),
        ("/acme/portal_/home", f"give {ROOT} alone, with server.organization: acme"),
        (
            "/acme/Default/orchestrator_/settings/mail?tid=1&fid=2",
            f"give {ROOT} alone, with server.organization: acme, server.tenant: Default",
        ),
    ],
)
def test_an_address_copied_from_the_browser_gets_the_one_to_write(copied, instead):
    """With the names that are in it as the options they belong to."""
    assert unusable(ROOT + copied, pages=True).endswith(instead)


def test_an_explicit_address_of_an_api_may_be_that_of_a_service():
    """server.orchestrator_url and server.identity_url end in such segments."""
    assert unusable(ROOT + "/acme/Default/orchestrator_") == ""


@pytest.mark.parametrize("rest", ["", ":bad", "/?token=hunter22", "/hunter22/settings"])
def test_what_may_be_secret_is_not_repeated(rest):
    """Credentials, and a query."""
    said = unusable(f"https://admin:hunter22@orchestrator.example.com{rest}", pages=True)

    assert said.startswith("it holds credentials")
    assert "hunter22" not in said + unusable(ROOT + "/?token=hunter22")


def test_the_origin_is_what_one_connection_reaches():
    """Two APIs of one origin share a connection."""
    assert str(Origin.of(ROOT + ":8443/acme/identity_")) == ROOT + ":8443"
    assert Origin.of(ROOT + ":443/a") == Origin.of(ROOT.upper() + "/b")
    assert str(Origin.of("https://bücher.example")) == "https://xn--bcher-kva.example"
