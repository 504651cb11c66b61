"""Pages that are no files of their own: where they would be, and how they lead to each other."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping
from datetime import date
from posixpath import dirname, relpath
from urllib.parse import quote

from cannery.content.frontmatter import rewrite
from cannery.util.file_names import fault_of
from cannery.util.text import fold_name

_BAD = re.compile(r"[<>:\"|?*\\\x00-\x1f\x7f#%&\[\]{}\s]+")
_LONGEST = 80  # letters of a file's name
_SAFE = "/().,!'~@&=+$-_"


def file_name(title: str) -> str:
    """A title as the name of a file that every computer can have."""
    name = _BAD.sub("-", title.strip().replace("_", " ")).strip("-. ")[:_LONGEST].rstrip("-. ")
    name = name or "page"
    return f"{name}-page" if fault_of(f"{name}.md") else name


def free_path(stem: str, ending: str, taken: Container[str]) -> str:
    """A path that no other page has, also where capitals are the same as small letters."""
    path, number = f"{stem}{ending}", 1
    while fold_name(path) in taken:
        number += 1
        path = f"{stem}-{number}{ending}"
    return path


def way_between(page: str, path: str) -> str:
    """How a page names another one in a link."""
    return quote(relpath(path, dirname(page) or "."), safe=_SAFE)


def as_date(text: str) -> date | str:
    """The day that a text begins with, as front matter has it; the text where it is none."""
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return text


def with_header(values: Mapping[str, object], body: str) -> str:
    """A page's text with front matter, which has the values that are none of nothing."""
    wanted = {key: value for key, value in values.items() if value}
    return rewrite(body, wanted) if wanted else body
