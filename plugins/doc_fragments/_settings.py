# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Documentation of the fields of the Mail tab and of the presets."""

from __future__ import annotations


class ModuleDocFragment:
    DOCUMENTATION = r"""
options:
  enable_email_alerts:
    description: Enable email alerts. Kept per tenant, on the Orchestrator API, in every version.
    type: bool
  use_default_credentials:
    description:
      - Use default credentials, that is, sign in to the SMTP server as the account that runs Orchestrator.
      - User name and password are ignored then.
      - Where the Identity API keeps it (2021.10 and later) it says that no authentication is required, and goes together
        with O(enable_ssl).
    type: bool
  enable_ssl:
    description: Enable SSL. The connection is upgraded by STARTTLS.
    type: bool
  smtp_host:
    description: SMTP Host. A name without scheme and port.
    type: str
  smtp_port:
    description: SMTP Port, from 1 to 65535.
    type: int
  smtp_username:
    description: SMTP Username.
    type: str
  smtp_password:
    description: SMTP Password. Never returned, never shown.
    type: str
  smtp_domain:
    description: SMTP Domain. Leave it empty with an address as user name.
    type: str
  default_from_address:
    description: Default From Address.
    type: str
  default_from_display_name:
    description: Default From Display Name.
    type: str
  smtp_timeout:
    description: Timeout of the SMTP connection in milliseconds; only on the Identity API of 2023.10 and later.
    type: int
  preset:
    description:
      - A mail provider whose ready-made settings to start from, such as V(gmail). Values given here win.
      - Its letters do not matter; a name that nearly is one of them is answered with what was meant.
      - Known are V(gmail), V(google_workspace), V(google_workspace_relay), V(microsoft365), V(microsoft365_relay),
        V(outlook_com), V(azure_communication), V(amazon_ses), V(sendgrid), V(mailgun), V(mailgun_eu), V(postmark),
        V(mailjet), V(brevo), V(yahoo), V(zoho), V(zoho_pro), V(fastmail), V(icloud), V(sparkpost), V(smtp2go),
        V(mandrill), V(mailersend), V(mailtrap), V(resend), V(elastic_email), V(ionos), V(strato), V(gmx),
        V(web_de), V(t_online), V(ovh), V(infomaniak), V(gandi), V(mailbox_org), V(posteo), V(aol), V(naver),
        V(mail_ru), V(yandex), V(qq_exmail), V(netease_163), V(aliyun), V(aliyun_mail), V(godaddy), V(aruba),
        V(proton), V(internal_relay), V(relay),
        V(custom).
      - With V(relay) it is a server of your own that encrypts and asks for no login; needs O(smtp_host).
      - With V(custom) the preset comes from O(custom_preset).
      - What is known of each, with sources, is in the page
        R(Mail providers, ansible_collections.rpaops.orchestrator.docsite.providers).
    type: str
  preset_region:
    description:
      - Region, data centre or tenant of the preset's provider, where it has several, such as V(eu-west-1) for V(preset=amazon_ses)
        or V(eu) for V(preset=zoho).
    type: str
  custom_preset:
    description:
      - A preset of your own, with V(preset=custom); holds no secret. Keys that are left out say nothing.
      - C(name), C(host), C(port) (default 587) and C(tls) (V(starttls) or V(implicit)) say where mail is submitted.
      - C(host_template) with C({region}) in it, C(region_pattern) and C(region_hosts) (a list of C(region) and C(host)) are
        for O(preset_region); C(host_note) says what to write where there is no one host.
      - C(other_hosts), C(host_pattern), C(other_ports) and C(preferred_by_vendor) (C(port) and C(tls)) are recognised as the same service.
      - C(is_service) says that it is a service on the internet, which is judged more strictly; C(usable=false) that it takes no
        password any more.
      - C(username) is V(email) (the full address), V(literal) (exactly C(username_literal)), V(token), V(credential), or null where
        nobody logs in; C(username_optional), C(username_note) and C(username_elsewhere) (a pattern of user names of another service)
        say more.
      - C(password_kind), C(password_looks_like) (a pattern), C(password_page), C(password_strip_spaces) and
        C(password_equals_username) are about the password, C(auth_login) is V(known), V(probe), V(oauth_only) or V(not_needed).
      - C(from_rule) is V(equals_username), V(owned_address), V(verified_sender), V(verified_domain) or V(any), and
        C(from_on_mismatch) V(reject), V(rewrite) or V(undeliverable). C(preset_from_rule=equals_username) fills in the From address.
      - C(limits), C(limits_source), C(prerequisites), C(caveats) (each with C(text), and perhaps C(since) and C(until)), C(review_by),
        C(evidence) (V(vendor) or V(secondary)) and C(sources) are for whoever reads the preset; dated caveats warn around their day.
    type: dict
"""
