"""Near-duplicates: what a colleague wrote once more is found, what merely looks alike is not."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.conftest import Base

from cannery.check.minhash import minhash
from cannery.check.rules.duplicates import pairs
from cannery.content.markdown import parse
from cannery.operations.check import check

ROOT = Path(__file__).parents[3]
REWORDED = Path(__file__).parents[1] / "reworded"
ORIGINALS = {
    "handover.md": "craft/handover.md",
    "bad-gateway.md": "net/http-502.md",
    "webhook.ja.md": "net/webhooks.ja.md",
    "escalation.ja.md": "craft/escalation.ja.md",
}
TEXT = "The word {} stands in sentence {} of {} and nowhere else, for it is made of {}.\n\n"


def likest(base: Base) -> dict[str, str]:
    return {one.at.path: two.at.path for one, two, _ in pairs(check(base.workspace).whole)}


@pytest.mark.parametrize("name", ORIGINALS)
def test_an_article_that_was_written_once_more_is_found(base: Base, name: str) -> None:
    for path in (ROOT / "kb" / "articles").rglob("*.md"):
        base.write(f"articles/{path.relative_to(ROOT / 'kb' / 'articles')}", path.read_bytes())
    own = {frozenset(item) for item in likest(base).items()}
    base.write(f"articles/again/{name}", (REWORDED / name).read_bytes())
    found = {frozenset(item) for item in likest(base).items()} - own
    assert found == {frozenset((f"kb/articles/again/{name}", f"kb/articles/{ORIGINALS[name]}"))}


def article(words: str) -> str:
    return "".join(TEXT.format(f"{words}{n}", n, words, n * 7) for n in range(30))


def test_a_retired_entry_and_a_translation_are_no_duplicates(base: Base) -> None:
    base.write("articles/a.md", "---\ntitle: A\n---\n" + article("x"))
    base.write("articles/a.ja.md", "---\ntitle: A\n---\n" + article("x"))
    base.write("articles/b.md", "---\ntitle: B\nstatus: retired\n---\n" + article("x"))
    assert likest(base) == {}


def test_a_form_that_many_share_is_no_duplicate(base: Base) -> None:
    form = article("form")
    for number in range(25):
        base.write(
            f"articles/{number}.md",
            f"---\ntitle: N{number}\n---\n{form}\n" + article(f"own{number}x"),
        )
    assert likest(base) == {}
    base.write("articles/again.md", f"---\ntitle: Again\n---\n{form}\n" + article("own7x"))
    assert {*likest(base).items()} == {("kb/articles/7.md", "kb/articles/again.md")}


def test_of_a_short_text_more_must_be_the_same(base: Base) -> None:
    same = (
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    )
    base.write("macros/a.md", f"---\ntitle: A\n---\n{same} alpha beta gamma delta {same[::-1]}\n")
    base.write(
        "macros/b.md",
        f"---\ntitle: B\n---\n{same} other words stand here and there, more than before, and they go on and on\n",
    )
    assert likest(base) == {}
    base.write("macros/b.md", f"---\ntitle: B\n---\n{same} alpha beta gamma epsilon {same[::-1]}\n")
    assert likest(base) == {"kb/macros/a.md": "kb/macros/b.md"}


def test_the_order_of_paragraphs_and_the_code_make_no_difference() -> None:
    paragraphs = article("x").split("\n\n")
    other = "\n\n".join(["```\nsome code\n```", *reversed(paragraphs)])
    one, two = minhash(parse("\n\n".join(paragraphs))), minhash(parse(other))
    assert len(one) == len(two)
    assert minhash(parse("Too short.")) == ""


_SHARED = "\n\n".join(
    f"Option {n} of all commands takes the value {n * 7} or none, as you like it."
    for n in range(12)
)


def _command(name: str, more: str) -> str:
    return f"---\ntitle: The {name} command\n---\n{more}\n\n{_SHARED}\n"


def test_two_things_described_in_one_form_are_no_duplicates(base: Base) -> None:
    base.write("articles/start.md", _command("start", "Use start first. To start is to begin."))
    base.write("articles/stop.md", _command("stop", "Use stop last. To stop is to end it."))
    assert likest(base) == {}


def test_a_form_with_texts_of_their_own_is_none_either(base: Base) -> None:
    one = (
        "A package that you like is marked, and the mark is shown on its page for everyone to see."
    )
    two = (
        "Old versions go away at midnight; nobody can fetch them afterwards, not even their author."
    )
    base.write("articles/a.md", _command("first", f"{one} {one[:60]}"))
    base.write("articles/b.md", _command("second", f"{two} {two[:60]}"))
    assert likest(base) == {}


def test_what_was_copied_and_edited_is_found_whatever_it_is_called(base: Base) -> None:
    base.write("articles/a.md", _command("first", "Write down what you need from it."))
    base.write("articles/b.md", _command("second", "Write down what they need from it, too."))
    assert likest(base) == {"kb/articles/a.md": "kb/articles/b.md"}


def test_pages_in_folders_of_languages_and_versions_are_one(base: Base) -> None:
    for folder in ("en", "de", "old/v2"):
        for name in ("a", "b", "c"):
            text = " ".join(f"{name}{number}" for number in range(90))
            base.write(f"articles/{folder}/{name}.md", f"---\ntitle: {name}\n---\n{text}\n")
    assert likest(base) == {}


def test_one_decision_is_told_once(base: Base) -> None:
    for name in ("a", "b", "c"):
        base.write(f"articles/{name}.md", f"---\ntitle: {name}\n---\n{article('x')}")
    found = [item for item in check(base.workspace).problems if item.code == "duplicate"]
    assert [item.message for item in found] == ["100% similar to articles/b.md and 1 more"]
