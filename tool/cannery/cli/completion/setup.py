"""`kb --install-completion` and `kb --show-completion`."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path

import typer

from cannery.cli import output
from cannery.errors import UsageError

_SCRIPTS = Path(__file__).with_name("scripts")
_OPTIONS = ("--install-completion", "--show-completion")


class Shell(StrEnum):
    """Shells that are completed in; `AUTO` is the one that kb is run from."""

    AUTO = "auto"
    BASH = "bash"
    ZSH = "zsh"
    FISH = "fish"
    POWERSHELL = "powershell"


_NAMED = frozenset(Shell) - {Shell.AUTO}


def with_shell(arguments: list[str]) -> list[str]:
    """The arguments with a value for each of our options: the name of the shell may be left out."""
    given: list[str] = []
    for number, word in enumerate(arguments):
        given.append(word)
        after = arguments[number + 1 :][:1]
        if word in _OPTIONS and (not after or after[0].startswith("-")):
            given.append(Shell.AUTO)
    return given


def install(shell: Shell | None) -> None:
    """Set completion up, and say where."""
    if shell is None:
        return
    from cannery.operations.install_completion import install as set_up

    name = _known(shell)
    if name is Shell.POWERSHELL:
        hint = "Add what `kb --show-completion powershell` prints to the file $PROFILE."
        raise UsageError("completion in PowerShell can't be installed", hint)
    commands = _our_commands()
    each = [(command,) for command in commands] if name is Shell.FISH else [commands]
    done = set_up(name, {names[0]: _script(name, names) for names in each})
    for path in done.files:
        output.say(f"{'wrote' if path in done.changed else 'kept '}   {path}")
    named = " and ".join(commands)
    output.note(f"{name} completes {named} in each new shell.")
    raise typer.Exit


def show(shell: Shell | None) -> None:
    """Print the script of a shell, for both commands: packages install both."""
    if shell is None:
        return
    from cannery.operations.own_command import NAMES

    output.payload(_script(_known(shell), NAMES))
    raise typer.Exit


def _known(shell: Shell) -> Shell:
    """The shell; raises UsageError where it is to be found out and can't be."""
    if shell is not Shell.AUTO:
        return shell
    import shellingham

    try:
        name = shellingham.detect_shell()[0].replace("pwsh", Shell.POWERSHELL)
    except (shellingham.ShellDetectionFailure, OSError):
        name = ""
    if name in _NAMED:
        return Shell(name)
    reason = f"no completion for {name}" if name else "can't tell which shell this is"
    raise UsageError(reason, "Name one: kb --install-completion bash, zsh or fish")


def _our_commands() -> tuple[str, ...]:
    """Of the names of our command those that are ours: another program may be called kb, too."""
    from cannery.operations.own_command import NAMES, is_ours

    ours = []
    for name in NAMES:
        found = shutil.which(name)
        if found is None or is_ours(Path(found)):
            ours.append(name)
        else:
            output.note(f"{name} is another program here ({found}): it is left alone.")
    return tuple(ours) or NAMES[1:]


def _script(shell: Shell, commands: Sequence[str]) -> str:
    """The script that completes these commands; the first one stands for their aliases."""
    from cannery.operations.own_command import NAMES

    ending = "ps1" if shell is Shell.POWERSHELL else shell
    text = (_SCRIPTS / f"kb.{ending}").read_text("utf-8")
    for of_shell in ("%s", "--command %s"):
        both, ours = (" ".join(of_shell % name for name in names) for names in (NAMES, commands))
        text = text.replace(both, ours)
    return text.replace("program=kb", f"program={commands[0]}").replace(
        "set program kb", f"set program {commands[0]}"
    )
