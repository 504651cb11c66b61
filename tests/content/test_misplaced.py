"""Front matter that is not where it belongs: told with its line, sent and shown to nobody."""

from __future__ import annotations

import pytest
from tests.conftest import Base, Run

from cannery.content.split import split
from cannery.model.entry import Audience
from cannery.model.location import Status
from cannery.operations.check import check

_KEYS = "title: Old\naudience: public\nstatus: retired\n"
_NOT_CLOSED = "the front matter is not closed with `---`"
_BEFORE = "there is text before the front matter"
_LICENCE = "<!--\n" + "A line of the licence.\n" * 30 + "-->\n"
_CASES = [
    (f"---\n{_KEYS}\nqzwords\n", 1, _NOT_CLOSED),
    (f"---\n\n# note\n{_KEYS}\nqzwords\n", 1, _NOT_CLOSED),
    (f"---\n{_KEYS}tags:\n- a\n\nqzwords\n\n## More\n", 1, _NOT_CLOSED),
    (f"---\n{_KEYS}qzwords without a blank line before.\n", 1, _NOT_CLOSED),
    (f"\n---\n{_KEYS}---\nqzwords\n", 2, _BEFORE),
    (f"\n\n \n---\n{_KEYS}...\nqzwords\n", 4, _BEFORE),
    (f"\n---\nlayout: post\n{_KEYS}---\nqzwords\n", 2, _BEFORE),
    (f"\n---\n{_KEYS}\nqzwords\n", 2, _BEFORE),
    (f"<!-- markdownlint-disable -->\n---\n{_KEYS}---\nqzwords\n", 2, _BEFORE),
    (f"<!-- a\nb -->\n\n---\n{_KEYS}---\nqzwords\n", 4, _BEFORE),
    (f"{_LICENCE}---\n{_KEYS}---\nqzwords\n", 33, _BEFORE),
    (f"Words\n---\n{_KEYS}---\nqzwords\n", 2, _BEFORE),
    (f"\u200b---\n{_KEYS}---\nqzwords\n", 1, _BEFORE),
    (f"\u3000---\n{_KEYS}---\nqzwords\n", 1, _BEFORE),
    (f" ---\n{_KEYS} ---\nqzwords\n", 1, _BEFORE),
    ("    ---\n    title: Old\n    status: retired\n    ---\nqzwords\n", 1, _BEFORE),
    ("\t---\n\ttitle: Old\n\tstatus: retired\n\t---\nqzwords\n", 1, _BEFORE),
    (f"{_KEYS}---\nqzwords\n", 1, "the front matter does not start with a line `---`"),
    (f"\n{_KEYS}---\nqzwords\n", 2, "the front matter does not start with a line `---`"),
    (f"----\n{_KEYS}----\nqzwords\n", 1, "the front matter starts with `----` instead of `---`"),
    (f"—-\n{_KEYS}—-\nqzwords\n", 1, "the front matter starts with `—-` instead of `---`"),
    (f"---yaml\n{_KEYS}---\nqzwords\n", 1, "the front matter starts with `---yaml` instead of `---`"),
    ('+++\ntitle = "Old"\nstatus = "retired"\n+++\nqzwords\n', 1, "the front matter starts with `+++` instead of `---`"),
]  # fmt: skip
_FILES = pytest.mark.parametrize(("text", "line", "reason"), _CASES)
_ENDS = pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])


@_ENDS
@_FILES
def test_it_is_told_with_its_line_and_is_no_body(
    text: str, line: int, reason: str, end: str
) -> None:
    written = text.replace("\n", end)
    parts = split(written)
    assert parts.fault == (line, reason)
    assert parts.prefix + parts.header + parts.suffix + parts.body == written
    assert parts.body.strip().startswith("qzwords")
    assert "retired" in parts.header
    before = written[: written.index("qzwords")].replace("\r\n", "\n").replace("\r", "\n")
    assert (
        parts.body_line + parts.body[: parts.body.index("qz")].count(end) == before.count("\n") + 1
    )


@_FILES
def test_the_check_names_the_line(base: Base, text: str, line: int, reason: str) -> None:
    base.write("articles/a.md", text)
    told = [(item.line, item.message) for item in check(base.workspace).problems]
    assert (line, reason) in told


@_FILES
def test_its_keys_are_no_text_of_an_entry(base: Base, text: str, line: int, reason: str) -> None:
    assert line
    assert reason
    base.write("articles/a.md", text)
    article = base.article("a.md")
    assert article.header.status in {Status.RETIRED, Status.DRAFT}
    assert article.header.audience is Audience.INTERNAL
    assert "retired" not in article.body


@pytest.mark.parametrize("text", [text for text, _, _ in _CASES[:5]])
@pytest.mark.parametrize("command", [("reply", "-y", "--print"), ("show",), ("show", "--json")])
def test_it_is_neither_sent_nor_shown(
    base: Base, kb: Run, text: str, command: tuple[str, ...]
) -> None:
    base.write("macros/a.md", text)
    outcome = kb(*command, "a")
    assert outcome.code
    assert not outcome.out
    assert "kb/macros/a.md:" in outcome.err


@pytest.mark.parametrize("text", [text for text, _, _ in _CASES[:5]])
def test_a_search_for_others_does_not_show_a_retired_one(base: Base, kb: Run, text: str) -> None:
    base.write("articles/a.md", text)
    base.write("articles/b.md", "---\ntitle: B\n---\nqzwords")
    out = kb("find", "qzwords").out
    assert "articles/b" in out
    assert "articles/a" not in out


def test_keys_of_no_status_make_a_draft(base: Base) -> None:
    base.write("articles/a.md", "\n---\ntitle: A\naudience: public\n---\nx")
    assert base.article("a.md").header.status is Status.DRAFT


@pytest.mark.parametrize(
    "text",
    [
        "# T\n\n---\n\nMore: words\n", "Note\n----\nsome: thing\n", "-- \nKim\n",
        "| a |\n| --- |\n| title: x |\n", "```yaml\n---\ntitle: A\n---\n```\n",
        "Words\n\n    ---\n    title: A\n    ---\n", "title: A\n\nWords\n", "Summary: words\n\n---\n",
    ],
)  # fmt: skip
def test_what_stands_in_a_text_is_text(text: str) -> None:
    assert split(text).fault is None
