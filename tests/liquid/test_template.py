from __future__ import annotations

import resource
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cannery.content.marks import Url
from cannery.errors import TemplateError
from cannery.liquid.context import RenderContext, Source
from cannery.liquid.template import missing_names, render, variables
from cannery.model.entry import Part
from cannery.model.location import Kind, Location


def _part(name: str, body: str) -> Part:
    return Part(
        Location(f"kb/macros/_parts/{name}.md", f"macros/_parts/{name}", Kind.PART, "en"), body, 3
    )


def _url(id_: str) -> Url:
    if id_ != "net/har":
        raise ValueError(f"no article named {id_}")
    return Url("https://help.example.com/har")


PARTS = {
    "hi": _part("hi", "Hello {{ name }}"),
    "broken": _part("broken", "one\n{{ nothing }}"),
    "again": _part("again", "{% render 'again' %}{% render 'again' %}"),
}
EN = RenderContext("en", PARTS, frozenset({"maybe"}), _url)
JA = RenderContext("ja", PARTS, article_url=_url)


def filled(text: str, context: RenderContext = EN, **values: object) -> str:
    return render(Source(text, "kb/macros/a.md", 10), values, context).plain


def failure(text: str, **values: object) -> TemplateError:
    with pytest.raises(TemplateError) as raised:
        filled(text, EN, **values)
    return raised.value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{{ name }}", "Kim"),
        ("{% if yes %}a{% else %}b{% endif %}", "a"),
        ("{% for x in list %}{{ x }},{% endfor %}", "a,b,"),
        ("{% case name %}{% when 'Kim' %}K{% endcase %}", "K"),
        ("{{ none | default: 'x' }}", "x"),
        ("{{ maybe }}", ""),
        ("{{ cursor }}", ""),
        ("{{ list }}", "a and b"),
        ("{{ day }}", "23 November 2026"),
        ("{{ day | date: '%Y/%m/%d' }}", "2026/11/23"),
        ("{{ yes }}", "yes"),
        ("{% render 'hi', name: name %}", "Hello Kim"),
        ("{{ 'net/har' | article_url }}", "https://help.example.com/har"),
        ("{% raw %}{{ x }}{% endraw %}", "{{ x }}"),
        ("{% capture c %}<{{ name }}>{% endcapture %}{{ c }}{{ c | size }}", "<Kim>5"),
        ("{{ name | honorific }}", "Kim"),
        ("{{ 2 | times: 3 }}{{ 1.50 }}", "61.5"),
    ],
)
def test_a_template_is_filled_in(text: str, expected: str) -> None:
    values = {
        "name": "Kim",
        "yes": True,
        "list": ["a", "b"],
        "day": date(2026, 11, 23),
        "maybe": "",
    }
    assert filled(text, EN, **values) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{{ day }}", "2026年11月23日（月）"),
        ("{{ list }}", "a、b"),
        ("{{ name | honorific }}", "田中 様"),
        ("{{ '田中様' | honorific }}", "田中様"),
        ("{{ yes }}", "はい"),
        ("{{ day | date: '%-m月%-d日（%a）' }}", "11月23日（月）"),
    ],
)
def test_japanese_is_written_as_japanese(text: str, expected: str) -> None:
    values = {"name": "田中", "yes": True, "list": ["a", "b"], "day": date(2026, 11, 23)}
    assert filled(text, JA, **values) == expected


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("one\n{{ gone }}", 11, "gone has no value"),
        ("one\n\n{{ nil_ }}", 12, "nil_ is empty"),
        ("{{ spaces | strip }}", 10, "is empty"),
        ("{{ ticket.id }}", 10, "ticket.id has no value"),
        ("{{ name | upper }}", 10, "unknown filter 'upper'"),
        ("a\n{% frob %}", 11, "unexpected tag 'frob'"),
        ("{% include 'hi' %}", 10, "unexpected tag 'include'"),
        ("{% render '../../etc/passwd' %}", 10, "no part named"),
        ("{% render 'hi.md' %}", 10, "no part named"),
        ("a\n{{ name | }}\nb", 11, "expected word"),
        ("a\n{% for x in %}\n{% endfor %}", 11, "expected a primitive"),
        ("{{ ticket }}", 10, "a group of values"),
        ("{{ 'net/nowhere' | article_url }}", 10, "no article"),
        ("{{ name | date }}", 10, "not a date"),
        ("{{ day | date: '%Q' }}", 10, "%Q"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(text: str, line: int, reason: str) -> None:
    values = {"name": "Kim", "nil_": "", "spaces": "  ", "ticket": {"x": 1}, "day": date.today()}  # noqa: DTZ011
    error = failure(text, **values)
    assert (error.path, error.line) == ("kb/macros/a.md", line)
    assert reason in error.reason


def test_a_fault_in_a_part_names_the_part() -> None:
    error = failure("{% render 'broken' %}")
    assert (error.path, error.line) == ("kb/macros/_parts/broken.md", 4)


HOSTILE = {
    "giant loop": "{% for i in (1..100000000) %}x{% endfor %}",
    "nested loops": "{% for i in (1..900) %}{% for j in (1..900) %}{% endfor %}{% endfor %}",
    "endless recursion": "{% render 'again' %}",
    "doubling": "{% assign x = 'xxxxxxxxxx' %}" + "{% assign x = x | append: x %}" * 60 + "{{ x }}",
    "many copies": "{% assign x = 'x' %}"
    + "{% assign x = x | append: x %}" * 17
    + "".join(f"{{% assign y{i} = x | append: 'y' %}}" for i in range(400)),
    "long output": "{% assign x = 'xxxxxxxxxx' %}"
    + "{% assign x = x | append: x %}" * 13
    + "{% for i in (1..500) %}{{ x }}{% endfor %}",
    "giant number": "{% assign x = 99 %}{% for i in (1..900) %}{% assign x = x | times: x %}{% endfor %}",
    "replace": "{{ '" + "x" * 9000 + "' | replace: 'x', '" + "y" * 9000 + "' }}",
    "giant range": "{% assign x = (1..1000000000) | join: ',' %}",
    "unclosed": "{{" * 9000,
    "unclosed tags": "{%" * 9000,
    "blanks": "{%" + " " * 19_000 + "}",
    "open brackets": "{{ a" + "[" * 19_000 + "}}",
    "parentheses": "{{ " + "(" * 19_000 + "}}",
    "deep blocks": "{% if true %}" * 1500,
    "raw": "{% raw %}" * 2000,
    "giant source": "x" * 2_000_000,
    "long integer": "{{ " + "9" * 10_000 + " }}",
    "captures": "{% assign x = 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx' %}"
    + "{% assign x = x | append: x %}" * 12
    + "".join(f"{{% capture y{i} %}}{{{{ x }}}}{{% endcapture %}}" for i in range(300)),
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_template_is_stopped_and_stays_small(text: str) -> None:
    """Without its bounds, each takes minutes or gigabytes; tests/benchmarks/hostile.py has times."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert failure(text).line == 10 or "again" in text
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200_000


def test_wants_are_the_names_that_are_missed() -> None:
    text = "{{ a }}{% if b %}{{ c }}{% endif %}{{ ticket.id }}{% if ticket.x %}x{% endif %}{{ d | append: e }}{{ f | default: 'f' }}"
    found = missing_names(Source(text, "p"), {"ticket": {}}, EN)
    assert found.names == ("a", "b", "ticket.id", "ticket.x", "d", "e", "f")
    assert found.printed == {"a", "ticket.id", "d", "e"}


def test_variables_are_all_that_are_mentioned() -> None:
    text = "{{ a }}\n{% if b %}{{ c.d | append: e }}{% endif %}{% render 'hi', name: f %}"
    assert variables(Source(text, "p", 5), EN) == {"a": 5, "b": 6, "c.d": 6, "e": 6, "f": 6}


_PIECES = st.lists(
    st.sampled_from(
        ["{{ ", " }}", "{% ", " %}", "a", "|", "if", "for x in ", "(1..9)", "endif", "endfor", "'", "\n",
         "render 'hi'", "assign x = ", "split: ''", "[", "]", ".", "0", ":", ",", "upcase", "{%- ", "raw"]
    ) | st.text(max_size=5),
    max_size=20,
)  # fmt: skip


@given(_PIECES)
def test_any_template_is_filled_in_or_refused(pieces: list[str]) -> None:
    source = Source("".join(pieces), "kb/macros/a.md")
    for act in (render, missing_names):
        try:
            act(source, {"a": "A"}, EN)
        except TemplateError as error:
            assert error.line >= 1
