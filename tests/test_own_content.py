"""Our own kb/: every macro, in both languages, with every choice, in every form."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cannery.check.runner import RULES
from cannery.content.conflict_markers import conflict_line
from cannery.content.field_types import FIELD_TYPES
from cannery.content.files import scan
from cannery.content.library import load_each, parts_for, shelve
from cannery.content.links import article_url
from cannery.model.entry import Article, Field, Macro
from cannery.reply.compose import compose, from_markdown
from cannery.reply.resolve import Request, resolve
from cannery.reply.ticket import read_ticket
from cannery.workspace import open_workspace

ROOT = Path(__file__).parents[1]
WORKSPACE = open_workspace(ROOT)
FOUND = scan(WORKSPACE)
SHELF = shelve(load_each(WORKSPACE, FOUND.stamps))
MACROS = [entry for entry in SHELF.entries if isinstance(entry, Macro)]
TICKETS = {
    "en": '{"id": 42, "subject": "Login fails", "requester": {"name": "Kim Lee", "email": "kim@example.com"}}',
    "ja": '{"id": 42, "subject": "ログインできない", "requester": {"name": "田中 太郎", "email": "t@example.com"}}',
}
SAMPLES = {
    "text": ("Sample", "4711", "BUG-1234", "api.example.com", "web-prod"),
    "multiline": ("1. one\n2. *two* <b>",),
    "date": ("2026-11-23",),
    "number": ("12",),
    "email": ("kim@example.com",),
    "url": ("https://example.com/a?b=c&d=e_f",),
}


def _answers(field: Field) -> list[str]:
    if field.type == "yesno":
        return ["yes", "no"]
    if field.type == "choice":
        return [choice.value for choice in field.choices]
    if field.type == "multichoice":
        return [", ".join(choice.value for choice in field.choices)]
    fitting = [v for v in SAMPLES[field.type] if re.fullmatch(field.pattern or "(?s:.*)", v)]
    return [*fitting[:1], *([] if field.required or field.default else [""])]


def first_request(macro: Macro) -> Request:
    """A request for the macro with a ticket, and without any value."""
    language = macro.at.language
    return Request(
        macros=(macro,),
        parts=parts_for(SHELF.parts, language, WORKSPACE.settings),
        language=language,
        article_url=article_url(WORKSPACE, FOUND, language),
        now=datetime(2026, 11, 23, 9, tzinfo=UTC),
        ticket=read_ticket(TICKETS[language], "sample"),
        agent={"name": "Aoki"},
        kb={"name": WORKSPACE.settings.name},
        team=WORKSPACE.settings.facts(language),
        keeps_lines=WORKSPACE.settings.keeps_lines,
    )


def _requests(macro: Macro) -> Iterator[Request]:
    for values in itertools.product(*(_answers(field) for field in macro.fields)):
        names = (field.name for field in macro.fields)
        given = {n: v for n, v in zip(names, values, strict=True) if n != "customer"}
        yield replace(first_request(macro), given=given)


@pytest.mark.parametrize("macro", MACROS, ids=lambda macro: macro.at.path)
def test_a_macro_comes_out_whole_in_every_form(macro: Macro) -> None:
    for request in _requests(macro):
        state = resolve(request, accept=True)
        assert state.missing == ()
        reply = compose(request, state.values)
        name = "田中 様" if macro.at.language == "ja" else "Hello Kim"
        for form in (*reply.formats.values(), reply.subject):
            assert not re.search(r"\{[{%]|[%}]\}|\ue000|None|\bnil\b", form)
        for form in reply.formats.values():
            assert name in form
        assert not re.search(
            r"<(?!/?(?:p|br|h\d|[ou]l|li|strong|em|code|pre|a|blockquote)\b)", reply.html
        )
        assert "**" not in reply.text
        assert from_markdown(reply.markdown, reply).text == reply.text


def _written(file: str, pattern: str) -> tuple[int, ...]:
    """The numbers that a sentence of a file says, which stands there once."""
    (numbers,) = re.finditer(pattern, (ROOT / file).read_text("utf-8"))
    return tuple(map(int, numbers.groups()))


@pytest.mark.parametrize("file", ["README.md", "CHANGELOG.md"])
@pytest.mark.parametrize(("kind", "which"), [(Article, 0), (Macro, 1)])
def test_there_are_as_many_in_each_language_as_is_told(
    kind: type[Article | Macro], which: int, file: str
) -> None:
    told = _written(file, r"more than (\d+) articles and (\d+) macros")
    ids: dict[str, set[str]] = {"en": set(), "ja": set()}
    for entry in SHELF.entries:
        if isinstance(entry, kind) and not entry.at.id.endswith("/index"):
            ids[entry.at.language].add(entry.at.id)
    assert ids["en"] == ids["ja"]
    assert len(ids["en"]) > told[which]


@pytest.mark.parametrize("path", sorted(ROOT.glob("*.md")), ids=lambda path: path.name)
def test_no_conflict_was_committed_undecided(path: Path) -> None:
    assert conflict_line(path.read_text("utf-8")) == 0


def test_there_are_as_many_rules_as_is_told() -> None:
    assert _written("CHANGELOG.md", r"by (\d+) rules") == (len(RULES),)


def test_as_many_branches_are_asked_for_as_is_told() -> None:
    told = _written("CONTRIBUTING.md", r"branch coverage of at least (\d+) %")
    nightly = _written("CONTRIBUTING.md", r"\(coverage\.py\), and asks for (\d+) %")
    assert told == _written("pyproject.toml", r"(?m)^fail-under = (\d+)")
    assert nightly == _written("pyproject.toml", r"(?m)^fail_under = (\d+)")


def test_variants_of_a_macro_ask_for_the_same_fields() -> None:
    english = {macro.at.id: macro for macro in MACROS if macro.at.language == "en"}
    for macro in MACROS:
        twin = english[macro.at.id]
        assert [(f.name, f.type, f.required) for f in macro.fields] == [
            (f.name, f.type, f.required) for f in twin.fields
        ]
        assert (macro.shortcut, macro.actions) == (twin.shortcut, twin.actions)


def test_the_macros_use_fields_of_every_type() -> None:
    assert {field.type for macro in MACROS for field in macro.fields} == {*FIELD_TYPES}


def test_each_shortcut_that_an_article_names_is_a_macro_s() -> None:
    known = {macro.shortcut for macro in MACROS}
    articles = [entry for entry in SHELF.entries if isinstance(entry, Article)]
    named = {(a.at.path, found) for a in articles for found in re.findall(r"`(;[\w-]+)`", a.body)}
    assert len(named) > 20
    assert [pair for pair in sorted(named) if pair[1] not in known] == []
