"""The commands of the documentation do what it says: each is read from its page, and run."""

from __future__ import annotations

import os
import re
import shlex
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import webbrowser
from collections.abc import Callable, Iterator
from pathlib import Path

import pexpect
import pytest
from tests.cli.test_launchers import SCRIPTS
from tests.conftest import Run
from tests.desks.signed_in import sign_in
from tests.desks.zendesk.fake import FakeZendesk
from tests.hosts.forges import Forge
from tests.manual.commands import ENGLISH, PAGES, blocks, commands, uncommented
from tests.manual.desk import REPLY, SETTINGS, TICKET, Desk, programs, set_up
from tests.manual.team_desk import add_zendesk, team_desk, visited
from tests.repositories import WHO

from cannery.cli import desk_options, output, prompts
from cannery.clipboard import paste
from cannery.clipboard.desktop import Clip
from cannery.content.field_types import type_of
from cannery.exchange.desks.table import DESKS
from cannery.reply.resolve import MissingField

_MOST_UNTESTED = 3  # blocks: the set-up in the README, which .ci/run runs, and a line of a dotfile
_SECONDS = 60


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    folder = tmp_path_factory.mktemp("desk")
    settings = folder / "gitconfig"
    settings.write_text(WHO, "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("GIT_")]:
            patch.delenv(name)
        patch.setenv("GIT_CONFIG_GLOBAL", str(settings))
        return set_up(folder)


@pytest.fixture
def desk(made: Desk, home: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """The desk as it was at first, and an index that is there already."""
    (home / ".gitconfig").write_text(WHO, "utf-8")
    (home / "config" / "cannery").mkdir(parents=True)
    (home / "config" / "cannery" / "config.toml").write_text(SETTINGS, "utf-8")
    monkeypatch.setenv("XDG_CACHE_HOME", str(made.folder / "cache"))
    monkeypatch.setenv("PATH", programs(home / "bin", sys.executable))
    monkeypatch.setenv("EDITOR", "true")
    monkeypatch.delenv("CI", raising=False)  # a person types them
    monkeypatch.setenv("NO_MKDOCS_2_WARNING", "1")
    monkeypatch.setenv("FORGE_TOKEN", "s3cret")
    monkeypatch.chdir(made.clone)
    made.tidy()
    return made


@pytest.fixture
def answered(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody who types a value that fits for whatever is asked, and says yes."""
    monkeypatch.setattr(prompts, "can_ask", lambda **_: True)
    monkeypatch.setattr(prompts, "ask", _typed)
    monkeypatch.setattr(output, "confirm", lambda _, *, default, **__: default)
    monkeypatch.setattr(output, "prompt", lambda _, default="": default)
    monkeypatch.setattr(desk_options, "confirmed", lambda *_, **__: True)
    monkeypatch.setenv("BROWSER", "curl")
    monkeypatch.setattr(webbrowser, "open", visited)


def _typed(missing: MissingField, _: object) -> str:
    field = missing.field
    if field.choices:
        return field.choices[0].value
    return missing.proposal or field.default or type_of(field).sample or "A-17"


def _offline(desk: Desk, kb: Run) -> None:
    """A proposal that could not be sent, since the team's repository was away."""
    desk.edit()
    away = desk.remote.rename(desk.folder / "away.git")
    assert kb("propose", "--yes").code == 1
    away.rename(desk.remote)


_forges: list[Forge] = []
_zendesks: list[FakeZendesk] = []


@pytest.fixture(scope="module", autouse=True)
def forges() -> Iterator[None]:
    yield
    while _forges:
        _forges.pop().end()
    while _zendesks:
        _zendesks.pop().stop()


def _has_zendesk(desk: Desk, _: object = None) -> None:
    """The team's help desk, with a macro, an article and a ticket; the user's browser is curl."""
    fake = team_desk()
    _zendesks.append(fake)
    add_zendesk(desk.clone, fake.address, 'macros = ["macros/billing"]')
    sign_in(fake.address, DESKS["zendesk"].sign_in, fake.oauth.token("read write"))


def _reviewed(desk: Desk, _: object = None) -> None:
    """The team's repository is on a host, where pull request 12 waits for the user's review."""
    forge = Forge("github", 12)
    _forges.append(forge)
    forge.head = desk.proposed("refs/pull/12/head")
    forge.requests[0]["head"]["sha"] = forge.head
    settings = desk.clone / "kb/kb.toml"
    text = re.sub(r"(?m)^(?:repository|forge) = .*\n", "", settings.read_text("utf-8"))
    settings.write_text(f'repository = "{forge.address}"\nforge = "github"\n{text}', "utf-8")
    with (Path(os.environ["XDG_CONFIG_HOME"]) / "cannery/config.toml").open("a") as file:
        file.write(f'[hosts]\n"{forge.name}" = {{ token_variable = "FORGE_TOKEN" }}\n')


def _checked_out(desk: Desk, kb: Run) -> None:
    _reviewed(desk)
    assert kb("review", "12", "--checkout").code == 0


def _with_tickets(desk: Desk, _: object = None) -> None:
    (desk.clone / "tickets.csv").write_text("id,created_at\n1,2026-01-01\n", "utf-8")


def _with_imported_tickets(desk: Desk, kb: Run) -> None:
    _with_tickets(desk, kb)
    assert kb("insight", "import", "tickets.csv").code == 0


def _with_tables(desk: Desk, kb: Run) -> None:
    """Tickets that were imported, and exported as tables."""
    _with_tickets(desk)
    assert kb("insight", "import", "tickets.csv").code == 0
    assert kb("insight", "export", "tables").code == 0


# What must have been before a command has something to do: by how it begins.
_BEFORE: dict[str, Callable[[Desk, Run], object]] = {
    "kb insight --by": _with_imported_tickets,
    "kb insight --engine": _with_tables,
    "kb insight import": _with_tickets,
    "kb propose --resume": _offline,
    "kb review 12 --return": _checked_out,
    "kb review": _reviewed,
    "kb propose": lambda desk, _: desk.edit(),
    "kb check --since": lambda desk, _: desk.edit(),
    "kb undo": lambda _, kb: kb("rename", "refund", "billing/refunds"),
    "kb adopt ../": lambda *_: None,
    "kb adopt": lambda desk, _: os.chdir(desk.site),
    "kb desk": _has_zendesk,
    "kb reply refund --ticket zendesk:": _has_zendesk,
    "kb init": lambda desk, _: os.chdir(desk.empty),
    "kb site": lambda desk, _: os.chdir(desk.small),
    "kb stage": lambda desk, _: os.chdir(desk.small),
    "mkdocs": lambda desk, _: os.chdir(desk.small),
    "KB_AUDIENCE": lambda desk, _: os.chdir(desk.small),
}


@pytest.mark.usefixtures("answered")
@pytest.mark.parametrize("command", commands())
def test_a_command_does_its_work(
    desk: Desk, kb: Run, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    copied = TICKET if "--ticket clipboard" in command else REPLY
    monkeypatch.setattr(paste, "paste", lambda *_: Clip(copied))
    before = next((act for start, act in _BEFORE.items() if command.startswith(start)), None)
    if before:
        before(desk, kb)
    words = shlex.split(command)
    if words in (["kb"], ["kb", "pick"]):
        _open_and_leave(words)
    elif words[:3] == ["kb", "site", "serve"]:
        _serve(words, "<html")
    elif words[:2] == ["kb", "serve"]:
        _serve(words, "kb serve takes")
    elif words[0] == "kb" and not {"|", ">"} & {*words}:
        done = kb(*words[1:])
        assert done.code == 0, done.err
        assert done.out or done.err
    else:
        subprocess.run(["bash", "-euo", "pipefail", "-c", command], check=True, timeout=_SECONDS)


def _open_and_leave(words: list[str]) -> None:
    """The picker, which Esc leaves."""
    child = pexpect.spawn(words[0], words[1:], env=dict(os.environ), timeout=_SECONDS)
    child.expect("Esc")
    child.send("\x1b")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0


def _get(address: str) -> str:
    end = time.monotonic() + _SECONDS
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(address) as answer:  # noqa: S310 - our own
                return str(answer.read(), "utf-8")
        except urllib.error.URLError:
            time.sleep(0.1)  # it is about to listen
    pytest.fail(f"{address} does not answer")


def _serve(words: list[str], text: str) -> None:
    """A server, which says so and Ctrl-C ends."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    served = subprocess.Popen([*words, "--port", port], stderr=subprocess.PIPE, text=True)
    try:
        assert served.stderr
        address = f"http://127.0.0.1:{port}/"
        # Before it may stand what this machine lacks, such as a font.
        assert any(address in line for line in served.stderr)
        assert text in _get(address)
    finally:
        served.send_signal(signal.SIGINT)
        served.communicate(timeout=_SECONDS)
    assert served.returncode == 0


def test_each_block_of_commands_says_that_it_is_one() -> None:
    """What is to be typed stands in a block of `sh` or `console`, or is a script that is tried."""
    for page in PAGES:
        for block in blocks(page):
            place = f"{block.page}:{block.line}"
            if block.language == "bash":
                assert block.info.removeprefix("bash ") in SCRIPTS, place
            elif not block.commands:
                assert not re.search(r"^\s*(?:\$ |kb\b|mkdocs )", block.text, re.MULTILINE), place


def test_what_is_not_tried_is_rare_and_says_why() -> None:
    marked = [block for page in PAGES for block in blocks(page) if "no-test" in block.info]
    assert all(block.reason for block in marked)
    assert 0 < len({block.text for block in marked}) <= _MOST_UNTESTED


@pytest.mark.parametrize("page", ENGLISH, ids=lambda page: page.stem)
def test_a_guide_has_the_same_commands_in_japanese(page: Path) -> None:
    assert _typed_on(page.with_suffix(".ja.md")) == _typed_on(page)


def _typed_on(page: Path) -> list[tuple[str, str | list[str]]]:
    return [
        (block.info, block.text if block.language == "bash" else uncommented(block))
        for block in blocks(page)
    ]


@pytest.mark.parametrize(
    "code", [block.text for page in PAGES for block in blocks(page) if block.language == "python"]
)
def test_python_of_the_pages_runs(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], code: str
) -> None:
    monkeypatch.chdir(desk.folder)
    exec(compile(code, "page", "exec"), {})  # noqa: S102 - our own page
    assert "macros/billing/refund" in capsys.readouterr().out
