"""A server that answers to this machine's own names alone."""

from __future__ import annotations

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.conftest import Base

from cannery.cli.progress import shown
from cannery.site.generator import server_for
from cannery.util.loopback import is_ours

CONFIG = Path(__file__).parents[2] / "mkdocs.yml"


@pytest.mark.parametrize(
    "host",
    ["localhost", "LOCALHOST:8000", "127.0.0.1", "127.0.0.1:8000", "[::1]", "[::1]:8000", "localhost:9"],
)  # fmt: skip
def test_our_own_names_are_answered_to(host: str) -> None:
    assert is_ours(host, "127.0.0.1")


@pytest.mark.parametrize(
    "host",
    [
        "", "evil.test", "evil.test:8000", "localhost.evil.test", "127.0.0.1.evil.test", "127.0.0.1.nip.io",
        "evil.test#localhost", "evil.test/localhost", "localhost@evil.test", "localhost, evil.test", "localhost evil.test",
        "localhost:80:80", "localhost:x", "::1", "[::1", "[::1].evil.test", "0.0.0.0",  # noqa: S104
        "192.168.1.7", "0x7f000001", "2130706433",
        "localhost\t", "\u2126", "evil.test?localhost", "evil.test\\localhost", "evil.test@localhost",
    ],
)  # fmt: skip
def test_other_names_are_not(host: str) -> None:
    assert not is_ours(host, "127.0.0.1")


def test_who_serves_others_is_called_by_number_or_by_the_name_that_was_chosen() -> None:
    assert is_ours("192.168.1.7:8000", "0.0.0.0")  # noqa: S104
    assert is_ours("desk.example:8000", "desk.example")
    assert not is_ours("evil.test", "0.0.0.0")  # noqa: S104
    assert not is_ours("evil.test", "desk.example")


@pytest.fixture
def port(tmp_path: Path) -> Iterator[int]:
    """Where a built site is served."""
    for name in ("kb", "site"):
        (tmp_path / name).mkdir()
    (tmp_path / "mkdocs.yml").write_text("")
    (tmp_path / "site/index.html").write_text("<body>internal</body>")
    (tmp_path / "site/404.html").write_text("internal too")
    number = _free()
    with (
        shown() as listener,
        server_for([tmp_path], tmp_path / "site", number, lambda: None, listener) as server,
    ):
        thread = threading.Thread(target=server.serve)
        thread.start()
        _asked(number, "/", "localhost")
        yield number
        server.shutdown(wait=True)
        thread.join()


def _free() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _asked(port: int, path: str, host: str, method: str = "GET") -> tuple[int, str]:
    for _ in range(300):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        try:
            connection.putrequest(method, path, skip_host=True)
            if host:
                connection.putheader("Host", host)
            connection.endheaders()
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        except ConnectionRefusedError:
            time.sleep(0.1)  # it is about to listen
        finally:
            connection.close()
    pytest.fail("nobody answers")


def test_a_site_is_served_to_this_machine(port: int) -> None:
    for host in (f"localhost:{port}", f"127.0.0.1:{port}", f"[::1]:{port}", "localhost"):
        status, text = _asked(port, "/", host)
        assert (status, "internal" in text) == (200, True)
    assert _asked(port, "/nowhere", "localhost") == (404, "internal too")


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "OPTIONS"])
@pytest.mark.parametrize(
    "path", ["/", "/index.html", "/nowhere", "/livereload/0/1", "http://localhost/"]
)
def test_nothing_is_served_under_the_name_of_another(port: int, path: str, method: str) -> None:
    for host in (f"evil.test:{port}", ""):
        status, text = _asked(port, path, host, method)
        assert status == 403
        assert "internal" not in text
        assert method == "HEAD" or "localhost" in text


def test_what_is_asked_for_does_not_steer_the_terminal(
    port: int, capfd: pytest.CaptureFixture[str]
) -> None:
    with socket.create_connection(("127.0.0.1", port)) as raw:
        raw.sendall(b"GET /\x1b]0;title\x07\x9b31m HTTP/1.1\r\nHost: localhost\r\n\r\n")
        while raw.recv(1000):
            pass
    said = capfd.readouterr().err
    assert 'GET / HTTP/1.1" code 404' in said
    assert not re.search("[\x1b\x07\x9b]", said)


def test_mkdocs_own_server_is_guarded_too(base: Base) -> None:
    (base.root / "mkdocs.yml").write_text(CONFIG.read_text())
    base.write("articles/a.md", "---\ntitle: A\naudience: public\n---\nHello\n")
    subprocess.run([sys.executable, "-m", "cannery", "stage"], cwd=base.root, check=True)
    number = _free()
    served = subprocess.Popen(
        [sys.executable, "-m", "mkdocs", "serve", "-q", "-a", f"127.0.0.1:{number}"],
        cwd=base.root, env={**os.environ, "NO_COLOR": "1"},
    )  # fmt: skip
    try:
        assert _asked(number, "/", f"localhost:{number}")[0] in (200, 302)
        assert _asked(number, "/", f"evil.test:{number}")[0] == 403
        assert _asked(number, "/livereload/0/1", "evil.test")[0] == 403
    finally:
        served.send_signal(signal.SIGINT)
        served.wait(20)
