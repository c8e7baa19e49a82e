# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which proxy the environment names, and what in its address is secret."""

from __future__ import annotations

import base64

import pytest
from ansible_collections.rpaops.orchestrator.plugins.module_utils._errors import Failure
from ansible_collections.rpaops.orchestrator.plugins.module_utils._server.proxy import (
    proxy_for,
    proxy_secrets,
)
from ansible_collections.rpaops.orchestrator.plugins.module_utils._server.web_address import Origin
from fake.orchestrator import FakeOrchestrator
from support.raw_http import RawServer, answer
from support.run import mail_settings_info, server

ORIGIN = Origin.of("https://orchestrator.example.com")
PROXY = "http://proxy.example.com:3128"
BAD = [
    ("http://127.0.0.1:bad", "its port is not a number"),
    ("http://127.0.0.1:99999", "its port is not a number"),
    ("127.0.0.1:0", "its port is not a number"),
    ("https://proxy.example.com", "spoken to in https is not supported"),
    ("socks5://proxy.example.com:1080", "spoken to in socks5 is not supported"),
    ("socks5h://u:p@proxy.example.com", "spoken to in socks5h is not supported"),
    ("http://", "is not a web address"),
    ("http://pro xy", "is not a web address"),
    ("nonsense..", "is not a host name"),
]


def place(environment, origin=ORIGIN):
    found = proxy_for(origin, environment)
    return found and str(found.origin)


@pytest.mark.parametrize(
    ("environment", "found"),
    [
        ({}, None),
        ({"https_proxy": PROXY}, PROXY),
        ({"HTTPS_PROXY": PROXY}, PROXY),
        ({"HTTPS_PROXY": "http://other", "https_proxy": PROXY}, PROXY),
        ({"HTTPS_PROXY": PROXY, "https_proxy": ""}, None),
        ({"ALL_PROXY": PROXY}, PROXY),
        ({"all_proxy": "http://other", "https_proxy": PROXY}, PROXY),
        ({"http_proxy": PROXY}, None),
        ({"https_proxy": "proxy.example.com:3128"}, PROXY),
        ({"https_proxy": "HTTP://proxy.example.com"}, "http://proxy.example.com"),
        ({"https_proxy": PROXY, "no_proxy": "*"}, None),
        ({"https_proxy": PROXY, "NO_PROXY": "localhost, .example.com"}, None),
        ({"https_proxy": PROXY, "no_proxy": "example.org"}, PROXY),
    ],
)
def test_the_variables_count_as_everywhere(environment, found):
    """Small letters first, all_proxy last, no_proxy for exceptions."""
    assert place(environment) == found


@pytest.mark.parametrize(("address", "said"), BAD)
@pytest.mark.parametrize("variable", ["https_proxy", "ALL_PROXY"])
def test_an_address_that_is_no_proxy_names_its_variable(variable, address, said):
    """A proxy that cannot be used is not gone around, and not spoken to in another protocol."""
    with pytest.raises(Failure, match=said) as caught:
        proxy_for(ORIGIN, {variable: address})

    assert caught.value.error == "invalid_option"
    assert str(caught.value).startswith(f"environment variable {variable}: ")


def test_the_password_of_a_proxy_is_not_in_the_refusal():
    """The address is wrong, the password in it is right."""
    with pytest.raises(Failure) as caught:
        proxy_for(ORIGIN, {"https_proxy": "http://user:CANARY-proxy@127.0.0.1:bad"})

    assert "CANARY" not in str(caught.value)


@pytest.mark.parametrize(
    ("login", "pair"),
    [
        ("puser:ppass", "puser:ppass"),
        ("p%40user:p%3Aa%2Fss", "p@user:p:a/ss"),
        ("us@er:pa@ss", "us@er:pa@ss"),
        ("bücher:größe", "bücher:größe"),
        ("alone", "alone:"),
    ],
)
def test_user_and_password_of_the_address_are_sent(login, pair):
    """Decoded, as RFC 7617 wants them."""
    found = proxy_for(ORIGIN, {"https_proxy": f"http://{login}@proxy.example.com:3128"})

    sent = found.headers["Proxy-Authorization"].removeprefix("Basic ")
    assert base64.b64decode(sent).decode() == pair
    assert (str(found.origin), repr(found).count("Basic")) == (PROXY, 0)


def test_every_proxy_s_password_counts_as_a_secret():
    """Also of those that are not used, and in the form in which it is sent."""
    found = proxy_secrets(
        {"https_proxy": "http://u:p%40ss@h", "ALL_PROXY": "socks5://v:w@h", "x": "y"}
    )

    assert found[:2] == ["p%40ss", "p@ss"]
    assert base64.b64encode(b"v:w").decode() in found
    assert proxy_secrets({"http_proxy": PROXY, "no_proxy": "a,b"}) == []


@pytest.mark.parametrize("status", ["407 No CANARY-proxy-pass here", "502 CANARY-proxy-pass"])
def test_a_proxy_that_repeats_its_password_gives_nothing_away(monkeypatch, status):
    """What a proxy says is text from outside; a canary goes in, and does not come out."""
    encoded = base64.b64encode(b"CANARY-user:CANARY-proxy-pass").decode()
    with RawServer(answer(encoded.encode(), f"{status} {encoded}")) as proxy:
        address = f"http://CANARY-user:CANARY-proxy-pass@127.0.0.1:{proxy.port}"
        monkeypatch.setenv("https_proxy", address)
        target = {"url": "https://orchestrator.example.com", "tenant": "Default", "timeout": 5}

        done = mail_settings_info(server={**target, "username": "a", "password": "b-b-b-b"}).result

        assert encoded in proxy.requests[0].decode()
    assert done["error"] == "unreachable"
    assert not [piece for piece in ("proxy-pass", encoded[20:30]) if piece in str(done)]


def test_a_wrong_variable_is_one_sentence_of_the_module(monkeypatch):
    """And no request is sent around the proxy."""
    with FakeOrchestrator() as fake:
        monkeypatch.setenv("http_proxy", "http://127.0.0.1:bad")
        monkeypatch.delenv("no_proxy", raising=False)

        done = mail_settings_info(server=server(fake, use_proxy=True)).result

        assert (done["error"], fake.requests) == ("invalid_option", [])
    assert "environment variable http_proxy: " in done["msg"]
