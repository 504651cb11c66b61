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
