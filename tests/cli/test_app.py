"""A command is a file in commands/ and a row in the table."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.conftest import Run

from cannery.cli import app, commands

GREET = '''
"""`kb greet`: a command that is made up."""

import typer

from cannery.cli import output


def greet(name: str) -> None:
    """Greet somebody."""
    output.say(f"Hello {name}")
    raise typer.Exit(7)
'''


@pytest.fixture
def greet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A command in two places: its file, and its row."""
    (tmp_path / "greet.py").write_text(GREET)
    monkeypatch.setattr(commands, "__path__", [*commands.__path__, str(tmp_path)])
    monkeypatch.setattr(app, "COMMANDS", {**app.COMMANDS, "greet": True})


@pytest.mark.usefixtures("greet")
def test_it_runs_with_its_arguments(kb: Run) -> None:
    done = kb("greet", "Kim")
    assert (done.code, done.out) == (7, "Hello Kim\n")


@pytest.mark.usefixtures("greet")
def test_it_is_in_the_help(kb: Run) -> None:
    assert "greet Greet somebody." in " ".join(kb("--help").out.split())


@pytest.mark.usefixtures("greet")
def test_it_shows_its_help_without_the_words_that_it_needs(kb: Run) -> None:
    done = kb("greet")
    assert (done.code, done.out) == (2, "")
    assert "Greet somebody." in done.err


def test_without_its_row_there_is_no_such_command(kb: Run) -> None:
    assert "No such command 'greet'" in kb("greet", "Kim").err


def test_every_file_has_a_row() -> None:
    names = {path.stem for path in Path(commands.__path__[0]).glob("*.py")} - {"__init__"}
    files = {name.removesuffix("_") for name in names}
    assert files == set(app.COMMANDS) - set(app.GROUPS)
