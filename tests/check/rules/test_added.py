"""A rule takes a file and a row: reports, explanation and pages come by themselves."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.conftest import Base

import cannery

ROOT = Path(__file__).parents[3]
RULE = """
from cannery.check.rule import Rule
from cannery.model.location import Problem, Severity


def shouting(page):
    if "!!!" in page.text:
        yield Problem(page.path, 4, "shouting", "it shouts", "Say it calmly.", Severity.WARNING)


RULES = (
    Rule(
        code="shouting",
        page=shouting,
        why="Who shouts is not heard.",
        wrong={"articles/har.md": "---\\ntitle: HAR\\n---\\nRecord it!!!\\n"},
        right={"articles/har.md": "---\\ntitle: HAR\\n---\\nRecord it.\\n"},
    ),
)
"""
FIRST_ROW = "RULE_FILES: Mapping[str, str] = {\n"


@pytest.fixture(scope="module")
def with_rule(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the program with one rule more."""
    folder = tmp_path_factory.mktemp("program")
    program = Path(cannery.__file__).parent
    shutil.copytree(program, folder / "cannery", ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "cannery" / "check" / "rules" / "shouting.py").write_text(RULE)
    runner = folder / "cannery" / "check" / "runner.py"
    text = runner.read_text("utf-8")
    assert FIRST_ROW in text
    row = '    "shouting": "manners",\n'
    runner.write_text(text.replace(FIRST_ROW, FIRST_ROW + row), "utf-8")
    return folder


def _kb(with_rule: Path, base: Base, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "cannery", *arguments],
        cwd=base.root,
        env={**os.environ, "PYTHONPATH": str(with_rule)},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


@pytest.fixture
def loud(base: Base) -> Base:
    base.write("articles/har.md", "---\ntitle: HAR\n---\nRecord it!!!\n")
    return base


def test_a_made_up_rule_is_in_every_report(with_rule: Path, loud: Base) -> None:
    assert "[shouting]" in _kb(with_rule, loud, "check")
    assert json.loads(_kb(with_rule, loud, "check", "--json"))[0]["code"] == "shouting"
    run = json.loads(_kb(with_rule, loud, "check", "--format", "sarif"))["runs"][0]
    reasons = {
        rule["id"]: rule["shortDescription"]["text"] for rule in run["tool"]["driver"]["rules"]
    }
    assert reasons["shouting"] == "Who shouts is not heard."
    assert run["results"][0]["ruleId"] == "shouting"
    assert "it shouts" in _kb(with_rule, loud, "check", "--format", "junit")
    assert "title=shouting" in _kb(with_rule, loud, "check", "--format", "github")


def test_a_made_up_rule_is_explained_and_has_a_page(with_rule: Path, loud: Base) -> None:
    assert "Who shouts is not heard." in _kb(with_rule, loud, "check", "--explain", "shouting")
    program = with_rule / ".ci" / "rule_pages.py"
    program.parent.mkdir()
    for name in ("rule_pages.py", "rule_pages.ja.toml"):
        shutil.copy(ROOT / ".ci" / name, program.with_name(name))
    articles = with_rule / "cannery" / "manual" / "kb" / "articles"
    env = {**os.environ, "PYTHONPATH": str(with_rule)}
    subprocess.run([sys.executable, str(program)], env=env, check=True)
    page = (articles / "rules" / "shouting.md").read_text("utf-8")
    assert "Who shouts is not heard." in page
    assert "Record it!!!" in page
    guide = (articles / "guides" / "checking.md").read_text("utf-8")
    assert "| manners | [shouting](../rules/shouting.md) |" in guide


def test_what_is_cached_without_a_rule_is_looked_at_again_with_it(
    with_rule: Path, loud: Base
) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "cannery", "check"], cwd=loud.root, capture_output=True, text=True,
        check=True,
    )  # fmt: skip
    assert "shouting" not in done.stdout
    assert "[shouting]" in _kb(with_rule, loud, "check")
