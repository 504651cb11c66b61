"""Dynamic content: texts with a variant a language, named by a placeholder for ever."""

from __future__ import annotations

import re
from typing import Any

from tests.desks.server import Answer, Request, Route
from tests.desks.zendesk.account import Account
from tests.desks.zendesk.paging import page
from tests.desks.zendesk.store import Row, Store, invalid, not_found

_ITEM = "/api/v2/dynamic_content/items/{id}"
_VARIANT = _ITEM + "/variants/{variant_id}"


class DynamicContent:
    def __init__(self, store: Store, account: Account) -> None:
        self.store = store
        self.account = account

    @property
    def routes(self) -> list[Route]:
        return [
            Route("GET", "/api/v2/dynamic_content/items", self.listed),
            Route("POST", "/api/v2/dynamic_content/items", self.create),
            Route("GET", _ITEM, self.show),
            Route("PUT", _ITEM, self.update),
            Route("DELETE", _ITEM, self.delete),
            Route("GET", _ITEM + "/variants", self.variants),
            Route("POST", _ITEM + "/variants", self.add_variant),
            Route("GET", _VARIANT, self.show_variant),
            Route("PUT", _VARIANT, self.update_variant),
            Route("DELETE", _VARIANT, self.delete_variant),
        ]

    @property
    def rows(self) -> list[Row]:
        return [*self.store.table("items").values()]

    def listed(self, request: Request) -> Answer:
        return page(self.store, request, "items", [self._told(row) for row in self.rows])

    def show(self, request: Request) -> Answer:
        return Answer(200, {"item": self._told(self._item(request))})

    def create(self, request: Request) -> Answer:
        """An item; its placeholder is made of its name now, and stays whatever becomes of that."""
        sent = request.part("item")
        name = str(sent.get("name") or "").strip()
        placeholder = f"{{{{dc.{slug(name)}}}}}"
        if not slug(name):
            raise invalid("name", "Name: cannot be blank")
        if any(row["placeholder"] == placeholder for row in self.rows):
            raise invalid("name", "Name: has already been taken")
        default = sent.get("default_locale_id")
        variants = sent.get("variants") or ([sent] if "content" in sent else [])
        kept = [self._variant(one, []) for one in variants]
        if default not in [one["locale_id"] for one in kept]:
            raise invalid("variants", "A variant of the default locale is needed")
        if len({one["locale_id"] for one in kept}) < len(kept):
            raise invalid("variants", "There is more than one variant of a locale")
        row = {"name": name, "placeholder": placeholder, "default_locale_id": default}
        made = self.store.add("items", {**row, "variants": []})
        made["variants"] = [self._numbered(one) for one in kept]
        self._defaults(made)
        return Answer(201, {"item": self._told(made)})

    def update(self, request: Request) -> Answer:
        """Only the name can be changed; the placeholder stays."""
        row, sent = self._item(request), request.part("item")
        if "name" in sent:
            self.store.change(row, {"name": str(sent["name"])})
        return Answer(200, {"item": self._told(row)})

    def delete(self, request: Request) -> Answer:
        row = self._item(request)
        if self._is_used(row["placeholder"]):
            raise invalid("base", "Dynamic content is in use and cannot be deleted")
        del self.store.table("items")[row["id"]]
        return Answer(204)

    def variants(self, request: Request) -> Answer:
        row = self._item(request)
        return page(self.store, request, "variants", self._told(row)["variants"])

    def add_variant(self, request: Request) -> Answer:
        row = self._item(request)
        made = self._numbered(self._variant(request.part("variant"), row["variants"]))
        row["variants"].append(made)
        self._settle(row, made)
        return Answer(201, {"variant": self._shown(row, made)})

    def show_variant(self, request: Request) -> Answer:
        row = self._item(request)
        return Answer(200, {"variant": self._shown(row, self._one(row, request))})

    def update_variant(self, request: Request) -> Answer:
        row, sent = self._item(request), request.part("variant")
        variant = self._one(row, request)
        others = [one for one in row["variants"] if one is not variant]
        changed = self._variant({**variant, **sent}, others)
        if variant["default"] and not (changed["default"] and changed["active"]):
            raise invalid("default", "The default variant cannot be taken away or deactivated")
        self.store.change(variant, changed)
        self._settle(row, variant)
        return Answer(200, {"variant": self._shown(row, variant)})

    def delete_variant(self, request: Request) -> Answer:
        row = self._item(request)
        variant = self._one(row, request)
        if variant["default"]:
            raise invalid("base", "The default variant cannot be deleted")
        row["variants"].remove(variant)
        self.store.change(row, {})
        return Answer(204)

    def text(self, placeholder: str, locale_id: int | None) -> str | None:
        """What a placeholder stands for in a language, or in its default one; None for no item."""
        row = next((one for one in self.rows if one["placeholder"] == placeholder), None)
        if row is None:
            return None
        active = [one for one in row["variants"] if one["active"]]
        mine = [one for one in active if one["locale_id"] == locale_id]
        return str((mine or [one for one in active if one["default"]])[0]["content"])

    def _settle(self, row: Row, variant: Row) -> None:
        if variant["default"]:
            row["default_locale_id"] = variant["locale_id"]
        self._defaults(row)
        self.store.change(row, {})

    def _defaults(self, row: Row) -> None:
        for one in row["variants"]:
            one["default"] = one["locale_id"] == row["default_locale_id"]

    def _variant(self, sent: Any, others: list[Row]) -> Row:  # noqa: ANN401 - JSON
        """A variant that holds together, without a number yet."""
        if not isinstance(sent, dict) or not str(sent.get("content") or "").strip():
            raise invalid("content", "Content: cannot be blank")
        locale = sent.get("locale_id", sent.get("default_locale_id"))
        if locale not in self.account.enabled:
            raise invalid("locale_id", "Locale is not available")
        if any(one["locale_id"] == locale for one in others):
            raise invalid("locale_id", "There is a variant of this locale already")
        row = {"content": sent["content"], "locale_id": locale, "active": sent.get("active", True)}
        return {**row, "default": sent.get("default", False)}

    def _numbered(self, variant: Row) -> Row:
        """With a number; the store's table of variants is not asked again."""
        return self.store.add("variants", variant)

    def _item(self, request: Request) -> Row:
        return self.store.row("items", request.number("id"))

    def _one(self, row: Row, request: Request) -> Row:
        number = request.number("variant_id")
        variants: list[Row] = row["variants"]
        found = next((one for one in variants if one["id"] == number), None)
        if found is None:
            raise not_found()
        return found

    def _told(self, row: Row) -> Row:
        variants = [self._shown(row, one) for one in row["variants"]]
        if self.store.rewrites:
            variants.sort(key=lambda one: -one["locale_id"])
        address = f"{self.store.address}/api/v2/dynamic_content/items/{row['id']}.json"
        return {"url": address, **row, "outdated": False, "variants": variants}

    def _shown(self, row: Row, variant: Row) -> Row:
        item = f"{self.store.address}/api/v2/dynamic_content/items/{row['id']}"
        return {"url": f"{item}/variants/{variant['id']}.json", **variant, "outdated": False}

    def _is_used(self, placeholder: str) -> bool:
        name = re.escape(placeholder[2:-2])
        pattern = re.compile(rf"\{{\{{-?\s*{name}\s*-?\}}\}}")
        macros = self.store.table("macros").values()
        return any(
            pattern.search(str(action["value"])) for row in macros for action in row["actions"]
        )


def slug(name: str) -> str:
    """The name as a placeholder has it."""
    return re.sub(r"[^\w-]+", "_", name.strip().casefold()).strip("_")
