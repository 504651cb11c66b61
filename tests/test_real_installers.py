"""The advice to add an extra, as pipx and uv take it: typed as it is printed, it works."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.built import built

pytestmark = pytest.mark.long
_SECONDS = 600


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(tmp_path_factory.mktemp("dist")).wheel


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where pipx and uv keep what they install, apart from the user's own."""
    for name in ("PIPX_HOME", "PIPX_BIN_DIR", "PIPX_MAN_DIR", "UV_TOOL_DIR", "UV_TOOL_BIN_DIR"):
        monkeypatch.setenv(name, str(tmp_path / name.lower()))
    for name in ("PYTHONPATH", "VIRTUAL_ENV", "PIP_CONSTRAINT"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    (tmp_path / "home").mkdir()
    tools = Path(sys.executable).parent
    monkeypatch.setenv(
        "PATH", f"{tmp_path}/pipx_bin_dir:{tmp_path}/uv_tool_bin_dir:{tools}:{os.environ['PATH']}"
    )
    return tmp_path


def run(*command: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, cwd=cwd, capture_output=True, text=True, check=False, timeout=_SECONDS
    )


def advised(done: subprocess.CompletedProcess[str]) -> str:
    assert done.returncode == 1
    found = re.search(r"Run `([^`]+)`", done.stderr)
    assert found, done.stderr
    return found[1]


def follow(command: str, cwd: Path) -> None:
    done = run("sh", "-c", command, cwd=cwd)
    assert done.returncode == 0, done.stderr


def build_site(kb: Path, folder: Path) -> None:
    assert run(str(kb), "init", "desk", "--lang", "en", cwd=folder).returncode == 0
    desk = folder / "desk"
    follow(advised(run(str(kb), "site", "build", "--out", "site", cwd=desk)), desk)
    done = run(str(kb), "site", "build", "--out", "site", cwd=desk)
    assert done.returncode == 0, done.stderr
    assert (desk / "site/index.html").exists()


def test_pipx(machine: Path, wheel: Path) -> None:
    follow(f"pipx install --python {sys.executable} '{wheel}'", machine)
    build_site(machine / "pipx_bin_dir/kb", machine)
    assert (machine / "pipx_bin_dir/cannery").exists()


def test_uv_tool_keeps_what_was_added_before(machine: Path, wheel: Path) -> None:
    follow(
        f"uv tool install --python {sys.executable} --with 'waitress>=3' '{wheel}[keyring]'",
        machine,
    )
    kb = machine / "uv_tool_bin_dir/kb"
    build_site(kb, machine)
    python = next((machine / "uv_tool_dir/cannery/bin").glob("python"))
    assert run(str(python), "-c", "import keyring, waitress, mkdocs", cwd=machine).returncode == 0


def test_a_venv_of_uv_without_pip(machine: Path, wheel: Path) -> None:
    follow(f"uv venv --python {sys.executable} '{machine}/my venv'", machine)
    python = machine / "my venv/bin/python"
    follow(f"uv pip install --python '{python}' '{wheel}'", machine)
    build_site(machine / "my venv/bin/kb", machine)


def test_a_plain_venv(machine: Path, wheel: Path) -> None:
    follow(f"'{sys.executable}' -m venv '{machine}/my venv'", machine)
    follow(f"'{machine}/my venv/bin/pip' install -q '{wheel}'", machine)
    build_site(machine / "my venv/bin/kb", machine)


def test_a_run_of_uvx(machine: Path, wheel: Path) -> None:
    run("git", "init", "-q", "desk", cwd=machine)
    desk = machine / "desk"
    follow(f"uvx --from '{wheel}' kb init --lang en", desk)
    command = advised(
        run("uvx", "--from", str(wheel), "kb", "site", "build", "--out", "site", cwd=desk)
    )
    follow(f"{command} site build --out site", desk)
    assert (desk / "site/index.html").exists()
