"""Git is run within what its caller allows."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.conftest import Base

from cannery.git.run import attempt

TELLING = """#!/bin/sh
echo "$GIT_TERMINAL_PROMPT,$SSH_ASKPASS_REQUIRE" > "{asking}"
echo A message > "$1"
"""


@pytest.mark.parametrize(
    ("allowed", "expected"),
    [("", "0,never"), ("0", "0,never"), ("1", "1,")],
    ids=["nobody-said", "forbidden", "allowed"],
)
def test_git_asks_on_a_terminal_only_where_somebody_allows_it(
    base: Base, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, allowed: str, expected: str
) -> None:
    editor, asking = tmp_path / "editor", tmp_path / "asking"
    editor.write_text(TELLING.format(asking=asking))
    editor.chmod(0o755)
    base.git("init", "-q")
    base.git("config", "user.name", "A")
    base.git("config", "user.email", "a@example.com")
    monkeypatch.setenv("GIT_EDITOR", str(editor))
    monkeypatch.delenv("SSH_ASKPASS_REQUIRE", raising=False)
    monkeypatch.delenv("GIT_TERMINAL_PROMPT", raising=False)
    if allowed:
        monkeypatch.setenv("GIT_TERMINAL_PROMPT", allowed)
    status, _, said = attempt(base.root, "commit", "--allow-empty")
    assert (status, said) == (0, "")
    assert asking.read_text() == f"{expected}\n"
