from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest
from tests.conftest import Run

from cannery.operations import own_command
from cannery.operations.own_command import first_on_path

_OURS = f"#!{sys.executable}\nfrom cannery.start import start\nstart()\n"


def program(folder: Path, name: str, text: str) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text(text, "utf-8")
    path.chmod(0o755)
    return path


@pytest.fixture
def ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where our installation has put its commands; another folder comes before it on the PATH."""
    folder = tmp_path / "ours"
    scripts = [program(folder, name, _OURS) for name in own_command.NAMES]
    monkeypatch.setattr(own_command, "_scripts", lambda: scripts)
    monkeypatch.setenv("PATH", f"{tmp_path / 'other'}:{folder}")
    return folder


def test_ours_comes_first(ours: Path) -> None:
    assert first_on_path() == (True, str(ours / "kb"))


@pytest.mark.parametrize("how", ["symlink", "copy"])
def test_a_link_or_a_copy_of_it_is_ours(ours: Path, tmp_path: Path, how: str) -> None:
    """As pipx and uv put them into a folder of all their programs."""
    (tmp_path / "other").mkdir()
    link = tmp_path / "other/kb"
    link.symlink_to(ours / "kb") if how == "symlink" else shutil.copy(ours / "kb", link)
    assert first_on_path() == (True, str(link))


def test_another_program_of_the_name_is_told_with_what_to_type(
    ours: Path, tmp_path: Path, kb: Run
) -> None:
    other = program(tmp_path / "other", "kb", "#!/bin/sh\necho kanban\n")
    told = f"{other} comes first on your PATH and is another program; type `cannery`, which is {ours / 'cannery'}"
    assert first_on_path() == (False, told)
    assert f"! command         {told}\n" in kb("doctor").out


def test_another_installation_is_told(ours: Path, tmp_path: Path) -> None:
    other = program(tmp_path / "other", "kb", "#!/opt/python\nfrom cannery.start import start\n")
    assert first_on_path().text.startswith(
        f"{other} comes first on your PATH and is another installation of ours; "
    )


def test_where_both_names_are_others_the_path_is_told(ours: Path, tmp_path: Path) -> None:
    for name in own_command.NAMES:
        program(tmp_path / "other", name, "#!/bin/sh\n")
    assert first_on_path().text.endswith(f"is another program; ours is {ours / 'kb'}")


def test_none_on_the_path_is_told(ours: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    assert first_on_path() == (False, f"your PATH has no kb; ours is {ours / 'kb'}")
    monkeypatch.setattr(own_command, "_scripts", list)
    assert first_on_path().text == "your PATH has no kb; type `python -m cannery`"


def test_what_cannot_be_read_is_no_copy_of_ours(
    ours: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: str(tmp_path / "gone"))
    assert not first_on_path().is_ours


def test_the_commands_of_this_installation_are_found() -> None:
    scripts = own_command._scripts()  # noqa: SLF001 - the same wherever kb is on the PATH
    assert [path.stem for path in scripts] == ["kb", "cannery"]
    assert "cannery.start" in scripts[1].read_text("utf-8")
