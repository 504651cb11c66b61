"""The portable profile: cases that both renderers must pass, to the letter."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from cannery.content.marks import Url
from cannery.content.numbers import Written, written_number
from cannery.errors import TemplateError
from cannery.liquid.context import RenderContext, Source
from cannery.liquid.template import render
from cannery.model.entry import Part
from cannery.model.location import Kind, Location

CASES = json.loads(Path(__file__).with_name("liquid.json").read_text())
NOW = datetime(2026, 11, 23, 21, 5, 9, tzinfo=timezone(timedelta(hours=-8)))
VALUES: dict[str, Any] = {
    "name": "Kim", "ja": "田中", "emoji": "a👍🏽b", "price": written_number("49.00"), "cents": written_number("0.10"),
    "thousand": written_number("1,000"), "nought": written_number("0.00"), "void": "", "unseen": "\u200b\u3164", "joined": "a\u200bb", "blanks": " \u3000 ", "yes": True,
    "no": False, "five": 5, "half": 2.5, "tiny": 0.0000001, "minus": -2.5, "whole": 161.0,
    "list": ["b", "a", "c", "a"], "none": [], "one": ["x"], "text5": "5", "text25": "2.50",
    "lines": "one\ntwo\r\nthree", "marked": "*a* _b_ `c` <d> &amp; {{ e }}", "spaced": "  a  b ",
    "group": {"name": "G", "size": 3}, "url": Url("https://example.com/a?b=c"),
    "day": date(2026, 3, 1), "moment": NOW, "today": NOW.date(), "agent": {}, "sharp": "straße ÇA",
}  # fmt: skip
_IN_BROWSER = """([cases, values]) => {
  const { day } = kbDates;
  const { Url } = kbWording;
  values.url = new Url(values.url);
  for (const name of ["price", "cents", "thousand", "nought"]) {
    const field = { name, type: "number", choices: [], pattern: null };
    values[name] = kbFieldTypes.parse(field, values[name], { today: values.today, isMonthFirst: true, country: "" });
  }
  values.day = day(2026, 3, 1);
  values.today = day(2026, 11, 23);
  values.moment = day(2026, 11, 23, { hour: 21, minute: 5, second: 9, offset: -480 });
  const parts = { hello: "Hello {{ name }}{{ who }}!", "each": "[{{ item }}]", "scope": "{{ name }}{% assign name = 'x' %}" };
  return cases.map(([template, language]) => {
    const around = { language, parts, optional: new Set(["void", "blanks", "none"]), articleUrl: (name) => new Url(`https://h/${name}`) };
    try {
      const found = kbTemplate.fill(template, { ...values }, around);
      return kbLiquidValues.unmark(found.text, found.values);
    } catch (error) {
      return { error: String(error.message) };
    }
  });
}"""


def _in_python(template: str, language: str) -> str | None:
    parts = {
        name: Part(_at(name), body, 1)
        for name, body in (
            ("hello", "Hello {{ name }}{{ who }}!"),
            ("each", "[{{ item }}]"),
            ("scope", "{{ name }}{% assign name = 'x' %}"),
        )
    }
    context = RenderContext(
        language,
        parts,
        frozenset(("void", "blanks", "none")),
        lambda name: Url(f"https://h/{name}"),
    )
    try:
        return render(Source(template, "t.md"), VALUES, context).plain
    except TemplateError:
        return None


def _at(name: str) -> Location:
    return Location(f"kb/macros/_parts/{name}.md", f"macros/_parts/{name}", Kind.PART, "en")


def _json_values() -> dict[str, Any]:
    return {
        name: value
        for name, value in VALUES.items()
        if name not in ("day", "moment", "today") and not isinstance(value, Written)
    } | {name: str(value) for name, value in VALUES.items() if isinstance(value, Url | Written)}


def test_both_renderers_pass_every_case(engine: Page) -> None:
    asked = [[case[0], case[2] if len(case) > 2 else "en"] for case in CASES]
    browser = engine.evaluate(_IN_BROWSER, [asked, _json_values()])
    wrong = []
    for (template, language), case, there in zip(asked, CASES, browser, strict=True):
        here = _in_python(template, language)
        shown = None if isinstance(there, dict) else there
        if not here == shown == case[1]:
            wrong.append(
                f"{template!r} [{language}]\n  wanted {case[1]!r}\n  python {here!r}\n  browser {there!r}"
            )
    if wrong:
        pytest.fail("\n".join(wrong))


_FAULTS = """(templates) => templates.map((template) => {
  const context = { language: "en", parts: {}, optional: new Set(), articleUrl: String };
  try {
    return kbTemplate.fill(template, { x: 1, list: [1] }, context).text;
  } catch (error) {
    return error.message;
  }
})"""


def test_the_browser_tells_what_is_not_closed_as_python_does(engine: Page) -> None:
    cases = json.loads(Path(__file__).with_name("unclosed.json").read_text())
    told = engine.evaluate(_FAULTS, [text for text, *_ in cases])
    wanted = [f"{reason} (line {line}). {hint}" for _, line, reason, hint in cases]
    assert told == wanted


def test_a_bracket_that_is_open_is_no_tag_that_is(engine: Page) -> None:
    [told] = engine.evaluate(_FAULTS, ["{% if x[ %}a{% endif %}"])
    assert "never closed" not in told
