"""What the guides list is what the program has: keys, filters, formats, the members of a hit."""

from __future__ import annotations

import json
import re

import pytest
from tests.conftest import Base, Run
from textual.binding import Binding

from cannery.cli.report import CheckFormat
from cannery.clipboard.terminal import _MAX_BYTES
from cannery.liquid import limits
from cannery.liquid.portable_filters import FILTERS
from cannery.manual import ARTICLES
from cannery.tui.finder import Finder
from cannery.tui.form import Form

ENDINGS = ("md", "ja.md")
_MOVING = {"↑", "↓", "pgup", "pgdn", "tab"}  # that a list and a form bring along


def _guide(name: str, ending: str) -> str:
    return (ARTICLES / "guides" / f"{name}.{ending}").read_text("utf-8")


def _first_cells(section: str) -> list[str]:
    """What stands in code in the first column of a section's table."""
    rows = re.findall(r"^\| (`[^|]*)\|", section, re.MULTILINE)
    return [code for row in rows for code in re.findall(r"`([^`]+)`", row)]


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize(("number", "screen"), [(2, Finder), (3, Form)])
def test_the_picker_has_the_keys_of_its_page(
    ending: str, number: int, screen: type[Finder | Form]
) -> None:
    section = _guide("picker", ending).split("\n## ")[number]
    told = {key.lower().replace("esc", "escape") for key in _first_cells(section)}
    bound = [item for item in screen.BINDINGS if isinstance(item, Binding) and item.show]
    assert told - _MOVING == {item.key for item in bound} - _MOVING


@pytest.mark.parametrize("ending", ENDINGS)
def test_the_filters_that_work_everywhere_are_listed(ending: str) -> None:
    (line,) = (line for line in _guide("macro-format", ending).splitlines() if "`upcase`" in line)
    filters = re.split(r"\. |。", line)[0]
    assert {*re.findall(r"`(\w+)`", filters)} == {*FILTERS}


@pytest.mark.parametrize("ending", ENDINGS)
def test_the_limits_are_those_of_templates(ending: str) -> None:
    (line,) = (line for line in _guide("macro-format", ending).splitlines() if "20,000" in line)
    told = {int(number.replace(",", "")) for number in re.findall(r"\d[\d,]*", line)}
    assert told == {
        limits.MAX_SOURCE, limits.MAX_DEPTH, limits.MAX_LOOPS, limits.MAX_STEPS, limits.MAX_ITEMS,
        limits.MAX_VALUE, limits.MAX_OUTPUT, limits.MAX_TEXT,
    }  # fmt: skip


@pytest.mark.parametrize("ending", ENDINGS)
def test_the_forms_of_a_report_are_listed(ending: str) -> None:
    section = _guide("checking", ending).split("\n## ")[1]
    assert _first_cells(section) == ["--format", *(form.value for form in CheckFormat)]


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_terminal_takes_as_much_as_is_told(ending: str) -> None:
    assert f"{_MAX_BYTES:,}" in _guide("clipboard", ending)


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_hit_has_the_members_that_launchers_are_promised(
    base: Base, kb: Run, ending: str
) -> None:
    base.write("articles/a.md", "---\ntitle: Proxy\n---\nproxy\n")
    (hit,) = json.loads(kb("find", "proxy", "--json").out)
    told = _first_cells(_guide("launchers", ending).split("\n## ")[1])
    assert {*told} == {*hit}
