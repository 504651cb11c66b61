"""A format takes a row and a file: help, output and JSON come by themselves."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest
from tests.conftest import Base

from cannery.content.markdown import parse, tree
from cannery.model.entry import Reply
from cannery.operations.deliver import body
from cannery.render.formats import RENDERERS, Body, render_all

SHOUT = """
from cannery.render.formats import Body


def render(body: Body) -> str:
    return body.source.upper()
"""
ADDED = """
import sys
from cannery import render
from cannery.render import formats

render.__path__.append(sys.argv[1])
formats.RENDERERS["shout"] = formats.Renderer()
from cannery.start import main

main(sys.argv[2:])
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the file of a made-up format."""
    (tmp_path / "shout.py").write_text(SHOUT)
    return tmp_path


def _kb(base: Base, folder: Path, *arguments: str) -> str:
    """What `kb` prints with one format more."""
    base.write("macros/hello.md", "---\ntitle: Hello\n---\nHello *Kim*\n")
    done = subprocess.run(
        [sys.executable, "-c", ADDED, str(folder), *arguments],
        cwd=base.root,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def test_a_made_up_format_is_in_the_help_and_on_stdout(base: Base, folder: Path) -> None:
    assert "|slack|slack-api|shout>" in "".join(_kb(base, folder, "reply", "--help").split())
    printed = _kb(base, folder, "reply", "hello", "--print", "--format", "shout")
    assert printed == "HELLO *KIM*\n"


def test_a_made_up_format_is_in_the_json(base: Base, folder: Path) -> None:
    data = json.loads(_kb(base, folder, "reply", "hello", "--json"))
    assert data["shout"] == "HELLO *KIM*\n"
    assert data["slack-api"] == "Hello _Kim_\n"
    assert data["slack"] == "Hello Kim\n"
    assert data["slack-html"] == "<p>Hello <em>Kim</em></p>\n"


def test_a_format_without_a_text_of_its_own_has_anothers() -> None:
    reply = Reply({"text": "a", "html": "b", "slack": "c"})
    assert [body(reply, form) for form in ("rich", "text", "html", "slack")] == ["a", "a", "b", "c"]


@pytest.mark.parametrize("name", [name for name, row in RENDERERS.items() if not row.text_of])
def test_each_row_has_its_file(name: str) -> None:
    nodes = tree(parse("Hello"))
    module = import_module(f"cannery.render.{name.replace('-', '_')}")
    assert "Hello" in module.render(Body("Hello", nodes))


def test_rows_name_formats_that_there_are() -> None:
    rendered = render_all(Body("", ()))
    for row in RENDERERS.values():
        assert {row.text_of, row.html_of} - {""} <= {*rendered}
