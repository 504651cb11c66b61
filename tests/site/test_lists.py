"""Pages that list others, as their templates get them and as a reader filters them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from jinja2 import Environment, FileSystemLoader
from playwright.sync_api import Browser, Page, expect
from tests.conftest import Base
from tests.site.article_tab import ADDRESS, article_tab

from cannery.model.entry import Audience
from cannery.operations.stage import view_for
from cannery.site import web
from cannery.site.stage import render_stage
from cannery.site.texts import texts


def _about(base: Base, page: str) -> dict[str, Any]:
    files = render_stage(view_for(base.workspace, Audience.PUBLIC)).files
    line = next(it for it in files[page].decode().split("\n") if it.startswith("kb: "))
    about: dict[str, Any] = json.loads(line.removeprefix("kb: "))
    return about


def _article(title: str, more: str = "") -> str:
    return f"---\ntitle: {title}\naudience: public\n{more}---\nText.\n"


def test_a_section_lists_its_entries_in_its_order_and_counts_them(base: Base) -> None:
    base.write(
        "articles/net/b.md", _article("Second", "order: 2\nsummary: What it is.\ntags: [x]\n")
    )
    base.write("articles/net/c.md", _article("First", "order: 1\n"))
    about = _about(base, "articles/net/index.md")
    assert about["groups"] == [
        [
            "",
            [
                ["First", "articles/net/c/", "", "", [], []],
                ["Second", "articles/net/b/", "What it is.", "", [], ["x"]],
            ],
        ]
    ]
    assert about["listed"] == 2


def test_an_article_leads_to_those_beside_it_in_the_sections_order(base: Base) -> None:
    for name, order in (("a", 3), ("b", 1), ("c", 2)):
        base.write(f"articles/net/{name}.md", _article(name.upper(), f"order: {order}\n"))
    middle, first = (_about(base, f"articles/net/{name}.md") for name in ("c", "b"))
    assert middle["previous"] == ["B", "articles/net/b/"]
    assert middle["next"] == ["A", "articles/net/a/"]
    assert "previous" not in first


def test_a_tags_page_names_the_sections(base: Base) -> None:
    base.write("articles/net/a.md", _article("A", "tags: [x]\n"))
    base.write("articles/auth/b.md", _article("B", "tags: [x]\n"))
    headings = [heading for heading, _ in _about(base, "tags/x.md")["groups"]]
    assert headings == ["Auth", "Net"]


TITLES = ("ゲートウェイの設定", "Zebra", "apple", *(f"item {number}" for number in range(12)))


@pytest.fixture(scope="module")
def tab(browser: Browser) -> Iterator[Page]:
    rows = [
        [title, f"{at}/", "", "", [f"2026-01-{at + 1:02}", ""], []]
        for at, title in enumerate(TITLES)
    ]
    environment = Environment(loader=FileSystemLoader(web.THEME), autoescape=True)
    environment.filters["url"] = str
    kb = {"kind": "section", "groups": [["One", rows[:2]], ["Two", rows[2:]]], "listed": len(rows)}
    known = {"kb": kb, "T": texts()["en"], "page": {"title": "List", "meta": {}, "content": ""}}
    with article_tab(browser, _rendered(environment, known)) as page:
        yield page


def _rendered(environment: Environment, known: dict[str, Any]) -> str:
    """The content of the list's template, without the document around it."""
    source = (web.THEME / "kb-list.html").read_text("utf-8")
    inside = source.replace('{% extends "main.html" %}', "").replace(
        '{% from "kb-parts.html" import cards with context %}', ""
    )
    return environment.from_string(inside).render(**known)


@pytest.fixture
def page(tab: Page) -> Page:
    tab.goto(ADDRESS)
    return tab


def test_a_list_is_filtered_in_any_width_and_kana_while_it_is_typed(page: Page) -> None:
    page.get_by_role("searchbox", name="Filter this list").fill("ｹﾞｰﾄうぇい")
    expect(page.get_by_role("link")).to_have_text(["ゲートウェイの設定"])
    expect(page.get_by_role("heading", name="Two")).to_be_hidden()
    expect(page.locator(".kb-listed__said")).to_have_text("1 / 15")
    page.get_by_role("searchbox").fill("nothing such")
    expect(page.locator(".kb-listed__said")).to_have_text("Nothing in this list matches.")
    page.get_by_role("searchbox").fill("")
    expect(page.get_by_role("link")).to_have_count(15)


def test_a_list_is_put_in_order_and_back(page: Page) -> None:
    order = page.get_by_label("Order")
    order.select_option("changed")
    expect(page.get_by_role("link").first).to_have_text("item 11")
    expect(page.get_by_role("heading", name="One")).to_be_hidden()
    order.select_option("title")
    assert page.get_by_role("link").all_text_contents()[:3] == ["apple", "item 0", "item 1"]
    order.select_option("order")
    assert page.get_by_role("link").all_text_contents() == [*TITLES]
    expect(page.get_by_role("heading", name="One")).to_be_visible()
