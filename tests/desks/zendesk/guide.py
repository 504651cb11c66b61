"""Zendesk Guide: a tree of categories and sections, the languages of it, and who may read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tests.desks.server import Act, Answer, Refused, Request, Route
from tests.desks.zendesk.guide_texts import Texts
from tests.desks.zendesk.paging import page
from tests.desks.zendesk.store import Row, Store, invalid

HELP = "/api/v2/help_center"
_KEPT = {
    "categories": ("position",),
    "sections": ("position", "category_id", "parent_section_id"),
}
_SINGLE = {"categories": "category", "sections": "section"}


class Guide:
    """`enabled` are its languages, the first one the default."""

    def __init__(self, store: Store, texts: Texts) -> None:
        self.store = store
        self.texts = texts
        self.permission_group = self._number("permission_groups", {"name": "Editors", "built_in": False})  # fmt: skip
        self.segments = {name: self._number("user_segments", {"name": name, "user_type": kind, "built_in": True, "tags": [], "group_ids": []}) for name, kind in (("Signed-in users", "signed_in_users"), ("Agents and admins", "staff"))}  # fmt: skip

    @property
    def routes(self) -> list[Route]:
        return [
            Route("GET", f"{HELP}/locales", self._locales),
            Route("GET", f"{HELP}/user_segments", self._listed("user_segments")),
            Route("GET", "/api/v2/guide/permission_groups", self._listed("permission_groups")),
            *self._tree("categories"),
            *self._tree("sections"),
            Route("GET", f"{HELP}/categories/{{id}}/sections", self._sections_of),
            Route("POST", f"{HELP}/categories/{{id}}/sections", self._create_section),
            Route("POST", f"{HELP}/{{locale}}/categories/{{id}}/sections", self._create_section),
            Route("POST", f"{HELP}/categories", self._create_category),
            Route("POST", f"{HELP}/{{locale}}/categories", self._create_category),
        ]

    def add_category(self, name: str) -> int:
        number: int = self._made("categories", {"name": name, "locale": self.texts.default})["id"]
        return number

    def add_section(self, name: str, category: int) -> int:
        row = {"category_id": category, "parent_section_id": None}
        made = self._made("sections", {"name": name, "locale": self.texts.default}, **row)
        number: int = made["id"]
        return number

    def _tree(self, table: str) -> list[Route]:
        many, one = f"{HELP}/{table}", f"{HELP}/{table}/{{id}}"
        localized = f"{HELP}/{{locale}}/{table}"
        return [
            Route("GET", many, self._listed(table)),
            Route("GET", localized, self._listed(table)),
            Route("GET", one, self._show(table)),
            Route("PUT", one, self._update(table)),
            Route("PUT", f"{localized}/{{id}}", self._update(table)),
            Route("DELETE", one, self._delete(table)),
            *self.texts.routes(table, many),
        ]

    def _listed(self, table: str) -> Act:
        def act(request: Request) -> Answer:
            return page(self.store, request, table, self._shown_rows(table, request))

        return act

    def _shown_rows(self, table: str, request: Request) -> list[Row]:
        rows = [*self.store.table(table).values()]
        return [self.told(table, row, request) for row in rows] if table in _KEPT else rows

    def _show(self, table: str) -> Act:
        def act(request: Request) -> Answer:
            row = self.store.row(table, request.number("id"))
            return Answer(200, {_SINGLE[table]: self.told(table, row, request)})

        return act

    def _update(self, table: str) -> Act:
        """Change where it stands; its name and description are its translations'."""

        def act(request: Request) -> Answer:
            row, sent = self.store.row(table, request.number("id")), request.part(_SINGLE[table])
            self._check_places(sent)
            self.store.change(row, {key: sent[key] for key in _KEPT[table] if key in sent})
            return Answer(200, {_SINGLE[table]: self.told(table, row, request)})

        return act

    def _delete(self, table: str) -> Act:
        """Delete it with all that is in it."""

        def act(request: Request) -> Answer:
            self._forget(table, self.store.row(table, request.number("id"))["id"])
            return Answer(204)

        return act

    def _forget(self, table: str, number: int) -> None:
        del self.store.table(table)[number]
        below = {"categories": (("sections", "category_id"),), "sections": (("sections", "parent_section_id"), ("articles", "section_id"))}  # fmt: skip
        for inner, key in below.get(table, ()):
            for row in [one for one in self.store.table(inner).values() if one[key] == number]:
                self._forget(inner, row["id"])

    def _sections_of(self, request: Request) -> Answer:
        number = self.store.row("categories", request.number("id"))["id"]
        rows = self._shown_rows("sections", request)
        return page(self.store, request, "sections", [one for one in rows if one["category_id"] == number])  # fmt: skip

    def _create_category(self, request: Request) -> Answer:
        made = self._made("categories", _in_language(request, "category"))
        return Answer(201, {"category": self.told("categories", made, request)})

    def _create_section(self, request: Request) -> Answer:
        category = self.store.row("categories", request.number("id"))["id"]
        sent = _in_language(request, "section")
        self._check_places(sent)
        parent = sent.get("parent_section_id")
        made = self._made("sections", sent, category_id=category, parent_section_id=parent)
        return Answer(201, {"section": self.told("sections", made, request)})

    def _check_places(self, sent: Row) -> None:
        for key, table in (("category_id", "categories"), ("parent_section_id", "sections")):
            if sent.get(key) is not None and sent[key] not in self.store.table(table):
                raise invalid(key, f"{key} does not exist")

    def _made(self, table: str, sent: Row, **more: object) -> Row:
        texts = self.texts.sent_with(sent, "name", "description")
        row = {"position": sent.get("position", 0), "source_locale": texts[0]["locale"], **more}
        made = self.store.add(table, row)
        self.texts.put(table, made, texts)
        return made

    def told(self, table: str, row: Row, request: Request) -> Row:
        """A category or section in the language that the path names, or in its own."""
        text = self.texts.shown(table, row, request)
        here = f"{self.store.address}{HELP}/{text['locale']}/{table}/{row['id']}"
        page_of = f"{self.store.address}/hc/{text['locale']}/{table}/{row['id']}"
        told = {"name": text["title"], "description": text["body"], "locale": text["locale"]}
        addresses = {"url": f"{here}.json", "html_url": page_of}
        whole = {**addresses, **row, **told, "outdated": False}
        if "translations" in request.query.get("include", ""):
            whole["translations"] = self.texts.all_of(table, row)
        return whole

    def _locales(self, _: Request) -> Answer:
        content = {"locales": [*self.texts.enabled], "default_locale": self.texts.default}
        return Answer(200, content)

    def _number(self, table: str, row: Row) -> int:
        number: int = self.store.add(table, row)["id"]
        return number


def _in_language(request: Request, name: str) -> Row:
    """What is sent, in the language that the body or the path names."""
    sent = request.part(name)
    if "locale" not in sent and "locale" in request.names:
        return {**sent, "locale": request.names["locale"]}
    return sent


def check_keys(sent: Row, keys: Iterable[str]) -> None:
    """Refuse a body without keys that are needed."""
    for key in keys:
        if key not in sent:
            message = f"{key} is required"
            raise Refused(400, {"error": {"title": "Invalid attribute", "message": message}})


def numbers_in(value: Any) -> list[int]:  # noqa: ANN401 - JSON
    """The numbers of a list; raises Refused for anything else."""
    if not isinstance(value, list) or not all(isinstance(one, int) for one in value):
        raise Refused(
            400, {"error": {"title": "Invalid attribute", "message": "Not a list of ids"}}
        )
    return value
