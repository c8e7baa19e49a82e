# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The examples name what is there: variables of the role, options of the sign-in, playbooks."""

from __future__ import annotations

import json
import re

import jsonschema
import pytest
from ansible.parsing.dataloader import DataLoader
from ansible_collections.rpaops.orchestrator.plugins.module_utils import _argspec
from support.places import ROOT

EXAMPLES = ROOT / "docs" / "examples"
REPOSITORY, PLATFORM = EXAMPLES / "repository", EXAMPLES / "automation_platform"
PIPELINES = [
    REPOSITORY / ".gitlab-ci.yml",
    REPOSITORY / "azure-pipelines.yml",
    REPOSITORY / ".github" / "workflows" / "mail.yml",
]
SCHEMA = json.loads((ROOT / "docs" / "schema" / "mail.schema.json").read_text(encoding="utf-8"))


def read(path):
    return DataLoader().load_from_file(str(path))


@pytest.mark.parametrize(
    "path", sorted(REPOSITORY.rglob("group_vars/all/*.yml")), ids=lambda p: p.name
)
def test_the_starting_repository_fits_the_schema(path):
    """What is copied is what editors accept, and it says so to them."""
    jsonschema.validate(read(path), SCHEMA)
    assert "yaml-language-server: $schema=" in path.read_text(encoding="utf-8")


def test_every_secret_that_is_referred_to_is_in_the_list_to_fill_in():
    """Nothing is undefined once the vault is filled in, and nothing is asked for in vain."""
    texts = [path.read_text(encoding="utf-8") for path in REPOSITORY.rglob("group_vars/all/*.yml")]
    referred = set(re.findall(r"vault_\w+", "".join(texts)))

    assert referred == set(read(REPOSITORY / "vault.example.yml"))
    assert referred == set(read(REPOSITORY / "vault.sops.example.yml"))


def test_a_credential_fills_the_environment_that_the_collection_reads():
    """Each variable is an option of the server, or opens the vault; every field is used."""
    signing_in, vault = read(PLATFORM / "credential_type.yml")["controller_credential_types"]
    options = _argspec.server()["options"].keys()
    fields = {field["id"] for field in signing_in["inputs"]["fields"]}

    filled = {name.removeprefix("ORCHESTRATOR_").lower() for name in signing_in["injectors"]["env"]}
    assert filled == fields <= options
    assert vault["injectors"]["env"] == {"VAULT_PASSWORD": "{{ vault_password }}"}
    assert "${VAULT_PASSWORD:" in (REPOSITORY / "vault-password.sh").read_text(encoding="utf-8")


def test_the_fields_of_a_credential_are_for_the_platform_to_fill_in():
    """Whatever hands the data on looks up nothing: it is no template for Ansible."""
    text = (PLATFORM / "credential_type.yml").read_text(encoding="utf-8")
    injected = re.findall(r"^ +[A-Z_]+: (.*)$", text, re.MULTILINE)

    assert len(injected) == 7
    assert all(re.fullmatch(r"!unsafe '\{\{ \w+ \}\}'", value) for value in injected)


def test_no_job_of_a_workflow_has_to_be_asked():
    """Nobody is there to answer a survey in it."""
    templates = read(PLATFORM / "job_templates.yml")["controller_templates"]
    asking = {one["name"] for one in templates if one.get("survey_enabled")}
    (workflow,) = read(PLATFORM / "workflow.yml")["controller_workflows"]
    nodes = {node.get("unified_job_template") for node in workflow["simplified_workflow_nodes"]}

    assert asking == {"Mail - test message"}
    assert asking.isdisjoint(nodes)


def test_job_templates_run_playbooks_that_the_repository_has_with_variables_of_the_role():
    """A survey asks for nothing that means nothing; the workflow runs templates that are there."""
    templates = read(PLATFORM / "job_templates.yml")["controller_templates"]
    (workflow,) = read(PLATFORM / "workflow.yml")["controller_workflows"]
    names = {one["name"] for one in templates}
    asked = [q["variable"] for one in templates for q in one.get("survey_spec", {}).get("spec", ())]

    assert all((REPOSITORY / one["playbook"]).is_file() for one in templates)
    given = {name for one in templates for name in one["extra_vars"]}
    assert given | set(asked) <= SCHEMA["properties"].keys()
    nodes = workflow["simplified_workflow_nodes"]
    assert {n["unified_job_template"] for n in nodes if "unified_job_template" in n} <= names


def test_every_playbook_that_a_pipeline_runs_is_there():
    """By its name in the collection."""
    texts = "".join(path.read_text(encoding="utf-8") for path in PIPELINES)
    run = set(re.findall(r"ansible-playbook rpaops\.orchestrator\.(\w+)", texts))

    assert run == {"validate", "plan", "apply", "drift", "test"}
    assert run <= {path.stem for path in (ROOT / "playbooks").iterdir()}


def test_the_record_of_passwords_is_the_one_that_an_apply_kept():
    """Azure keeps also what was only read, under a key that nobody takes from."""
    text = (REPOSITORY / "azure-pipelines.yml").read_text(encoding="utf-8")
    kept = re.findall(r"""key: '"([\w-]+)" \|""", text)
    taken = set(re.findall(r"""restoreKeys: '"([\w-]+)"'""", text))

    assert kept == ["mail-record-read", "mail-record", "mail-record-read"]
    assert taken == {"mail-record"}


def test_what_a_pipeline_stands_on_is_pinned():
    """Actions by commit, images and Ansible by an exact version."""
    texts = [path.read_text(encoding="utf-8") for path in PIPELINES]
    actions = re.findall(r"uses: \S+?@(\S+)", "".join(texts))
    images = re.findall(r"^ *image: (\S+)", "".join(texts), re.MULTILINE)

    assert actions
    assert all(re.fullmatch("[0-9a-f]{40}", commit) for commit in actions)
    assert images
    assert all(re.search(r":v?\d+\.\d+\.\d+", image) for image in images)
    assert re.search(r"^ansible-core==[\d.]+$", (REPOSITORY / "requirements.txt").read_text(), re.M)
