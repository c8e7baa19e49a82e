# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The sentences of the mail clients that Orchestrators send with, as data; ``client_words`` reads them.

Patterns are compared without regard to letters, in order.  Sources: the resources of
``System.Net.Mail`` and of ``System.Net.Security`` (dotnet/runtime), MailKit's ``SmtpClient`` and
``SslHandshakeException`` (jstedfast/MailKit), the base framework's ``SmtpEmailSenderConfiguration``
(aspnetboilerplate), the socket error numbers of Windows and Linux.  Sentences in other languages
are what .NET Framework says on such a Windows; the English ones are the same everywhere else.
"""

from __future__ import annotations

from .diagnosis_row import Symptom

#: What is put around the words of a mail client, and says nothing about the failure.
WRAPPERS: tuple[str, ...] = (
    r"^\s*the orchestrator could not send a test message to \S+ (?:through|with) .*?: (?=\S)",
    # What kind of exception a client threw; TLS and sockets apart, where the kind is evidence.
    r"\b(?:\w+\.)+(?:smtp\w*|authentication|servicenot\w+)exception ?: ",
)

#: What stands before the words of the mail server in a sentence of ``System.Net.Mail``.
ANSWER = (
    "(?:server response was|serverantwort (?:war|lautete)|réponse du serveur était"
    "|respuesta del servidor (?:fue|es)|risposta del server(?: è stata)?"
    "|resposta do servidor (?:foi|é)|サーバーの?(?:応答|応答は)|服务器响应为|伺服器回應為|ответ сервера"
    "|odpowiedź serwera|antwoord van de server|het antwoord van de server(?: was)?) ?[:：] *"
)

#: Sentences of ``System.Net.Mail``, each with the reply code that it stands for.
SENTENCES: tuple[tuple[tuple[str, ...], Symptom], ...] = (
    # The word for every code that it has no word for; only the words behind it tell.
    ((rf"syntax error, command unrecognized.*{ANSWER}\S",), Symptom()),
    (("syntax error, command unrecognized",), Symptom(code=500)),
    # The same sentence for 450 and for 550.
    (
        (
            "mailbox unavailable",
            "postfach nicht verfügbar",
            "boîte aux lettres non disponible",
            "buzón no disponible",
            "cassetta postale non disponibile",
            "caixa de correio não disponível",
            "メールボックスを(?:使用|利用)できません",
            "邮箱不可用",
            "почтовый ящик недоступен",
        ),
        Symptom(conditions=("mailbox_busy_or_gone",)),
    ),
    (
        (
            "requires a secure connection or the client was not authenticated",
            "sichere verbindung erforderlich,? oder der client wurde nicht authentifiziert",
            "requiert une connexion sécurisée ou le client n.était pas authentifié",
            "requiere una conexión segura o el cliente no se autenticó",
            "richiede una connessione (?:protetta|sicura) o il client non è (?:stato )?autenticato",
            "requer uma conexão segura ou o cliente não (?:foi|estava) autenticado",
            "要求安全连接或客户端未通过身份验证",
            "требует безопасного соединения",
            "セキュリティで保護された接続が必要",
        ),
        Symptom(code=530, conditions=("secure_or_auth",)),
    ),
    (("closing transmission channel",), Symptom(code=421)),
    (("client does not have permission to submit mail to this server",), Symptom(code=454)),
    (("exceeded storage allocation",), Symptom(code=552)),
    (("insufficient system storage",), Symptom(code=452)),
    (("mailbox name not allowed",), Symptom(code=553)),
    (("user not local; please try a different path",), Symptom(code=551)),
    (("syntax error in parameters or arguments",), Symptom(code=501)),
    (("command parameter not implemented",), Symptom(code=504)),
    (("command not implemented",), Symptom(code=502)),
    (("bad sequence of commands",), Symptom(code=503)),
    ((r"error in processing\.",), Symptom(code=451)),
    (("transaction failed",), Symptom(code=554)),
)

_REFUSED_CERTIFICATE = Symptom(
    stage="tls", error=("SSLError",), conditions=("certificate_refused",)
)

#: What a client says where no SMTP reply is the matter.
WORDS: tuple[tuple[tuple[str, ...], Symptom], ...] = (
    # ---- the settings themselves -----------------------------------------------------------------
    (
        (
            "setting value for .* is null or empty",
            "smtp host was not specified",
            "from address must be specified",
            "host name cannot be empty",
            r"\(parameter 'host'\)",
            "no sender has been specified",
        ),
        Symptom(conditions=("setting_empty",)),
    ),
    (
        (
            "not in the form required for an e-?mail address",
            "recipient must be specified",
            "parameter '(?:address|from|to)' cannot be an empty string",
            "invalid character was found in the mail header",
            "specified port is invalid",
            "pickup.directory delivery",
            "address has an invalid host name",
            "no recipients have been specified",
            "invalid (?:addr-spec|local-part|domain|mailbox|address) token",
            "ParseException",
            r"\(parameter 'port'\)",
        ),
        Symptom(conditions=("setting_wrong",)),
    ),
    (("only configured for e-?mail addresses with ascii local.parts",), Symptom(code=553)),
    # ---- the security errors of Windows, by name or by number ------------------------------------
    (
        (
            "gssapi",
            r"\bspnego\b",
            "kerberos",
            "unspecified gss failure",
            "no credentials are available in the security package",
            "0x8009030E",
            "0x80090303",
            "target (?:principal )?(?:is )?unknown",
        ),
        Symptom(stage="auth", conditions=("auth_windows_failed",)),
    ),
    (
        (
            "logon attempt failed",
            "0x8009030C",
        ),
        Symptom(stage="auth", code=535),
    ),
    # ---- TLS -------------------------------------------------------------------------------------
    (
        (
            "RemoteCertificateNameMismatch",
            "host name .*did not match",
            "target principal name is incorrect",
            "0x80090322",
            "0x800B010F",
            "CN_NO_MATCH",
        ),
        Symptom(stage="tls", conditions=("certificate_name",)),
    ),
    (
        (
            "RemoteCertificateChainErrors",
            "remote certificate (?:is|was) (?:invalid|rejected)",
            "certificate could not be validated",
            "trust relationship for the ssl",
            "remotezertifikat (?:ist (?:laut|gemäß|ungültig)|wurde)",
            "certificat distant n.est pas valide",
            "certificado remoto no es válido",
            "certificate verify failed",
            "x509:",
            "远程证书无效",
            "удаленный сертификат недействителен",
            "リモート証明書が無効",
            "certificato remoto non è valido",
            "certificado remoto é inválido",
            "externe certificaat is ongeldig",
            "zdalny certyfikat jest nieprawidłowy",
            "received certificate has",
            "certificate (?:chain )?was issued",
            "unable to check revocation",
            "0x8009032[58]",
            "0x8009201[0-3]",
            "0x800B01[0-9A-F]{2}",
        ),
        _REFUSED_CERTIFICATE,
    ),
    (
        (
            "SslHandshakeException",
            "unsupported protocol version",
            "not look like a tls handshake",
            "establish an ssl or tls connection",
            "closed the transport stream",
            "unexpected eof or 0 bytes",
            "unexpected packet format",
            "corrupted frame",
            "call to sspi failed",
            "common algorithm",
            "ssl handshake failed",
            "ssl connection could not be established",
            "tls alert",
            "ssl/tls secure channel",
            "authentication failed, see inner exception",
            "decryption operation failed",
            "ssl routines",
            "SSL_ERROR_",
            "die authentifizierung ist fehlgeschlagen, siehe innere ausnahme",
        ),
        Symptom(stage="tls", error=("SSLError",)),
    ),
    (
        (
            "0x8009[0-9A-F]{4}",
            "SEC_E_",
            "message received was unexpected or badly formatted",
            r"\bSSPI\b",
            "token supplied to the function is invalid",
            "调用 SSPI",
            "local security authority cannot",
        ),
        Symptom(stage="tls", error=("SSLError",)),
    ),
    (
        (
            "does not support (?:secure connections|the starttls extension)",
            "unterstützt keine sicheren verbindungen",
        ),
        Symptom(stage="starttls", conditions=("starttls_not_offered",)),
    ),
    # ---- signing in ------------------------------------------------------------------------------
    (
        ("smtp server does not support authentication",),
        Symptom(stage="auth", conditions=("auth_not_offered",)),
    ),
    (
        ("no compatible authentication mechanisms",),
        Symptom(stage="auth", conditions=("auth_without_login",)),
    ),
    # ---- reaching the server ---------------------------------------------------------------------
    (
        (
            "name could not be resolved",
            "no such host is known",
            "name or service not known",
            "EAI_[A-Z]+",
            "nodename nor servname",
            "failure in name resolution",
            "resource temporarily unavailable",
            "smtp host was not found",
            r"SocketException \(1100[1-4]\)",
            "host ist unbekannt",
            "remotename konnte nicht aufgelöst",
            "nom distant n.a pas pu être résolu",
            "hôte inconnu",
            "nombre remoto",
            "no data of the requested type was found",
            "temporary error during hostname resolution",
            "不知道这样的主机",
            "未能解析此远程名称",
            "хост неизвестен",
            "разрешить удаленное имя",
            "そのようなホストは不明",
            "リモート名を解決できません",
            "host desconocido",
            "risolvere il nome remoto",
            "host sconosciuto",
            "nome remoto não pôde ser resolvido",
            "host não é conhecido",
            "nazwy zdalnej",
            "externe naam",
        ),
        Symptom(stage="connect", error=("gaierror",)),
    ),
    (
        (
            "actively refused",
            "connection refused(?![.,:;] ?[a-z])",
            r"SocketException \((?:10061|111)\)",
            "zielcomputer die verbindung verweigerte",
            "ordinateur cible l.a expressément refusée",
            "equipo de destino denegó expresamente",
            "积极拒绝",
            "отверг запрос на подключение",
            "によって拒否された",
            "rifiuto persistente",
            "recusou ativamente",
            "recusaram ativamente",
            "recusou-as? ativamente",
            "as recusou",
            "actief geweigerd",
            "aktywnie (?:go )?odmawia",
        ),
        Symptom(stage="connect", error=("ConnectionRefusedError",)),
    ),
    (
        (
            "did not properly respond after a period of time",
            r"SocketException \((?:10060|110)\)",
            "connection attempt timed out",
            "connection timed out",
            "zeitspanne nicht (?:richtig|ordnungsgemäß) reagiert",
            "一段时间后没有正确答复",
            "требуемое время не получен",
            "一定の時間を過ぎても",
            "pas répondu convenablement",
            "no respondió adecuadamente",
            "non ha risposto correttamente",
            "não respondeu corretamente",
        ),
        Symptom(stage="connect", error=("TimeoutError",)),
    ),
    (
        (
            "forbidden by its access permissions",
            "zugriffsart .*unzulässig",
            r"SocketException \((?:10013|13)\)",
        ),
        Symptom(stage="connect", error=("PermissionError",)),
    ),
    (
        (
            "unreachable",
            "no route to host",
            "nicht erreichbar",
            r"SocketException \((?:10051|10065|101|113)\)",
        ),
        Symptom(stage="connect", error=("OSError",)),
    ),
    (
        (
            "(?:operation|request|task) (?:has |was )?(?:timed out|cancell?ed)",
            "timed out",
            "execution expired",
            r"timeout of \d+",
            "timeout (?:für|bei)",
            "timeout überschritten",
            "zeitüberschreitung",
            "délai .*(?:expiré|dépassé)",
            "tiempo de espera",
            "已超时",
            "时间已到",
            "время ожидания",
            "タイムアウト",
            "timeout dell.operazione",
            "tempo limite",
        ),
        Symptom(error=("TimeoutError",)),
    ),
    (
        (
            "forcibly closed",
            "connection (?:was|has been) (?:aborted|closed)",
            "connection reset",
            "(?:read data from|write data to) the transport connection",
            "broken pipe",
            "unexpectedly disconnected",
            r"SocketException \((?:10053|10054|104|32)\)",
            "vom remotehost geschlossen",
            "übertragungsverbindung",
            "强迫关闭了一个现有的连接",
            "基础连接已经关闭",
            "принудительно разорвал",
            "強制的に切断",
            "fermée par l.hôte distant",
            "forzado por el host remoto",
            "in modo imprevisto",
            "forçado o cancelamento",
        ),
        Symptom(error=("ConnectionResetError",)),
    ),
    (
        (
            "unable to connect to the remote server",
            "connection could not be established",
            "(?:could not|cannot|failed to) connect",
            "cannot assign requested address",
            "address incompatible with the requested protocol",
            "verbindung mit dem remoteserver kann nicht hergestellt",
            "无法连接到远程服务器",
            "невозможно соединиться с удаленным сервером",
            "リモート サーバーに接続できません",
            "impossible de se connecter au serveur distant",
            "no es posible conectar con el servidor remoto",
            "impossibile (?:effettuare la connessione|connettersi)",
            "smtpclient is not connected",
            "SocketException",
        ),
        Symptom(stage="connect", error=("OSError",)),
    ),
    # ---- the rest --------------------------------------------------------------------------------
    (
        ("unable to send to (?:a recipient|all recipients)",),
        Symptom(stage="rcpt", conditions=("recipient_refused",)),
    ),
    (
        (
            "smtp server returned an invalid response",
            "unable to parse status code",
            "committed a protocol violation",
            "invalid response (?:to the ehlo command|in the authentication handshake)",
        ),
        Symptom(conditions=("not_smtp",)),
    ),
    (
        (
            "internal server error",
            "bad gateway",
            "gateway time-?out",
            "service (?:temporarily )?unavailable(?![:;,] ?[a-z])",
            "an internal error occurred",
        ),
        Symptom(conditions=("orchestrator_failed",)),
    ),
)
