"""Zendesk's dynamic content: texts that macros name, each in several languages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from typing import NamedTuple

Json = Mapping[str, object]

_USE = re.compile(r"\{\{-?\s{0,9}dc\.([\w-]{1,100})\s{0,9}-?\}\}")
_TAG = re.compile(r"<[A-Za-z/][^<>]{0,500}>")
# What every account has; the others are in what `GET /api/v2/locales` answers.
_LOCALES = {"1": "en-US", "2": "es", "8": "de", "16": "fr", "67": "ja"}
_MOST = 20_000  # letters of a text
_MOST_LANGUAGES, _MOST_USES = 50, 20


class Item(NamedTuple):
    """A text in its languages, by the id of each; `default` is the one for all others."""

    variants: Mapping[str, str]
    default: str


class Dynamic(NamedTuple):
    """All texts by name, and the languages by id."""

    items: Mapping[str, Item]
    locales: Mapping[str, str]


class Version(NamedTuple):
    """A macro in one language. `unknown` are ids of languages that nothing tells."""

    language: str
    record: Json
    unknown: tuple[str, ...] = ()


def is_dynamic(record: Json) -> bool:
    """Whether a record is a text with its variants, or a language."""
    is_item = isinstance(record.get("variants"), list) and isinstance(
        record.get("placeholder"), str
    )
    return is_item or _is_locale(record)


def _is_locale(record: Json) -> bool:
    return isinstance(record.get("locale"), str) and "id" in record and "name" in record


def dynamic_of(records: Iterable[Json]) -> Dynamic:
    items: dict[str, Item] = {}
    locales = dict(_LOCALES)
    for record in records:
        if _is_locale(record):
            locales[str(record["id"])] = str(record["locale"])
        elif found := _USE.fullmatch(str(record["placeholder"]).strip()):
            items[found[1]] = _item(record)
    return Dynamic(items, locales)


def _item(record: Json) -> Item:
    variants: dict[str, str] = {}
    default = str(record.get("default_locale_id"))
    given = record.get("variants")
    for one in given if isinstance(given, list) else ():
        if isinstance(one, dict) and isinstance(text := one.get("content"), str):
            if one.get("active") is not False:
                variants[str(one.get("locale_id"))] = text[:_MOST]
            default = str(one.get("locale_id")) if one.get("default") is True else default
    return Item(variants, default)


def versions(record: Json, dynamic: Dynamic) -> Sequence[Version]:
    """The macro in each language of the texts that it names, the default one first."""
    named = placeholders_in(record)
    used = {name: dynamic.items[name] for name in named if name in dynamic.items}
    if not used:
        return [Version("", record)]
    first = next(iter(used.values())).default
    ids = [*dict.fromkeys([first, *(one for item in used.values() for one in item.variants)])]
    unknown = tuple(one for one in ids if one not in dynamic.locales)
    told = [one for one in ids if one in dynamic.locales][:_MOST_LANGUAGES] or [first]
    found = [Version(dynamic.locales.get(one, ""), _in(record, used, one)) for one in told]
    return [found[0]._replace(unknown=unknown), *found[1:]]


def placeholders_in(record: Json) -> Iterator[str]:
    """The names of the texts that a macro refers to: `reset` of `{{dc.reset}}`."""
    for action in _actions(record):
        value = action.get("value")
        for text in value if isinstance(value, list) else (value,):
            yield from _USE.findall(text) if isinstance(text, str) else ()


def _actions(record: Json) -> Iterator[Json]:
    actions = record.get("actions")
    return (one for one in (actions if isinstance(actions, list) else ()) if isinstance(one, dict))


def _in(record: Json, items: Mapping[str, Item], locale: str) -> Json:
    """The macro with the texts of a language in their places."""
    changed = []
    for action in _actions(record):
        is_html = "html" in str(action.get("field"))
        texts = {
            name: _as_html(text) if is_html else text
            for name, item in items.items()
            if (text := item.variants.get(locale) or item.variants.get(item.default))
        }
        changed.append({**action, "value": _filled(action.get("value"), texts)})
    return {**record, "actions": changed}


def _as_html(text: str) -> str:
    return text if _TAG.search(text) else escape(text, quote=False).replace("\n", "<br>")


def _filled(value: object, texts: Mapping[str, str]) -> object:
    if isinstance(value, list):
        return [_filled(one, texts) for one in value]
    if not isinstance(value, str):
        return value
    return _USE.sub(lambda use: texts.get(use[1], use[0]), value, count=_MOST_USES)
