from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cannery.util import notices, state

NONE: dict[str, int] = {}


def _numbers(data: Any) -> dict[str, int]:  # noqa: ANN401 - what a file may hold
    return {state.text(key): int(value) for key, value in data.items()}


def _sparse(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(500_000_000)


def _link(path: Path) -> None:
    (path.parent / "elsewhere").write_text('{"a": 1}')
    path.symlink_to(path.parent / "elsewhere")


SPOILT: dict[str, Callable[[Path], object]] = {
    "deep lists": lambda path: path.write_text("[" * 200_000),
    "deep objects": lambda path: path.write_text('{"a":' * 200_000),
    "deep and closed": lambda path: path.write_text("[" * 5000 + "]" * 5000),
    "cut short": lambda path: path.write_text('{"a": 1, "b'),
    "empty": lambda path: path.write_bytes(b""),
    "NUL bytes": lambda path: path.write_bytes(bytes(4096)),
    "binary": lambda path: path.write_bytes(bytes(range(256))),
    "UTF-16": lambda path: path.write_bytes('{"a": 1}'.encode("utf-16")),
    "a list": lambda path: path.write_text("[1, 2]"),
    "a text": lambda path: path.write_text('"a"'),
    "null": lambda path: path.write_text("null"),
    "another type inside": lambda path: path.write_text('{"a": []}'),
    "a number with 5,000 digits": lambda path: path.write_text('{"a": ' + "9" * 5000 + "}"),
    "infinity": lambda path: path.write_text('{"a": Infinity}'),
    "not a number": lambda path: path.write_text('{"a": NaN}'),
    "half a letter": lambda path: path.write_text('{"\\ud800": 1}'),
    "500 MB": _sparse,
    "a folder": Path.mkdir,
    "a link": _link,
    "a link to itself": lambda path: path.symlink_to(path),
    "a device": lambda path: path.symlink_to("/dev/zero"),
    "a pipe": os.mkfifo,
}


@pytest.fixture(autouse=True)
def _nothing_said_yet() -> None:
    notices.taken()


@pytest.mark.parametrize("how", SPOILT)
def test_what_cannot_be_read_is_set_aside_and_told_once(tmp_path: Path, how: str) -> None:
    path = tmp_path / "usage.json"
    SPOILT[how](path)
    assert state.load(path, _numbers, {"none": 0}) == {"none": 0}
    assert os.path.lexists(tmp_path / "usage.json.unreadable-1")
    assert not os.path.lexists(path)
    (told,) = notices.taken()
    assert str(path) in told
    assert told.endswith(": it was renamed to usage.json.unreadable-1")
    assert state.load(path, _numbers, NONE) == NONE
    assert notices.taken() == []


@pytest.mark.parametrize("how", SPOILT)
def test_so_is_what_must_not_be_lost(tmp_path: Path, how: str) -> None:
    SPOILT[how](tmp_path / "journal.json")
    assert state.load_kept(tmp_path / "journal.json", _numbers, NONE) == NONE
    (told,) = notices.taken()
    assert told.endswith(": it was renamed to journal.json.unreadable-1")


def test_what_is_set_aside_keeps_its_bytes_and_takes_no_others_place(tmp_path: Path) -> None:
    path = tmp_path / "usage.json"
    for text in ("one", "two", "three"):
        path.write_text(text)
        state.load(path, _numbers, NONE)
    notices.taken()
    kept = {item.name: item.read_text() for item in tmp_path.iterdir()}
    names = [f"usage.json.unreadable-{number}" for number in (1, 2, 3)]
    assert kept == dict(zip(names, ("one", "two", "three"), strict=True))


def _forbid(monkeypatch: pytest.MonkeyPatch, call: str) -> None:
    """As for a user other than root."""

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(call, refuse)


def test_a_file_that_may_not_be_read_is_set_aside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.json").write_text('{"a": 1}')
    with monkeypatch.context() as patch:
        _forbid(patch, "os.open")
        assert state.load(tmp_path / "a.json", _numbers, NONE) == NONE
    assert "Permission denied" in "".join(notices.taken())
    assert (tmp_path / "a.json.unreadable-1").read_text() == '{"a": 1}'


def test_where_it_cannot_be_moved_a_convenience_goes_on_and_what_matters_ends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.json").write_text("[")
    _forbid(monkeypatch, "pathlib.Path.rename")
    assert state.load(tmp_path / "a.json", _numbers, NONE) == NONE
    assert "can't be moved away" in "".join(notices.taken())
    with pytest.raises(state.StateError, match="can't be moved away"):
        state.load_kept(tmp_path / "a.json", _numbers, NONE)
    assert (tmp_path / "a.json").read_text() == "["
    assert notices.taken() == []


def test_a_fault_of_the_disk_moves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError(5, "Input/output error")

    (tmp_path / "a.json").write_text('{"a": 1}')
    monkeypatch.setattr("os.open", fail)
    assert state.load(tmp_path / "a.json", _numbers, NONE) == NONE
    with pytest.raises(state.StateError, match="Input/output"):
        state.load_kept(tmp_path / "a.json", _numbers, NONE)
    assert notices.taken() == []
    assert [item.name for item in tmp_path.iterdir()] == ["a.json"]


def test_a_file_that_is_not_there_says_nothing(tmp_path: Path) -> None:
    assert state.load(tmp_path / "no" / "a.json", _numbers, NONE) == NONE
    assert state.load_kept(tmp_path / "no" / "a.json", _numbers, NONE) == NONE
    assert notices.taken() == []


def test_what_is_stored_comes_back_and_is_for_the_user_alone(tmp_path: Path) -> None:
    path = tmp_path / "deeper" / "a.json"
    state.store(path, {"返金": 3})
    assert state.load(path, _numbers, NONE) == {"返金": 3}
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700


def test_a_name_with_stray_bytes_is_kept(tmp_path: Path) -> None:
    name = os.fsdecode(b"a\xff.md")
    state.store(tmp_path / "a.json", [name])
    assert state.load(tmp_path / "a.json", lambda data: str(data[0]), "") == name


def test_a_file_may_be_as_large_as_is_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps({"a": 1}))
    assert state.load(path, _numbers, NONE, limit=8) == {"a": 1}
    assert state.load(path, _numbers, NONE, limit=7) == NONE
    assert "more than 7e-06 MB" in "".join(notices.taken())
