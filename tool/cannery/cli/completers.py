"""What a shell completes arguments and options with: names and values, some with what they are.

Typer keeps of what they return what begins as is typed. They run at a key: none of them asks a
host, and none raises where there is no knowledge base.
"""

from __future__ import annotations

import contextlib
import os
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from cannery.model.entry import Field, Macro
    from cannery.workspace import Workspace

Offer = tuple[str, str]  # a value, and what it is

# Ends what a completer returns where names of files fit, too: no value has a zero byte.
FILES = "\0"
_ENDINGS = (".md", ".markdown", ".mdx")  # as content.files has them, which loads too much
_MOST_READ = 500  # files that a key may wait for, before the first search has kept their values
_MOST_TITLES = 60  # of entries; more names than that are not chosen from by their titles


def shows_descriptions() -> bool:
    """Whether the shell shows what a value is: bash has no place for it."""
    return os.environ.get("_KB_COMPLETE") != "bash"


def language_names() -> list[str]:
    workspace = _workspace()
    return [*workspace.settings.languages] if workspace else []


def tag_names() -> list[str]:
    return _kept_values("tag")


def section_names() -> list[str]:
    return _kept_values("section")


def desk_names() -> list[str]:
    """The help desks of kb.toml."""
    workspace = _workspace()
    return [*workspace.settings.desks] if workspace else []


def measure_names() -> list[str]:
    from cannery.insight.measures.table import ORDER

    return [*ORDER]


def dimension_names() -> list[str]:
    from cannery.model.ticket_event import DIMENSIONS

    return [*DIMENSIONS]


def starter_languages() -> list[str]:
    from cannery.starter import NAMES

    return [*NAMES]


def file_names(incomplete: str) -> list[str]:
    return [f"{incomplete}{FILES}"]


def desks_or_files(incomplete: str) -> list[str]:
    return [*desk_names(), f"{incomplete}{FILES}"]


def ticket_names(incomplete: str) -> list[str]:
    """Where a ticket may come from; of a desk, the user has its number."""
    desks = [f"{name}:" for name in desk_names()]
    return [*desks, "clipboard", "none", f"{incomplete}{FILES}"]


def entry_names(incomplete: str) -> list[Offer]:
    return _names(incomplete, ("articles", "macros"))


def macro_names(incomplete: str) -> list[Offer]:
    return _names(incomplete, ("macros",))


def page_names(incomplete: str) -> list[Offer]:
    """The pages of the documentation."""
    from cannery.operations.manual import open_manual

    return _shortest_names(open_manual(), incomplete, ("articles",))


def documented_languages() -> list[str]:
    from cannery.operations.manual import open_manual

    return [*open_manual().settings.languages]


def query_filters(incomplete: str) -> list[str]:
    """The filters that words of a search may be: `tag:`, and the values after it."""
    from cannery.search.query import FILTERS

    key, colon, _ = incomplete.partition(":")
    if not colon:
        return [f"{name}:" for name in FILTERS if name != "language"]
    field = FILTERS.get(key, "")
    return [f"{key}:{_as_filter(value)}" for value in _filter_values(field)] if field else []


def _as_filter(value: str) -> str:
    return f'"{value}"' if " " in value else value


def _filter_values(field: str) -> list[str]:
    from cannery.model.location import Kind, Status

    if field == "kind":
        return [Kind.ARTICLE, Kind.MACRO]
    if field == "status":
        return [*Status]
    return language_names() if field == "language" else _kept_values(field)


def field_values(ctx: typer.Context, incomplete: str) -> list[Offer]:
    """The fields of the macros that are named already, as `name=`, and the choices after that.

    Typer knows `ctx` by name.
    """
    name, equals, _ = incomplete.partition("=")
    fields = [item for macro in _macros(ctx.params.get("names") or ()) for item in macro.fields]
    if not equals:
        return [(f"{item.name}=", item.label) for item in fields]
    return [offer for item in fields if item.name == name for offer in _choices(item)]


def _choices(field: Field) -> list[Offer]:
    if field.type == "yesno":
        return [(f"{field.name}={word}", "") for word in ("yes", "no")]
    return [(f"{field.name}={choice.value}", choice.label) for choice in field.choices]


