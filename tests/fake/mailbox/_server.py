# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The mail server itself: three listeners (submission, implicit TLS, IMAP) in one thread."""

from __future__ import annotations

import asyncio
import logging
import tempfile
import threading
import typing as t
import warnings
from pathlib import Path

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from fake import certificates

from ._imap import Imap
from ._store import Login, Message, Store

if t.TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

MECHANISMS = ("LOGIN", "PLAIN")
GREYLISTED = "450 4.2.0 Greylisted, please try again later"
FOREIGN_SENDER = "553 5.7.1 Sender address rejected: not owned by user {user}"


class _Handler:
    def __init__(self, mailbox: Mailbox) -> None:
        self.mailbox = mailbox

    async def handle_MAIL(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        user = _user(session)
        if self.mailbox.own_sender_only and user is not None and address != user:
            return FOREIGN_SENDER.format(user=user)
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.mailbox.greylist:
            self.mailbox.greylist.discard(address)
            return GREYLISTED
        if address in self.mailbox.refuse:
            return self.mailbox.refuse[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        content = envelope.content
        assert isinstance(content, bytes)
        encrypted = _encrypted(server)
        sender = envelope.mail_from or ""
        recipients = tuple(envelope.rcpt_tos)
        self.mailbox.store.add(Message(sender, recipients, content, _user(session), encrypted))
        return "250 2.0.0 Message accepted"


def _user(session: Session) -> str | None:
    return session.auth_data.decode() if isinstance(session.auth_data, bytes) else None


def _encrypted(server: SMTP) -> bool:
    assert server.transport is not None
    return server.transport.get_extra_info("ssl_object") is not None


class Mailbox:
    """A running mail server; use it as a context manager.

    Addresses: ``host``, ``port`` (STARTTLS), ``tls_port`` (implicit TLS), ``imap_port`` (IMAP over
    TLS); ``ca_path`` is the certificate to trust.  ``username`` and ``password`` log in to all.
    ``certificate`` is one of ``fake.certificates.KINDS``; ``mechanisms`` those to offer;
    ``starttls=False`` leaves TLS out and then takes logins in clear; ``refuse`` maps a recipient to
    the reply it gets; ``greylist`` holds recipients that are put off once; ``own_sender_only``
    refuses a sender other than the login; ``require_login=False`` is an open relay.
    """

    host = "localhost"

    def __init__(
        self,
        *,
        username: str = "robot@example.com",
        password: str = "correct-horse-battery",
        certificate: str = "good",
        mechanisms: Sequence[str] = MECHANISMS,
        starttls: bool = True,
        require_login: bool = True,
        own_sender_only: bool = False,
        size_limit: int = 10_000_000,
        refuse: Mapping[str, str] | None = None,
        greylist: Sequence[str] = (),
        ports: tuple[int, int, int] = (0, 0, 0),
    ) -> None:
        self.username = username
        self.password = password
        self.mechanisms = tuple(mechanisms)
        self.starttls = starttls
        self.require_login = require_login
        self.own_sender_only = own_sender_only
        self.size_limit = size_limit
        self.refuse = dict(refuse or {})
        self.greylist = set(greylist)
        self.store = Store()
        self.port, self.tls_port, self.imap_port = ports
        self._tls = certificates.server_context(certificate)
        self._folder = tempfile.TemporaryDirectory(prefix="mailbox-")
        self.ca_path = str(certificates.write_ca(Path(self._folder.name, "ca.pem")))
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._servers: list[asyncio.Server] = []

    @property
    def messages(self) -> list[Message]:
        """What was accepted so far, oldest first."""
        return self.store.messages

    @property
    def logins(self) -> list[Login]:
        """Every attempt to log in so far, good or bad, SMTP only."""
        return self.store.logins

    def wait_for(self, count: int = 1, timeout: float = 10.0) -> list[Message]:
        """The messages once there are ``count``."""
        return self.store.wait_for(count, timeout)

    def __enter__(self) -> Mailbox:
        logging.getLogger("mail.log").setLevel(logging.CRITICAL)
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self._open(), self._loop).result(10)
        return self

    def __exit__(self, *unused: object) -> None:
        asyncio.run_coroutine_threadsafe(self._shut(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()
        self._folder.cleanup()

    async def _open(self) -> None:
        self.port = await self._listen(self._submission, self.port)
        self.tls_port = await self._listen(self._implicit, self.tls_port, encrypted=True)
        self.imap_port = await self._listen(lambda: Imap(self), self.imap_port, encrypted=True)

    async def _listen(
        self, factory: t.Callable[[], t.Any], port: int, encrypted: bool = False
    ) -> int:
        tls = self._tls if encrypted else None
        server = await self._loop.create_server(factory, "127.0.0.1", port, ssl=tls)
        self._servers.append(server)
        return int(server.sockets[0].getsockname()[1])

    async def _shut(self) -> None:
        for server in self._servers:
            server.close()
        for task in asyncio.all_tasks() - {asyncio.current_task()}:
            task.cancel()

    def _submission(self) -> SMTP:
        return self._smtp(tls_context=self._tls if self.starttls else None)

    def _implicit(self) -> SMTP:
        return self._smtp(tls_context=None, auth_require_tls=False)

    def _smtp(self, **options: t.Any) -> SMTP:
        tls = options["tls_context"] is not None
        options.setdefault("auth_require_tls", tls)
        # aiosmtpd warns of logins without STARTTLS, which here is either TLS already or the test.
        warnings.filterwarnings("ignore", "Requiring AUTH while", UserWarning)
        return SMTP(
            _Handler(self),
            hostname="mailbox.test",
            data_size_limit=self.size_limit,
            enable_SMTPUTF8=False,
            require_starttls=tls,
            auth_required=self.require_login,
            auth_exclude_mechanism=set(MECHANISMS) - set(self.mechanisms),
            authenticator=self._authenticate,
            loop=self._loop,
            **options,
        )

    def _authenticate(
        self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: t.Any
    ) -> AuthResult:
        assert isinstance(data, LoginPassword)
        good = (self.username.encode(), self.password.encode()) == (data.login, data.password)
        user = data.login.decode(errors="replace")
        self.store.logins.append(Login(user, mechanism, good, _encrypted(server)))
        return AuthResult(success=good, handled=False, auth_data=data.login if good else None)
