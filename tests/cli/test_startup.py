from __future__ import annotations

import os
import subprocess
import sys

import pytest
from tests.conftest import Base

_HEAVY = ("textual", "git", "liquid", "mkdocs", "whoosh", "babel", "rich", "markdown_it", "yaml")


def _loaded(*arguments: str) -> set[str]:
    """The heavy libraries that a command loads."""
    code = (
        "import sys; from cannery.cli.app import main\n"
        f"try: main({arguments!r})\n"
        f"except SystemExit: print('LOADED', *sorted(set({_HEAVY!r}) & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=True, env=dict(os.environ)
    )
    return set(done.stdout.decode().split("LOADED")[1].split())


@pytest.mark.parametrize(
    ("arguments", "allowed"),
    [
        (("--help",), set()),
        (("--version",), set()),
        (("find", "hello"), {"whoosh", "yaml"}),
        (("reply", "hello", "--print"), {"liquid", "babel", "markdown_it", "yaml"}),
    ],
)
def test_a_command_loads_only_what_it_needs(
    base: Base, arguments: tuple[str, ...], allowed: set[str]
) -> None:
    base.write("macros/hello.md", "---\ntitle: Hello\n---\nHello")
    assert _loaded(*arguments) <= allowed
