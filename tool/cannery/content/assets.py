"""Which pictures and other files may be published beside the pages, and why others may not."""

from __future__ import annotations

import os
import re
import stat
from pathlib import PurePosixPath
from typing import NamedTuple

from cannery.content.files import ENDINGS, MAX_BYTES, as_stored, read_bytes
from cannery.content.ignored import is_ignored
from cannery.content.layout import folder_of, stand_ins
from cannery.errors import ContentError
from cannery.model.layout import OWN, Layout
from cannery.util.charrefs import unescape
from cannery.util.lazy_pattern import LazyPattern
from cannery.util.plain import is_name
from cannery.workspace import Workspace

# Files that a browser shows or saves, and that run nothing on the site.
SERVED = frozenset({
    ".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".ico", ".svg", ".pdf", ".txt", ".log",
    ".csv", ".json", ".har", ".zip", ".gz", ".mp4", ".webm",
})  # fmt: skip
_ACTIVE = LazyPattern(
    r"<\s*(?:[\w.-]+:)?(?:script|foreignobject|iframe|embed|object|handler|set|animate\w*)\b"
    r"|\son\w+\s*=|javascript:|data:text|<!entity|<\?xml-stylesheet",
    re.IGNORECASE,
)
_ENCODING = LazyPattern(r"<\?xml[^<>]*\sencoding\s*=\s*[\"']([^\"']*)", re.IGNORECASE)
# Folders of the site that are the builder's own.
_BUILDERS = (
    "kb/assets/kb/",
    "kb/assets/search/",
    "kb/assets/javascripts/",
    "kb/assets/stylesheets/",
)
_WEB_PAGES = (".html", ".htm", ".xhtml", ".shtml", ".php", ".asp", ".aspx", ".jsp")


class Unfit(NamedTuple):
    """Why a file can't be on a site, and what to do. Both are for people."""

    reason: str
    hint: str


def meant_file(workspace: Workspace, path: str) -> str:
    """The file that a link's path means: one that is not translated is among the originals."""
    others = stand_ins(path, workspace.settings)
    if (first := next(others, "")) and _status(workspace, path) is None:
        return next((one for one in (first, *others) if _status(workspace, one)), path)
    return path


def why_unfit(workspace: Workspace, path: str) -> Unfit | None:
    """Why the file that a path from the root means can't be published; None if it can."""
    if unfit := _unfit_place(path, workspace.settings.layout):
        return unfit
    path = meant_file(workspace, path)
    name = path.removeprefix("kb/")
    info = _status(workspace, path)
    if info is None:
        return _missing(workspace, path)
    if stat.S_ISDIR(info.st_mode):
        hint = f"Link to a page in it{_example(workspace, path)}."
        return Unfit(f"{name:.100} is a folder", hint)
    return _unfit_name(path) or _unfit_kind(workspace, path, info)


def _unfit_place(path: str, layout: Layout) -> Unfit | None:
    folder = folder_of(f"{path}/", layout)
    if ".." in path.split("/") or not (folder or f"{path}/".startswith(OWN)):
        hint = f"Copy the file below {_home(layout)}, or link to its web address."
        return Unfit(f"{path:.100} is outside {_home(layout)}", hint)
    if folder and is_ignored(path, layout.ignored):
        hint = "Remove the link, or the pattern in kb.toml."
        return Unfit(f"{path:.100} is ignored by kb.toml", hint)
    return None


def _home(layout: Layout) -> str:
    """Where the files of a knowledge base are, in a few words."""
    is_apart = any(not top.startswith(OWN) for top in layout.tops)
    return f"{OWN} or {layout.folders[0].path}" if is_apart else OWN


def _status(workspace: Workspace, path: str) -> os.stat_result | None:
    try:
        return os.lstat(workspace.root / as_stored(workspace, path))
    except (OSError, ValueError):  # such as a name that is too long, or has a NUL
        return None


