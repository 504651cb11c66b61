"""Pages that Hugo keeps from its site by what their front matter says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date

from cannery.adopt.convert.header import Values, read_page
from cannery.adopt.convert.notes import Notes
from cannery.adopt.kind import SourcePage
from cannery.adopt.tree import SourceTree
from cannery.errors import ContentError

_SECTION, _BUNDLE = "_index", "index"  # the pages for a folder; `index.ja.md` is one as well
_PUBLISHED = ("publishdate", "pubdate", "published", "date")  # the first that there is counts
_EXPIRED = ("expirydate", "unpublishdate")
_RENDERED = frozenset(("always", "true"))
_SIGN = re.compile(r"[*?\[\\]")  # of patterns


def unpublished(tree: SourceTree, content: str, today: date) -> Iterator[str]:
    """Patterns of kb.toml for the pages below the folder `content` that are not published today.

    Drafts are not among them: they are known as such when they are read.
    """
    for path in tree.below(content, tree.markdown):
        try:
            page = SourcePage(path, tree.text(path), tree)
        except ContentError:
            continue
        values = _lowered(read_page(page.text, Notes(page)).values)
        folder, _, name = path.rpartition("/")
        stem = name.partition(".")[0]
        is_bundle = stem == _BUNDLE and _is(values.get("headless"), "true")
        if is_bundle or (stem == _SECTION and _hands_down(values, today)):
            yield f"/{_plain(folder)}/"
        elif _is_hidden(values, today):
            yield f"/{_plain(path)}"


def _hands_down(values: Values, today: date) -> bool:
    """Whether the pages below are hidden, or some of them: which ones is not looked at."""
    cascade = values.get("cascade")
    tables = cascade if isinstance(cascade, list) else [cascade]
    lowered = (_lowered(table) for table in tables if isinstance(table, Mapping))
    return any(_is(one.get("draft"), "true") or _is_hidden(one, today) for one in lowered)


def _is_hidden(values: Values, today: date) -> bool:
    if _is(values.get("headless"), "true"):
        return True
    for build in (values.get("build"), values.get("_build")):
        render = _lowered(build).get("render") if isinstance(build, Mapping) else None
        if render is not None and str(render).lower() not in _RENDERED:
            return True
    published, expired = (_first_day(values, names) for names in (_PUBLISHED, _EXPIRED))
    return bool((published and published > today) or (expired and expired <= today))


def _first_day(values: Values, names: tuple[str, ...]) -> date | None:
    days = (_day(values.get(name)) for name in names)
    return next((day for day in days if day), None)


def _day(value: object) -> date | None:
    """A date, or a time's; None for what is no date."""
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        return None


def _lowered(values: Values) -> Values:
    """Hugo's keys are the same in capitals."""
    return {str(key).lower(): value for key, value in values.items()}


def _is(value: object, text: str) -> bool:
    return str(value).lower() == text


def _plain(path: str) -> str:
    return _SIGN.sub(r"\\\g<0>", path)
