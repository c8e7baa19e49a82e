# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a reader copies out of the documentation works: run against the fakes, or else linted."""

from __future__ import annotations

import json
import re
import shutil
import typing as t

import jsonschema
import pytest
import yaml
from fake.mailbox import Mailbox
from fake.orchestrator import FakeOrchestrator
from support.ansible_run import run
from support.blocks import blocks
from support.places import PAGES, ROOT

APP_PASSWORD = "abcd efgh ijkl mnop"
OURS = "rpaops.orchestrator."
SCHEMA = json.loads((ROOT / "docs/schema/mail.schema.json").read_text())
BLOCKS = blocks()
YAML = [block for block in BLOCKS if block.language == "yaml"]
CONSOLE = [block for block in BLOCKS if block.language == "console"]
LISTS = [block for block in YAML if isinstance(block.content, list)]
TABLES = [block for block in YAML if isinstance(block.content, dict)]
README = "README.md"
QUICKSTART, GITOPS, EXPORT, GMAIL, SCALE = (
    f"docs/docsite/rst/{name}.rst" for name in ("quickstart", "gitops", "export", "gmail", "scale")
)

#: Pages whose commands are run, and the pages whose files the reader has by then.
RUN: t.Mapping[str, tuple[str, ...]] = {
    README: (),
    QUICKSTART: (QUICKSTART,),
    GITOPS: (QUICKSTART, GITOPS),
    GMAIL: (GMAIL,),
    EXPORT: (EXPORT,),
    SCALE: (SCALE,),
}

#: What the server holds for the tenant in the end, by the setting of the wire.
HELD: t.Mapping[str, tuple[str, str]] = {
    **dict.fromkeys((README, QUICKSTART, GITOPS, GMAIL), ("UserName", "robots@gmail.com")),
    EXPORT: ("UserName", "found@example.com"),
    SCALE: ("Host", "relay.example.com"),
}
WIRE = "Abp.Net.Mail.Smtp."

#: Commands that no test of this file runs, by how they begin, and why.
NOT_RUN: t.Mapping[str, str] = {
    "ANSIBLE_VAULT_PASSWORD_FILE=$HOME/.vault-password ansible-pull": "run by test_no_forge.py",
    "ANSIBLE_VAULT_PASSWORD_FILE=$HOME/.vault-password ansible-r": "run by e2e/test_runners.py",
    "ANSIBLE_VAULT_PASSWORD_FILE=$HOME/.vault-password ansible-n": "run by e2e/test_runners.py",
    "make demo": "the playbook behind it is run by test_demo.py",
    "make test": "it would run itself",
    "cat server.yml": "it shows a file of the reader's",
    "ansible-playbook rpaops.orchestrator.probe": "run by test_probe_playbook.py",
    "python3 -m venv": "it downloads; `make test` came through it",
    "ANSIBLE_COLLECTIONS_PATH=$PWD/collections .venv/bin/": "run by test_demo.py",
    ".venv/bin/python -m pytest": "it would run itself",
    "ansible-galaxy collection install": "it downloads; every test here has installed a tarball",
    "gh pr comment": "it writes to a forge",
    "cat reports/mail-plan.md": "a file of the runner of a forge",
    "ansible-playbook -i orchestrator.tenants.yml --limit": "the slices need a thousand tenants",
    **dict.fromkeys(
        ("rm -rf slice-1", "wait $first", "ansible-playbook -i localhost, merge.yml"),
        "test_scale.py runs the script",
    ),
}

#: Collections that are not here, so plays that use them are not checked in this file, and why.
ELSEWHERE: t.Mapping[str, str] = {
    "ansible.windows": "test_windows_recipe.py runs the play with modules that stand in for them",
    "microsoft.iis": "test_windows_recipe.py runs the play with modules that stand in for them",
}

#: YAML that is not Ansible's, and whose it is. It only has to parse.
FOREIGN: t.Mapping[str, str] = {"groups": "rules of Prometheus"}


def reason(words):
    """Why a command is not run; nothing when it is."""
    line = " ".join(words)
    return next((why for begin, why in NOT_RUN.items() if line.startswith(begin)), None)


def tasks_in(entries):
    """Every task of a list of plays, tasks and blocks."""
    for entry in entries:
        inner = [entry.get(key) for key in ("tasks", "pre_tasks", "handlers", "block", "always")]
        yield from (task for part in inner if part for task in tasks_in(part))
        if "hosts" not in entry and "block" not in entry:
            yield entry


def modules(task):
    """The modules that a task calls by their full names."""
    return {key for key in task if key.count(".") == 2}


def elsewhere(name):
    """Whether a module belongs to a collection that is not here."""
    return name.rpartition(".")[0] in ELSEWHERE


