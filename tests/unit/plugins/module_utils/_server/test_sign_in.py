# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Signing in: every way, what it sends, and the one sentence for what goes wrong."""

from __future__ import annotations

import pytest
from ansible_collections.rpaops.orchestrator.plugins.module_utils import _argspec
from fake.orchestrator import FakeOrchestrator
from support.raw_http import RawServer, answer
from support.run import arguments, mail_settings, mail_settings_info, mail_test, server

SMTP = {
    "smtp_host": "smtp.example.com",
    "smtp_port": 587,
    "default_from_address": "robot@example.com",
    "allow_password_reuse": True,
}
APPLICATION = {"username": None, "password": None, "client_id": "app-id"}


def application(fake, **more):
    return server(fake, **{**APPLICATION, "client_secret": "app-secret", **more})


def paths(fake):
    return [request.path for request in fake.requests if request.operation == "Authenticate"]


def scopes(fake):
    return [request.body["scope"] for request in fake.requests if request.operation == "Token"]


LONG = "/api/Account/Authenticate"


@pytest.mark.parametrize("version", ["2018.1", "2018.2"])
@pytest.mark.parametrize(
    ("position", "path"),
    [("short", "/api/Account"), ("long", LONG), ("both", LONG)],
)
def test_the_earliest_versions_are_signed_in_to_by_the_path_they_have(version, position, path):
    """2018.1 and 2018.2 list the short one, clients of that time know the long one."""
    with FakeOrchestrator(version=version, switches={"login_path": position}) as fake:
        mail_settings(server=server(fake), smtp_port=587, allow_password_reuse=True)

        assert paths(fake) == [path]
        assert fake.settings("Default")["Abp.Net.Mail.Smtp.Port"] == "587"


def test_an_application_asks_for_exactly_the_scopes_it_needs(new):
    """One scope per API that will be touched."""
    mail_settings(server=application(new), enable_email_alerts=True)
    mail_settings(server=application(new), **SMTP)
    mail_settings(server=application(new), enable_email_alerts=True, **SMTP)

    assert scopes(new) == ["OR.Settings", "PM.Setting", "OR.Settings PM.Setting"]


def test_looking_asks_for_no_right_to_change():
    """An application that may only read is enough for mail_settings_info."""
    granted = ["OR.Settings.Read", "PM.Setting.Read"]
    clients = {"app-id": {"secret": "app-secret", "scopes": granted}}
    with FakeOrchestrator(version="v17", clients=clients) as fake:
        assert "failed" not in mail_settings_info(server=application(fake)).result

        assert scopes(fake) == ["OR.Settings.Read PM.Setting.Read"]


WHOLE = ["OR.Settings", "PM.Setting"]
READ = ["OR.Settings.Read", "PM.Setting.Read"]
SPLIT = [f"{scope}.{part}" for scope in WHOLE for part in ("Read", "Write")]
MIXED = ["OR.Settings.Read", "OR.Settings.Write", "PM.Setting"]
GRANTS = {"whole": WHOLE, "read": READ, "split": SPLIT, "mixed": MIXED, "all": WHOLE + SPLIT}


def granting(*scopes, **more):
    clients = {"app-id": {"secret": "app-secret", "scopes": scopes}}
    return FakeOrchestrator(version="v17", clients=clients, **more)


@pytest.mark.parametrize(
    ("grant", "requests"), [("whole", 2), ("read", 1), ("split", 1), ("mixed", 3), ("all", 1)]
)
def test_looking_is_content_with_any_right_to_look(grant, requests):
    """Information and check mode ask for reading first, and take the whole right where it is."""
    for look in (mail_settings_info, lambda **o: mail_settings(True, **o, **SMTP)):
        with granting(*GRANTS[grant]) as fake:
            done = look(server=application(fake)).result

            assert "failed" not in done, done
            assert fake.count("Token") <= requests


@pytest.mark.parametrize(
    ("grant", "requests"), [("whole", 1), ("split", 2), ("mixed", 4), ("all", 1)]
)
def test_changing_is_content_with_reading_and_writing(grant, requests):
    """The usual grant takes one request; the least one is enough."""
    with granting(*GRANTS[grant]) as fake:
        done = mail_settings(server=application(fake), enable_email_alerts=True, **SMTP).result

        assert done["changed"] is True, done
        assert fake.count("Token") == requests


def test_an_application_that_may_only_read_changes_nothing():
    """What check mode could look at, a run is refused with the scopes to grant."""
    with granting(*READ) as fake:
        assert "failed" not in mail_settings(True, server=application(fake), **SMTP).result
        done = mail_settings(server=application(fake), **SMTP).result

    assert done["error"] == "sign_in_refused"
    assert "application scopes PM.Setting or PM.Setting.Read PM.Setting.Write" in done["msg"]


