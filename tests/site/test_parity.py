"""What a browser renders of a macro is what `kb reply` renders, in every format."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page
from tests.conftest import Base
from tests.liquid.test_interpolate import (
    ADDRESSES,
    BLOCKS,
    LIKE_ADDRESSES,
    LIKE_BLOCKS,
    PARTS,
    PLACES,
    forms,
)

from cannery.content.files import scan
from cannery.content.library import load_each, parts_for, shelve
from cannery.content.links import article_url
from cannery.content.markdown import parse, tree
from cannery.content.marks import mark
from cannery.errors import ValueRefusedError
from cannery.liquid.interpolate import interpolate
from cannery.liquid.interpolate_source import interpolate_source
from cannery.model.entry import Field, Macro
from cannery.reply.form import build_form
from cannery.reply.resolve import Request
from cannery.site.macro import form_of
from cannery.workspace import Workspace, open_workspace

OWN = Path(__file__).parents[2]
NOW = datetime(2026, 11, 23, 21, 5, 9, tzinfo=timezone(timedelta(hours=-8)))
AGENT = {"name": "山田 Hanako", "email": "h@example.com", "team": "*Night* & Day"}
KB = {"name": "Test <KB>", "site_url": "https://help.example.com"}

# Texts that break things: each set puts one of them into every field of a text.
AWKWARD = (
    "Kim",
    "田中",
    "*bold* _it_ `code` ~~s~~ [a](b) <b>x</b> & &amp; | \\ !",
    "# head\n- item\n1. one\n> quote\n\n    code\n---",
    "```\nfence\n```\n~~~",
    "{{ name }} {% if x %} ⟦x⟧",
    "one\ntwo\r\nthree\u2028four\x0bfive",
    "👩‍👩‍👧‍👦 👍🏽 🇯🇵 é e\u0301 \u200d \ufeff",
    "https://example.com/a_b?c=d&e=%41%zz*x*",
    "javascript:alert(1)",
    "</script><script>alert(1)</script>",
    "改行の\n次の行、そして `a`",
    "a" * 300,
    "``two`` ` ```three```",
    "1. 2) + - = #",
    "ﾊﾝｶｸ　全角　ＡＢＣ",
    "\u202eright to left\u202c \u00a0nbsp\u00a0",
    "|a|b|\n|-|-|\n|1|2|",
    "0",
    "\ue0000\ue001 \x07\x1b[31m",
    "\u200b\u3164\u2800",
    "\u200b\nنامه\u200cای \u200b\n\u3164",
    "a\x1b]0;t\x07b\x1b]8;;u\x1b\\c\x9d0;t\x9cd\x9b31me\x1bcf\x1b]0;g\nh\x1b",
)
_DATES = (
    "today",
    "+3d",
    "2026-02-28",
    "来週の金曜",
    "fri",
    "2月29日",
    "明日",
    "31日",
    "2026-02-30",
    "-2w",
)
_NUMBERS = ("5", "0", "-3.50", "1,000", "2.675", "999999999999999", "x", "1e5", "+7", "0.1")
_YESNO = ("yes", "no", "はい", "いいえ", "maybe")
_OTHERS = {
    "date": _DATES,
    "number": _NUMBERS,
    "yesno": _YESNO,
    "email": ("kim@example.com", "k@e", "a b@example.com"),
    "url": ("https://example.com/a?b=*c*&d=ü", "http://例え.jp/あ", "javascript:x", "example.com"),
}  # fmt: skip

_BUILD_FORM = """([form, sets, agent, kb, team, keepsLines]) => {
  const { day } = kbDates;
  const { Url } = kbWording;
  const time = { hour: 21, minute: 5, second: 9, offset: -480 };
  const request = {
    macro: form, agent, kb, team, keepsLines, ticket: {}, given: {}, remembered: {}, now: day(2026, 11, 23, time),
    articleUrl: (name) => {
      const found = form.articles[name];
      if (!found?.url) throw new Error(found?.error ?? "there is no such article");
      return new Url(found.url);
    },
  };
  return sets.map((typed) => {
    const { rows, reply, isDone, fault } = kbForm.buildForm(request, typed);
    const texts = reply && { subject: reply.subject, ...reply.formats };
    return { reply: texts, isDone, fault, rows: rows.map((row) => [row.field.name, row.text, kbForm.isOpen(row)]) };
  });
}"""


def _values(item: Field, number: int) -> str:
    if item.choices:
        picks = [choice.value for choice in item.choices]
        if item.type == "multichoice":
            return ", ".join(picks[: number % (len(picks) + 1)])
        return (*picks, picks[0].upper(), "no such choice")[number % (len(picks) + 2)]
    known = _OTHERS.get(item.type, AWKWARD)
    return known[number % len(known)]


def _sets(macro: Macro) -> list[dict[str, str]]:
    return [
        {item.name: _values(item, number + at) for at, item in enumerate(macro.fields)}
        for number in range(len(AWKWARD))
    ]


def _compare(page: Page, workspace: Workspace, every: int = 1) -> Iterator[str]:
    """What differs, of one in `every` of the sets of values for each macro.

    The next macro has the next ones: every set meets some macro, and of one in three, three
    languages of one text meet all of them.
    """
    found = scan(workspace)
    shelf = shelve(load_each(workspace, found.stamps))
    macros = (entry for entry in shelf.entries if isinstance(entry, Macro))
    for number, macro in enumerate(macros):
        parts = parts_for(shelf.parts, macro.at.language, workspace.settings)
        lookup = article_url(workspace, found, macro.at.language)
        form = form_of(macro, parts, lookup)
        assert not form["unportable"], (macro.at.path, form["unportable"])
        keeps = workspace.settings.keeps_lines
        sets = [*_sets(macro)[number % every :: every], {}]
        facts = workspace.settings.facts(macro.at.language)
        request = Request(
            macros=(macro,),
            parts=parts,
            language=macro.at.language,
            article_url=lookup,
            now=NOW,
            agent=AGENT,
            kb=KB,
            team=facts,
            keeps_lines=keeps,
        )
        there = page.evaluate(_BUILD_FORM, [form, sets, AGENT, KB, facts, keeps])
        for typed, browser in zip(sets, there, strict=True):
            yield from _differences(macro, request, typed, browser)


def _differences(
    macro: Macro, request: Request, typed: dict[str, str], browser: dict[str, Any]
) -> Iterator[str]:
    sheet = build_form(replace(request), typed)
    rows = [[row.field.name, row.text, row.is_open] for row in sheet.rows]
    if rows != browser["rows"] or sheet.is_done != browser["isDone"]:
        yield f"{macro.at.path} {typed}\n  python  {rows} {sheet.is_done} {sheet.fault}\n  browser {browser}"
        return
    if (sheet.reply is None) != (browser["reply"] is None):
        yield f"{macro.at.path} {typed}\n python {sheet}\n browser {browser}"
        return
    if sheet.reply is None:
        return
    here = {"subject": sheet.reply.subject, **sheet.reply.formats}
    there = browser["reply"]
    for form in here.keys() | there.keys():
        if here.get(form) != there.get(form):
            yield f"{macro.at.path} {form} {typed}\n  python  {here.get(form)!r}\n  browser {there.get(form)!r}"


_HEAD = """---
title: T
subject: "{{ a }} & {{ b | upcase }}"
fields:
  - {name: a}
  - {name: b, required: false, type: multiline}
  - {name: d, type: date, default: "{{ today }}"}
  - {name: n, type: number, default: "3"}
  - {name: y, type: yesno, required: false}
  - {name: u, type: url, required: false}
  - {name: m, type: multichoice, choices: [x, y*, 'z|'], required: false}
  - {name: p, pattern: '[\\w \\-@.]+', required: false}
  - {name: w, default: "{{ a | truncate: 9 }} and {{ agent.name }}"}
