"""Plan a knowledge base whose pages stay where they are, beside the tool that publishes them."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import urlsplit

from cannery.adopt.keys import COMMON, key_plan
from cannery.adopt.settings_text import address_of, name_lines, settings_text
from cannery.adopt.table import KINDS
from cannery.content.keys import names_of
from cannery.errors import SettingsError, UsageError
from cannery.model.adoption import InPlace, PlannedFile, Survey
from cannery.model.entry import Header, Macro
from cannery.settings import Settings
from cannery.settings_layout import read_layout
from cannery.workspace import MARKER

_PRIVATE = (".local", ".internal", ".corp", ".lan", ".intranet", ".test", ".localhost")


def plan_in_place(found: Survey, config: bytes) -> InPlace:
    """The files to write: kb.toml, and `config` for the site that `kb` builds.

    Raises UsageError where the pages can't stay where they are.
    """
    kind = KINDS[found.kind]
    if not kind.is_markdown:
        hint = "Go to a knowledge base (`kb init` makes one) and run `kb adopt` there."
        raise UsageError(f"{found.label}: pages of this kind have to be converted", hint)
    keys = key_plan(found.keys, {**COMMON, **kind.names})
    _refuse_kb(found.root / MARKER.parent)
    _refuse_folders(found)
    audience = "public" if kind.is_site and _is_public(found.layout.site_url) else "internal"
    text = settings_text(found, keys, audience)
    data = {"kb/mkdocs.yml": config, MARKER.as_posix(): text.encode()}
    files = (
        PlannedFile(path, content, os.path.lexists(found.root / path))
        for path, content in data.items()
    )
    is_around = kind.is_site and (kind.is_whole or "." in found.layout.articles)
    steps = tuple(_steps(found, is_around=is_around))
    return InPlace(found, tuple(files), keys.own, keys.names, audience, steps)


def plan_news(found: Survey, settings: Settings) -> InPlace:
    """What has come to a knowledge base since it was adopted, as lines for its kb.toml."""
    kind = KINDS[found.kind]
    keys = key_plan(found.keys, {**COMMON, **kind.names})
    known = {*settings.front_matter.own, *settings.front_matter.names}
    own = tuple(key for key in keys.own if key not in known | names_of(Header, Macro))
    names = {name: key for name, key in keys.names.items() if name not in known}
    languages = [tag for tag in found.languages if tag not in settings.languages]
    news = [f"languages: add {', '.join(languages)}"] if languages else []
    news += [f"[front_matter] own: add {', '.join(own)}"] if own else []
    news += [f"[front_matter.names]: add {line}" for line in name_lines(names)]
    return InPlace(found, (), own, names, "", (), tuple(news))


def _refuse_kb(folder: Path) -> None:
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        what = "a symbolic link" if folder.is_symlink() else "a file"
        raise UsageError(f"{folder} is {what}", "Rename it: the settings go into a folder kb/.")


def _refuse_folders(found: Survey) -> None:
    layout = found.layout
    content = {
        "articles": [*layout.articles], "ignore": [*layout.ignore], "languages": dict(layout.tags),
    }  # fmt: skip
    try:
        read_layout(content, layout.languages, found.root / MARKER)
    except SettingsError as error:
        hint = "Rename the folder, or import its pages: see `kb adopt --help`."
        raise UsageError(f"the pages can't stay where they are: {error.reason}", hint) from error


def _is_public(site_url: str) -> bool:
    """Whether this is an address for everybody. A site without one may be anybody's."""
    host = urlsplit(address_of(site_url)).hostname or ""
    is_name = "." in host and not host.replace(".", "").isdigit()
    return is_name and not host.endswith(_PRIVATE)


def _steps(found: Survey, *, is_around: bool) -> Iterator[str]:
    """What only a person can do, each in a sentence; `is_around` if the tool would publish kb/."""
    if is_around:
        yield f"Exclude kb/ from what {found.label} publishes: macros will be in it."
    if found.layout.languages and found.outside:
        yield _outside([*found.outside.items()])


def _outside(folders: Sequence[tuple[str, int]]) -> str:
    named = ", ".join(f"{name} ({count:,})" for name, count in folders)
    return f"Markdown files that are left out: {named}. Name their folders in [content] if wanted."