def foreign(block):
    """The collections of a block that are not here."""
    named = {name for task in tasks_in(block.content) for name in modules(task)}
    return {name.rpartition(".")[0] for name in named if elsewhere(name)}


def calls():
    """Every module that is here and called: the block, its name, and the options it is given."""
    for block in LISTS:
        for task in tasks_in(block.content):
            for name in modules(task) - {name for name in modules(task) if elsewhere(name)}:
                given = task[name] or {}
                yield block, name, given if isinstance(given, dict) else {}


def unknown(given, options, path=""):
    """The names in ``given`` that ``options`` does not have, at any depth."""
    known = {name for key, o in options.items() for name in (key, *o.get("aliases", ()))}
    for key, value in given.items():
        if key not in known:
            yield path + key
            continue
        inner = options.get(key, {}).get("suboptions")
        for item in value if isinstance(value, list) else [value]:
            if inner and isinstance(item, dict):
                yield from unknown(item, inner, f"{path}{key}.")


@pytest.fixture(scope="module")
def documented(tmp_path_factory):
    """What ``ansible-doc`` says of the modules that the blocks call, and of the inventory."""
    folder = tmp_path_factory.mktemp("doc")
    wanted = {
        "module": sorted({name for _block, name, _given in calls()} | {f"{OURS}mail_settings"})
    }
    wanted["inventory"] = [f"{OURS}tenants"]
    found = {}
    for kind, names in wanted.items():
        done = run(["ansible-doc", "--json", "-t", kind, *names], folder)
        assert done.code == 0, done.output
        found |= {name: page["doc"]["options"] for name, page in json.loads(done.stdout).items()}
    return found


def test_every_document_with_something_to_copy_is_read():
    """Neither language has gone unnoticed, and no page has a block of another kind."""
    others = re.compile(
        r"^ *(\.\. (code|sourcecode|parsed-literal|literalinclude)::|(?!\.\. ).*::$)", re.M
    )
    unread = [page.name for page in PAGES.glob("*.rst") if others.search(page.read_text())]

    assert len(YAML) >= 30
    assert len(CONSOLE) >= 15
    assert not unread


def test_every_json_block_is_json():
    """A reader may feed it to a program."""
    for block in BLOCKS:
        if block.language == "json":
            assert json.loads(block.text), block


def test_every_python_block_compiles():
    """There is none today; the first one is looked at."""
    for block in BLOCKS:
        if block.language == "python":
            compile(block.text, str(block), "exec")


def test_plays_and_tasks_pass_the_syntax_check(tmp_path):
    """Ansible itself reads all of them, tasks inside of a play."""
    checked = [block for block in LISTS if not foreign(block)]
    for number, block in enumerate(checked):
        plays = [entry for entry in block.content if "hosts" in entry]
        tasks = [entry for entry in block.content if "hosts" not in entry]
        plays += [{"name": str(block), "hosts": "localhost", "tasks": tasks}] if tasks else []
        (tmp_path / f"block-{number:02d}.yml").write_text(yaml.safe_dump(plays, sort_keys=False))
    names = sorted(path.name for path in tmp_path.glob("block-*.yml"))

    done = run(["ansible-playbook", "--syntax-check", *names], tmp_path)

    assert done.code == 0, done.output
    assert done.stdout.count("playbook: ") == len(checked)


def test_modules_are_given_only_options_that_they_have(documented):
    """At any depth, for modules of others as well."""
    wrong = [
        f"{block}: {name} has no {option}"
        for block, name, given in calls()
        for option in unknown(given, documented[name])
    ]

    assert len(list(calls())) > 25
    assert not wrong


def test_variables_options_and_inventories_fit_what_they_are_for(documented):
    """The role's variables fit the schema; inventories and bare options have names that exist."""
    for block in TABLES:
        content = block.content
        if content.keys() & FOREIGN.keys() or "all" in content:
            continue
        if "plugin" in content:
            assert not list(unknown(content, documented[content["plugin"]])), block
        elif content.keys() <= documented[f"{OURS}mail_settings"].keys():
            assert not list(unknown(content, documented[f"{OURS}mail_settings"])), block
        else:
            assert all(re.match("mail_|vault_", name) for name in content), block
            jsonschema.validate(content, SCHEMA)


def test_roles_in_plays_are_given_variables_of_the_role():
    """What stands under ``vars`` of the role fits its schema."""
    given = [
        (block, role["vars"])
        for block in LISTS
        for play in block.content
        for role in play.get("roles", ())
    ]

    assert given
    for _block, variables in given:
        jsonschema.validate(variables, SCHEMA)


