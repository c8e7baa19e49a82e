# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The two roads of a host administrator: the Orchestrator's sign-in, and Identity's page."""

from __future__ import annotations

import pytest
from ansible_collections.rpaops.orchestrator.plugins.module_utils import _argspec
from ansible_collections.rpaops.orchestrator.plugins.module_utils._server.access import (
    Sites,
    sign_in,
    transport,
)
from fake.orchestrator import FakeOrchestrator
from support.raw_http import RawServer, answer
from support.run import arguments, mail_settings, server

SMTP = {
    "smtp_host": "smtp.example.com",
    "smtp_port": 587,
    "default_from_address": "robot@example.com",
}
PAGE = ["Antiforgery", "Identity.Login", "Identity.ClientAccessToken"]
ACCEPTS = "identity_accepts_orchestrator_token"


def host(fake, **more):
    return server(fake, level="host", tenant=None, **more)


def test_the_page_is_taken_where_nothing_else_is_left(newest):
    """The host of API 20 is reached through the Identity server's own sign-in."""
    done = mail_settings(server=host(newest), **SMTP).result

    assert done["changed"] is True, done
    assert newest.identity_settings("host")["Email.Smtp.Host"] == "smtp.example.com"


@pytest.mark.parametrize("status", [401, 403])
def test_an_identity_server_that_wants_its_own_token_gets_one(new, status):
    """A token of the Orchestrator is refused in either way, and replaced once."""
    new.switch(**{ACCEPTS: status})

    done = mail_settings(server=host(new), **SMTP).result

    assert done["changed"] is True, done
    assert new.operations[:6] == ["Authenticate", "Identity.Read", *PAGE, "Identity.Read"]
    assert new.count("Authenticate") == new.count("Identity.Login") == 1
    assert new.identity_settings("host")["Email.Smtp.Host"] == "smtp.example.com"


def test_a_403_about_the_caller_takes_no_other_road(new):
    """Only the recorded words about a scope do: who may not, may not with another token either."""
    new.fault("Identity.Read", "403", times=None)

    done = mail_settings(server=host(new), **SMTP).result

    assert (done["error"], new.count("Identity.Login")) == ("host_closed", 0)


def test_a_road_that_is_closed_too_leaves_the_first_refusal(new):
    """Where there is no page, the words of Identity are what helps."""
    new.switch(**{ACCEPTS: 403})
    new.fault("Antiforgery", "404", times=None)

    done = mail_settings(server=host(new), **SMTP).result

    assert (done["error"], done["status"]) == ("forbidden", 403)
    assert "'IdentityServerApi' scope not found" in done["msg"]


def test_a_token_that_ends_is_replaced_by_one_of_the_same_road():
    """An Orchestrator without Identity has no page to go to."""
    with FakeOrchestrator(version="2020.10") as old:
        old.switch(token_uses=2)

        done = mail_settings(server=host(old), smtp_domain="x").result

        assert done["changed"] is True, done
        assert (old.count("Authenticate"), old.count("Unknown")) == (2, 0)


def test_the_road_that_was_found_is_kept(new):
    """The next token comes from the page as well, without a detour."""
    options = arguments(_argspec.mail_settings_info(), {"server": host(new)})["server"]
    sites = Sites(options, transport(options))
    way = sign_in(options, sites, [], lambda secret: None)

    for refused_by in (None, sites.identity, None):
        way.token(refused_by)

    assert new.operations == ["Authenticate", *PAGE, *PAGE]


@pytest.mark.parametrize("way", ["refuse", "result_200", "result_400"])
def test_a_wrong_password_on_the_page_is_refused_in_the_server_s_words(newest, way):
    """Some answer 200, and deny it in the body; no token is asked for then."""
    newest.switch(wrong_page_login=way)

    done = mail_settings(server=host(newest, password="wrong-pass-1"), **SMTP).result

    assert done["error"] == "sign_in_refused"
    assert "Invalid username/email or password" in done["msg"]
    assert "host administrator" in done["msg"]
    assert newest.count("Identity.ClientAccessToken") == 0


def test_a_server_without_either_road_says_what_is_left(newest):
    """A ready token."""
    newest.fault("Antiforgery", "404", times=None)

    done = mail_settings(server=host(newest), **SMTP).result

    assert (done["error"], done["status"]) == ("authenticate_absent", 404)
    assert "Give server.access_token of a host administrator" in done["msg"]


def test_the_cookies_of_the_page_appear_nowhere():
    """They sign in as well as a token does; a refusal may repeat them."""
    gone, forgery, session = answer(b"", "404 Not Found"), "CANARY-forgery", "CANARY-of-the-session"
    cookies = [
        f"Set-Cookie: {name}; path=/" for name in (f"XSRF-TOKEN={forgery}", f"I.S={session}")
    ]
    told = f'{{"message": "Not {forgery} and {session}"}}'.encode()
    page = [answer(b"", "200 OK", cookie) for cookie in cookies]
    with RawServer(gone, gone, *page, answer(told, "401 Unauthorized")) as peer:
        done = mail_settings(server=host(peer), **SMTP).result

        assert session in peer.requests[-1].decode()
    assert "Not ***" in done["msg"]
    assert not [word for word in ("CANARY", "forgery", "session") if word in str(done)]
