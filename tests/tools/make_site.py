# Copyright (c) 2026 the rpaops.orchestrator authors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Build the documentation site into a folder, and look at what was built.

    python tests/tools/make_site.py build/docs

Every warning is an error, every page of the guides and the changelog have to be there, and every
link inside the site has to lead somewhere.  The front page says what this is before it lists pages,
and lists them in the order in which somebody new needs them.
"""

from __future__ import annotations

import html.parser
import os
import shutil
import subprocess
import sys
import typing as t
import urllib.parse
import zlib
from pathlib import Path

import yaml

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tools import site_pages
from tools.make_changelog import staged

ROOT = Path(__file__).resolve().parents[2]
GUIDES = ROOT / "docs" / "docsite"
LOOK = GUIDES / "site"
HOME = "https://github.com/rpaops/orchestrator"
TITLE = "Mail settings of a UiPath Orchestrator as code"
CORE = "https://docs.ansible.com/ansible/devel/"
#: Labels of Ansible's own documentation that pages of modules point to, and where they are.
CORE_LABELS: t.Mapping[str, str] = {
    "action_plugins": "plugins/action.html",
    "ansible_configuration_settings": "reference_appendices/config.html",
    "common_return_values": "reference_appendices/common_return_values.html",
}
CONFIGURATION = f"""
import os
project = copyright = "rpaops.orchestrator"
title = html_title = html_short_title = {TITLE!r}
intersphinx_mapping = {{"core": ({CORE!r}, os.path.abspath("core.inv"))}}
html_static_path, html_css_files = [{str(LOOK)!r}], ["site.css"]
html_theme_options = {{
    "documentation_home_url": "{HOME}",
    "topbar_links": {{"Source": "{HOME}", "Issues": "{HOME}/issues"}},
}}
"""


def build(folder: Path) -> Path:
    """The folder of the HTML pages; raises ``CalledProcessError`` when a step fails."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True, mode=0o755)
    # With the changelog as it will be, so that the site has its page before the first release too.
    os.environ["ANSIBLE_COLLECTIONS_PATH"] = str(staged(folder / "staged").parents[2])
    command = ["antsibull-docs", "sphinx-init", "--use-current", "--squash-hierarchy"]
    collection = ["--lenient", "--dest-dir", str(folder), "rpaops.orchestrator"]
    subprocess.run([*command, *collection], check=True)
    (folder / "core.inv").write_bytes(_inventory(CORE_LABELS))
    conf = folder / "conf.py"
    kept, skipping = [], False
    for line in conf.read_text(encoding="utf-8").splitlines():
        skipping = skipping or line.startswith("intersphinx_mapping")
        kept += [] if skipping else [line]
        skipping = skipping and line != "}"
    conf.write_text("\n".join(kept) + "\n" + CONFIGURATION, encoding="utf-8")
    script = folder / "build.sh"
    # The script makes the sources first; they are changed before the pages are made of them.
    script.write_text(script.read_text(encoding="utf-8").replace("\nsphinx-build", "\n: ", 1))
    subprocess.run(["./build.sh"], cwd=folder, check=True)
    shutil.copytree(GUIDES / "images", folder / "rst" / "images", dirs_exist_ok=True)
    _change(folder / "rst")
    pages = ["sphinx-build", "-M", "html", "rst", "build", "-c", ".", "-W", "--keep-going"]
    subprocess.run(pages, cwd=folder, check=True)
    return folder / "build" / "html"


def _change(sources: Path) -> None:
    """What the generated pages say otherwise; the role has one page, whatever the others are."""
    ours = (LOOK / "front.rst").read_text(encoding="utf-8")
    for path in sources.glob("*.rst"):
        text = site_pages.install(path.read_text(encoding="utf-8"))
        if path.name == "index.rst":
            text = site_pages.front(text, ours)
        elif path.name == "mail_role.rst":
            text = site_pages.role(text)
        path.write_text(text, encoding="utf-8")


def _inventory(labels: t.Mapping[str, str]) -> bytes:
    """An inventory of labels as Sphinx reads it (version 2)."""
    head = "# Sphinx inventory version 2\n# Project: core\n# Version: devel\n"
    rows = [f"{name} std:label -1 {place} {name}" for name, place in sorted(labels.items())]
    told = head + "# The remainder of this file is compressed using zlib.\n"
    return told.encode() + zlib.compress(("\n".join(rows) + "\n").encode())


class _Page(html.parser.HTMLParser):
    """The links of a page and the places in it that a link may lead to."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.links: list[str] = []
        self.places: set[str] = set()
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.links += [link for name in ("href", "src") if (link := given.get(name))]
        self.places |= {place for name in ("id", "name") if (place := given.get(name))}


def problems(site: Path) -> list[str]:
    """What is wrong with the pages, as sentences; none when all is well."""
    sections = yaml.safe_load((GUIDES / "extra-docs.yml").read_text(encoding="utf-8"))["sections"]
    guides = [name for section in sections for name in section["toctree"]]
    written = {path.stem for path in (GUIDES / "rst").glob("*.rst")}
    found = [f"{name} is in no toctree" for name in sorted(written - set(guides))]
    missing = (name for name in guides if not (site / "docsite" / f"{name}.html").is_file())
    found += [f"the page {name} was not built" for name in missing]
    found += [] if (site / "changelog.html").is_file() else ["the page changelog was not built"]
    pages = {path.resolve(): _Page(path) for path in site.rglob("*.html")}
    for path, page in pages.items():
        found += [f"{path.name}: {link} leads nowhere" for link in _dead(path, page, pages)]
    return found


def _dead(path: Path, page: _Page, pages: t.Mapping[Path, _Page]) -> t.Iterator[str]:
    for link in page.links:
        parts = urllib.parse.urlsplit(link)
        if parts.scheme or parts.netloc:
            continue
        target = (path.parent / urllib.parse.unquote(parts.path)).resolve() if parts.path else path
        place = urllib.parse.unquote(parts.fragment)
        known = pages.get(target)
        if not target.exists() or (place and known is not None and place not in known.places):
            yield link


def main() -> int:
    site = build(ROOT / sys.argv[1])
    found = problems(site)
    print("\n".join(found), file=sys.stderr)
    if not found:
        print(f"{len(list(site.rglob('*.html')))} pages in {site.relative_to(ROOT)}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
