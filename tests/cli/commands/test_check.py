"""Checks of knowledge bases that are folders of a larger repository."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from tests.conftest import Base, Run
from tests.repositories import WHO, git

from cannery.cli.commands.check import listed_codes

BAD = "---\ntitle: T\nsummary: s\n---\n[a](none.md)\n"
GOOD = "---\ntitle: T\nsummary: s\n---\nA line.\n"
INNER, OTHER = "docs/support 1", "docs/sales"
PAGE = "kb/articles/net/odd.md"


@pytest.fixture
def top(tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with two knowledge bases in it; its top is the current folder."""
    (home / ".gitconfig").write_text(WHO, "utf-8")
    for folder in (INNER, OTHER):
        (tmp_path / folder / PAGE).parent.mkdir(parents=True)
        (tmp_path / folder / "kb/kb.toml").write_text("", "utf-8")
        (tmp_path / folder / PAGE).write_text(GOOD, "utf-8")
    (tmp_path / "README.md").write_text("A product.\n", "utf-8")
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-q", "-m", "First")
    (tmp_path / INNER / PAGE).write_text(BAD, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_hook_at_the_top_tells_paths_from_there(top: Path, kb: Run) -> None:
    done = kb("check", f"{INNER}/{PAGE}")
    assert done.code == 1
    assert done.out.startswith(f"{INNER}/{PAGE}:5: error: ")
    assert done.err == "Checked 1 entry: 1 error, 0 warnings.\n"


def test_files_of_several_knowledge_bases_are_checked_each_in_its_own(top: Path, kb: Run) -> None:
    (top / OTHER / PAGE).write_text(BAD, "utf-8")
    done = kb("check", f"{INNER}/{PAGE}", f"{OTHER}/{PAGE}", "--json")
    assert [item["path"] for item in json.loads(done.out)] == [f"{INNER}/{PAGE}", f"{OTHER}/{PAGE}"]
    assert kb("check", f"{INNER}/{PAGE}", f"{OTHER}/{PAGE}").err.startswith("Checked 2 entries")


@pytest.mark.parametrize("where", [INNER, f"{INNER}/kb/articles"])
def test_hosts_are_told_paths_from_the_top(
    top: Path, kb: Run, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    monkeypatch.chdir(top / where)
    annotated = kb("check", "--format", "github").out
    assert annotated.startswith(f"::error file={INNER}/{PAGE},line=5,title=link::")
    result = json.loads(kb("check", "--format", "sarif").out)["runs"][0]["results"][0]
    place = result["locations"][0]["physicalLocation"]["artifactLocation"]
    assert place["uri"] == f"docs/support%201/{PAGE}"


def test_people_and_programs_are_told_paths_from_the_knowledge_base(
    top: Path, kb: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(top / INNER)
    assert kb("check").out.startswith(f"{PAGE}:5: error: ")
    assert json.loads(kb("check", "--json").out)[0]["path"] == PAGE


def test_what_has_changed_since_is_told_from_the_top_too(
    top: Path, kb: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(top / INNER)
    (top / OTHER / PAGE).write_text(BAD, "utf-8")
    done = kb("check", "--since", "HEAD", "--format", "github")
    assert (done.code, done.out.count("::error")) == (1, 1)
    git(top, "stash", "-q")
    assert kb("check", "--since", "HEAD").err == "Checked 0 entries: 0 errors, 0 warnings.\n"


@pytest.mark.parametrize(
    ("path", "is_ours"),
    [
        ("kb/articles/a.md", True),
        ("docs/support/kb/macros/a/b.png", True),
        ("docs/support/kb/kb.toml", True),
        ("kb/synonyms.yml", True),
        ("src/kb/main.py", False),
        ("docs/kb.md", False),
        ("thekb/articles/a.md", False),
    ],
)
def test_the_hook_is_called_for_files_of_knowledge_bases(path: str, is_ours: bool) -> None:
    hooks = (Path(__file__).parents[3] / ".pre-commit-hooks.yaml").read_text("utf-8")
    (pattern,) = re.findall(r"(?m)^  files: (.+)$", hooks)
    assert bool(re.search(pattern, path)) == is_ours


@pytest.fixture
def translated(top: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The knowledge base in the current folder has entries in two languages."""
    folder = top / OTHER
    (folder / "kb/kb.toml").write_text('languages = ["en", "ja"]\n', "utf-8")
    for name in ("rain", "snow", "storm", "frost"):
        page = folder / f"kb/articles/{name}"
        page.with_suffix(".md").write_text(f"# {name}\nThe workaround\n", "utf-8")
        page.with_suffix(".ja.md").write_text(f"# {name}\nこの回避策は\n", "utf-8")
    monkeypatch.chdir(folder)


@pytest.mark.usefixtures("translated")
def test_synonyms_are_proposed_as_lines_of_their_file(kb: Run) -> None:
    done = kb("check", "--synonyms")
    assert (done.code, done.out) == (0, "- [workaround, 回避策]  # in 4 entries\n")
    assert done.err == "Add those that fit to kb/synonyms.yml.\n"


@pytest.mark.usefixtures("translated")
def test_synonyms_are_proposed_to_programs(kb: Run) -> None:
    found = json.loads(kb("check", "--synonyms", "--json").out)
    assert found == [{"word": "workaround", "other": "回避策", "entries": 4}]


@pytest.mark.usefixtures("top")
def test_synonyms_are_no_report(kb: Run) -> None:
    done = kb("check", "--synonyms", "--format", "sarif")
    assert (done.code, "--synonyms reports no findings" in done.err) == (2, True)


def _faulty(base: Base) -> None:
    """An entry with findings of three rules, two of which `--fix` mends, and one that is allowed."""
    head = "---\ntitle: T\nsumary: s\n# kb allow file: image because it comes\n---\n"
    base.write("articles/a.md", f"{head}## A\n\n#### B\n\n[b](none.md) ![c](none.png)\n")


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("--select", "link"), 1, "link"),
        (("--select", "header,heading"), 0, "header heading"),
        (("--select", "header", "--select", "heading"), 0, "header heading"),
        (("--ignore", "link"), 0, "header heading"),
        (("--select", "link", "kb/macros"), 0, ""),
    ],
)
def test_only_the_rules_that_were_named_are_told_and_count(
    base: Base, kb: Run, arguments: tuple[str, ...], code: int, told: str
) -> None:
    _faulty(base)
    (base.root / "kb/macros").mkdir(exist_ok=True)
    done = kb("check", *arguments)
    assert (done.code, re.findall(r"\[(\w+)\]$", done.out, re.MULTILINE)) == (code, told.split())
    report = kb("check", *arguments, "--format", "sarif").out
    assert {item["ruleId"] for item in json.loads(report)["runs"][0]["results"]} == {*told.split()}


def test_what_is_allowed_is_counted_with_its_rule(base: Base, kb: Run) -> None:
    _faulty(base)
    assert "1 allowed because it comes" in kb("check", "--select", "image").err
    assert "allowed" not in kb("check", "--ignore", "image").err


def test_only_the_rules_that_were_named_are_fixed(base: Base, kb: Run) -> None:
    _faulty(base)
    patch = kb("check", "--fix", "--dry-run", "--select", "heading").out
    assert ("+### B" in patch, "+summary" in patch) == (True, False)
    assert kb("check", "--fix", "--ignore", "header,link").code == 0
    text = (base.root / "kb/articles/a.md").read_text("utf-8")
    assert ("### B" in text, "sumary: s" in text) == (True, True)


def test_the_last_of_several_rules_is_completed() -> None:
    assert listed_codes("he") == ["header", "heading"]
    assert listed_codes("link,he") == ["link,header", "link,heading"]
