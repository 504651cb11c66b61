"""Templates are compiled once for all renderings, so nothing of one may reach another."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from cannery.content.marks import Url
from cannery.errors import TemplateError
from cannery.liquid.context import RenderContext, Source
from cannery.liquid.template import MissingNames, missing_names, render
from cannery.model.entry import Part
from cannery.model.location import Kind, Location

TEXT = (
    "{% assign twice = name | append: name %}{% capture both %}{{ twice }}{% endcapture %}"
    "{{ both }} {{ list | join }} {{ 'a' | article_url }} {% render 'sign', name: name %}"
    "{% for x in list %}{{ forloop.index }}{% endfor %} {{ day | date: 'long' }}{{ maybe }}"
)
SOURCE = Source(TEXT, "kb/macros/a.md")
WANTED = ("name", "day", "maybe")


def _context(mine: str, language: str = "en", steps: int = 1000) -> RenderContext:
    at = Location("kb/macros/_parts/sign.md", "macros/_parts/sign", Kind.PART, language)
    part = Part(at, f"{mine} signs for {{{{ name }}}}", 1)
    optional = frozenset({"maybe"})
    return RenderContext(
        language, {"sign": part}, optional, lambda id_: Url(f"https://{mine}.example/{id_}"), steps
    )


def _values(mine: str) -> dict[str, object]:
    return {"name": mine, "list": [mine, "x"], "day": "2026-11-25", "maybe": ""}


def _expected(mine: str) -> str:
    return (
        f"{mine}{mine} {mine} x https://{mine}.example/a {mine} signs for {mine}"
        "12 November 25, 2026"
    )


def _rendered(number: int) -> tuple[str, str, MissingNames]:
    """What one of many renderings of the same template comes to; every third one is refused."""
    mine = f"n{number}"
    if number % 3 == 0:
        with pytest.raises(TemplateError, match="too many steps"):
            render(SOURCE, _values(mine), _context(mine, steps=number % 7 + 1))
    missing = missing_names(SOURCE, {"list": []}, _context(mine))
    return mine, render(SOURCE, _values(mine), _context(mine)).plain, missing


@pytest.mark.parametrize("threads", [1, 8])
def test_renderings_of_one_template_know_nothing_of_each_other(threads: int) -> None:
    with ThreadPoolExecutor(threads) as pool:
        for mine, text, missing in pool.map(_rendered, range(200)):
            assert text == _expected(mine)
            assert missing == MissingNames(WANTED, frozenset(WANTED))


def test_each_rendering_has_its_own_language() -> None:
    source = Source("{{ day | date: 'long' }} {{ yes }}", "kb/macros/a.md")
    values = {"day": "2026-11-25", "yes": True}
    assert [
        render(source, values, RenderContext(language)).plain for language in ("en", "ja", "en")
    ] == ["November 25, 2026 yes", "2026年11月25日 はい", "November 25, 2026 yes"]


def test_what_a_rendering_has_spent_is_not_on_the_next_ones_account() -> None:
    source = Source("{% for x in (1..40) %}{{ x }}{% endfor %}", "kb/macros/a.md")
    context = RenderContext("en", max_steps=100)
    assert len({render(source, {}, context).plain for _ in range(5)}) == 1
