from __future__ import annotations

import posixpath
from urllib.parse import quote

import pytest

from cannery.content.relative_links import RelativeLink, link_tokens, relative_links
from cannery.site.links import rewrite_links


def _found(path: str, body: str) -> list[RelativeLink]:
    return [*relative_links(path, link_tokens(body))]


def _on_site(body: str) -> str:
    text, left = rewrite_links(body, _found("kb/articles/net/har.md", body), _below)
    assert not left
    return text


def _below(link: RelativeLink) -> str:
    return quote(posixpath.relpath(link.path, "kb/articles/net/har"))


def test_links_lead_where_their_pages_are() -> None:
    assert _on_site('[a](b.md) ![c](d.png "e") [f](b.md#g)') == (
        '[a](../b.md) ![c](../d.png "e") [f](../b.md#g)'
    )


@pytest.mark.parametrize(
    "text",
    [
        "!!! note\n    [a]({})\n",
        '=== "One"\n\n    ![a]({})\n',
        "- a\n\n    ??? tip\n        [a]({})\n",
        "x[^1]\n\n[^1]: [a]({})\n\n    [b]({})\n",
        "<details>\n<summary>[a]({})</summary>\n\n- [b]({})\n</details>\n",
        "<kbd>[a]({})</kbd>\n",
    ],
)  # fmt: skip
def test_links_inside_of_what_pages_may_hold_lead_there_too(text: str) -> None:
    assert _on_site(text.replace("{}", "b.md")) == text.replace("{}", "../b.md").rstrip("\n") + (
        "\n" if text.endswith("\n") else ""
    )


def test_an_address_between_marks_keeps_both_of_them() -> None:
    assert _on_site("[a](<b.md>)\n[c]\n\n[c]: <d.md>") == "[a](<../b.md>)\n[c]\n\n[c]: <../d.md>"


def test_one_page_linked_in_place_and_by_reference_is_found_twice() -> None:
    assert _on_site("[a](b.md) [c][d]\n\n[d]: b.md") == "[a](../b.md) [c][d]\n\n[d]: ../b.md"


def test_an_address_with_brackets_in_it_is_one() -> None:
    assert _on_site("[a](b(1).md)") == "[a](../b%281%29.md)"


def test_definitions_that_nothing_uses_are_no_links() -> None:
    assert _found("kb/articles/a.md", "[b]: c.md\n") == []
    used = _found("kb/articles/a.md", "[B]: c.md\n\n[b] and [b]")
    assert [(item.line, item.path) for item in used] == [(3, "kb/articles/c.md")] * 2


@pytest.mark.parametrize(
    ("body", "places"),
    [
        ("> [a]\n>\n> [a]: b.md", ["b.md"]),
        ("- [a]\n\n  [a]: b.md", ["b.md"]),
        ("[a\\]b]\n\n[a\\]b]: c.md", ["c.md"]),
        ("[two\nlines](b.md)", ["b.md"]),
        ("[![a](b.png)](c.md)", ["c.md", "b.png"]),
        ("[a]( b.md\n'title' )", ["b.md"]),
        ("- text\n\n  ```\n  [a](b.md)\n  ```\n", []),
        ("`[a](b.md)` and `` ` [c](d.md) ``", []),
        ("\\[a](b.md)", []),
        ("[a](b.md 'not closed)", []),
        ("[日本](b.md)。[語](https://e.test)[c](#here)", ["b.md", "a.md"]),
    ],
)
def test_a_link_is_what_the_parser_says(body: str, places: list[str]) -> None:
    found = _found("kb/articles/a.md", body)
    assert [item.path.removeprefix("kb/articles/") for item in found] == places


@pytest.mark.parametrize(
    ("written", "moved"),
    [
        ("![p](<a b.png>)", "![p](<../a%20b.png>)"),
        ('![p](<aü b.png> "t")', '![p](<../a%C3%BC%20b.png> "t")'),
        ("[p](<d d/a.txt>) [q](d%20d/a.txt)", "[p](<../d%20d/a.txt>) [q](../d%20d/a.txt)"),
    ],
)
def test_an_address_in_angle_brackets_is_moved_as_any_other(written: str, moved: str) -> None:
    assert _on_site(written) == moved


@pytest.mark.parametrize(
    "odd",
    [
        "[a](b\\_c.md)",
        "[a](b&#46;md)",
        "[a](\nb.md)",
        "![a](b\\_c.png)",
        "1. [a]\n\n   [a]: b&period;md",
    ],
)
def test_an_address_that_is_written_in_an_odd_way_is_left_for_later(odd: str) -> None:
    (link,) = _found("kb/articles/net/har.md", odd)
    text, left = rewrite_links(odd, [link], _below)
    assert left == {link.written: _below(link)}
    assert text == odd


def test_an_address_in_a_quoted_definition_is_moved_where_it_stands() -> None:
    assert _on_site("> [a]\n>\n> [a]: b.md") == "> [a]\n>\n> [a]: ../b.md"
    assert _on_site("[a]( b.md )") == "[a]( ../b.md )"
