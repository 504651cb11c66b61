"""What others could have written is neither read nor written, and the command goes on."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.conftest import Base, Run

from cannery.errors import CanneryError
from cannery.operations.helper import socket_path
from cannery.search.manifest import index_folder
from cannery.serve import client
from cannery.util import notices


def _open_to_all(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o777)


def _link(folder: Path) -> None:
    other = folder.with_name("other")
    folder.rename(other) if folder.exists() else other.mkdir(parents=True)
    folder.symlink_to(other)


MADE: dict[str, Callable[[Path], None]] = {
    "its folder": _open_to_all,
    "the folder above": lambda folder: _open_to_all(folder.parent),
    "the folder of the user": lambda folder: _open_to_all(folder.parent.parent),
    "a link": _link,
}


def _snapshot(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("how", MADE)
@pytest.mark.parametrize("before", [False, True])
def test_a_cache_that_others_can_write_is_not_used(
    base: Base, kb: Run, how: str, before: bool
) -> None:
    base.write("articles/a.md", "---\ntitle: Proxy\n---\nproxy")
    if before:
        assert kb("find", "proxy").code == 0
        assert kb("check").code == 0
    cache = base.workspace.cache
    MADE[how](cache)
    there = _snapshot(cache)
    for words in (("find", "proxy"), ("check",), ("find", "proxy", "--json")):
        done = kb(*words)
        assert done.code == 0, done.err
        assert done.err.count("is not used: ") == 1
        assert "Traceback" not in done.err
    assert "Proxy" in kb("find", "proxy").out
    assert _snapshot(cache) == there


def test_an_index_that_another_has_put_into_the_cache_is_not_used(base: Base, kb: Run) -> None:
    base.write("articles/a.md", "---\ntitle: Proxy\n---\nproxy")
    kb("find", "proxy")
    index_folder(base.workspace.cache).chmod(0o777)
    done = kb("find", "proxy")
    assert "Proxy" in done.out
    assert "chmod go-w" in done.err


@pytest.mark.parametrize("how", MADE)
def test_a_state_that_others_can_write_is_not_used(base: Base, kb: Run, how: str) -> None:
    base.write(
        "macros/a.md",
        "---\ntitle: A\nfields:\n  name: {type: text, remember: true, required: true}\n---\nHi {{ name }}",
    )
    assert kb("reply", "a", "--set", "name=Mallory", "--print").code == 0
    state = base.workspace.state
    MADE[how](state)
    there = _snapshot(state)
    done = kb("reply", "a", "--set", "name=Kim", "--print")
    assert "Hi Kim" in done.out
    assert done.err.count("is not used: ") == 1
    assert _snapshot(state) == there
    assert "Mallory" not in kb("reply", "a", "--print").out


def test_doctor_tells_why_a_cache_is_not_used(base: Base, kb: Run) -> None:
    _open_to_all(base.workspace.cache)
    assert f"other users can write to {base.workspace.cache}" in kb("doctor").out


@pytest.mark.skipif(socket_path() is None, reason="not available on this system")
@pytest.mark.parametrize("mode", [0o777, 0o770, 0o755])
def test_a_helper_in_a_folder_that_others_may_enter_is_not_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mode: int
) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    (tmp_path / "cannery").mkdir()
    (tmp_path / "cannery").chmod(mode)
    with pytest.raises(PermissionError):
        client.refuse_foreign(str(tmp_path / "cannery"))
    assert len(notices.taken()) == 1


@pytest.mark.skipif(socket_path() is None, reason="not available on this system")
def test_nor_is_one_below_a_folder_that_others_can_write(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "all" / "cannery").mkdir(parents=True, mode=0o700)
    (tmp_path / "all" / "cannery").chmod(0o700)
    (tmp_path / "all").chmod(0o777)
    with pytest.raises(PermissionError, match="other users can write"):
        client.refuse_foreign(str(tmp_path / "all" / "cannery"))
    notices.taken()
    env = {**os.environ, "XDG_RUNTIME_DIR": str(tmp_path / "all"), "KB_NO_HELPER": ""}
    command = [sys.executable, "-m", "cannery", "helper"]
    done = subprocess.run(command, capture_output=True, check=False, env=env)
    assert done.returncode == 1
    assert b"not safe to use" in done.stderr


def test_an_error_is_a_permission_that_is_lacking() -> None:
    from cannery.util.trust import UntrustedError

    assert issubclass(UntrustedError, OSError)
    assert not issubclass(UntrustedError, CanneryError)
