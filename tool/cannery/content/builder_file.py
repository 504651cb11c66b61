"""The builder's settings of a knowledge base, mkdocs.yml: where they are, and what they say.

What they say of a site's look is said in kb.toml. MkDocs wants a name in its own file, too, so the
two are compared.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from cannery.content.files import read_bytes
from cannery.content.key_lines import InnerLines
from cannery.content.yamltext import UnreadableError, read_large
from cannery.errors import ContentError
from cannery.workspace import MARKER, Settings, Workspace

NAME = "mkdocs.yml"
PLUGIN = "cannery"  # as pyproject.toml and mkdocs.yml call it
BESIDE_SETTINGS = f"{MARKER.parent.as_posix()}/{NAME}"
_SETTINGS = MARKER.as_posix()
_MOST = 1_000_000  # letters of such a file


def config_name(root: Path) -> str:
    """The file's path from the root: beside kb.toml, where the root's own is another site's."""
    return BESIDE_SETTINGS if (root / BESIDE_SETTINGS).is_file() else NAME


def root_of(file: Path) -> Path:
    """The root of the knowledge base that a settings file is of."""
    folder = file.absolute().parent
    is_beside = folder.name == MARKER.parent.name and (folder / MARKER.name).is_file()
    return folder.parent if is_beside else folder


class Difference(NamedTuple):
    """Where mkdocs.yml says something else than kb.toml: its path, the 1-based line, what to do."""

    path: str
    line: int
    message: str
    hint: str


class _Twin(NamedTuple):
    """A setting of mkdocs.yml, the one of kb.toml that takes its place, and what that one says."""

    name: str
    key: str
    value: Callable[[Settings], str]


_TWINS = (
    _Twin("site_name", "name", lambda now: now.name),
    _Twin("site_url", "site_url", lambda now: now.site_url),
    _Twin("theme.language", "default_language", lambda now: now.default_language),
)
# Settings of the theme that our pages don't read.
_MOVED = {
    "theme.favicon": "site.favicon",
    "theme.logo": "site.logo",
    "extra.analytics": "site.analytics",
}
_COLOURS = ("primary", "accent")
_OWN_COLOUR = "custom"


def differences(workspace: Workspace) -> tuple[Difference, ...]:
    """What mkdocs.yml says in another way than kb.toml. One that can't be read says nothing."""
    path, settings = config_name(workspace.root), workspace.settings
    try:
        text = read_bytes(workspace, path).decode("utf-8-sig")
        said = read_large(text, _MOST).value
    except (ContentError, UnicodeDecodeError, UnreadableError):
        return ()  # MkDocs itself tells it
    if not _is_ours(said):
        return ()  # it builds another site
    lines = InnerLines(text, 1)
    found = (*_twins(said, settings), *_moved(said, settings), *_colours(said))
    return tuple(
        Difference(path, lines.line(name) or 0, message, hint) for name, message, hint in found
    )


def _is_ours(said: object) -> bool:
    """Whether such settings build the site of a knowledge base: by our plugin."""
    plugins = _at(said, "plugins")
    items = plugins if isinstance(plugins, list | dict) else ()
    return any(item == PLUGIN or (isinstance(item, dict) and PLUGIN in item) for item in items)


def _twins(said: object, settings: Settings) -> Iterator[tuple[str, str, str]]:
    for name, key, value in _TWINS:
        written, meant = _at(said, name), value(settings)
        if not isinstance(written, str) or _is_same(written, meant):
            continue
        if key in settings.keys:
            message = f"{name} is {written:.100}, {_SETTINGS} says {meant:.100}, which is shown"
            yield name, message, f"Write {name.rpartition('.')[2]}: {meant:.100}"
        elif key != "default_language":
            message = f"{name} is {written:.100}, {_SETTINGS} has no {key}: replies don't know it"
            yield name, message, f'Write {key} = "{written:.100}" in {_SETTINGS}.'


def _is_same(one: str, other: str) -> bool:
    return one.strip().rstrip("/").casefold() == other.strip().rstrip("/").casefold()


def _moved(said: object, settings: Settings) -> Iterator[tuple[str, str, str]]:
    for name, key in _MOVED.items():
        if _at(said, name) is not None:
            table, _, last = key.rpartition(".")
            has = f"{_SETTINGS} says what is shown" if key in settings.keys else "has no effect"
            hint = f"Remove it. Below [{table}] in {_SETTINGS}, {last} is what counts."
            yield name, f"{name}: {has}", hint


def _colours(said: object) -> Iterator[tuple[str, str, str]]:
    palettes = _at(said, "theme.palette")
    for palette in palettes if isinstance(palettes, list) else [palettes]:
        for name in _COLOURS:
            colour = palette.get(name) if isinstance(palette, Mapping) else None
            if isinstance(colour, str) and colour != _OWN_COLOUR:
                message = f"theme.palette: {name} {colour:.60} has no effect"
                hint = f'Remove it. Below [site] in {_SETTINGS}, write accent = "#0b5fa5".'
                yield "theme.palette", message, hint
                return


def _at(said: object, name: str) -> Any:  # noqa: ANN401 - whatever a file may say there
    """What stands at a dotted name; None for nothing."""
    for step in name.split("."):
        said = said.get(step) if isinstance(said, Mapping) else None
    return said
