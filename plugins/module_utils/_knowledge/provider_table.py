# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The mail providers we know, as data; ``provider`` explains the words, ``providers`` looks them up."""

from __future__ import annotations

from .provider import Caveat, Limits, Port, Provider, Source

#: When the rows were gathered.
CHECKED = "2026-11-22"

#: What holds for every provider unless its row says otherwise.
COMMON: dict[str, bool | int | str] = {
    "enable_ssl": True,
    "use_default_credentials": False,
    "smtp_domain": "",
}

PROVIDERS: tuple[Provider, ...] = (
    Provider(
        id="gmail",
        name="Gmail (personal account)",
        host="smtp.gmail.com",
        port=587,
        tls="starttls",
        other_ports=(Port(465, "implicit"),),
        username="email",
        password_kind="app password (16 letters, shown as four groups of four)",
        password_looks_like="^[a-z]{16}$",
        password_strip_spaces=True,
        auth_login="known",
        from_rule="owned_address",
        from_on_mismatch="rewrite",
        preset_from_rule="equals_username",
        limits=Limits(messages_per_day=500, recipients_per_smtp_message=100),
        prerequisites=("2-Step Verification switched on", "an app password created for this use"),
        caveats=(
            Caveat(
                'The "less secure apps" switch that the 2020.10 guide asks for no longer exists; the account password is refused over SMTP.',
                since="2022-05-30",
                note="date of the end for personal accounts is from general knowledge; the vendor page read speaks of all accounts from autumn 2024, a third party of completion in May 2025.",
            ),
            Caveat(
                "App passwords cannot be made when 2-Step Verification is off or set to security keys only, under Advanced Protection, or where an administrator forbids them. (General knowledge - changing the account password revokes them.)"
            ),
            Caveat(
                'A From address that is neither the login nor a confirmed "send mail as" address is silently replaced, so a delivered test does not prove the From setting.'
            ),
        ),
        review_by="2027-05-01",
        evidence="vendor",
        sources=(
            Source(
                "https://docs.uipath.com/orchestrator/v2018.4/docs/setting-up-email-alerts",
                "host, port 587, no implicit SSL, app password, From equals login",
            ),
            Source(
                "https://support.google.com/a/answer/14114704",
                "password-only access ends, app passwords excepted",
            ),
            Source(
                "https://knowledge.workspace.google.com/kb/how-to-generate-an-app-passwords-000009237",
                "app password needs 2-Step Verification, when it is not offered",
            ),
            Source(
                "https://developer.nylas.com/docs/cookbook/email/gmail-smtp-settings.md",
                "ports, TLS 1.2, 500 and 2000 per day, May 2025",
            ),
            Source("https://lee-phillips.org/gmailRewriting/", "From header replaced"),
        ),
    ),
    Provider(
        id="google_workspace",
        name="Google Workspace mailbox",
        host="smtp.gmail.com",
        port=587,
        tls="starttls",
        other_ports=(Port(465, "implicit"),),
        username="email",
        password_kind="app password",
        password_looks_like="^[a-z]{16}$",
        password_strip_spaces=True,
        auth_login="known",
        from_rule="owned_address",
        from_on_mismatch="rewrite",
        preset_from_rule="equals_username",
        limits=Limits(
            messages_per_day=2000,
            messages_per_day_trial=500,
            recipients_per_smtp_message=100,
            recipients_per_day=10000,
        ),
        prerequisites=(
            "2-Step Verification allowed and enrolled",
            "administrator permits app passwords",
        ),
        caveats=(
            Caveat("Reaching a limit blocks sending for up to 24 hours; the window is rolling."),
            Caveat(
                "Password-only access ended for Workspace in 2024-2025; only OAuth or app passwords work."
            ),
        ),
        review_by="2027-05-01",
        evidence="vendor",
        sources=(
            Source("https://support.google.com/a/answer/166852", "sending limits"),
            Source("https://support.google.com/a/answer/14114704", "end of password-only access"),
        ),
    ),
    Provider(
        id="google_workspace_relay",
        name="Google Workspace SMTP relay service",
        host="smtp-relay.gmail.com",
        port=587,
        tls="starttls",
        other_ports=(Port(25, "starttls"), Port(465, "implicit")),
        username="email",
        username_optional=True,
        password_kind="app password, or none when the public address is registered",
        password_strip_spaces=True,
        auth_login="probe",
        from_rule="verified_domain",
        from_on_mismatch="reject",
        limits=Limits(
            recipients_per_smtp_message=100,
            messages_per_user_per_day=10000,
            recipients_per_org_per_day=4600000,
            recipients_per_org_per_10_minutes=319444,
        ),
        prerequisites=(
            "an administrator enables the relay service and registers the sending address or requires SMTP AUTH",
        ),
        caveats=(
            Caveat(
                "Without TLS no SMTP authentication is possible and only address-based trust works."
            ),
            Caveat(
                "The relay identifies the customer from HELO or MAIL FROM when there is no login; a bare or wrong HELO is refused."
            ),
        ),
        review_by="2027-11-01",
        evidence="vendor",
        sources=(
            Source("https://support.google.com/a/answer/2956491", "ports, TLS, limits"),
            Source("https://support.google.com/a/answer/6140680", "relay error messages"),
        ),
    ),
    Provider(
        id="microsoft365",
        name="Microsoft 365 / Exchange Online (SMTP AUTH client submission)",
        host="smtp.office365.com",
        port=587,
        tls="starttls",
        other_ports=(Port(25, "starttls"),),
        username="email",
        password_kind="mailbox password (basic authentication)",
        auth_login="known",
        from_rule="owned_address",
        from_on_mismatch="reject",
        preset_from_rule="equals_username",
        limits=Limits(messages_per_minute=30, recipients_per_day=10000),
        limits_source="https://github.com/rsmusllp/king-phisher/issues/448",
        prerequisites=(
            "Authenticated SMTP on for the mailbox and not off for the tenant",
            "security defaults off or an exception, no MFA prompt on the account",
        ),
        caveats=(
            Caveat(
                "Basic authentication for SMTP AUTH stays as it is until the end of December 2026.",
                until="2026-12-31",
            ),
            Caveat(
                "At the end of December 2026 it is switched off by default for existing tenants; an administrator can switch it on again. Tenants created later do not have it by default.",
                since="2026-12-31",
            ),
            Caveat(
                "The final removal date is to be announced in the second half of 2027. The earlier dates of March-April 2026 and September 2025 were withdrawn.",
                since="2027-07-01",
            ),
            Caveat(
                "System.Net.Mail cannot do OAuth (XOAUTH2), so an Orchestrator built on it needs another route (high-volume email, connector relay, another provider) once basic authentication is off."
            ),
        ),
        review_by="2026-12-31",
        evidence="vendor",
        sources=(
            Source(
                "https://techcommunity.microsoft.com/blog/exchange/updated-exchange-online-smtp-auth-basic-authentication-deprecation-timeline/4489835",
                "timeline of 2026-01-27",
            ),
            Source(
                "https://mc.merill.net/message/MC786329/compare/2026-01-27T20-11-01-253Z/2024-04-26T00-17-12-6Z",
                "history of the announcement",
            ),
            Source(
                "https://learn.microsoft.com/en-us/answers/questions/2258712/what-is-the-maximum-number-of-emails-that-can-be-s",
                "30 messages a minute",
            ),
            Source("https://prospeo.io/s/smtp-server-for-office-365", "host, port, username form"),
        ),
    ),
    Provider(
        id="microsoft365_relay",
        name="Microsoft 365 connector relay (MX endpoint)",
        host_note="the tenant's MX name, for example contoso-com.mail.protection.outlook.com",
        host_template="{region}.mail.protection.outlook.com",
        region_pattern="[a-z0-9-]+",
        port=25,
        tls="starttls",
        username=None,
        username_optional=True,
        password_kind="none (trusted by public address or certificate)",
        auth_login="not_needed",
        from_rule="verified_domain",
        from_on_mismatch="reject",
        prerequisites=("an inbound connector for the public address", "an SPF record"),
        caveats=(
            Caveat(
                "Without the connector only recipients inside the tenant are accepted (direct send)."
            ),
            Caveat("An Orchestrator that insists on a username cannot use this route."),
        ),
        review_by="2027-07-01",
        evidence="secondary",
        sources=(
            Source(
                "https://navigatornetworks.com/the-end-of-microsoft-basic-auth-transitioning-your-email-connections-to-oauth/",
                "connector and direct send",
            ),
            Source(
                "https://mytechblaze.com/troubleshooting-microsoft-365-smtp-server-setup-failures/",
                "ports and conditions",
            ),
        ),
    ),
    Provider(
        id="outlook_com",
        name="Outlook.com, Hotmail, Live (personal)",
        usable=False,
        host="smtp-mail.outlook.com",
        port=587,
        tls="starttls",
        username="email",
        password_kind="none that works - OAuth only",
        auth_login="oauth_only",
        from_rule="owned_address",
        from_on_mismatch="reject",
        caveats=(
            Caveat(
                "Basic authentication ended; neither the account password nor an app password is accepted over SMTP.",
                since="2024-09-16",
            ),
        ),
        review_by="2027-11-01",
        evidence="secondary",
        sources=(
            Source(
                "https://techissuestoday.com/how-to-update-outlook-email-settings-to-avoid-losing-access-after-september-16/",
                "date, quoting the support page",
            ),
            Source(
                "https://github.com/harshalambani/ChatMailSync/releases/tag/v2.1.4",
                "app passwords do not help",
            ),
        ),
    ),
    Provider(
        id="azure_communication",
        name="Azure Communication Services Email",
        host="smtp.azurecomm.net",
        port=587,
        tls="starttls",
        username="credential",
        username_note="an SMTP username bound to an Entra application",
        password_kind="client secret of the Entra application",
        auth_login="probe",
        from_rule="verified_domain",
        from_on_mismatch="reject",
        caveats=(Caveat("The client secret expires; plan rotation."),),
        review_by="2027-11-01",
        evidence="secondary",
        sources=(
            Source(
                "https://github.com/NetDevInfraWGinOSSConsortium/NetDevInfraWiki/wiki/MS_ExchangeOnline",
                "named as a migration target",
            ),
            Source(
                search="public code index, search for smtp.azurecomm.net, 2026-11-22",
                what="host, port 587, STARTTLS, Entra application secret in several repositories",
            ),
        ),
    ),
    Provider(
        id="amazon_ses",
        name="Amazon SES",
        host_note="email-smtp.<region>.amazonaws.com, for example email-smtp.eu-west-1.amazonaws.com",
        host_pattern=r"^email-smtp(-fips)?\.[a-z0-9-]+\.amazonaws\.com$",
        host_template="email-smtp.{region}.amazonaws.com",
        region_pattern="[a-z]{2}(-[a-z]+)+-[0-9]",
        port=587,
        tls="starttls",
        other_ports=(
            Port(25, "starttls"),
            Port(2587, "starttls"),
            Port(465, "implicit"),
            Port(2465, "implicit"),
        ),
        username="credential",
        username_note="SMTP user name made in the SES console; unique to one region",
        password_kind="SMTP password derived from an IAM secret (not the IAM secret itself)",
        auth_login="known",
        from_rule="verified_sender",
        from_on_mismatch="reject",
        limits=Limits(sandbox="recipients must be verified too"),
        caveats=(
            Caveat("Port 25 from EC2 is throttled by default."),
            Caveat("New accounts are in a sandbox; unverified recipients are refused with 554."),
        ),
        review_by="2027-11-01",
        evidence="vendor",
        sources=(
            Source(
                "https://docs.aws.amazon.com/ses/latest/dg/smtp-connect.html",
                "ports and TLS modes, EC2 note",
            ),
            Source(
                "https://docs.aws.amazon.com/ses/latest/dg/send-email-smtp.md",
                "credentials are per region",
            ),
            Source("https://github.com/joelparkerhenderson/demo-aws-ses-smtp", "AUTH LOGIN"),
        ),
    ),
    Provider(
        id="sendgrid",
        name="Twilio SendGrid",
        host="smtp.sendgrid.net",
        port=587,
        tls="starttls",
        other_ports=(Port(25, "starttls"), Port(2525, "starttls"), Port(465, "implicit")),
        username="literal",
        username_literal="apikey",
        password_kind="API key with mail permission",
        password_looks_like=r"^SG\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$",
        auth_login="probe",
        from_rule="verified_sender",
        from_on_mismatch="reject",
        caveats=(
            Caveat("The username is the word apikey, not the key."),
            Caveat("A line break or space copied with the key breaks authentication."),
            Caveat("Also the mail service behind UiPath's own default mail settings."),
        ),
        review_by="2027-11-01",
        evidence="vendor",
        sources=(
            Source(
                "https://www.twilio.com/docs/sendgrid/for-developers/sending-email/integrating-with-the-smtp-api.md",
                "host, ports, username, key, whitespace",
            ),
            Source(
                "https://sendgrid.com/docs/for-developers/sending-email/smtp-errors-and-troubleshooting/",
                "sender identity rule",
            ),
        ),
    ),
    Provider(
        id="mailgun",
        name="Mailgun (US)",
        host="smtp.mailgun.org",
        port=587,
        tls="starttls",
        other_ports=(Port(25, "starttls"), Port(2525, "starttls"), Port(465, "implicit")),
        username="email",
        username_note="a login of the sending domain, often postmaster@<domain>",
        password_kind="SMTP password of that login (not the API key, not the panel password)",
        auth_login="probe",
        from_rule="verified_domain",
        from_on_mismatch="undeliverable",
        limits=Limits(sandbox="only authorized recipients"),
        caveats=(Caveat("US and EU are separate; a login of one does not exist in the other."),),
        review_by="2027-11-01",
        evidence="vendor",
        sources=(
            Source(
                "https://documentation.mailgun.com/docs/mailgun/user-manual/sending-messages/send-smtp.md",
                "ports, per-domain credentials",
            ),
            Source("https://spreecommerce.org/docs/integrations/email/mailgun", "regions, sandbox"),
        ),
    ),
    Provider(
        id="mailgun_eu",
        name="Mailgun (EU)",
        host="smtp.eu.mailgun.org",
        port=587,
        tls="starttls",
        other_ports=(Port(25, "starttls"), Port(2525, "starttls"), Port(465, "implicit")),
        username="email",
        password_kind="SMTP password of that login",
        auth_login="probe",
        from_rule="verified_domain",
        from_on_mismatch="undeliverable",
        review_by="2027-11-01",
        evidence="vendor",
        sources=(
            Source(
                "https://cloud.google.com/compute/docs/tutorials/sending-mail/using-mailgun?hl=FR",
                "the two host names",
            ),
            Source(
                "https://documentation.mailgun.com/docs/mailgun/user-manual/sending-messages/send-smtp.md",
                "ports",
            ),
        ),
    ),
    Provider(
        id="postmark",
        name="Postmark",
        host="smtp.postmarkapp.com",
        port=587,
        tls="starttls",
        other_ports=(Port(25, "starttls"), Port(2525, "starttls")),
        username="token",
        username_note="the Server API token, the same value as the password",
        password_kind="Server API token",
        password_equals_username=True,
        auth_login="probe",
        from_rule="verified_sender",
        from_on_mismatch="reject",
        caveats=(
            Caveat("No implicit-TLS port; 465 hangs instead of failing."),
            Caveat("The username is itself a secret and must be redacted like the password."),
            Caveat("Bulk mail has its own host, smtp-broadcasts.postmarkapp.com."),
        ),
        review_by="2027-11-01",
        evidence="vendor",
        sources=(
            Source(
                "https://postmarkapp.com/support/article/811-what-are-the-smtp-details-api-tokens-i-should-be-using",
                "host, ports, token",
            ),
            Source(
                "https://spreecommerce.org/docs/integrations/email/postmark",
                "same token twice, no 465",
            ),
        ),
    ),
    Provider(
        id="mailjet",
        name="Mailjet",
        host="in-v3.mailjet.com",
        port=587,
        tls="starttls",
        other_ports=(Port(25, "starttls"), Port(2525, "starttls"), Port(465, "implicit")),
        username="credential",
        username_note="API key",
        password_kind="secret key",
        auth_login="probe",
        from_rule="verified_sender",
        from_on_mismatch="undeliverable",
        review_by="2027-11-01",
        evidence="secondary",
        sources=(
            Source(
                "https://rubydoc.info/gems/mailjet/Mailjet/Mailer",
                "host, 587, STARTTLS, key and secret (the vendor's own client)",
            ),
            Source(
                "https://docs.cloud.google.com/compute/docs/tutorials/sending-mail/using-mailjet.md.txt",
                "port 2525 and validated sender",
            ),
            Source("https://sendy.co/mailjet", "sender must be validated"),
        ),
    ),
    Provider(
        id="brevo",
        name="Brevo (formerly Sendinblue)",
        host="smtp-relay.brevo.com",
        port=587,
        tls="starttls",
        other_ports=(Port(2525, "starttls"), Port(465, "implicit")),
        username="credential",
        username_note="the SMTP login shown on the SMTP page, not necessarily the account address",
        password_kind="SMTP key (not an API key)",
        auth_login="probe",
        from_rule="verified_sender",
        from_on_mismatch="undeliverable",
        limits=Limits(messages_per_day_free=300),
        caveats=(
            Caveat(
                "Unknown source addresses can be blocked (525 5.7.1); register the Orchestrator's public address."
            ),
            Caveat(
                "An unverified sender can be accepted at SMTP and dropped later, so a 250 does not prove delivery."
            ),
        ),
        review_by="2027-11-01",
        evidence="vendor",
        sources=(
            Source(
                "https://developers.brevo.com/docs/smtp-integration.md",
                "ports, SMTP key not API key",
            ),
            Source(
                "https://dev.to/omnigenz/send-app-emails-through-the-brevo-smtp-relay-with-nodejs-nodemailer-3j2j",
                "host, free limit, login",
            ),
            Source(
                "https://docs.racket-lang.org/brevo/index.html",
                "accepted but not delivered when the sender is unverified",
            ),
        ),
    ),
    Provider(
        id="yahoo",
        name="Yahoo Mail",
        host="smtp.mail.yahoo.com",
        port=587,
        tls="starttls",
        other_ports=(Port(465, "implicit"),),
        username="email",
        password_kind="app password",
        password_looks_like="^[a-z]{16}$",
        password_strip_spaces=True,
        auth_login="probe",
        from_rule="equals_username",
        from_on_mismatch="reject",
        caveats=(
            Caveat(
                "The account password is always refused for other programs; repeated tries lock SMTP for a while."
            ),
        ),
        review_by="2027-05-01",
        evidence="secondary",
        sources=(
            Source(
                "https://xenocept.com/docs/email-setup/yahoo.html",
                "host, both ports, app password, From equals login",
            ),
            Source(
                "https://unanswered.io/guide/yahoo-mail-protocols-imap-pop-smtp-settings",
                "ports, app password",
            ),
        ),
    ),
    Provider(
        id="zoho",
        name="Zoho Mail (personal and free organisations)",
        host="smtp.zoho.com",
        host_note="by data centre - .eu .in .com.au .jp .com.cn .sa; the wrong one fails to authenticate",
        host_template="smtp.zoho.{region}",
        region_pattern=r"com|eu|in|com\.au|jp|com\.cn|sa",
        port=587,
        tls="starttls",
        other_ports=(Port(465, "implicit"),),
        username="email",
        password_kind="account password, or application-specific password with two-factor on",
        auth_login="known",
        from_rule="owned_address",
        from_on_mismatch="reject",
        caveats=(Caveat("Sources disagree whether free plans may use SMTP."),),
        review_by="2027-11-01",
        evidence="vendor",
        sources=(
            Source(
                "https://www.zoho.com/mail/help/zoho-smtp.html",
                "host, ports, From must match the login or an alias",
            ),
            Source("https://postigo.net/smtp/zoho", "regions, LOGIN and PLAIN"),
        ),
    ),
    Provider(
        id="zoho_pro",
        name="Zoho Mail (paid organisations)",
        host="smtppro.zoho.com",
        host_note="by data centre, as for zoho",
        host_template="smtppro.zoho.{region}",
        region_pattern=r"com|eu|in|com\.au|jp|com\.cn|sa",
        port=587,
        tls="starttls",
        other_ports=(Port(465, "implicit"),),
        username="email",
        password_kind="account password, or application-specific password with two-factor on",
        auth_login="known",
        from_rule="owned_address",
        from_on_mismatch="reject",
        review_by="2027-11-01",
        evidence="secondary",
        sources=(
            Source(
                "https://wiki.stretchpowered.com/books/zoho/page/how-to-configure-email-server-with-zoho-smtp-settings",
                "hosts by plan",
            ),
        ),
    ),
    Provider(
        id="fastmail",
        name="Fastmail",
        host="smtp.fastmail.com",
        port=587,
        tls="starttls",
        other_ports=(Port(465, "implicit"),),
        preferred_by_vendor=Port(465, "implicit"),
        username="email",
        password_kind="app password (always; the account password is refused)",
        auth_login="probe",
        from_rule="owned_address",
        from_on_mismatch="reject",
        caveats=(
            Caveat(
                "The vendor documents only 465 with implicit TLS and AUTH PLAIN; 587 is reported by others. Probe before relying on it from System.Net.Mail, which needs STARTTLS and LOGIN."
            ),
        ),
        review_by="2027-11-01",
        evidence="vendor",
        sources=(
            Source(
                "https://www.fastmail.com/help/technical/servernamesandports.html",
                "465, PLAIN, app password",
            ),
            Source(
                "https://xenocept.com/docs/email-setup/fastmail.html", "587 also accepted, aliases"
            ),
        ),
    ),
    Provider(
        id="icloud",
        name="iCloud Mail",
        host="smtp.mail.me.com",
        port=587,
        tls="starttls",
        username="email",
        username_note="the iCloud Mail address (icloud.com, me.com, mac.com), not another Apple ID",
        password_kind="app-specific password (xxxx-xxxx-xxxx-xxxx)",
        password_looks_like="^[a-z]{4}(-[a-z]{4}){3}$",
        auth_login="known",
        from_rule="owned_address",
        from_on_mismatch="reject",
        limits=Limits(messages_per_day_reported=200),
        caveats=(
            Caveat("Two-factor authentication is needed to make app-specific passwords."),
            Caveat("Sources disagree about 465; one reports connection refused."),
        ),
        review_by="2027-11-01",
        evidence="secondary",
        sources=(
            Source(
                "https://clean.email/blog/email-settings/icloud-email-settings", "host, 587, TLS"
            ),
            Source(
                "https://meshworld.in/blog/devops/email/icloud-smtp-server", "587 only, 200 a day"
            ),
            Source("https://postigo.net/smtp/icloud", "LOGIN and PLAIN"),
        ),
    ),
    Provider(
        id="internal_relay",
        name="Company relay without login",
        is_service=False,
        port=25,
        tls="starttls",
        username=None,
        username_optional=True,
        password_kind="none",
        auth_login="not_needed",
        from_rule="any",
        from_on_mismatch="reject",
        caveats=(
            Caveat(
                "Later Orchestrators document a blank username and password for anonymous use; the framework's own sender of older ones insists on a username when default credentials are off."
            ),
        ),
        review_by="2027-11-01",
        evidence="vendor",
        sources=(
            Source(
                "https://docs.uipath.com/orchestrator/standalone/2023.4/user-guide/configuring-system-email-notifications-host",
                "blank means anonymous",
            ),
            Source(
                "https://github.com/aspnetboilerplate/aspnetboilerplate/blob/dev/src/Abp/Net/Mail/Smtp/SmtpEmailSenderConfiguration.cs",
                "empty username raises in the base framework",
            ),
        ),
    ),
)
