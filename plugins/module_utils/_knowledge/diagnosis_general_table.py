# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What words and numbers mean in general, as data: for replies whose very words nobody has met.

The signs of the rows of ``diagnosis_table`` know what a product says.  These know who is spoken
of (sender, recipient, client, message) and what is wrong with them, and the enhanced codes of
RFC 3463 where words tell nothing.  They are asked in this order, after every specific row and
before the rows that only know the stage.
"""

from __future__ import annotations

from .diagnosis_row import Sign, Stage, near

#: The one who is to receive, in a reply.
_RECIPIENT = (
    r"(?:recipient|rcpt|destinat\w+|addressee|\buser|\bmail ?box|\binbox|\baccount|\baddress"
    r"|\bperson|<@>|empfänger|postfach|bo[iî]te|\butente|usuario|utilisateur|получател\w*|收件人"
    r"|宛先|受信者)"
)
#: The one in whose name the mail is sent.
_SENDER = (
    r"(?:\bsender|mail[ _-]?from|\bfrom[ -](?:address|header|domain)|envelope|return[ -]?path"
    r"|originator|exp[eé]diteur|[eé]metteur|absender|mittente|remitente|remetente|отправител\w*"
    r"|发件人|寄件人|差出人|送信者)"
)
#: The machine that sends.
_CLIENT = (
    r"(?:\bips?\b|\bclient\b|\b(?:your|this|sending|connecting|remote|source) ?(?:mail ?)?"
    r"(?:server|host|network|machine|mta|subnet)|\bhost network|\[\d+\.\d+\.\d+\.\d+\])"
)
#: Words that say that not the recipient is meant.
_OURS = r"(?:\byour\b|\bips?\b|\bclient\b)"
_BLOCKED = r"(?:block|black|bann|denied|deny|refus|reject|not (?:been )?(?:allowed|accepted|welcome)|disallow|prohibit|restrict)"
_THERE: tuple[Stage, ...] = ("rcpt", "data", "end_of_data")
_AT_THE_END: tuple[Stage, ...] = ("data", "end_of_data")
_MAIL: tuple[Stage, ...] = ("mail", "rcpt", "data", "end_of_data")

GENERAL: tuple[tuple[str, Sign], ...] = (
    # ---- TLS and login ---------------------------------------------------------------------------
    (
        "must-starttls",
        Sign(
            "451 TLS/SSLv3 Connection required. (#4.7.1)",
            text=(
                near(
                    (
                        r"\b(?:tls|ssl\w*|starttls|encrypt\w*)\b(?!.{0,40}(?:certificate|unavailable|not available))",
                    ),
                    25,
                    (r"\brequired", r"\bneeded", r"\bmandatory", r"\benforced", r"\bnecessary"),
                ),
                near(
                    (
                        "requires?",
                        "needs?",
                        "demands?",
                        "enforces?",
                        "must (?:use|be)",
                        "only (?:over|with|via)",
                    ),
                    25,
                    (r"\btls", r"\bssl", r"\bstarttls", r"\bencrypt\w*"),
                ),
                "(?:unencrypted|plain.?text) (?:connection|session|login)s?",
                "erfordert .{0,20}verschlüsselung",
            ),
        ),
    ),
    (
        "auth-failed",
        Sign(
            "550 5.7.0 Code d'authentification invalide",
            stage=("auth",),
            only_there=True,
            code=(5,),
            text=(
                r"\bauth\w* error",
                "fail",
                "invalid",
                "incorrect",
                "wrong",
                r"\bbad\b",
                "unsuccessful",
                "mismatch",
                "does ?n.t match",
                "not (?:accepted|valid|correct|recogni[sz]ed|match)",
                "no such user",
                "unknown user",
                "falsch",
                "fehlgeschlagen",
                "ungültig",
                "échou",
                "errone",
                "fallit",
                "неверн",
                "неправильн",
                "错误",
                "失败",
                "不正确",
                "失敗",
                "正しくありません",
            ),
            but_not=(r"\b(?:command|argument|parameter|syntax)",),
        ),
    ),
    (
        "auth-failed",
        Sign(
            "550 Submitter failed to authenticate",
            code=(5,),
            text=(
                r"(?:fail\w* to|unable to|could not|cannot) (?:authenticate|log ?in|sign ?in)\b",
                near(
                    (r"password\b", r"credentials?\b", r"user ?name\b"),
                    30,
                    ("incorrect", "invalid", "wrong", "mismatch", "not (?:valid|correct|accepted)"),
                ),
                "logon (?:attempt )?(?:failed|denied|failure)",
                "0x8009030C",
            ),
        ),
    ),
    (
        "not-authenticated",
        Sign(
            "503 Error: need EHLO and AUTH first !",
            stage=_MAIL,
            code=(5,),
            text=(
                near(
                    (
                        r"\bneed\w*\b",
                        r"\brequires?\b",
                        r"\bmust\b",
                        r"\bwithout\b",
                        r"\bplease\b",
                        r"\bturn on\b",
                        r"\benable\b",
                    ),
                    30,
                    (r"\bauth\b", r"\bauthenticat\w*\b", r"\blog ?(?:in|on)\b", r"\bsign ?in\b"),
                ),
                near(
                    (r"\bauth\w*\b", r"\blog ?(?:in|on)\b", r"\bsign ?in\b"),
                    25,
                    (r"\brequired", r"\bneeded", r"\bfirst", r"\bmissing", r"\bmandatory"),
                ),
                r"\b(?:not|un|non)[ -]?(?:authenticated|logged)",
                "anmeldung erforderlich",
                r"authentifi\w+ requise",
                r"autenticaci\w+ (?:requerida|necesaria)",
                "autenticazione richiesta",
                "требуется (?:авторизация|аутентификация)",
                "(?:需要|请先)(?:认证|登录|身份验证)",
                "認証が必要",
            ),
            but_not=(r"\b(?:spf|dkim|dmarc)\b",),
        ),
    ),
    # ---- the sending account ---------------------------------------------------------------------
    (
        "account-not-active",
        Sign(
            "550 Please activate your account. Check your inbox",
            text=(
                "activation (?:required|pending|needed)",
                "(?:business|identity|phone|account) verification (?:is )?(?:required|pending|needed)",
                "account (?:is )?not (?:yet )?(?:active|enabled|activated|approved|verified)",
            ),
        ),
    ),
    (
        "account-suspended",
        Sign(
            "554 5.1.8 Email Outgoing Blocked",
            text=(
                near(
                    (r"\b(?:outgoing|outbounds?|sending)\b(?! ip)",),
                    30,
                    (
                        r"\bdisabled",
                        r"\bblocked",
                        r"\bsuspended",
                        r"\blocked",
                        r"\brestricted",
                        r"\bstopped",
                        r"\bpaused",
                    ),
                ),
                "(?:disabled|blocked|suspended|restricted|banned) (?:from|for) sending",
                "unusual (?:sending )?activity",
            ),
        ),
    ),
    (
        "account-suspended",
        Sign(
            "535 5.7.13 User account disabled",
            stage=("auth",),
            only_there=True,
            text=(
                near(
                    (r"account\b", r"user\b", r"mail ?box\b", r"login\b"),
                    30,
                    (
                        "suspended",
                        "disabled",
                        "deactivated",
                        r"\bclosed",
                        "inactive",
                        "expired",
                        "frozen",
                        "terminated",
                    ),
                ),
                r"5\.7\.13\b",
            ),
        ),
    ),
    (
        "auth-expired",
        Sign(
            "432 4.7.12 A password transition is needed",
            stage=("auth",),
            only_there=True,
            enhanced=("4.7.12", "5.7.12"),
        ),
    ),
    # ---- how much --------------------------------------------------------------------------------
    (
        "content-form",
        Sign(
            "550 maximum allowed line length is 998 octets, got 1756",
            stage=_AT_THE_END,
            text=(
                "line.?length",
                "lines? .{0,20}too long",
                "line.?feeds?",
                "<cr>",
                "multiple (?:from|sender)",
                r"\bloop",
                "syntax check",
                "not (?:rfc|mime)",
                "non-?compliant",
                "malformed",
                "unparse?able",
                "without (?:a )?(?:sender|date|subject)",
                "charset",
                "8.?bit",
            ),
        ),
    ),
    (
        "mailbox-full",
        Sign(
            "452 User has exhausted allowed storage space",
            stage=_THERE,
            text=(
                "exhausted .{0,20}(?:storage|space|quota)",
                "(?:storage (?:space|quota|limit)|disk quota)",
                rf"{_RECIPIENT}.{{0,40}}(?:\bfull\b|\bvoll\b|plein|piena|llen[oa]|переполнен|已满|いっぱい)",
                "no (?:room|space) (?:left )?(?:in|for)",
            ),
            but_not=(
                _SENDER,
                r"\b(?:might|may) be\b",
            ),
        ),
    ),
    (
        "too-big",
        Sign(
            "552 Taille limite du message atteinte",
            stage=_MAIL,
            code=(5,),
            text=(
                r"\b(?:taille|größe|tamaño|dimensione|размер\w*)\b",
                "过大",
                "超过.{0,6}大小",
                "大きすぎ",
                near(
                    (r"(?:message|mail|body|content|attachment)s?\b",),
                    25,
                    ("too (?:long|big|large|heavy)", r"\bsize\b", "oversize"),
                ),
                r"\bsize (?:limit|restriction)",
                r"\boversized?\b",
            ),
        ),
    ),
    (
        "quota-sender",
        Sign(
            "421 Max message per connection reached, closing transmission channel",
            text=(
                r"\btoo (?:many|much)\b(?!.{0,30}(?:hops|received|redirect|command|error))",
                r"\bflood",
                r"\bmax(?:imum|\.)? .{0,30}(?:per|reached|exceeded)",
                r"\b(?:limits?|quota|allowance)\b.{0,30}(?:reach|exceed|hit|exhaust|used up)",
                r"(?:reach|exceed|hit|exhaust)\w*.{0,30}\b(?:limits?|quota)\b",
                r"\b(?:message|mail|sending|connection|excessive) rate\b",
                r"\bslower\b",
                "connection limit",
                r"\blimite\b",
                r"\blímite",
                r"\bлимит",
                "上限",
                "超过.{0,8}限",
                r"\bexcessive (?:amount|number|volume|use)",
                r"\btoo (?:often|fast|frequent)",
                r"more than \d+ (?:messages|e?mails|recipients|connections)",
                r"\bout of (?:allow(?:ed)? )?(?:rcpt|recipient)",
            ),
            but_not=(r"\b(?:mime|header)\b", r"^(?:\d\d\d )?quota exceeded\W*$"),
        ),
    ),
    # ---- who may connect -------------------------------------------------------------------------
    (
        "no-reverse-dns",
        Sign(
            "554 access denied. IP name lookup failed",
            stage=("banner", "ehlo", *_MAIL),
            text=(
                r"(?:cannot|can't|could not|unable to|fail\w* to) (?:be )?(?:resolve|look ?up|verify) (?:your|the client|client)",
                r"\b(?:ip|client|host ?)(?: ?name| address)? look ?up.{0,10} fail",
                "unresolvable (?:relay|client|host)",
                "(?:no|missing|invalid|generic|bad) (?:dns|hostname|host name) (?:entry|record|for)",
                r"4\.7\.25\b",
                r"5\.7\.25\b",
            ),
        ),
    ),
    (
        "domain-auth",
        Sign(
            "550 5.7.515 doesn't meet the required authentication level.",
            stage=_MAIL,
            text=(
                "authentication (?:level|requirements|checks?|results?)",
                "(?:sender|domain|email|message) authentication",
                r"\barc\b",
                "sender'?s? (?:domain )?polic",
                "not aligned",
                "alignment",
                r"5\.7\.5(?:09|15)\b",
            ),
        ),
    ),
    (
        "spam-policy",
        Sign(
            "553 Sorry, your email address has been blacklisted",
            stage=_MAIL,
            text=(
                near(
                    (
                        rf"(?:{_SENDER}|your (?:e-?mail|domain|address)|(?:e-?mail|from) (?:address|domain))\b(?!.{{0,30}}\bips?\b)",
                    ),
                    40,
                    (
                        rf"{_BLOCKED}\w*list",
                        "black ?list",
                        "block ?list",
                        r"\bbanned",
                        r"\bblocked",
                        "has been denied",
                    ),
                ),
                "badmailfrom",
                r"\bblocked senders?",
                "envelope blocked",
                "spoof",
                "complaint",
                "mass mail",
                r"\bbulk\b",
                near(
                    (
                        r"due to\b",
                        r"\bby\b",
                        r"\bfor\b",
                        r"against\b",
                        r"violat\w*\b",
                        r"restrict\w*\b",
                        r"organi[sz]ation\w*\b",
                        r"local\b",
                        r"security\b",
                        r"anti-\w+\b",
                    ),
                    30,
                    (r"polic(?:y|ies)\b",),
                ),
                r"\bdt:spm",
                "unwanted",
                r"\babus(?:e|ive)\b",
                "objectionable",
                r"(?:reject|refus|bann|unaccept|inappropriate|prohibit)\w* .{0,25}content\b",
                r"content\b.{0,25}(?:reject|refus|unaccept|bann|restrict|prohibit)",
                "pattern detection",
                "blocked by (?:the recipient|your organi[sz]ation)",
                r"one or more recipients .*:blocked\)",
                "domain (?:is )?listed",
                r"\bdomain \S+ is banned",
                "pre-?approved",
                r"\burls?\b",
                r"\bphish",
                "content (?:is )?(?:not|examination|restrict)",
                r"messages? .{0,50}\b(?:are|is|was|were|been) blocked",
            ),
        ),
    ),
    (
        "spam-policy",
        Sign(
            "550 we do not accept messages containing images or other attachments",
            stage=_AT_THE_END,
            text=(
                r"\battachments?\b",
                "file (?:type|extension)",
                r"\b(?:links?|urls?)\b.{0,30}(?:not allowed|blocked|listed)",
            ),
        ),
    ),
    (
        "ip-blocked",
        Sign(
            "550 Not currently accepting mail from your ip",
            text=(
                near(
                    (_CLIENT,),
                    60,
                    (
                        _BLOCKED,
                        "reputation",
                        r"\blisted",
                        r"\bspam",
                        "unauthori[sz]ed",
                        "not (?:permitted|authori[sz]ed)",
                    ),
                ),
                rf"not .{{0,20}}accept\w* .{{0,30}}from .{{0,20}}{_CLIENT}",
                r"\b(?:ip|domain)\b.{0,10}reputation",
                "dynamic(?:ally)? (?:assigned )?ip",
                "residential",
                "open (?:proxy|relay list)",
                r"\b(?:pbl|xbl|sbl|css|dnsbl|rbl|dul)\b",
                "smtp server of your (?:isp|provider)",
                "remotehost looks",
                "no access for (?:this|your) (?:ip|host|client)",
            ),
        ),
    ),
    (
        "ip-blocked",
        Sign(
            "553 5.7.2 [TSS09] All messages from 192.0.2.25 will be permanently deferred",
            text=(
                near(
                    (
                        r"(?:messages?|mail|connections?|traffic|access) from [\[(]?\d+\.\d+\.\d+\.\d+[\])]?",
                    ),
                    40,
                    ("permanently deferred", "reject", "refus", "block", "not", "denied"),
                ),
            ),
        ),
    ),
    (
        "ip-blocked",
        Sign(
            "554 5.7.1 Access denied",
            stage=("banner",),
            only_there=True,
            code=(5,),
            text=(
                "block",
                r"\blisted\b",
                r"\bden(?:y|ied)\b",
                "reject",
                "spam",
                "polic",
                "dynamic",
                "bann(?:ed|ing)",
                r"\bip\b",
                "abus",
                "prohibit",
                "not (?:allowed|authori[sz]ed|permitted)",
                "unauthori[sz]ed",
                "reputation",
                r"\bips\b",
            ),
        ),
    ),
    ("ip-blocked", Sign("550 5.7.606 no", text=(r"\b5\.7\.6(?:0[6-9]|[1-4]\d)\b",))),
    # ---- the sender ------------------------------------------------------------------------------
    (
        "sender-domain",
        Sign(
            "550 5.1.0 Absender abgelehnt: Ungültige Absender-Domäne",
            text=(
                rf"{_SENDER}.{{0,30}}(?:\bmx\b|ドメイン)",
                "absender-?domän",
                rf"(?:domaine|dominio|domínio|домен)\b.{{0,20}}{_SENDER}",
                "(?:invalid|unknown|non-?existent|unresolvable) (?:sender|from)?.{0,12}(?:from|sender).{0,8}domain",
            ),
        ),
    ),
    (
        "sender-domain",
        Sign(
            "550 Domain may not exist or DNS check failed",
            stage=("mail", "end_of_data"),
            only_there=True,
            text=(
                r"(?:domain|host|\*|\w\.\w+)\W* (?:does not|doesn't|may not) exist",
                "dns (?:check|look ?up|error).{0,10}(?:fail)?",
                "domain (?:is )?(?:not found|unknown|invalid)",
                "(?:invalid|unknown) domain",
                r"\bmx records?\b",
            ),
            but_not=("temporary",),
        ),
    ),
    (
        "sender-domain",
        Sign(
            "550-Postmaster verification failed while checking <robot@example.org>",
            stage=_MAIL,
            text=("verification failed while checking",),
        ),
    ),
    (
        "sender-not-owned",
        Sign(
            "554 5.7.1 The sender address is unauthorized",
            text=(
                near(
                    (_SENDER,),
                    50,
                    (
                        "not (?:allowed|permitted|authori[sz]ed|owned|yours)",
                        "unauthori[sz]ed",
                        "must (?:be|equal|match)",
                        "different from",
                        r"(?:conform|match|agree|correspond)\w* (?:to|with)",
                    ),
                ),
                f"unauthori[sz]ed {_SENDER}",
            ),
            but_not=(
                r"\bips?\b",
                r"\bspf\b",
                "policy",
                r"\b(?:null|empty|blank) (?:envelope )?sender",
            ),
        ),
    ),
    (
        "sender-syntax",
        Sign(
            "553 5.5.4 <robot>... Domain name required for sender address robot",
            stage=("mail",),
            only_there=True,
            text=(
                "domain name required",
                "not valid",
                "invalid (?:e-?mail|mail)",
                near(
                    (
                        r"(?:bad|invalid|illegal) (?:sender|from|address|argument|parameter)s?\b(?!.{0,5}domain)",
                    ),
                    20,
                    ("syntax", "format", "address"),
                ),
                "scanning",
                "fully.?qualified",
            ),
        ),
    ),
    # ---- the recipient ---------------------------------------------------------------------------
    (
        "rcpt-members-only",
        Sign(
            "550 Posting by non-member to a members-only list",
            stage=_THERE,
            text=(
                "members?[ -]only",
                "non-?members?",
                "only (?:for )?members",
                r"not (?:subscribed|a (?:\w+ )?member)",
                "(?:closed|restricted|moderated|private) (?:mailing )?(?:list|group)",
                near(
                    (r"only (?:accept\w*|from) ",),
                    30,
                    (
                        "internal",
                        "members",
                        "organi[sz]ation",
                        "specific",
                        "certain",
                        "trusted",
                        "authenticated",
                    ),
                ),
            ),
        ),
    ),
    (
        "relay-denied",
        Sign(
            "553 You are trying to use me [server-1.example.net] as a relay, but I have not been configured to let you do this.",
            stage=_THERE,
            text=(
                r"\bas (?:a|an open) relay",
                r"\brelay\w*\b.{0,40}\b(?:not|no|only|fail\w*)\b",
                "forward.?path .{0,20}not allowed",
                r"\b(?:not|no|won't|cannot)\b.{0,40}\brelay",
                "cannot deliver mail for",
                r"(?<!or )\bnot (?:a )?local\b",
                "non-?local",
                near(
                    ("not ",),
                    20,
                    (
                        r"(?:accept|deliver|handle|host)\w* (?:mail |messages? )?(?:for|to) (?:this|that|your|the)? ?domain",
                    ),
                ),
                "domain .{0,20}not (?:hosted|handled|served|local)",
            ),
        ),
    ),
    (
        "rcpt-inactive",
        Sign(
            "550 mailbox is frozen",
            stage=_THERE,
            only_there=True,
            text=(
                near(
                    (_RECIPIENT,),
                    40,
                    (
                        "frozen",
                        "suspend",
                        "archiv",
                        r"\bbloqu",
                        r"blocked\b",
                        r"\blocked",
                        "disabled",
                        r"\binactive",
                        "no longer (?:accept|active|in use)",
                        r"\bclosed",
                        "deactivat",
                        "terminated",
                        "cancel",
                        "discontinued",
                        "выключен",
                        "заблокирован",
                        "停用",
                        "冻结",
                        r"not (?:currently )?(?:being )?accept\w*",
                    ),
                ),
                "archived recipient",
                "inactivity",
            ),
            but_not=(
                _SENDER,
                r"\bfrom\b",
                _OURS,
                "polic",
                r":blocked\)",
                r"\bsending\b",
                r"\b(?:might|may) be\b",
            ),
        ),
    ),
    (
        "rcpt-syntax",
        Sign(
            "554 Transaction failed: foobar@com: Subscriber email is invalid.",
            stage=_THERE,
            text=(
                "subscriber email is invalid",
                "(?:recipient|to) (?:address |field )?(?:is )?(?:malformed|missing|empty)",
                "(?:illegal|invalid|restricted) (?:characters?|format) in (?:the )?(?:recipient|address)",
            ),
        ),
    ),
    (
        "no-such-user",
        Sign(
            "550 address not present in directory",
            stage=_THERE,
            code=(5,),
            text=(
                near(
                    (_RECIPIENT,),
                    60,
                    (
                        "no longer (?:valid|exist)",
                        r"n\W?t exist",
                        r"\bwrong",
                        "not (?:present|an? active|listed|be found|exist|recogni[sz]ed|in my|known)",
                        "unknown",
                        "could not be found",
                        "incorrect",
                        "ungültig",
                        "unbekannt",
                        "inconnu",
                        "invalide",
                        "sconosciut",
                        "desconocid",
                        "inexist",
                        "no existe",
                        "не найден",
                        "не существует",
                        "不存在",
                        "無効",
                        "存在しません",
                    ),
                ),
                near(
                    ("(?:no|not an?|n't have an?|isn't an?|can't accept|nessun|kein) ",),
                    30,
                    (
                        r"account\b",
                        r"mail ?box\b",
                        r"mail box\b",
                        r"user\b",
                        r"utente\b",
                        r"person\b",
                        r"recipient\b",
                        r"postfach\b",
                        r"empfänger\b",
                    ),
                ),
                "no (?:such )?address",
                "no one (?:here )?(?:at|by|with)",
                "(?:utilisateur|destinataire).{0,15}inconnu",
                "no existe",
                "нет такого",
                "not listed in",
            ),
            but_not=(
                _SENDER,
                r"\bfrom\b",
                _OURS,
                "polic",
                "spam",
                r"\brelay",
                r"\b(?:might|may) not\b",
            ),
        ),
    ),
    (
        "no-such-user",
        Sign(
            "554 5.7.1 recipient verify from ldap failed",
            stage=_THERE,
            code=(5,),
            text=(r"recipient (?:address )?(?:verif\w+|validation)\b.{0,25}fail",),
        ),
    ),
    # ---- by number (RFC 3463), where the words tell nothing --------------------------------------
    ("content-form", Sign("554 5.6.3 no", enhanced=("5.6.2", "5.6.3", "5.1.20", "5.4.6", "4.4.6"))),
    ("too-big", Sign("552 5.2.3 no", enhanced=("5.2.3", "5.3.4"))),
    ("must-starttls", Sign("554 5.7.10 no", enhanced=("5.7.10", "4.7.10", "5.7.11", "4.7.11"))),
    (
        "sender-domain",
        Sign(
            "450 4.1.8 no",
            enhanced=("4.1.8", "5.1.8"),
            but_not=(
                "not allowed",
                "denied",
            ),
        ),
    ),
    ("ms-tenant-blocked", Sign("550 5.7.705 no", text=(r"\b5\.7\.7(?:0[58]|50)\b",))),
    (
        "auth-weak",
        Sign("534 5.7.9 no", stage=("auth",), only_there=True, enhanced=("5.7.9", "5.7.4")),
    ),
    (
        "rcpt-domain",
        Sign(
            "550 5.1.2 bad destination system", stage=_THERE, enhanced=("5.1.2", "4.1.2", "5.4.4")
        ),
    ),
    # ---- later -----------------------------------------------------------------------------------
    (
        "shutting-down",
        Sign(
            "451 Unable to process connection at this time",
            code=(4,),
            text=(
                "unable to process .{0,30}at this time",
                "cannot (?:accept|process) .{0,30}(?:now|at this time)",
            ),
        ),
    ),
    (
        "greylisted",
        Sign(
            "451 4.7.1 Please try again later",
            stage=_MAIL,
            code=(450, 451),
            text=(
                r"(?:try|retry|come back).{0,20}(?:again|later|back|in \d)",
                "deferred",
            ),
            but_not=(r"\b4\.3\.\d",),
        ),
    ),
    (
        "greylisted",
        Sign("421 4.7.0 temporarily deferred", stage=_MAIL, code=(421,), text=("deferred",)),
    ),
    (
        "starttls-temp",
        Sign(
            "454 4.7.0 TLS not available",
            code=(4,),
            text=("tls (?:is )?(?:currently )?not available",),
        ),
    ),
    ("auth-temp", Sign("451 4.3.0 try that again", stage=("auth",), code=(4,))),
    ("auth-decode", Sign("501 5.5.4 bad argument", stage=("auth",), code=(501,))),
    ("shutting-down", Sign("421 4.3.2 service not available, closing", code=(421,))),
    (
        "command-order",
        Sign(
            "554 SMTP synchronization error",
            text=(
                "synchroni[sz]ation",
                "already authenticated",
                "pipelin",
                "start over",
            ),
        ),
    ),
    (
        "command-unknown",
        Sign(
            "555 5.5.4 Unsupported option: SIZE=1618",
            stage=_MAIL,
            code=(501, 504, 555),
            text=("(?:unsupported|unknown|unrecogni[sz]ed) (?:parameter|option|extension)",),
        ),
    ),
    ("command-unknown", Sign("500 Line too long", stage=("banner", "ehlo", *_MAIL), code=(500,))),
)
