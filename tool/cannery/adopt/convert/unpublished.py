"""Pages that Hugo keeps from its site by what their front matter says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date

from cannery.adopt.config import left_out_by_globs
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


def unpublished(tree: SourceTree, content: str, settings: Values, today: date) -> Iterator[str]:
    """Patterns of kb.toml for the pages below the folder `content` that are not published today.

    `settings` are the site's. Drafts are not among the pages, unless by a page above them: they are
    known as such when they are read.
    """
    yield from _below(_lowered(settings), content, content, today)
    for path in tree.below(content, tree.markdown):
        try:
            page = SourcePage(path, tree.text(path), tree)
        except ContentError:
            continue
        values = _lowered(read_page(page.text, Notes(page)).values)
        folder, _, name = path.rpartition("/")
        stem = name.partition(".")[0]
        if stem == _SECTION:
            yield from _below(values, folder, content, today)
        if stem == _BUNDLE and _is(values.get("headless"), "true"):
            yield f"/{_plain(folder)}/"
        elif _is_hidden(values, today):
            yield f"/{_plain(path)}"


def _below(values: Values, folder: str, content: str, today: date) -> Iterator[str]:
    """What a page hides of those below it: all, or those of the paths that it names.

    These are from the folder of the pages, which may have one for each language.
    """
    cascade = values.get("cascade")
    for table in cascade if isinstance(cascade, list) else [cascade]:
        one = _lowered(table) if isinstance(table, Mapping) else {}
        if not _is(one.get("draft"), "true") and not _is_hidden(one, today):
            continue
        target = one.get("target") or one.get("_target")
        path = _lowered(target).get("path") if isinstance(target, Mapping) else None
        if isinstance(path, str) and path.strip("/* "):
            for base in (content, f"{content}/*"):
                yield from left_out_by_globs([path, f"{path}.*"], base)
        else:
            yield f"/{_plain(folder)}/"


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
