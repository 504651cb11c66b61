"""What README, changelog and the two other papers count is counted: entries, words, rules, desks."""

from __future__ import annotations

import re
import tomllib
from importlib.util import find_spec
from pathlib import Path

import pytest
import yaml
from tests.manual.commands import ROOT
from tests.manual.numbers import number_of

import cannery
from cannery.check.runner import RULES
from cannery.cli.boundary import BUG, INTERRUPTED
from cannery.content.business_days import holidays
from cannery.exchange.desks.table import DESKS
from cannery.manual import ARTICLES
from cannery.site import web
from cannery.user_settings import UserSettings

README, CHANGELOG, CONTRIBUTING, SECURITY = (
    " ".join((ROOT / name).read_text("utf-8").split())
    for name in ("README.md", "CHANGELOG.md", "CONTRIBUTING.md", ".github/SECURITY.md")
)
_WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))
_PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def _entries(folder: str) -> int:
    """Our own entries, each once, without parts of others and the pages of sections."""
    return sum(
        not path.name.endswith(".ja.md") and path.stem != "index" and "_parts" not in path.parts
        for path in (ROOT / "kb" / folder).rglob("*.md")
    )


def test_our_own_knowledge_base_has_as_many_entries_as_is_told() -> None:
    articles, macros = (_entries(folder) // 10 * 10 for folder in ("articles", "macros"))
    told = f"more than {articles} articles and {macros} macros, in English and Japanese"
    assert told in README
    assert told in CHANGELOG


def _rows(file: str) -> list[list[str]]:
    text = (Path(cannery.__file__).parent / "search" / file).read_text("utf-8")
    return [line.split() for line in text.splitlines() if line and not line.startswith("#")]


def test_a_search_knows_as_many_words_as_is_told() -> None:
    loans = {word for _, *words in _rows("loan_words.txt") for word in words}
    assert f"some {round(len(loans), -2):,} loan words" in CHANGELOG
    assert f"some {round(len(_rows('readings.txt')), -3):,} readings" in CHANGELOG


def test_there_are_as_many_rules_countries_and_languages_as_is_told() -> None:
    assert f"by {len(RULES)} rules that `--explain` explains" in CHANGELOG
    last = max(year for days in holidays().values() for year in days)
    assert f"{len(holidays())} countries are known up to {last}" in CHANGELOG
    found = find_spec("material")
    assert found
    assert found.origin
    languages = Path(found.origin).parent / "templates/partials/languages"
    assert len([*languages.glob("*.html")]) > 60
    assert "its words in more than sixty languages" in CHANGELOG


@pytest.mark.parametrize(
    ("told", "number"),
    [
        ("kept for {} days, or for what `[memory] days` says", UserSettings(Path()).memory_days),
        ("fits a screen of {} lines", number_of("cli.check_statistics._LINES")),
        ("for more than {} findings", number_of("cli.report._MOST_READ")),
        ("five at most", number_of("exchange.desks.zendesk.macro_files._MOST")),
        ("more than {} pages can be built: two processes", number_of("operations.build_site._FEW")),
        ("takes a text of {} characters", number_of("search.similar._MAX_TEXT")),
        (
            "of fewer than five tickets none is shown",
            number_of("operations.insight_gaps.LEAST_TICKETS"),
        ),
    ],
)
def test_a_limit_of_the_changelog_is_the_programs(told: str, number: float) -> None:
    assert told.format(f"{number:,.0f}") in CHANGELOG
    assert "{}" in told or number == 5


def test_scripts_and_style_sheets_lose_as_much_as_is_told() -> None:
    ours = [
        path.relative_to(web.FOLDER).as_posix()
        for kind in ("*.js", "*.css")
        for path in web.FOLDER.rglob(kind)
        if "vendor" not in path.parts
    ]
    share = len(web.joined(ours)) / sum((web.FOLDER / name).stat().st_size for name in ours)
    assert 0.65 < share < 0.75
    assert "sent without their comments and blanks, more than a quarter less" in CHANGELOG


def test_desks_that_are_named_take_and_give_macros() -> None:
    (named,) = re.findall(r"in both directions: (.*?) and others", README)
    kinds = {kind.title: kind.capabilities for kind in DESKS.values()}
    assert {kinds[name].macros for name in named.split(", ")} == {"write"}
    assert {kinds[name].articles for name in named.split(", ")} == {"write", ""}
    assert "its macros, and articles where it has them" in README


def test_desktops_that_are_named_have_their_clipboard() -> None:
    (named,) = re.findall(r"go onto the clipboard together: (.*?);", README)
    rows = re.findall(
        r"(?m)^\| (.*?) \|.*HTML and text", (ARTICLES / "guides/clipboard.md").read_text("utf-8")
    )
    assert all(any(name in row for row in rows) for name in named.split(", "))


def test_the_exit_codes_are_those_of_the_program() -> None:
    assert f"{BUG} for a bug, {INTERRUPTED} when interrupted" in README


def test_the_oldest_python_is_told() -> None:
    assert (
        f"With Python {_PROJECT['project']['requires-python'].removeprefix('>=')} or later"
        in README
    )


def test_the_coverage_that_is_asked_for_is_told() -> None:
    tools = _PROJECT["tool"]
    assert f"branch coverage of at least {tools['slipcover']['fail-under']} %" in CONTRIBUTING
    assert f"asks for {tools['coverage']['report']['fail_under']} %" in CONTRIBUTING


def test_what_is_kept_of_customers_ends_as_is_promised() -> None:
    assert f"({UserSettings(Path()).memory_days} unless set" in SECURITY


def _uses(workflow: str) -> list[str]:
    return re.findall(r"^\s*-? *uses: (\S+)", workflow, re.MULTILINE)


def test_workflows_are_as_they_are_promised_to_be() -> None:
    """Each action by its commit, and no right to write but for those that are named."""
    texts = {path.name: path.read_text("utf-8") for path in _WORKFLOWS}
    used = [use for text in texts.values() for use in _uses(text)]
    assert used
    assert all(re.fullmatch(r"[\w./-]+@[0-9a-f]{40}", use) for use in used)
    writing = {
        name
        for name, text in texts.items()
        for rights in _rights(yaml.safe_load(text))
        if "write" in rights.values()
    }
    (told,) = re.findall(r"The workflows have read rights only, but for (.*?)\. ", f"{SECURITY} ")
    assert {*re.findall(r"`([\w-]+\.yml)`", told)} == writing


def _rights(node: object) -> list[dict[str, str]]:
    if isinstance(node, dict):
        own = [node["permissions"]] if isinstance(node.get("permissions"), dict) else []
        return own + [found for value in node.values() for found in _rights(value)]
    return []
