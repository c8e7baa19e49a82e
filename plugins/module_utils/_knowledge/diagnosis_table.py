# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What went wrong with a mail, as data; ``diagnosis_row`` explains the words, ``diagnosis`` looks it up.

Rows are tried in order, and the first of which a sign fits wins, so specific rows stand before
general ones.  Each ``sample`` is caught first by its own row.
"""

from __future__ import annotations

from .diagnosis_row import Row, Sign, near

#: When the rows were gathered.
CHECKED = "2026-11-26"

_SISIMAI = "https://github.com/sisimai/rb-sisimai (collected from the lists of the providers)"
_GOOGLE = "https://support.google.com/a/answer/3726730"
_EXCHANGE = (
    "https://learn.microsoft.com/en-us/exchange/mail-flow-best-practices/"
    "non-delivery-reports-in-exchange-online/non-delivery-reports-in-exchange-online"
)
_DOTNET_TEXTS = "https://github.com/dotnet/runtime/blob/main/src/libraries/System.Net.Mail/src/Resources/Strings.resx"
_MAILKIT_TLS = (
    "https://github.com/jstedfast/MailKit/blob/master/MailKit/Security/SslHandshakeException.cs"
)
_SSL_POLICY = "https://learn.microsoft.com/en-us/dotnet/api/system.net.security.sslpolicyerrors"
_CHAIN_STATUS = "https://learn.microsoft.com/en-us/dotnet/api/system.security.cryptography.x509certificates.x509chainstatusflags"
_WINSOCK = "https://learn.microsoft.com/en-us/windows/win32/winsock/windows-sockets-error-codes-2"

_CERT = ("SSLCertVerificationError", "SSLError")
_TIMEOUT = ("TimeoutError", "timeout")
_GOOGLES = ("gmail", "google_workspace", "google_workspace_relay")
_MICROSOFTS = ("microsoft365", "microsoft365_relay", "outlook_com")

_BLOCK_LIST = "(?:black|block) ?list"
#: What is said of a mailbox or an account that takes no mail any more.
_SWITCHED_OFF = (
    "disabled",
    "inactive",
    "suspended",
    "deactivated",
    "not active",
    "not accepting",
    "discontinued",
    r"\bclosed",
    "expired",
    "suppress",
)
#: Words by which such a reply is about the sender's account.
_OF_SENDING = (r"\bsender\b", r"\b(?:outbound|outgoing|sending|might be|may be)")
#: A reply that speaks of no machine, up to what follows.
_NO_MACHINE = r"^(?!.*(?:\bips?\b|\d\.\d+\.\d+\.\d|client|host|server)).*"

_CLIENT: tuple[Row, ...] = (
    # ---- the settings and the Orchestrator itself ------------------------------------------------
    Row(
        id="setting-empty",
        kind="config",
        retry="fix",
        cause="A mail setting that the Orchestrator's mail client insists on is empty.",
        fix="Declare the one that is named: Host is smtp_host, UserName smtp_username, Password smtp_password, DefaultFromAddress default_from_address.",
        source="https://github.com/aspnetboilerplate/aspnetboilerplate/blob/dev/src/Abp/Net/Mail/EmailSenderConfiguration.cs",
        signs=(
            Sign(
                "Setting value for 'Abp.Net.Mail.DefaultFromAddress' is null or empty!",
                condition="setting_empty",
            ),
        ),
    ),
    Row(
        id="setting-wrong",
        kind="config",
        retry="fix",
        cause="The Orchestrator's mail client takes a setting, or the address of the test, for malformed.",
        fix="Give one plain address as default_from_address and as recipient, the bare host name as smtp_host, and no line end in the display name.",
        source=_DOTNET_TEXTS,
        signs=(
            Sign(
                "The specified string is not in the form required for an e-mail address.",
                condition="setting_wrong",
            ),
        ),
    ),
    Row(
        id="orchestrator-failed",
        kind="server",
        retry="fix",
        cause="The Orchestrator, or a gateway in front of it, failed by itself; nothing is said about the mail server.",
        fix="Look into the Orchestrator's own log for this moment, or run the same test with via: smtp from a machine in its network.",
        source="HTTP (RFC 9110); the base framework hides unexpected errors behind one sentence",
        signs=(
            Sign(
                "An internal error occurred during your request!", condition="orchestrator_failed"
            ),
        ),
    ),
    # ---- after the message -----------------------------------------------------------------------
    Row(
        id="lost-after-data",
        kind="unknown",
        retry="never",
        cause="The connection broke after the message had been sent: it may or may not have been accepted.",
        fix="Look in the mailbox for the test's token before sending again.",
        source="measured lost=EOD",
        signs=(
            Sign(
                "Connection unexpectedly closed",
                stage=("end_of_data",),
                error=(
                    "SMTPServerDisconnected",
                    "ConnectionResetError",
                    "ConnectionAbortedError",
                    "BrokenPipeError",
                    "SSLError",
                    "TimeoutError",
                ),
            ),
        ),
    ),
    Row(
        id="garbled-after-data",
        kind="unknown",
        retry="never",
        cause="The answer to the message cannot be read: it may or may not have been accepted.",
        fix="Look in the mailbox for the test's token before sending again.",
        source="measured: garbage after the message",
        signs=(
            Sign(
                "HTTP/1.1 400 Bad Request",
                stage=("end_of_data",),
                condition="not_smtp",
                only_there=True,
            ),
        ),
    ),
    Row(
        id="disconnect",
        kind="network",
        retry="later",
        cause="{server}, or something between, closed the connection.",
        fix="Try again; if it always happens at the same stage, look at the server's log for that stage.",
        source="measured drop and reset; https://github.com/jstedfast/MailKit/issues/450",
        signs=(
            Sign(
                "Connection unexpectedly closed",
                error=(
                    "SMTPServerDisconnected",
                    "ConnectionResetError",
                    "ConnectionAbortedError",
                    "BrokenPipeError",
                    "SSLEOFError",
                    "SSLZeroReturnError",
                ),
            ),
            Sign(
                "[Errno 107] Transport endpoint is not connected",
                error=("OSError",),
                text=(
                    "endpoint is not connected",
                    "Errno 10[478]",
                ),
            ),
        ),
    ),
    # ---- reaching the server ---------------------------------------------------------------------
    Row(
        id="local-shield",
        kind="network",
        retry="fix",
        cause="A program on {machine} that inspects mail answered in place of {server}, which it could not reach.",
        fix="Look for an antivirus or mail shield on {machine}, and for a blocked port behind it.",
        source="public code index (reports of mail shields)",
        signs=(
            Sign(
                "421 Cannot connect to SMTP server 192.0.2.1 (192.0.2.1:25), connect error 10060",
                text=("cannot connect to smtp server .*connect error",),
            ),
        ),
    ),
    Row(
        id="dns",
        kind="network",
        retry="fix",
        cause="The SMTP host name cannot be resolved on {machine}.",
        fix="Check the spelling (no scheme, no port in the host), and the DNS of {machine}.",
        source="measured: Python socket.gaierror",
        signs=(
            Sign(
                "[Errno -2] Name or service not known",
                stage=("connect",),
                error=("gaierror", "UnicodeError"),
            ),
        ),
    ),
    Row(
        id="refused",
        kind="network",
        retry="later",
        cause="Nothing listens at {server}, or a firewall answers with a reset.",
        fix="Check the port (587 for STARTTLS) and the outbound firewall of {machine}.",
        source="measured",
        signs=(
            Sign(
                "[Errno 111] Connection refused",
                stage=("connect",),
                error=("ConnectionRefusedError",),
            ),
        ),
    ),
    Row(
        id="forbidden-here",
        kind="network",
        retry="fix",
        cause="A firewall or a security program on {machine} forbids the connection to {server}.",
        fix="Allow outgoing mail for the program that sends: the Orchestrator's web server, or Python here.",
        source=_WINSOCK,
        signs=(
            Sign(
                "[Errno 1] Operation not permitted", stage=("connect",), error=("PermissionError",)
            ),
        ),
    ),
    Row(
        id="connect-timeout",
        kind="network",
        retry="later",
        cause="{server} does not answer {machine}: packets are dropped. Clouds and providers often block 25, some block 465 and 587.",
        fix="Ask for outbound 587 (or 2525 where the provider has it) to be opened from {machine}.",
        source="https://docs.aws.amazon.com/ses/latest/dg/smtp-connect.html",
        signs=(Sign("timed out", stage=("connect",), error=_TIMEOUT),),
    ),
    Row(
        id="unreachable",
        kind="network",
        retry="later",
        cause="There is no route from {machine} to {server}.",
        fix="Check routing, VPN and IPv6 of {machine}; SMTP does not go through an HTTP proxy.",
        source="measured: network namespace",
        signs=(
            Sign(
                "[Errno 113] No route to host",
                stage=("connect",),
                error=("OSError",),
                text=(
                    "unreachable",
                    "no route to host",
                    "nicht erreichbar",
                    r"\((?:10051|10065|101|113)\)",
                ),
            ),
        ),
    ),
    Row(
        id="no-connection",
        kind="network",
        retry="later",
        cause="{machine} could not connect to {server}, without a closer reason.",
        fix="Check host, port and the outbound firewall of {machine}.",
        source="https://learn.microsoft.com/en-us/dotnet/api/system.net.webexceptionstatus",
        signs=(
            Sign("Unable to connect to the remote server", stage=("connect",), error=("OSError",)),
        ),
    ),
    Row(
        id="implicit-port-starttls-client",
        kind="config",
        retry="fix",
        cause="The port expects TLS at once (465), so a client that waits for a greeting waits in vain.",
        fix="Use 587. Orchestrators that send with System.Net.Mail cannot use 465 at all.",
        source="https://learn.microsoft.com/en-us/dotnet/api/system.net.mail.smtpclient.enablessl",
        signs=(
            Sign("timed out", stage=("banner",), error=_TIMEOUT, condition="port_is_implicit_tls"),
        ),
    ),
    Row(
        id="banner-timeout",
        kind="network",
        retry="later",
        cause="{server} accepted the connection but sent no greeting: overloaded, tarpitting, or the wrong kind of port.",
        fix="Try again; if it stays, check that the port is a submission port.",
        source="measured delay BANNER",
        signs=(Sign("timed out", stage=("banner",), error=_TIMEOUT),),
    ),
    # ---- encryption ------------------------------------------------------------------------------
    Row(
        id="tls-to-plain-port",
        kind="config",
        retry="fix",
        cause="TLS was started where {server} speaks plain SMTP first, or something answered STARTTLS without TLS.",
        fix="Use STARTTLS on 587, implicit TLS only on 465.",
        source="measured starttls_garbage; https://github.com/aspnetboilerplate/aspnetboilerplate/issues/4517",
        signs=(
            Sign(
                "[SSL: WRONG_VERSION_NUMBER] wrong version number (_ssl.c:1006)",
                stage=("tls",),
                error=("SSLError",),
                text=(
                    "wrong.version.number",
                    "not look like a tls handshake",
                    "record layer failure",
                    "unknown protocol",
                    "http request",
                    "unexpected packet format",
                    "corrupted frame",
                    "packet length too long",
                    r"port \d+ is typically reserved for plain-text",
                ),
            ),
        ),
    ),
    Row(
        id="cert-expired",
        kind="tls",
        retry="fix",
        cause="The mail server's certificate is past its end date, or the clock of {machine} is wrong.",
        fix="Renew the certificate; check the clock.",
        source="measured cert=expired",
        signs=(
            Sign(
                "[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: certificate has expired (_ssl.c:1006)",
                stage=("tls",),
                error=_CERT,
                text=(
                    "certificate (?:has|is) expired",
                    "CERT_E(?:_|)EXPIRED",
                    "0x80090328",
                    "0x800B0101",
                ),
            ),
        ),
    ),
    Row(
        id="cert-not-yet",
        kind="tls",
        retry="fix",
        cause="The certificate starts in the future, or the clock of {machine} is behind.",
        fix="Check the clock first.",
        source="measured cert=future",
        signs=(
            Sign(
                "certificate verify failed: certificate is not yet valid (_ssl.c:1006)",
                stage=("tls",),
                error=_CERT,
                text=("not yet valid",),
            ),
        ),
    ),
    Row(
        id="cert-dates",
        kind="tls",
        retry="fix",
        cause="The mail server's certificate is not valid today: it has expired or has not begun, or the clock of {machine} is wrong.",
        fix="Run the same test with via: smtp, which names the dates; renew the certificate or set the clock.",
        source=_CHAIN_STATUS,
        signs=(
            Sign(
                "The remote certificate is invalid because of errors in the certificate chain: NotTimeValid",
                stage=("tls",),
                error=_CERT,
                text=(
                    "NotTimeValid",
                    "not within its validity period",
                    "gültigkeitszeitraum",
                ),
            ),
        ),
    ),
    Row(
        id="cert-name",
        kind="tls",
        retry="fix",
        cause="The certificate of {server} was issued for another name.",
        fix="Put the name that is in the certificate into SMTP Host; an IP address rarely works with TLS.",
        source="measured cert=wronghost",
        signs=(
            Sign(
                "certificate verify failed: Hostname mismatch, certificate is not valid for 'localhost'. (_ssl.c:1006)",
                stage=("tls",),
                error=_CERT,
                text=(
                    "hostname mismatch",
                    "ip address mismatch",
                    "doesn't match",
                ),
            ),
        ),
    ),
    Row(
        id="dotnet-cert-name",
        kind="tls",
        retry="fix",
        cause="Reported by the Orchestrator: the mail server's certificate was issued for another name.",
        fix="Put the name that is in the certificate into SMTP Host.",
        source=f"{_SSL_POLICY}, {_MAILKIT_TLS}",
        signs=(
            Sign(
                "The remote certificate is invalid according to the validation procedure: RemoteCertificateNameMismatch",
                stage=("tls",),
                condition="certificate_name",
            ),
        ),
    ),
    Row(
        id="cert-revoked",
        kind="tls",
        retry="fix",
        cause="The mail server's certificate was revoked by its issuer.",
        fix="The administrator of the mail server installs a new certificate.",
        source=_CHAIN_STATUS,
        signs=(
            Sign(
                "The remote certificate is invalid because of errors in the certificate chain: Revoked",
                stage=("tls",),
                error=_CERT,
                text=(
                    "certificate (?:was |is |has been )?revoked",
                    r"\bRevoked\b",
                    "CERT_REVOKED",
                    "0x80092010",
                    "0x800B010C",
                ),
            ),
        ),
    ),
    Row(
        id="revocation",
        kind="tls",
        retry="fix",
        cause="Whether the mail server's certificate was revoked cannot be checked: {machine} does not reach the issuer's list, mostly over port 80.",
        fix="Open outbound port 80 besides 587 on {machine}.",
        source=f"https://docs.uipath.com/orchestrator/standalone/2023.4/user-guide/configuring-system-email-notifications-host, {_MAILKIT_TLS}",
        signs=(
            Sign(
                "MailKit.Security.SslHandshakeException: The server's SSL certificate could not be "
                "validated: The revocation function was unable to check revocation because the "
                "revocation server was offline.",
                stage=("tls",),
                error=_CERT,
                text=(
                    "RevocationStatusUnknown",
                    "OfflineRevocation",
                    "revocation (?:function|server|check)",
                    "0x8009201[23]",
                    "0x800B010E",
                    "certificate CRL",
                    "sperr(?:funktion|prüfung|server)",
                ),
            ),
        ),
    ),
    Row(
        id="cert-weak",
        kind="tls",
        retry="fix",
        cause="The key or the signature of the mail server's certificate is too weak for "
        "{machine}. Another machine may still take it: this verdict is not the "
        "Orchestrator's unless it sent.",
        fix="Renew the certificate with an RSA key of 2048 bits or more, or an EC key, signed with SHA-256.",
        source="measured: certificate with an RSA key of 1024 bits",
        signs=(
            Sign(
                "[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: EE certificate key too weak (_ssl.c:1006)",
                stage=("tls",),
                error=_CERT,
                text=(
                    "(?<!dh )(?:key|md|digest)(?: algorithm)? too (?:weak|small)",
                    "weak (?:key|signature)",
                    "HasWeakSignature",
                    "NotSignatureValid",
                ),
            ),
        ),
    ),
    Row(
        id="cert-self-signed",
        kind="tls",
        retry="fix",
        cause="The server shows a certificate nobody vouches for.",
        fix="Install a certificate of a CA that the Orchestrator host trusts, or add this one to its trust store; do not switch verification off.",
        source="measured cert=selfsigned",
        signs=(
            Sign(
                "certificate verify failed: self-signed certificate (_ssl.c:1006)",
                stage=("tls",),
                error=_CERT,
                text=(
                    "self.signed certificate$",
                    r"self.signed certificate \(",
                ),
            ),
        ),
    ),
    Row(
        id="cert-unknown-ca",
        kind="tls",
        retry="fix",
        cause="{machine} does not trust the issuer of the certificate, or the server omits an "
        "intermediate certificate, or a TLS-inspecting proxy sits between.",
        fix="If the issuer is right, {trust}; the Orchestrator host needs it in its own trust store in any case.",
        source=f"measured cert=otherca; {_CHAIN_STATUS}",
        signs=(
            Sign(
                "certificate verify failed: unable to get local issuer certificate (_ssl.c:1006)",
                stage=("tls",),
                error=_CERT,
                text=(
                    "unable to get (?:local )?issuer",
                    "self.signed certificate in certificate chain",
                    "unable to verify the first certificate",
                ),
            ),
            Sign(
                "The remote certificate is invalid because of errors in the certificate chain: PartialChain",
                stage=("tls",),
                error=_CERT,
                text=(
                    "PartialChain",
                    "UntrustedRoot",
                    "root certificate which is not trusted",
                    "built to a trusted root",
                    "nicht vertrauenswürdige",
                    "authority that is not trusted",
                    "unknown authority",
                    "no roots provided",
                    "0x80090325",
                    "0x800B010[9A]",
                ),
            ),
        ),
    ),
    Row(
        id="cert-form",
        kind="tls",
        retry="fix",
        cause="The certificate of {server}, or of its CA, is not built as the rules ask (RFC 5280), which {machine} checks; "
        "another machine may still take it.",
        fix="Have the certificate issued anew, by a CA certificate with its key identifier and its critical constraints.",
        source=f"https://docs.python.org/3/library/ssl.html (VERIFY_X509_STRICT, on from Python 3.13), {_CHAIN_STATUS}",
        signs=(
            Sign(
                "[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: Missing Authority Key Identifier (_ssl.c:1032)",
                stage=("tls",),
                error=_CERT,
                text=(
                    "key identifier",
                    "basic ?constraints",
                    "key usage",
                    "not marked critical",
                    "critical extension",
                    "invalid CA certificate",
                    "(?:unsupported|unsuitable) certificate purpose",
                    "path ?length",
                    "NotValidForUsage",
                    "InvalidExtension",
                    "InvalidNameConstraints",
                    "InvalidPolicyConstraints",
                ),
            ),
        ),
    ),
    Row(
        id="tls-too-old",
        kind="tls",
        retry="fix",
        cause="The other side ended TLS, or took no mail over it, as it does where it finds the TLS version or the ciphers too old; "
        "providers demand TLS 1.2 or newer.",
        fix="Bring the older side to TLS 1.2 or 1.3: on Windows with .NET Framework by SystemDefaultTlsVersions and SchUseStrongCrypto.",
        source="https://developer.nylas.com/docs/cookbook/email/gmail-smtp-settings.md, "
        "https://learn.microsoft.com/en-us/dotnet/framework/network-programming/tls",
        signs=(
            Sign(
                "[SSL: UNSUPPORTED_PROTOCOL] unsupported protocol (_ssl.c:1006)",
                stage=("tls",),
                error=("SSLError",),
                text=(
                    "unsupported protocol",
                    "no protocols available",
                    "protocol.?version",
                    "handshake.?failure",
                    "no shared cipher",
                    "insufficient.?security",
                ),
            ),
            Sign(
                "Authentication failed because the remote party has closed the transport stream.",
                stage=("tls",),
                error=("SSLError",),
                text=(
                    "closed the transport stream",
                    "unexpected eof or 0 bytes",
                    "common algorithm",
                    "0x80090331",
                ),
            ),
            Sign(
                "421 4.7.66 TLS 1.0 and 1.1 are not supported. Please upgrade/update your client to support TLS 1.2.",
                text=(
                    r"TLS ?v?1\.[01].*(?:not|no longer) (?:supported|accepted)",
                    r"TLS 1\.2 (?:or (?:higher|newer|later|above) )?(?:is )?required",
                    r"(?:requires?|needs?|demands?|at least|minimum|must use)\b.{0,20}\bTLS.{0,12}1\.[23]",
                    "(?:high-strength|stronger?) ciphers?",
                ),
            ),
        ),
    ),
    Row(
        id="tls-weak",
        kind="tls",
        retry="fix",
        cause="{machine} takes the TLS of {server} for too weak: short Diffie-Hellman parameters, a signature "
        "with SHA-1, or no secure renegotiation. Its certificate is not what was refused.",
        fix="The administrator of the mail server switches to ECDHE, or to parameters of 2048 bits and more, and updates its TLS library.",
        source="https://github.com/home-assistant/core/issues/75054, https://github.com/openssl/openssl/issues/21276",
        signs=(
            Sign(
                "[SSL: DH_KEY_TOO_SMALL] dh key too small (_ssl.c:1006)",
                stage=("tls",),
                error=("SSLError",),
                text=(
                    "dh.key.too.small",
                    "legacy.sigalg.disallowed",
                    "unsafe.legacy.renegotiation",
                    "wrong.signature.type",
                ),
            ),
        ),
    ),
    Row(
        id="tls-client-cert",
        kind="tls",
        retry="fix",
        cause="{server} wants to be shown a certificate of the client, which neither this test nor an Orchestrator's mail client has.",
        fix="Use a port or a server that asks for user name and password instead, as submission on 587 does.",
        source="RFC 8446, section 6.2 (alert 116, certificate_required)",
        signs=(
            Sign(
                "[SSL: TLSV13_ALERT_CERTIFICATE_REQUIRED] tlsv13 alert certificate required (_ssl.c:2580)",
                stage=("tls",),
                error=("SSLError",),
                text=("certificate.?required",),
            ),
        ),
    ),
    Row(
        id="tls-name-unknown",
        kind="tls",
        retry="fix",
        cause="The server refuses the name that it was asked for (SNI): it has no certificate for it.",
        fix="Put the name that the server knows into SMTP Host; with an IP address no name is asked for at all.",
        source="RFC 6066, section 3",
        signs=(
            Sign(
                "[SSL: TLSV1_UNRECOGNIZED_NAME] tlsv1 unrecognized name (_ssl.c:1006)",
                stage=("tls",),
                error=("SSLError",),
                text=("unrecogni[sz]ed.?name",),
            ),
        ),
    ),
    Row(
        id="dotnet-cert",
        kind="tls",
        retry="fix",
        cause="Reported by the Orchestrator: it does not accept the mail server's certificate, without a closer reason.",
        fix="Run the same test with via: smtp to see what is wrong with it; install the CA on the Orchestrator host, which has its own trust store.",
        source=_SSL_POLICY,
        signs=(
            Sign(
                "The remote certificate is invalid according to the validation procedure.",
                stage=("tls",),
                condition="certificate_refused",
            ),
        ),
    ),
    Row(
        id="tls-handshake",
        kind="tls",
        retry="fix",
        cause="The TLS handshake between {machine} and {server} failed, without a closer reason: "
        "the server's own TLS set-up, its certificate for {machine}, or something between "
        "that inspects TLS.",
        fix="Look into the mail server's log, and compare with a test from another machine (via: smtp and via: server).",
        source=f"measured: TLS alert 80; {_MAILKIT_TLS}",
        signs=(
            Sign(
                "[SSL: TLSV1_ALERT_INTERNAL_ERROR] tlsv1 alert internal error (_ssl.c:1006)",
                stage=("tls",),
                error=("SSLError",),
            ),
        ),
    ),
    Row(
        id="starttls-missing",
        kind="tls",
        retry="fix",
        cause="TLS is required but {server} does not offer STARTTLS - or somebody on the path strips it.",
        fix="Use the submission port (587). If the server truly has no TLS, do not send a password to it.",
        source="measured: STARTTLS stripped",
        signs=(
            Sign(
                "STARTTLS extension not supported by server.",
                stage=("starttls",),
                condition="starttls_not_offered",
                text=("^STARTTLS extension",),
            ),
        ),
    ),
    Row(
        id="dotnet-no-starttls",
        kind="tls",
        retry="fix",
        cause="Reported by the Orchestrator: SSL is on and {server} did not offer STARTTLS.",
        fix="Use port 587, or switch SSL off only for a trusted internal relay.",
        source="https://github.com/dotnet/runtime/blob/main/src/libraries/System.Net.Mail/src/System/Net/Mail/SmtpConnection.cs",
        signs=(
            Sign(
                "System.Net.Mail.SmtpException: Server does not support secure connections.",
                stage=("starttls",),
                condition="starttls_not_offered",
            ),
        ),
    ),
    Row(
        id="starttls-injection",
        kind="tls",
        retry="fix",
        cause="Somebody between put text in front of the encrypted part of the conversation, or the server is broken.",
        fix="Find out what sits between this machine and the mail server; nothing was sent.",
        source="RFC 3207, section 6; measured: injection",
        signs=(
            Sign(
                "More text came behind the answer to STARTTLS.",
                stage=("tls",),
                condition="starttls_injection",
            ),
        ),
    ),
    # ---- which logins there are ------------------------------------------------------------------
    Row(
        id="auth-missing",
        kind="config",
        retry="fix",
        cause="{server} does not offer a login here: before TLS, on a relay port, or to this network.",
        fix="Switch SSL on and use 587; for a relay that trusts addresses leave username and password empty.",
        source="measured: AUTH not offered; https://github.com/jstedfast/MailKit/issues/1049",
        signs=(
            Sign(
                "SMTP AUTH extension not supported by server.",
                stage=("auth",),
                condition="auth_not_offered",
            ),
            Sign(
                "503 5.5.1 Error: authentication not enabled",
                text=(
                    "auth(?:entication)? (?:command )?(?:is )?(?:not (?:enabled|available|allowed|advertised)|used when not advertised)",
                ),
            ),
        ),
    ),
    Row(
        id="auth-oauth-only",
        kind="policy",
        retry="fix",
        cause="{server} accepts only OAuth logins; a password cannot work, neither from here nor from an Orchestrator on System.Net.Mail.",
        fix="Use another provider, a relay, or an app password where the provider has them.",
        source="https://techcommunity.microsoft.com/blog/exchange/updated-exchange-online-smtp-auth-basic-authentication-deprecation-timeline/4489835",
        signs=(Sign("AUTH XOAUTH2", stage=("auth",), condition="auth_only_oauth"),),
    ),
    Row(
        id="auth-windows-only",
        kind="config",
        retry="fix",
        cause="{server} offers only Windows logins (NTLM, GSSAPI), which this test cannot make; an Orchestrator on System.Net.Mail may sign in there.",
        fix="Test with via: server, where the Orchestrator itself signs in; or enable AUTH LOGIN over TLS on the server.",
        source="https://github.com/dotnet/runtime/blob/main/src/libraries/System.Net.Mail/src/System/Net/Mail/SmtpConnection.Auth.cs",
        signs=(Sign("AUTH GSSAPI NTLM", stage=("auth",), condition="auth_only_windows"),),
    ),
    Row(
        id="auth-windows-failed",
        kind="credentials",
        retry="fix",
        cause="{machine} tried a Windows login at {server} (Kerberos, NTLM or SPNEGO), which did not come about.",
        fix="Clear 'use default credentials' and give smtp_username and smtp_password; or join {machine} to the domain of the mail server.",
        source="https://github.com/dotnet/runtime System.Net.Security (NegotiateAuthentication)",
        signs=(
            Sign(
                "GSSAPI operation failed with error - Unspecified GSS failure.",
                stage=("auth",),
                condition="auth_windows_failed",
            ),
        ),
    ),
    Row(
        id="auth-no-login",
        kind="config",
        retry="fix",
        cause="{server} offers no way to sign in that the client has; System.Net.Mail has LOGIN, NTLM and GSSAPI.",
        fix="Enable AUTH LOGIN on the server or use a provider that has it.",
        source="https://github.com/dotnet/runtime/blob/main/src/libraries/System.Net.Mail/src/System/Net/Mail/SmtpConnection.Auth.cs, "
        "https://github.com/jstedfast/MailKit/issues/541",
        signs=(Sign("AUTH SCRAM-SHA-256", stage=("auth",), condition="auth_without_login"),),
    ),
    # ---- whatever the stage ----------------------------------------------------------------------
    Row(
        id="not-smtp",
        kind="protocol",
        retry="fix",
        cause="What answers at {server} does not speak SMTP, or something on the path changes its words.",
        fix="Check host and port; a web server, a proxy or a firewall with mail inspection may answer instead.",
        source="measured: garbage at each step",
        signs=(
            Sign(
                "HTTP/1.1 400 Bad Request",
                stage=(
                    "connect",
                    "banner",
                    "ehlo",
                    "starttls",
                    "tls",
                    "auth",
                    "mail",
                    "rcpt",
                    "data",
                ),
                condition="not_smtp",
            ),
        ),
    ),
    Row(
        id="mailbox-unusable",
        kind="config",
        retry="fix",
        cause="The mailbox could not be asked for the message, which the mail server had accepted.",
        fix="Check seen.imap_host, seen.imap_port, seen.username, seen.password and seen.mailbox.",
        source="measured: IMAP login refused",
        signs=(
            Sign(
                "imap.example.com:993: [AUTHENTICATIONFAILED] Invalid credentials",
                stage=("seen",),
                condition="mailbox_unusable",
            ),
        ),
    ),
    Row(
        id="not-seen",
        kind="unknown",
        retry="never",
        cause="The message was accepted but did not arrive in time.",
        fix="Look into the spam folder, and with the provider: an unverified sender is dropped after it was accepted.",
        source="provider table: from_on_mismatch undeliverable",
        signs=(
            Sign(
                "not in INBOX of ops@example.com after 60 s", stage=("seen",), condition="not_seen"
            ),
        ),
    ),
    Row(
        id="too-slow",
        kind="network",
        retry="later",
        cause="{server} did not answer in time.",
        fix="Try again; if it stays, raise the timeout, or look for what slows the server down (tarpitting, lookups, load).",
        source="measured: delay and drip at each step",
        signs=(Sign("the deadline has passed", error=_TIMEOUT),),
    ),
)

_PROVIDERS: tuple[Row, ...] = (
    # ---- Google ----------------------------------------------------------------------------------
    Row(
        id="gmail-app-password",
        provider=_GOOGLES,
        kind="credentials",
        retry="fix",
        cause="The account password of {user} was used, but the account has 2-Step Verification.",
        fix="Create an app password at https://myaccount.google.com/apppasswords and set that as the SMTP password.",
        source="https://github.com/kmhmubin/Face-Recognition-Attendance-System/issues/46, https://support.google.com/accounts/answer/185833",
        signs=(
            Sign(
                "534-5.7.9 Application-specific password required. 534 5.7.9 https://support.google.com/mail/?p=InvalidSecondFactor - gsmtp",
                text=(
                    "application-specific password required",
                    "InvalidSecondFactor",
                ),
            ),
        ),
    ),
    Row(
        id="gmail-web-login",
        provider=_GOOGLES,
        kind="policy",
        retry="fix",
        cause="Google does not trust this login yet: a new place, or an account that needs attention in the browser.",
        fix="Sign in to the account in a browser, clear any warning, then use an app password.",
        source=f"https://github.com/gogs/docs/pull/241, {_SISIMAI}",
        signs=(
            Sign(
                "534-5.7.14 Please log in via your web browser and then try again. 534 5.7.14 - gsmtp",
                text=(
                    "log in (?:with|via|through) your web browser",
                    "WebLoginRequired",
                    "ContinueSignIn",
                ),
            ),
        ),
    ),
    Row(
        id="gmail-many-logins",
        provider=_GOOGLES,
        kind="quota",
        retry="later",
        cause="Too many logins in a short time, often from failed retries.",
        fix="Wait, then try once; do not loop.",
        source=_SISIMAI,
        signs=(
            Sign(
                "454 4.7.0 Too many login attempts, please try again later. - gsmtp",
                text=(
                    "too many login attempts.*gsmtp",
                    "too many login attempts.*google",
                ),
            ),
            Sign(
                "421 4.7.0 Too many login attempts", at_home=True, text=("too many login attempts",)
            ),
        ),
    ),
    Row(
        id="gmail-auth-temp",
        provider=_GOOGLES,
        kind="server",
        retry="later",
        cause="A fault on Google's side; the password is not proven wrong.",
        fix="Try again later.",
        source=_GOOGLE,
        signs=(
            Sign(
                "454 4.7.0 Cannot authenticate due to a temporary system problem. Try again later. - gsmtp",
                text=("cannot authenticate due to",),
            ),
        ),
    ),
    Row(
        id="gmail-bad-credentials",
        provider=_GOOGLES,
        kind="credentials",
        retry="fix",
        cause="Google refused the password of {user}: a wrong address or password, the account "
        "password instead of an app password, or an app password that was revoked.",
        fix="Use the full address as username and a fresh app password from "
        "https://myaccount.google.com/apppasswords. The old 'less secure apps' switch is "
        "gone.",
        source=_GOOGLE,
        signs=(
            Sign(
                "535-5.7.8 Username and Password not accepted. 535 5.7.8 https://support.google.com/mail/?p=BadCredentials - gsmtp",
                text=(
                    "BadCredentials",
                    r"username and password not accepted\.? (?:learn|for) more",
                    "not accepted.*gsmtp",
                ),
            ),
            Sign(
                "535 5.7.8 Username and Password not accepted",
                at_home=True,
                code=(535,),
                text=(r"^535(?![ -]5\.5\.)",),
            ),
        ),
    ),
    Row(
        id="gmail-auth-required",
        provider=_GOOGLES,
        kind="credentials",
        retry="fix",
        cause="Mail was offered without a login. With System.Net.Mail this is also how a wrong password looks, because it carries on after a refused login.",
        fix="Clear 'use default credentials', check username and app password.",
        source=f"{_GOOGLE} and dotnet/runtime SmtpConnection.cs",
        signs=(
            Sign(
                "530-5.7.0 Authentication Required. 530 5.7.0 https://support.google.com/mail/?p=WantAuthError - gsmtp",
                text=(
                    "WantAuthError",
                    r"authentication required\. (?:learn|for) more",
                    "authentication required.*gsmtp",
                ),
            ),
            Sign(
                "530 5.7.0 Authentication Required.",
                at_home=True,
                text=("authentication required",),
            ),
        ),
    ),
    Row(
        id="gmail-relay-daily",
        provider=_GOOGLES,
        kind="quota",
        retry="later",
        cause="The organisation's relay quota for the day is used up.",
        fix="Wait, or spread the load.",
        source="https://support.google.com/a/answer/6140680",
        signs=(
            Sign(
                "550 5.7.1 Daily SMTP relay limit exceeded for customer. - gsmtp",
                text=("daily smtp relay (?:sending )?limit exceeded",),
            ),
        ),
    ),
    Row(
        id="gmail-daily-user",
        provider=_GOOGLES,
        kind="quota",
        retry="later",
        cause="The account has used up its messages for the rolling day (500 personal, 2000 Workspace).",
        fix="Wait up to 24 hours, or use a relay made for applications.",
        source="https://support.google.com/a/answer/166852",
        signs=(
            Sign(
                "550 5.4.5 Daily user sending limit exceeded. - gsmtp",
                text=(
                    "daily user sending (?:limit|quota)",
                    "daily.*limit exceeded for user",
                ),
            ),
            Sign(
                "550 5.4.5 Daily sending quota exceeded",
                at_home=True,
                text=("daily sending (?:limit|quota)",),
            ),
        ),
    ),
    Row(
        id="gmail-relay-peak",
        provider=_GOOGLES,
        kind="quota",
        retry="later",
        cause="Too much in ten minutes.",
        fix="Slow down and retry.",
        source="https://support.google.com/a/answer/6140680",
        signs=(
            Sign(
                "450 4.2.1 Peak SMTP relay limit exceeded for customer.",
                text=("peak smtp relay (?:quota|limit)",),
            ),
        ),
    ),
    Row(
        id="gmail-relay-denied",
        provider=_GOOGLES,
        kind="policy",
        retry="fix",
        cause="The relay of Google does not know the sender: its address or domain is not registered in the relay settings.",
        fix="Register the public address of {machine}, or require SMTP AUTH and give a login of the domain.",
        source="https://support.google.com/a/answer/6140680",
        signs=(
            Sign(
                "550 5.7.0 Mail relay denied [192.0.2.1]. Invalid credentials for relay for one of the domains in: example.com",
                text=(
                    "mail relay denied",
                    "invalid credentials for relay",
                ),
            ),
            Sign("550 5.7.1 Mail sending denied", at_home=True, text=("mail sending denied",)),
        ),
    ),
    Row(
        id="gmail-unusual",
        provider=_GOOGLES,
        kind="policy",
        retry="later",
        cause="Google rates the source address, or the sending domain, as suspicious.",
        fix="Stop, find what else sends from that address, then wait.",
        source=_GOOGLE,
        signs=(
            Sign(
                "421 4.7.0 Our system has detected an unusual rate of unsolicited mail originating from your IP address.",
                text=(
                    "unusual rate of (?:unsolicited )?mail",
                    "very low reputation",
                ),
            ),
        ),
    ),
    Row(
        id="gmail-try-later",
        provider=_GOOGLES,
        kind="server",
        retry="later",
        cause="The server is busy or slows this client down; with the relay service also a missing or bad HELO.",
        fix="Wait; for smtp-relay give a proper host name in HELO.",
        source=_GOOGLE,
        signs=(
            Sign(
                "421 4.7.0 Try again later, closing connection. - gsmtp",
                text=(
                    "try again later, closing connection",
                    "temporary system problem.*gsmtp",
                    "server busy.*gsmtp",
                ),
            ),
        ),
    ),
    Row(
        id="gmail-identity",
        provider=_GOOGLES,
        kind="protocol",
        retry="fix",
        cause="The client logged in twice in one session.",
        fix="A fault in the client; report it.",
        source=_SISIMAI,
        signs=(
            Sign(
                "503 5.7.0 No identity changes permitted. - gsmtp",
                text=("no identity changes permitted",),
            ),
        ),
    ),
    Row(
        id="gmail-syntax",
        provider=_GOOGLES,
        kind="protocol",
        retry="fix",
        cause="Google could not read a command, as with a malformed address: missing angle brackets, a space, or a line break.",
        fix="Check the From and To addresses.",
        source=_SISIMAI,
        signs=(
            Sign(
                "555 5.5.2 Syntax error, cannot decode response. - gsmtp",
                code=(555,),
                text=("(?:syntax error|cannot decode).*gsmtp",),
            ),
            Sign("555 5.5.2 Syntax error", at_home=True, code=(555,)),
        ),
    ),
    # ---- Microsoft -------------------------------------------------------------------------------
    Row(
        id="ms-tenant-off",
        provider=_MICROSOFTS,
        kind="policy",
        retry="fix",
        cause="Authenticated SMTP is switched off for the tenant or the mailbox.",
        fix="An Exchange administrator switches Authenticated SMTP on for the mailbox (and not "
        "off for the tenant), or another provider is used. From the end of December 2026 it "
        "is off by default.",
        source="https://docs.bookyourpto.com/features/smtp-troubleshoot",
        signs=(
            Sign(
                "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant. Visit https://aka.ms/smtp_auth_disabled",
                text=(
                    "SmtpClientAuthentication is disabled",
                    "aka.ms/smtp_auth_disabled",
                ),
            ),
        ),
    ),
    Row(
        id="ms-security-defaults",
        provider=_MICROSOFTS,
        kind="policy",
        retry="fix",
        cause="Security defaults block password logins for the whole tenant.",
        fix="Replace security defaults by Conditional Access with an exception for this mailbox, or do not use SMTP AUTH.",
        source="https://docs.bookyourpto.com/features/smtp-troubleshoot",
        signs=(
            Sign(
                "535 5.7.139 Authentication unsuccessful, user is locked by your organization's security defaults policy.",
                text=("security defaults policy",),
            ),
        ),
    ),
    Row(
        id="ms-basic-off",
        provider=_MICROSOFTS,
        kind="policy",
        retry="fix",
        cause="Password logins are switched off - always for personal Outlook.com accounts since 2024-09-16.",
        fix="Personal account: use another provider. Tenant: an administrator may re-enable it for now, see the retirement dates.",
        source="https://techissuestoday.com/how-to-update-outlook-email-settings-to-avoid-losing-access-after-september-16/",
        signs=(
            Sign(
                "535 5.7.139 Authentication unsuccessful, basic authentication is disabled.",
                text=("basic authentication is disabled",),
            ),
        ),
    ),
    Row(
        id="ms-criteria",
        provider=_MICROSOFTS,
        kind="policy",
        retry="fix",
        cause="A Conditional Access rule, MFA, or the mailbox switch blocks this login.",
        fix="Check Authenticated SMTP of the mailbox, Conditional Access sign-in logs, and MFA.",
        source="https://docs.bookyourpto.com/features/smtp-troubleshoot",
        signs=(
            Sign(
                "535 5.7.139 Authentication unsuccessful, the request did not meet the criteria to be authenticated successfully. Contact your administrator.",
                text=("did not meet the criteria",),
            ),
        ),
    ),
    Row(
        id="ms-wrong-password",
        provider=_MICROSOFTS,
        kind="credentials",
        retry="fix",
        cause="Microsoft refused the password of {user}: it is wrong, or password logins are blocked without saying so.",
        fix="Use the full sign-in address; then check Authenticated SMTP, security defaults and Conditional Access.",
        source="https://emailwarmup.com/blog/email-errors/how-to-fix-535-5-7-3-authentication-unsuccessful-office-365-oauth",
        signs=(
            Sign(
                "535 5.7.139 Authentication unsuccessful, the user credentials were incorrect.",
                enhanced=("5.7.139",),
            ),
            Sign("535 5.7.3 Authentication unsuccessful", at_home=True, code=(535,)),
        ),
    ),
    Row(
        id="ms-basic-removed",
        provider=_MICROSOFTS,
        kind="policy",
        retry="fix",
        cause="Exchange Online no longer takes passwords for SMTP AUTH from this tenant.",
        fix="Move to a connector relay, Azure Communication Services, or another provider.",
        source="https://github.com/OpenCTI-Platform/opencti/issues/12069",
        signs=(
            Sign(
                "550 5.7.30 Basic authentication is not supported for Client Submission.",
                text=("basic authentication is not supported",),
            ),
        ),
    ),
    Row(
        id="ms-not-authenticated",
        provider=_MICROSOFTS,
        kind="credentials",
        retry="fix",
        cause="Mail was offered without a successful login. With System.Net.Mail a refused login shows up exactly like this.",
        fix="Clear 'use default credentials', enable SSL, port 587, check the password and that Authenticated SMTP is on.",
        source="https://docs.bookyourpto.com/features/smtp-troubleshoot and dotnet/runtime SmtpConnection.cs",
        signs=(Sign("530 5.7.57 Client not authenticated to send mail.", enhanced=("5.7.57",)),),
    ),
    Row(
        id="ms-anonymous-send-as",
        provider=_MICROSOFTS,
        kind="policy",
        retry="fix",
        cause="The Exchange server does not let clients without a login send in the name of its own domains.",
        fix="Give smtp_username and smtp_password, or have the receive connector allow it for {machine}.",
        source="common wording of Exchange servers",
        signs=(
            Sign(
                "550 5.7.60 SMTP; Anonymous clients does not have permissions to send as this sender",
                text=("anonymous clients? do(?:es)? not have permissions? to send as",),
            ),
        ),
    ),
    Row(
        id="ms-send-as",
        provider=_MICROSOFTS,
        kind="sender",
        retry="fix",
        cause="The From address is not the mailbox of {user}, which has no Send As right for it.",
        fix="Set Default From Address to the SMTP username, or grant Send As.",
        source="public code index (several projects), Exchange's list of NDR codes",
        signs=(
            Sign(
                "550 5.7.60 SMTP; Client does not have permissions to send as this sender",
                text=(
                    "permissions? to send as this sender",
                    "SendAsDenied",
                    "not allowed to send as",
                ),
            ),
        ),
    ),
    Row(
        id="ms-throttle",
        provider=_MICROSOFTS,
        kind="quota",
        retry="later",
        cause="More messages a minute (30), or more connections at a time, than the mailbox may.",
        fix="Slow down; Orchestrator alerts in a burst hit this.",
        source="https://learn.microsoft.com/en-us/answers/questions/2258712/what-is-the-maximum-number-of-emails-that-can-be-s",
        signs=(
            Sign(
                "432 4.3.2 STOREDRV.ClientSubmit; sender thread limit exceeded",
                text=(
                    "concurrent connections limit",
                    "submission rate limit",
                    "sender thread limit",
                ),
            ),
        ),
    ),
    Row(
        id="ms-daily",
        provider=_MICROSOFTS,
        kind="quota",
        retry="later",
        cause="The mailbox has reached its recipients for the day.",
        fix="Wait up to 24 hours, or use a service made for applications.",
        source=_EXCHANGE,
        signs=(
            Sign(
                "550 5.1.90 Your message can't be sent because you've reached your daily limit for message recipients",
                enhanced=("5.1.90",),
            ),
        ),
    ),
    Row(
        id="ms-bad-sender",
        provider=_MICROSOFTS,
        kind="sender",
        retry="fix",
        cause="Microsoft has blocked the mailbox from sending (restricted user), mostly after it sent spam.",
        fix="An administrator secures the account and takes it off the restricted entities in the Defender portal.",
        source="https://learn.microsoft.com/en-us/troubleshoot/exchange/email-delivery/ndr/fix-error-code-550-5-1-8",
        signs=(
            Sign(
                "501 5.1.8 Access denied, bad outbound sender",
                text=(
                    "bad outbound sender",
                    "spam abuse detected",
                ),
            ),
        ),
    ),
    Row(
        id="ms-tenant-blocked",
        provider=_MICROSOFTS,
        kind="policy",
        retry="fix",
        cause="Microsoft takes no mail from this tenant or address at the moment: a trial tenant, a threshold, or an address of bad standing.",
        fix="An administrator of the tenant opens a case with Microsoft; until then use another provider.",
        source=_EXCHANGE,
        signs=(
            Sign(
                "550 5.7.708 Service unavailable. Access denied, traffic not accepted from this IP.",
                text=(
                    "traffic not accepted from this ip",
                    "tenant has exceeded threshold",
                    "from unregistered domain",
                ),
            ),
        ),
    ),
    Row(
        id="ms-connector",
        provider=_MICROSOFTS,
        kind="policy",
        retry="fix",
        cause="No inbound connector of the tenant knows the public address of {machine}, so only its own recipients could be reached.",
        fix="Create an inbound connector for that address, or submit with a login to smtp.office365.com:587.",
        source=_EXCHANGE,
        signs=(
            Sign(
                "550 5.7.64 TenantAttribution; Relay Access Denied",
                text=(
                    "TenantAttribution",
                    "TenantInboundAttribution",
                    "direct send not allowed",
                ),
            ),
        ),
    ),
    # ---- services --------------------------------------------------------------------------------
    Row(
        id="ses-bad-credentials",
        provider=("amazon_ses",),
        kind="credentials",
        retry="fix",
        cause="IAM keys were used, or SMTP credentials of another region.",
        fix="Create SMTP credentials in the SES console of the region in the host name.",
        source="https://docs.aws.amazon.com/ses/latest/dg/send-email-smtp.md",
        signs=(Sign("535 Authentication Credentials Invalid", at_home=True, code=(535,)),),
    ),
    Row(
        id="ses-unverified",
        provider=("amazon_ses",),
        kind="sender",
        retry="fix",
        cause="The From address (or in the sandbox also the recipient) is not verified in this region.",
        fix="Verify the identity named in the reply in that region, or leave the sandbox.",
        source="https://repost.aws/knowledge-center/ses-554-400-message-rejected-error",
        signs=(
            Sign(
                "554 Message rejected: Email address is not verified. The following identities failed the check in region EU-WEST-1: a@example.com",
                text=(
                    "failed the check in region",
                    "email address is not verified",
                ),
            ),
        ),
    ),
    Row(
        id="ses-throttle",
        provider=("amazon_ses",),
        kind="quota",
        retry="later",
        cause="The account's rate or daily quota is used up.",
        fix="Slow down or raise the quota.",
        source="https://docs.aws.amazon.com/ses/latest/dg/troubleshoot-error-messages.html",
        signs=(
            Sign(
                "454 Throttling failure: Maximum sending rate exceeded.",
                text=(
                    "throttling failure",
                    "maximum sending rate",
                    "daily message quota",
                ),
            ),
        ),
    ),
    Row(
        id="ses-policy",
        provider=("amazon_ses",),
        kind="policy",
        retry="fix",
        cause="The IAM policy of the SMTP user does not allow mail from this identity, or to this recipient.",
        fix="Allow ses:SendRawEmail for the identity in the policy of the SMTP user.",
        source="https://docs.aws.amazon.com/ses/latest/dg/troubleshoot-smtp.html",
        signs=(
            Sign(
                "554 Access denied: User `arn:aws:iam::1:user/x' is not authorized to perform "
                "`ses:SendRawEmail' on resource `arn:aws:ses:eu-west-1:1:identity/example.com'",
                text=("not authorized to perform .?ses:",),
            ),
        ),
    ),
    Row(
        id="sendgrid-credits",
        provider=("sendgrid",),
        kind="quota",
        retry="fix",
        cause="The plan's messages are used up; it looks like a login failure.",
        fix="Raise the plan or wait for the next period.",
        source="public code index (operations note quoting smtp.sendgrid.net)",
        signs=(
            Sign(
                "451 Authentication failed: Maximum credits exceeded",
                text=("maximum credits exceeded",),
            ),
        ),
    ),
    Row(
        id="sendgrid-sender",
        provider=("sendgrid",),
        kind="sender",
        retry="fix",
        cause="The From address is not a verified sender.",
        fix="Verify the sender or authenticate its domain.",
        source="https://sendgrid.com/docs/for-developers/sending-email/smtp-errors-and-troubleshooting/",
        signs=(
            Sign(
                "550 The from address does not match a verified Sender Identity. Mail cannot be sent until this error is resolved.",
                text=(
                    "verified sender identity",
                    "not authorized to send from that email",
                ),
            ),
        ),
    ),
    Row(
        id="sendgrid-login",
        provider=("sendgrid",),
        kind="credentials",
        retry="fix",
        cause="The username is not the word apikey, or the key is wrong or carries a line break.",
        fix="Username apikey, password the key without spaces or line ends.",
        source="https://www.twilio.com/docs/sendgrid/for-developers/sending-email/integrating-with-the-smtp-api.md",
        signs=(
            Sign(
                "535 Authentication failed: The provided authorization grant is invalid, expired, or revoked",
                text=("provided authorization grant",),
            ),
            Sign("535 Authentication failed: Bad username / password", at_home=True, code=(535,)),
        ),
    ),
    Row(
        id="mailgun-sandbox",
        provider=("mailgun", "mailgun_eu"),
        kind="recipient",
        retry="fix",
        cause="A sandbox domain or a free account mails only authorized recipients.",
        fix="Authorize the recipient or use a verified domain.",
        source="https://documentation.mailgun.com/docs/mailgun/quickstart/",
        signs=(
            Sign(
                "550 Sandbox subdomains are for test purposes only. Please add your own domain or add the address to authorized recipients",
                text=("(?:sandbox subdomains|free accounts) are for test purposes",),
            ),
        ),
    ),
    Row(
        id="mailgun-login",
        provider=("mailgun", "mailgun_eu"),
        kind="credentials",
        retry="fix",
        cause="Mailgun does not know this login: it belongs to one domain in one region, US or EU, and is no API key.",
        fix="Take the SMTP login of the sending domain, and the host of its region (preset mailgun or mailgun_eu).",
        source="https://documentation.mailgun.com/docs/mailgun/user-manual/sending-messages/send-smtp.md",
        signs=(
            Sign(
                "535 5.7.0 Mailgun is not loving your login or password",
                text=("mailgun is not loving",),
            ),
            Sign("535 Authentication failed", at_home=True, code=(535,)),
        ),
    ),
    Row(
        id="brevo-ip",
        provider=("brevo",),
        kind="policy",
        retry="fix",
        cause="The account blocks unknown source addresses; the login itself may be right.",
        fix="Add the public address of {machine} under authorised IPs.",
        source="public code index (ten projects)",
        signs=(Sign("525 5.7.1 Unauthorized IP address", text=("unauthori[sz]ed ip",)),),
    ),
    Row(
        id="sparkpost-login",
        provider=("sparkpost",),
        kind="credentials",
        retry="fix",
        cause="The username is not the word SMTP_Injection, or the API key is wrong or may not send over SMTP.",
        fix="Username SMTP_Injection, password an API key with the permission Send via SMTP.",
        source="https://developers.sparkpost.com/api/smtp",
        signs=(
            Sign(
                "535 5.7.8 Sorry. No authentication type succeeded",
                text=("no authentication type succeeded",),
            ),
            Sign("535 5.7.8 Error: authentication failed", at_home=True, code=(535,)),
        ),
    ),
    Row(
        id="yahoo-auth005",
        provider=("yahoo", "aol"),
        kind="credentials",
        retry="later",
        cause="The account password was used, or too many tries; SMTP is locked for a while.",
        fix="Wait half an hour, then use an app password.",
        source="public code index (several projects)",
        signs=(
            Sign(
                "535 5.7.0 (#AUTH005) Too many bad auth attempts.",
                text=(
                    "AUTH005",
                    "too many bad auth",
                ),
            ),
        ),
    ),
    Row(
        id="icloud-from",
        provider=("icloud",),
        kind="sender",
        retry="fix",
        cause="The From address does not belong to the account of {user}.",
        fix="Set Default From Address to the iCloud address or an alias of it.",
        source="public code index (several projects)",
        signs=(
            Sign(
                "550 5.7.0 From address is not one of your addresses",
                text=("from address is not one of your addresses",),
            ),
        ),
    ),
    Row(
        id="zoho-relay",
        provider=("zoho", "zoho_pro"),
        kind="sender",
        retry="fix",
        cause="The From address is not the login {user} or one of its aliases.",
        fix="Use the login's address or add the alias in Zoho.",
        source="https://www.zoho.com/mail/help/zoho-smtp.html",
        signs=(
            Sign(
                "553 Relaying disallowed as a@example.com",
                text=(
                    "relaying disallowed as",
                    "sender is not allowed to relay",
                ),
            ),
            Sign("553 Relaying disallowed", at_home=True, text=("relaying (?:disallowed|issues)",)),
        ),
    ),
    Row(
        id="yandex-access",
        provider=("yandex",),
        kind="policy",
        retry="fix",
        cause="The Yandex mailbox does not let mail programs in: access is off, or an app password is needed.",
        fix="Allow mail clients in the mailbox's settings, make an app password for mail, and use that.",
        source="public code index (several projects)",
        signs=(
            Sign(
                "535 5.7.8 Error: authentication failed: This user does not have access rights to this service",
                text=("does not have access rights to this service",),
            ),
        ),
    ),
    Row(
        id="authorization-code",
        provider=("qq_exmail", "netease_163"),
        kind="credentials",
        retry="fix",
        cause="The provider wants an authorization code in place of the account password.",
        fix="Switch SMTP on in the mailbox's settings, make an authorization code there, and use it as the SMTP password.",
        source="https://service.mail.qq.com/cgi-bin/help?subtype=1&id=28&no=331 (named in the reply)",
        signs=(
            Sign(
                "535 Login Fail. Please enter your authorization code to login.",
                text=("authorization code",),
            ),
        ),
    ),
    Row(
        id="aliyun-login",
        provider=("aliyun", "aliyun_mail"),
        kind="credentials",
        retry="fix",
        cause="Alibaba refused the login: a wrong SMTP password, or other programs are not allowed into the mailbox.",
        fix="DirectMail: set the SMTP password of the sender address in the console. Alibaba Mail: allow third-party clients and make a client password.",
        source="https://help.aliyun.com/zh/document_detail/602363.html (named in public code)",
        signs=(Sign("526 Authentication failure[0]", code=(526,)),),
    ),
)

_ANY_SERVER: tuple[Row, ...] = (
    # ---- what the server wants first -------------------------------------------------------------
    Row(
        id="must-starttls",
        kind="config",
        retry="fix",
        cause="{server} wants TLS before login or mail.",
        fix="Switch Enable SSL on and use port 587.",
        source=_GOOGLE,
        signs=(
            Sign(
                "530 5.7.0 Must issue a STARTTLS command first. - gsmtp",
                text=(
                    "must issue a starttls",
                    "starttls (?:command )?(?:first|(?:is )?required)",
                    "encryption (?:is )?required",
                    "(?:requires?|need) (?:tls|ssl|encryption|starttls)",
                    "(?:tls|ssl|secure connection)(?: encryption)? (?:is )?required",
                    "use (?:tls|starttls) first",
                    "before tls",
                ),
            ),
            Sign("538 5.7.11 Encryption needed", code=(538,)),
        ),
    ),
    Row(
        id="dotnet-secure-or-auth",
        kind="credentials",
        retry="fix",
        cause="Reported by the Orchestrator: SSL is off, or the login was skipped or refused.",
        fix="Enable SSL, port 587, clear 'use default credentials', check username, password and an empty SMTP domain.",
        source="https://github.com/dotnet/runtime/issues/49200",
        signs=(
            Sign(
                "The SMTP server requires a secure connection or the client was not authenticated. The server response was: 5.7.0 Authentication Required.",
                condition="secure_or_auth",
            ),
        ),
    ),
    Row(
        id="smtputf8",
        kind="protocol",
        retry="fix",
        cause="An address holds characters that {server} cannot carry.",
        fix="Use plain ASCII addresses; accents belong in the display name.",
        source="RFC 6531",
        signs=(
            Sign(
                "553 5.6.7 non-ASCII addresses not permitted, SMTPUTF8 required",
                text=(
                    "smtputf8",
                    "non-ascii",
                    "utf-?8",
                    "ascii local.parts",
                    r"5\.6\.7",
                ),
            ),
        ),
    ),
    Row(
        id="command-order",
        kind="protocol",
        retry="fix",
        cause="{server} did not expect this command here: a step is missing, or something between swallowed one.",
        fix="Look for a proxy or firewall that inspects mail; if nothing is in between, report it to the maker of the client that sent.",
        source="RFC 5321",
        signs=(
            Sign(
                "503 5.5.1 Bad sequence of commands",
                code=(500, 501, 502, 503),
                text=(
                    "sequence",
                    "out of order",
                    "(?:mail|rcpt|[eh]+lo)(?:/[eh]+lo)? (?:first|command)",
                    "need (?:mail|rcpt)",
                    "no (?:valid )?recipients",
                    "nested",
                ),
                but_not=("rejected", "refused"),
            ),
            Sign(
                "554 5.5.1 Error: no valid recipients",
                stage=("data",),
                text=("no valid recipients",),
            ),
            Sign(
                "503 5.5.2 Send hello first",
                text=(
                    "send (?:hello|[eh]+lo) first",
                    "[eh]+lo (?:is )?required",
                    "polite people say",
                ),
            ),
        ),
    ),
    Row(
        id="ehlo-refused",
        kind="protocol",
        retry="fix",
        cause="{server} rejects the name with which {machine} greets it, or does not know EHLO.",
        fix="Give a fully qualified name: helo in this test, the computer name with its DNS "
        "suffix on the Orchestrator host. A server without EHLO has neither TLS nor login.",
        source=f"{_SISIMAI}; Postfix reject_non_fqdn_helo_hostname; https://github.com/bitwarden/server/issues/164",
        signs=(
            Sign(
                "501 5.5.4 HELO/EHLO argument is invalid",
                stage=("ehlo", "mail", "rcpt", "data", "end_of_data"),
                text=(r"\b(?:helo|ehlo)(?:host)?\b",),
                but_not=(
                    r"\b(?:auth|[eh]+lo) first",
                    "[eh]+lo (?:is )?required",
                    "unsolicited",
                    "spam",
                ),
            ),
            Sign(
                "504 5.5.2 <orch01>: need fully-qualified hostname",
                stage=("ehlo", "mail", "rcpt", "data", "end_of_data"),
                text=("need fully-qualified hostname", r"5\.5\.4 invalid domain name"),
            ),
            Sign(
                "550 you are not welcome here",
                stage=("ehlo",),
                code=(500, 501, 502, 503, 504, 550, 554),
            ),
        ),
    ),
    # ---- the account -----------------------------------------------------------------------------
    Row(
        id="account-not-active",
        kind="policy",
        retry="fix",
        cause="The account at the provider may not send yet: it has not been activated or approved.",
        fix="Finish the provider's activation (profile, domain, approval), or ask its support.",
        source="public code index (reports on Brevo, MailerSend, Mailtrap)",
        signs=(
            Sign(
                "502 5.7.0 Your SMTP account is not yet activated. Please contact us",
                text=(
                    "not (?:yet |been )*(?:activated|approved)",
                    "account (?:is )?(?:unapproved|under review|pending)",
                    "awaiting (?:approval|activation)",
                    "complete your (?:account|profile)",
                    "account not subscribed",
                    r"(?:activate|confirm|complete) your (?:\w+ )?(?:account|registration|profile)",
                ),
            ),
        ),
    ),
    Row(
        id="account-suspended",
        kind="policy",
        retry="fix",
        cause="The provider has stopped the sending account.",
        fix="Ask the provider why, and what to do before it opens again.",
        source="https://docs.aws.amazon.com/ses/latest/dg/troubleshoot-error-messages.html",
        signs=(
            Sign(
                "454 Temporary service failure: Sending paused for this account",
                stage=("auth", "mail", "data", "end_of_data"),
                text=(
                    "sending (?:is |has been )?(?:paused|suspended|disabled|blocked)",
                    near(
                        (
                            r"(?:your|sender|sending) (?:\w+ )?(?:account|mailbox|user) (?:is |has been |was )?",
                        ),
                        12,
                        ("suspended", "disabled", "deactivated", "blocked", "paused", "locked"),
                    ),
                ),
                but_not=(r"message to\b",),
            ),
            Sign(
                "550 This account has been suspended",
                stage=("auth", "mail", "data", "end_of_data"),
                only_there=True,
                text=(
                    near(
                        (
                            r"this (?:\w+ )?(?:account|mailbox|user|domain) (?:is |has been |was )?",
                            r"(?:your|sender|sending) (?:\w+ )?domain (?:is |has been |was )?",
                        ),
                        12,
                        ("suspended", "disabled", "deactivated", "blocked", "paused", "locked"),
                    ),
                    "account (?:is |has been |was )?(?:suspended|disabled|deactivated)",
                ),
                but_not=(r"message to\b",),
            ),
        ),
    ),
    # ---- login -----------------------------------------------------------------------------------
    Row(
        id="app-password-required",
        kind="credentials",
        retry="fix",
        cause="The provider wants an app password in place of the account password of {user}.",
        fix="Make a password for other programs in the security settings of the account, and use that.",
        source="https://help.mail.ru/mail/security/protection/external (named in the reply)",
        signs=(
            Sign(
                "535 5.7.0 NEOBHODIM parol prilozheniya https://help.mail.ru/mail/security/protection/external / Application password is REQUIRED",
                text=(
                    "app(?:lication)?(?:[- ]specific)?[- ]passwords? (?:is |are )?(?:required|needed)",
                    "parol prilozheniya",
                    "(?:use|need|require)s? an? app(?:lication)?(?:[- ]specific)?[- ]password",
                ),
            ),
        ),
    ),
    Row(
        id="auth-weak",
        kind="config",
        retry="fix",
        cause="{server} refuses this login mechanism.",
        fix="Enable LOGIN or PLAIN over TLS on the server.",
        source=f"{_SISIMAI}, RFC 4954",
        signs=(
            Sign(
                "504 5.7.4 Unrecognized Authentication Type",
                stage=("auth",),
                text=(
                    "mechanism (?:is )?too weak",
                    "unrecogni[sz]ed authentication type",
                    near(
                        ("(?:mechanism|auth(?:entication)? (?:type|method|mode))s? ",),
                        30,
                        ("(?:not|un)(?: |-)?(?:supported|implemented|recogni[sz]ed|available)",),
                    ),
                    "unsupported auth",
                    "no mechanism available",
                    "requested mechanism",
                    "that auth mode",
                    "xoauth",
                    "(?:invalid|unknown) (?:authentication )?mechanism",
                ),
            ),
            Sign("504 5.5.4 not that one", stage=("auth",), code=(504,)),
        ),
    ),
    Row(
        id="auth-expired",
        kind="credentials",
        retry="fix",
        cause="The password of {user} must be changed first.",
        fix="Change it at the provider, then here.",
        source="RFC 4954",
        signs=(
            Sign(
                "535 5.7.8 password expired",
                stage=("auth",),
                text=(
                    "password (?:has |is )?(?:transition|expired|must be changed|needs to be changed)",
                ),
            ),
        ),
    ),
    Row(
        id="auth-locked",
        kind="credentials",
        retry="later",
        cause="The account {user}, or this address, is locked after failed logins or by an administrator.",
        fix="Wait, correct the password, try once; if it stays locked, ask the administrator.",
        source="RFC 4954; measured behaviour of dovecot penalties",
        signs=(
            Sign(
                "535 5.7.8 account locked, too many failures",
                stage=("auth",),
                only_there=True,
                text=(
                    "too many .{0,40}(?:auth|log.?in|password|attempt|fail)",
                    "too many failures",
                    r"\blocked\b",
                    r"\bblocked\b",
                    "temporarily (?:disabled|blocked|suspended)",
                    "account (?:is |has been )?(?:disabled|suspended)",
                ),
            ),
            Sign(
                "535 5.7.1 Too many failed login attempts",
                text=("too many .{0,40}(?:auth|log.?in|password)",),
            ),
            Sign(
                "535 5.7.8 account locked",
                enhanced=("5.7.8",),
                text=(r"\blocked\b",),
            ),
            Sign(
                "535 5.7.0 This login has been locked",
                stage=("auth", "mail"),
                only_there=True,
                text=("(?:account|user|login) (?:is |has been )?(?:temporarily )?locked",),
            ),
        ),
    ),
    Row(
        id="auth-temp",
        kind="server",
        retry="later",
        cause="{server} could not check the password of {user} just now.",
        fix="Try again later; the password is not proven wrong.",
        source="RFC 4954",
        signs=(
            Sign(
                "454 4.7.0 Temporary authentication failure",
                code=(4,),
                text=(
                    "(?:temporary|temporarily).{0,20}auth",
                    "auth.{0,30}(?:temporary|temporarily|backend|server (?:is )?unavailable)",
                    "unable to authenticate at present",
                    "connection lost to authentication server",
                ),
            ),
        ),
    ),
    Row(
        id="auth-decode",
        kind="protocol",
        retry="fix",
        cause="{server} could not decode the login exchange.",
        fix="Usually a client or proxy fault; a line end in the password does it as well.",
        source=_SISIMAI,
        signs=(
            Sign(
                "501 5.5.2 cannot decode response",
                stage=("auth",),
                only_there=True,
                text=(
                    "decod",
                    "base64",
                    "malformed auth",
                ),
            ),
        ),
    ),
    # ---- no login was made -----------------------------------------------------------------------
    Row(
        id="rcpt-members-only",
        kind="recipient",
        retry="fix",
        cause="The test recipient, a group or a mailbox, takes mail only from senders inside its organization, or from a list.",
        fix="Choose another recipient, or have the sender allowed for this one; the refusal is not about the SMTP settings.",
        source=_EXCHANGE,
        signs=(
            Sign(
                "550 5.7.133 RESOLVER.RST.SenderNotAuthenticatedForGroup; authentication required",
                text=(
                    "SenderNotAuthenticatedFor",
                    r"not authenticated (?:for|by)\b",
                    "allowed.senders list",
                    r"RESOLVER\.RST\.(?:NotAuthorized|Sender)",
                ),
            ),
            Sign(
                "550 5.7.136 sender was not authenticated",
                enhanced=("5.7.12", "5.7.124", "5.7.133", "5.7.134", "5.7.135", "5.7.136"),
            ),
        ),
    ),
    Row(
        id="not-authenticated",
        kind="credentials",
        retry="fix",
        cause="{server} takes this mail only after a login. With System.Net.Mail a refused login also ends here.",
        fix="Clear 'use default credentials', give username and password, enable SSL.",
        fix_logged_in="Ask the provider what the login of {user} may send; clear 'use default credentials' on the Orchestrator.",
        source="measured: aiosmtpd, exim; dotnet/runtime SmtpConnection.cs",
        signs=(
            Sign("530 5.7.0 Authentication required", code=(530,)),
            Sign(
                "553 5.7.1 <robot@example.com>: Sender address rejected: not logged in",
                text=(
                    "auth(?:entication|orization)? (?:is )?(?:required|needed)",
                    "requires? (?:smtp )?auth",
                    "not (?:been )?(?:yet )?(?:authenticated|logged[ -]in)",
                    "unauthenticated (?:senders?|user|client|session)",
                    "not an authenticated",
                    r"(?:must|please|need to|have to) (?:first )?(?:authenticate|log ?in|auth\b|login)",
                    "(?:log ?in|authenticate|auth) first",
                    "without auth",
                    "access only for authenticated",
                    "send AUTH",
                    "smtp auth(?:entication)? .{0,20}required",
                    "anonymous (?:sender|access|client)",
                    "authentication turned on",
                    "permissions? to submit to this server",
                    "use a valid login",
                    "turn on smtp auth",
                ),
            ),
        ),
    ),
    Row(
        id="auth-failed",
        kind="credentials",
        retry="fix",
        cause="{server} refused user name or password of {user}.",
        fix="Check the form of the username (usually the full address), an empty SMTP domain, and copy the password again without spaces.",
        source="measured: postfix, exim, aiosmtpd",
        signs=(
            Sign("535 5.7.8 Error: authentication failed", code=(535,)),
            Sign(
                "554 5.7.8 Authentication credentials invalid",
                text=(
                    "authentication (?:failed|failure|unsuccessful|rejected|denied|error|credentials? (?:are )?invalid)",
                    r"(?:incorrect|invalid|bad|wrong) (?:authentication data|user ?name|password|login|credentials?)\b",
                    r"(?:log ?in|sign.?in) (?:failed|denied|incorrect|failure|invalid|fail\b)",
                    "username and password not accepted",
                    r"not accepted\. learn more",
                ),
            ),
            Sign(
                "5.7.8 Sorry, wrong number",
                stage=("auth", "mail"),
                enhanced=("5.7.8",),
            ),
        ),
    ),
    # ---- who may connect -------------------------------------------------------------------------
    Row(
        id="no-reverse-dns",
        kind="policy",
        retry="fix",
        cause="The public address of {machine} has no proper reverse DNS name, which {server} demands.",
        fix="Have the owner of the address enter a PTR record that matches its name, or send through a service.",
        source=f"{_GOOGLE}, {_EXCHANGE}, Postfix reject_unknown_client_hostname",
        signs=(
            Sign(
                "550 5.7.25 The IP address sending this message does not have a PTR record setup",
                text=(
                    r"\b(?:ip|host) ?name look ?up failed",
                    r"\bptr\b",
                    r"\brdns\b",
                    "reverse (?:dns|lookup|hostname|name|mapping)",
                    "cannot find your (?:reverse )?hostname",
                    "hostname does not resolve",
                    "forward.confirmed",
                    r"5\.7\.25\b",
                ),
            ),
        ),
    ),
    Row(
        id="ip-blocked",
        kind="policy",
        retry="fix",
        cause="The public address of {machine} is on a block list that {server} asks, or is not allowed to connect.",
        fix="Look the address up in the list that the reply names and have it removed, have the address allowed on the server, or send through a service.",
        source=f"{_SISIMAI}; Postfix reject_rbl_client and check_client_access",
        signs=(
            Sign(
                "550 5.7.1 Service unavailable, Client host [192.0.2.1] blocked using bl.example.net",
                text=(
                    "client host.*(?:blocked|rejected)",
                    r"blocked (?:using|by|at|due to|because).*(?:list|bl\b|rbl|\.(?:org|net|com))",
                    "(?:banned|blocked|rejected) (?:sending |client )?ip",
                    "block ?list",
                    "black ?list",
                    "deny ?list",
                    r"\brbl\b",
                    "dnsbl",
                    "spamhaus",
                    "spamcop",
                    "sorbs",
                    "(?:barracuda|proofpoint|cloudmark).{0,40}(?:list|reputation|ip.?(?:check|lookup|remov)|block)",
                    r"(?:\bip\b|\d+\.\d+\.\d+\.\d+).*(?:barracuda|proofpoint|cloudmark)",
                    near(
                        (
                            r"(?:your|the|this|sending|client|source) (?:ip|ip address|network|host)\b",
                        ),
                        60,
                        (
                            "blocked",
                            "listed",
                            "banned",
                            "not allowed",
                            "denied",
                            "bad reputation",
                            "poor reputation",
                            "whitelist",
                            "allowlist",
                        ),
                    ),
                    near(
                        (r"\bip\b",),
                        40,
                        (
                            "(?:is )?(?:blocked|blacklisted|not allowed|unauthori[sz]ed|not in whitelist)",
                        ),
                    ),
                    "not authorized to send email directly",
                    "accept e?mail over ipv6",
                    r"banned sender\[",
                    "ip reputation",
                    "dynamic(?:ally)? (?:assigned )?ip",
                    r"spam ip\b",
                    r"blocked\b.*https?://\S*\d+\.\d+\.\d+\.\d+",
                    "connection (?:denied|rejected|refused(?!,? too many))",
                    r"\d+\.\d+\.\d+\.\d+\]? (?:is |was |has been )?(?:blocked|listed|black ?listed|banned)",
                ),
                but_not=(
                    r"\b(?:may|might) be\b",
                    r"\byour organi[sz]ation",
                    r"\b(?:unverified|undeliverable) address",
                    r"(?:rejected|denied): .*\b(?:slower|slow down|too many|rate)\b",
                    r"\byour (?:e-?mail|domain)\b.{0,25}(?:block|black)",
                    rf"{_NO_MACHINE}{_BLOCK_LIST}\w* (?:url|link|content|word|sender)",
                    _NO_MACHINE
                    + near(
                        (r"\b(?:url|link|content|sender|e-?mail|domain|address)\b",),
                        25,
                        (_BLOCK_LIST,),
                    ),
                ),
            ),
        ),
    ),
    # ---- the sender ------------------------------------------------------------------------------
    Row(
        id="sender-unverified",
        kind="sender",
        retry="fix",
        cause="The provider knows the From address, or its domain, as not verified for this account.",
        fix="Verify the domain or the address at the provider, or use one that is verified as default_from_address.",
        source="https://support.sparkpost.com (SMTP error table); public code index (Resend, MailerSend, SMTP2GO)",
        signs=(
            Sign(
                "550 5.7.1 Unconfigured Sending Domain <app.example.com>",
                text=(
                    "unconfigured sending domain",
                    r"domain (?:\S+ )?(?:is |has )?(?:not|must)(?: yet| been| be)* verified",
                    near(
                        (r"(?:sender|from|domain|address|identity)\S* ",),
                        40,
                        (
                            "(?:not|un)(?: |-)?(?:yet |been )?(?:verified|validated|confirmed|registered)",
                        ),
                    ),
                    "(?:add and |please )verify (?:your|the) (?:domain|sender|from)",
                    "sender signature",
                    "unverified (?:sender|domain|from|email)",
                    "not a verified",
                ),
                but_not=("recipient address rejected", "address rejected: unverified address"),
            ),
        ),
    ),
    Row(
        id="sender-domain",
        kind="sender",
        retry="fix",
        cause="The domain of the From address does not exist in the DNS that {server} asks, or takes no mail.",
        fix="Use an address of a real domain as default_from_address.",
        source="Postfix reject_unknown_sender_domain; Exim verify = sender",
        signs=(
            Sign(
                "550 5.1.8 <robot@intern.example>: Sender address rejected: Domain not found",
                text=(
                    "unresolvable .{0,20}(?:from|sender)",
                    "sender address .{0,20}null ?mx",
                    near(
                        ("sender(?:'s)? (?:address )?(?:rejected: )?.{0,40}domain",),
                        20,
                        ("not found", "not exist", "does not", "invalid", "resolve", "unknown"),
                    ),
                    "domain of sender",
                    "sender domain .{0,40}(?:not|must|resolve|exist)",
                    r"(?:sender|return.path|from) .{0,20}verif\w* fail",
                    "sender verify fail",
                    "could not verify sender",
                    "unroute?able (?:sender|return)",
                    "invalid sender domain",
                    "unresolvable sender",
                    "expéditeur rejeté",
                    "from: domain is invalid",
                    "without a valid sender domain",
                    r"\bfrom:? ?domain must resolve",
                    "sender .{0,40}(?:unknown tld|reserved domain)",
                    "sender address rejected: (?:unverified|undeliverable) address",
                ),
            ),
            Sign(
                "550 Verification failed for <robot@example.com>",
                stage=("mail",),
                only_there=True,
                text=("verification failed",),
            ),
        ),
    ),
    Row(
        id="sender-not-owned",
        kind="sender",
        retry="fix",
        cause="The From address does not belong to the account {user}, as {server} sees it.",
        fix="Set Default From Address to the SMTP username or an address the account owns.",
        source="measured: postfix reject_sender_login_mismatch; public code index (QQ, 163, Fastmail, IONOS)",
        signs=(
            Sign(
                "553 5.7.1 <boss@test.invalid>: Sender address rejected: not owned by user robot@test.invalid",
                text=(
                    "not owned by",
                    r"not allowed to send(?: mail| email| message)?s?(?: as| from)?\b",
                    r"send as\b",
                    near(
                        (
                            r"not (?:authori[sz]ed|permitted|allowed|entitled) to (?:send|use|submit)\b",
                        ),
                        40,
                        ("from", "as", "sender", "address", "behalf"),
                    ),
                    "sender.{0,40}(?:mismatch|not (?:authori[sz]ed|permitted|allowed|match|belong))",
                    "mail ?from.{0,30}(?:same as|equal|match)",
                    "from.{0,30}(?:same as|must match|does not match|not match)",
                    "(?:doesn't|does not|not) match.{0,40}(?:login|username|user name|account|authenticated)",
                    "(?:address|sender) .{0,30}not (?:associated|assigned|belong)",
                    "unauthori[sz]ed (?:sender|from)",
                    "not your (?:address|email)",
                    "envelope sender .{0,30}not",
                ),
                but_not=(
                    r"\blimit",
                    "quota",
                    "exceed",
                    r"\bspf\b",
                    r"\bip address",
                    "verification required",
                    r"\b(?:null|empty|blank) (?:envelope )?sender",
                ),
            ),
        ),
    ),
    Row(
        id="sender-syntax",
        kind="sender",
        retry="fix",
        cause="{server} takes the From address for malformed.",
        fix="Give one plain address; put the name into the display name field.",
        source=_SISIMAI,
        signs=(
            Sign(
                "553 5.1.7 The sender address is not a valid RFC 5321 address.",
                stage=("mail",),
                only_there=True,
                text=(
                    "(?:blank|empty|missing|null) (?:envelope )?(?:from|sender)",
                    r"invalid \W?from\b",
                    "empty e-?mail address",
                    "(?:sender|from) (?:domain |address )?is empty",
                    r"provide a valid from\. ",
                    "fully qualified email",
                    "angle brackets",
                    "syntax",
                    "malformed",
                    "not a valid",
                    "invalid (?:sender |return |from )?(?:address|path)",
                    "rfc.?(?:5321|2821|822|2822)",
                ),
            ),
            Sign("501 5.1.7 Bad sender address syntax", enhanced=("5.1.7",)),
            Sign(
                "553 5.7.2 The sender address is not a valid RFC-5322 address",
                text=(
                    "sender address is (?:not a valid|invalid|malformed)",
                    "(?:invalid|malformed|bad) sender (?:address )?(?:syntax|format)",
                    "sender address rejected: need fully-qualified",
                ),
            ),
        ),
    ),
    Row(
        id="domain-auth",
        kind="policy",
        retry="fix",
        cause="Mail of the From address's domain, sent this way, fails SPF, DKIM or DMARC.",
        fix="Use a From address of a domain that this server may send for, or add the server to the SPF record and sign with DKIM.",
        source=_GOOGLE,
        signs=(
            Sign(
                "550 5.7.26 Unauthenticated email from example.com is not accepted due to domain's DMARC policy.",
                text=(
                    r"\b(?:spf|dkim|dmarc)\b",
                    "sender'?s? policy",
                    "unauthenticated e?mail",
                ),
                but_not=("temporar", "temperror", "look ?up fail"),
            ),
            Sign(
                "550 5.7.23 violates the policy",
                enhanced=(
                    "5.7.20",
                    "5.7.21",
                    "5.7.22",
                    "5.7.23",
                    "5.7.24",
                    "5.7.26",
                    "5.7.27",
                    "5.7.29",
                ),
            ),
        ),
    ),
    # ---- limits ----------------------------------------------------------------------------------
    Row(
        id="rcpt-busy",
        kind="recipient",
        retry="later",
        cause="The recipient receives too much at the moment.",
        fix="Try later or choose another recipient.",
        source=_GOOGLE,
        signs=(
            Sign(
                "450 4.2.1 The user you are trying to contact is receiving mail too quickly.",
                text=(
                    "receiving mail (?:too quickly|at a rate)",
                    "receiving limit",
                    r"(?:mailbox|recipient|user) receiv\w+ too (?:much|many)",
                    "recipient has exceeded their limit",
                ),
            ),
            Sign("554 5.2.122 too much for the hour", enhanced=("5.2.121", "5.2.122")),
        ),
    ),
    Row(
        id="mailbox-full",
        kind="recipient",
        retry="later",
        cause="The recipient's mailbox is full.",
        fix="Choose another recipient; the refusal is not about the SMTP settings.",
        source="measured: postfix, exim, aiosmtpd",
        signs=(
            Sign(
                "452 4.2.2 mailbox full",
                stage=("rcpt", "end_of_data"),
                enhanced=("4.2.2", "5.2.2"),
            ),
            Sign(
                "452 disc quota exceeded",
                stage=("rcpt", "end_of_data"),
                text=(
                    near(
                        (
                            "dis[ck](?! space)",
                            "mail ?dir",
                            "mail ?folder",
                            "mail ?box",
                            "inbox",
                            r"user\S*",
                            "account",
                            "recipient",
                            "<@>",
                        ),
                        40,
                        (
                            r"\bquota",
                            r"\bspace\b",
                            "storage",
                            r"\bfull\b",
                            r"\blocal limit",
                            "messages on the server",
                        ),
                    ),
                    "(?:space|storage|room) (?:left )?in (?:the |your )?mail",
                ),
                but_not=(
                    r"\bsender\b",
                    r"\bsen[dt]",
                    "hourly",
                    "daily",
                    r"\brate\b",
                    r"\bper\b",
                    "receiving",
                    r"\b(?:might|may) be\b",
                ),
            ),
            Sign(
                "552 user is over quota",
                stage=("rcpt", "end_of_data"),
                text=(
                    near(
                        ("mail ?box", "inbox", "account", "user", "recipient", "storage"),
                        40,
                        (
                            r"\bfull\b",
                            "over ?quota",
                            r"exceed\w* .{0,20}(?:quota|storage)",
                            "out of (?:storage|space)",
                            "quota (?:is )?exceeded",
                        ),
                    ),
                    "over ?quota",
                    r"^[45]\d\d[- ](?:[45]\.\d\.\d+ )?quota (?:limit )?(?:is )?exceeded\W*$",
                    "quota exceeded for user",
                    "insufficient .{0,20}mailbox",
                    "storage limit",
                ),
                but_not=(
                    r"\bsender\b",
                    r"\b(?:might|may) be\b",
                ),
            ),
        ),
    ),
    Row(
        id="storage",
        kind="server",
        retry="later",
        cause="The mail server is short of disk or other resources.",
        fix="Tell its administrator; try later.",
        source="RFC 5321",
        signs=(
            Sign("452 4.3.1 Insufficient system storage", enhanced=("4.3.1", "5.3.1")),
            Sign(
                "431 not enough disk space",
                text=(
                    "insufficient (?:system )?(?:storage|resources|disk)",
                    "(?:no|not enough|insufficient|out of) (?:disk|space|storage|memory)",
                    "disk (?:is )?full",
                    "queue file write error",
                    "system storage",
                    "mail system (?:is )?full",
                ),
            ),
        ),
    ),
    Row(
        id="too-big",
        kind="size",
        retry="fix",
        cause="The message is larger than {server} takes.",
        fix="Smaller message or attachments; compare with SIZE in the greeting.",
        source="measured: postfix, exim, aiosmtpd",
        signs=(
            Sign(
                "552 5.3.4 Message size exceeds fixed limit",
                text=(
                    r"(?:message|mail|attachment)s?\b.{0,30}too (?:big|large)",
                    r"\b(?:size|length)\b.{0,40}(?:exceed|limit|larger|too)",
                    r"exceed\w*.{0,40}\bsize",
                    "(?:message|mail) (?:is )?larger than",
                    "too (?:big|large)",
                    "maximum (?:message )?size",
                    r"limit of \d+ attachments",
                    "number of attachments",
                    r"5\.3\.4\b",
                ),
                but_not=(r"\b(?:header|mime)\b",),
                code=(5,),
            ),
        ),
    ),
    Row(
        id="quota-sender",
        kind="quota",
        retry="later",
        cause="A sending limit was reached: so many messages, recipients or connections in a time.",
        fix="Wait, send less, or raise the limit.",
        source="RFC 5321; reports on Mailtrap and others",
        signs=(
            Sign(
                "451 4.7.1 rate limit exceeded",
                text=(
                    r"\bquota\b",
                    "rate.?(?:limit|control)",
                    "(?:limit|quota) (?:is |was )?(?:exceeded|reached|has been)",
                    near(
                        (r"\bexceed\w*\b", r"\breached\b", r"\bover\b", r"\bhit\b"),
                        40,
                        (
                            r"\blimits?\b",
                            r"\bquota\b",
                            r"\brate\b",
                            r"\bthreshold\b",
                            r"\bmax\w*\b",
                            r"\ballowance\b",
                        ),
                    ),
                    "too many (?:messages|e?mails|recipients|connections|concurrent|sessions|commands|requests|errors|to too many)",
                    "too (?:fast|quickly)",
                    "throttl",
                    "slow down",
                    near(
                        (
                            r"limit\b",
                            r"max\w*\b",
                            r"many\b",
                            r"messages\b",
                            r"emails\b",
                            r"mails\b",
                        ),
                        30,
                        (r"\bper (?:second|minute|hour|day|session)",),
                    ),
                    "(?:daily|hourly|monthly|sending) limit",
                    "frequency",
                    r"\blimited\b",
                    "receiving rate",
                    "maximum number of",
                    "excessive (?:volume|rate)",
                    "too many invalid recipients",
                ),
                but_not=(r"\b(?:mime|header)\b", r"^(?:\d\d\d )?quota exceeded\W*$"),
            ),
        ),
    ),
    # ---- the recipient ---------------------------------------------------------------------------
    Row(
        id="trial-recipients",
        kind="recipient",
        retry="fix",
        cause="A trial account, or a demo domain, mails only its owner or addresses that were allowed.",
        fix="Send the test to such an address, or verify a domain of your own.",
        source="public code index (Mailtrap, MailerSend)",
        signs=(
            Sign(
                "554 5.7.1 Demo domains can only be used to send emails to account owners",
                text=(
                    "demo domains",
                    "trial accounts? can only",
                    "only send .{0,30}(?:your own|account owner|administrator|test)",
                    "testing emails to your own",
                ),
            ),
        ),
    ),
    Row(
        id="rcpt-inactive",
        kind="recipient",
        retry="fix",
        cause="The test recipient's mailbox is switched off or inactive.",
        fix="Choose another recipient; the refusal is not about the SMTP settings.",
        source=f"{_GOOGLE}, {_SISIMAI}",
        signs=(
            Sign(
                "550 5.2.1 The email account that you tried to reach is inactive",
                stage=("rcpt", "end_of_data"),
                text=(
                    near(
                        ("account that you tried to reach", "mail ?box", "recipient", "address"),
                        50,
                        _SWITCHED_OFF,
                    ),
                ),
                but_not=_OF_SENDING,
            ),
            Sign(
                "550 account disabled",
                stage=("rcpt", "end_of_data"),
                only_there=True,
                text=(
                    near(
                        ("user", "account"),
                        50,
                        _SWITCHED_OFF,
                    ),
                ),
                but_not=_OF_SENDING,
            ),
            Sign(
                "550 5.2.1 no longer here",
                stage=("rcpt", "end_of_data"),
                enhanced=("5.2.1",),
            ),
        ),
    ),
    Row(
        id="relay-denied",
        kind="policy",
        retry="fix",
        cause="{server} will not pass mail on for this client: no login, or not a trusted network.",
        fix="Log in, or have {machine} added to the relay's trusted addresses.",
        fix_logged_in="Have the account {user}, or the address of {machine}, allowed to send to other "
        "domains; or send to a recipient of the server's own domain.",
        source="RFC 5321; the common wording of Postfix, Exim and Exchange",
        signs=(
            Sign(
                "554 5.7.1 Relay access denied",
                text=(
                    near(
                        (r"relay(?:ing)?\b",),
                        30,
                        (
                            "denied",
                            "not (?:permitted|allowed|authori[sz]ed)",
                            "prohibited",
                            "disallowed",
                            "forbidden",
                            "rejected",
                            "refused",
                            "declined",
                        ),
                    ),
                    near(
                        (
                            r"unable\b",
                            r"not (?:permitted|allowed|authori[sz]ed)\b",
                            r"refus\w*\b",
                            r"den(?:y|ies|ied)\b",
                            r"cannot\b",
                            r"can't\b",
                            r"don't\b",
                            r"do not\b",
                            r"no\b",
                        ),
                        20,
                        (r"\brelay",),
                    ),
                    "rejected relay",
                    "(?<!or )not local",
                    "rcpthosts",
                    "not (?:a )?(?:gateway|open relay)",
                    r"5\.7\.54\b",
                    "mail for this domain",
                    "insecure mail relay",
                ),
            ),
        ),
    ),
    Row(
        id="rcpt-domain",
        kind="recipient",
        retry="fix",
        cause="The domain of the test recipient does not exist, or takes no mail.",
        fix="Choose a recipient of a real domain; the refusal is not about the SMTP settings.",
        source=f"{_SISIMAI}; Postfix reject_unknown_recipient_domain",
        signs=(
            Sign(
                "450 4.1.2 <ops@example.invalid>: Recipient address rejected: Domain not found",
                stage=("rcpt", "data", "end_of_data"),
                text=(
                    "recipient.{0,60}domain.{0,20}(?:not found|not exist|must exist|unknown)",
                    r"\bmail domain\b.{0,40}unknown",
                    "domain .{0,10}(?:not |un)reachable",
                    "host (?:or domain name )?not found",
                    "host unknown",
                    "unknown host",
                    "(?:unrouteable|no such) (?:mail )?domain",
                    "recipient.{0,60}(?:null ?mx|unknown domain)",
                ),
                but_not=(r"\bsender\b",),
            ),
            Sign(
                "550 5.4.4 Invalid domain",
                stage=("rcpt", "data", "end_of_data"),
                only_there=True,
                text=(
                    "(?:unknown|invalid) (?:mail )?domain",
                    "domain .{0,40}(?:does not exist|doesn't exist|not found|no mx)",
                    "null ?mx",
                    "no (?:valid )?mx",
                ),
                but_not=(r"\bsender\b",),
            ),
        ),
    ),
    Row(
        id="rcpt-syntax",
        kind="recipient",
        retry="fix",
        cause="{server} takes the address of the test recipient for malformed.",
        fix="Give one plain address as recipient.",
        source="RFC 3463",
        signs=(
            Sign("501 5.1.3 Bad recipient address syntax", enhanced=("5.1.3",)),
            Sign(
                "501 Invalid address",
                stage=("rcpt",),
                only_there=True,
                code=(501,),
                text=(
                    "invalid",
                    "bad",
                    "illegal",
                    "argument",
                ),
                but_not=(r"\b5\.1\.",),
            ),
            Sign(
                "501 malformed recipient address",
                stage=("rcpt",),
                only_there=True,
                text=(
                    "malformed",
                    "syntax",
                    "not a valid (?:rfc|e-?mail)",
                    "domain missing",
                ),
            ),
        ),
    ),
    Row(
        id="no-such-user",
        kind="recipient",
        retry="fix",
        cause="{server} knows no such recipient.",
        fix="Choose a real mailbox for the test message; the refusal is not about the SMTP settings.",
        source="measured: postfix, exim, aiosmtpd",
        signs=(
            Sign(
                "550 5.1.1 <nouser@test.invalid>: Recipient address rejected: no such user",
                stage=("rcpt", "data", "end_of_data"),
                enhanced=("5.1.1", "5.1.10", "5.1.6"),
                but_not=(r"\bsender\b", "polic"),
            ),
            Sign(
                "550 unknown user",
                stage=("rcpt", "data", "end_of_data"),
                code=(5,),
                text=(
                    near(
                        (
                            "user",
                            "recipient",
                            "mail ?box",
                            "account",
                            "address",
                            "alias",
                            "customer",
                            "inbox",
                        ),
                        50,
                        (
                            "unknown",
                            "not exist",
                            "n't exist",
                            "not found",
                            "not known",
                            "not listed",
                            "not here",
                        ),
                    ),
                    near(
                        ("user", "recipient", "mail ?box", "account", "alias", "customer", "inbox"),
                        50,
                        ("not valid", "invalid"),
                    ),
                    near(
                        ("(?:unknown|no such|invalid|non.?existent|bad|not a valid) ",),
                        7,
                        (
                            "user",
                            "recipient",
                            "mail ?box",
                            "account",
                            "person",
                            "local",
                            "rcpt",
                            "inbox",
                        ),
                    ),
                    "(?:unknown|no such|non.?existent) (?:local |e-?mail )?address",
                    "unrouteable address",
                    "no mailbox",
                    "not (?:our|a known) (?:customer|user)",
                    "recipient address rejected: access denied",
                    "not have an account",
                    "does not exist here",
                ),
                but_not=(r"\b(?:may|might) not\b", r"\bsender\b"),
            ),
            Sign(
                "550 Not a valid address",
                stage=("rcpt", "data", "end_of_data"),
                only_there=True,
                code=(5,),
                text=(
                    "address.{0,50}(?:not valid|invalid)",
                    "(?:invalid|bad|not a valid) (?:local |e-?mail )?address",
                ),
                but_not=(r"\b(?:may|might) not\b", r"\bsender\b"),
            ),
        ),
    ),
    # ---- the content -----------------------------------------------------------------------------
    Row(
        id="virus",
        kind="policy",
        retry="fix",
        cause="{server} takes the message for dangerous.",
        fix="A test message holds nothing of the kind; ask the administrator of the server, or change subject and body.",
        source=_SISIMAI,
        signs=(
            Sign(
                "554 5.7.1 virus found",
                text=(
                    "virus",
                    "malware",
                    "infected",
                    "trojan",
                    "phish",
                ),
                but_not=("spam",),
            ),
        ),
    ),
    Row(
        id="content-form",
        kind="protocol",
        retry="fix",
        cause="{server} takes the message, or one of its headers, for malformed.",
        fix="Look at subject, body and display name of what was sent: line ends, very long lines, unusual characters.",
        source=_SISIMAI,
        signs=(
            Sign(
                "550 5.7.1 This message is not RFC 5322 compliant",
                stage=("data", "end_of_data"),
                only_there=True,
                text=(
                    "rfc.?(?:5322|2822|822)",
                    "bare (?:lf|line.?feed|cr|newline)",
                    "line (?:is )?too long",
                    near(
                        ("missing", "invalid", "duplicate", "malformed", "bad", "multiple"),
                        30,
                        ("header", "from:", "message.?id", "date"),
                    ),
                    r"\bheaders?\b",
                    "invalid (?:message )?(?:content|characters)",
                    "8.?bit",
                    r"mime\b",
                    "improper",
                    "base64",
                    r"\bhops?\b",
                    "mail loop",
                    "loops back",
                    "message is malformed",
                    "missing final .?@domain",
                ),
                but_not=(
                    "blocked senders",
                    "spoof",
                ),
            ),
            Sign(
                "550 5.6.0 syntax of the content",
                stage=("data", "end_of_data"),
                enhanced=("5.6.0", "5.6.1", "5.6.11", "5.5.6"),
            ),
        ),
    ),
    Row(
        id="spam-policy",
        kind="policy",
        retry="fix",
        cause="A filter of {server} refused the message: for its content, or for who sends it from where.",
        fix="Use a From address of a domain this server may send for, and plain words in subject "
        "and body; the reply, or the server's administrator, names the rule.",
        source=_GOOGLE,
        signs=(
            Sign(
                "550 5.7.1 Our system has detected that this message is likely unsolicited mail.",
                stage=("mail", "rcpt", "data", "end_of_data"),
                text=(
                    "spam",
                    "unsolicited",
                    "junk",
                    "suspicious",
                    "reputation",
                    "content (?:filter|reject|block|not|denied)",
                    "rejected by .{0,20}(?:filter|content|policy)",
                    r"(?:blocked|rejected|refused|violat\w+|denied|due to).{0,40}polic",
                    "polic(?:y|ies) (?:violation|reason|restriction|reject|error)",
                    "message (?:has been |was )?(?:blocked|filtered)",
                    "filter",
                    "policy that",
                    r"\bsuspect",
                    "illegal attachment",
                    "security issue",
                    "delivery not authori[sz]ed",
                ),
            ),
        ),
    ),
    # ---- put off ---------------------------------------------------------------------------------
    Row(
        id="shutting-down",
        kind="server",
        retry="later",
        cause="{server} closes the session: busy, restarting, or a limit.",
        fix="Try later.",
        source="RFC 5321; measured",
        signs=(
            Sign(
                "451 4.7.500 Server busy. Please try again later",
                code=(4,),
                text=(
                    near(
                        ("server", "system", "service", "host"),
                        30,
                        (
                            "busy",
                            "overload",
                            "unavailable",
                            "not available",
                            "shutting down",
                            "load",
                        ),
                    ),
                    "too busy",
                    "high load",
                    "not accepting (?:network )?messages",
                    "maintenance",
                ),
                but_not=("recipient",),
            ),
        ),
    ),
    Row(
        id="greylisted",
        kind="server",
        retry="later",
        cause="{server} puts the message off for now, as greylisting does with a first contact.",
        fix="Try again after some minutes.",
        source="measured: postfix policy service",
        signs=(
            Sign(
                "450 4.2.0 <grey@test.invalid>: Recipient address rejected: greylisted, try again",
                code=(4,),
                text=(
                    "gr[ea]y.?list",
                    "postgrey",
                    "greymail",
                    "first contact",
                ),
            ),
        ),
    ),
)

#: What is known where the words tell nothing: how far the conversation had come.
_BY_STAGE: tuple[Row, ...] = (
    Row(
        id="starttls-temp",
        kind="server",
        retry="later",
        cause="{server} cannot do TLS just now.",
        fix="Try later; never fall back to sending the password in clear.",
        source="RFC 3207; measured",
        signs=(
            Sign(
                "454 4.7.0 TLS not available due to temporary reason",
                stage=("starttls",),
                text=(
                    "tls (?:is )?(?:currently )?not available",
                    "tls not available",
                ),
                code=(4,),
            ),
            Sign("451 not now", stage=("starttls",), code=(4,)),
        ),
    ),
    Row(
        id="starttls-refused",
        kind="tls",
        retry="fix",
        cause="{server} rejects STARTTLS although TLS is required.",
        fix="Use the submission port.",
        source="RFC 3207",
        signs=(Sign("502 5.5.1 command not implemented", stage=("starttls",), code=(5,)),),
    ),
    Row(
        id="banner-refused",
        kind="policy",
        retry="fix",
        cause="{server} refuses this client at the door, usually for its address; this table does not know its words.",
        fix="Ask whether the public address of {machine} is on a block list or must be allowed.",
        source="RFC 5321",
        signs=(Sign("554 5.7.1 no service for you", stage=("banner",), code=(5,)),),
    ),
    Row(
        id="command-unknown",
        kind="protocol",
        retry="fix",
        cause="{server} does not know a command, or not this form of it; a firewall that inspects mail does that too.",
        fix="Check host and port, and look for a proxy or firewall that changes SMTP commands.",
        source="RFC 5321; https://github.com/dotnet/corefx SmtpException",
        signs=(
            Sign(
                "502 5.5.1 Command not implemented",
                code=(500, 502, 504),
                text=(
                    "command (?:is )?(?:not |un)",
                    "(?:unknown|unrecogni[sz]ed|unimplemented|invalid|bad) command",
                    "not (?:implemented|recogni[sz]ed|understood)",
                    "syntax error",
                    "unrecogni[sz]ed",
                ),
            ),
            Sign(
                "500 5.5.2 what?",
                stage=("mail", "rcpt", "data", "end_of_data", "auth", "starttls", "ehlo"),
                only_there=True,
                code=(500,),
                enhanced=("5.5.1", "5.5.2"),
            ),
        ),
    ),
    Row(
        id="sender-refused",
        kind="sender",
        retry="fix",
        cause="{server} does not accept mail from this sender; this table does not know its words.",
        fix="Check the From address with the provider.",
        source="RFC 5321",
        signs=(
            Sign("550 5.7.1 sender refused", stage=("mail",), code=(5,)),
            Sign(
                "550 5.1.0 Sender rejected",
                text=(
                    "sender (?:address )?(?:is )?(?:rejected|refused|denied|not accepted)",
                    "(?:denies|refuses|rejects) (?:the |this )?sender",
                ),
                code=(5,),
            ),
        ),
    ),
    Row(
        id="rcpt-temp",
        kind="server",
        retry="later",
        cause="{server} cannot take mail for this recipient just now; this table does not know its words.",
        fix="Try later or choose another recipient.",
        source="RFC 5321",
        signs=(Sign("450 4.2.1 not at the moment", stage=("rcpt",), code=(4,)),),
    ),
    Row(
        id="rcpt-refused",
        kind="recipient",
        retry="fix",
        cause="{server} refused the message when it was told the recipient; this table does not know its words.",
        fix="Check the test address; then ask the provider, as the sender or {machine} may be meant as well.",
        source="RFC 5321",
        signs=(
            Sign("550 5.7.1 recipient refused", stage=("rcpt",), code=(5,)),
            Sign("Unable to send to a recipient.", stage=("rcpt",), condition="recipient_refused"),
            Sign(
                "550 Recipient rejected",
                text=("recipient (?:address )?(?:is )?(?:rejected|refused|denied|not accepted)",),
                code=(5,),
            ),
        ),
    ),
    Row(
        id="size-or-full",
        kind="size",
        retry="fix",
        cause="The message is larger than {server} takes, or a mailbox has no room for it.",
        fix="Choose another recipient, or a smaller message.",
        source="RFC 5321 and RFC 1870 (code 552)",
        signs=(Sign("552 Exceeded storage allocation", code=(552,)),),
    ),
    Row(
        id="mailbox-unavailable",
        kind="unknown",
        retry="fix",
        cause="Reported by the Orchestrator: {server} refused sender or recipient. Its mail client "
        "has one sentence for a refusal for now (450) and for good (550).",
        fix="Look at the words behind the sentence; run the same test with via: smtp, which shows the stage.",
        source=_DOTNET_TEXTS,
        signs=(
            Sign(
                "Mailbox unavailable. The server response was: Requested action not taken",
                condition="mailbox_busy_or_gone",
                but_not=(r"\b[45]\.\d{1,3}\.\d",),
            ),
        ),
    ),
    Row(
        id="generic-4xx",
        kind="server",
        retry="later",
        cause="A temporary refusal this table does not know.",
        fix="Try later; if it stays, quote the reply to the provider.",
        source="RFC 5321",
        signs=(Sign("451 4.3.0 Mail server temporarily rejected message", code=(4,)),),
    ),
    Row(
        id="generic-5xx",
        kind="unknown",
        retry="fix",
        cause="A permanent refusal this table does not know.",
        fix="Quote the reply (the password is not in it) to the provider.",
        source="RFC 5321",
        signs=(Sign("554 5.0.0 transaction failed", code=(5,)),),
    ),
)

#: Rows that know what a product says; ``diagnosis_general_table`` is asked after them.
SPECIFIC: tuple[Row, ...] = (*_CLIENT, *_PROVIDERS, *_ANY_SERVER)
LAST: tuple[Row, ...] = _BY_STAGE
ROWS: tuple[Row, ...] = (*SPECIFIC, *LAST)
