"""What several commands take, and how a shell completes it."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from cannery.cli.completers import field_values, ticket_names

if TYPE_CHECKING:
    from datetime import date


_SLIP = 0.8  # how alike a word and an option's name are, from 0 to 1
# Options of git, docker, kubectl, curl, npm and others that look like slips in ours.
_OF_OTHERS = frozenset(
    """--bind --binds --find --kinds --labels --limit-rate --limits --line --lines --link --links
    --lint --list --plain --state --static --stats --stat --status-code --statuses --tag-name
    --tags --tail""".split()  # noqa: SIM905 - a list of words is read
)


# What NAME means to each command that takes one entry.
ENTRY = "The entry: its id, the end of its id, or a macro's shortcut."
LenientOption = Annotated[
    bool,
    typer.Option(
        "--lenient", help="Leave out what can't be on the site; mark it there, and list it."
    ),
]
TicketOption = Annotated[
    str,
    typer.Option(
        metavar="DESK:ID|ADDRESS|FILE|-|clipboard|none",
        help="The ticket: at a desk, by number or address; JSON, an .eml file, or its page's text.",
        autocompletion=ticket_names,
    ),
]


class KindChoice(StrEnum):
    ARTICLE = "article"
    MACRO = "macro"


def day_of(text: str) -> date | None:
    """The day that an option has; None for an empty one."""
    from datetime import date

    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise typer.BadParameter(f"{text} is not a date such as 2026-10-31") from error


def refuse_both(*, json: bool, csv: bool) -> None:
    """Refuse two forms of one result. Raises UsageError."""
    if json and csv:
        from cannery.errors import UsageError

        raise UsageError("--json and --csv can't be combined", "Choose one of them.")


def words_of(context: typer.Context, words: Iterable[str] | None) -> str:
    """What a command is to look for. A slip in an option's name ends the command.

    `nginx -t` and `--rm` are words of a command that somebody pasted.
    """
    typed = list(words or ())
    known = [name for param in context.command.params for name in param.opts]
    for word in typed:
        if word.startswith("--") and (meant := _meant(word.partition("=")[0], known)):
            context.fail(f"No such option: {word}. Did you mean {meant}?")
    return " ".join(typed)


def _meant(name: str, known: Iterable[str]) -> str:
    """The option that is spelt like one that is none; empty for an option of other programs."""
    if name in _OF_OTHERS:
        return ""
    from difflib import get_close_matches  # rarely wanted

    return next(iter(get_close_matches(name, known, n=1, cutoff=_SLIP)), "")


ValuesOption = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        "-s",
        metavar="NAME=VALUE",
        help="The value of a field. Repeatable.",
        autocompletion=field_values,
    ),
]


def named_values(pairs: Iterable[str]) -> dict[str, str]:
    """Values by name, of `NAME=VALUE` pairs. Raises UsageError for what is no such pair."""
    from cannery.errors import UsageError

    values: dict[str, str] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals or not name.strip():
            raise UsageError(
                f"--set {pair!r} is not NAME=VALUE", 'Example: --set order_number="A-17"'
            )
        values[name.strip()] = value
    return values


def one_source(*names: str) -> str:
    """The source that is named; empty for none. Raises UsageError for several."""
    from cannery.errors import UsageError

    given = [name for name in names if name]
    if len(given) > 1:
        raise UsageError("only one --from option can be used at a time", "Choose one of them.")
    return given[0] if given else ""
