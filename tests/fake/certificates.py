# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Certificates for the fakes, made on the fly: a good one, and every bad one to refuse.

All come from one authority per process; ``write_ca`` gives its public part to clients.
"""

from __future__ import annotations

import datetime as dt
import functools
import ssl
import typing as t

import trustme
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa

if t.TYPE_CHECKING:
    from pathlib import Path

NAMES = ("localhost", "127.0.0.1", "::1")
KINDS = ("good", "wrong_host", "expired", "not_yet_valid", "self_signed", "foreign_ca")
BAD_KINDS = KINDS[1:]


@functools.cache
def authority() -> trustme.CA:
    """The one authority of this process; only its own clients are told to trust it."""
    return trustme.CA(organization_name="Fakes of rpaops.orchestrator")


def write_ca(path: Path) -> Path:
    """Write the public certificate of the authority to ``path`` (PEM) and return it."""
    path.write_bytes(authority().cert_pem.bytes())
    return path


@functools.cache
def server_context(kind: str = "good", names: tuple[str, ...] = NAMES) -> ssl.SSLContext:
    """A TLS server side whose certificate is good or broken in the one way ``kind`` says."""
    return fresh_context(kind, names)


def fresh_context(kind: str = "good", names: tuple[str, ...] = NAMES) -> ssl.SSLContext:
    """The same, not shared: a test may change it."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    if kind == "self_signed":
        key = ec.generate_private_key(ec.SECP256R1())
        with trustme.Blob(_self_signed(names, key)).tempfile() as path:
            context.load_cert_chain(path)
        return context
    leaf(kind, names).configure_cert(context)
    return context


def leaf(kind: str = "good", names: tuple[str, ...] = NAMES) -> trustme.LeafCert:
    """The certificate of ``kind`` with its key, for servers that read files."""
    now = dt.datetime.now(dt.timezone.utc)
    day = dt.timedelta(days=1)
    issue = authority().issue_cert
    makers: dict[str, t.Callable[[], trustme.LeafCert]] = {
        "good": lambda: issue(*names, not_after=now + 90 * day),
        "wrong_host": lambda: issue("mail.elsewhere.test"),
        "expired": lambda: issue(*names, not_before=now - 90 * day, not_after=now - day),
        "not_yet_valid": lambda: issue(*names, not_before=now + day, not_after=now + 90 * day),
        "foreign_ca": lambda: trustme.CA().issue_cert(*names),
    }
    return makers[kind]()


def weak_key(path: Path, names: tuple[str, ...] = NAMES) -> ssl.SSLContext:
    """A server side that is trusted by who takes ``path`` for a CA, with a key of 1024 bits."""
    path.write_bytes(_self_signed(names, rsa.generate_private_key(65537, 1024)))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.set_ciphers("DEFAULT:@SECLEVEL=0")
    context.load_cert_chain(path)
    return context


def _self_signed(
    names: tuple[str, ...], key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
) -> bytes:
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, names[0])])
    now = dt.datetime.now(dt.timezone.utc)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=90))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(names[0])]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    private = key.private_bytes(
        pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return private + certificate.public_bytes(pem)
