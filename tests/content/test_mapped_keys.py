"""Front matter of other programs, read by our keys."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from tests.conftest import Base

from cannery.content.frontmatter import parse
from cannery.content.mapped_keys import as_ours
from cannery.model.entry import Audience
from cannery.model.front_matter import FrontMatter
from cannery.model.location import Status


def _ours(header: str, **names: str) -> dict[str, Any]:
    return dict(as_ours(parse(header), FrontMatter((), names)).data)


@pytest.mark.parametrize(
    ("header", "key", "value"),
    [
        ("permalink: /docs/x/", "redirect_from", ["/docs/x/"]),
        ("permalink: docs/x.html", "redirect_from", ["/docs/x.html"]),
        ("permalink: https://a.example/docs/x/", "redirect_from", ["/docs/x/"]),
        ("permalink: [/a/, articles/b]", "redirect_from", ["/a/", "articles/b"]),
        ("permalink: /:categories/:title/", "redirect_from", None),
        ("permalink: pretty", "redirect_from", None),
        ("permalink: /", "redirect_from", None),
        ("permalink: a, b", "tags", ["a", "b"]),
        ("permalink: [a, {label: b, permalink: /b}]", "tags", ["a", "b"]),
        ("permalink: [Ada, Grace]", "owner", "Ada, Grace"),
        ("permalink: [{name: Ada, url: x}]", "owner", "Ada"),
        ("permalink: {name: Ada}", "owner", "Ada"),
        ("permalink: private", "audience", "internal"),
        ("permalink: public", "audience", "public"),
        ("permalink: yes", "status", "draft"),
        ("permalink: no", "status", None),
        ("permalink: ../x/", "redirect_from", None),
        ("permalink: 05/20/2024", "reviewed", "2024-05-20"),
        ("permalink: 20/05/2024", "reviewed", "2024-05-20"),
        ("permalink: 5/6/2024", "reviewed", None),
        ("permalink: 2024-05-06T10:00:00Z", "reviewed", "2024-05-06T10:00:00Z"),
    ],
)
def test_a_value_is_made_what_our_key_has(header: str, key: str, value: object) -> None:
    assert _ours(header, permalink=key).get(key) == value
    assert "permalink" not in _ours(header, permalink=key)


@pytest.mark.parametrize(
    ("header", "status"),
    [
        ("draft: true", "draft"),
        ("draft: false", None),
        ("draft: soon", "draft"),
        ("published: false", "draft"),
        ("published: true", None),
        ("draft: true\nstatus: published", "draft"),
        ("draft: true\nstatus: retired", "retired"),
        ("draft: false\nstatus: published", "published"),
    ],
)
def test_a_draft_of_another_program_is_one(header: str, status: str | None) -> None:
    assert _ours(header).get("status") == status


def test_a_key_of_the_team_s_own_is_not_read() -> None:
    mapped = as_ours(parse("draft: 3\nstatus: stable\nx: 1"), FrontMatter(("draft", "status")))
    assert mapped.data == {"x": "1"}
    assert mapped.own == {"draft": "3", "status": "stable"}


@pytest.mark.parametrize(
    ("header", "key", "value"),
    [
        ("draft: true", "status", "draft"),
        ("published: no", "status", "draft"),
        ("status: Draft", "status", "draft"),
        ("status: retired", "status", "retired"),
        ("audience: internal", "audience", "internal"),
        ("audience: private", "audience", "internal"),
    ],
)
def test_what_hides_a_file_hides_it_whatever_its_key_is_read_as(
    header: str, key: str, value: str
) -> None:
    name = header.partition(":")[0]
    assert as_ours(parse(header), FrontMatter((name,))).data.get(key) == value
    assert _ours(header, **{name: "tags"}).get(key) == value


@pytest.mark.parametrize(
    ("header", "audience"),
    [
        ("headless: true", "internal"),
        ("headless: true\naudience: public", "internal"),
        ("headless: false", None),
        ("headless: soon", None),
    ],
)
def test_a_page_without_an_address_of_its_own_is_internal(
    header: str, audience: str | None
) -> None:
    assert _ours(header).get("audience") == audience
    assert as_ours(parse(header), FrontMatter(("headless",))).data.get("audience") == audience


def test_a_draft_that_says_nothing_is_not_told() -> None:
    assert _ours("draft:\npublished:") == {}


def test_a_date_is_read_as_its_program_writes_it() -> None:
    mapped = as_ours({"ms.date": "05/06/2024"}, FrontMatter((), {"ms.date": "reviewed"}))
    assert mapped.data == {"reviewed": "2024-05-06"}


def test_a_day_on_which_a_site_was_published_hides_nothing() -> None:
    assert _ours("published: 2024-05-06") == {"published": "2024-05-06"}


@pytest.mark.parametrize(("flag", "status"), [("true", "retired"), ("false", None)])
def test_a_flag_says_what_its_name_does(flag: str, status: str | None) -> None:
    assert _ours(f"archived: {flag}", archived="status").get("status") == status


def test_a_key_within_others_is_named_with_dots() -> None:
    names = {"last_update.date": "reviewed", "last_update.author": "owner", "ms.date": "reviewed"}
    header = "last_update:\n  date: 2024-05-06\n  author: Ada\nmore: x"
    mapped = as_ours(parse(header), FrontMatter((), names))
    assert mapped.data == {"more": "x", "reviewed": "2024-05-06", "owner": "Ada"}
    assert mapped.written == {"reviewed": "last_update.date", "owner": "last_update.author"}
    assert _ours("ms.date: 2024-05-07", **names) == {"reviewed": "2024-05-07"}


def test_ours_counts_where_both_stand_and_differ_and_it_is_told() -> None:
    mapped = as_ours(
        parse("description: D\nsummary: S"), FrontMatter((), {"description": "summary"})
    )
    assert mapped.data == {"summary": "S"}
    assert [(item.key, item.message) for item in mapped.faults] == [
        ("description", "description and summary both stand, and differ")
    ]


def test_an_audience_is_the_one_that_shows_less() -> None:
    header = "visibility: internal\naudience: public"
    assert _ours(header, visibility="audience")["audience"] == "internal"


@pytest.mark.parametrize("second", ["private", "internal", "staff"])
def test_of_two_keys_read_as_an_audience_the_one_that_shows_less_counts(second: str) -> None:
    mapped = as_ours(
        {"visibility": "public", "access": second},
        FrontMatter((), {"visibility": "audience", "access": "audience"}),
    )
    assert mapped.data["audience"] != "public"
    assert mapped.written == {"audience": "access"}


def test_lists_of_several_keys_are_one() -> None:
    header = "categories: [b, a]\ntags: [a]"
    mapped = as_ours(parse(header), FrontMatter((), {"categories": "tags"}))
    assert (mapped.data, mapped.faults) == ({"tags": ["a", "b"]}, ())


def test_of_two_keys_read_as_one_the_first_named_counts() -> None:
    names = {"lastmod": "reviewed", "date": "reviewed"}
    mapped = as_ours(parse("date: 2020-01-01\nlastmod: 2024-01-01"), FrontMatter((), names))
    assert (mapped.data, mapped.faults) == ({"reviewed": "2024-01-01"}, ())


def test_a_name_for_a_key_that_there_is_not_changes_nothing() -> None:
    assert _ours("x: 1", x="nonsense", y="fields") == {"x": "1"}


_SETTINGS = """format = 2
[front_matter]
own = ["layout"]
[front_matter.names]
permalink = "redirect_from"
last_update.date = "reviewed"
visible = "audience"
"""


def test_a_file_of_another_program_has_no_findings(base: Base) -> None:
    base.write("kb.toml", _SETTINGS)
    base.write(
        "articles/a.md",
        "---\ntitle: A\nlayout: x\npermalink: /a/\nlast_update: {date: 2024-05-06}\n---\nBody",
    )
    article = base.article("a.md")
    assert article.faults == ()
    assert article.header.reviewed == date(2024, 5, 6)
    assert article.header.redirect_from == ("/a/",)


@pytest.mark.parametrize(
    ("path", "written", "former"),
    [
        ("net/proxy.md", "old", "/net/old"),
        ("net/proxy.md", "../old/", "/old"),
        ("net/tls/index.md", "old", "/net/old"),
        ("net/tls/_index.md", "old", "/net/old"),
        ("proxy.md", "old", "/old"),
        ("net/proxy.md", "/old/", "/old/"),
    ],
)
def test_a_former_address_begins_where_the_page_lies(
    base: Base, path: str, written: str, former: str
) -> None:
    base.write("kb.toml", _SETTINGS)
    base.write(f"articles/{path}", f"---\npermalink: {written}\n---\nBody\n")
    assert base.article(path).header.redirect_from == (former,)


def test_a_wrong_value_is_told_by_the_key_that_the_file_has(base: Base) -> None:
    base.write("kb.toml", _SETTINGS)
    base.write("articles/a.md", "---\ntitle: A\nlast_update:\n  date: soon\n---\nBody")
    told = [(item.key, item.message) for item in base.article("a.md").faults]
    assert told == [("last_update.date", "last_update.date must be a date")]


_PUBLIC = 'format = 2\n[content]\naudience = "public"\n[front_matter]\nown = ["hidden", "stats", "visibility"]\n'


@pytest.mark.parametrize(
    ("header", "audience", "status"),
    [
        ("", Audience.PUBLIC, Status.PUBLISHED),
        ("---\ntitle: A\n---\n", Audience.PUBLIC, Status.PUBLISHED),
        ("---\nstatus: published\ndraft: false\nprivate: no\n---\n", Audience.PUBLIC, Status.PUBLISHED),
        ("---\ndraft: true\n---\n", Audience.PUBLIC, Status.DRAFT),
        ("---\nstats: x\nhidden: false\n---\n", Audience.PUBLIC, Status.PUBLISHED),
        ("---\naudience: internal\n---\n", Audience.INTERNAL, Status.PUBLISHED),
        ("---\naudiense: internal\n---\n", Audience.INTERNAL, Status.PUBLISHED),
        ("---\nAudience: internal\n---\n", Audience.INTERNAL, Status.PUBLISHED),
        ("---\naudience: intern\n---\n", Audience.INTERNAL, Status.PUBLISHED),
        ("---\naudience:\n---\n", Audience.INTERNAL, Status.PUBLISHED),
        ("---\nvisibility: Staff-only\n---\n", Audience.INTERNAL, Status.PUBLISHED),
        ("---\nvisibility: [all, team]\n---\n", Audience.INTERNAL, Status.PUBLISHED),
        ("---\nvisibility: ITPro\n---\n", Audience.PUBLIC, Status.PUBLISHED),
        ("---\nVisibility: ITPro\n---\n", Audience.INTERNAL, Status.PUBLISHED),
        ("---\nprivate: true\n---\n", Audience.INTERNAL, Status.PUBLISHED),
        ("---\nhidden: true\n---\n", Audience.INTERNAL, Status.PUBLISHED),
        ("---\nstatus: Draft\n---\n", Audience.INTERNAL, Status.PUBLISHED),
        ("---\ntitle: a\ntitle: b\n---\n", Audience.INTERNAL, Status.PUBLISHED),
        ("---\nx: [\ntitle: A\n---\n", Audience.INTERNAL, Status.PUBLISHED),
        ("---\ntitle: A\n...\naudience: internal\n---\n", Audience.INTERNAL, Status.PUBLISHED),
        ("---\ntitle: A\n---\n---\naudience: internal\n---\n", Audience.INTERNAL, Status.PUBLISHED),
        ("---\ntitle: A\n---\n# A\n\n---\n\nText: x\n\n---\n", Audience.PUBLIC, Status.PUBLISHED),
        ("+++\ndraft = true\n+++\n", Audience.INTERNAL, Status.DRAFT),
        ("\n---\ntitle: A\n---\n", Audience.INTERNAL, Status.DRAFT),
    ],
)  # fmt: skip
def test_whom_an_article_is_for_that_does_not_say(
    base: Base, header: str, audience: Audience, status: Status
) -> None:
    base.write("kb.toml", _PUBLIC)
    base.write("articles/a.md", f"{header}Body\n")
    found = base.article("a.md").header
    assert (found.audience, found.status) == (audience, status)


def test_a_file_with_a_conflict_or_stray_bytes_stays_internal(base: Base) -> None:
    base.write("kb.toml", _PUBLIC)
    base.write("articles/a.md", "A\n<<<<<<< HEAD\nB\n=======\nC\n>>>>>>> main\n")
    base.write("articles/b.md", b"A\xff\n")
    assert {base.article(name).header.audience for name in ("a.md", "b.md")} == {Audience.INTERNAL}


@pytest.mark.parametrize(
    ("said", "audience"), [("ITPro", Audience.PUBLIC), ("internal", Audience.INTERNAL)]
)
def test_an_audience_of_the_team_s_own_says_whom_a_page_helps(
    base: Base, said: str, audience: Audience
) -> None:
    base.write("kb.toml", _PUBLIC.replace('"hidden"', '"audience"'))
    base.write("articles/a.md", f"---\ntitle: A\naudience: {said}\n---\nBody\n")
    assert base.article("a.md").header.audience is audience


@pytest.mark.parametrize("header", ["audience: staff", "visibility: team", "hidden: true"])
def test_what_may_hide_a_page_does_so_where_it_is_read_as_something_else(
    base: Base, header: str
) -> None:
    name = header.partition(":")[0]
    base.write("kb.toml", f'{_PUBLIC}[front_matter.names]\n{name} = "tags"\n')
    base.write("articles/a.md", f"---\ntitle: A\n{header}\n---\nBody\n")
    assert base.article("a.md").header.audience is Audience.INTERNAL


def test_a_macro_is_never_public_by_default(base: Base) -> None:
    base.write("kb.toml", _PUBLIC)
    base.write("macros/a.md", "---\ntitle: A\n---\nBody\n")
    assert base.macro("a.md").header.audience is Audience.INTERNAL


def test_what_says_whom_it_is_for_is_not_told_to(base: Base) -> None:
    base.write("kb.toml", _PUBLIC)
    base.write("articles/a.md", "---\ntitle: A\naudience: public\n---\n---\ntitle: x\n---\n")
    article = base.article("a.md")
    assert (article.header.audience, article.faults) == (Audience.PUBLIC, ())


def test_what_keeps_an_article_internal_is_told_where_the_key_is_the_team_s(base: Base) -> None:
    base.write("kb.toml", _PUBLIC)
    base.write("articles/a.md", "---\ntitle: A\nhidden: true\n---\nBody\n")
    assert [fault.message for fault in base.article("a.md").faults] == [
        "the article stays internal, as hidden may say who can see it"
    ]
