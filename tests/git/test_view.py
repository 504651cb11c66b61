from __future__ import annotations

from pathlib import Path

from tests.repositories import git

from cannery.git.locate import locate
from cannery.git.safe_config import Setting
from cannery.git.view import remotes


class _Reader:
    """Stands for git, which reads settings in a process of its own."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self, _: Path, file: Path) -> list[Setting]:
        self.times += 1
        address = file.read_text().partition("url = ")[2].split("\n")[0]
        return [("core.bare", "false"), ("remote.origin.url", address)]


def test_where_the_remotes_are_is_read_again_when_it_has_changed_only(
    tmp_path: Path, home: Path
) -> None:
    assert home.is_dir()
    git(tmp_path, "init", "-q")
    git(tmp_path, "remote", "add", "origin", "https://one.test/a")
    at = locate(tmp_path)
    assert at
    reader = _Reader()
    first = remotes(at, reader)
    times = reader.times
    assert remotes(at, reader) == first == [("remote.origin.url", "https://one.test/a")]
    assert reader.times == times
    git(tmp_path, "remote", "set-url", "origin", "https://two.test/bcd")
    assert remotes(at, reader) == [("remote.origin.url", "https://two.test/bcd")]