def _missing(workspace: Workspace, path: str) -> Unfit:
    """What to do about a file that is not there: most often it is a page of a web site."""
    name, what = path.removeprefix("kb/"), "file not found"
    stem, ending = path, PurePosixPath(path).suffix.lower()
    if ending in _WEB_PAGES:
        stem = path[: -len(ending)]
        what = f"pages end in .md, not in {ending}"
    page = next((stem + end for end in ENDINGS if _status(workspace, stem + end)), "")
    if page:
        return Unfit(f"{what}: {name:.100}", f"Did you mean {page.removeprefix('kb/'):.100}?")
    if ending in _WEB_PAGES:
        hint = "Link to the Markdown file, or write the full address."
        return Unfit(f"{what}: {name:.100}", hint)
    home = _home(workspace.settings.layout)
    return Unfit(f"{what}: {name:.100}", f"Add the file below {home}, or correct the address.")


def _example(workspace: Workspace, folder: str) -> str:
    """A page of a folder, as an example; empty if there is none."""
    where = workspace.root / as_stored(workspace, folder)
    try:
        inside = [path.name for path in where.iterdir()]
    except OSError:
        return ""
    pages = sorted(name for name in inside if name.endswith(ENDINGS) and is_name(name))
    best = min(pages, key=_example_order, default="")
    return f", such as {best:.80}" if best else ""


def _example_order(name: str) -> tuple[bool, int]:
    return not name.startswith(("index.", "README.")), name.count(".")


def _unfit_name(path: str) -> Unfit | None:
    name, ending = path.removeprefix("kb/"), PurePosixPath(path).suffix.lower()
    if any(piece.startswith(".") for piece in path.split("/")):
        return Unfit(
            f"{name:.100} has a name with a dot before it, which is not published", _RENAME
        )
    if path.startswith(_BUILDERS):
        return Unfit(f"{name:.100} is in a folder that the site needs for itself", _MOVE)
    if ending not in SERVED:
        kind = f"{ending} files" if ending else "files without an ending"
        hint = "Publish it as .pdf, .txt or .zip, or link to where else it is."
        return Unfit(f"{name:.100}: {kind} are not published, as a browser might run them", hint)
    return None


_RENAME = "Rename the file or folder."
_MOVE = "Move it to another folder."


def _unfit_kind(workspace: Workspace, path: str, info: os.stat_result) -> Unfit | None:
    name = path.removeprefix("kb/")
    if stat.S_ISLNK(info.st_mode) or _is_below_link(workspace, path):
        hint = "Replace the link with the file itself."
        return Unfit(f"{name:.100} is or goes through a symbolic link", hint)
    if not stat.S_ISREG(info.st_mode):
        return Unfit(f"{name:.100} is not a regular file", "Replace it with a regular file.")
    if info.st_size > MAX_BYTES:
        reason = (
            f"{name:.100} has {info.st_size / 1e6:.0f} MB, the limit is {MAX_BYTES // 10**6} MB"
        )
        return Unfit(reason, "Make it smaller, or link to where else it is.")
    try:
        raw = read_bytes(workspace, as_stored(workspace, path)) if _is_svg(path) else b""
    except ContentError as error:
        return Unfit(error.message, error.hint)
    reason = why_unfit_svg(raw) if _is_svg(path) else ""
    return (
        Unfit(f"{name:.100} is {reason}", "Export it again as plain SVG or PNG.")
        if reason
        else None
    )


def _is_svg(path: str) -> bool:
    return path.lower().endswith(".svg")


def _is_below_link(workspace: Workspace, path: str) -> bool:
    """Whether one of the folders above a file is a link: it may lead out of kb/."""
    folder = workspace.root / as_stored(workspace, path)
    depth = path.count("/")
    return any(above.is_symlink() for above in [*folder.parents][:depth])


def why_unfit_svg(raw: bytes) -> str:
    """Why an SVG can't be on the site: a browser that opens it runs what is in it."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return "an SVG file that is not UTF-8"
    from cannery.content.svg import strip_svg  # few files are one

    declared = _ENCODING.search(text)
    if "\0" in text or (declared and declared[1].lower() not in {"utf-8", "us-ascii", "ascii"}):
        return "an SVG file that is not UTF-8"
    shown = unescape(text)  # as a browser reads an attribute
    if _ACTIVE.search(text) or _ACTIVE.search(re.sub(r"[\t\n\r]", "", shown)):
        return "an SVG file with a script"
    try:
        strip_svg(raw)
    except ValueError as error:
        return str(error)
    return ""
