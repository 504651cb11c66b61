"""A repository is a knowledge base afterwards, and is left as it was by `kb undo`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.conftest import Run
from tests.repositories import WHO, Clone, git

_JA = "i18n/ja/docusaurus-plugin-content-docs/current"
FILES = {
    "docusaurus.config.js": "module.exports = {\n  title: 'Acme', url: 'https://docs.example.com',\n"
    "  i18n: { defaultLocale: 'en', locales: ['en', 'ja'] },\n};\n",
    "docs/intro.md": "---\ntitle: Intro\nsidebar_position: 1\nlast_update: {date: 2026-09-01}\nslug: /start\n---\n"
    "Welcome to the [printer guide](guides/printers.md).\n",
    "docs/guides/printers.md": "---\ntitle: Printers\nsidebar_position: 2\n---\nTurn the printer off.\n",
    f"{_JA}/intro.md": "---\ntitle: はじめに\nsidebar_position: 1\n---\nプリンターの案内です。\n",
    "versioned_docs/version-1/intro.md": "---\ntitle: Old intro\n---\nOld.\n",
}


@pytest.fixture
def repository(tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> Clone:
    (home / ".gitconfig").write_text(WHO, "utf-8")
    clone = Clone(tmp_path / "docs-site")
    for path, text in FILES.items():
        clone.write(path, text)
    git(clone.root, "init", "-q")
    clone.git("add", "-A")
    clone.git("commit", "-q", "-m", "First")
    monkeypatch.chdir(clone.root)
    return clone


def test_all_commands_work_on_what_was_adopted(repository: Clone, kb: Run) -> None:
    adopted = kb("adopt", "--yes")
    assert adopted.code == 0, adopted.err
    assert repository.git("status", "--porcelain", "-uall") == "?? kb/kb.toml\n?? kb/mkdocs.yml"
    assert "articles/guides/printers" in kb("find", "printer").out
    assert "articles/intro  (article, ja)" in kb("find", "プリンター", "--lang", "ja").out
    checked = kb("check", "--json")
    assert {item["code"] for item in json.loads(checked.out)} <= {"outdated", "untranslated"}
    assert "First" in kb("history", "intro").out


def test_its_site_has_the_pages_of_each_language(repository: Clone, kb: Run) -> None:
    kb("adopt", "--yes")
    built = kb("site", "build")
    assert built.code == 0, built.err
    site = repository.root / ".site/html"
    assert "Turn the printer off." in (site / "articles/guides/printers/index.html").read_text(
        "utf-8"
    )
    assert "プリンターの案内です。" in (site / "ja/articles/intro/index.html").read_text("utf-8")
    assert (site / "start/index.html").is_file()  # its address at Docusaurus
    assert "?? .site" not in repository.git("status", "--porcelain")


def test_it_is_undone_without_a_trace(repository: Clone, kb: Run) -> None:
    before = repository.state()
    kb("adopt", "--yes")
    assert "Undone: adopt." in kb("undo").out
    assert repository.state() == before


def test_a_dry_run_changes_nothing(repository: Clone, kb: Run) -> None:
    before = repository.state()
    shown = kb("adopt", "--dry-run")
    assert "write kb/kb.toml" in shown.out
    assert "last_update.date -> reviewed" in shown.out
    assert repository.state() == before


def test_json_is_the_plan_and_needs_a_yes(repository: Clone, kb: Run) -> None:
    plan = json.loads(kb("adopt", "--json").out)
    assert (plan["kind"], plan["pages"], plan["audience"]) == ("docusaurus", 3, "public")
    assert plan["outside"] == {"versioned_docs": 1}
    assert not (repository.root / "kb").exists()
    kb("adopt", "--json", "--yes")
    assert (repository.root / "kb/kb.toml").is_file()


def test_again_there_is_nothing_to_do_but_what_is_new(repository: Clone, kb: Run) -> None:
    kb("adopt", "--yes")
    assert "there is nothing to do" in kb("adopt").out
    for name in ("a", "b", "c"):
        repository.write(f"docs/{name}.md", f"---\ntitle: {name}\nhide_title: true\n---\nx\n")
    assert "[front_matter] own: add hide_title" in kb("adopt").out


def test_a_folder_without_git_is_told_what_it_lacks(
    tmp_path: Path, kb: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes/a.md").write_text("# A note\n\nAbout printers.\n")
    monkeypatch.chdir(tmp_path / "notes")
    assert "git init" in kb("adopt", "--yes").out
    assert "a note" in kb("find", "printers").out.lower()
    assert kb("undo").code == 0
    assert [path.name for path in (tmp_path / "notes").iterdir()] == ["a.md"]


@pytest.mark.usefixtures("repository")
def test_a_file_can_only_be_imported(kb: Run) -> None:
    assert "is a file" in kb("adopt", "docs/intro.md").err


def test_a_link_where_kb_would_write_is_refused(repository: Clone, kb: Run, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (repository.root / "kb").symlink_to(tmp_path / "elsewhere")
    assert "kb is a symbolic link" in kb("adopt", "--yes").err
    assert not [*(tmp_path / "elsewhere").iterdir()]
