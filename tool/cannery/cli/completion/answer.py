"""What may stand at the cursor of a command line: the commands, options and values of `kb`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from cannery.cli.completers import FILES
from cannery.util.plain import is_name, one_line

# Typer has a Click of its own since 0.2x and names only its leaves.
_Command = Any
_Context = Any
_Param = Any

_MOST_LETTERS = 100  # of a description
_UNFINISHED = ("=", ":", "/")  # ends of what the user goes on typing at


class Candidate(NamedTuple):
    """What may stand there, as the program reads it. `is_open`: more of the word is to come."""

    value: str
    about: str = ""
    is_open: bool = False


class Completion(NamedTuple):
    """The candidates, whole words all of them.

    `is_path`: names of files fit, too, which the shell knows. Each comes after `prefix`, as in
    `--out=`.
    """

    candidates: Sequence[Candidate] = ()
    is_path: bool = False
    prefix: str = ""


class _State(NamedTuple):
    """A command with its words before the cursor, and which of its parameters they are of.

    `pending` is the option whose value comes next. `is_literal`: after `--`, nothing is an option.
    """

    command: _Command
    context: _Context
    words: list[str]
    used: set[str]
    arguments: int
    pending: _Param
    is_literal: bool


def complete(root: _Command, words: Sequence[str], current: str) -> Completion:
    """What `current` may become after these words."""
    state = _read(root, root.make_context("kb", [], resilient_parsing=True), words)
    if state is None:
        return Completion()
    if state.pending:
        return _values(state, state.pending, "", current)
    if current[:1] == "-" and not state.is_literal:
        return _option(state, current)
    if hasattr(state.command, "list_commands"):
        return Completion(_commands(state, current))
    return _argument(state, current)


def _read(command: _Command, context: _Context, words: Sequence[str]) -> _State | None:
    """Read the words before the cursor; None where a command is named that there is not."""
    options, used, arguments, pending = _options(command, context), set[str](), 0, None
    for number, word in enumerate(words):
        if pending:
            pending = None
        elif word == "--":
            arguments += len(words) - number - 1
            return _State(command, context, [*words], used, arguments, None, is_literal=True)
        elif word[:1] == "-" and len(word) > 1:
            name, equals, _ = word.partition("=")
            option = options.get(name) or options.get(word[:2])
            if option is not None:
                used.add(option.name)
                takes_next = not equals and name in options
                pending = option if takes_next and not _is_flag(option) else None
        elif hasattr(command, "list_commands"):
            inner = command.get_command(context, word)
            return inner and _read(inner, _inner_context(inner, context, word), words[number + 1 :])
        else:
            arguments += 1
    before = [*words[:-1]] if pending else [*words]
    return _State(command, context, before, used, arguments, pending, is_literal=False)


def _inner_context(command: _Command, above: _Context, name: str) -> _Context:
    return command.make_context(name, [], parent=above, resilient_parsing=True)


def _options(command: _Command, context: _Context) -> dict[str, _Param]:
    """The options of a command by each of their names."""
    params = [item for item in command.get_params(context) if item.param_type_name == "option"]
    return {name: item for item in params for name in (*item.opts, *item.secondary_opts)}


def _is_flag(option: _Param) -> bool:
    return bool(option.is_flag or getattr(option, "count", False))


def _option(state: _State, current: str) -> Completion:
    """The name of an option, or its value in the same word: `--lang=ja`, `-fplain`."""
    options = _options(state.command, state.context)
    name, equals, value = current.partition("=")
    if equals and name in options:
        return _values(state, options[name], f"{name}=", value)
    is_short = current[1:2] != "-" and len(current) > len("-f")
    if is_short and (option := options.get(current[:2])) is not None and not _is_flag(option):
        return _values(state, option, current[:2], current[2:])
    candidates = [
        Candidate(name, _about(option.help))
        for name, option in options.items()
        if name.startswith(current)
        and not option.hidden
        and (option.name not in state.used or option.multiple)
    ]
    return Completion(candidates)


def _commands(state: _State, current: str) -> list[Candidate]:
    names = [
        name for name in state.command.list_commands(state.context) if name.startswith(current)
    ]
    found = [(name, state.command.get_command(state.context, name)) for name in names]
    return [Candidate(name, _about(item.get_short_help_str(_MOST_LETTERS))) for name, item in found]


def _argument(state: _State, current: str) -> Completion:
    """The value of the argument whose turn it is; nothing where all have theirs."""
    params = state.command.get_params(state.context)
    arguments = [item for item in params if item.param_type_name == "argument"]
    for number, argument in enumerate(arguments):
        if number == state.arguments or argument.nargs < 0:
            found = _values(state, argument, "", current)
            if state.is_literal:
                return found
            kept = [item for item in found.candidates if item.value[:1] != "-"]
            return found._replace(candidates=kept)
    return Completion()


def _values(state: _State, param: _Param, prefix: str, current: str) -> Completion:
    """What a parameter may be, as Typer knows it from its type or from its completer."""
    if getattr(param, "is_flag", False):
        return Completion()
    context = state.command.make_context(
        state.context.info_name, state.words, parent=state.context.parent, resilient_parsing=True
    )
    items = param.shell_complete(context, current)
    candidates = [
        _candidate(prefix, item.value, item.help) for item in items if is_name(item.value)
    ]
    is_path = hasattr(param.type, "file_okay") or any(item.value.endswith(FILES) for item in items)
    return Completion(candidates, is_path=is_path, prefix=prefix)


def _candidate(prefix: str, value: str, about: str | None) -> Candidate:
    return Candidate(f"{prefix}{value}", _about(about), value.endswith(_UNFINISHED))


def _about(text: str | None) -> str:
    return one_line(text or "")[:_MOST_LETTERS]


def name_to_load(words: Iterable[str]) -> str:
    """The command of a line, which alone is loaded; empty for none."""
    return next((word for word in words if word[:1] != "-"), "")