def test_commands_name_what_there_is():
    """Playbooks and rulebooks of this collection, variables of the role, targets of `make`."""
    folders = (ROOT / "playbooks", ROOT / "extensions" / "eda" / "rulebooks")
    playbooks = {OURS + path.stem for folder in folders for path in folder.glob("*.yml")}
    targets = set(re.findall(r"^([a-z0-9-]+):", (ROOT / "Makefile").read_text(), re.M))
    words = [(block, words) for block in CONSOLE for words in block.commands]

    for block, command in words:
        named = {word for word in command if word.startswith(OURS)}
        extra = [
            after for word, after in zip(command, command[1:]) if word == "-e" and after[0] != "@"
        ]
        assert named <= playbooks, block
        assert {re.split("[=\"' ]", text)[0] for text in extra} <= set(SCHEMA["properties"]), block
        assert command[0] != "make" or command[1] in targets, block


def test_each_command_is_run_or_has_a_reason(record_property, capsys):
    """The two tables are complete, and no entry of them is stale."""
    commands = [(block, words) for block in CONSOLE for words in block.commands]
    lines = [" ".join(words) for _block, words in commands]
    run_here = [words for block, words in commands if block.document in RUN and not reason(words)]
    left = [
        str(block) for block, words in commands if block.document not in RUN and not reason(words)
    ]

    counts = {"run": len(run_here), "not run": len(commands) - len(run_here), "linted": len(YAML)}
    record_property("blocks", counts)
    with capsys.disabled():
        print(
            f"\ncommands run: {counts['run']}, not run, with a reason: {counts['not run']}; ",
            end="",
        )
        print(f"YAML blocks linted: {counts['linted']}")
    assert not left
    assert all(any(line.startswith(begin) for line in lines) for begin in NOT_RUN)
    assert all(any(key in block.content for block in TABLES) for key in FOREIGN)
    assert set().union(*map(foreign, LISTS)) == set(ELSEWHERE)


@pytest.fixture(scope="module")
def mailbox():
    with Mailbox(username="robots@gmail.com", password=APP_PASSWORD.replace(" ", "")) as running:
        yield running


@pytest.fixture
def fake(mailbox):
    """The Orchestrator of the pages: a host administrator, and the robot of the repository."""
    users = {"Default": {"admin": "secret", "mail-robot": "secret"}}
    found = {"Default": {WIRE + "UserName": "found@example.com"}}
    more = {"users": users, "tenants": found, "mailbox": (mailbox.host, mailbox.port)}
    with FakeOrchestrator(version="2020.10", trust=mailbox.ca_path, **more) as running:
        yield running


def files_of(page, project, fake):
    """Put the files that the reader of ``page`` has by then into the project."""
    if page == README:
        shutil.copytree(ROOT / "docs/examples/repository/inventory", project.start / "inventory")
    for block in (block for document in RUN[page] for block in YAML if block.document == document):
        if block.file:
            folder = "inventory/" if page == EXPORT else ""
            before = project.start / folder / block.file
            old = before.read_text() if before.is_file() else ""
            project.write(folder + block.file, old + block.text)
    for path in project.start.rglob("*.yml"):
        text = path.read_text().replace("https://orchestrator.example.com", fake.url)
        path.write_text(text)


def stand_ins(page, project, mailbox):
    """What every command of ``page`` is given: the vault, and the mailbox instead of Google's."""
    known = dict.fromkeys(("orchestrator_password", "robot_password"), "secret")
    known |= dict.fromkeys(("gmail_app_password", "mail_smtp_password"), APP_PASSWORD)
    known |= dict.fromkeys(
        ("record_key", "mail_password_record_key"), "a-key-of-the-record-0123456789"
    )
    variables = {f"vault_{name}": value for name, value in known.items()}
    if page != EXPORT:
        mail = {"host": mailbox.host, "port": mailbox.port}
        variables |= {f"mail_smtp_{name}": value for name, value in mail.items()}
        variables["mail_test_ca_path"] = str(mailbox.ca_path)
    project.write("stand_ins.json", json.dumps(variables))


@pytest.mark.parametrize("page", RUN)
def test_the_commands_of_the_page_end_well(page, project, fake, mailbox):
    """In their order, from an empty folder with an empty home, with the files of the page."""
    project.start.mkdir(parents=True)
    files_of(page, project, fake)
    stand_ins(page, project, mailbox)
    commands = [words for b in CONSOLE if b.document == page for words in b.commands]

    for _program, *words in (words for words in commands if not reason(words)):
        done = project.run(*words, "-e", "@stand_ins.json", ORCHESTRATOR_PASSWORD="secret")
        assert done.code == 0, f"{words}\n{done.output}"
        assert APP_PASSWORD not in done.output

    name, value = HELD[page]
    assert fake.settings("Default")[WIRE + name] == value
