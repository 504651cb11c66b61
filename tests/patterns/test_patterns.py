"""Every pattern of ours, on texts made to keep it busy: twice the text is twice the work.

Whoever writes a pattern need not write a test: it is found here. Where this fails, have repeats
give nothing back (`*+`, `++`, a group's `(?>(?:...)*)`), keep two of them that take the same letters apart, and let no
pattern look through all that is left of a text from each of its places.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]

import pytest

from cannery.capture.names import _BEGINS, _STOPS
from cannery.content.misplaced import _own_key
from cannery.model.hit import Query
from cannery.search.body import _phrase
from cannery.search.query import _PASTED, parse
from tests.patterns.found import Use, calls, held, literal, told
from tests.patterns.growth import MOST, Subject, growing, too_heavy
from tests.patterns.scripts import Script, scripts

# Patterns that functions put together: for each an example of what they make, or none where a
# module holds what they make.
MADE: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("cannery.richtext.markup", "_behind"): (r"</script(?![A-Za-z0-9])",),
    ("cannery.capture.kind", "pattern"): (),
    ("cannery.capture.names", "_again"): (f"{_BEGINS}Kim{_STOPS}", "田中"),
    ("cannery.capture.places", "_wide"): (),
    ("cannery.capture.writers", "writers"): (r"(?<!\w)Kim\ Lee(?!\w)",),
    ("cannery.check.rewrite_links", "_pointing"): (
        r"(?P<before>\(|\]:[ \t]*)<?\.\./a\.md>?(?=[\s)]|$)",
    ),
    ("cannery.check.rules.phrasing", "_any_of"): (r"(?<!\w)as\s++per(?!\w)|ご査収",),
    ("cannery.check.rules.wording", "_advice"): (),
    ("cannery.check.rules.wording", "_any_of"): (r"(?<!\w)as\s++soon(?!\w)|至急",),
    ("cannery.content.holes", "_closing"): (r"\{%-?[ \t]*endraw[ \t]*-?%\}",),
    ("cannery.content.misplaced", "_own_key"): (_own_key().pattern,),
    ("cannery.exchange.desks.html_tree", "_token"): (r"</script[\s>]",),
    ("cannery.exchange.desks.template.written", "_replaced"): (r"\[order\ number\]|〔注文〕",),
    ("cannery.hosts.addresses", "request_in"): (
        r"https?://[^\s\"'<>\\\x00-\x1f\x7f]{1,300}/(?:merge_requests|pulls?|pull-requests)/\d+",
    ),
    ("cannery.hosts.request_states", "request_number"): (
        r"(?:merge_requests|pulls?|pull-requests)/(\d{1,18})",
    ),
    ("cannery.model.measure_query", "_fits"): (r"solved_within_[a-z0-9_-]{1,40}d_km",),
    ("cannery.liquid.interpolate_source", "_enclose_addresses"): (
        r"(?<!<)(?<!\]\()(?<!\]: )(?:https://a\.test/b|https://a\.test)",
    ),
    ("cannery.liquid.interpolate_source", "_longest_run"): ("`+",),
    ("cannery.search.body", "_phrase"): (
        _phrase("money back").pattern, _phrase("返金する").pattern,
    ),
    ("cannery.search.body", "has"): (r"(?<![\w-])\-xzf(?!\w)",),
    ("cannery.search.rank", "_says"): (r"(?<![a-z0-9])money\ back(?![a-z0-9])",),
    ("cannery.site.glossary", "__init__"): ("[SsA証]",),
    ("cannery.util.lazy_pattern", "compiled"): (),
    ("cannery.util.spans", "between"): (r"\{\{|\{%", "<!--"),
}  # fmt: skip
# Patterns that only see short texts: how long at most, and what sees to it.
BOUNDED = {
    ("cannery.search.query", "_PIECE"): (
        80,
        "longer queries are pasted, and are taken as they are",
    ),
}
# What the scripts put together: from words with all signs escaped, or within bounds of its own.
SCRIPTS_MADE = {
    "tokens.js": '`^(.+?)(${Object.keys(table).join("|")})$`',  # words of 64 letters
    "holes.js": "row.pattern",  # of content/holes.json, which is held here as Python's
    "reply_view.js": "`(${OPEN}[^${OPEN}${CLOSE}]*${CLOSE})`",
    "interpolate_source.js": "`(?<!<)(?<!\\\\]\\\\()(?<!\\\\]: )(?:${longest})`",
    "pattern.js": "`^${source}$`",  # of fields: tried within bounds of their own
}
BAD = (
    r"\s+$", r"(a+)+b", r"<!--.*?-->", r"^(\S.*?)[ \t]*:", r"(?:a|aa)+\Z", r"(?s)x.*y.*z\Z",
    r"https?://\S+/(?:pulls?)/\d+", r"[“「]([^”」]*)[”」]", r"\{\{\s*([\w.]+)[^{}]*\}\}",
    r"ticket[ \t]*(?:no)?[ \t]*:?[ \t]*(\d+)", r"\w+(?=@)", r"(?i:order)\s*\(?\s*#",
    r"[a-z]+(?:-[a-z]*)*$", r"\d+\.\d*[a-z]",
)  # fmt: skip
GOOD = (
    r"(?<!\s)\s++$", r"(?<!a)(?>a+)b", r"\bword\b", r"[^\W_]+", r"^ {0,3}#{1,6}[ \t]+(\S.*)$", r"<[^<>]*>",
    r"ticket[ \t]*+(?:no)?+[ \t]*+:?+[ \t]*+(\d++)", r"\{\{-?\s*+([\w.]++)[^{}]*+\}\}", r"(.)\1{5}",
)  # fmt: skip

_MODULES, _CALLS, _SCRIPTS = held(), calls(), [*scripts()]
_UNKNOWN = [
    call
    for call in _CALLS
    if call.scope and told(call) is None and not any(key.arg == "timeout" for key in call.keywords)
]
_USES = [
    *_MODULES,
    *literal(_CALLS),
    *(
        Use(module, f"{scope}, example {number}", pattern, 0, frozenset())
        for (module, scope), examples in MADE.items()
        for number, pattern in enumerate(examples)
    ),
]


def _label(use: Use | Script) -> str:
    if isinstance(use, Script):
        return f"{use.file}-{use.written[:20]}"
    return f"{use.module.removeprefix('cannery.')}-{use.name}"


@pytest.mark.parametrize("use", _USES, ids=_label)
def test_twice_the_text_is_no_more_than_twice_the_work(use: Use) -> None:
    if (use.module, use.name) in BOUNDED:
        return  # its bound is tested below
    found = growing(Subject(use.pattern, use.flags, use.way))
    assert found is None, f"more than {MOST} times the steps: {found}"


@pytest.mark.parametrize("use", [use for use in _USES if "{" in use.pattern], ids=_label)
def test_bounded_repeats_cost_little_even_at_their_widest(use: Use) -> None:
    assert too_heavy(Subject(use.pattern, use.flags, use.way)) is None


@pytest.mark.parametrize("script", [one for one in _SCRIPTS if one.pattern], ids=_label)
def test_a_script_does_no_more_than_twice_the_work_for_twice_the_text(script: Script) -> None:
    found = growing(Subject(script.pattern, script.flags, "finditer"))
    assert found is None, f"more than {MOST} times the steps: {found}"


def test_patterns_that_functions_make_are_known() -> None:
    unknown = {(call.module, call.scope) for call in _UNKNOWN}
    assert unknown == {*MADE}, [(call.place, ast.unparse(call.pattern)) for call in _UNKNOWN]


def test_patterns_that_scripts_make_are_known() -> None:
    assert {(one.file, one.written) for one in _SCRIPTS if not one.pattern} == {
        *SCRIPTS_MADE.items()
    }


def test_patterns_of_modules_are_found_in_whatever_holds_them() -> None:
    names = {(use.module, use.name) for use in _MODULES}
    assert {
        ("cannery.check.rules.secrets", "_KINDS"),
        ("cannery.check.rules.wording", "_ADVICE"),
        ("cannery.capture.personal", "KINDS"),
    } <= names


def test_a_pasted_query_is_not_taken_apart() -> None:
    """The bound of the query's pattern, beyond which it is not asked."""
    bound = BOUNDED["cannery.search.query", "_PIECE"][0]
    assert bound == _PASTED
    assert parse(Query('"a" ' * bound)).phrases == ()


