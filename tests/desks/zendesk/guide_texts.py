"""Translations: what an article, a section or a category says in each language."""

from __future__ import annotations

from collections.abc import Sequence

from tests.desks.server import Act, Answer, Request, Route
from tests.desks.zendesk.rewriting import rewritten
from tests.desks.zendesk.store import Row, Store, invalid, not_found

HELP = "/api/v2/help_center"
_KEYS = ("title", "body", "draft", "outdated")
_KINDS = {"articles": "Article", "sections": "Section", "categories": "Category"}


class Texts:
    """Translations are rows of the table `translations`.

    `unpublished` is what somebody has written into an article and not published yet, by the id of a
    translation: no answer tells of it, and a write by the API throws it away.
    """

    def __init__(self, store: Store, enabled: Sequence[str] = ("en-us", "ja", "de", "es")) -> None:
        self.store = store
        self.enabled = enabled
        self.unpublished: dict[int, str] = {}
        self._of: dict[tuple[str, int], dict[str, Row]] = {}

    @property
    def default(self) -> str:
        return self.enabled[0]

    def routes(self, table: str, many: str) -> list[Route]:
        of = f"{many}/{{id}}/translations"
        return [
            Route("GET", of, self._listed(table)),
            Route("POST", of, self._create(table)),
            Route("GET", f"{of}/missing", self._missing(table)),
            Route("GET", f"{of}/{{locale}}", self._show(table)),
            Route("PUT", f"{of}/{{locale}}", self._update(table)),
            Route("PUT", f"{many}/{{id}}/source_locale", self._set_source(table)),
        ]

    @property
    def deletion(self) -> Route:
        return Route("DELETE", f"{HELP}/translations/{{id}}", self._delete)

    def of(self, table: str, number: int) -> dict[str, Row]:
        """The translations of a row by their languages."""
        return self._of.setdefault((_KINDS[table], number), {})

    def all_of(self, table: str, row: Row) -> list[Row]:
        """All translations, the last one first: their order says nothing."""
        return [self._told(table, one) for one in self.of(table, row["id"]).values()][::-1]

    def shown(self, table: str, row: Row, request: Request) -> Row:
        """The text in the language of the path, or in the row's own; raises Refused without one."""
        texts = self.of(table, row["id"])
        wanted = request.names.get("locale", row["source_locale"])
        if wanted not in texts:
            if table == "articles" and "locale" in request.names:
                raise not_found()
            wanted = row["source_locale"]
        return texts[wanted]

    def sent_with(self, sent: Row, title: str, body: str) -> list[Row]:
        """The texts that a new row is sent with, that of its source language first."""
        texts = [self._checked(one) for one in sent.get("translations") or []]
        if sent.get(title):
            own = {"title": sent[title], "body": sent.get(body), "draft": sent.get("draft", False)}
            locale = sent.get("locale", self.default)
            texts.insert(0, self._checked({**own, "locale": locale}))
        if not texts:
            raise invalid(title, "A translation for the source locale is needed")
        if len({one["locale"] for one in texts}) < len(texts):
            raise invalid("locale", "There is more than one translation of a locale")
        return texts

    def put(self, table: str, row: Row, texts: Sequence[Row]) -> None:
        for text in texts:
            whose = {"source_id": row["id"], "source_type": _KINDS[table]}
            made = self.store.add("translations", {**text, **whose})
            self.of(table, row["id"])[text["locale"]] = made

    def _checked(self, row: Row) -> Row:
        """A text that holds together, as it is kept."""
        if row.get("locale") not in self.enabled:
            raise invalid("locale", "Locale is not enabled")
        if not str(row.get("title") or "").strip():
            raise invalid("title", "Title: cannot be blank")
        body = str(row.get("body") or "")
        kept = rewritten(body) if self.store.rewrites else body
        told = {"title": str(row["title"]).strip(), "body": kept, "locale": row["locale"]}
        return {**told, "draft": bool(row.get("draft")), "outdated": bool(row.get("outdated"))}

    def _listed(self, table: str) -> Act:
        def act(request: Request) -> Answer:
            rows = self.all_of(table, self._row(table, request))
            wanted = request.query.get("locales")
            found = [one for one in rows if not wanted or one["locale"] in wanted.split(",")]
            content = {"translations": found, "count": len(found), "next_page": None}
            return Answer(200, {**content, "previous_page": None, "page": 1})

        return act

    def _missing(self, table: str) -> Act:
        def act(request: Request) -> Answer:
            texts = self.of(table, self._row(table, request)["id"])
            return Answer(200, {"locales": [one for one in self.enabled if one not in texts]})

        return act

    def _show(self, table: str) -> Act:
        def act(request: Request) -> Answer:
            return Answer(200, {"translation": self._told(table, self._text(table, request))})

        return act

    def _create(self, table: str) -> Act:
        def act(request: Request) -> Answer:
            row, sent = self._row(table, request), request.part("translation")
            text = self._checked(sent)
            if text["locale"] in self.of(table, row["id"]):
                raise invalid("locale", "Locale: has already been taken")
            self.put(table, row, [text])
            made = self.of(table, row["id"])[text["locale"]]
            return Answer(201, {"translation": self._told(table, made)})

        return act

    def _update(self, table: str) -> Act:
        """Change a text; its time stays if nothing is changed. Unpublished work is lost."""

        def act(request: Request) -> Answer:
            text, sent = self._text(table, request), request.part("translation")
            kept = self._checked({**text, **{key: sent[key] for key in _KEYS if key in sent}})
            self.unpublished.pop(text["id"], None)
            if any(text[key] != value for key, value in kept.items()):
                self.store.change(text, kept)
            return Answer(200, {"translation": self._told(table, text)})

        return act

    def _set_source(self, table: str) -> Act:
        """Make another translation the main one; there must be one."""
        single = {"articles": "article", "sections": "section", "categories": "category"}[table]

        def act(request: Request) -> Answer:
            row, content = self._row(table, request), request.content
            wanted = content.get(f"{single}_locale") if isinstance(content, dict) else None
            if wanted not in self.of(table, row["id"]):
                raise invalid("source_locale", "There is no translation for this locale")
            self.store.change(row, {"source_locale": wanted})
            return Answer(200, "")

        return act

    def _delete(self, request: Request) -> Answer:
        text = self.store.row("translations", request.number("id"))
        table = next(name for name, kind in _KINDS.items() if kind == text["source_type"])
        row = self.store.row(table, text["source_id"])
        if row["source_locale"] == text["locale"]:
            raise invalid("base", "The translation of the source locale cannot be deleted")
        del self.store.table("translations")[text["id"]]
        del self.of(table, row["id"])[text["locale"]]
        return Answer(204)

    def _row(self, table: str, request: Request) -> Row:
        return self.store.row(table, request.number("id"))

    def _text(self, table: str, request: Request) -> Row:
        texts = self.of(table, self._row(table, request)["id"])
        if request.names["locale"] not in texts:
            raise not_found()
        return texts[request.names["locale"]]

    def _told(self, table: str, text: Row) -> Row:
        of = f"{table}/{text['source_id']}"
        here = f"{self.store.address}{HELP}/{of}/translations/{text['locale']}.json"
        page_of = f"{self.store.address}/hc/{text['locale']}/{of}"
        return {"url": here, "html_url": page_of, **text, "hidden": False}
