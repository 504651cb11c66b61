from __future__ import annotations

from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cannery.content import frontmatter
from cannery.content.key_lines import key_lines
from cannery.content.split import split
from cannery.errors import ContentError

WRITTEN = """\ufeff---\r
# a comment at the top\r
title:   "Refund"   # why quoted\r
'tags': [a,  b]  # flow\r
keywords:\r
- one\r
- two  # last\r
\r
# before summary\r
summary: |\r
  long\r
  text\r
\r
owner:\r
status: draft\r
---\r
Body\r
"""


def test_a_file_is_its_pieces_put_together_again() -> None:
    parts = split(WRITTEN)
    assert parts.prefix + parts.header + parts.suffix + parts.body == WRITTEN
    assert parts.body == "Body\r\n"
    assert parts.body_line == 17


def test_a_file_without_front_matter_is_all_body() -> None:
    parts = split("\ufeff# Title\n---\nx")
    assert (parts.prefix, parts.header, parts.body) == ("\ufeff", "", "# Title\n---\nx")


@pytest.mark.parametrize(
    ("values", "before", "after"),
    [
        ({"title": "Refunds"}, '   "Refund"   #', '   "Refunds"   #'),
        ({"tags": ["a", "c"]}, "[a,  b]  #", "[a, c]  #"),
        ({"keywords": ["one"]}, "keywords:\r\n- one\r\n- two  #", "keywords:\r\n- one  #"),
        ({"summary": "short"}, " |\r\n  long\r\n  text\r\n", " short\r\n"),
        ({"owner": "ana"}, "owner:\r\n", "owner: ana\r\n"),
        ({"status": None}, "status: draft\r\n", ""),
        ({"reviewed": date(2026, 1, 2)}, "draft\r\n---", "draft\r\nreviewed: 2026-01-02\r\n---"),
    ],
)
def test_a_changed_key_leaves_every_other_byte_alone(
    values: dict[str, object], before: str, after: str
) -> None:
    assert WRITTEN.count(before) == 1
    assert frontmatter.rewrite(WRITTEN, values) == WRITTEN.replace(before, after)


def test_a_value_that_is_there_already_changes_nothing() -> None:
    same = {"title": "Refund", "tags": ["a", "b"], "summary": "long\ntext\n"}
    assert frontmatter.rewrite(WRITTEN, same) == WRITTEN


def test_a_bare_value_is_rewritten_bare() -> None:
    text = "---\nreviewed: 2026-01-01\ntags: [1.10, '2']\n---\n"
    tags = frontmatter.parse(split(text).header)["tags"]
    changed = frontmatter.rewrite(text, {"tags": [*tags, "3"]})
    assert changed == text.replace("'2']", "'2', '3']")


@pytest.mark.parametrize("text", ["---\ntitle: A\n\nText\n", "\n---\ntitle: A\n---\nText\n"])
def test_what_only_looks_like_front_matter_is_left_alone(text: str) -> None:
    with pytest.raises(ContentError):
        frontmatter.rewrite(text, {"title": "B"})


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("---\ntitle: A\naudience: public\n\nText\n", 1),
        ("\ufeff---\n# note\ntitle: A\n", 1),
        ("\n---\ntitle: A\n---\nText\n", 2),
        ("\ufeff\ufeff---\ntitle: A\n---\n", 1),
        ("<!-- c -->\n\n---\naudience: public\n---\n", 3),
        (" ---\ntitle: A\n---\n", 1),
    ],
)
def test_front_matter_in_the_wrong_place_is_told(text: str, line: int) -> None:
    assert (split(text).fault or (0, ""))[0] == line


@pytest.mark.parametrize(
    "text",
    [
        "", "---\n", "---\n\nA rule on top.\n", "# T\n---\nx: y\n", "---\ntitle: A\n---\nx\n---\ntitle: B\n---\n",
        "```\n---\ntitle: A\n---\n```\n", "Heading\n---\nSome words.\n", "---\nWords: `a`\n---\n",
    ],
)  # fmt: skip
def test_rules_headings_and_examples_are_no_front_matter(text: str) -> None:
    assert split(text).fault is None


def test_a_file_without_front_matter_gets_some() -> None:
    assert frontmatter.rewrite("# T\n", {"title": "T"}) == "---\ntitle: T\n---\n\n# T\n"


@pytest.mark.parametrize("text", ["---\na: [1\n---\n", "---\n{a: 1}\n---\n"])
def test_what_cannot_be_rewritten_is_refused(text: str) -> None:
    with pytest.raises(ContentError):
        frontmatter.rewrite(text, {"title": "x"})


def test_an_error_names_its_line() -> None:
    with pytest.raises(ValueError, match=r"^line 3: "):
        frontmatter.parse("a: 1\nb: c: d\n")


@pytest.mark.parametrize(
    "header", ["[" * 60_000, "{a: " * 15_000, "a: " + "x" * 70_000, "- a\n- b"]
)
def test_a_hostile_header_is_an_error(header: str) -> None:
    with pytest.raises(ValueError, match=r"^line \d+: "):
        frontmatter.parse(header)


def test_key_lines_are_those_of_the_file() -> None:
    lines = key_lines(WRITTEN)
    assert (lines["title"], lines["tags"], lines["status"]) == (3, 4, 15)


@given(st.text())
@example("---\n\x00: 1\n---\n")
@example("---\n&a [*a]: 1\n---\n")
def test_any_header_parses_or_is_a_value_error(header: str) -> None:
    try:
        assert isinstance(frontmatter.parse(header), dict)
    except ValueError as error:
        assert str(error).startswith("line ")


_VALUES = st.one_of(
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20),
    st.lists(st.text("ab: #'\"é日-", max_size=5), max_size=3),
    st.none(),
    st.booleans(),
)


@given(st.dictionaries(st.sampled_from(["title", "tags", "summary", "owner", "new"]), _VALUES))
def test_what_was_written_reads_back(values: dict[str, object]) -> None:
    before = frontmatter.parse(split(WRITTEN).header)
    after = frontmatter.parse(split(frontmatter.rewrite(WRITTEN, values)).header)
    expected = {**before, **values}
    expected |= {k: str(v).lower() for k, v in values.items() if isinstance(v, bool)}
    assert {k: v for k, v in after.items() if v is not None} == {
        k: v for k, v in expected.items() if v is not None
    }