@pytest.mark.parametrize("pattern", BAD)
def test_a_pattern_that_tries_again_and_again_is_found(pattern: str) -> None:
    assert growing(Subject(pattern, 0, "finditer"))


@pytest.mark.parametrize("pattern", GOOD)
def test_a_pattern_that_gives_nothing_back_is_let_through(pattern: str) -> None:
    assert growing(Subject(pattern, 0, "finditer")) is None


def test_a_bounded_pattern_that_costs_too_much_is_found() -> None:
    assert too_heavy(Subject(r"a{0,90}a{0,90}b", 0, "finditer"))


def _possessive_groups(node: object) -> Iterator[object]:
    if isinstance(node, tuple) and len(node) == 2 and node[0] is codes.POSSESSIVE_REPEAT:
        body = node[1][2]
        if len(body) != 1 or body[0][0] not in _SINGLE:
            yield body
    if isinstance(node, tuple | list | parser.SubPattern):
        for part in node:
            yield from _possessive_groups(part)


_SINGLE = frozenset((codes.IN, codes.LITERAL, codes.NOT_LITERAL, codes.ANY))


def test_no_group_is_repeated_possessively() -> None:
    """Python before 3.11.5 takes too much back there; `(?>(?:…)*)` is right in all of them."""
    wrong = [
        _label(use) for use in _USES if [*_possessive_groups(parser.parse(use.pattern, use.flags))]
    ]
    assert wrong == []
    assert [*_possessive_groups(parser.parse("(?:ab?)*+"))]
