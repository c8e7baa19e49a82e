# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The mail providers we know, as data; ``provider`` explains the words, ``providers`` looks them up."""

from __future__ import annotations

from .provider import Caveat, Limits, Port, Provider, RegionHost, Source

#: When the rows were gathered.
CHECKED = "2026-11-26"

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
        other_hosts=("smtp.googlemail.com",),
        port=587,
        tls="starttls",
        other_ports=(Port(465, "implicit"),),
        username="email",
        password_kind="app password (16 letters, shown as four groups of four)",
        password_looks_like="^[a-z]{16}$",
        password_page="https://myaccount.google.com/apppasswords",
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
                note="date of the end for personal accounts is from general knowledge; the vendor page "
                "read speaks of all accounts from autumn 2024, a third party of completion in May "
                "2025.",
            ),
            Caveat(
                "App passwords cannot be made when 2-Step Verification is off or set to security "
                "keys only, under Advanced Protection, or where an administrator forbids them. "
                "(General knowledge - changing the account password revokes them.)"
            ),
            Caveat(
                'A From address that is neither the login nor a confirmed "send mail as" address is '
                "silently replaced, so a delivered test does not prove the From setting."
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
            Source(
                "https://support.google.com/accounts/answer/185833", "where app passwords are made"
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
        password_kind="app password (16 letters, shown as four groups of four)",
        password_looks_like="^[a-z]{16}$",
        password_page="https://myaccount.google.com/apppasswords",
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
        other_hosts=("outlook.office365.com", "smtp.outlook.office365.com"),
        port=587,
        tls="starttls",
        other_ports=(Port(25, "starttls"),),
        username="email",
        username_elsewhere=r"(?i)@(outlook|hotmail|live|msn)\.",
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
                "At the end of December 2026 it is switched off by default for existing tenants; an "
                "administrator can switch it on again. Tenants created later do not have it by "
                "default.",
                since="2026-12-31",
            ),
            Caveat(
                "The final removal date is to be announced in the second half of 2027. The earlier "
                "dates of March-April 2026 and September 2025 were withdrawn.",
                since="2027-07-01",
            ),
            Caveat(
                "System.Net.Mail cannot do OAuth (XOAUTH2), so an Orchestrator built on it needs "
                "another route (high-volume email, connector relay, another provider) once basic "
                "authentication is off."
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
        host_pattern=r"[a-z0-9-]+\.mail\.protection\.outlook\.com|[a-z0-9-]+\.[a-z]-v1\.mx\.microsoft",
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
        other_hosts=("smtp.live.com",),
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
        host_pattern=r"email-smtp(-fips)?\.[a-z0-9-]+\.amazonaws\.com(\.cn)?",
        host_template="email-smtp.{region}.amazonaws.com",
        region_pattern="(?!cn-)[a-z]{2}(-[a-z]+)+-[0-9]",
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
            Caveat(
                "Regions of China (cn-north-1, cn-northwest-1) are another partition, whose names "
                "end in amazonaws.com.cn; give the host from its console as smtp_host."
            ),
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
        other_hosts=("smtp-broadcasts.postmarkapp.com",),
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
        other_hosts=("in.mailjet.com",),
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
        other_hosts=("smtp-relay.sendinblue.com",),
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
        host_note="by data centre - .eu .in .com.au .jp .com.cn .sa, and zohocloud.ca in Canada; the wrong one fails to authenticate",
        host_pattern=r"smtp\.(zoho\.(com|eu|in|com\.au|jp|com\.cn|sa)|zohocloud\.ca)",
        host_template="smtp.zoho.{region}",
        region_pattern=r"com|eu|in|com\.au|jp|com\.cn|sa",
        region_hosts=(RegionHost("ca", "smtp.zohocloud.ca"),),
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
        host_pattern=r"smtppro\.(zoho\.(com|eu|in|com\.au|jp|com\.cn|sa)|zohocloud\.ca)",
        host_template="smtppro.zoho.{region}",
        region_pattern=r"com|eu|in|com\.au|jp|com\.cn|sa",
        region_hosts=(RegionHost("ca", "smtppro.zohocloud.ca"),),
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
                "The vendor documents only 465 with implicit TLS and AUTH PLAIN; 587 is reported by "
                "others. Probe before relying on it from System.Net.Mail, which needs STARTTLS and "
                "LOGIN."
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
        id="sparkpost",
        name="SparkPost (Bird)",
        host="smtp.sparkpostmail.com",
        host_note="smtp.eu.sparkpostmail.com for accounts in the EU, with preset_region: eu",
        other_hosts=("smtp.eu.sparkpostmail.com",),
        host_template="smtp.{region}.sparkpostmail.com",
        region_pattern="eu",
        other_ports=(Port(2525, "starttls"),),
        username="literal",
        username_literal="SMTP_Injection",
        password_kind="API key with the permission Send via SMTP",
        auth_login="known",
        from_rule="verified_domain",
        review_by="2027-11-01",
        evidence="vendor",
        sources=(
            Source(
                "https://developers.sparkpost.com/api/smtp",
                "hosts, ports, STARTTLS, AUTH LOGIN, user name, permission of the key",
            ),
        ),
    ),
    Provider(
        id="smtp2go",
        name="SMTP2GO",
        host="mail.smtp2go.com",
        host_note="or the host of a region: mail-us, mail-eu or mail-au.smtp2go.com, with preset_region: us, eu or au",
        host_pattern=r"mail-(us|eu|au)\.smtp2go\.com",
        host_template="mail-{region}.smtp2go.com",
        region_pattern="us|eu|au",
        other_ports=(
            Port(25, "starttls"),
            Port(80, "starttls"),
            Port(2525, "starttls"),
            Port(8025, "starttls"),
            Port(465, "implicit"),
            Port(8465, "implicit"),
            Port(443, "implicit"),
        ),
        username="credential",
        username_note="the name of an SMTP user of the account",
        password_kind="password of that SMTP user",
        from_rule="verified_sender",
        caveats=(
            Caveat("Encryption is optional on its STARTTLS ports; Enable SSL makes it required."),
        ),
        review_by="2027-11-01",
        evidence="vendor",
        sources=(
            Source(
                "https://developers.smtp2go.com/docs/smtp-relay",
                "hosts, ports, SMTP users, verified senders",
            ),
        ),
    ),
    Provider(
        id="mandrill",
        name="Mailchimp Transactional (Mandrill)",
        host="smtp.mandrillapp.com",
        other_ports=(Port(25, "starttls"), Port(2525, "starttls"), Port(465, "implicit")),
        username="credential",
        username_note="any text; the account's address is usual",
        password_kind="API key",
        from_rule="verified_domain",
        from_on_mismatch="undeliverable",
        review_by="2027-11-01",
        evidence="secondary",
        sources=(
            Source(
                "https://github.com/nodemailer/nodemailer/blob/master/lib/well-known/services.json",
                "host, 587",
            ),
            Source(
                "https://gist.github.com/ljanecek/812b7f5c96c4aa77ffa81a609056d7fa",
                "587, STARTTLS, API key as password",
            ),
        ),
    ),
    Provider(
        id="mailersend",
        name="MailerSend",
        host="smtp.mailersend.net",
        username="credential",
        username_note="the generated SMTP user; it cannot be changed",
        password_kind="password of that SMTP user",
        from_rule="verified_domain",
        caveats=(
            Caveat("TLS 1.2 or newer is required."),
            Caveat(
                "Refusals come with code 450 also where waiting does not help, such as for a domain that is not verified."
            ),
            Caveat("A new account has to be approved before it sends to others."),
        ),
        review_by="2027-11-01",
        evidence="vendor",
        sources=(
            Source(
                "https://www.mailersend.com/help/smtp-relay",
                "SMTP users, verified domain, always TLS, approval",
            ),
            Source("https://developers.mailersend.com/smtp-relay.html", "587, TLS 1.2, code 450"),
            Source(
                "https://github.com/nodemailer/nodemailer/blob/master/lib/well-known/services.json",
                "host",
            ),
        ),
    ),
    Provider(
        id="mailtrap",
        name="Mailtrap Email Sending",
        host="live.smtp.mailtrap.io",
        host_note="bulk.smtp.mailtrap.io for bulk mail; sandbox.smtp.mailtrap.io keeps test messages to itself",
        other_hosts=("bulk.smtp.mailtrap.io", "sandbox.smtp.mailtrap.io"),
        other_ports=(Port(2525, "starttls"),),
        username="literal",
        username_literal="api",
        password_kind="API token of the sending domain",
        from_rule="verified_domain",
        caveats=(
            Caveat("A demo domain reaches only the owner of the account."),
            Caveat("The sandbox has user names and passwords of its own, and delivers nothing."),
        ),
        review_by="2027-11-01",
        evidence="secondary",
        sources=(
            Source(
                "https://docs.mailtrap.io/email-api-smtp/setup/smtp-integration",
                "verified domain, two streams",
            ),
            Source(
                "https://github.com/nodemailer/nodemailer/blob/master/lib/well-known/services.json",
                "host, 587",
            ),
        ),
    ),
    Provider(
        id="resend",
        name="Resend",
        host="smtp.resend.com",
        other_ports=(
            Port(25, "starttls"),
            Port(2587, "starttls"),
            Port(465, "implicit"),
            Port(2465, "implicit"),
        ),
        preferred_by_vendor=Port(465, "implicit"),
        username="literal",
        username_literal="resend",
        password_kind="API key",
        password_looks_like="^re_",
        from_rule="verified_domain",
        review_by="2027-11-01",
        evidence="vendor",
        sources=(
            Source(
                "https://resend.com/docs/send-with-smtp",
                "host, ports by kind of TLS, user name, API key, verified domain",
            ),
        ),
    ),
    Provider(
        id="elastic_email",
        name="Elastic Email",
        host="smtp.elasticemail.com",
        host_note="smtp25.elasticemail.com is the same",
        other_hosts=("smtp25.elasticemail.com",),
        other_ports=(Port(25, "starttls"), Port(2525, "starttls"), Port(465, "implicit")),
        username="credential",
        username_note="the name of the SMTP credential, by default the account's address",
        password_kind="password of that SMTP credential",
        from_rule="verified_domain",
        caveats=(Caveat("TLS 1.2 is required.", since="2025-03-31"),),
        review_by="2027-11-01",
        evidence="vendor",
        sources=(
            Source(
                "https://help.elasticemail.com/en/articles/4803409-smtp-settings",
                "hosts, ports, SMTP credentials, end of TLS 1.0 and 1.1",
            ),
        ),
    ),
    Provider(
        id="ionos",
        name="IONOS (1&1)",
        host="smtp.ionos.com",
        host_note="smtp.ionos.<country> works for the account of that country, with preset_region: de, co.uk, fr, it, es, mx or at",
        other_hosts=("smtp.1und1.de", "smtp.1and1.com"),
        host_pattern=r"smtp\.ionos\.(com|de|co\.uk|fr|it|es|mx|at|ca)",
        host_template="smtp.ionos.{region}",
        region_pattern=r"com|de|co\.uk|fr|it|es|mx|at|ca",
        other_ports=(Port(465, "implicit"),),
        password_kind="password of the mailbox",
        from_rule="verified_domain",
        caveats=(
            Caveat(
                "From has to be of the same domain as the mailbox that logs in; another one is refused with: Sender address is not allowed.",
                since="2024-01-29",
            ),
        ),
        review_by="2027-11-01",
        evidence="secondary",
        sources=(
            Source("https://sendsmartly.site/ionos-smtp-settings", "host, 587 with STARTTLS"),
            Source(
                "https://optioffice.net/en/helpdesk/ionos-aenderungen-beim-emailversand-seit-januar-2024-was-muss-ich-tun/",
                "rule for From and its date",
            ),
            Source(
                "https://github.com/thunderbird/autoconfig/blob/master/ispdb/1und1.de.xml",
                "smtp.1und1.de, 587 STARTTLS, 465",
            ),
        ),
    ),
    Provider(
        id="strato",
        name="Strato",
        host="smtp.strato.de",
        other_hosts=("smtp.strato.com",),
        other_ports=(Port(465, "implicit"),),
        password_kind="password of the mailbox",
        from_rule="owned_address",
        review_by="2027-11-01",
        evidence="secondary",
        sources=(
            Source(
                "https://github.com/thunderbird/autoconfig/blob/master/ispdb/strato.de.xml",
                "host, 587 STARTTLS, 465, full address as user",
            ),
        ),
    ),
    Provider(
        id="gmx",
        name="GMX",
        host="mail.gmx.net",
        host_note="mail.gmx.com for accounts of gmx.com, with preset_region: com",
        other_hosts=("smtp.gmx.net", "smtp.gmx.com"),
        host_pattern=r"mail\.gmx\.(net|com)",
        host_template="mail.gmx.{region}",
        region_pattern="net|com",
        other_ports=(Port(465, "implicit"),),
        password_kind="account password, or an app password with two-factor on",
        from_rule="owned_address",
        prerequisites=("access by POP3 and IMAP switched on in the mailbox's settings",),
        caveats=(Caveat("Mailboxes are locked after much automatic mail."),),
        review_by="2027-11-01",
        evidence="secondary",
        sources=(
            Source(
                "https://github.com/thunderbird/autoconfig/blob/master/ispdb/gmx.net.xml",
                "host, 587 STARTTLS, 465, access to be switched on",
            ),
            Source(
                "https://github.com/chatmail/provider-db/blob/master/_providers/gmx.net.md",
                "access, locks",
            ),
        ),
    ),
    Provider(
        id="web_de",
        name="WEB.DE",
        host="smtp.web.de",
        other_ports=(Port(465, "implicit"),),
        password_kind="account password, or an app password with two-factor on",
        from_rule="owned_address",
        prerequisites=("access by POP3 and IMAP switched on in the mailbox's settings",),
        caveats=(Caveat("Mailboxes are locked after much automatic mail."),),
        review_by="2027-11-01",
        evidence="secondary",
        sources=(
            Source(
                "https://github.com/thunderbird/autoconfig/blob/master/ispdb/web.de.xml",
                "host, 587 STARTTLS, 465, access to be switched on",
            ),
            Source(
                "https://github.com/chatmail/provider-db/blob/master/_providers/web.de.md",
                "access, locks",
            ),
        ),
    ),
    Provider(
        id="t_online",
        name="T-Online (Telekom)",
        host="securesmtp.t-online.de",
        other_ports=(Port(465, "implicit"),),
        password_kind="the e-mail password, which is not the password of the website",
        from_rule="owned_address",
        prerequisites=("an e-mail password set in the customer centre",),
        review_by="2027-11-01",
        evidence="secondary",
        sources=(
            Source(
                "https://github.com/thunderbird/autoconfig/blob/master/ispdb/t-online.de.xml",
                "host, 587 STARTTLS, 465, e-mail password",
            ),
        ),
    ),
    Provider(
        id="ovh",
        name="OVHcloud (MX Plan)",
        host="ssl0.ovh.net",
        host_note="smtp.mail.ovh.net for newer accounts; Exchange and Email Pro have hosts of their own, such as ex4.mail.ovh.net",
        other_hosts=("smtp.mail.ovh.net",),
        host_pattern=r"(ex|pro)\d*\.mail\.ovh\.net",
        other_ports=(Port(465, "implicit"),),
        preferred_by_vendor=Port(465, "implicit"),
        password_kind="password of the mailbox",
        from_rule="owned_address",
        review_by="2027-11-01",
        evidence="secondary",
        sources=(
            Source(
                "https://www.quai-des-entrepreneurs.com/ovh-mail",
                "465, 587 with STARTTLS, full address as user",
            ),
            Source(
                "https://formezvousrapidement.fr/ex4mailovhnet-smtp/",
                "hosts of Exchange accounts, 587",
            ),
            Source("http://gids.ovh.nl/EmailSmtpPop3Imap", "the certificate is for ssl0.ovh.net"),
        ),
    ),
    Provider(
        id="infomaniak",
        name="Infomaniak",
        host="mail.infomaniak.com",
        other_ports=(Port(465, "implicit"),),
        password_kind="password of the mailbox, or one made for the device",
        from_rule="owned_address",
        review_by="2027-11-01",
        evidence="secondary",
        sources=(
            Source(
                "https://github.com/nodemailer/nodemailer/blob/master/lib/well-known/services.json",
                "host, 587",
            ),
            Source(
                search="public code index, mail.infomaniak.com, 2026-11-26",
                what="587 and 465 in several projects",
            ),
        ),
    ),
    Provider(
        id="gandi",
        name="Gandi",
        host="mail.gandi.net",
        other_ports=(Port(465, "implicit"),),
        password_kind="password of the mailbox",
        from_rule="owned_address",
        review_by="2027-11-01",
        evidence="secondary",
        sources=(
            Source(
                "https://github.com/nodemailer/nodemailer/blob/master/lib/well-known/services.json",
                "host, 587",
            ),
        ),
    ),
    Provider(
        id="mailbox_org",
        name="mailbox.org",
        host="smtp.mailbox.org",
        other_ports=(Port(465, "implicit"),),
        password_kind="password of the mailbox, or an application password with two-factor on",
        from_rule="owned_address",
        review_by="2027-11-01",
        evidence="secondary",
        sources=(
            Source(
                "https://github.com/thunderbird/autoconfig/blob/master/ispdb/mailbox.org.xml",
                "quotes the vendor's page: 465, 587 STARTTLS, application passwords",
            ),
        ),
    ),
    Provider(
        id="posteo",
        name="Posteo",
        host="posteo.de",
        other_ports=(Port(465, "implicit"),),
        password_kind="account password",
        from_rule="owned_address",
        review_by="2027-11-01",
        evidence="secondary",
        sources=(
            Source(
                "https://github.com/thunderbird/autoconfig/blob/master/ispdb/posteo.de.xml",
                "host, 587 STARTTLS, 465",
            ),
        ),
    ),
    Provider(
        id="aol",
        name="AOL Mail",
        host="smtp.aol.com",
        other_ports=(Port(465, "implicit"),),
        preferred_by_vendor=Port(465, "implicit"),
        password_kind="app password (16 letters, shown as four groups of four)",
        password_looks_like="^[a-z]{16}$",
        password_page="https://login.aol.com/account/security",
        password_strip_spaces=True,
        from_rule="equals_username",
        caveats=(Caveat("The account password is refused for other programs."),),
        review_by="2027-05-01",
        evidence="secondary",
        sources=(
            Source(
                "https://github.com/nodemailer/nodemailer/blob/master/lib/well-known/services.json",
                "host, 587",
            ),
            Source(
                "https://github.com/thunderbird/autoconfig/blob/master/ispdb/aol.com.xml", "465"
            ),
            Source(
                "https://github.com/chatmail/provider-db/blob/master/_providers/aol.md",
                "app password, spaces are not part of it",
            ),
        ),
    ),
    Provider(
        id="naver",
        name="Naver Mail",
        host="smtp.naver.com",
        other_ports=(Port(465, "implicit"),),
        password_kind="account password, or an app password with two-step verification on",
        from_rule="equals_username",
        prerequisites=("POP3/SMTP or IMAP/SMTP switched on in the mailbox's settings",),
        review_by="2027-11-01",
        evidence="secondary",
        sources=(
            Source(
                "https://github.com/nodemailer/nodemailer/blob/master/lib/well-known/services.json",
                "host, 587",
            ),
            Source(
                "https://github.com/thunderbird/autoconfig/blob/master/ispdb/naver.com.xml", "465"
            ),
        ),
    ),
    Provider(
        id="mail_ru",
        name="Mail.ru",
        host="smtp.mail.ru",
        other_ports=(Port(465, "implicit"),),
        preferred_by_vendor=Port(465, "implicit"),
        password_kind="password for external applications",
        from_rule="equals_username",
        prerequisites=("a password for external applications made in the account",),
        review_by="2027-11-01",
        evidence="secondary",
        sources=(
            Source(
                "https://github.com/thunderbird/autoconfig/blob/master/ispdb/mail.ru",
                "host, 587 STARTTLS, 465",
            ),
            Source(
                "https://github.com/chatmail/provider-db/blob/master/_providers/mail.ru.md",
                "password for external applications",
            ),
        ),
    ),
    Provider(
        id="yandex",
        name="Yandex Mail",
        host="smtp.yandex.com",
        other_hosts=("smtp.yandex.ru", "smtp.yandex.net", "smtp.ya.ru"),
        other_ports=(Port(465, "implicit"),),
        preferred_by_vendor=Port(465, "implicit"),
        password_kind="app password for mail",
        from_rule="equals_username",
        prerequisites=("access for mail clients switched on", "an app password for mail"),
        caveats=(
            Caveat(
                "Lists name only 465; 587 with STARTTLS is reported from programs on System.Net.Mail. Prove it before relying on it."
            ),
        ),
        review_by="2027-11-01",
        evidence="secondary",
        sources=(
            Source(
                "https://github.com/thunderbird/autoconfig/blob/master/ispdb/yandex.ru",
                "host, 465, access to be switched on",
            ),
            Source(
                "https://github.com/chatmail/provider-db/blob/master/_providers/yandex.ru.md",
                "access to be switched on",
            ),
            Source(
                search="public code index, smtp.yandex.ru, 2026-11-26",
                what="587 and 25 with System.Net.Mail in several projects",
            ),
        ),
    ),
    Provider(
        id="qq_exmail",
        name="Tencent Exmail (QQ business mail)",
        host="smtp.exmail.qq.com",
        host_note="hwsmtp.exmail.qq.com from outside China",
        other_hosts=("hwsmtp.exmail.qq.com", "smtp.qq.com"),
        port=465,
        tls="implicit",
        password_kind="authorization code made in the mailbox's settings, not the password",
        from_rule="equals_username",
        prerequisites=("SMTP switched on in the mailbox's settings",),
        caveats=(
            Caveat(
                "Lists name only 465 with TLS from the first byte; 587 with STARTTLS is reported. An "
                "Orchestrator on System.Net.Mail cannot use 465: prove smtp_port 587 with "
                "verify_recipient first."
            ),
        ),
        review_by="2027-11-01",
        evidence="secondary",
        sources=(
            Source(
                "https://github.com/nodemailer/nodemailer/blob/master/lib/well-known/services.json",
                "hosts, 465",
            ),
            Source(
                "https://github.com/chatmail/provider-db/blob/master/_providers/qq.md",
                "SMTP to be switched on, authorization code",
            ),
            Source(
                search="public code index, smtp.exmail.qq.com, 2026-11-26",
                what="465, in some projects 587",
            ),
        ),
    ),
    Provider(
        id="netease_163",
        name="NetEase 163 and 126",
        host="smtp.163.com",
        host_note="smtp.126.com and smtp.yeah.net for those domains",
        other_hosts=("smtp.126.com", "smtp.yeah.net"),
        port=465,
        tls="implicit",
        other_ports=(Port(994, "implicit"),),
        password_kind="authorization code made in the mailbox's settings, not the password",
        from_rule="equals_username",
        prerequisites=("POP3/SMTP/IMAP switched on in the mailbox's settings",),
        caveats=(
            Caveat(
                "Only TLS from the first byte is documented: not usable from an Orchestrator on System.Net.Mail; one on MailKit needs implicit_tls: allow."
            ),
        ),
        review_by="2027-11-01",
        evidence="secondary",
        sources=(
            Source(
                "https://github.com/nodemailer/nodemailer/blob/master/lib/well-known/services.json",
                "hosts, 465",
            ),
            Source(
                "https://github.com/chatmail/provider-db/blob/master/_providers/163.md",
                "465, authorization code",
            ),
        ),
    ),
    Provider(
        id="aliyun",
        name="Alibaba Cloud DirectMail",
        host="smtpdm.aliyun.com",
        host_note="outside China the host of the region, with preset_region such as ap-southeast-1",
        host_pattern=r"smtpdm(-[a-z0-9-]+)?\.(aliyun|aliyuncs)\.com",
        host_template="smtpdm-{region}.aliyuncs.com",
        region_pattern="[a-z]{2}(-[a-z]+)+-[0-9]",
        port=465,
        tls="implicit",
        username_note="the sender address itself",
        password_kind="SMTP password set for that sender address in the console",
        from_rule="equals_username",
        caveats=(
            Caveat(
                "The vendor names 25 and 80 without encryption and 465 with TLS from the first byte: "
                "not usable with encryption from an Orchestrator on System.Net.Mail; one on MailKit "
                "needs implicit_tls: allow."
            ),
            Caveat("Port 25 is closed on Alibaba's own machines."),
        ),
        review_by="2027-11-01",
        evidence="vendor",
        sources=(
            Source(
                "https://www.alibabacloud.com/help/en/direct-mail/user-guide/send-emails-using-smtp",
                "SMTP password, user name equals sender address",
            ),
            Source(
                "https://www.alibabacloud.com/help/en/direct-mail/email-sending-faqs",
                "ports 25, 80 and 465",
            ),
            Source(
                search="public code index, smtpdm.aliyun.com, 2026-11-26",
                what="the host name, in several projects",
            ),
        ),
    ),
    Provider(
        id="aliyun_mail",
        name="Alibaba Mail (enterprise mailboxes)",
        host="smtp.qiye.aliyun.com",
        other_hosts=("smtp.mxhichina.com", "smtp.aliyun.com"),
        port=465,
        tls="implicit",
        password_kind="client password, or the mailbox's own where third-party clients are allowed",
        from_rule="equals_username",
        prerequisites=("third-party clients allowed in the mailbox's settings",),
        caveats=(
            Caveat(
                "Lists name only 465 with TLS from the first byte: not usable from an Orchestrator "
                "on System.Net.Mail; one on MailKit needs implicit_tls: allow."
            ),
        ),
        review_by="2027-11-01",
        evidence="secondary",
        sources=(
            Source(
                "https://github.com/nodemailer/nodemailer/blob/master/lib/well-known/services.json",
                "hosts, 465",
            ),
        ),
    ),
    Provider(
        id="godaddy",
        name="GoDaddy Workspace Email",
        host="smtpout.secureserver.net",
        host_note="mailboxes on Microsoft 365 use preset microsoft365 instead",
        host_pattern=r"smtp\.(asia|europe)\.secureserver\.net",
        other_ports=(Port(25, "starttls"), Port(465, "implicit")),
        preferred_by_vendor=Port(465, "implicit"),
        password_kind="password of the mailbox",
        from_rule="owned_address",
        caveats=(
            Caveat(
                "465 is what most name; 587 with STARTTLS is reported. Prove it before relying on it."
            ),
        ),
        review_by="2027-11-01",
        evidence="secondary",
        sources=(
            Source(
                "https://github.com/nodemailer/nodemailer/blob/master/lib/well-known/services.json",
                "hosts",
            ),
            Source(
                search="public code index, smtpout.secureserver.net, 2026-11-26",
                what="465 and 587 with STARTTLS in several projects",
            ),
        ),
    ),
    Provider(
        id="aruba",
        name="Aruba (Italy)",
        host="smtps.aruba.it",
        other_hosts=("smtps.pec.aruba.it",),
        port=465,
        tls="implicit",
        password_kind="password of the mailbox",
        from_rule="owned_address",
        caveats=(
            Caveat(
                "Only 465 with TLS from the first byte is known: not usable from an Orchestrator on System.Net.Mail; one on MailKit needs implicit_tls: allow."
            ),
        ),
        review_by="2027-11-01",
        evidence="secondary",
        sources=(
            Source(
                "https://github.com/nodemailer/nodemailer/blob/master/lib/well-known/services.json",
                "host, 465, AUTH LOGIN",
            ),
        ),
        auth_login="known",
    ),
    Provider(
        id="proton",
        name="Proton Mail (SMTP submission)",
        host="smtp.protonmail.ch",
        password_kind="SMTP token made for one address",
        from_rule="equals_username",
        prerequisites=(
            "a plan with SMTP submission",
            "an address of a domain of one's own",
            "an SMTP token for that address",
        ),
        caveats=(
            Caveat(
                "The account password is never accepted; Proton Mail Bridge is another program, which listens on the machine it runs on."
            ),
        ),
        review_by="2027-11-01",
        evidence="secondary",
        sources=(
            Source(
                "https://dotcompc.ir/support/fr/smtp-submission",
                "a copy of the vendor's page: plans, token, own domain",
            ),
            Source(
                "https://github.com/nodemailer/nodemailer/blob/master/lib/well-known/services.json",
                "host, 587, TLS required",
            ),
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
                "Later Orchestrators document a blank username and password for anonymous use; the "
                "framework's own sender of older ones insists on a username when default credentials "
                "are off."
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
