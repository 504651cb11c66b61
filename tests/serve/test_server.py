from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.conftest import Base, Outcome, Run
from tests.search import tiny_encoder

from cannery.operations.helper import is_running, socket_path
from cannery.operations.knowledge_base import KnowledgeBase
from cannery.serve import client, server
from cannery.start import main

pytestmark = pytest.mark.skipif(socket_path() is None, reason="not available on this system")
KB = [sys.executable, "-m", "cannery"]


def run(*arguments: str, **environment: str) -> Outcome:
    env = {**os.environ, **environment}
    done = subprocess.run([*KB, *arguments], capture_output=True, check=False, env=env)
    return Outcome(done.returncode, done.stdout.decode(), done.stderr.decode())


def wait(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.02)


@pytest.fixture
def address(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Where a helper of this test would listen: sockets have short names."""
    with tempfile.TemporaryDirectory(prefix="kb", dir="/tmp") as folder:
        monkeypatch.setenv("XDG_RUNTIME_DIR", f"{folder}/run")
        monkeypatch.delenv("KB_NO_HELPER")
        found = socket_path()
        assert found
        yield found


@contextmanager
def started(address: str) -> Iterator[subprocess.Popen[bytes]]:
    """A helper that listens; Ctrl-C ends it, also where a test fails."""
    process = subprocess.Popen([*KB, "helper"], cwd="/", stderr=subprocess.DEVNULL)
    try:
        wait(lambda: is_running(address))
        yield process
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(20)
        finally:
            process.kill()
            process.wait()


@pytest.fixture
def helper(base: Base, address: str) -> Iterator[subprocess.Popen[bytes]]:
    base.write("articles/a.md", "---\ntitle: Proxy\n---\nThe proxy says no. 返金の手順です。")
    base.write("articles/b.ja.md", "返金")
    with started(address) as process:
        yield process


def answered(*arguments: str) -> bool:
    return client.ask(arguments) is not None


@pytest.mark.usefixtures("helper")
@pytest.mark.parametrize(
    "arguments",
    [
        ("find", "proxy"),
        ("find", "返金", "--json"),
        ("find", "返金", "--lang", "ja", "--limit", "1"),
        ("find", "prox", "--as-you-type"),
        ("find", "zzz"),
        ("find", "proxy", "--limit", "0"),
        ("find", "--help"),
        ("find",),
    ],
)
def test_an_answer_is_the_same_with_and_without_a_helper(arguments: tuple[str, ...]) -> None:
    assert answered(*arguments)
    assert run(*arguments) == run(*arguments, KB_NO_HELPER="1")


@pytest.mark.usefixtures("helper")
def test_a_shell_completes_the_same_with_and_without_a_helper(
    base: Base, monkeypatch: pytest.MonkeyPatch
) -> None:
    base.write("macros/refund.md", "Hello")
    monkeypatch.setenv("_KB_COMPLETE", "bash")
    monkeypatch.setenv("_KB_LINE", "kb reply ref")
    assert answered()
    assert run() == run(KB_NO_HELPER="1")
    assert run().out.split() == ["values", "refund"]


@pytest.mark.usefixtures("helper")
def test_files_are_found_as_they_are_now(base: Base) -> None:
    assert answered("find", "proxy")
    base.write("articles/a.md", "grape")
    assert run("find", "proxy").code == 1
    base.write("articles/new/deep/c.md", "proxy")
    assert "articles/new/deep/c" in run("find", "proxy").out
    base.write("articles/new/deep/c.md", "proxy grape")
    assert run("find", "grape", "--json").out.count('"id"') == 2
    base.write("kb.toml", 'languages = ["en", "fr"]')
    assert "articles/b.ja" in run("find", "返金").out
    assert answered("find", "proxy")


@pytest.mark.usefixtures("helper")
def test_where_much_has_changed_whoever_asks_does_the_work(base: Base) -> None:
    for number in range(50):
        base.write(f"articles/{number}.md", "lemon")
    assert not answered("find", "lemon")
    assert run("find", "lemon", "--limit", "99", "--json").out.count('"id"') == 50
    assert answered("find", "lemon")


@pytest.mark.usefixtures("helper")
def test_where_a_model_has_much_to_read_whoever_asks_does_the_work(
    base: Base, tmp_path: Path
) -> None:
    tiny_encoder.must_run()
    for number in range(30):
        base.write(f"articles/{number}.md", "lemon")
    run("find", "lemon")
    assert answered("find", "lemon")
    tiny_encoder.named(tiny_encoder.write(tmp_path / "model"))
    assert not answered("find", "lemon")
    assert run("find", "lemon").code == 0
    assert len(tiny_encoder.vectors()) == 1


def test_a_helper_killed_at_any_time_is_no_loss(
    base: Base, address: str, helper: subprocess.Popen[bytes]
) -> None:
    before = run("find", "proxy")
    helper.kill()
    helper.wait()
    assert Path(address).exists()
    assert run("find", "proxy") == before
    with started(address):
        assert answered("find", "proxy")
    assert not Path(address).exists()


@pytest.mark.usefixtures("helper")
def test_one_helper_is_enough() -> None:
    assert "already running" in run("helper").err


@pytest.fixture
def part_of_the_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A module that helpers started by this test have loaded, and no other test's."""
    module = tmp_path / "part.py"
    module.touch()
    (tmp_path / "sitecustomize.py").write_text(
        "import sys\nfrom importlib.util import module_from_spec, spec_from_file_location\n"
        f"spec = spec_from_file_location('cannery.part', {str(module)!r})\n"
        "sys.modules[spec.name] = module_from_spec(spec)\n"
    )
    monkeypatch.setenv("PYTHONPATH", str(tmp_path), prepend=os.pathsep)
    return module


def test_a_search_starts_a_helper_where_the_settings_ask_for_one(
    base: Base, address: str, home: Path, part_of_the_program: Path
) -> None:
    base.write("articles/a.md", "proxy")
    run("find", "proxy")
    assert not is_running(address)
    (home / "config" / "cannery").mkdir(parents=True)
    (home / "config" / "cannery" / "config.toml").write_text("helper = true")
    run("find", "proxy")
    wait(lambda: is_running(address))
    wait(lambda: answered("find", "proxy"))
    ended = run("doctor")
    assert "running on" in ended.out
    os.utime(part_of_the_program, (1, 1))  # what an upgrade does
    assert not answered("find", "proxy")
    wait(lambda: not is_running(address))


def test_a_helper_ends_when_nobody_asks(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "_IDLE", 0.05)
    with server.listening(Path(address)) as listener:
        assert listener
        server.Resident(main).serve(listener)
    assert not Path(address).exists()


def test_an_address_too_long_for_a_socket_is_no_reason_to_fail(
    base: Base, kb: Run, monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    base.write("articles/a.md", "proxy")
    monkeypatch.setenv("XDG_RUNTIME_DIR", "/tmp/" + "x" * 100)
    monkeypatch.delenv("KB_NO_HELPER")
    (home / "config" / "cannery").mkdir(parents=True)
    (home / "config" / "cannery" / "config.toml").write_text("helper = true")
    assert kb("find", "proxy").code == 0
    assert "not available on this system" in kb("helper").err
    assert "searches work without it" in kb("doctor").out


@pytest.mark.usefixtures("base")
def test_a_folder_that_others_may_enter_is_refused(address: str) -> None:
    Path(address).parent.mkdir(parents=True)
    Path(address).parent.chmod(0o755)
    assert "other users can enter" in run("helper").err
    assert not answered("find", "proxy")


@pytest.mark.usefixtures("helper")
def test_what_is_no_question_is_no_harm(address: str) -> None:
    import socket

    for data in (b"", b"\0", b"\xff\xff\xff\xff", b"\0\0\0\3a\0b"):
        with socket.socket(socket.AF_UNIX) as connection:
            connection.connect(address)
            connection.sendall(data)
    assert answered("find", "proxy")


@pytest.mark.skipif(sys.platform != "linux", reason="inotify is Linux's")
def test_a_watched_knowledge_base_looks_at_files_only_after_news(
    base: Base, monkeypatch: pytest.MonkeyPatch
) -> None:
    base.write("articles/a.md", "proxy")
    time.sleep(0.05)
    with KnowledgeBase(base.workspace) as opened:
        for _ in range(3):
            assert len(opened.search("proxy")) == 1
        monkeypatch.setattr(
            "cannery.operations.knowledge_base.scan", lambda _: pytest.fail("looked")
        )
        assert len(opened.search("proxy")) == 1
        monkeypatch.undo()
        base.write("articles/b.md", "proxy")
        assert len(opened.search("proxy")) == 2
