"""A value of the wrong kind costs its key alone, and is told at the line where it stands."""

from __future__ import annotations

import pytest
from tests.conftest import Base

from cannery.operations.check import check

_MAP, _LIST = "{a: b}", "[[a]]"
# A bad value of every key: its lines in the front matter, the first of which is line 2.
_ARTICLE = [
    ("title", _MAP), ("title", _LIST), ("summary", _MAP), ("tags", _MAP), ("tags", _LIST),
    ("keywords", _MAP), ("keywords", _LIST), ("audience", "everybody"), ("audience", "[public]"),
    ("status", "maybe"), ("status", _MAP), ("owner", _MAP), ("reviewed", "2026-02-30"),
    ("reviewed", "soon"), ("reviewed", "[2026-01-01]"), ("reviewed", "0001-01-01"),
    ("review_every", "often"), ("review_every", "30"), ("review_every", _MAP), ("related", _MAP),
    ("related", _LIST), ("redirect_from", _MAP), ("redirect_from", _LIST),
]  # fmt: skip
_MACRO = [
    ("shortcut", _MAP), ("subject", _MAP), ("fields", "order"), ("fields", "[[a]]"),
    ("fields", "['a b']"), ("actions", "close"),
]  # fmt: skip
_FIELD = [
    ("label", _MAP), ("help", _MAP), ("type", "word"), ("type", _MAP), ("choices", "a"),
    ("choices", "[[a], b]"), ("default", _MAP), ("required", "maybe"), ("required", _MAP),
    ("pattern", _MAP), ("from", _MAP), ("remember", "often"), ("laybel", "x"),
]  # fmt: skip
_REST = "tags: [one]\nowner: team\nsummary: words\nkeywords: [two]"


def _lines(base: Base, code: str = "header") -> list[int]:
    return [item.line for item in check(base.workspace).problems if item.code == code]


@pytest.mark.parametrize(("key", "value"), [*_ARTICLE, *_MACRO])
def test_a_bad_value_is_told_at_its_line_and_costs_its_key(
    base: Base, key: str, value: str
) -> None:
    rest = "\n".join(line for line in _REST.split("\n") if not line.startswith(f"{key}:"))
    base.write("macros/a.md", f"---\n{rest}\n{key}: {value}\n---\nx")
    assert _lines(base) == [rest.count("\n") + 3]
    header = base.macro("a.md").header
    assert key == "tags" or header.tags == ("one",)
    assert key == "owner" or header.owner == "team"
    assert key == "summary" or header.summary == "words"
    assert key == "keywords" or header.keywords == ("two",)


@pytest.mark.parametrize(("key", "value"), _FIELD)
@pytest.mark.parametrize(
    ("front", "line"),
    [
        ("fields:\n- name: a\n- name: b\n  # note\n  {}: {}\n  remember: true", 6),
        ("fields:\n  a:\n    label: x\n  b:\n    {}: {}\n", 6),
        ("fields:\n- a\n- {{name: b,\n   {}: {}}}", 5),
    ],
)
def test_a_bad_option_of_a_field_is_told_at_its_line(
    base: Base, key: str, value: str, front: str, line: int
) -> None:
    text = front.format(key, value)
    if key == "remember":
        text = text.replace("\n  remember: true", "")
    base.write("macros/a.md", f"---\n{text}\n---\n{{{{ a }}}} {{{{ b }}}}")
    assert _lines(base) == [line]
    assert [field.name for field in base.macro("a.md").fields] == ["a", "b"]


@pytest.mark.parametrize(
    ("front", "lines"),
    [
        ("tags:\n- a\n- [b]\n- {c: d}", [4, 5]),
        ("actions:\n  status: open\n  add_tags:\n  - [[a]]\n  - b", []),
        ("fields:\n- name: a\n  type: choice\n  choices:\n  - b\n  - [c]", [7]),
        ("fields:\n- name: a\n  type: choice\n  choices:\n    b: c\n    d: [e]", [7]),
        ("fields:\n- a\n- label: x", [4]),
        ("fields:\n- a\n- a", [4]),
        ("fields:\n- name: a\n  default: x\n  default: y", [5]),
        ("fields: [{name: a, default: x,\n  default: y}]", [3]),
        ("actions:\n  status: open\n  status: solved", [4]),
        ("title: A\ntags: [x]\ntitle: B", [4]),
        ("\"title\": A\n'title': B", [3]),
    ],
)
def test_what_is_wrong_within_a_value_is_told_at_its_line(
    base: Base, front: str, lines: list[int]
) -> None:
    base.write("macros/a.md", f"---\n{front}\n---\n{{{{ a }}}}")
    assert _lines(base) == lines


@pytest.mark.parametrize(
    ("option", "code"),
    [
        ("default: '{{ today'", "template"),
        ("pattern: '('", "default"),
        ("label: unused", "unused-field"),
    ],
)
def test_other_rules_tell_a_field_s_own_line(base: Base, option: str, code: str) -> None:
    body = "x" if code == "unused-field" else "{{ b }}"
    base.write(
        "macros/a.md", f"---\nfields:\n- name: a\n- name: b\n  {option}\n---\n{{{{ a }}}}{body}"
    )
    assert _lines(base, code) == [4 if code == "unused-field" else 5]


@pytest.mark.parametrize(
    ("front", "lines"),
    [
        ("title: Order #12", [2]),
        ("tags:\n- a\n- b #c", [4]),
        ("fields:\n- name: a\n  default: Ticket #5 is open", [4]),
        ("fields:\n- {name: a,\n  default: Ticket #5\n  }", [4]),
        ("title: 'Order #12'", []),
        ("title: Order#12", []),
        ("title: C#", []),
        ("title: A # a note", []),
        ("title: A\n#owner: me", []),
        ("title: A\n # note\nsummary: |\n  Order #12", []),
        ("title: A ##", []),
    ],
)
def test_a_text_that_a_comment_cuts_off_is_told(base: Base, front: str, lines: list[int]) -> None:
    base.write("macros/a.md", f"---\n{front}\n---\n{{{{ a }}}}")
    assert _lines(base) == lines


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("articles/a.md", "# A page\n\nText."),
        ("articles/a.md", "A page\n======\n\nText."),
        ("articles/a.md", "Text first.\n\n## A part"),
        ("articles/a.md", "---\n title: A page\n owner: me\n---\nText."),
        ("articles/_note.md", "> Mind the gap."),
        ("articles/_includes/note.md", "> Mind the gap."),
    ],
)
def test_an_article_with_a_heading_and_a_piece_of_others_need_no_title(
    base: Base, path: str, text: str
) -> None:
    base.write(path, text)
    assert _lines(base, "title") == []


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("articles/a.md", "Text."),
        ("articles/a.md", "---\ntags: [x]\n---\nText.\n\n    # code"),
        ("articles/_index.md", "Text."),
        ("macros/a.md", "# A heading of the reply\n\nText."),
    ],
)
def test_what_has_no_title_is_told(base: Base, path: str, text: str) -> None:
    base.write(path, text)
    assert _lines(base, "title") == [1]
