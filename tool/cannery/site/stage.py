"""What an audience may see, as a folder that any site generator can build.

Visibility is decided here and nowhere else: what is not staged is not there, whatever the
generator ignores.
"""

from __future__ import annotations

import html
import json
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

from cannery.content.files import ENDINGS, INDEX, locate, read_bytes
from cannery.content.library import read
from cannery.content.links import site_path
from cannery.content.markdown import parse
from cannery.errors import ContentError
from cannery.model import Article, Audience, Shelf
from cannery.place import Problem, Status
from cannery.site.links import Found, relative_targets, relinked
from cannery.site.redirects import redirects
from cannery.workspace import Workspace

_MARKER = ".staged-by-kb"
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
# Files that a browser shows or saves, and that run nothing on the site.
_SERVED = frozenset({
    ".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg", ".pdf", ".txt", ".log", ".csv",
    ".json", ".har", ".zip", ".gz", ".mp4", ".webm",
})  # fmt: skip
_ACTIVE = re.compile(
    r"<\s*(?:[\w.-]+:)?(?:script|foreignobject|iframe|embed|object|handler|set|animate\w*)\b"
    r"|\son\w+\s*=|javascript:|data:text|<!entity|<\?xml-stylesheet",
    re.IGNORECASE,
)
_ENCODING = re.compile(r"<\?xml[^>]*\sencoding\s*=\s*[\"']([^\"']*)", re.IGNORECASE)


@dataclass(frozen=True)
class Staged:
    """What was put out: how many pages and other files."""

    pages: int
    assets: int


@dataclass(frozen=True)
class _Site:
    """The articles that an audience may see, and all that are known, by their paths."""

    workspace: Workspace
    shown: Mapping[str, Article]
    known: frozenset[str]

    def page(self, path: str) -> str:
        """The page's file below the site's folder."""
        settings = self.workspace.settings
        return unquote(site_path(locate(path, settings), settings)).rstrip("/") + ".md"

    def target(self, path: str, language: str) -> str:
        """Where a link leads: to the variant in the page's own language, if that is shown."""
        wanted = locate(path, self.workspace.settings).id
        alike = [item for item in self.shown.values() if item.at.id == wanted]
        found = next((item for item in alike if item.at.language == language), None)
        return self.page(found.at.path if found else path)


def visible(shelf: Shelf, audience: Audience) -> Iterator[Article]:
    """The published articles for an audience; macros are never on a site."""
    for entry in shelf.entries:
        shown = audience is Audience.INTERNAL or entry.header.audience is Audience.PUBLIC
        if isinstance(entry, Article) and entry.header.status is Status.PUBLISHED and shown:
            yield entry


def stage(workspace: Workspace, shelf: Shelf, target: Path, audience: Audience) -> Staged:
    """Write the audience's pages to `target`, all at once.

    Raises ContentError where `target` holds files that an earlier stage has not put there, and for
    everything that must not be on a site: each place is named.
    """
    if target.exists() and any(target.iterdir()) and not (target / _MARKER).exists():
        raise ContentError(f"{target} holds other files", "Choose an empty folder.")
    shown = {item.at.path: item for item in visible(shelf, audience)}
    site = _Site(workspace, shown, frozenset(item.at.path for item in shelf.entries))
    pages: dict[str, str] = {}
    assets: dict[str, tuple[str, int]] = {}  # each with where it is used first
    problems: list[Problem] = []
    for path, text, line, article in _sources(site):
        found = [*relative_targets(path, text)]
        problems += _refused(site, path, line, found)
        for item in found:
            if not item.place.endswith(ENDINGS):
                assets.setdefault(item.place, (path, line + item.line - 1))
        pages[_place(site, path)] = _written(site, path, text, found, article)
    problems += [
        Problem(*used_at, "asset", f"{asset}: {reason}")
        for asset, used_at in assets.items()
        if (reason := _unfit(workspace, asset))
    ]
    moved, wrong = redirects(shown, workspace.settings)
    problems += wrong
    if problems:
        raise ContentError(_told(problems), f"Mend it before the {audience.value} site is built.")
    _put(workspace, target, {**moved, **pages}, sorted(assets))
    return Staged(len(pages), len(assets))


def _sources(site: _Site) -> Iterator[tuple[str, str, int, Article | None]]:
    """Each page: its path, its text without comments, the line where that begins, the article."""
    front = [
        path.relative_to(site.workspace.root).as_posix()
        for path in sorted(site.workspace.content.glob("index*"))
        if INDEX.fullmatch(path.relative_to(site.workspace.root).as_posix())
    ]
    for path in front:
        item = read(path, read_bytes(site.workspace, path), site.workspace.settings).item
        if isinstance(item, Article):
            yield path, _without_comments(item.body), item.body_line, None
    if not any(_place(site, path) == "index.md" for path in front):
        yield "kb/index.md", f"# {site.workspace.settings.name}\n", 1, None
    for path, article in site.shown.items():
        yield path, _without_comments(article.body), article.body_line, article


