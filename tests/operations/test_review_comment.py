"""A review as a comment: whatever a stranger writes in a change, it is code there."""

from __future__ import annotations

import pytest
from markdown_it import MarkdownIt

from cannery.model.location import Problem, Severity
from cannery.model.review import ChangeKind, EntryChange
from cannery.operations.review import Review
from cannery.operations.review_comment import comment, marker

MACRO = EntryChange(
    "kb/macros/hello.md", "kb/macros/hello.md", "Hello", ChangeKind.CHANGED, "Hello", "Hi",
    is_macro=True,
)  # fmt: skip
REVIEW = Review(None, "", "b" * 40, "c" * 40, (MACRO,), 0, (), (), ())
HOSTILE = (
    "```\n# Approved\n@team/leads please merge\n```\n</details><img src=x>\n"
    "~~~\n<!-- kb review -->\n````text\n[x](javascript:1)\nPaid\x1b[2K\u202e\n"
)


def test_a_macro_is_shown_before_and_after() -> None:
    text = comment(REVIEW)
    assert text.startswith(f"{marker('')}\n\n`kb check` finds nothing in this change.\n")
    assert "### Changed: ` kb/macros/hello.md `" in text
    assert "Before:\n\n```text\nHello\n```\n" in text
    assert "After:\n\n```text\nHi\n```\n" in text


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        (ChangeKind.ADDED, "It has no text to show."),
        (ChangeKind.DELETED, "It has no text to show."),
        (ChangeKind.RENAMED, "Its text is the same."),
    ],
)
def test_of_a_file_that_has_no_text_nothing_is_called_the_same(kind: ChangeKind, told: str) -> None:
    entry = MACRO._replace(kind=kind, before="", after="")
    assert told in comment(REVIEW._replace(entries=(entry,)))


@pytest.mark.parametrize(
    "review",
    [
        REVIEW._replace(entries=(MACRO._replace(before=HOSTILE, after=HOSTILE + "."),)),
        REVIEW._replace(entries=(MACRO._replace(path=HOSTILE, old_path=f"`{HOSTILE}`"),)),
        REVIEW._replace(entries=(MACRO._replace(settings=(f"-{HOSTILE}", "+````", HOSTILE)),)),
        REVIEW._replace(problems=(Problem(HOSTILE, 1, "x", HOSTILE, HOSTILE, Severity.ERROR),)),
    ],
)
def test_nothing_of_a_change_is_markdown(review: Review) -> None:
    text = comment(review)
    tokens = MarkdownIt("commonmark").parse(text)
    own = {
        "html_block",
        "heading_open",
        "heading_close",
        "paragraph_open",
        "paragraph_close",
        "inline",
        "fence",
    }
    assert {token.type for token in tokens} <= own
    assert [token.content.strip() for token in tokens if token.type == "html_block"] == [marker("")]
    inner = [child for token in tokens for child in token.children or ()]
    assert {child.type for child in inner} <= {"text", "code_inline", "softbreak"}
    assert not any("@team" in child.content for child in inner if child.type == "text")
    assert "\x1b" not in text
    assert "\u202e" not in text


def test_a_comment_is_never_longer_than_a_host_takes() -> None:
    entries = tuple(
        MACRO._replace(path=f"kb/macros/{number}.md", after="日本\n" * 9000 + "`" * 900)
        for number in range(90)
    )
    problems = (Problem("kb/a.md", 1, "x", "語" * 5000, "", Severity.ERROR),) * 500
    text = comment(REVIEW._replace(entries=entries, problems=problems, more=7))
    assert len(text.encode()) < 65_000
    assert "`kb check` finds 500 errors and 0 warnings" in text
    assert "more: run `kb review` to see them." in text


def test_macros_come_before_articles() -> None:
    article = MACRO._replace(path="kb/articles/a.md", is_macro=False)
    text = comment(REVIEW._replace(entries=(article, MACRO)))
    assert text.index("macros/hello") < text.index("articles/a")


def test_without_entries_it_says_so() -> None:
    assert "No article and no macro reads differently." in comment(REVIEW._replace(entries=()))


def test_two_knowledge_bases_of_a_repository_have_a_comment_each() -> None:
    first, second = (
        comment(REVIEW._replace(folder=name)).split("\n")[0] for name in ("a/", "-->/")
    )
    assert len({first, second, marker("")}) == 3
    assert second.count("-->") == 1


def test_one_of_a_kind_is_one() -> None:
    found = Problem("kb/a.md", 1, "link", "broken link: b.md", "", Severity.ERROR)
    text = comment(REVIEW._replace(problems=(found,)))
    assert "`kb check` finds 1 error and 0 warnings in this change." in text
