"""What a site has of the team's own: its logo, its icon, its colours."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape
from pathlib import PurePosixPath
from typing import NamedTuple

from cannery.content.assets import why_unfit
from cannery.content.colours import DEFAULT_ACCENT, palette
from cannery.content.files import as_stored, read_bytes
from cannery.model.location import Problem, Severity
from cannery.model.site_settings import SiteSettings
from cannery.site.metadata import strip_metadata
from cannery.util.toml_lines import find_key
from cannery.workspace import MARKER, Workspace

FOLDER = "assets/kb/brand/"
_MARK = f"{FOLDER}mark.svg"


class BrandFile(NamedTuple):
    """A picture that kb.toml names, where the site has it; `uncleaned` as in a stage's assets."""

    key: str
    name: str
    data: bytes
    uncleaned: str


class Brand(NamedTuple):
    files: tuple[BrandFile, ...]
    problems: tuple[Problem, ...]

    @property
    def data(self) -> dict[str, bytes]:
        return {item.name: item.data for item in self.files}

    @property
    def uncleaned(self) -> dict[str, str]:
        return {item.name: item.uncleaned for item in self.files}


def brand_of(workspace: Workspace) -> Brand:
    """The team's pictures without what their makers wrote into them, and which can't be shown."""
    files: list[BrandFile] = []
    problems: list[Problem] = []
    for key, path in workspace.settings.site.files.items():
        if unfit := why_unfit(workspace, path):
            written = find_key(workspace.root / MARKER, f"site.{key}")
            line, message = written.line if written else 0, f"site.{key}: {unfit.reason}"
            where = (MARKER.as_posix(), line, "site", message, unfit.hint, Severity.WARNING)
            problems.append(Problem(*where))
            continue
        data, why = strip_metadata(path, read_bytes(workspace, as_stored(workspace, path)))
        name = f"{FOLDER}{key.replace('_', '-')}{PurePosixPath(path).suffix.lower()}"
        files.append(BrandFile(key, name, data, why))
    return Brand(tuple(files), tuple(problems))


def addresses(brand: Brand) -> Mapping[str, str]:
    """Where the site has each picture, by key; a mark of ours where the team names none."""
    named = {item.key: item.name for item in brand.files}
    return {
        "logo": named.get("logo", _MARK),
        "logo_dark": named.get("logo_dark", ""),
        "favicon": named.get("favicon", _MARK),
    }


def theme_parts(name: str, wishes: SiteSettings) -> Iterator[tuple[str, bytes]]:
    """The files that are made of the team's name and colour."""
    yield _MARK, _mark(name, wishes.accent or DEFAULT_ACCENT).encode()


def style(wishes: SiteSettings) -> bytes:
    """The custom properties of a site's colours; the last words of its style sheet."""
    light, dark = palette(wishes.accent or DEFAULT_ACCENT)
    names = ("--kb-accent", "--kb-accent-fg", "--kb-accent-soft", "--kb-accent-line")
    rows = (
        f"  {name}: light-dark({one}, {other});\n"
        for name, one, other in zip(names, light, dark, strict=True)
    )
    return f"/* Made of the accent in kb.toml. */\n:root {{\n{''.join(rows)}}}\n".encode()


def _mark(name: str, accent: str) -> str:
    """A site's first letter on its colour."""
    letter = next((sign for sign in name if sign.isalnum()), "?").upper()[:1]
    colours = palette(accent).light
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="32" height="32" viewBox="0 0 32 32">'
        f'<rect width="32" height="32" rx="8" fill="{colours.accent}"/>'
        f'<text x="16" y="22.5" text-anchor="middle" fill="{colours.fg}" font-size="18" '
        f'font-weight="700" font-family="system-ui, sans-serif">{escape(letter)}</text></svg>\n'
    )
