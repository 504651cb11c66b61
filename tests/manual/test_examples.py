"""The examples of the documentation are what they say: macros and settings without a fault."""

from __future__ import annotations

import shutil
import tomllib
from pathlib import Path

import pytest
from tests.conftest import Base
from tests.manual.commands import PAGES, ROOT, Block, blocks

from cannery.operations.check import check
from cannery.user_settings import read_user_settings
from cannery.workspace import open_workspace

_ALL = [block for page in PAGES for block in blocks(page)]
_MACROS = [block for block in _ALL if block.language == "yaml" and "\n---\n{%" in block.text]
_SETTINGS = [block for block in _ALL if block.language == "toml"]
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
        folder = home / "config" / "cannery"
        folder.mkdir(parents=True)
        (folder / "config.toml").write_text(block.text, "utf-8")
        settings: object = read_user_settings()
    else:
        base.write("kb.toml", block.text)
        for inner in ("docs", "replies", "i18n"):  # that examples name
            (base.root / inner).mkdir()
        settings = open_workspace(base.root).settings
    tables = {
        "memory": "memory_days",
        "check": "severity",
        "site": "site",
        "content": "front_matter",
        "links": "allowed_links",
    }
    for name in names:
        assert getattr(settings, tables.get(name, name)), name
