"""Where a link and an `article_url` lead, in all combinations."""

from __future__ import annotations

import pytest
from tests.content.visibility_table import ROWS, Row, parsed

from cannery.content.visibility import (
    NO_FILES,
    Files,
    Hidden,
    Lead,
    Reference,
    Visibility,
    follow,
    ids_named,
    refusal,
)
from cannery.model.entry import Audience
from cannery.model.location import Kind, Location


def _files(row: Row, kind: Kind) -> Files:
    folder = f"{kind}s"
    visibilities = {}
    for language, ending, said in (("en", "", row.english), ("ja", ".ja", row.japanese)):
        if said != "-":
            at = Location(f"kb/{folder}/t{ending}.md", f"{folder}/t", kind, language)
            visibilities[at] = Visibility(*parsed(said))
    return Files([*visibilities], visibilities.get)


def _said(lead: Lead) -> str:
    return lead.hidden or (lead.at.language if lead.at else "")


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_where_references_to_an_article_lead(row: Row) -> None:
    files = _files(row, Kind.ARTICLE)
    link, address = Reference("ja", "kb/articles/t.md"), Reference("ja")
    assert _said(follow(link, files, Audience.PUBLIC, "en")) == row.public
    assert _said(follow(link, files, Audience.INTERNAL, "en")) == row.internal
    for reader in Audience:  # a macro's reply goes to a customer, wherever the macro is read
        assert _said(follow(address, files, reader, "en")) == row.address


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_a_macro_is_for_the_team_alone(row: Row) -> None:
    files, link = _files(row, Kind.MACRO), Reference("ja", "kb/macros/t.md")
    assert _said(follow(link, files, Audience.PUBLIC, "en")) == "macro"
    assert _said(follow(link, files, Audience.INTERNAL, "en")) == row.internal
    assert _said(follow(Reference("ja"), files, Audience.INTERNAL, "en")) == "macro"


def test_a_file_that_is_not_there_is_missing() -> None:
    assert follow(Reference("en", "kb/articles/t.md"), NO_FILES, Audience.INTERNAL, "en") == Lead(
        None, Hidden.MISSING
    )
    assert follow(Reference("en"), NO_FILES, Audience.PUBLIC, "en") == Lead(None, Hidden.MISSING)


def test_a_file_that_can_not_be_read_is_seen_by_nobody() -> None:
    at = Location("kb/articles/t.md", "articles/t", Kind.ARTICLE, "en")
    files = Files([at], lambda _: None)
    assert follow(Reference("en", at.path), files, Audience.INTERNAL, "en").hidden == "unreadable"


def test_without_its_language_and_the_default_one_any_variant_will_do() -> None:
    at = Location("kb/articles/t.de.md", "articles/t", Kind.ARTICLE, "de")
    files = Files([at], lambda _: Visibility(*parsed("public")))
    assert follow(Reference("ja"), files, Audience.PUBLIC, "en") == Lead(at, None)


@pytest.mark.parametrize(
    ("name", "named"),
    [
        ("articles/a", ["articles/a"]),
        (" /articles/a/ ", ["articles/a"]),
        ("x/a", ["articles/x/a"]),
        ("a", ["articles/a", "articles/x/a"]),
        ("b", []),
        ("", []),
        ("/", []),
    ],
)
def test_a_name_is_an_id_or_the_end_of_one(name: str, named: list[str]) -> None:
    assert ids_named(name, ["articles/a", "articles/x/a"]) == named


def test_a_name_that_is_an_id_is_no_other() -> None:
    assert ids_named("articles/a", ["articles/a", "articles/x/articles/a"]) == ["articles/a"]


@pytest.mark.parametrize(
    ("ids", "lead", "reason"),
    [
        ([], None, "no article named t"),
        (["x/t", "y/t"], None, "t matches several articles: x/t, y/t"),
        (["t"], Lead(None, Hidden.MISSING), "no article named t"),
        (["t"], Lead(None, Hidden.UNREADABLE), "t can't be read"),
        (["t"], Lead(None, Hidden.INTERNAL), "t is internal, so customers can't open it"),
        (["t"], Lead(None, Hidden.DRAFT), "t is draft, not published"),
        (["t"], Lead(None, Hidden.RETIRED), "t is retired, not published"),
        (["t"], Lead(None, None), ""),
    ],
)
def test_why_a_name_has_no_address(ids: list[str], lead: Lead | None, reason: str) -> None:
    assert refusal("t", ids, lead) == reason
