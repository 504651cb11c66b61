"""The examples of the documentation are what they say: macros and settings without a fault."""

from __future__ import annotations

import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest
import yaml
from tests.conftest import Base
from tests.manual.commands import PAGES, ROOT, Block, blocks

from cannery.model.site_settings import SiteSettings
from cannery.operations.check import check
from cannery.site.policy import header_policy, policy
from cannery.user_settings import read_user_settings
from cannery.workspace import open_workspace

_ALL = [block for page in PAGES for block in blocks(page)]
_MACROS = [block for block in _ALL if block.language == "yaml" and "\n---\n{%" in block.text]
_SETTINGS = [block for block in _ALL if block.language == "toml"]
_FILES = {
    "site": ("articles/billing/index.md", "glossary.yml"),
    "insight-pages": ("insight/languages.md",),
}
_PARTS = [
    (block, name)
    for page in PAGES
    for files in [_FILES.get(page.name.partition(".")[0], ())]
    for block, name in zip(
        (each for each in blocks(page) if each.language in ("yaml", "markdown")),
        files,
        strict=False,
    )
]
# What is no command, no setting and no file of a knowledge base, and who looks at it.
_ELSEWHERE = {
    "README python": "test_commands.py",
    "searching python": "test_commands.py",
    "searching": "test_shown.py",
    "contributing": "test_shown.py",
    "gaps text": "test_shown.py",
    "insight text": "test_shown.py",
    "checking yaml": "below",
    "search-engines": "below",
    "search-engines nginx": "below, its policy",
    "launchers": "below",
    "contributing yaml": "editors",
    "internal-site": "oauth2-proxy",
    "internal-site nginx": "nginx",
    "readers nginx": "nginx",
    "widget html": "tests/site/test_widget.py",
}
# What stands in the user's own file; all else is of the knowledge base.
_USERS = {"default", "language", "helper", "ticket_command", "agent", "memory", "hosts", "meaning"}


def _place(block: Block) -> str:
    return f"{block.page}:{block.line}"


@pytest.mark.parametrize("block", _MACROS, ids=_place)
def test_a_macro_has_no_fault(base: Base, block: Block) -> None:
    own = ROOT / "kb"
    base.write("kb.toml", (own / "kb.toml").read_bytes())
    shutil.copytree(own / "macros" / "_parts", base.root / "kb" / "macros" / "_parts")
    language = ".ja" if block.page.endswith(".ja.md") else ""
    base.write(f"macros/example{language}.md", block.text)
    problems = check(base.workspace).problems
    assert [item for item in problems if item.path.startswith("kb/macros/example")] == []


def test_there_is_a_macro_in_each_language() -> None:
    assert {block.page for block in _MACROS} == {"macro-format.md", "macro-format.ja.md"}


@pytest.mark.parametrize("block", _SETTINGS, ids=_place)
def test_settings_are_read(base: Base, home: Path, block: Block) -> None:
    names = {*tomllib.loads(block.text)}
    if names & _USERS:
        assert names <= {*_USERS, "country"}
        folder = home / "config" / "cannery"
        folder.mkdir(parents=True)
        (folder / "config.toml").write_text(block.text, "utf-8")
        settings: object = read_user_settings()
    else:
        base.write("kb.toml", block.text)
        for inner in ("docs", "replies", "i18n"):  # that examples name
            (base.root / inner).mkdir()
        settings = open_workspace(base.root).settings
        told = [
            found.message for found in check(base.workspace).problems if found.code == "setting"
        ]
        assert [message for message in told if not message.endswith("no file matches")] == []
    tables = {
        "memory": "memory_days",
        "check": "severity",
        "site": "site",
        "content": "front_matter",
        "links": "allowed_links",
    }
    for name in names:
        assert getattr(settings, tables.get(name, name)), name


@pytest.mark.parametrize(("block", "name"), _PARTS, ids=lambda part: getattr(part, "page", part))
def test_a_file_that_is_shown_has_no_fault(base: Base, block: Block, name: str) -> None:
    """A section's front page, a glossary, a page of figures."""
    if name.endswith(".md") and block.page.endswith(".ja.md"):
        name = name.replace(".md", ".ja.md")
    base.write("articles/billing/invoices.md", "---\ntitle: Invoices\n---\nHere they are.\n")
    base.write(name, block.text)
    assert [found for found in check(base.workspace).problems if name in found.path] == []


def test_each_block_is_looked_at() -> None:
    known = {*_MACROS, *_SETTINGS, *(block for block, _ in _PARTS)}
    others = [
        block
        for block in _ALL
        if block not in known and block.language not in ("sh", "console", "bash")
    ]
    assert {f"{each.page.partition('.')[0]} {each.language}".strip() for each in others} == {
        *_ELSEWHERE
    }


@pytest.mark.parametrize("ending", ["md", "ja.md"])
def test_the_hook_of_pre_commit_is_there(ending: str) -> None:
    (repository,) = yaml.safe_load(_only("checking", ending, "yaml").text)["repos"]
    offered = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    assert {hook["id"] for hook in repository["hooks"]} <= {hook["id"] for hook in offered}


def _only(guide: str, ending: str, language: str) -> Block:
    (found,) = (
        each for each in _ALL if (each.page, each.language) == (f"{guide}.{ending}", language)
    )
    return found


@pytest.mark.parametrize("ending", ["md", "ja.md"])
def test_the_policies_are_those_of_a_site(ending: str) -> None:
    assert _only("search-engines", ending, "").text.strip() == policy(SiteSettings())
    assert f'"{header_policy(SiteSettings())}"' in _only("search-engines", ending, "nginx").text


@pytest.mark.needs("tmux")
@pytest.mark.parametrize("ending", ["md", "ja.md"])
def test_tmux_takes_its_line(ending: str, tmp_path: Path) -> None:
    (tmp_path / "conf").write_text(_only("launchers", ending, "").text, "utf-8")
    tmux = ["tmux", "-S", str(tmp_path / "tmux"), "-f", "/dev/null"]
    try:
        subprocess.run([*tmux, "new-session", "-d", "cat"], check=True)
        subprocess.run([*tmux, "source-file", str(tmp_path / "conf")], check=True)
    finally:
        subprocess.run([*tmux, "kill-server"], check=True)
