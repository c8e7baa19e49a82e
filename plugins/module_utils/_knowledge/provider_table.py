# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The mail providers we know, as data; read by ``providers``.

``tls``: ``starttls`` is what ``Enable SSL`` means on System.Net.Mail; ``implicit`` cannot be used there.
``username``: ``email`` is the full address, ``literal`` exactly ``username_literal``, ``token`` and
``credential`` something the provider hands out.  ``from_rule``: which From address is accepted;
``from_on_mismatch``: what happens to another one.  ``evidence``: ``vendor`` means that the provider's
own page was read.  Look again at a row whose ``review_by`` has passed.
"""

from __future__ import annotations

import typing as t

#: When the rows were gathered.
CHECKED = "2026-11-22"

#: What holds for every provider unless its row says otherwise.
COMMON: dict[str, bool | int | str] = {
    "enable_ssl": True,
    "use_default_credentials": False,
    "smtp_domain": "",
}

PROVIDERS: tuple[dict[str, t.Any], ...] = (
    {
        "id": "gmail",
        "name": "Gmail (personal account)",
        "host": "smtp.gmail.com",
        "port": 587,
        "tls": "starttls",
        "other_ports": [{"port": 465, "tls": "implicit"}],
        "username": "email",
        "password_kind": "app password (16 letters, shown as four groups of four)",
        "password_looks_like": "^[a-z]{16}$",
        "password_strip_spaces": True,
        "from_rule": "owned_address",
        "from_on_mismatch": "rewrite",
        "preset_from_rule": "equals_username",
        "auth_login": "known",
        "limits": {"messages_per_day": 500, "recipients_per_smtp_message": 100},
        "prerequisites": [
            "2-Step Verification switched on",
            "an app password created for this use",
        ],
        "caveats": [
            {
                "text": 'The "less secure apps" switch that the 2020.10 guide asks for no longer exists; the account password is refused over SMTP.',
                "since": "2022-05-30",
                "note": "date of the end for personal accounts is from general knowledge; the vendor "
                "page read speaks of all accounts from autumn 2024, a third party of "
                "completion in May 2025.",
            },
            {
                "text": "App passwords cannot be made when 2-Step Verification is off or set to "
                "security keys only, under Advanced Protection, or where an administrator "
                "forbids them. (General knowledge - changing the account password revokes "
                "them.)",
            },
            {
                "text": 'A From address that is neither the login nor a confirmed "send mail as" '
                "address is silently replaced, so a delivered test does not prove the From "
                "setting.",
            },
        ],
        "review_by": "2027-05-01",
        "evidence": "vendor",
        "sources": [
            {
                "url": "https://docs.uipath.com/orchestrator/v2018.4/docs/setting-up-email-alerts",
                "what": "host, port 587, no implicit SSL, app password, From equals login",
            },
            {
                "url": "https://support.google.com/a/answer/14114704",
                "what": "password-only access ends, app passwords excepted",
            },
            {
                "url": "https://knowledge.workspace.google.com/kb/how-to-generate-an-app-passwords-000009237",
                "what": "app password needs 2-Step Verification, when it is not offered",
            },
            {
                "url": "https://developer.nylas.com/docs/cookbook/email/gmail-smtp-settings.md",
                "what": "ports, TLS 1.2, 500 and 2000 per day, May 2025",
            },
            {"url": "https://lee-phillips.org/gmailRewriting/", "what": "From header replaced"},
        ],
    },
    {
        "id": "google_workspace",
        "name": "Google Workspace mailbox",
        "host": "smtp.gmail.com",
        "port": 587,
        "tls": "starttls",
        "other_ports": [{"port": 465, "tls": "implicit"}],
        "username": "email",
        "password_kind": "app password",
        "password_looks_like": "^[a-z]{16}$",
        "password_strip_spaces": True,
        "from_rule": "owned_address",
        "from_on_mismatch": "rewrite",
        "preset_from_rule": "equals_username",
        "auth_login": "known",
        "limits": {
            "messages_per_day": 2000,
            "messages_per_day_trial": 500,
            "recipients_per_smtp_message": 100,
            "recipients_per_day": 10000,
        },
        "prerequisites": [
            "2-Step Verification allowed and enrolled",
            "administrator permits app passwords",
        ],
        "caveats": [
            {"text": "Reaching a limit blocks sending for up to 24 hours; the window is rolling."},
            {
                "text": "Password-only access ended for Workspace in 2024-2025; only OAuth or app passwords work."
            },
        ],
        "review_by": "2027-05-01",
        "evidence": "vendor",
        "sources": [
            {"url": "https://support.google.com/a/answer/166852", "what": "sending limits"},
            {
                "url": "https://support.google.com/a/answer/14114704",
                "what": "end of password-only access",
            },
        ],
    },
    {
        "id": "google_workspace_relay",
        "name": "Google Workspace SMTP relay service",
        "host": "smtp-relay.gmail.com",
        "port": 587,
        "tls": "starttls",
        "other_ports": [{"port": 25, "tls": "starttls"}, {"port": 465, "tls": "implicit"}],
        "username": "email",
        "username_optional": True,
        "password_kind": "app password, or none when the public address is registered",
        "password_strip_spaces": True,
        "from_rule": "verified_domain",
        "from_on_mismatch": "reject",
        "auth_login": "probe",
        "limits": {
            "recipients_per_smtp_message": 100,
            "messages_per_user_per_day": 10000,
            "recipients_per_org_per_day": 4600000,
            "recipients_per_org_per_10_minutes": 319444,
        },
        "prerequisites": [
            "an administrator enables the relay service and registers the sending address or requires SMTP AUTH"
        ],
        "caveats": [
            {
                "text": "Without TLS no SMTP authentication is possible and only address-based trust works."
            },
            {
                "text": "The relay identifies the customer from HELO or MAIL FROM when there is no login; a bare or wrong HELO is refused."
            },
        ],
        "review_by": "2027-11-01",
        "evidence": "vendor",
        "sources": [
            {"url": "https://support.google.com/a/answer/2956491", "what": "ports, TLS, limits"},
            {"url": "https://support.google.com/a/answer/6140680", "what": "relay error messages"},
        ],
    },
    {
        "id": "microsoft365",
        "name": "Microsoft 365 / Exchange Online (SMTP AUTH client submission)",
        "host": "smtp.office365.com",
        "port": 587,
        "tls": "starttls",
        "other_ports": [{"port": 25, "tls": "starttls"}],
        "username": "email",
        "password_kind": "mailbox password (basic authentication)",
        "from_rule": "owned_address",
        "from_on_mismatch": "reject",
        "preset_from_rule": "equals_username",
        "auth_login": "known",
        "limits": {"messages_per_minute": 30, "recipients_per_day": 10000},
        "limits_source": "https://github.com/rsmusllp/king-phisher/issues/448",
        "prerequisites": [
            "Authenticated SMTP on for the mailbox and not off for the tenant",
            "security defaults off or an exception, no MFA prompt on the account",
        ],
        "caveats": [
            {
                "text": "Basic authentication for SMTP AUTH stays as it is until the end of December 2026.",
                "until": "2026-12-31",
            },
            {
                "text": "At the end of December 2026 it is switched off by default for existing "
                "tenants; an administrator can switch it on again. Tenants created later do "
                "not have it by default.",
                "since": "2026-12-31",
            },
            {
                "text": "The final removal date is to be announced in the second half of 2027. The "
                "earlier dates of March-April 2026 and September 2025 were withdrawn.",
                "since": "2027-07-01",
            },
            {
                "text": "System.Net.Mail cannot do OAuth (XOAUTH2), so an Orchestrator built on it "
                "needs another route (high-volume email, connector relay, another provider) "
                "once basic authentication is off.",
            },
        ],
        "review_by": "2026-12-31",
        "evidence": "vendor",
        "sources": [
            {
                "url": "https://techcommunity.microsoft.com/blog/exchange/updated-exchange-online-smtp-auth-basic-authentication-deprecation-timeline/4489835",
                "what": "timeline of 2026-01-27",
            },
            {
                "url": "https://mc.merill.net/message/MC786329/compare/2026-01-27T20-11-01-253Z/2024-04-26T00-17-12-6Z",
                "what": "history of the announcement",
            },
            {
                "url": "https://learn.microsoft.com/en-us/answers/questions/2258712/what-is-the-maximum-number-of-emails-that-can-be-s",
                "what": "30 messages a minute",
            },
            {
                "url": "https://prospeo.io/s/smtp-server-for-office-365",
                "what": "host, port, username form",
            },
        ],
    },
    {
        "id": "microsoft365_relay",
        "name": "Microsoft 365 connector relay (MX endpoint)",
        "host": None,
        "host_note": "the tenant's MX name, for example contoso-com.mail.protection.outlook.com",
        "port": 25,
        "tls": "starttls",
        "username": None,
        "username_optional": True,
        "password_kind": "none (trusted by public address or certificate)",
        "from_rule": "verified_domain",
        "from_on_mismatch": "reject",
        "auth_login": "not_needed",
        "prerequisites": ["an inbound connector for the public address", "an SPF record"],
        "caveats": [
            {
                "text": "Without the connector only recipients inside the tenant are accepted (direct send)."
            },
            {"text": "An Orchestrator that insists on a username cannot use this route."},
        ],
        "evidence": "secondary",
        "review_by": "2027-07-01",
        "sources": [
            {
                "url": "https://navigatornetworks.com/the-end-of-microsoft-basic-auth-transitioning-your-email-connections-to-oauth/",
                "what": "connector and direct send",
            },
            {
                "url": "https://mytechblaze.com/troubleshooting-microsoft-365-smtp-server-setup-failures/",
                "what": "ports and conditions",
            },
        ],
        "host_template": "{region}.mail.protection.outlook.com",
        "region_pattern": "[a-z0-9-]+",
    },
    {
        "id": "outlook_com",
        "name": "Outlook.com, Hotmail, Live (personal)",
        "host": "smtp-mail.outlook.com",
        "port": 587,
        "tls": "starttls",
        "username": "email",
        "password_kind": "none that works - OAuth only",
        "usable": False,
        "from_rule": "owned_address",
        "from_on_mismatch": "reject",
        "auth_login": "oauth_only",
        "caveats": [
            {
                "text": "Basic authentication ended; neither the account password nor an app password is accepted over SMTP.",
                "since": "2024-09-16",
            }
        ],
        "evidence": "secondary",
        "review_by": "2027-11-01",
        "sources": [
            {
                "url": "https://techissuestoday.com/how-to-update-outlook-email-settings-to-avoid-losing-access-after-september-16/",
                "what": "date, quoting the support page",
            },
            {
                "url": "https://github.com/harshalambani/ChatMailSync/releases/tag/v2.1.4",
                "what": "app passwords do not help",
            },
        ],
    },
    {
        "id": "azure_communication",
        "name": "Azure Communication Services Email",
        "host": "smtp.azurecomm.net",
        "port": 587,
        "tls": "starttls",
        "username": "credential",
        "username_note": "an SMTP username bound to an Entra application",
        "password_kind": "client secret of the Entra application",
        "from_rule": "verified_domain",
        "from_on_mismatch": "reject",
        "auth_login": "probe",
        "caveats": [{"text": "The client secret expires; plan rotation."}],
        "evidence": "secondary",
        "review_by": "2027-11-01",
        "sources": [
            {
                "url": "https://github.com/NetDevInfraWGinOSSConsortium/NetDevInfraWiki/wiki/MS_ExchangeOnline",
                "what": "named as a migration target",
            },
            {
                "index": "public code index, search for smtp.azurecomm.net, 2026-11-22",
                "what": "host, port 587, STARTTLS, Entra application secret in several repositories",
            },
        ],
    },
    {
        "id": "amazon_ses",
        "name": "Amazon SES",
        "host": None,
        "host_note": "email-smtp.<region>.amazonaws.com, for example email-smtp.eu-west-1.amazonaws.com",
        "host_pattern": "^email-smtp(-fips)?\\.[a-z0-9-]+\\.amazonaws\\.com$",
        "port": 587,
        "tls": "starttls",
        "other_ports": [
            {"port": 25, "tls": "starttls"},
            {"port": 2587, "tls": "starttls"},
            {"port": 465, "tls": "implicit"},
            {"port": 2465, "tls": "implicit"},
        ],
        "username": "credential",
        "username_note": "SMTP user name made in the SES console; unique to one region",
        "password_kind": "SMTP password derived from an IAM secret (not the IAM secret itself)",
        "from_rule": "verified_sender",
        "from_on_mismatch": "reject",
        "auth_login": "known",
        "limits": {"sandbox": "recipients must be verified too"},
        "caveats": [
            {"text": "Port 25 from EC2 is throttled by default."},
            {"text": "New accounts are in a sandbox; unverified recipients are refused with 554."},
        ],
        "evidence": "vendor",
        "review_by": "2027-11-01",
        "sources": [
            {
                "url": "https://docs.aws.amazon.com/ses/latest/dg/smtp-connect.html",
                "what": "ports and TLS modes, EC2 note",
            },
            {
                "url": "https://docs.aws.amazon.com/ses/latest/dg/send-email-smtp.md",
                "what": "credentials are per region",
            },
            {
                "url": "https://github.com/joelparkerhenderson/demo-aws-ses-smtp",
                "what": "AUTH LOGIN",
            },
        ],
        "host_template": "email-smtp.{region}.amazonaws.com",
        "region_pattern": "[a-z]{2}(-[a-z]+)+-[0-9]",
    },
    {
        "id": "sendgrid",
        "name": "Twilio SendGrid",
        "host": "smtp.sendgrid.net",
        "port": 587,
        "tls": "starttls",
        "other_ports": [
            {"port": 25, "tls": "starttls"},
            {"port": 2525, "tls": "starttls"},
            {"port": 465, "tls": "implicit"},
        ],
        "username": "literal",
        "username_literal": "apikey",
        "password_kind": "API key with mail permission",
        "password_looks_like": "^SG\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+$",
        "from_rule": "verified_sender",
        "from_on_mismatch": "reject",
        "auth_login": "probe",
        "caveats": [
            {"text": "The username is the word apikey, not the key."},
            {"text": "A line break or space copied with the key breaks authentication."},
            {"text": "Also the mail service behind UiPath's own default mail settings."},
        ],
        "evidence": "vendor",
        "review_by": "2027-11-01",
        "sources": [
            {
                "url": "https://www.twilio.com/docs/sendgrid/for-developers/sending-email/integrating-with-the-smtp-api.md",
                "what": "host, ports, username, key, whitespace",
            },
            {
                "url": "https://sendgrid.com/docs/for-developers/sending-email/smtp-errors-and-troubleshooting/",
                "what": "sender identity rule",
            },
        ],
    },
    {
        "id": "mailgun",
        "name": "Mailgun (US)",
        "host": "smtp.mailgun.org",
        "port": 587,
        "tls": "starttls",
        "other_ports": [
            {"port": 25, "tls": "starttls"},
            {"port": 2525, "tls": "starttls"},
            {"port": 465, "tls": "implicit"},
        ],
        "username": "email",
        "username_note": "a login of the sending domain, often postmaster@<domain>",
        "password_kind": "SMTP password of that login (not the API key, not the panel password)",
        "from_rule": "verified_domain",
        "from_on_mismatch": "undeliverable",
        "auth_login": "probe",
        "limits": {"sandbox": "only authorized recipients"},
        "caveats": [
            {"text": "US and EU are separate; a login of one does not exist in the other."}
        ],
        "evidence": "vendor",
        "review_by": "2027-11-01",
        "sources": [
            {
                "url": "https://documentation.mailgun.com/docs/mailgun/user-manual/sending-messages/send-smtp.md",
                "what": "ports, per-domain credentials",
            },
            {
                "url": "https://spreecommerce.org/docs/integrations/email/mailgun",
                "what": "regions, sandbox",
            },
        ],
    },
    {
        "id": "mailgun_eu",
        "name": "Mailgun (EU)",
        "host": "smtp.eu.mailgun.org",
        "port": 587,
        "tls": "starttls",
        "other_ports": [
            {"port": 25, "tls": "starttls"},
            {"port": 2525, "tls": "starttls"},
            {"port": 465, "tls": "implicit"},
        ],
        "username": "email",
        "password_kind": "SMTP password of that login",
        "from_rule": "verified_domain",
        "from_on_mismatch": "undeliverable",
        "auth_login": "probe",
        "evidence": "vendor",
        "review_by": "2027-11-01",
        "caveats": [],
        "sources": [
            {
                "url": "https://cloud.google.com/compute/docs/tutorials/sending-mail/using-mailgun?hl=FR",
                "what": "the two host names",
            },
            {
                "url": "https://documentation.mailgun.com/docs/mailgun/user-manual/sending-messages/send-smtp.md",
                "what": "ports",
            },
        ],
    },
    {
        "id": "postmark",
        "name": "Postmark",
        "host": "smtp.postmarkapp.com",
        "port": 587,
        "tls": "starttls",
        "other_ports": [{"port": 25, "tls": "starttls"}, {"port": 2525, "tls": "starttls"}],
        "username": "token",
        "username_note": "the Server API token, the same value as the password",
        "password_equals_username": True,
        "password_kind": "Server API token",
        "from_rule": "verified_sender",
        "from_on_mismatch": "reject",
        "auth_login": "probe",
        "caveats": [
            {"text": "No implicit-TLS port; 465 hangs instead of failing."},
            {"text": "The username is itself a secret and must be redacted like the password."},
            {"text": "Bulk mail has its own host, smtp-broadcasts.postmarkapp.com."},
        ],
        "evidence": "vendor",
        "review_by": "2027-11-01",
        "sources": [
            {
                "url": "https://postmarkapp.com/support/article/811-what-are-the-smtp-details-api-tokens-i-should-be-using",
                "what": "host, ports, token",
            },
            {
                "url": "https://spreecommerce.org/docs/integrations/email/postmark",
                "what": "same token twice, no 465",
            },
        ],
    },
    {
        "id": "mailjet",
        "name": "Mailjet",
        "host": "in-v3.mailjet.com",
        "port": 587,
        "tls": "starttls",
        "other_ports": [
            {"port": 25, "tls": "starttls"},
            {"port": 2525, "tls": "starttls"},
            {"port": 465, "tls": "implicit"},
        ],
        "username": "credential",
        "username_note": "API key",
        "password_kind": "secret key",
        "from_rule": "verified_sender",
        "from_on_mismatch": "undeliverable",
        "auth_login": "probe",
        "caveats": [],
        "evidence": "secondary",
        "review_by": "2027-11-01",
        "sources": [
            {
                "url": "https://rubydoc.info/gems/mailjet/Mailjet/Mailer",
                "what": "host, 587, STARTTLS, key and secret (the vendor's own client)",
            },
            {
                "url": "https://docs.cloud.google.com/compute/docs/tutorials/sending-mail/using-mailjet.md.txt",
                "what": "port 2525 and validated sender",
            },
            {"url": "https://sendy.co/mailjet", "what": "sender must be validated"},
        ],
    },
    {
        "id": "brevo",
        "name": "Brevo (formerly Sendinblue)",
        "host": "smtp-relay.brevo.com",
        "port": 587,
        "tls": "starttls",
        "other_ports": [{"port": 2525, "tls": "starttls"}, {"port": 465, "tls": "implicit"}],
        "username": "credential",
        "username_note": "the SMTP login shown on the SMTP page, not necessarily the account address",
        "password_kind": "SMTP key (not an API key)",
        "from_rule": "verified_sender",
        "from_on_mismatch": "undeliverable",
        "auth_login": "probe",
        "limits": {"messages_per_day_free": 300},
        "caveats": [
            {
                "text": "Unknown source addresses can be blocked (525 5.7.1); register the Orchestrator's public address."
            },
            {
                "text": "An unverified sender can be accepted at SMTP and dropped later, so a 250 does not prove delivery."
            },
        ],
        "evidence": "vendor",
        "review_by": "2027-11-01",
        "sources": [
            {
                "url": "https://developers.brevo.com/docs/smtp-integration.md",
                "what": "ports, SMTP key not API key",
            },
            {
                "url": "https://dev.to/omnigenz/send-app-emails-through-the-brevo-smtp-relay-with-nodejs-nodemailer-3j2j",
                "what": "host, free limit, login",
            },
            {
                "url": "https://docs.racket-lang.org/brevo/index.html",
                "what": "accepted but not delivered when the sender is unverified",
            },
        ],
    },
    {
        "id": "yahoo",
        "name": "Yahoo Mail",
        "host": "smtp.mail.yahoo.com",
        "port": 587,
        "tls": "starttls",
        "other_ports": [{"port": 465, "tls": "implicit"}],
        "username": "email",
        "password_kind": "app password",
        "password_looks_like": "^[a-z]{16}$",
        "password_strip_spaces": True,
        "from_rule": "equals_username",
        "from_on_mismatch": "reject",
        "auth_login": "probe",
        "caveats": [
            {
                "text": "The account password is always refused for other programs; repeated tries lock SMTP for a while."
            }
        ],
        "evidence": "secondary",
        "review_by": "2027-05-01",
        "sources": [
            {
                "url": "https://xenocept.com/docs/email-setup/yahoo.html",
                "what": "host, both ports, app password, From equals login",
            },
            {
                "url": "https://unanswered.io/guide/yahoo-mail-protocols-imap-pop-smtp-settings",
                "what": "ports, app password",
            },
        ],
    },
    {
        "id": "zoho",
        "name": "Zoho Mail (personal and free organisations)",
        "host": "smtp.zoho.com",
        "host_note": "by data centre - .eu .in .com.au .jp .com.cn .sa; the wrong one fails to authenticate",
        "port": 587,
        "tls": "starttls",
        "other_ports": [{"port": 465, "tls": "implicit"}],
        "username": "email",
        "password_kind": "account password, or application-specific password with two-factor on",
        "from_rule": "owned_address",
        "from_on_mismatch": "reject",
        "auth_login": "known",
        "caveats": [{"text": "Sources disagree whether free plans may use SMTP."}],
        "evidence": "vendor",
        "review_by": "2027-11-01",
        "sources": [
            {
                "url": "https://www.zoho.com/mail/help/zoho-smtp.html",
                "what": "host, ports, From must match the login or an alias",
            },
            {"url": "https://postigo.net/smtp/zoho", "what": "regions, LOGIN and PLAIN"},
        ],
        "host_template": "smtp.zoho.{region}",
        "region_pattern": "com|eu|in|com\\.au|jp|com\\.cn|sa",
    },
    {
        "id": "zoho_pro",
        "name": "Zoho Mail (paid organisations)",
        "host": "smtppro.zoho.com",
        "host_note": "by data centre, as for zoho",
        "port": 587,
        "tls": "starttls",
        "other_ports": [{"port": 465, "tls": "implicit"}],
        "username": "email",
        "password_kind": "account password, or application-specific password with two-factor on",
        "from_rule": "owned_address",
        "from_on_mismatch": "reject",
        "auth_login": "known",
        "caveats": [],
        "evidence": "secondary",
        "review_by": "2027-11-01",
        "sources": [
            {
                "url": "https://wiki.stretchpowered.com/books/zoho/page/how-to-configure-email-server-with-zoho-smtp-settings",
                "what": "hosts by plan",
            }
        ],
        "host_template": "smtppro.zoho.{region}",
        "region_pattern": "com|eu|in|com\\.au|jp|com\\.cn|sa",
    },
    {
        "id": "fastmail",
        "name": "Fastmail",
        "host": "smtp.fastmail.com",
        "port": 587,
        "tls": "starttls",
        "preferred_by_vendor": {"port": 465, "tls": "implicit"},
        "other_ports": [{"port": 465, "tls": "implicit"}],
        "username": "email",
        "password_kind": "app password (always; the account password is refused)",
        "from_rule": "owned_address",
        "from_on_mismatch": "reject",
        "auth_login": "probe",
        "caveats": [
            {
                "text": "The vendor documents only 465 with implicit TLS and AUTH PLAIN; 587 is "
                "reported by others. Probe before relying on it from System.Net.Mail, which "
                "needs STARTTLS and LOGIN.",
            }
        ],
        "evidence": "vendor",
        "review_by": "2027-11-01",
        "sources": [
            {
                "url": "https://www.fastmail.com/help/technical/servernamesandports.html",
                "what": "465, PLAIN, app password",
            },
            {
                "url": "https://xenocept.com/docs/email-setup/fastmail.html",
                "what": "587 also accepted, aliases",
            },
        ],
    },
    {
        "id": "icloud",
        "name": "iCloud Mail",
        "host": "smtp.mail.me.com",
        "port": 587,
        "tls": "starttls",
        "username": "email",
        "username_note": "the iCloud Mail address (icloud.com, me.com, mac.com), not another Apple ID",
        "password_kind": "app-specific password (xxxx-xxxx-xxxx-xxxx)",
        "password_looks_like": "^[a-z]{4}(-[a-z]{4}){3}$",
        "from_rule": "owned_address",
        "from_on_mismatch": "reject",
        "auth_login": "known",
        "limits": {"messages_per_day_reported": 200},
        "caveats": [
            {"text": "Two-factor authentication is needed to make app-specific passwords."},
            {"text": "Sources disagree about 465; one reports connection refused."},
        ],
        "evidence": "secondary",
        "review_by": "2027-11-01",
        "sources": [
            {
                "url": "https://clean.email/blog/email-settings/icloud-email-settings",
                "what": "host, 587, TLS",
            },
            {
                "url": "https://meshworld.in/blog/devops/email/icloud-smtp-server",
                "what": "587 only, 200 a day",
            },
            {"url": "https://postigo.net/smtp/icloud", "what": "LOGIN and PLAIN"},
        ],
    },
    {
        "id": "internal_relay",
        "name": "Company relay without login",
        "host": None,
        "port": 25,
        "tls": "starttls",
        "username": None,
        "username_optional": True,
        "password_kind": "none",
        "from_rule": "any",
        "from_on_mismatch": "reject",
        "auth_login": "not_needed",
        "caveats": [
            {
                "text": "Later Orchestrators document a blank username and password for anonymous use;"
                " the framework's own sender of older ones insists on a username when default "
                "credentials are off.",
            }
        ],
        "evidence": "vendor",
        "review_by": "2027-11-01",
        "sources": [
            {
                "url": "https://docs.uipath.com/orchestrator/standalone/2023.4/user-guide/configuring-system-email-notifications-host",
                "what": "blank means anonymous",
            },
            {
                "url": "https://github.com/aspnetboilerplate/aspnetboilerplate/blob/dev/src/Abp/Net/Mail/Smtp/SmtpEmailSenderConfiguration.cs",
                "what": "empty username raises in the base framework",
            },
        ],
    },
)
