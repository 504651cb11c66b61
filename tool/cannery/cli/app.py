"""The Typer app, and `main()`."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from contextvars import copy_context
from functools import cache
from importlib import import_module
from keyword import iskeyword
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer
from typer.core import TyperCommand, TyperGroup

from cannery import __version__
from cannery.cli import output
from cannery.cli.boundary import INTERRUPTED, report_error
from cannery.cli.completion.setup import Shell, install, show, with_shell
from cannery.cli.prepared import called
from cannery.util import local

if TYPE_CHECKING:
    from cannery.cli.front_ends import Program

# Typer has a Click of its own since 0.2x and names only its leaves.
_Command = Any
_ClickError: Any = typer.BadParameter.__mro__[2]

# In the order of the help: each is the function of the same name in a module of its own, and
# whether it needs words, so that it shows its help without any.
COMMANDS = {
    "find": True,
    "show": True,
    "reply": True,
    "pick": False,
    "edit": True,
    "similar": True,
    "check": False,
    "propose": False,
    "sync": False,
    "status": False,
    "review": False,
    "history": True,
    "blame": True,
    "restore": True,
    "undo": False,
    "ask": True,
    "new": True,
    "rename": True,
    "retire": True,
    "schema": False,
    "desk": True,
    "insight": False,
    "health": False,
    "stage": False,
    "site": False,
    "serve": False,
    "readers": False,
    "init": False,
    "adopt": False,
    "export": True,
    "import": True,
    "doctor": False,
    "helper": False,
    "help": False,
}
# A command of several: a package in commands/, whose function of its name has the help, and a
# module for each of these. Likewise with whether it needs words.
GROUPS = {
    "desk": {
        "login": True,
        "logout": True,
        "status": True,
        "diff": True,
        "pull": True,
        "push": True,
        "verify": True,
    },
    "insight": {
        "import": True,
        "export": True,
        "gaps": False,
        "site": False,
        "digest": False,
        "watch": False,
    },
}
# Take words to look for, of which some are the options of a command that was pasted.
_SEARCHES = frozenset(("find", "help", "pick"))
_HELP = ("-h", "--help")
_PATHS = ("path", "file", "directory")  # types of parameters, as Click calls them


class _Typed(TyperCommand):
    """A command whose words are read in the encoding in which they were typed.

    What can't be read is refused by its name. Paths may be in any, and stay as they are.
    """

    def parse_args(self, ctx: _Command, args: list[str]) -> list[str]:
        rest = super().parse_args(ctx, args)
        for parameter in self.params:
            if parameter.type.name in _PATHS:
                continue
            name = max(parameter.opts, key=len)
            shown = name if name.startswith("-") else (parameter.metavar or name).upper()
            ctx.params[parameter.name] = _as_typed(ctx.params.get(parameter.name), shown)
        return rest


def _as_typed(value: object, name: str) -> object:
    if isinstance(value, list | tuple):
        return type(value)(_as_typed(item, name) for item in value)
    return local.argument(value, name) if type(value) is str else value


class _Search(_Typed):
    """A command whose words may be options of another: `-ssh` is a word, and no `-s -s -h`.

    Click looks for its options in each letter behind a dash: it is given none of one letter.
    """

    def parse_args(self, ctx: _Command, args: list[str]) -> list[str]:
        end = args.index("--") if "--" in args else len(args)
        ctx.help_option_names = _HELP[1:]
        asked = ["--help" if word == "-h" else word for word in args[:end]]
        return super().parse_args(ctx, [*asked, *args[end:]])


class _Root(TyperGroup):
    """`kb`. Two of its options take the name of a shell, or none."""

    def parse_args(self, ctx: _Command, args: list[str]) -> list[str]:
        return super().parse_args(ctx, with_shell(args))


@cache  # the helper asks for the same one all day
def application(names: tuple[str, ...], *, is_loaded: bool = True) -> _Command:
    """The commands of these names: one alone loads in little more than half the time of all.

    None of them `is_loaded` where they are only wanted by name.
    """
    app = typer.Typer(
        name="kb",
        cls=_Root,
        no_args_is_help=True,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": [*_HELP]},
        help="Find a macro or an article, fill it in, and copy the reply to the clipboard.",
        epilog="Without a command, `kb` opens the picker: search, form and reply on one screen.",
    )
    app.callback()(_root)
    for name in names:
        if not is_loaded:
            app.command(name)(_root)
            continue
        if name in GROUPS:
            app.add_typer(_group(name), name=name)
            continue
        command = _command(name)
        is_search = name in _SEARCHES
        app.command(
            name,
            cls=_Search if is_search else _Typed,
            no_args_is_help=COMMANDS[name],
            context_settings={"ignore_unknown_options": is_search},
        )(command)
    return typer.main.get_command(app)


def _command(name: str, group: str = "") -> Callable[..., None]:
    """The function of a command."""
    word = f"{name}_" if iskeyword(name) else name
    module = import_module(f"cannery.cli.commands.{group}{word}")
    function: Callable[..., None] = getattr(module, word)
    return function


def _group(name: str) -> typer.Typer:
    group = typer.Typer(no_args_is_help=COMMANDS[name], rich_markup_mode=None)
    group.callback(invoke_without_command=not COMMANDS[name])(_command(name))
    for each, needs_words in GROUPS[name].items():
        group.command(each, cls=_Typed, no_args_is_help=needs_words)(_command(each, f"{name}."))
    return group


def _version(wanted: bool) -> None:
    if wanted:
        output.say(f"kb {__version__}")
        raise typer.Exit


def _root(
    _: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
    _install: Annotated[
        Shell | None,
        typer.Option(
            "--install-completion",
            metavar="[SHELL]",
            callback=install,
            is_eager=True,
            help="Complete commands and names with Tab in your shell: bash, zsh or fish.",
        ),
    ] = None,
    _show: Annotated[
        Shell | None,
        typer.Option(
            "--show-completion",
            metavar="[SHELL]",
            callback=show,
            is_eager=True,
            help="Print the script that does, also for PowerShell.",
        ),
    ] = None,
) -> None:
    pass


def main(arguments: Sequence[str], program: Program) -> NoReturn:
    """Run `kb`. Exit codes: 0; 1 expected failure; 2 usage; 3 a bug; 130 interrupted."""
    local.prepare()
    # Context variables, such as the trust in a repository, must not outlive the command.
    context, words = copy_context(), list(arguments)
    try:
        if "_KB_COMPLETE" in os.environ:
            from cannery.cli.completion.shells import answer

            code = context.run(answer, application, COMMANDS)
        else:
            run = _called_for(words)
            code = context.run(run, words, prog_name=called(), standalone_mode=False, obj=program)
        sys.stdout.flush()
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001 - the boundary
        code = _refused(error) if isinstance(error, _ClickError) else report_error(error)
    context.run(output.notices)
    if code == INTERRUPTED:  # of report_error, or what Typer makes of ^C
        output.error("interrupted")  # what was done by then differs from command to command
    sys.exit(code if isinstance(code, int) else 0)


def _called_for(words: Sequence[str]) -> _Command:
    """The command that words name, alone; all of them by name, to refuse a word that names none."""
    name = tuple(words[:1])
    if name and name[0] in COMMANDS:
        return application(name)
    return application(tuple(COMMANDS), is_loaded=not words or words[0].startswith("-"))


def _refused(error: _ClickError) -> int:
    """Print the usage error of a command line that can't be parsed; its exit code."""
    from io import StringIO

    text = StringIO()
    error.show(text)
    output.tell(text.getvalue(), end="")
    return int(error.exit_code)
