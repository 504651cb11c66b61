"""Completion set up and shown."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from tests.conftest import Run


@pytest.mark.parametrize(
    ("shell", "dotfile", "scripts"),
    [
        ("bash", ".bashrc", [".local/share/cannery/completion/kb.bash"]),
        ("zsh", ".zshrc", [".local/share/cannery/completion/zsh/_cannery"]),
        ("fish", "", ["config/fish/completions/kb.fish", "config/fish/completions/cannery.fish"]),
    ],
)
def test_it_is_told_what_was_written_and_nothing_is_written_twice(
    shell: str, dotfile: str, scripts: list[str], home: Path, kb: Run
) -> None:
    files = [home / name for name in (*scripts, *filter(None, [dotfile]))]
    if dotfile:
        (home / dotfile).write_bytes(b"mine\xff")
    assert kb("--install-completion", shell).out == "".join(f"wrote   {file}\n" for file in files)
    before = {file: file.read_bytes() for file in files}
    assert kb("--install-completion", shell).out == "".join(f"kept    {file}\n" for file in files)
    assert {file: file.read_bytes() for file in files} == before
    if dotfile:
        first, line = before[home / dotfile].splitlines()
        assert first == b"mine\xff"
        assert line.endswith(b". ~/%s # completion of kb" % scripts[0].encode())


def test_a_dotfile_that_is_a_link_stays_one_and_keeps_its_mode(home: Path, kb: Run) -> None:
    kept = home / "dotfiles" / "bashrc"
    kept.parent.mkdir()
    kept.write_text("[ -r /old ] && . /old # completion of kb\nmine\n")
    kept.chmod(0o600)
    (home / ".bashrc").symlink_to("dotfiles/bashrc")
    kb("--install-completion", "bash")
    assert (home / ".bashrc").readlink() == Path("dotfiles/bashrc")
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert "/old" not in kept.read_text()
    assert kept.read_text().endswith("mine\n")


def test_folders_of_other_places_are_honoured(
    home: Path, kb: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ZDOTDIR", str(home / "z"))
    monkeypatch.setenv("XDG_DATA_HOME", str(home / "d'ata"))
    (home / "z").mkdir()
    kb("--install-completion", "zsh")
    assert (home / "d'ata" / "cannery" / "completion" / "zsh" / "_cannery").is_file()
    assert "completion/zsh/_cannery" in (home / "z" / ".zshrc").read_text()
    assert not (home / ".zshrc").exists()


def test_what_cannot_be_written_is_told_with_the_line_to_add(home: Path, kb: Run) -> None:
    (home / ".bashrc").mkdir()
    done = kb("--install-completion", "bash")
    assert done.code == 1
    assert f"can't change {home}/.bashrc: Is a directory" in done.err
    assert "Add this line to it: [ -r ~/.local" in done.err
    (home / ".config").write_text("")
    (home / "config").rmdir() if (home / "config").exists() else None
    (home / "config").write_text("")
    done = kb("--install-completion", "fish")
    assert (done.code, f"can't write {home}/config/fish/completions/kb.fish" in done.err) == (
        1,
        True,
    )


def test_another_program_called_kb_is_left_alone(
    home: Path, kb: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = home / "bin" / "kb"
    other.parent.mkdir()
    other.write_text("#!/bin/sh\n")
    other.chmod(0o755)
    monkeypatch.setenv("PATH", f"{other.parent}:{os.environ['PATH']}")
    done = kb("--install-completion", "bash")
    assert f"kb is another program here ({other})" in done.err
    script = (home / ".local/share/cannery/completion/kb.bash").read_text()
    assert script.endswith("complete -F _cannery_complete cannery\n")
    assert "program=cannery ;;" in script
    kb("--install-completion", "fish")
    assert [path.name for path in (home / "config/fish/completions").iterdir()] == ["cannery.fish"]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "powershell"])
def test_the_script_is_shown_for_packages(shell: str, kb: Run, home: Path) -> None:
    script = kb("--show-completion", shell).out
    assert script.startswith(("# Completion of kb", "#compdef kb cannery\n"))
    assert f"_KB_COMPLETE{' ' if shell == 'fish' else '='}" in script.replace(" = ", "=")
    assert not [*home.rglob("*completion*")]


def test_a_shell_that_is_not_known_is_told(kb: Run) -> None:
    done = kb("--install-completion", "powershell")
    assert done.code == 2
    assert "kb --show-completion powershell" in done.err
    assert "'tcsh' is not one of" in kb("--install-completion", "tcsh").err
