"""Write `cli/help/`, the help of each command as Typer writes it: `python .ci/help_pages.py`.

Run it after a command or an option was changed: a test holds the files against Typer.
"""

from __future__ import annotations

import io
import os
from collections.abc import Iterator, Sequence
from contextlib import redirect_stdout, suppress
from pathlib import Path

from cannery.cli.app import COMMANDS, GROUPS
from cannery.start import main

FOLDER = Path(__file__).parents[1] / "tool" / "cannery" / "cli" / "help"


def commands() -> Iterator[Sequence[str]]:
    """The words of each command, of which `kb` alone has none."""
    yield ()
    for name in COMMANDS:
        yield (name,)
        yield from ((name, each) for each in GROUPS.get(name, ()))


def page(command: Sequence[str], asked: str = "--help") -> str:
    """The help of a command, from Typer."""
    with redirect_stdout(io.StringIO()) as out, suppress(SystemExit):
        main([*command, asked])
    return out.getvalue()


def file_of(command: Sequence[str]) -> Path:
    return FOLDER / f"{'-'.join(('kb', *command))}.txt"


if __name__ == "__main__":
    os.environ["COLUMNS"] = "80"
    for path in FOLDER.glob("*.txt"):
        path.unlink()
    FOLDER.mkdir(exist_ok=True)
    for command in commands():
        file_of(command).write_text(page(command), encoding="utf-8")
