"""A command of several: a package in commands/, a module for each, and their rows."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.conftest import Run

from cannery.cli import app, commands
from cannery.cli.app import GROUPS

GROUP = '''
"""`kb talk`: a group that is made up."""


def talk() -> None:
    """Say things.

    Example: kb talk greet Kim
    """
'''
GREET = '''
"""`kb talk greet`: a command that is made up."""

import typer

from cannery.cli import output


def greet(name: str) -> None:
    """Greet somebody."""
    output.say(f"Hello {name}")
    raise typer.Exit(7)
'''


@pytest.fixture
def talk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "talk").mkdir()
    (tmp_path / "talk/__init__.py").write_text(GROUP)
    (tmp_path / "talk/greet.py").write_text(GREET)
    monkeypatch.setattr(commands, "__path__", [*commands.__path__, str(tmp_path)])
    monkeypatch.setattr(app, "COMMANDS", {**app.COMMANDS, "talk": True})
    monkeypatch.setattr(app, "GROUPS", {**app.GROUPS, "talk": {"greet": True}})


@pytest.mark.usefixtures("talk")
def test_its_command_runs_with_its_arguments(kb: Run) -> None:
    done = kb("talk", "greet", "Kim")
    assert (done.code, done.out) == (7, "Hello Kim\n")


@pytest.mark.usefixtures("talk")
def test_alone_it_shows_its_commands(kb: Run) -> None:
    done = kb("talk")
    assert (done.code, done.out) == (2, "")
    assert "Say things." in done.err
    assert "greet Greet somebody." in " ".join(done.err.split())


@pytest.mark.usefixtures("talk")
def test_a_slip_names_the_command_that_was_meant(kb: Run) -> None:
    done = kb("talk", "gret", "Kim")
    assert done.code == 2
    assert "greet" in done.err


@pytest.mark.parametrize("group", GROUPS)
def test_every_file_has_a_row(group: str) -> None:
    folder = Path(commands.__path__[0]) / group
    files = {path.stem for path in folder.glob("*.py")} - {"__init__"}
    assert {name.removesuffix("_") for name in files} == set(GROUPS[group])


@pytest.mark.parametrize(
    ("group", "command"), [(group, name) for group, rows in GROUPS.items() for name in rows]
)
def test_every_command_has_help_with_an_example(kb: Run, group: str, command: str) -> None:
    done = kb(group, command, "--help")
    assert f"Example: kb {group} {command}" in " ".join(done.out.split())
