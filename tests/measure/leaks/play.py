# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One real ``ansible-playbook`` per ansible-core, and what each channel showed of the secrets."""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import subprocess
import time
import typing as t
from pathlib import Path

from fake.mailbox import Mailbox
from fake.orchestrator import FakeOrchestrator
from support import ansible_run
from support.places import FAILING

from .canaries import Canary, Hunt, canary
from .channels import Watch, is_program
from .scenarios import Part, Stage, Task, cast

CONTROL = canary("control", "plain")
PASSWORD_KEY = "Abp.Net.Mail.Smtp.Password"
#: The files of Ansible itself: they hold all arguments, in a folder of the user's own.
PROGRAM = "Ansible's module file on the target"
#: From 2.22 on Ansible keeps in a job file the secrets to mask later, as it was given them.
TO_MASK = "Ansible's list of secrets in the async job file"
LIST_TO_MASK = re.compile(r'"_ansible_new_secrets": \[.*?\]')
Texts = dict[str, t.Optional[str]]


@contextlib.contextmanager
def stage_for(parts: t.Sequence[Part]) -> t.Iterator[tuple[Stage, list[FakeOrchestrator]]]:
    """Servers that know every part's tenant and login; the second echoes what it refuses."""
    users = {part.tenant: {"robot": part.login.text} for part in parts}
    tenants: dict[str, dict[str, str]] = {part.tenant: {} for part in parts}
    echoing = {"echo_rejected": True, "read_only": (PASSWORD_KEY,)}
    with contextlib.ExitStack() as stack:
        calm = stack.enter_context(FakeOrchestrator(tenants=tenants, users=users))
        echo = stack.enter_context(FakeOrchestrator(tenants=tenants, users=users, switches=echoing))
        mail = stack.enter_context(Mailbox())
        address = (mail.host, mail.port, mail.ca_path)
        yield Stage(calm.url, echo.url, address), [calm, echo]


def environment(core: Path, folder: Path) -> dict[str, str]:
    """Ansible of ``core`` with all its folders below ``folder``; two of them are watched."""
    out, watched = folder / "out", folder / "watched"
    for path in (out, watched / "tmp"):
        path.mkdir(parents=True, exist_ok=True)
    more = {
        "TMPDIR": str(watched / "tmp"),
        "ANSIBLE_LOCAL_TEMP": str(watched / "local"),
        "ANSIBLE_LOG_PATH": str(out / "log"),
        "ANSIBLE_CALLBACK_PLUGINS": str(Path(__file__).parent / "callback_plugins"),
        "ANSIBLE_CALLBACKS_ENABLED": "junit,dump",
        "ANSIBLE_DISPLAY_FAILED_STDERR": "1",
        "JUNIT_OUTPUT_DIR": str(out / "junit"),
        "PYTHONPATH": str(FAILING),
        "LEAKS_DUMP": str(out / "dump"),
    }
    return ansible_run.environment(watched, core, **more)


def write_play(folder: Path, tasks: list[Task], variables: t.Mapping[str, str]) -> Path:
    """A playbook whose secrets are in a file of variables beside it."""
    play = {
        "hosts": "localhost",
        "gather_facts": False,
        "vars": {"ansible_python_interpreter": "{{ ansible_playbook_python }}"},
        "vars_files": ["secrets.yml"],
        "tasks": tasks,
    }
    folder.mkdir(parents=True)
    (folder / "secrets.yml").write_text(json.dumps(variables), encoding="utf-8")
    (folder / "play.yml").write_text(json.dumps([play]), encoding="utf-8")
    return folder / "play.yml"


def controls(folder: Path) -> list[Task]:
    """Tasks that show a text in every channel: a channel where it is missing was not seen."""
    shown, target = CONTROL.text, folder / "watched" / "tmp" / "control"
    say = {"ansible.builtin.command": {"argv": ["sh", "-c", f"echo {shown}; sleep 0.3"]}}
    return [
        {**say, "register": "found_control"},
        {**say, "async": 60, "poll": 1},
        {"ansible.builtin.copy": {"content": shown, "dest": str(target), "mode": "0600"}},
        {"ansible.builtin.fail": {"msg": shown}, "ignore_errors": True},
    ]


def results(tasks: t.Sequence[Task], folder: Path) -> Task:
    """Write down what later tasks would find in the registered variables."""
    names = [task["register"] for task in tasks if "register" in task]
    content = "{{ {" + ", ".join(f"'{name}': {name}" for name in names) + "} | to_json }}"
    target = str(folder / "out" / "results")
    return {"ansible.builtin.copy": {"content": content, "dest": target, "mode": "0600"}}


