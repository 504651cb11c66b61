"""A team moves to its files in one afternoon, as the guide tells it."""

from __future__ import annotations

import shlex
import shutil
import webbrowser
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.conftest import Run
from tests.desks.zendesk.fake import FakeZendesk
from tests.manual.commands import blocks, uncommented
from tests.manual.team_desk import add_zendesk, team_desk, visited
from tests.repositories import WHO, git

from cannery.manual import ARTICLES

_START, _TAKE_IN, _CHECK, _TEAM = (
    uncommented(block)
    for block in [*blocks(ARTICLES / "guides" / "desk-sync.md")]
    if block.commands
)
_ASK = ("kb desk pull zendesk", "kb desk push zendesk", "kb propose")


@pytest.fixture
def zendesk() -> Iterator[FakeZendesk]:
    fake = team_desk("Billing::Refund")
    yield fake
    fake.stop()


def _done(kb: Run, commands: list[str]) -> str:
    """Do them, saying yes where `kb` asks; what the last one printed."""
    printed = ""
    for command in commands:
        done = kb(*shlex.split(command)[1:], *(["--yes"] if command in _ASK else []))
        assert done.code == 0, f"{command}: {done.err}"
        printed = done.out + done.err
    return printed


def test_a_team_moves_in_one_afternoon(
    home: Path, tmp_path: Path, kb: Run, zendesk: FakeZendesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    (home / ".gitconfig").write_text(WHO, "utf-8")
    monkeypatch.setenv("BROWSER", "curl")
    monkeypatch.setattr(webbrowser, "open", visited)
    first, remote, second = (tmp_path / name for name in ("first", "remote.git", "second"))
    first.mkdir()
    monkeypatch.chdir(first)
    _done(kb, _START)
    add_zendesk(first, zendesk.address)
    shutil.rmtree(first / "kb/macros/general")
    shutil.rmtree(first / "kb/articles/guides")
    git(tmp_path, "init", "-q", "--bare", str(remote))
    git(first, "add", "-A")
    git(first, "commit", "-qm", "Start")
    git(first, "remote", "add", "origin", str(remote))
    git(first, "push", "-qu", "origin", "HEAD:main")
    _done(kb, _TAKE_IN)
    assert "Would send 0 changes." in _done(kb, _CHECK[:-1])
    _done(kb, _CHECK[-1:])
    (proposal,) = git(remote, "for-each-ref", "--format=%(refname)", "refs/heads/kb").split()
    git(tmp_path, "clone", "-q", "-b", proposal.removeprefix("refs/heads/"), str(remote), "second")
    monkeypatch.chdir(second)
    text = second / "kb/macros/billing/refund.ja.md"
    text.write_text(f"{text.read_text('utf-8')}\nまたご連絡します。\n", "utf-8")
    assert "Nothing was sent." in _done(kb, _TEAM)
    contents = [one["content"] for row in zendesk.dynamic.rows for one in row["variants"]]
    assert any("またご連絡します。" in text for text in contents)
