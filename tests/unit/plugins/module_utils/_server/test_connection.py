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
import yaml
from ansible_collections.rpaops.orchestrator.plugins.module_utils._deadline import Deadline
from ansible_collections.rpaops.orchestrator.plugins.module_utils._errors import (
    Ambiguous,
    Failure,
)
from ansible_collections.rpaops.orchestrator.plugins.module_utils._server.client import (
    Client,
    Request,
)
from ansible_collections.rpaops.orchestrator.plugins.module_utils._server.connection import (
    Transport,
)
from cryptography.hazmat.primitives import serialization
from fake.orchestrator import FakeOrchestrator
from support.places import ROOT
from support.raw_http import CLOSE, TLS_HANDSHAKE, RawServer, answer

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
    """https to a plain port is one clear sentence, with the address to write."""
    with RawServer() as server, pytest.raises(Failure, match="it answers plain HTTP") as caught:
        get(server.url.replace("http:", "https:"))

    assert caught.value.error == "tls_failed"
    assert f"Write {server.url} in server.url" in str(caught.value)


def test_a_plain_server_that_waits_for_more_is_noticed_as_well():
    """Many read on after a TLS greeting, and would let the deadline pass."""
    with FakeOrchestrator() as fake, pytest.raises(Failure, match="it answers plain HTTP"):
        Client(fake.url.replace("http:", "https:"), Transport(use_proxy=False), Deadline(60)).ask(
            Request("GET", "/a")
        )


def test_a_server_that_is_slow_with_tls_is_waited_for(authority, ca_file):
    """What answers plain HTTP with 400 may well be a port of TLS, as with nginx."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(context)
    with SlowTls(context) as server:
        url = f"https://localhost:{server.port}"

        assert get(url, ca_path=ca_file) == {}
        assert server.plain


@pytest.mark.parametrize("method", ["ask", "tell"])
def test_a_port_of_tls_is_named_to_who_comes_without(authority, method):
    """Servers hang up on plain HTTP, and say nothing."""
    with served_with(authority.issue_cert("localhost")) as server:
        shared = Transport(use_proxy=False, retries=0)
        plain = Client(server.url.replace("https:", "http:"), shared, Deadline(30))
        with pytest.raises(Ambiguous):
            getattr(plain, method)(Request("GET", "/a"))
        with pytest.raises(Failure) as caught:
            getattr(plain, method)(Request("GET", "/a"))

    assert caught.value.error == "unreachable"
    assert f"it expects TLS; write {server.url} in server.url" in str(caught.value)


def test_a_port_of_tls_that_says_so_is_named_at_once(authority):
    """nginx and others answer 400 with a page."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(context)
    with SlowTls(context) as server, pytest.raises(Failure, match="it expects TLS"):
        get(f"http://localhost:{server.port}", retries=0)


def test_a_plain_port_is_asked_for_tls_once_at_most():
    """A server that hangs up again and again is out of reach, and nothing else."""
    with RawServer(*[CLOSE] * 5) as server, pytest.raises(Failure, match="closed the connection"):
        get(server.url, retries=3)

    assert [request[:1] for request in server.requests].count(b"\x16") == 1


def test_a_missing_ca_file_names_the_option_and_the_path():
    """A typing mistake in a path is not a network error."""
    with pytest.raises(Failure, match=r"server\.ca_path: /does/not/exist\.pem holds no CA"):
        get("https://localhost:1", ca_path="/does/not/exist.pem")


def test_a_missing_client_certificate_names_the_option_and_the_path():
    """Whichever of the two files it is."""
    with pytest.raises(Failure, match=r"server\.client_cert.*: /a\.pem and /b\.pem hold no"):
        get("https://localhost:1", client_cert="/a.pem", client_key="/b.pem")


def test_an_encrypted_client_key_is_refused_and_never_asked_for(authority, tmp_path):
    """A prompt on the terminal would wait beyond every deadline."""
    certificate = authority.issue_cert("client")
    key = serialization.load_pem_private_key(certificate.private_key_pem.bytes(), None)
    encrypted = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.BestAvailableEncryption(b"passphrase"),
    )
    files = {"client_cert": tmp_path / "cert.pem", "client_key": tmp_path / "key.pem"}
    files["client_key"].write_bytes(encrypted)
    certificate.cert_chain_pems[0].write_to_path(files["client_cert"])

    with pytest.raises(Failure, match=r"server\.client_key: it is encrypted"):
        get("https://localhost:1", **files)


def test_requests_say_who_asks():
    """Firewalls in front of cloud services refuse requests without a User-Agent."""
    version = yaml.safe_load((ROOT / "galaxy.yml").read_text())["version"]
    with RawServer() as server:
        get(server.url)

        assert f"\r\nUser-Agent: rpaops.orchestrator/{version}\r\n".encode() in server.requests[0]


