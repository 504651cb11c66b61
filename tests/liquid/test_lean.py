"""Liquid is loaded without what no template of ours reaches, and has it for others."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from importlib.metadata import requires
from pathlib import Path

import pytest

import liquid
from cannery.liquid.lean import _LEFT_OUT, _StandIn

_UNUSED = ("asyncio", "babel", "dateutil.parser", "importlib_resources", "liquid.extra", "pytz")


def _run(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    return done.stdout.strip()


def test_it_loads_nothing_that_no_template_reaches() -> None:
    code = f"import sys, cannery.liquid.template; print(*{{*{_UNUSED}}} & {{*sys.modules}})"
    assert _run(code) == ""


def test_who_loads_what_was_left_out_has_the_module_itself() -> None:
    names = ", ".join(_LEFT_OUT)
    code = (
        f"import sys, cannery.liquid.template; import {names}\n"
        f"print(*(sys.modules[name].__spec__.name for name in {[*_LEFT_OUT]}))"
    )
    assert _run(code).split() == [*_LEFT_OUT]


def test_what_is_loaded_already_stays() -> None:
    code = "import asyncio as before, cannery.liquid.template, sys; print(sys.modules['asyncio'] is before)"
    assert _run(code) == "True"


def test_others_have_the_extra_filters() -> None:
    template = liquid.Environment(extra=True).from_string("{{ 5 | currency }}")
    assert template.render() == "$5.00"


def test_others_have_the_loaders_of_files(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("{{ '2026-11-25' | date: '%d.%m.' }} {{ 'x' | date: '%Y' }}")
    environment = liquid.Environment(loader=liquid.FileSystemLoader(tmp_path))

    async def rendered() -> str:
        template = await environment.get_template_async("a")
        return await template.render_async()

    assert asyncio.run(rendered()) == "25.11. x"


def test_a_stand_in_has_what_its_module_has(monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in = _StandIn("colorsys", ("rgb_to_hls",))
    monkeypatch.setitem(sys.modules, "colorsys", stand_in)
    assert stand_in.rgb_to_hls.func.__name__ == "_call"
    assert stand_in.rgb_to_hsv(0, 0, 1)[2] == 1
    assert sys.modules["colorsys"] is not stand_in
    assert stand_in.rgb_to_hls(0, 0, 0) == (0, 0, 0)


def test_babel_is_installed_with_liquid_whether_we_want_it_or_not() -> None:
    """It takes a third of the tool's size; were it ours alone, a list of our own might be less."""
    found = [item for item in requires("python-liquid") or () if item.lower().startswith("babel")]
    assert found, "see `Installed size` in tests/benchmarks/README.md, and decide anew"
