"""What several commands take, and how a shell completes it."""

from __future__ import annotations

import contextlib
import os
import re
from collections import Counter
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from datetime import date

    from cannery.workspace import Workspace


# A shell puts a name into the command as it is, and some evaluate it: what means something to one
# is not offered. A shortcut begins with a sign, and that is all that it has of them.
_OFFERED = re.compile(r"[;:/!#,.]?[\w./=@+,-]([\w./=@+, -]*[\w./=@+,-])?")
_SLIP = 0.8  # how alike a word and an option's name are, from 0 to 1
# Options of git, docker, kubectl, curl, npm and others that look like slips in ours.
_OF_OTHERS = frozenset(
    """--bind --binds --find --kinds --labels --limit-rate --limits --line --lines --link --links
    --lint --list --plain --state --static --stats --stat --status-code --statuses --tag-name
    --tags --tail""".split()  # noqa: SIM905 - a list of words is read
)
_ENDINGS = (".md", ".markdown", ".mdx")  # as content.files has them, which loads too much


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


def language_names(incomplete: str) -> list[str]:
    workspace = _workspace()
    languages = workspace.settings.languages if workspace else ()
    return _offered(languages, incomplete)


def tag_names(incomplete: str) -> list[str]:
    from cannery.util.text import fold

    workspace = _workspace()
    tags = _tags_and_shortcuts(workspace)[0] if workspace else []
    return _offered(tags, fold(incomplete))


def desk_names(incomplete: str) -> list[str]:
    """The help desks of kb.toml."""
    workspace = _workspace()
    return _offered(workspace.settings.desks if workspace else (), incomplete)


def entry_names(incomplete: str) -> list[str]:
    return _names(incomplete, ("articles", "macros"))


def macro_names(incomplete: str) -> list[str]:
    return _names(incomplete, ("macros",))


def page_names(incomplete: str) -> list[str]:
    """The pages of the documentation."""
    from cannery.operations.manual import open_manual

    return _shortest_names(open_manual(), incomplete, ("articles",))


def documented_languages(incomplete: str) -> list[str]:
    from cannery.operations.manual import open_manual

    return _offered(open_manual().settings.languages, incomplete)


def field_names(ctx: typer.Context, incomplete: str) -> list[str]:
    """The fields of the macros that are named already, as `name=`. Typer knows `ctx` by name."""
    from cannery.content.files import scan
    from cannery.content.library import load_entry, resolve
    from cannery.errors import CanneryError
    from cannery.model.entry import Macro

    workspace = _workspace()
    if workspace is None:
        return []
    names: dict[str, None] = {}
    for name in (*(ctx.params.get("names") or ()), *ctx.args):  # where an option lacks its value
        try:
            at = resolve(workspace, scan(workspace), name)
            entry = load_entry(workspace, at.choose((), workspace.settings))
        except CanneryError:
            continue  # a completion shows no errors
        if isinstance(entry, Macro):
            names |= dict.fromkeys(f"{item.name}=" for item in entry.fields)
    return _offered(names, incomplete)


ValuesOption = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        "-s",
        metavar="NAME=VALUE",
        help="The value of a field. Repeatable.",
        autocompletion=field_names,
    ),
]


def _names(incomplete: str, folders: tuple[str, ...]) -> list[str]:
    """The shortest names that complete what is typed: a last piece, a whole id, a shortcut."""
    workspace = _workspace()
    if workspace is None:
        return []
    if incomplete and not (incomplete[0].isalnum() or incomplete[0] in "._"):
        from cannery.util.text import fold

        return _offered(_tags_and_shortcuts(workspace)[1], fold(incomplete))
    return _shortest_names(workspace, incomplete, folders)


def _shortest_names(workspace: Workspace, incomplete: str, folders: tuple[str, ...]) -> list[str]:
    ids: set[str] = set()
    for folder in workspace.settings.layout.folders:
        if folder.ids.rstrip("/") in folders:
            _collect_ids(workspace, folder.prefix, folder.ids, ids)
    tails = Counter(id_.rsplit("/", 1)[-1] for id_ in ids)
    unique = [tail for tail, count in tails.items() if count == 1]
    return sorted(_offered({*unique, *ids}, incomplete))


def _offered(names: Iterable[str], incomplete: str) -> list[str]:
    """The names that complete what is typed, and that no shell takes for anything else."""
    return [name for name in names if name.startswith(incomplete) and _OFFERED.fullmatch(name)]


def _collect_ids(workspace: Workspace, prefix: str, above: str, ids: set[str]) -> None:
    """Add the ids below a folder, by the files' names: to open them takes four times as long.

    `above` is what they begin with. Another folder of the content inside of it has its own turn.
    """
    from cannery.content.ignored import enters, is_ignored

    languages, layout = workspace.settings.languages, workspace.settings.layout
    with contextlib.suppress(OSError), os.scandir(workspace.root / prefix) as items:
        for item in items:
            name = item.name
            if name[0] in "._":
                continue
            if name.endswith(_ENDINGS):
                stem = name[: name.rindex(".")]
                base, _, language = stem.rpartition(".")
                if not is_ignored(f"{prefix}{name}", layout.ignored):
                    ids.add(f"{above}{base if base and language in languages else stem}")
            elif item.is_dir(follow_symlinks=False) and enters(layout, prefix, name):
                inner = f"{prefix}{name}/"
                if inner not in layout.by_prefix:
                    _collect_ids(workspace, inner, f"{above}{name}/", ids)


def _tags_and_shortcuts(workspace: Workspace) -> tuple[list[str], list[str]]:
    """Tags and shortcuts as of the last search; read from the files before the first one."""
    from cannery.search.completions import completions

    if (stored := completions(workspace.cache)) is not None:
        return stored
    from cannery.content.files import scan
    from cannery.content.library import load_each, shelve
    from cannery.model.entry import Macro
    from cannery.util.text import fold

    entries = shelve(load_each(workspace, scan(workspace).stamps)).entries
    tags = {fold(tag) for entry in entries for tag in entry.header.tags}
    shortcuts = {fold(entry.shortcut) for entry in entries if isinstance(entry, Macro)}
    return sorted(tags), sorted(shortcuts - {""})


def _workspace() -> Workspace | None:
    """The workspace of the current folder; None if there is none: a completion shows no errors."""
    from cannery.errors import CanneryError
    from cannery.workspace import open_workspace

    try:
        return open_workspace(Path.cwd())
    except CanneryError:
        return None


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
