# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One mutant on trial: the tests run over it until the first one notices.

A process is forked for each from one that has Ansible, pytest and all libraries ready, so that it
imports the collection alone.  The tests that noticed mutants of the same file before come first.
"""

from __future__ import annotations

import collections
import importlib
import json
import os
import shutil
import signal
import sys
import typing as t
from pathlib import Path

import pytest
from support.places import COLLECTIONS, ROOT, TESTS

from .mutants import PLUGINS, Mutant

CHOSEN = (
    "tests/contract/test_everything.py",
    "tests/contract/test_every_version.py",
    "tests/unit/plugins/module_utils/_server",
    "tests/unit/plugins/module_utils/_targets",
    "tests/unit/plugins/inventory",
    "tests/unit/plugins/modules/test_password_runs.py",
    "tests/unit/plugins/modules/test_places.py",
    "tests/unit/plugins/modules/test_reuse_guard.py",
    "tests/unit/plugins/modules/test_server_meanings.py",
    "tests/unit/plugins/modules/test_tenants_matching.py",
    "tests/unit/plugins/modules/test_who_gets_mail.py",
    "tests/unit/plugins/modules/test_config_file_families.py",
    "tests/unit/plugins/modules/test_config_file_insights.py",
    "tests/unit/plugins/plugin_utils/_probe/test_probe.py",
)
#: One place per era is enough to meet every word.
ERAS = (
    "every_request or not (2018 or 2019 or v13 or v15 or v16 or v18 or v20) "
    "or 2018.1-standalone-tenant"
)
#: Imported once, for all.
LIBRARIES = (
    "aiosmtpd.controller",
    "ansible.module_utils.basic",
    "ansible.plugins.loader",
    "ansible.template",
    "hypothesis",
    "jsonschema",
    "trustme",
    "xdist.plugin",
    "yaml",
)
#: How many tests are asked before all others.
FIRST = 8
#: Longer than this nothing takes; what hangs is not as it was.
SECONDS = 1200


class _Told:
    """Writes down which test failed, as a plugin of pytest."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self._file.write_text(report.nodeid, encoding="utf-8")

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            self._file.write_text(report.nodeid, encoding="utf-8")


class Court:
    """A copy of the clone in ``folder``, over which the tests run."""

    def __init__(self, folder: Path) -> None:
        self._copy, self._told = folder / "collection", folder / "told"
        ignored = shutil.ignore_patterns(".git", ".venv*", "build", "__pycache__", ".*_cache")
        shutil.copytree(ROOT, self._copy, symlinks=True, ignore=ignored)
        self._noticed: dict[str, collections.Counter[str]] = collections.defaultdict(
            collections.Counter
        )
        for library in LIBRARIES:
            importlib.import_module(library)

    def remember(self, path: str, test: str) -> None:
        """Ask ``test`` early for mutants of the file ``path``."""
        if "::" in test:
            self._noticed[path][test] += 1

    def noticed(self, mutant: Mutant | None) -> str:
        """The first test that fails over ``mutant`` (None: no change); empty when none does."""
        if mutant is None:
            return self._all()
        file = self._copy / PLUGINS / mutant.path
        before = file.read_text(encoding="utf-8")
        file.write_text(mutant.applied(before), encoding="utf-8")
        try:
            early = [test for test, _times in self._noticed[mutant.path].most_common(FIRST)]
            # A test that is called otherwise by now ends this early, and says nothing.
            found = (self._run(early)[0] if early else "") or self._all()
        finally:
            file.write_text(before, encoding="utf-8")
        self.remember(mutant.path, found)
        return found

    def _all(self) -> str:
        told, code = self._run(CHOSEN)
        return told or (f"ended with {code}" if code else "")

    def _run(self, tests: t.Sequence[str]) -> tuple[str, int]:
        """The first test that fails, and the status of the whole."""
        self._told.write_text("", encoding="utf-8")
        child = os.fork()
        if child == 0:
            _become(self._copy, tests, self._told)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        return self._told.read_text(encoding="utf-8"), code


def _become(copy: Path, tests: t.Sequence[str], told: Path) -> t.NoReturn:
    """Turn this process into one that runs ``tests`` of ``copy``, and end with its status."""
    code = 99
    try:
        quiet = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(quiet, stream)
        os.setsid()
        signal.alarm(SECONDS)
        os.chdir(copy)
        os.environ["ANSIBLE_COLLECTIONS_PATH"] = str(copy / COLLECTIONS.relative_to(ROOT))
        os.environ["PYTHONPATH"] = str(copy / TESTS.relative_to(ROOT))
        # The compiled form of a mutant must not outlive it.
        os.environ["PYTHONDONTWRITEBYTECODE"] = "1"
        sys.dont_write_bytecode = True
        sys.path[:] = [os.environ["PYTHONPATH"]] + [p for p in sys.path if p != str(TESTS)]
        for name in [n for n in sys.modules if n.partition(".")[0] in ("measure", "support")]:
            del sys.modules[name]
        options = ["-q", "-x", "-p", "no:cacheprovider", "-k", ERAS]
        code = int(pytest.main([*options, *tests], plugins=[_Told(told)]))
    finally:
        os._exit(code)


def load(file: Path) -> dict[str, str]:
    """What a former run kept: the test that noticed each mutant."""
    if not file.exists():
        return {}
    return dict(json.loads(line) for line in file.read_text(encoding="utf-8").splitlines())
