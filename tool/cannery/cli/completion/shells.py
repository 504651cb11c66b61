"""Completion in a shell: its line comes in the environment, and what may follow goes to stdout.

`_KB_COMPLETE` names the shell, whose script in `scripts/` asks. None of these has kb's answer
evaluated, and nothing but the answer is printed: whoever types sees a line, and no error in it.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from cannery.cli import output
from cannery.cli.completion.answer import Candidate, Completion, complete, name_to_load
from cannery.cli.completion.line import quoted, read_line

_BETWEEN = "\x1f"  # words of _KB_WORDS: no shell's word has one by chance


class _Asked(NamedTuple):
    words: list[str]
    current: str


def answer(load: Callable[[tuple[str, ...]], Any], known: Mapping[str, object]) -> None:
    """Print what the line in the environment may become; nothing for a shell that is not known.

    `load` makes the commands of the `known` names.
    """
    show = _SHELLS.get(os.environ.get("_KB_COMPLETE", ""))
    if show is not None:
        for line in show(lambda asked: _complete(load, known, asked)):
            output.payload(f"{line}\n")


_Ask = Callable[[_Asked], Completion]


def _complete(
    load: Callable[[tuple[str, ...]], Any], known: Mapping[str, object], asked: _Asked
) -> Completion:
    if not asked.words and asked.current[:1] != "-":
        return Completion(_commands(known, asked.current))
    name = name_to_load(asked.words)
    return complete(load((name,) if name in known else ()), asked.words, asked.current)


def _commands(known: Iterable[str], current: str) -> list[Candidate]:
    """The commands, with what the help says of each: to load them all takes a second."""
    from cannery.cli.prepared import ready

    lines = (line.split(None, 1) for line in ready(["--help"]).splitlines() if line[:2] == "  ")
    abouts = {words[0]: words[1] for words in lines if len(words) > 1}
    return [Candidate(name, abouts.get(name, "")) for name in known if name.startswith(current)]


def _words() -> _Asked:
    """The line, where the shell takes words out of their quotes."""
    words = os.environ.get("_KB_WORDS", "")
    return _Asked(words.split(_BETWEEN) if words else [], os.environ.get("_KB_CURRENT", ""))


def _bash(ask: _Ask) -> Iterator[str]:
    """A kind, then what takes the place of what bash takes for the word: see `line.py`."""
    typed = read_line(os.environ.get("_KB_LINE", ""), os.environ.get("_KB_BREAKS", ""))
    if typed.is_redirected:
        yield "files"
        return
    found = ask(_Asked(typed.words[1:], typed.current))
    kept = typed.current[: typed.kept]
    shown = [item for item in found.candidates if item.value.startswith(kept)]
    is_open = any(item.is_open for item in shown)
    if found.is_path and not shown:
        yield "files"
    elif shown:
        yield "open" if is_open else "values"
    for item in shown:
        text = quoted(item.value[typed.kept :], typed.quote)
        if text is not None:
            yield text


def _head(found: Completion) -> tuple[str, ...]:
    """The kind and the prefix; nothing where nothing may stand there."""
    if found.is_path:
        return ("files", found.prefix)
    return ("values", found.prefix) if found.candidates else ()


def _zsh(ask: _Ask) -> Iterator[str]:
    """A kind and a prefix, then values and descriptions by turns; `=` marks one that goes on."""
    found = ask(_words())
    yield from _head(found)
    for item in found.candidates:
        yield f"{'=' if item.is_open else ' '}{item.value}"
        yield item.about


def _fish(ask: _Ask) -> Iterator[str]:
    """A kind and a prefix, then values, each with its description."""
    words, current = _words()
    found = ask(_Asked(words, read_line(current, "").current))
    yield from _head(found)
    for item in found.candidates:
        yield f"{item.value}\t{item.about}"


def _powershell(ask: _Ask) -> Iterator[str]:
    """Values as PowerShell reads them back, each with a tab and its description."""
    for item in ask(_words()).candidates:
        is_plain = re.fullmatch(r"[\w./:=+-]+", item.value)
        value = item.value if is_plain else f"'{item.value.replace(chr(39), chr(39) * 2)}'"
        yield f"{value}\t{item.about or item.value}"


# Each makes lines of an answer, which it asks for with the words that it finds.
_SHELLS: Mapping[str, Callable[[_Ask], Iterator[str]]] = {
    "bash": _bash,
    "zsh": _zsh,
    "fish": _fish,
    "powershell": _powershell,
}
