"""What `kb init` writes: examples, and files for the host of the repository around it."""

from __future__ import annotations

import os
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.conftest import Base, Run
from tests.repositories import WHO, git

from cannery.git.default_branch import presumed_branch
from cannery.starter import REQUIREMENT

GREETINGS = {"en": ("Hello Kim,", "Best regards,"), "ja": ("Kim 様", "よろしくお願いいたします。")}


@pytest.fixture
def started(kb: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A new knowledge base, as the current folder."""
    monkeypatch.chdir(tmp_path)
    assert kb("init").code == 0
    return tmp_path


def test_nobody_is_sent_to_where_they_are(
    kb: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert "Next: cd desk, then try" in kb("init", "desk").err
    assert "Next: try `kb find hello`" in kb("init").err


@pytest.mark.usefixtures("started")
def test_nothing_in_it_is_found_fault_with(kb: Run) -> None:
    done = kb("check")
    assert (done.code, done.out, done.err) == (0, "", "Checked 8 entries: 0 errors, 0 warnings.\n")


@pytest.mark.usefixtures("started")
@pytest.mark.parametrize("language", GREETINGS)
def test_two_macros_in_one_reply_greet_and_close_once(kb: Run, language: str) -> None:
    values = ("--set", "customer=Kim", "--set", "agent.name=Aoki", "--lang", language)
    lines = kb("reply", "hello", "hello", *values, "--print").out.splitlines()
    greeting, closing = GREETINGS[language]
    assert (lines[0], lines.count(greeting), lines.count(closing)) == (greeting, 1, 1)
    assert lines[-1] == "Aoki"


@pytest.mark.parametrize(
    ("languages", "first", "found"),
    [
        (("ja",), "はじめての記事", "記事の書き方"),
        (("en",), "Your first article", "what an article looks like"),
        (("ja", "en"), "はじめての記事", "記事の書き方"),
        (("ja,en",), "はじめての記事", "記事の書き方"),
    ],
)
def test_a_team_begins_in_its_languages_without_findings(
    kb: Run, base: Base, languages: tuple[str, ...], first: str, found: str
) -> None:
    words = [word for language in languages for word in ("--lang", language)]
    assert kb("init", "new", *words).code == 0
    os.chdir("new")
    assert kb("check").out == ""
    shown = kb("show", "first-article")
    assert first in shown.out
    assert found in shown.out
    settings = tomllib.loads(Path("kb/kb.toml").read_text("utf-8"))
    asked = [*",".join(languages).split(",")]
    assert (settings["languages"], settings["default_language"]) == (asked, asked[0])
    names = [path.name for path in Path("kb").rglob("*") if path.is_file()]
    assert {name.split(".")[-2] for name in names if name.count(".") > 1} == {*asked[1:]}
    assert kb("reply", "hello", "--set", "customer=Kim", "--set", "agent.name=A", "-p").code == 0
    assert base.root.is_dir()


@pytest.mark.usefixtures("base")
def test_a_site_in_japanese_alone_is_built(kb: Run) -> None:
    assert kb("init", "new", "--lang", "ja").code == 0
    os.chdir("new")
    done = kb("site", "build", "--out", "../built")
    assert done.code == 0, done.err
    assert '<html lang="ja"' in Path("../built/index.html").read_text("utf-8")


def test_a_language_without_examples_is_told(kb: Run) -> None:
    done = kb("init", "new", "--lang", "ja", "--lang", "fr")
    assert (done.code, Path("new").exists()) == (2, False)
    assert "no examples in fr; there are some in en, ja" in done.err


WORKFLOWS = ".github/workflows/"


@pytest.fixture
def product(tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository of something else, with files of its own, and the branch trunk."""
    (home / ".gitconfig").write_text(WHO, "utf-8")
    for name, text in {
        "README.md": "# Product\n",
        "CODEOWNERS": "* @product/all\n",
        ".github/workflows/check.yml": "name: check\n",
        ".github/PULL_REQUEST_TEMPLATE.md": "Why?\n",
        ".github/dependabot.yaml": "version: 2\n",
        ".pre-commit-config.yaml": "repos: []\n",
        "mkdocs.yml": "site_name: Product\n",
        ".gitignore": "build/\n",
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    git(tmp_path, "init", "-q", "-b", "trunk")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-q", "-m", "First")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_in_a_repository_the_files_for_its_host_go_to_its_top(product: Path, kb: Run) -> None:
    done = kb("init", "docs/support")
    assert done.code == 0
    assert git(product, "status", "--porcelain", "-uall").splitlines() == [
        "?? .github/ISSUE_TEMPLATE/config.yml",
        "?? .github/ISSUE_TEMPLATE/new-macro.yml",
        "?? .github/ISSUE_TEMPLATE/question.yml",
        "?? .github/ISSUE_TEMPLATE/wrong-article.yml",
        "?? .github/PULL_REQUEST_TEMPLATE/docs-support.md",
        "?? .github/kb-requirements.txt",
        "?? .github/workflows/knowledge-base-docs-support.yml",
        "?? .github/workflows/links-docs-support.yml",
        "?? .github/workflows/review-docs-support.yml",
        *(f"?? docs/support/{path}" for path in OWN),
    ]
    assert "kept    CODEOWNERS" in done.err
    assert f"The files below .github are in {product}." in done.err
    os.chdir("docs/support")
    assert kb("check").code == 0
    assert kb("init").out == ""


OWN = (
    ".gitignore", ".site/docs/.gitignore", ".site/theme/.gitignore",
    "kb/articles/guides/first-article.ja.md", "kb/articles/guides/first-article.md",
    "kb/articles/guides/index.ja.md", "kb/articles/guides/index.md", "kb/index.ja.md", "kb/index.md", "kb/kb.toml",
    "kb/macros/_parts/closing.ja.md", "kb/macros/_parts/closing.md",
    "kb/macros/_parts/greeting.ja.md", "kb/macros/_parts/greeting.md",
    "kb/macros/general/hello.ja.md", "kb/macros/general/hello.md",
    "kb/synonyms.yml", "mkdocs.yml",
)  # fmt: skip


def _workflow(path: Path) -> Any:  # noqa: ANN401 - YAML
    return yaml.load(path.read_text("utf-8"), yaml.BaseLoader)  # noqa: S506 - no objects either


def test_the_workflow_is_for_the_folder_and_the_default_branch(product: Path, kb: Run) -> None:
    kb("init", "docs/Support [1]")
    name = "knowledge-base-docs-support-1.yml"
    workflow = _workflow(product / WORKFLOWS / name)
    assert workflow["on"]["push"]["branches"] == ["trunk"]
    paths = ["docs/Support \\[1\\]/**", f"{WORKFLOWS}{name}", ".github/kb-requirements.txt"]
    assert workflow["on"]["pull_request"]["paths"] == paths
    assert workflow["defaults"]["run"]["working-directory"] == "docs/Support [1]"
    assert workflow["jobs"]["check"]["steps"][-1]["with"] == {
        "name": "site-docs-support-1",
        "path": "docs/Support [1]/site",
    }


def test_the_workflow_checks_what_a_pull_request_changes_with_what_is_pinned(
    product: Path, kb: Run
) -> None:
    assert kb("init", "new").code == 0
    workflow = _workflow(product / WORKFLOWS / "knowledge-base-new.yml")
    assert workflow["concurrency"]["cancel-in-progress"] == "true"
    _, python, install, check, *_ = workflow["jobs"]["check"]["steps"]
    pins = ".github/kb-requirements.txt"
    assert python["with"]["cache-dependency-path"] == pins
    assert pins in install["run"]
    lines = (product / pins).read_text("utf-8").splitlines()
    assert [line for line in lines if not line.startswith("#")] == [REQUIREMENT]
    script = check["run"]
    assert check["env"] == {"BASE": "${{ github.event.pull_request.base.sha }}"}
    for base, words in (("", "--format github"), ("abc", "--format github --since abc")):
        done = subprocess.run(
            ["sh", "-c", f'kb() {{ echo "$@"; }}; {script}'],
            env={**os.environ, "BASE": base}, capture_output=True, text=True, check=True,
        )  # fmt: skip
        assert done.stdout == f"check {words}\n"


def test_the_review_is_for_the_folder_too(product: Path, kb: Run) -> None:
    kb("init", "docs/support")
    workflow = _workflow(product / WORKFLOWS / "review-docs-support.yml")
    assert workflow["name"] == "review docs support"
    assert workflow["on"]["pull_request_target"]["paths"] == ["docs/support/kb/**"]
    steps = workflow["jobs"]["read"]["steps"]
    assert [step["working-directory"] for step in steps if "kb review" in step.get("run", "")] == [
        "docs/support"
    ]


def test_our_own_workflow_for_others_installs_the_same() -> None:
    workflow = _workflow(Path(__file__).parents[3] / WORKFLOWS / "knowledge-base.yml")
    assert workflow["on"]["workflow_call"]["inputs"]["version"]["default"] == REQUIREMENT


def test_at_the_top_of_a_repository_its_own_files_stay(product: Path, kb: Run) -> None:
    before = git(product, "ls-files", "-s")
    done = kb("init")
    assert done.code == 0
    git(product, "add", "-u")
    assert git(product, "ls-files", "-s") == before
    assert (product / WORKFLOWS / "knowledge-base.yml").is_file()
    assert not (product / ".github/CODEOWNERS").exists()
    assert "Add to .gitignore" in done.err
    assert "/.site/* !/.site/docs/ !/.site/theme/ site/" in done.err


@pytest.mark.parametrize(
    ("commands", "branch"),
    [
        (["remote add origin x", "update-ref refs/remotes/origin/dev HEAD"], "dev"),
        (["checkout -q -b topic", "config init.defaultBranch trunk"], "trunk"),
        (["branch main", "checkout -q -b topic"], "main"),
        (
            [
                "update-ref refs/remotes/origin/a HEAD",
                "update-ref refs/remotes/origin/b HEAD",
                "symbolic-ref refs/remotes/origin/HEAD refs/remotes/origin/a",
            ],
            "a",
        ),
    ],
)
def test_the_default_branch_is_found(product: Path, commands: list[str], branch: str) -> None:
    for command in commands:
        git(product, *command.split())
    assert presumed_branch(product) == branch


def test_a_new_repository_has_the_branch_that_the_user_names(
    kb: Run, base: Base, home: Path
) -> None:
    (home / ".gitconfig").write_text("[init]\ndefaultBranch = trunk\n", "utf-8")
    kb("init", "new")
    assert git(base.root / "new", "symbolic-ref", "--short", "HEAD") == "trunk"
    workflow = _workflow(base.root / "new" / WORKFLOWS / "knowledge-base.yml")
    assert workflow["on"]["push"]["branches"] == ["trunk"]
