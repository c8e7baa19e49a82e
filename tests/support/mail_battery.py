# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The same questions to every real mail server: what ``mail_test`` must find out about it.

A server under test is a ``RealServer``.  It knows these recipients at ``test.invalid``: ``ops``
takes mail, ``nouser`` does not exist, ``full`` is full, ``grey`` is put off the first time;
``robot`` may log in and send as itself only; messages above 100,000 bytes are too big.
"""

from __future__ import annotations

import typing as t
from dataclasses import dataclass

from support.run import mail_test

USERNAME = "robot@test.invalid"
PASSWORD = "correct-horse-battery"
SIZE_LIMIT = 100_000


@dataclass(frozen=True)
class RealServer:
    """A running mail server; ``holds`` tells whether a message with a token was taken."""

    port: int
    tls_port: int
    ca_path: str
    holds: t.Callable[[str], bool]
    imap_port: int | None = None
    host: str = "localhost"


def ask(server: RealServer, **more: t.Any) -> dict[str, t.Any]:
    """The result of a test of ``server`` with good settings, but for ``more``."""
    good = {
        "smtp_host": server.host,
        "smtp_port": server.port,
        "smtp_username": USERNAME,
        "smtp_password": PASSWORD,
        "default_from_address": USERNAME,
        "recipients": ["ops@test.invalid"],
        "ca_path": server.ca_path,
        "timeout": 20,
    }
    return dict(mail_test(**{**good, **more}).result)


class Battery:
    """Inherit, and give a fixture ``server``."""

    def test_a_message_is_accepted_after_starttls_and_login(self, server: RealServer) -> None:
        """With LOGIN, which Orchestrator's mail client knows."""
        done = ask(server)

        assert (done.get("logged_in"), done.get("accepted")) == (True, True), done["msg"]
        assert server.holds(token_of(done))
        assert "with LOGIN" in stage(done, "login")["detail"]

    def test_a_message_is_accepted_over_implicit_tls(self, server: RealServer) -> None:
        """On the port that speaks TLS at once."""
        done = ask(server, smtp_port=server.tls_port, tls_on_connect=True)

        assert done.get("accepted") is True, done["msg"]
        assert server.holds(token_of(done))

    def test_the_certificate_is_described(self, server: RealServer) -> None:
        """Its names, and how long it lasts."""
        tls = ask(server, stop_after="tls")["tls"]

        assert server.host in tls["names"]
        assert 80 <= tls["days_left"] <= 90

    def test_a_certificate_of_an_unknown_authority_is_refused(self, server: RealServer) -> None:
        """Without its CA file, nothing is said to the server after STARTTLS."""
        done = ask(server, ca_path=None)

        assert (done["stage"], done["diagnosis"]["id"]) == ("tls", "cert-unknown-ca"), done["msg"]

    def test_starttls_on_the_wrong_port_ends_in_time(self, server: RealServer) -> None:
        """A port that waits for TLS says nothing."""
        done = ask(server, smtp_port=server.tls_port, tls_on_connect=False, timeout=1)

        assert done["stage"] == "banner", done["msg"]

    def test_tls_on_the_plain_port_is_named(self, server: RealServer) -> None:
        """The other way round."""
        done = ask(server, tls_on_connect=True)

        assert (done["stage"], done["diagnosis"]["id"]) == ("implicit_tls", "tls-to-plain-port")

    def test_a_wrong_password_is_told(self, server: RealServer) -> None:
        """With the server's own words."""
        done = ask(server, smtp_password="wrong-horse-battery")

        assert (done["stage"], done["diagnosis"]["id"]) == ("login", "auth-failed"), done["msg"]
        assert "535" in done["msg"]
        assert "wrong-horse" not in str(done)

    def test_without_a_login_nothing_is_accepted(self, server: RealServer) -> None:
        """The reply means a missing login, whichever words the server has for it."""
        done = ask(server, smtp_username=None, smtp_password=None)

        assert done["diagnosis"]["id"] in ("not-authenticated", "sender-not-owned"), done["msg"]

    def test_a_login_in_clear_is_not_offered(self, server: RealServer) -> None:
        """Before TLS there is no AUTH to use."""
        done = ask(server, enable_ssl=False)

        assert done["diagnosis"]["id"] in ("auth-missing", "must-starttls"), done["msg"]

    def test_a_message_too_big_is_told(self, server: RealServer) -> None:
        """From the size in MAIL FROM, before it is sent."""
        done = ask(server, body="x" * 70 + "\n" + ("y" * 70 + "\n") * 1500)

        assert (done["stage"], done["diagnosis"]["id"]) == ("sender", "too-big"), done["msg"]

    def test_a_recipient_that_does_not_exist_is_told(self, server: RealServer) -> None:
        """And nothing is sent to the other one either."""
        done = ask(server, recipients=["ops@test.invalid", "nouser@test.invalid"])

        assert done["diagnosis"]["id"] == "no-such-user", done["msg"]
        assert [r["code"] for r in done["recipients"]] == [250, 550]
        assert not server.holds(token_of(done))

    def test_a_full_mailbox_is_told(self, server: RealServer) -> None:
        """The settings are fine; later may help."""
        done = ask(server, recipients=["full@test.invalid"])

        assert done["diagnosis"]["id"] == "mailbox-full", done["msg"]

    def test_greylisting_is_told_and_passes_the_second_time(self, server: RealServer) -> None:
        """The module does not try again by itself."""
        first = ask(server, recipients=["grey@test.invalid"])
        second = ask(server, recipients=["grey@test.invalid"])

        assert first["diagnosis"]["id"] == "greylisted", first["msg"]
        assert second.get("accepted") is True, second["msg"]

    def test_a_sender_of_somebody_else_is_told(self, server: RealServer) -> None:
        """From has to belong to the login."""
        done = ask(server, default_from_address="boss@test.invalid")

        assert done["diagnosis"]["id"] == "sender-not-owned", done["msg"]

    def test_accents_arrive(self, server: RealServer) -> None:
        """In subject, body and name."""
        done = ask(server, subject="Prüfung", body="Größe", default_from_display_name="Röbot")

        assert done.get("accepted") is True, done["msg"]
        assert server.holds(token_of(done))


def token_of(done: t.Mapping[str, t.Any]) -> str:
    return str(done["message_id"]).strip("<").partition("@")[0]


def stage(done: t.Mapping[str, t.Any], name: str) -> t.Mapping[str, t.Any]:
    return next(found for found in done["stages"] if found["name"] == name)
