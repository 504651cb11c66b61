"""The text of kb.toml for what a survey has found."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from cannery.adopt.keys import KeyPlan
from cannery.model.adoption import SourceLayout, Survey
from cannery.util.plain import one_line

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_ADDRESS = re.compile(r"https?://[^\s\"<>\\]{1,300}")
_PLAIN_TEMPLATE = re.compile(r"[{<]")
_WIDTH = 96
_MAX_NAME = 200


def settings_text(found: Survey, keys: KeyPlan, audience: str) -> str:
    """A whole kb.toml."""
    layout = found.layout
    lines = [
        f"# Written by `kb adopt` for {found.label}. All settings are optional.",
        f"name = {_quoted(name_of(found))}",
        *_addresses(layout),
        f"languages = {_list(layout.languages)}",
        f"default_language = {_quoted(layout.default_language)}",
        "format = 2",
        "",
        "# Where the articles are, from the folder that holds kb/. Macros are in kb/macros.",
        "[content]",
        f"articles = {_list(layout.articles)}",
        *([f"ignore = {_list(layout.ignore)}"] if layout.ignore else []),
        "# Who may see an article that doesn't say so itself: internal or public.",
        f"audience = {_quoted(audience)}",
        *(["", "[content.languages]", *name_lines(dict(layout.tags))] if layout.tags else []),
        *_front_matter(keys),
    ]
    return "\n".join(lines) + "\n"


def name_of(found: Survey) -> str:
    """The site's name, as far as it can be read; else the folder's."""
    name = one_line(found.layout.name).strip()[:_MAX_NAME]
    return found.root.name if not name or _PLAIN_TEMPLATE.search(name) else name


def address_of(text: str) -> str:
    """A web address without a slash at its end; empty for anything else."""
    return text.rstrip("/") if _ADDRESS.fullmatch(text) else ""


def _addresses(layout: SourceLayout) -> Iterator[str]:
    site, repository = address_of(layout.site_url), address_of(layout.repository)
    if site:
        yield f"site_url = {_quoted(site)}"
    else:
        yield '# site_url = "https://help.example.com"  # the filter article_url needs it'
    if repository:
        yield f"repository = {_quoted(repository)}"


def _front_matter(keys: KeyPlan) -> Iterator[str]:
    if keys.own:
        yield from ("", "# Keys of the files that are for other programs.", "[front_matter]")
        yield f"own = {_list(keys.own)}"
    if keys.names:
        yield from ("", "# Keys that are read as ones of kb.", "[front_matter.names]")
        yield from name_lines(keys.names)


def name_lines(names: Mapping[str, str]) -> Iterator[str]:
    return (f"{_key(name)} = {_quoted(key)}" for name, key in names.items())


def _key(name: str) -> str:
    return name if _BARE.fullmatch(name) else _quoted(name)


def _list(texts: Iterable[str]) -> str:
    """A list in one line, or in as many as it takes."""
    items = [_quoted(text) for text in texts]
    line = f"[{', '.join(items)}]"
    if len(line) <= _WIDTH:
        return line
    return "[\n" + "".join(f"  {row},\n" for row in _rows(items)) + "]"


def _rows(items: Sequence[str]) -> Iterator[str]:
    row = ""
    for item in items:
        if row and len(row) + len(item) > _WIDTH:
            yield row
            row = ""
        row = f"{row}, {item}" if row else item
    yield row


def _quoted(text: str) -> str:
    """A basic string of TOML, which escapes as JSON does, but for one sign."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