def run(core: Path, folder: Path) -> tuple[Texts, Hunt]:
    """Drive all scenarios through one play; the text of each channel, and the hunt to use."""
    parts = cast()
    env = environment(core, folder)
    with stage_for(parts) as (stage, fakes):
        tasks = controls(folder) + [task for part in parts for task in part.tasks(stage)]
        variables = {k: v for part in parts for k, v in part.variables().items()}
        play = write_play(folder / "play", [*tasks, results(tasks, folder)], variables)
        command = ["ansible-playbook", "-i", "localhost,", "-c", "local", "-vvvv", "--diff"]
        with Watch(folder / "watched") as watch:
            done = ansible_run.run([*command, str(play)], folder, env)
        assert done.code == 0, done.output[-6000:]
        found = json.loads((folder / "out" / "results").read_text(encoding="utf-8"))
        strange = [part for part in parts if not part.is_shown_by(found)]
        assert not strange, strange
        secrets = [canary for part in parts for canary in (part.login, part.secret)]
        hunt = Hunt([CONTROL, *secrets, *bearers(fakes)])
    return texts(done, watch, folder), hunt


def bearers(fakes: t.Iterable[FakeOrchestrator]) -> list[Canary]:
    """The tokens that were in use."""
    sent = {r.headers.get("authorization", "") for fake in fakes for r in fake.requests}
    found = [Canary("bearer token", text.removeprefix("Bearer ")) for text in sent if text]
    assert found, "no request carried a token"
    return found


def texts(done: ansible_run.Ended, watch: Watch, folder: Path) -> Texts:
    """Everything that was seen, by channel; None for one that cannot be watched here."""
    out = folder / "out"

    def other(path: str, content: bytes) -> bool:
        return not (is_program(content) or "/async/" in path or "/state/" in path)

    jobs = watch.text_of_files(lambda path, _content: "/async/" in path)
    return {
        "standard output (-vvvv --diff)": done.stdout,
        "standard error": done.stderr,
        "log file": (out / "log").read_text(encoding="utf-8"),
        "syslog": watch.syslog,
        "process arguments": watch.arguments,
        "registered results": (out / "results").read_text(encoding="utf-8"),
        "callback plugin (JSON)": (out / "dump").read_text(encoding="utf-8"),
        "callback plugin (JUnit)": "".join(
            path.read_text(encoding="utf-8") for path in (out / "junit").iterdir()
        ),
        "async job file": LIST_TO_MASK.sub("", jobs),
        TO_MASK: "\n".join(LIST_TO_MASK.findall(jobs)),
        "temporary files, while running and after": watch.text_of_files(other),
        "password record": watch.text_of_files(lambda path, _content: "/state/" in path),
        PROGRAM: watch.text_of_files(lambda _path, content: is_program(content)),
    }


def killed(core: Path, folder: Path) -> tuple[Texts, Hunt]:
    """Kill Ansible in the middle of a request, on each road; what is left on the disk."""
    parts = [part for part in cast() if part.scenario.name == "changed, then unchanged"]
    env = environment(core, folder)
    with stage_for(parts) as (stage, (fake, _echo)):
        fake.fault("Settings.Read", "stall-before", times=None)
        for number, part in enumerate(parts):
            play = write_play(folder / f"play{number}", part.tasks(stage), part.variables())
            _kill_during(
                ["ansible-playbook", "-i", "localhost,", "-c", "local", str(play)], env, fake
            )
        fake.drop_connections()
    left = [path.read_bytes() for path in (folder / "watched").rglob("*") if path.is_file()]
    theirs, ours = (
        b"\n".join(content for content in left if is_program(content) is wanted).decode(
            "utf-8", "replace"
        )
        for wanted in (True, False)
    )
    found: Texts = {"files left after kill -9": ours, f"{PROGRAM}, left after kill -9": theirs}
    return found, Hunt([c for part in parts for c in (part.login, part.secret)])


def _kill_during(command: list[str], env: dict[str, str], fake: FakeOrchestrator) -> None:
    before, end = fake.count("Settings.Read"), time.monotonic() + 60
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(command, env=env, stdout=quiet, stderr=quiet, start_new_session=True)
    while fake.count("Settings.Read") == before:
        assert time.monotonic() < end, "the play did not reach the server"
        time.sleep(0.02)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