@pytest.mark.parametrize("what", ["info", "inherited", "declared"])
def test_an_organization_is_asked_for_with_its_own_scope_alone(what):
    """Nothing of the Orchestrator API is at that level, though a tenant is named."""
    with granting("PM.Setting", shape="suite") as fake:
        target = application(fake, organization="acme", tenant="Default", level="organization")
        done = {
            "info": lambda: mail_settings_info(server=target),
            "inherited": lambda: mail_settings(server=target, state="inherited"),
            "declared": lambda: mail_settings(server=target, **SMTP),
        }[what]().result

        assert "failed" not in done, done
        assert not [scope for scope in scopes(fake) if "OR." in scope]


def test_a_tenant_is_asked_for_with_its_own_scope_alone():
    """The alert switch is all that is kept there."""
    with granting("OR.Settings.Read", shape="suite") as fake:
        target = application(fake, organization="acme", tenant="Default", level="tenant")

        assert "failed" not in mail_settings_info(server=target).result
        assert scopes(fake) == ["OR.Settings.Read"]


def test_a_run_is_refused_once_at_most():
    """Its other sign-ins, of workers and after a token ended, ask for what was granted."""
    tenants = [{"name": f"T{number:05d}"} for number in range(1, 13)]
    with granting(*WHOLE, tenants=12, switches={"token_uses": 2}) as fake:
        target = application(fake, tenant=None)
        done = mail_settings(True, server=target, tenants=tenants, enable_email_alerts=True).result

        assert done["changed"] is True, done
        assert scopes(fake).count("OR.Settings.Read") == 1
        assert scopes(fake).count("OR.Settings") > 2


def test_a_test_message_asks_for_the_right_to_send_it(new):
    """The verify call of the Identity server counts as a write."""
    settings = {"smtp_host": "127.0.0.1", "smtp_port": 9, "enable_ssl": False}
    settings["default_from_address"] = "robot@example.com"
    target = application(new)

    done = mail_test(via="server", server=target, recipients=["ops@example.com"], **settings).result

    assert scopes(new) == ["PM.Setting"]
    assert done["error"] == "verify_failed", done


def test_a_missing_scope_is_named():
    """One sentence with the scopes to grant."""
    with granting("OR.Settings") as fake:
        done = mail_settings(server=application(fake), enable_email_alerts=True, **SMTP).result

    assert (done["error"], done["stage"]) == ("sign_in_refused", "sign_in")
    assert (
        "granted the application scopes OR.Settings PM.Setting or OR.Settings.Read" in done["msg"]
    )


NOWHERE = {
    "organization on a standalone server": (
        {"version": "v17"},
        {"organization": "acme"},
        "a standalone server has no organization: leave server.organization out",
    ),
    "no organization on a suite": (
        {"version": "v17", "shape": "suite"},
        {},
        "needs server.organization as well",
    ),
    "another organization on a suite": (
        {"version": "v17", "shape": "suite"},
        {"organization": "acmee"},
        "Check server.organization (acmee) and server.tenant (Default) against the address",
    ),
    "another tenant on a suite": (
        {"version": "v17", "shape": "suite"},
        {"organization": "acme", "tenant": "Defautl"},
        "Check server.organization (acme) and server.tenant (Defautl) against the address",
    ),
    "another address of Identity": (
        {"version": "v17"},
        {"identity_url": "{url}/identtiy"},
        "Check server.identity_url",
    ),
}


@pytest.mark.parametrize("case", NOWHERE)
@pytest.mark.parametrize("way", ["user", "application", "token"])
def test_a_404_says_where_to_look(case, way):
    """Whichever request meets it: the sign-in, or the first read."""
    kind, options, said = NOWHERE[case]
    with FakeOrchestrator(**kind) as fake:
        options = {name: text.format(url=fake.url) for name, text in options.items()}
        target = application(fake, **options) if way == "application" else server(fake, **options)
        target["access_token"] = fake.user_token("admin", "Default") if way == "token" else None

        done = mail_settings(server=target, enable_email_alerts=True, **SMTP).result

    assert (done["status"], said in done["msg"]) == (404, True), done["msg"]


@pytest.mark.parametrize("password", ["server", "secret", "organization", "address", "token"])
def test_our_own_words_stay_whole_whatever_the_password_is(password):
    """What to do is of no use with holes in it."""
    with FakeOrchestrator(version="v20") as fake:
        gone = mail_settings(server=server(fake, password=password), **SMTP).result["msg"]
        lost = server(fake, organization="acme", password=password)
        nowhere = mail_settings(server=lost, enable_email_alerts=True).result["msg"]
        bad = mail_settings(server=server(fake, url="https://h/#", password=password), **SMTP)

    assert "Give server.client_id and server.client_secret, or server.access_token" in gone
    assert "server.tenant (Default) against the address in the browser; a standalone" in nowhere
    assert bad.result["msg"].startswith("server.url: it goes on with a query or a fragment")


