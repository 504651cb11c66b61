"""Templates that would take minutes or gigabytes: both sides refuse them, and stay small."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from cannery.errors import TemplateError
from cannery.liquid.context import RenderContext, Source
from cannery.liquid.template import render
from cannery.model.entry import Part
from cannery.model.location import Kind, Location

BOMBS = {
    name: "".join(piece * times for piece, times in pieces)
    for name, pieces in json.loads(Path(__file__).with_name("bombs.json").read_text())
}
# What looks like one, and is filled in to the same text on both sides.
HARMLESS = {
    "{{ 2.5 | round: 999999999 }}": "2.5",
    "a\ue0000\ue001b{{ name }}": "a0bKim",
    "{{ '\ue0000\ue001' | append: name }}": "0Kim",
    "{% capture x %}\ue0000\ue001{{ name }}{% endcapture %}{{ x }}": "0Kim",
    "{% assign x = '\ue000' | append: '0\ue001' %}{{ name }}{{ x }}": "Kim0",
    "{{ name }}{{ marked }}{% assign y = marked %}{{ y }}": "Kim00",
    "{{ name | truncate: 999999999 }}": "Kim",
    "{{ name | slice: 0, 999999999 }}": "Kim",
    "{% for i in (1..1000) %}{% endfor %}{{ name }}": "Kim",
    "{{ (1..3) | join: '-' }}": "1-2-3",
    "{% for i in (1..30) %}{% for j in (1..30) %}.{% endfor %}{% endfor %}": "." * 900,
    "{% if true %}" * 14 + "x" + "{% endif %}" * 14: "x",
    "{{ 'order 12345678901234567890' }}": "order 12345678901234567890",
    "{{ long }}{% for i in (1..3) %}.{% endfor %}": "12345678901234567890...",
}
PARTS = {
    "again": "{% render 'again' %}{% render 'again' %}",
    "ping": "{% render 'pong' %}",
    "pong": "{% render 'ping' %}{% render 'ping' %}",
    "fan": "{% render 'twig' %}" * 100,
    "twig": "{% render 'leaf', x: 1 %}" * 700,
    "leaf": "{{ x }}",
    "giant": "x" * 30_000,
}
VALUES: dict[str, object] = {
    "name": "Kim",
    "marked": "\ue0000\ue001",
    "long": "12345678901234567890",
}
_IN_BROWSER = """([templates, values, parts]) => templates.map((template) => {
  const around = { language: "en", parts, optional: new Set(), articleUrl: () => "" };
  values.today = kbDates.day(2026, 11, 23);
  try {
    const found = kbTemplate.fill(template, { ...values }, around);
    return { text: kbLiquidValues.unmark(found.text, found.values) };
  } catch (error) {
    return { error: String(error.message) };
  }
})"""
# In a process of its own, which may have so much memory beyond what it begins with.
_IN_PROCESS = """
import json, resource, sys
from datetime import date
from tests.site.test_limits import BOMBS, VALUES, reason
reason("{{ today | date: '%Y' }}{{ gone }}")
now = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
told = {name: reason(text) for name, text in BOMBS.items()}
print(json.dumps([told, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - now]))
"""
_MOST_KB = 200_000


def _filled(template: str) -> str:
    from datetime import date

    parts = {
        name: Part(Location(f"kb/macros/_parts/{name}.md", name, Kind.PART, "en"), body, 1)
        for name, body in PARTS.items()
    }
    values = {**VALUES, "today": date(2026, 11, 23)}
    return render(Source(template, "t.md"), values, RenderContext("en", parts)).plain


def reason(template: str) -> str | None:
    """Why it is refused; None where it is not."""
    try:
        _filled(template)
    except TemplateError as error:
        return error.reason
    return None


def test_python_refuses_all_bombs_in_little_memory() -> None:
    done = subprocess.run(
        [sys.executable, "-c", _IN_PROCESS],
        check=True,
        capture_output=True,
        cwd=Path(__file__).parents[2],
    )
    told, grown = json.loads(done.stdout)
    assert [name for name, why in told.items() if not why or "has no value" in why] == []
    assert grown < _MOST_KB


def test_what_is_just_within_bounds_is_read_as_markdown_in_little_memory() -> None:
    rows = "|a|b|\n|-|-|\n" * 40
    source = f"{{% for i in (1..200) %}}{rows}{{% endfor %}}"
    script = (
        "import resource; from cannery.content.markdown import parse\n"
        "from tests.site.test_limits import _filled\n"
        "now = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        f"assert len(parse(_filled({source!r}))) > 10_000\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - now)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        check=True,
        capture_output=True,
        cwd=Path(__file__).parents[2],
    )
    assert int(done.stdout) < _MOST_KB


def test_a_browser_refuses_all_bombs(engine: Page) -> None:
    found = _evaluated(engine, [*BOMBS.values()])
    told = dict(zip(BOMBS, found, strict=True))
    assert [
        n for n, item in told.items() if "has no value" in item.get("error", "has no value")
    ] == []


def test_what_is_within_bounds_is_the_same_on_both_sides(engine: Page) -> None:
    found = [item.get("text", item) for item in _evaluated(engine, [*HARMLESS])]
    assert found == [*HARMLESS.values()]
    assert [_filled(template) for template in HARMLESS] == [*HARMLESS.values()]


def _evaluated(engine: Page, templates: list[str]) -> list[dict[str, Any]]:
    return list(engine.evaluate(_IN_BROWSER, [templates, VALUES, PARTS]))


@pytest.mark.parametrize("side", ["python", "browser"])
def test_steps_are_counted_alike(engine: Page, side: str) -> None:
    body = "{% for i in (1..1000) %}{% if i %}{{ i }}{% endif %}{% endfor %}"
    fits = body * 4 + "x"  # 1 + 1000 * (1 + 1 + 1 + 1) each, and the text
    bursts = body * 5
    if side == "python":
        assert reason(fits) is None
        assert "too many steps" in (reason(bursts) or "")
    else:
        inside, outside = _evaluated(engine, [fits, bursts])
        assert "text" in inside
        assert "too many steps" in outside["error"]
