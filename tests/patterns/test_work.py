"""What strangers write costs as much as there is of it: each way in, on texts made to cost more."""

from __future__ import annotations

import ast
import contextlib
from collections.abc import Callable, Mapping
from itertools import pairwise

import pytest

from cannery.capture.personal import personal
from cannery.capture.secret import passwords
from cannery.check.page import page
from cannery.check.personal_data import numbers_in
from cannery.check.rules.secrets import secrets_in
from cannery.check.runner import examine
from cannery.content.comments import strip_comments
from cannery.content.markdown import parse, tree
from cannery.content.relative_links import link_tokens, relative_links
from cannery.model.hit import Query
from cannery.render.formats import Body, render_all
from cannery.reply.ticketpage import read_page
from cannery.richtext.markup import MAX_DEPTH
from cannery.richtext.to_markdown import as_markdown
from cannery.search import query
from cannery.search.query_terms import query_terms
from cannery.search.snippet import excerpt
from cannery.search.strip_markup import strip_markup
from cannery.search.tokens import counts_and_pairs
from cannery.site.links import rewrite_links
from cannery.util.plain import clean
from cannery.workspace import Settings
from tests.patterns.found import trees
from tests.patterns.work import SIZES, work

_MOST = 5  # for four times the text: a square would be sixteen
_HEAD = "---\ntitle: A\n---\n"


def _forms(text: str) -> None:
    nodes = tree(parse(text))
    render_all(Body(text, nodes))


def _checked(path: str) -> Callable[[str], object]:
    settings = Settings(avoid={"en": {"please": "do"}})
    return lambda text: examine(page(path, f"{_HEAD}{text}".encode(), settings))


def _captured(text: str) -> None:
    with contextlib.suppress(ValueError):  # nested too deeply, which is told
        as_markdown(text)


def _relinked(text: str) -> None:
    found = [*relative_links("kb/articles/a.md", link_tokens(text))]
    rewrite_links(text, found, lambda link: f"../{link.path}")


WAYS: Mapping[str, Callable[[str], object]] = {
    "ticket": read_page,
    "clipboard": _captured,
    "personal parts": personal,
    "passwords": lambda text: [*passwords(text)],
    "secrets": lambda text: [*secrets_in("", text), *numbers_in("", text)],
    "article": _checked("kb/articles/a.md"),
    "macro": _checked("kb/macros/a.md"),
    "forms of a reply": _forms,
    "query": lambda text: query.parse(Query(text)),
    "terms": lambda text: (query_terms(text), counts_and_pairs(text)),
    "plain text": strip_markup,
    "snippet": lambda text: excerpt(text, frozenset({"a", "please", "田中"})),
    "comments": lambda text: strip_comments(text, mdx=True),
    "links": _relinked,
    "terminal": clean,
}
PUMPS = (
    " ", "\n", "<!--", "<!-- a -->", "<div>", "<div>a</div>", "<b>a", "<li>a", "<a href=b>", "<![", "&amp;",
    "[", "[a](b.md) ", "[a](", "[a]: b.md\n[a]\n\n", "![", "`", "`a", "```\n", "*a", "**a** ", "_", "> ", "- a\n",
    "|a|b|\n|-|-|\n", "#", "{{ a }}", "{{", "{% if a %}", "http://a.test ", "http://", "a@b.test ", "please ",
    "Requester: Kim\n", "ticket ", "password: hunter2x! ", "glpat-abcdefghij0123456789 ", "田中様、", "あ",
    "090-1234-5678 ", "<!-- kb allow: vague because a -->\nsoon\n", "\x1b[31m", "\x1b]0;", "soon. ", "a b ",
    "you forgot to ", "“a ", "1,", "x\\\n", "\t", "\u3000", "![a](b.png)\n\n", "<a id=b></a>",
)  # fmt: skip
# What begins a part of its own, over and over.
MORE = {
    "personal parts": (
        "Hi A", "A ", "田", "様", "a@", "1-", "https://", "#1", "2026-", "Regards,\n", "A.", "株式会社",
    ),
}  # fmt: skip
# Where a bound shows late: Markdown's links are looked for 20 levels deep, HTML is refused below 200.
LATE = {"[a](": 8}
REFUSED = {("clipboard", "<div>"), ("clipboard", "<b>a")}


@pytest.mark.parametrize("way", WAYS)
def test_four_times_the_text_is_four_times_the_work(way: str) -> None:
    act = WAYS[way]
    act("a")  # what is made once is made now
    slow = {}
    for pump in (*PUMPS, *MORE.get(way, ())):
        sizes = [size * LATE.get(pump, 1) for size in SIZES]
        found = [_work(act, pump * size) for size in sizes]
        if (way, pump) not in REFUSED and not _is_even(found):
            slow[pump] = found
    assert slow == {}


@pytest.mark.parametrize(("way", "pump"), sorted(REFUSED))
def test_what_is_nested_too_deep_costs_no_more_than_what_is_not(way: str, pump: str) -> None:
    act = WAYS[way]
    assert _work(act, pump * 20_000) <= _work(act, pump * MAX_DEPTH)


# Where lines are counted from the beginning of a text: once in it, or in a template's 20,000 letters.
COUNTING = {
    "cannery.content.glossary", "cannery.content.library", "cannery.content.misplaced", "cannery.content.synonyms",
    "cannery.liquid.sandbox", "cannery.liquid.template", "cannery.util.toml",
}  # fmt: skip


def test_lines_are_not_counted_again_for_each_find() -> None:
    """Counting letters is one call, which the work above does not show."""
    found = {
        module
        for module, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "count"
        and [ast.unparse(one) for one in node.args[1:2]] == ["0"]
    }
    assert found == COUNTING


def test_work_is_counted_without_a_clock() -> None:
    def act(text: str) -> None:
        for letter in text:
            letter.upper()

    assert _work(act, "a" * 200) - _work(act, "a" * 100) == 300  # two lines, and a call


def test_work_that_grows_too_fast_is_seen() -> None:
    def act(text: str) -> None:
        for place in range(len(text)):
            for _ in text[place:]:
                pass

    assert not _is_even([_work(act, "a" * size) for size in SIZES])


def _work(act: Callable[[str], object], text: str) -> int:
    return work(lambda: act(text))


def _is_even(found: list[int]) -> bool:
    return all(more <= _MOST * less for less, more in pairwise(found))