def test_a_plain_request_goes_to_the_proxy_with_its_whole_address(monkeypatch):
    """http_proxy is honoured."""
    with RawServer(answer()) as proxy:
        monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{proxy.port}")
        get("http://orchestrator.example.com", use_proxy=True)

        assert proxy.requests[0].startswith(b"GET http://orchestrator.example.com/a ")


@pytest.mark.parametrize("bypass", [urllib.request.proxy_bypass, lambda host: False])
def test_no_proxy_is_honoured(monkeypatch, bypass):
    """Also on macOS, where the library asks the system, with a function that takes a host alone."""
    monkeypatch.setattr(urllib.request, "proxy_bypass", bypass)
    with RawServer(answer()) as server:
        monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
        monkeypatch.setenv("no_proxy", "localhost")
        assert get(server.url, use_proxy=True) == {}


def test_tls_goes_through_the_proxy_as_a_tunnel(authority, ca_file, monkeypatch):
    """The proxy sees the host, not the request."""
    with served_with(authority.issue_cert("localhost")) as server:
        with RawServer(lambda peer: _tunnel(peer, server.port)) as proxy:
            monkeypatch.setenv("https_proxy", f"http://127.0.0.1:{proxy.port}")
            monkeypatch.setenv("no_proxy", "")
            assert get(server.url, use_proxy=True, ca_path=ca_file) == {"ok": True}

            assert proxy.requests[0].startswith(f"CONNECT localhost:{server.port} ".encode())
            assert b"\r\nUser-Agent: rpaops.orchestrator/" in proxy.requests[0]
            assert b"Proxy-" not in server.requests[0]


def test_user_and_password_go_to_the_proxy_and_no_further(authority, ca_file, monkeypatch):
    """Beside CONNECT, not inside the tunnel."""
    with served_with(authority.issue_cert("localhost")) as server:
        with RawServer(lambda peer: _tunnel(peer, server.port)) as proxy:
            monkeypatch.setenv("https_proxy", f"http://puser:p%40ss@127.0.0.1:{proxy.port}")
            monkeypatch.setenv("no_proxy", "")
            assert get(server.url, use_proxy=True, ca_path=ca_file) == {"ok": True}

            assert b"\r\nProxy-Authorization: Basic cHVzZXI6cEBzcw==\r\n" in proxy.requests[0]
        assert b"Proxy-" not in server.requests[0]


def test_a_plain_request_carries_user_and_password_of_the_proxy(monkeypatch):
    """There is no tunnel beside which they could be said."""
    with RawServer(answer()) as proxy:
        monkeypatch.setenv("http_proxy", f"http://puser:ppass@127.0.0.1:{proxy.port}")
        get("http://orchestrator.example.com", use_proxy=True)

        assert b"\r\nProxy-Authorization: Basic cHVzZXI6cHBhc3M=\r\n" in proxy.requests[0]


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_proxy_that_wants_a_password_is_told_from_the_server(monkeypatch, scheme):
    """407 comes from nobody else, whether or not there is to be a tunnel."""
    asked = f"answered 407 .*; give its user and password in the address of {scheme}_proxy"
    with RawServer(answer(b"", "407 Proxy Authentication Required")) as proxy:
        monkeypatch.setenv(f"{scheme}_proxy", f"http://127.0.0.1:{proxy.port}")
        with pytest.raises(Failure, match=asked):
            get(f"{scheme}://orchestrator.example.com", use_proxy=True)


def test_a_proxy_that_is_not_there_is_named(monkeypatch):
    """The server may well be up."""
    monkeypatch.setenv("https_proxy", "http://127.0.0.1:1")
    with pytest.raises(Failure, match=r"the proxy http://127\.0\.0\.1:1: Connection refused"):
        get("https://orchestrator.example.com", use_proxy=True, retries=0)


class SlowTls(RawServer):
    """Waits with its TLS greeting until somebody asked in plain HTTP, and answers that with 400."""

    def __init__(self, context):
        super().__init__()
        self.context, self.plain = context, threading.Event()

    def _talk(self, peer):
        with contextlib.suppress(OSError), peer:
            if peer.recv(1, socket.MSG_PEEK) != TLS_HANDSHAKE:
                self.plain.set()
                peer.recv(65536)
                page = answer(b"<h1>Wrong port</h1>", "400 Bad Request", "Content-Type: text/html")
                peer.sendall(page)
                return
            self.plain.wait(30)
            with self.context.wrap_socket(peer, server_side=True) as secured:
                while secured.recv(65536):
                    secured.sendall(answer())


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
