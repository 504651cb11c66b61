"""Keys of the front matter that a desk can't keep as each file has them.

A desk may have one title for all languages, and no fields: what it tells of these is what it was
sent, less what it can't say. Only what was changed there is taken, and where it belongs.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from cannery.content import frontmatter
from cannery.content.rewrite_keys import rewrite_keys
from cannery.content.split import split
from cannery.errors import ContentError
from cannery.model.desk import Version
from cannery.model.front_matter import FrontMatter
from cannery.util.encoding import decoded

_FIELDS, _STATUS = "fields", "status"
Versions = Mapping[str, Version]  # by language


class Change(NamedTuple):
    """What a desk said of each language before, and what it says now."""

    before: Versions
    after: Versions


def of_own(change: Change, base: Mapping[str, bytes], keys: FrontMatter) -> Change:
    """The change without what the files have in a form of their own; `base` is by language."""
    texts = {language: decoded(raw, "replace") for language, raw in base.items()}
    before, after = dict(change.before), dict(change.after)
    for language in texts.keys() & before.keys() & after.keys():
        left = [key for key in _shared(change) if _is_others(key, language, change, texts, keys)]
        fields = _fields(before[language], after[language], texts[language])
        before[language] = _with(before[language], left, fields and fields[0])
        after[language] = _with(after[language], left, fields and fields[1])
    return Change(before, after)


def _with(version: Version, left: Iterable[str], fields: Sequence[object] | None) -> Version:
    """The version without some keys, and with other fields unless there is nothing to say."""
    said = {key: value for key, value in version.keys.items() if key not in left}
    if fields is not None:
        said[_FIELDS] = [*fields] or None
    return version._replace(keys=said)


def _shared(change: Change) -> list[str]:
    """The keys that were changed, and are the same in all languages before and after."""
    befores, afters = [*change.before.values()], [*change.after.values()]
    if len(befores) < 2 or not afters:  # noqa: PLR2004 - languages
        return []
    return [
        key
        for key in afters[0].keys
        if key not in {_STATUS, _FIELDS}
        and befores[0].keys.get(key) != afters[0].keys.get(key)
        and all(one.keys.get(key) == befores[0].keys.get(key) for one in befores)
        and all(one.keys.get(key) == afters[0].keys.get(key) for one in afters)
    ]


def _is_others(
    key: str, language: str, change: Change, texts: Mapping[str, str], keys: FrontMatter
) -> bool:
    """Whether a shared value is that of another language's file, and not of this one."""
    saying = {
        one
        for one, text in texts.items()
        if one in change.before and _says(text, key, change.before[one].keys.get(key), keys)
    }
    return bool(saying) and language not in saying


def _says(text: str, key: str, value: object, keys: FrontMatter) -> bool:
    try:
        return rewrite_keys(text, {key: value}, keys) == text
    except ContentError:
        return False


def _fields(before: Version, after: Version, text: str) -> tuple[list[object], list[object]] | None:
    """The fields of a file before and after, where the desk tells other ones than before.

    A field that the file describes stays as it is described there. None where nothing is to be
    merged by names.
    """
    try:
        own = frontmatter.parse(split(text).header).get(_FIELDS)
    except ValueError:
        return None
    if not isinstance(own, list) or not all(isinstance(one, dict) for one in own):
        return None
    told, now = _named(before.keys.get(_FIELDS)), _named(after.keys.get(_FIELDS))
    described = _named(own)
    kept = [one for name, one in described.items() if name not in told or name in now]
    added = [one for name, one in now.items() if name not in told and name not in described]
    return [*described.values()], [*kept, *added]


def _named(fields: object) -> dict[str, object]:
    if not isinstance(fields, Sequence) or isinstance(fields, str):
        return {}
    return {str(one.get("name")): one for one in fields if isinstance(one, Mapping)}
