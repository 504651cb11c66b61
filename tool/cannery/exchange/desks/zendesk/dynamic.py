"""Zendesk's dynamic content: what it keeps for a macro in several languages.

An item of ours belongs to one macro, as its name tells. Its placeholder is made from the name when
it is created, and stays; it can't be deleted while a macro, trigger or automation uses it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from cannery.exchange.desks.zendesk.paging import Json, answered, number, objects, one, rows
from cannery.exchange.zendesk_dynamic import Dynamic, dynamic_of
from cannery.rest.client import Client, RestError

ITEMS = "/api/v2/dynamic_content/items"
_OURS = "kb "  # begins the names of items that are ours to change
_REFUSED = frozenset({404, 422})  # it has gone, or something else uses it, too
_INVALID = 422
_LONGEST = 100
_TRIES = 10


class Texts(NamedTuple):
    """What an item is to say, by the number of the locale; `default` is one of them.

    `gone` are the locales that it is to say nothing in; all others stay as they are.
    """

    by_locale: Mapping[str, str]
    default: str
    gone: frozenset[str] = frozenset()


class DynamicContent:
    """The items of a desk by the names in their placeholders, listed when they are first needed."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._rows: dict[str, Json] | None = None
        self._lacking: set[str] = set()  # that macros name and the list has not

    def of(self, placeholders: Iterable[str], locales: Mapping[str, str]) -> Dynamic:
        """Some items as `zendesk_dynamic` reads them; `locales` are by number."""
        languages = [
            {"id": id_, "locale": locale, "name": locale} for id_, locale in locales.items()
        ]
        found = (row for one in placeholders if (row := self.row(one)) is not None)
        return dynamic_of([*languages, *found])

    def row(self, placeholder: str) -> Json | None:
        return self._known().get(placeholder)

    def is_ours(self, placeholder: str) -> bool:
        row = self.row(placeholder)
        return row is not None and str(row.get("name")).startswith(_OURS)

    def changed(self, placeholder: str) -> str:
        """When one of its texts was last changed; empty for no such item."""
        row = self.row(placeholder) or {}
        times = [row.get("updated_at"), *(it.get("updated_at") for it in objects(row, "variants"))]
        return max((time for time in times if isinstance(time, str)), default="")

    def refresh(self, placeholder: str) -> None:
        """Read one again."""
        if (row := self.row(placeholder)) is None:
            if placeholder not in self._lacking:
                self._lacking.add(placeholder)
                self._rows = None  # it may be newer than the list
            return
        try:
            answer = answered(self._client, "GET", f"{ITEMS}/{number(row)}")
        except RestError as error:
            if error.code not in _REFUSED:
                raise
            self._known().pop(placeholder, None)
            return
        self._keep(one(answer, "item"))

    def put(self, title: str, texts: Texts, used: frozenset[str]) -> str:
        """The placeholder of an item of ours that says this, of which no other macro is a user.

        One that a run made which was cut off is taken for it.
        """
        refused: RestError | None = None
        for name in _names(title):
            row = self._named(name)
            try:
                if row is None:
                    return self._create(name, texts)
            except RestError as error:
                if error.code != _INVALID:
                    raise
                refused = error  # another name makes the same placeholder
                continue
            if (placeholder := _placeholder(row)) not in used:
                self.change(placeholder, texts)
                return placeholder
        raise refused or RestError(f"no name is free for {title}", "Give it another title.")

    def change(self, placeholder: str, texts: Texts) -> None:
        """Make an item say this: what is new first, what is no more in it last."""
        row = self.row(placeholder)
        if row is None:
            raise RestError(f"the dynamic content {placeholder} has gone", "Run it again.")
        known = {number(it, "locale_id"): it for it in objects(row, "variants")}
        path = f"{ITEMS}/{number(row)}/variants"
        for locale, text in _default_first(texts):
            variant = known.get(locale)
            body = {"content": text, "active": True, "default": locale == texts.default}
            if variant is None:
                said = {**body, "locale_id": int(locale)}
                answered(self._client, "POST", path, {"variant": said})
            elif any(variant.get(key) != value for key, value in body.items()):
                answered(self._client, "PUT", f"{path}/{number(variant)}", {"variant": body})
        for locale in sorted(known.keys() & texts.gone):
            self._client.ask("DELETE", f"{path}/{number(known[locale])}")
        self.refresh(placeholder)

    def drop(self, placeholder: str) -> None:
        """Delete an item of ours, unless something else uses it."""
        row = self.row(placeholder)
        if row is None or not self.is_ours(placeholder):
            return
        try:
            self._client.ask("DELETE", f"{ITEMS}/{number(row)}")
        except RestError as error:
            if error.code not in _REFUSED:
                raise
        else:
            self._known().pop(placeholder, None)

    def _create(self, name: str, texts: Texts) -> str:
        variants = [
            {
                "locale_id": int(locale),
                "content": text,
                "default": locale == texts.default,
                "active": True,
            }
            for locale, text in _default_first(texts)
        ]
        item = {"name": name, "default_locale_id": int(texts.default), "variants": variants}
        return self._keep(one(answered(self._client, "POST", ITEMS, {"item": item}), "item"))

    def _known(self) -> dict[str, Json]:
        if self._rows is None:
            self._rows = {_placeholder(row): row for row in rows(self._client, ITEMS, "items")}
        return self._rows

    def _keep(self, row: Json) -> str:
        placeholder = _placeholder(row)
        self._known()[placeholder] = row
        return placeholder

    def _named(self, name: str) -> Json | None:
        wanted = name.casefold()
        return next(
            (row for row in self._known().values() if str(row.get("name")).casefold() == wanted),
            None,
        )


def _names(title: str) -> Iterator[str]:
    """The names that an item may have, each to be taken if the ones before it are another's."""
    base = f"{_OURS}{title}"[:_LONGEST].strip()
    return (base if count == 1 else f"{base} {count}" for count in range(1, _TRIES))


def _placeholder(row: Json) -> str:
    """The name that its placeholder has: `reset` of `{{dc.reset}}`."""
    return str(row.get("placeholder")).strip("{} ").removeprefix("dc.")


def _default_first(texts: Texts) -> list[tuple[str, str]]:
    return sorted(texts.by_locale.items(), key=lambda item: (item[0] != texts.default, item[0]))
