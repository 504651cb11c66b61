"""The examples that `kb init` writes."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.conftest import Run

GREETINGS = {"en": ("Hello Kim,", "Best regards,"), "ja": ("Kim 様", "よろしくお願いいたします。")}


@pytest.fixture
def started(kb: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A new knowledge base, as the current folder."""
    monkeypatch.chdir(tmp_path)
    assert kb("init").code == 0
    return tmp_path


@pytest.mark.usefixtures("started")
def test_nothing_in_it_is_found_fault_with(kb: Run) -> None:
    done = kb("check")
    assert (done.code, done.out, done.err) == (0, "", "Checked 5 entries: 0 errors, 0 warnings.\n")


@pytest.mark.usefixtures("started")
@pytest.mark.parametrize("language", GREETINGS)
def test_two_macros_in_one_reply_greet_and_close_once(kb: Run, language: str) -> None:
    values = ("--set", "customer=Kim", "--set", "agent.name=Aoki", "--lang", language)
    lines = kb("reply", "hello", "hello", *values, "--print").out.splitlines()
    greeting, closing = GREETINGS[language]
    assert (lines[0], lines.count(greeting), lines.count(closing)) == (greeting, 1, 1)
    assert lines[-1] == "Aoki"
