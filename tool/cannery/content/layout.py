"""What a path of a file means, and which path a file is to have: the one place that knows."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cannery.content.files import ENDINGS
from cannery.content.ignored import is_ignored
from cannery.errors import ContentError
from cannery.model.layout import OWN, PARTS, Folder, Layout
from cannery.model.location import Kind, Location
from cannery.settings import Settings
from cannery.util.text import composed

FRONT = "index"  # the id of a site's front page, with the name of no language in it
INDEX = re.compile(r"kb/index(?:\.[\w-]+)?\.(?:md|markdown|mdx)")  # the front page's files
_PART_IDS = f"macros/{PARTS}"
_OTHERS = "assets/kb/files/"  # in a folder that no content can have on a site


def folder_of(path: str, layout: Layout) -> Folder | None:
    """The folder that a file is in, of several the innermost; None for a file of no folder."""
    for folder in layout.inner_first:
        if path.startswith(folder[0]):
            return folder if folder[0] else _in_root(path, folder)
    return None if layout.inner_first else _by_name(path, layout)


def _in_root(path: str, root: Folder) -> Folder | None:
    """The root's own folder, unless the path is in kb/: all there is named from kb/."""
    return None if path.startswith(OWN) else root


def _by_name(path: str, layout: Layout) -> Folder | None:
    at = len(path)
    while at > 0:
        at = path.rfind("/", 0, at)
        folder = layout.by_prefix.get(path[: at + 1])
        if folder is not None:
            return folder if folder[0] else _in_root(path, folder)
    return None


def locate(path: str, settings: Settings) -> Location:
    """What a path such as kb/macros/billing/refund.ja.md stands for."""
    folder = folder_of(path, settings.layout)
    if folder is None:
        inner, kind, language = composed(path.removeprefix(OWN)), Kind.ARTICLE, ""
    else:
        prefix, kind, ids, language = folder
        inner = composed(ids + path[len(prefix) :])
        if inner.startswith(_PART_IDS):
            kind = Kind.PART
    stem = inner[: inner.rindex(".")]
    base, dot, suffix = stem.rpartition(".")
    if dot and suffix in settings.languages and not base.endswith("/"):
        return Location(path, base, kind, suffix)
    return Location(path, stem, kind, language or settings.default_language)


def part_name(at: Location) -> str:
    return at.id.removeprefix(_PART_IDS)


def is_part(path: str, layout: Layout) -> bool:
    """Whether a file is a part: a piece of macros, and no entry."""
    return path.startswith(layout.parts)


def is_macro(path: str, layout: Layout) -> bool:
    """Whether a file is in a folder of macros: a macro or a part."""
    folder = folder_of(path, layout)
    return folder is not None and folder.kind is Kind.MACRO


def is_front(path: str) -> bool:
    """Whether a file is a site's front page, in any language."""
    return INDEX.fullmatch(path) is not None


def without_folder(name: str, layout: Layout) -> str:
    """A typed path below a folder of the content as an id has it; any other name as it is."""
    folder = folder_of(name, layout)
    if folder is None or not folder.prefix:
        return name
    return folder.ids + name[len(folder.prefix) :]


def belongs(path: str, layout: Layout) -> bool:
    """Whether a file is the knowledge base's: in kb/, or in a folder of its content."""
    if folder_of(path, layout) is None:
        return path.startswith(OWN)
    return not is_ignored(path, layout.ignored)


def pathspecs(layout: Layout) -> list[str]:
    """What Git is asked for, from the root: all that `belongs`, and what is ignored."""
    tops = [top.rstrip("/") or "." for top in layout.tops if not top.startswith(OWN)]
    return [f":(literal){path}" if path != "." else path for path in (OWN.rstrip("/"), *tops)]


def paths_of(id_: str, language: str, settings: Settings) -> Iterator[str]:
    """The paths that an entry or a part may have in a language, that of a new one first.

    A folder of the language comes before the others, where files are told apart by their names.
    """
    default = settings.default_language
    wanted = [item for item in settings.layout.folders if id_.startswith(item.ids)]
    if language != default:
        wanted.sort(key=lambda item: item.language != language)
    for folder in wanted:
        if folder.language in ("", language):
            is_told = language in (folder.language, default)
            ending = ENDINGS[0] if is_told else f".{language}{ENDINGS[0]}"
            path = f"{folder.prefix}{id_.removeprefix(folder.ids)}{ending}"
            at = locate(path, settings)
            if (at.id, at.language) == (id_, language):  # and not in a folder inside of it
                yield path


def path_of(id_: str, language: str, settings: Settings) -> str:
    """The path of a new entry or part. Raises ContentError if no folder can have it."""
    path = next(paths_of(id_, language, settings), "")
    if not path or is_ignored(path, settings.layout.ignored):
        raise _no_place(id_)
    return path


def renamed_path(at: Location, id_: str, settings: Settings) -> str:
    """The path of a file with another id, in the same folder. Raises ContentError for none."""
    folder = folder_of(at.path, settings.layout)
    if folder is None:
        raise _no_place(id_)
    rest = composed(at.path[len(folder.prefix) :])
    old, new = at.id.removeprefix(folder.ids), id_.removeprefix(folder.ids)
    path = folder.prefix + rest.replace(old, new, 1)
    after = locate(path, settings)
    if (after.id, after.language) != (id_, at.language) or not belongs(path, settings.layout):
        raise _no_place(id_)
    return path


def _no_place(id_: str) -> ContentError:
    hint = "Choose another section: see [content] in kb/kb.toml."
    return ContentError(f"{id_} would be in a folder that kb.toml has for something else", hint)


def site_file(path: str, settings: Settings) -> str:
    """Where a picture, or another file that is no page, is on a site: beside the pages there.

    What lies in kb/ is named from there. Of two folders that have pages in the same place, the
    files of all but the first are among the site's own, where none can be in the way.
    """
    folder = folder_of(path, settings.layout)
    if folder is None:
        return path.removeprefix(OWN)
    place = _site_folder(folder, settings)
    alike = (item for item in settings.layout.folders if _site_folder(item, settings) == place)
    inner = path[len(folder.prefix) :]
    return f"{place}{inner}" if folder == next(alike) else f"{_OTHERS}{folder.prefix}{inner}"


def _site_folder(folder: Folder, settings: Settings) -> str:
    is_default = folder.language in ("", settings.default_language)
    return folder.ids if is_default else f"{folder.language}/{folder.ids}"


def stand_ins(path: str, settings: Settings) -> Iterator[str]:
    """The files that a link means where there is none at its path, in the folder of a language.

    What is not translated is where the originals are: a picture, or a page that is linked to.
    """
    folder = folder_of(path, settings.layout)
    if folder and folder.language:
        inner = path[len(folder.prefix) :]
        for other in settings.layout.folders:
            is_original = other.language in ("", settings.default_language)
            if is_original and other.ids == folder.ids and other != folder:
                yield f"{other.prefix}{inner}"


def translations(path: str, settings: Settings) -> list[str]:
    """Where the translations of a file are that is among the originals, in folders of languages."""
    folder = folder_of(path, settings.layout)
    if folder is None or folder.language not in ("", settings.default_language):
        return []
    others = (item for item in settings.layout.folders if item.ids == folder.ids)
    inner = path[len(folder.prefix) :]
    return [
        f"{other.prefix}{inner}"
        for other in others
        if other.language not in ("", settings.default_language)
    ]
