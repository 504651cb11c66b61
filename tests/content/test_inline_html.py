"""The few elements that pages may have."""

from __future__ import annotations

import pytest

from cannery.content.markdown import parse, tree


def _types(text: str) -> list[str]:
    return [node.type for node in tree(parse(text))[0].children]


@pytest.mark.parametrize(
    ("text", "types"),
    [
        ("<kbd>C</kbd>", ["kbd"]),
        ("a<br>b<br/>c<br />d", ["text", "hardbreak", "text", "hardbreak", "text", "hardbreak", "text"]),
        ("H<sub>2</sub>O<sup>*x*</sup>", ["text", "sub", "text", "sup"]),
        ("<kbd>C", ["text"]),
        ("<kbd class=x>C</kbd>", ["text"]),
        ("<b>C</b>", ["text"]),
        ("`<kbd>C</kbd>`", ["code_inline"]),
        ("*a <kbd>b* c</kbd>", ["text", "kbd"]),
    ],
)  # fmt: skip
def test_words_between_tags(text: str, types: list[str]) -> None:
    assert _types(text) == types


DETAILS = "<details>\n<summary>A *b*</summary>\n\n- c\n\n</details>\n\nd\n"


@pytest.mark.parametrize(
    "text", [DETAILS, DETAILS.replace(">\n<sum", "><sum"), DETAILS.replace("<details", "<details open")]
)  # fmt: skip
def test_details_open_with_a_click(text: str) -> None:
    box, after = tree(parse(text))
    assert (box.tag, [node.type for node in box.children]) == (
        "details",
        ["box_title", "bullet_list"],
    )
    assert bool(box.attrs) is ("open" in text)
    assert [node.type for node in box.children[0].children] == ["text", "em"]
    assert after.type == "paragraph"


def test_details_stand_in_details_and_hold_code_that_shows_their_tags() -> None:
    text = f"<details>\n<summary>x</summary>\n\n```\n</details>\n```\n\n{DETAILS}</details>\n"
    (outer,) = tree(parse(text))
    assert [node.type for node in outer.children] == ["box_title", "fence", "box", "paragraph"]


@pytest.mark.parametrize(
    "text", ["<details>\nx\n</details>", "<details>\n<summary>a</summary>\nb", "<details"]
)
def test_what_is_not_whole_is_text(text: str) -> None:
    assert {node.type for node in tree(parse(text))} == {"paragraph"}


@pytest.mark.parametrize(
    "text",
    ["<kbd>" * 20_000, "<kbd><sub>" * 9000, "<details>\n" * 20_000, "<details><summary>a</summary>\n" * 9000 + "</details>\n" * 9000],
)  # fmt: skip
def test_tags_made_to_be_slow_are_read_soon(text: str) -> None:
    assert parse(text)