def _without_comments(body: str) -> str:
    """The text without HTML comments, which nobody is to read on a site. In code they stay."""
    text = body.replace("\r\n", "\n")
    if "<!--" not in text:
        return text
    code = {
        line
        for token in parse(text, bare_links=False)
        if token.type in {"fence", "code_block"} and token.map
        for line in range(*token.map)
    }

    def gone(found: re.Match[str]) -> str:
        before = text[text.rfind("\n", 0, found.start()) + 1 : found.start()]
        after = text[found.end() : text.find("\n", found.end()) % (len(text) + 1)]
        quoted = before.count("`") % 2 == 1 and "`" in after
        if quoted or text.count("\n", 0, found.start()) in code:
            return found[0]
        return "\n" * found[0].count("\n")

    return _COMMENT.sub(gone, text)


def _place(site: _Site, path: str) -> str:
    if not INDEX.fullmatch(path):
        return site.page(path)
    at = locate(path, site.workspace.settings)
    default = site.workspace.settings.default_language
    return "index.md" if at.language == default else f"{at.language}/index.md"


def _written(
    site: _Site, path: str, text: str, found: Sequence[Found], article: Article | None
) -> str:
    language = locate(path, site.workspace.settings).language

    def place_of(place: str) -> str:
        if place.endswith(ENDINGS):
            return site.target(place, language)
        return place.removeprefix("kb/")

    body = relinked(text, found, _place(site, path), place_of).strip("\r\n")
    if article is None:
        return f"{body}\n"
    header = article.header
    # JSON texts are YAML texts, and nothing in one can open a new key. Themes print titles and
    # descriptions as they stand, so they must be no HTML.
    values: dict[str, object] = {"title": html.escape(header.title, quote=False)}
    if header.summary:
        values["description"] = html.escape(header.summary)
    if header.tags:
        values["tags"] = [html.escape(tag, quote=False) for tag in header.tags]
    lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in values.items()]
    heading = "" if body.startswith("# ") else f"# {_literal(header.title)}\n\n"
    return "\n".join(["---", *lines, "---", "", f"{heading}{body}\n"])


def _literal(text: str) -> str:
    """A text that Markdown and HTML leave as it is."""
    return re.sub(r"([\\`*_\[\]])", r"\\\1", html.escape(text, quote=False))


def _refused(site: _Site, path: str, line: int, found: Sequence[Found]) -> Iterator[Problem]:
    """Links to what this audience can't open."""
    for item in found:
        place, at = item.place, line + item.line - 1
        if not place.endswith(ENDINGS):
            continue
        if place in site.shown or INDEX.fullmatch(place):
            continue
        what = "which is not for this site" if place in site.known else "which is not there"
        if place.startswith("kb/macros/"):
            what = "a macro, and macros are on no site"
        yield Problem(path, at, "link", f"a link to {place.removeprefix('kb/')}, {what}")


def _unfit(workspace: Workspace, asset: str) -> str:
    """Why a file can't be on the site; empty where it can."""
    place = PurePosixPath(asset)
    if place.parts[0] != "kb" or ".." in place.parts or place.name.startswith("."):
        return "a file outside of kb/"
    if place.suffix.lower() not in _SERVED:
        return f"a file that a browser might run: {place.suffix or 'no ending'}"
    try:
        raw = read_bytes(workspace, asset)
    except ContentError as error:
        return error.message.removeprefix(f"{asset}: ")
    return _unfit_drawing(raw) if place.suffix.lower() == ".svg" else ""


def _unfit_drawing(raw: bytes) -> str:
    """Why an SVG can't be on the site: a browser that opens it runs what is in it."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return "a drawing that is not UTF-8"
    declared = _ENCODING.search(text)
    if "\0" in text or (declared and declared[1].lower() not in {"utf-8", "us-ascii", "ascii"}):
        return "a drawing that is not UTF-8"
    shown = html.unescape(text)  # as a browser reads an attribute
    found = _ACTIVE.search(text) or _ACTIVE.search(re.sub(r"[\t\n\r]", "", shown))
    return "a drawing with a script in it" if found else ""


def _told(problems: Sequence[Problem]) -> str:
    lines = [
        f"{item.path}:{item.line}: {item.message}" if item.line else f"{item.path}: {item.message}"
        for item in problems
    ]
    return "\n".join(lines)


def _put(
    workspace: Workspace, target: Path, pages: Mapping[str, str], assets: Sequence[str]
) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=".kb-stage-", dir=target.parent))
    try:
        (fresh / _MARKER).touch()
        files = {place: text.encode() for place, text in pages.items()}
        files |= {asset.removeprefix("kb/"): read_bytes(workspace, asset) for asset in assets}
        for place, data in files.items():
            file = fresh / place
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
        fresh.chmod(0o755)
        if target.exists():
            shutil.rmtree(target)
        fresh.rename(target)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
