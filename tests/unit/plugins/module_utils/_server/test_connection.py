# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""TLS and proxies, against real certificates and a real proxy in a thread."""

from __future__ import annotations

import contextlib
import datetime
import socket
import ssl
import threading
import urllib.request

import pytest
import trustme
from ansible_collections.rpaops.orchestrator.plugins.module_utils._deadline import Deadline
from ansible_collections.rpaops.orchestrator.plugins.module_utils._errors import Failure
from ansible_collections.rpaops.orchestrator.plugins.module_utils._server.connection import (
    Transport,
)
from ansible_collections.rpaops.orchestrator.plugins.module_utils._server.http import (
    Client,
    Request,
)
from support.raw_http import RawServer, answer

NOW = datetime.datetime.now(tz=datetime.timezone.utc)
DAY = datetime.timedelta(days=1)


@pytest.fixture(scope="module")
def authority():
    return trustme.CA()


@pytest.fixture
def ca_file(authority, tmp_path):
    path = tmp_path / "ca.pem"
    authority.cert_pem.write_to_path(str(path))
    return str(path)


def served_with(certificate):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
    return RawServer(answer(b'{"ok": true}'), tls=context)


def get(url, **options):
    options.setdefault("use_proxy", False)
    return Client(url, Transport(**options), Deadline(10)).ask(Request("GET", "/a")).json()


def test_a_good_certificate_of_a_given_authority_is_accepted(authority, ca_file):
    """server.ca_path adds to what the system trusts."""
    with served_with(authority.issue_cert("localhost")) as server:
        assert get(server.url, ca_path=ca_file) == {"ok": True}


@pytest.mark.parametrize(
    ("names", "more"),
    [
        (["wrong.example.com"], {}),
        (["localhost"], {"not_before": NOW - 9 * DAY, "not_after": NOW - DAY}),
        (["localhost"], {"not_before": NOW + DAY, "not_after": NOW + 9 * DAY}),
    ],
    ids=["wrong-host", "expired", "not-yet-valid"],
)
def test_a_bad_certificate_is_refused(authority, ca_file, names, more):
    """No request, and so no token, goes to a server that cannot prove its name."""
    with served_with(authority.issue_cert(*names, **more)) as server:
        with pytest.raises(Failure, match="server.ca_path") as caught:
            get(server.url, ca_path=ca_file)

        assert (caught.value.error, server.requests) == ("tls_failed", [])


def test_an_unknown_authority_is_refused(authority):
    """Without server.ca_path only the system's trust store counts."""
    with served_with(authority.issue_cert("localhost")) as server:
        with pytest.raises(Failure, match="TLS to https://localhost"):
            get(server.url)


def test_validate_certs_off_is_honoured(authority):
    """Who switches the check off, gets it off."""
    with served_with(authority.issue_cert("localhost")) as server:
        assert get(server.url, validate_certs=False) == {"ok": True}


def test_a_plain_server_on_a_tls_port_is_named():
    """https to a plain port is one clear sentence."""
    with RawServer() as server, pytest.raises(Failure) as caught:
        get(server.url.replace("http:", "https:"))

    assert caught.value.error == "tls_failed"


def test_a_missing_ca_file_names_the_option():
    """A typing mistake in a path is not a network error."""
    with pytest.raises(Failure, match=r"server\.ca_path"):
        get("https://localhost:1", ca_path="/does/not/exist.pem")


def test_a_plain_request_goes_to_the_proxy_with_its_whole_address(monkeypatch):
    """http_proxy is honoured."""
    with RawServer(answer()) as proxy:
        monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{proxy.port}")
        get("http://orchestrator.example.com", use_proxy=True)

        assert proxy.requests[0].startswith(b"GET http://orchestrator.example.com/a ")


def test_no_proxy_is_honoured(monkeypatch):
    """Hosts named in no_proxy are reached directly."""
    with RawServer(answer()) as server:
        monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
        monkeypatch.setenv("no_proxy", "localhost")
        assert get(server.url, use_proxy=True) == {}


def test_no_proxy_is_honoured_as_on_macos(monkeypatch):
    """There the library asks the system as well, and its function takes a host alone."""
    monkeypatch.setattr(urllib.request, "proxy_bypass", lambda host: False)
    test_no_proxy_is_honoured(monkeypatch)


def test_tls_goes_through_the_proxy_as_a_tunnel(authority, ca_file, monkeypatch):
    """The proxy sees the host, not the request."""
    with served_with(authority.issue_cert("localhost")) as server:
        with RawServer(lambda peer: _tunnel(peer, server.port)) as proxy:
            monkeypatch.setenv("https_proxy", f"http://127.0.0.1:{proxy.port}")
            monkeypatch.setenv("no_proxy", "")
            assert get(server.url, use_proxy=True, ca_path=ca_file) == {"ok": True}

            assert proxy.requests[0].startswith(f"CONNECT localhost:{server.port} ".encode())


def test_a_proxy_that_refuses_is_named(monkeypatch):
    """407 is the proxy's word, not the server's."""
    with RawServer(answer(b"", "407 Proxy Authentication Required")) as proxy:
        monkeypatch.setenv("https_proxy", f"http://127.0.0.1:{proxy.port}")
        with pytest.raises(Failure, match="the proxy answered HTTP/1.1 407"):
            get("https://orchestrator.example.com", use_proxy=True)


def _tunnel(peer, port):
    peer.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
    with socket.create_connection(("127.0.0.1", port)) as onward:
        back = threading.Thread(target=_pump, args=(onward, peer))
        back.start()
        _pump(peer, onward)
        back.join()


def _pump(source, sink):
    with contextlib.suppress(OSError):
        while data := source.recv(65536):
            sink.sendall(data)
        sink.shutdown(socket.SHUT_WR)