---
"""
_BODIES = (
    "{{ a }}\n![](https://h/{{ a }}.png)\n字\n**字**\n![](https://h/i.png)\n{{ b }} {{ d }}\n",
    "# {{ a }}\n\n- {{ b }}\n  - {{ a }}\n\n    more {{ b }}\n\n> {{ b }}\n>\n> > {{ a }} {{ u }}\n\n1. {{ b }}\n2. x\n",
    "```\n{{ b }}\n```\n\n> ```sh\n> {{ b }} {{ a }}\n> ```\n\n`{{ a }}` and ``{{ a }} x``\n\n    {{ b }}\n",
    "| {{ a }} | 全角 |\n|:-|-:|\n| {{ b }} | {{ n }} |\n| `{{ a }}` | **{{ d }}** |\n| [x]({{ u }}) | é👍🏽 |\n",
    "[{{ a }}](https://h/{{ a }}/x?y={{ b }} \"{{ a }}\") ![{{ b }}]({{ u | default: 'https://h/i.png' }}) <https://e.com> {{ u }} https://e.com/{{ a }}\n",
    "**{{ a }}**{{ a }}*{{ b }}*字**{{ a }}**字~~{{ b }}~~{% if y %}`x`**z**{% endif %}\n{{ n | times: 1.5 | round: 1 }} {{ d | date: '%A %-d %B' }}\n改行\n{{ a }}\\\nあ\n",
    "{{ m }}{% for i in m %} {{ i }}{% unless forloop.last %};{% endunless %}{% else %}none{% endfor %} {{ m | join: '/' }} {% if m contains 'x' %}X{% endif %} {{ p }} {{ w }}\n***\n{{ b | split: ' ' | first }}\n",
    "{% capture c %}<{{ a }}> {{ b }}{% endcapture %}{{ c }} {{ c | size }} {{ a | honorific }} {{ a | upcase | slice: 0, 5 }} {% assign q = n | divided_by: 2 %}{{ q }} {{ a | replace: 'a', '*' }} {{ loose }} {{ ticket.requester.name }} {{ a | phrase }}. {{ b | sentence }}\n",
    '!!! note "{{ a }}"\n    {{ b }}\n    字\n\n    - [x] {{ a }}\n    - [ ] {{ b }} {{ u }}\n\n??? warning\n    {{ a }}[^1]\n\n=== "{{ a }} A"\n    {{ b }}\n=== "B"\n    > [!TIP]\n    > {{ b }}\n\n[^1]: {{ b }}\n',
    "　{{ a }}\n　字\n## {{ a }} {#place}\n\n<kbd>{{ a }}</kbd> 10<sup>{{ n }}</sup> H<sub>2</sub>O<br>\n{{ b }}\n-- \n{{ a }}\n\n<details>\n<summary>{{ a }}</summary>\n\n{{ b }}[^a]\n\n</details>\n\n> [!WARNING]\n> {{ b }}\n\n[^a]: - {{ a }}\n",
    "{{ team.hours }} {{ team.calls }} {{ n | pluralize: 'day', 'days' }}{% if team.gone %}x{% endif %}\n",
    "{% case n %}{% when 3 %}three{% when 0, 5 %}{{ y }}{% else %}{% if n > 100 %}much{% elsif a == 'Kim' or y %}Kim{% endif %}{% endcase %}.\n\n9. {{ a }}\n10. {{ b }}\n\n<b>{{ a }}</b> &amp; {{ reply.first }} {{ now }} {{ kb.name }} {{ agent.team }}\n",
)  # fmt: skip


_FILL_IN = """([cases]) => {
  const { parse, tree } = kbMarkdown;
  const { interpolate } = kbInterpolate;
  const { interpolateSource } = kbInterpolateSource;
  const { html } = kbRenderHtml;
  const { mrkdwn } = kbRenderSlack;
  const { text } = kbRenderText;
  const forms = (nodes) => [html(nodes), text(nodes), mrkdwn(nodes)];
  return cases.map(([marked, values]) => {
    const tokens = parse(marked);
    let before;
    try {
      before = forms(tree(interpolate(tokens, values)));
    } catch {
      return null;
    }
    const markdown = interpolateSource(marked, tokens, values);
    return [before, forms(tree(parse(markdown))), markdown];
  });
}"""


# One case of five, which divides neither number of values: each place meets others of them, and
# each value other places. All of them are tried with `-m long`.
@pytest.mark.parametrize("every", [5, pytest.param(1, marks=pytest.mark.long)])
def test_a_value_comes_out_alike_in_every_place_before_and_after_an_editor(
    engine: Page, every: int
) -> None:
    cases: list[tuple[str, list[str]]] = []
    addresses = product((*PLACES, *ADDRESSES), (*LIKE_ADDRESSES, *PARTS, "#"))
    for source, value in (*addresses, *product(BLOCKS, LIKE_BLOCKS))[::every]:
        values: list[str] = []
        marked = "".join(mark(value, values) if char == "§" else char for char in source)
        cases.append((marked, values))
    there = engine.evaluate(_FILL_IN, [cases])
    wrong = []
    for (marked, values), browser in zip(cases, there, strict=True):
        tokens = parse(marked)
        try:
            before = forms(tree(interpolate(tokens, values)))
        except ValueRefusedError:
            here = None
        else:
            markdown = interpolate_source(marked, tokens, values)
            here = [[*before], [*forms(tree(parse(markdown)))], markdown]
        if here != browser:
            wrong.append(f"{marked} {values}\n  python  {here}\n  browser {browser}")
    if wrong:
        pytest.fail(f"{len(wrong)} of {len(cases)} differ:\n" + "\n".join(wrong[:8]))


_EVERY = [3, pytest.param(1, marks=pytest.mark.long)]


@pytest.mark.parametrize("format_", [1, 2])
@pytest.mark.parametrize("every", _EVERY)
def test_awkward_macros_read_alike_with_awkward_values(
    base: Base, engine: Page, every: int, format_: int
) -> None:
    for number, body in enumerate(_BODIES):
        for language in ("", ".ja", ".de"):
            base.write(f"macros/m{number}{language}.md", _HEAD + body)
    settings = 'languages = ["en", "ja", "de"]\nsite_url = "https://h.example"\n'
    settings += '[team]\nhours = "9*5"\ncalls = true\n[team.ja]\nhours = "平日"\n'
    base.write("kb.toml", f"format = {format_}\n{settings}")
    wrong = list(_compare(engine, base.workspace, every))
    if wrong:
        pytest.fail(f"{len(wrong)} differ:\n" + "\n".join(wrong[:8]))


# Of our own macros there are enough for every set to meet many of them.
@pytest.mark.parametrize("every", [11, pytest.param(1, marks=pytest.mark.long)])
def test_every_macro_reads_alike_with_awkward_values(engine: Page, every: int) -> None:
    wrong = list(_compare(engine, open_workspace(OWN), every))
    if wrong:
        pytest.fail(f"{len(wrong)} differ:\n" + "\n".join(wrong[:8]))