def test_a_server_without_applications_says_what_to_use_instead():
    """Before there was an Identity server."""
    with FakeOrchestrator(version="2020.10") as fake:
        done = mail_settings(server=application(fake), **SMTP).result

    assert (done["error"], done["stage"], done["status"]) == ("client_absent", "sign_in", 404)
    assert "Give server.username and server.password" in done["msg"]


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"[]", "HTTP 200 without a token"),
        (b"{}", "HTTP 200 without a token"),
        (b'{"access_token": 5, "error_description": "Wait."}', "without a token: Wait"),
        (b'{"message": "License expired."}', "without a token: License expired"),
        (b'{"result": null, "success": false, "error": {"message": "Locked."}}', "token: Locked"),
    ],
)
@pytest.mark.parametrize("way", ["user", "application"])
def test_an_answer_without_a_token_is_a_refusal_in_the_server_s_words(body, said, way):
    """200 alone is no token."""
    with RawServer(answer(body), answer(body)) as peer:
        target = application(peer) if way == "application" else server(peer)

        done = mail_settings(server=target, enable_email_alerts=True).result

    assert (done["error"], done["stage"]) == ("sign_in_refused", "sign_in")
    assert said in done["msg"]


def test_a_401_about_a_permission_keeps_its_words(new):
    """Some servers answer 401 where others say 403."""
    new.fault("Settings.Read", "401", times=None)

    done = mail_settings(server=server(new), enable_email_alerts=True).result

    assert (done["error"], done["status"]) == ("token_expired", 401)
    assert "refuses the sign-in of admin in tenant Default" in done["msg"]
    assert "You are not authenticated!" in done["msg"]


def test_a_token_with_the_wrong_scope_is_told_the_right_one(new):
    """A ready token carries its scopes; the 403 says which one it lacks."""
    token = new.add_token(kind="application", scopes=["OR.Settings"])

    done = mail_settings(server=server(new, access_token=token), **SMTP).result

    assert (done["error"], done["status"]) == ("forbidden", 403)
    assert "PM.Setting" in done["msg"]


def test_a_wrong_client_secret_is_a_refused_sign_in(new):
    """The options to look at are named, the secret is not shown."""
    done = mail_settings(server=application(new, client_secret="wrong-secret-1"), **SMTP).result

    assert "server.client_id and server.client_secret" in done["msg"]
    assert "wrong-secret" not in str(done)


def test_a_version_without_password_sign_in_says_what_to_use_instead(newest):
    """API 20 has no Authenticate any more."""
    done = mail_settings(server=server(newest), **SMTP).result

    assert (done["error"], done["status"]) == ("authenticate_absent", 404)
    assert "Give server.client_id" in done["msg"]
    assert "server.access_token" in done["msg"]


def test_a_token_is_used_for_both_apis(new):
    """One sign-in is enough."""
    mail_settings(server=server(new), enable_email_alerts=True, **SMTP)

    assert new.count("Authenticate") == 1


def test_a_token_that_ends_in_the_middle_is_renewed_once(new):
    """Two uses per token: the third request needs a new one."""
    new.switch(token_uses=2)

    done = mail_settings(server=server(new), **SMTP).result

    assert done["changed"] is True, done
    assert new.count("Authenticate") == 2


def test_a_token_is_not_used_past_its_life(new):
    """What an application was told about the life of its token counts."""
    new.switch(token_seconds=0)

    mail_settings(server=application(new), check_mode=True, **SMTP)

    assert new.count("Token") > 1


def test_a_ready_token_that_ended_is_not_replaced(new):
    """There is no second one; the message says what to check."""
    token = new.add_token("Default")
    new.expire_tokens()

    done = mail_settings(server=server(new, access_token=token), enable_email_alerts=True).result

    assert done["error"] == "sign_in_refused"
    assert "complete, not expired" in done["msg"]


def test_a_token_without_an_organization_needs_its_identifier(new):
    """The partition comes from the token or from the user."""
    new.switch(prt_id=False)

    done = mail_settings(server=server(new), **SMTP).result

    assert done["error"] == "organization_missing"
    assert "server.organization_id" in done["msg"]


def test_the_identifier_of_the_organization_can_be_given(new):
    """organization_id wins over what the token says."""
    new.switch(prt_id=False)

    mail_settings(server=server(new, organization_id=new.organization_id), **SMTP)

    assert new.identity_settings("acme")["Email.Smtp.Host"] == "smtp.example.com"


def test_an_application_cannot_manage_the_host(new):
    """The 403 is explained: applications belong to an organization."""
    done = mail_settings(server=application(new, level="host"), **SMTP).result

    assert (done["error"], done["status"]) == ("host_closed", 403)
    assert "host administrator" in done["msg"]


def test_no_way_to_sign_in_is_one_sentence(new):
    """All three ways are named."""
    done = mail_settings(server=server(new, username=None, password=None), **SMTP).result

    assert done["error"] == "sign_in_missing"


@pytest.mark.parametrize(
    ("option", "value"), [("url", "https://orchestrator.example.com"), ("tenant", "Default")]
)
def test_the_place_falls_back_to_the_environment(monkeypatch, option, value):
    """ORCHESTRATOR_URL and ORCHESTRATOR_TENANT are taken when the option is absent."""
    monkeypatch.setenv(f"ORCHESTRATOR_{option.upper()}", value)
    given = {"url": "https://elsewhere.example.com"} if option != "url" else {"level": "host"}

    params = arguments(_argspec.mail_settings_info(), {"server": given})

    assert params["server"][option] == value
