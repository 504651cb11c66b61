"""What the tests share: a knowledge base of their own, a home of their own, `kb` itself."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import pytest

from cannery.content import files, library
from cannery.model.entry import Article, Macro
from cannery.start import main
from cannery.util import notices
from cannery.workspace import Workspace, open_workspace
from tests.desks.zendesk.fixture import fake_zendesk  # noqa: F401 - a fixture of many rooms
from tests.in_place import docs  # noqa: F401 - a fixture of several files
from tests.repositories import team, team_template  # noqa: F401 - fixtures of many rooms
from tests.rest.service import service  # noqa: F401 - likewise


@dataclass(frozen=True)
class Outcome:
    """What a command left behind: exit code, stdout, stderr."""

    code: int
    out: str
    err: str


Run = Callable[..., Outcome]
os.environ.setdefault("OPENPYXL_LXML", "False")  # tests load openpyxl themselves: as `kb` has it


def pytest_configure() -> None:
    # A shell's job in the background ignores Ctrl-C, and so would all that the tests start.
    signal.signal(signal.SIGINT, signal.default_int_handler)


_WITH_CHROMIUM = pytest.StashKey[set[Path]]()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Files that take long come first: at the end no process waits for another's."""
    config.stash[_WITH_CHROMIUM] = _using("browser", items)
    first = config.stash[_WITH_CHROMIUM] | _using("large_template", items)
    items.sort(key=lambda item: item.path not in first)


def _using(fixture: str, items: list[pytest.Item]) -> set[Path]:
    return {item.path for item in items if fixture in getattr(item, "fixturenames", ())}


def pytest_sessionfinish() -> None:
    _stop_chromium()


def _stop_chromium() -> None:
    if chromium := sys.modules.get("tests.site.chromium"):
        chromium.stop()


def pytest_runtest_setup(item: pytest.Item) -> None:
    if item.path not in item.config.stash[_WITH_CHROMIUM]:
        _stop_chromium()
    for mark in item.iter_markers("needs"):
        leave_without(name for name in mark.args if shutil.which(name) is None)


def leave_without(missing: Iterable[str]) -> None:
    """Skip a test that lacks these; fail it in CI, which is to have all."""
    if names := ", ".join(missing):
        if os.environ.get("CI"):
            pytest.fail(f"CI lacks {names}")
        pytest.skip(f"no {names} here")


@pytest.fixture(scope="session")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Paths for folders, none of which is there yet.

    Counted here: pytest looks through all the folders that it has made before it makes another.
    """
    folder = tmp_path_factory.mktemp("homes")
    return (folder / str(number) for number in count())


@pytest.fixture(autouse=True)
def home(homes: Iterator[Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home folder with nothing in it, no desktop, and no notices."""
    folder = next(homes)
    folder.mkdir()
    notices.taken()  # what the test before this one has left untold
    for name in [*os.environ]:
        if name.startswith(("GIT_", "XDG_", "SSH_", "WAYLAND_")) or name in _UNSET:
            monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.setenv("TERM", "xterm-256color")
    # The one of whoever runs the tests is not theirs to write to.
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    monkeypatch.setenv("KB_NO_HELPER", "1")  # one may run for whoever runs the tests
    for kind in ("CONFIG", "CACHE", "STATE"):
        monkeypatch.setenv(f"XDG_{kind}_HOME", str(folder / kind.lower()))
    return folder


_UNSET = (
    "COLUMNS",
    "LINES",
    "DISPLAY",
    "TMUX",
    "KB_ROOT",
    "NO_COLOR",
    "EDITOR",
    "VISUAL",
    "STY",
    "WSL_DISTRO_NAME",
)


@dataclass(frozen=True)
class Base:
    """A knowledge base on disk."""

    root: Path

    @property
    def workspace(self) -> Workspace:
        return open_workspace(self.root)

    def write(self, path: str, text: str | bytes) -> Path:
        target = self.root / "kb" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text.encode() if isinstance(text, str) else text)
        return target

    def macro(self, path: str) -> Macro:
        item = library.load(self.workspace, f"kb/macros/{path}").item
        assert isinstance(item, Macro)
        return item

    def article(self, path: str) -> Article:
        item = library.load(self.workspace, f"kb/articles/{path}").item
        assert isinstance(item, Article)
        return item

    def git(self, *arguments: str) -> str:
        """Run git in it, as somebody."""
        who = ["-c", "user.name=A", "-c", "user.email=a@example.com"]
        done = subprocess.run(
            ["git", *who, *arguments], cwd=self.root, check=True, capture_output=True, text=True
        )
        return done.stdout

    def scan(self) -> files.Scan:
        return files.scan(self.workspace)


@pytest.fixture
def base(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Base:
    """An empty knowledge base, which is the current folder too."""
    made = Base(tmp_path / "base")
    made.write("kb.toml", 'name = "Test"\nsite_url = "https://help.example.com"\n')
    monkeypatch.chdir(made.root)
    return made


@pytest.fixture
def kb(capfd: pytest.CaptureFixture[str]) -> Run:
    """Run `kb` in this process."""

    def run(*arguments: str) -> Outcome:
        capfd.readouterr()
        with pytest.raises(SystemExit) as ended:
            main(arguments)
        captured = capfd.readouterr()
        code = ended.value.code
        assert isinstance(code, int)
        return Outcome(code, captured.out, captured.err)

    return run
