# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The play of the page on Windows, as it is printed, with stand-ins for the Windows modules."""

from __future__ import annotations

import json
import os
import tempfile
import textwrap
from pathlib import Path

import pytest
from support.places import COLLECTIONS, PAGES
from support.play import play

#: What the modules do, on this machine; the stat can be preceded by somebody else's edit.
STAND_INS = {
    "ansible/windows/win_stat": """
        import os
        if os.environ.get("STRANGER"):
            with open(asked["path"], "a") as out: out.write("<!-- mine -->")
        answer = {"stat": {"checksum": module.sha1(asked["path"])}}
    """,
    "ansible/windows/win_copy": """
        import shutil
        if not module.check_mode:
            shutil.copy(asked["dest"], asked["dest"] + ".bak")
            shutil.copyfile(asked["src"], asked["dest"])
        answer = {"changed": True, "backup_file": asked["dest"] + ".bak"}
    """,
    "microsoft/iis/web_app_pool_info": """
        if asked["name"] != "UiPath Orchestrator": module.fail_json(msg="Cannot find path")
        answer = {"exists": True}
    """,
    "microsoft/iis/web_app_pool": """
        with open(os.environ["POOLS"], "a") as out: out.write(asked["name"] + asked["state"])
        answer = {"changed": True}
    """,
}
MODULE = """
import os
from ansible.module_utils.basic import AnsibleModule
names = ("path", "src", "dest", "name", "state")
options = {**{name: {"type": "str"} for name in names}, "backup": {"type": "bool"}}
module = AnsibleModule(options, supports_check_mode=True)
asked = module.params
"""
OLD = """<configuration><appSettings>
  <add key="Alerts.Email.Enabled" value="false" /> <!-- keep me -->
</appSettings></configuration>
"""


@pytest.fixture
def windows(tmp_path):
    """Run the play on a file that would be on Windows; gives the file and what was restarted."""
    book = (PAGES / "windows.rst").read_text(encoding="utf-8")
    block = book.partition(".. begin play")[2].partition(".. end play")[0]
    (tmp_path / "play.yml").write_text(textwrap.dedent(block.partition("yaml\n")[2]))
    for name, body in STAND_INS.items():
        space, collection, module = name.split("/")
        folder = tmp_path / "ansible_collections" / space / collection / "plugins" / "modules"
        folder.mkdir(parents=True, exist_ok=True)
        code = MODULE + textwrap.dedent(body) + "module.exit_json(**answer)\n"
        (folder / f"{module}.py").write_text(code)
    (tmp_path / "there").mkdir()
    (tmp_path / "there" / "a.config").write_text(OLD)
    return tmp_path


def run(windows, *arguments, hosts=("orchestrators",), **more):
    """Run the play; nothing of what it makes for the time being is left."""
    paths = os.pathsep.join([str(COLLECTIONS), str(windows)])
    told = f"config_path={windows / 'there' / 'a.config'}"
    # A short name, as a socket is made there.
    with tempfile.TemporaryDirectory() as temporary:
        ended = play(
            str(windows / "play.yml"),
            windows,
            {host: {} for host in hosts},
            *("--diff", "-e", told, *arguments),
            ANSIBLE_COLLECTIONS_PATH=paths,
            POOLS=str(windows / "pools"),
            TMPDIR=temporary,
            **more,
        )
        assert list(Path(temporary).rglob("*.config")) == []
    return ended


def test_the_file_is_edited_here_and_put_back_with_a_backup(windows):
    """Only the value differs, the pool is restarted once, and the second run changes nothing."""
    path = windows / "there" / "a.config"
    first = run(windows)
    assert first.code == 0, first.output
    assert path.read_text() == OLD.replace("false", "true")
    assert (path.parent / "a.config.bak").read_text() == OLD
    second = run(windows)
    assert "changed=0 " in second.output, second.output
    assert (windows / "pools").read_text() == "UiPath Orchestratorrestarted"
    assert "keep me" not in first.output


def test_check_mode_foresees_the_edit_and_puts_nothing_back(windows):
    """One change is announced; the file, the pool and the folder beside it stay."""
    ended = run(windows, "--check")
    assert ended.code == 0, ended.output
    assert "changed=0 " not in ended.output
    assert (windows / "there" / "a.config").read_text() == OLD
    assert not (windows / "there" / "a.config.bak").exists()


def test_a_change_in_between_is_noticed_and_stays(windows):
    """The checksum of what was fetched is no longer that of the file."""
    ended = run(windows, STRANGER="1")
    assert "changed in between" in ended.output
    assert ended.code != 0
    assert (windows / "there" / "a.config").read_text() == OLD + "<!-- mine -->"
    assert not (windows / "pools").exists()


def test_a_pool_that_is_not_there_ends_the_play_before_anything_else(windows):
    """Its name is that of a typing slip; a second server is not begun with."""
    group = windows / "group.yml"
    group.write_text("orchestrators: {hosts: {a: , b: }}")
    pool = "{{ 'UiPath Orchestrator' if inventory_hostname == 'b' else 'UiPath Orchestator' }}"
    told = ("-i", str(group), "-e", json.dumps({"config_pool": pool}))
    ended = run(windows, *told, hosts=("a", "b"))
    assert ended.code != 0
    assert "Cannot find path" in ended.output
    assert (windows / "there" / "a.config").read_text() == OLD
    assert not (windows / "pools").exists()