def _macros(names: Iterable[str]) -> Iterator[Macro]:
    """The macros of these names; a name that is none is left out, as is a file with errors."""
    from cannery.content.files import scan
    from cannery.content.library import load_entry, resolve
    from cannery.errors import CanneryError
    from cannery.model.entry import Macro

    workspace = _workspace()
    if workspace is None:
        return
    for name in names:
        with contextlib.suppress(CanneryError):
            at = resolve(workspace, scan(workspace), name)
            entry = load_entry(workspace, at.choose((), workspace.settings))
            if isinstance(entry, Macro):
                yield entry


def _names(incomplete: str, folders: tuple[str, ...]) -> list[Offer]:
    """The shortest names that complete what is typed: a last piece, a whole id, a shortcut."""
    workspace = _workspace()
    if workspace is None:
        return []
    names = _shortest_names(workspace, incomplete, folders)
    if incomplete[:1].isalnum() or incomplete[:1] in "._":
        return names
    return [*((shortcut, "") for shortcut in _kept_values("shortcut")), *names]


def _shortest_names(workspace: Workspace, incomplete: str, folders: tuple[str, ...]) -> list[Offer]:
    """For each entry the last piece of its id, or the id where the piece won't do."""
    paths: dict[str, str] = {}
    for folder in workspace.settings.layout.folders:
        if folder.ids.rstrip("/") in folders:
            _collect_ids(workspace, folder.prefix, folder.ids, paths)
    tails = Counter(id_.rsplit("/", 1)[-1] for id_ in paths)
    named: dict[str, str] = {}
    for id_ in sorted(paths):
        tail = id_.rsplit("/", 1)[-1]
        is_short = tails[tail] == 1 and tail.startswith(incomplete) and tail[0] != "-"
        if is_short or id_.startswith(incomplete):
            named[tail if is_short else id_] = paths[id_]
    if len(named) > _MOST_TITLES or not shows_descriptions():
        return [(name, "") for name in named]
    return [(name, _title(workspace, path)) for name, path in named.items()]


def _title(workspace: Workspace, path: str) -> str:
    """The title of the entry in a file; empty where it can't be read."""
    from cannery.content.files import read_bytes
    from cannery.content.library import title_of
    from cannery.errors import CanneryError

    try:
        return title_of(path, read_bytes(workspace, path), workspace.settings)
    except CanneryError:
        return ""


def _collect_ids(workspace: Workspace, prefix: str, above: str, paths: dict[str, str]) -> None:
    """Add the ids below a folder, each with a file of it, the one without a language if there is.

    That is told by the files' names: to open them takes four times as long. `above` is what the
    ids begin with. Another folder of the content inside of it has its own turn.
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
                is_version = bool(base) and language in languages
                id_ = f"{above}{base if is_version else stem}"
                if (is_version and id_ in paths) or is_ignored(f"{prefix}{name}", layout.ignored):
                    continue
                paths[id_] = f"{prefix}{name}"
            elif item.is_dir(follow_symlinks=False) and enters(layout, prefix, name):
                inner = f"{prefix}{name}/"
                if inner not in layout.by_prefix:
                    _collect_ids(workspace, inner, f"{above}{name}/", paths)


def _kept_values(field: str) -> list[str]:
    """The values that entries have of a filter as of the last search, folded.

    Before the first one they are read from the files, unless these are many.
    """
    from cannery.search.completions import completions

    workspace = _workspace()
    if workspace is None:
        return []
    if (kept := completions(workspace.cache)) is not None:
        return kept[field]
    return sorted(_values_in_files(workspace, field) - {""})


def _values_in_files(workspace: Workspace, field: str) -> set[str]:
    from cannery.content.files import scan
    from cannery.content.library import load_each, shelve
    from cannery.model.entry import Macro
    from cannery.util.text import fold

    paths = scan(workspace).searched
    entries = shelve(load_each(workspace, paths)).entries if len(paths) <= _MOST_READ else ()
    values: set[str] = set()
    for entry in entries:
        if field == "tag":
            values.update(entry.header.tags)
        elif field == "owner":
            values.add(entry.header.owner)
        elif field == "section":
            values.add(entry.at.section)
        elif isinstance(entry, Macro):
            values.add(entry.shortcut)
    return {fold(value) for value in values}


def _workspace() -> Workspace | None:
    """The workspace of the current folder; None if there is none: a completion shows no errors."""
    from cannery.errors import CanneryError
    from cannery.workspace import open_workspace

    try:
        return open_workspace(Path.cwd(), to_read=True)
    except (CanneryError, OSError):  # the folder may be gone
        return None
