"""Groups, locales, fields and statuses of an account: what macros name by numbers."""

from __future__ import annotations

from tests.desks.server import Act, Answer, Request, Route
from tests.desks.zendesk.paging import page
from tests.desks.zendesk.store import Row, Store

LOCALES = {1: ("en-US", "English"), 2: ("es", "Español"), 8: ("de", "Deutsch"), 16: ("fr", "Français"), 67: ("ja", "日本語"), 1176: ("en-GB", "English (UK)")}  # fmt: skip
_LISTS = ("groups", "ticket_fields", "custom_statuses", "brands", "ticket_forms")
ENGLISH, JAPANESE = 1, 67


class Account:
    """What every macro leans on. `add_group` and the like give the number of what they made."""

    def __init__(self, store: Store, enabled: tuple[int, ...] = (1, 2, 8, 16, 67)) -> None:
        self.store = store
        self.enabled = enabled
        self.agent = store.add("users", {"name": "Ada Agent", "email": "ada@example.com", "role": "admin", "locale": "en-US", "locale_id": 1, "active": True})  # fmt: skip
        self.groups = {name: self.add_group(name) for name in ("Support", "Billing", "支援")}
        self.brand = self._named("brands", {"name": "Acme", "subdomain": "acme", "active": True, "default": True})  # fmt: skip
        self._statuses()

    @property
    def routes(self) -> list[Route]:
        lists = [Route("GET", f"/api/v2/{name}", self._listed(name)) for name in _LISTS]
        shown = [Route("GET", f"/api/v2/{name}/{{id}}", self._shown(name)) for name in _LISTS]
        return [
            *lists,
            *shown,
            Route("GET", "/api/v2/users/me", self._me),
            Route("GET", "/api/v2/users/{id}", self._shown("users")),
            Route("GET", "/api/v2/locales", self._locales),
            Route("GET", "/api/v2/account/settings", self._settings),
        ]

    def add_group(self, name: str) -> int:
        row = {"name": name, "deleted": False, "default": False, "is_public": True}
        return self._named("groups", {**row, "description": ""})

    def add_field(self, title: str, kind: str = "text", *, active: bool = True) -> int:
        row = {"title": title, "raw_title": title, "type": kind, "active": active, "description": "", "key": None}  # fmt: skip
        return self._named("ticket_fields", row)

    def add_status(self, label: str, category: str) -> int:
        names = {"agent_label": label, "raw_agent_label": label, "end_user_label": label}
        row = {**names, "status_category": category, "active": True, "default": False}
        return self._named("custom_statuses", row)

    def _named(self, table: str, row: Row) -> int:
        number: int = self.store.add(table, row)["id"]
        return number

    def _statuses(self) -> None:
        for label, category in (("New", "new"), ("Open", "open"), ("Pending", "pending"), ("Solved", "solved")):  # fmt: skip
            self.store.row("custom_statuses", self.add_status(label, category))["default"] = True

    def _listed(self, name: str) -> Act:
        def act(request: Request) -> Answer:
            rows = [self._told(name, row) for row in self.store.table(name).values()]
            return page(self.store, request, name, rows)

        return act

    def _shown(self, name: str) -> Act:
        single = "custom_status" if name == "custom_statuses" else name.removesuffix("s")

        def act(request: Request) -> Answer:
            return Answer(
                200, {single: self._told(name, self.store.row(name, request.number("id")))}
            )

        return act

    def _told(self, table: str, row: Row) -> Row:
        return {"url": f"{self.store.address}/api/v2/{table}/{row['id']}.json", **row}

    def _me(self, _: Request) -> Answer:
        return Answer(200, {"user": self._told("users", self.agent)})

    def _settings(self, _: Request) -> Answer:
        return Answer(200, {"settings": {"localization": {"locale_ids": list(self.enabled)}}})

    def _locales(self, _: Request) -> Answer:
        """The languages that the account has switched on."""
        times = {"created_at": "2009-07-20T22:55:29Z", "updated_at": "2011-05-05T10:38:52Z"}
        rows = [{"id": number, "locale": LOCALES[number][0], "name": LOCALES[number][1], "default": number == ENGLISH, **times} for number in self.enabled]  # fmt: skip
        for row in rows:
            row["url"] = f"{self.store.address}/api/v2/locales/{row['locale']}.json"
        return Answer(
            200, {"locales": rows, "count": len(rows), "next_page": None, "previous_page": None}
        )
