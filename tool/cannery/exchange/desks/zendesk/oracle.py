"""How Zendesk itself fills a macro in: what its API says a ticket would be with it."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from cannery.content.context_value import context_value
from cannery.exchange.desks.canonical_html import canonical_html
from cannery.exchange.desks.desk import Opening
from cannery.exchange.desks.zendesk.languages import Languages
from cannery.exchange.desks.zendesk.macro_files import MacroFiles
from cannery.exchange.desks.zendesk.macro_out import MacroOut
from cannery.exchange.desks.zendesk.numbers import Numbers
from cannery.exchange.desks.zendesk.paging import answered, one
from cannery.model.desk import Family
from cannery.model.entry import Macro
from cannery.util.json_values import as_map


class ZendeskOracle:
    """Asks one account, as whoever is signed in."""

    def __init__(self, opening: Opening) -> None:
        numbers = Numbers(opening.client, opening.numbers)
        self._client, self._default = opening.client, opening.default_language
        self._languages = Languages(opening.settings, opening.languages, numbers)
        self._out = MacroOut(opening, self._languages, numbers, MacroFiles(opening))

    def agent(self) -> Mapping[str, str]:
        user = one(answered(self._client, "GET", "/api/v2/users/me"), "user")
        name = str(user.get("name") or "")
        first, _, last = name.partition(" ")
        email = str(user.get("email") or "")
        return {"name": name, "email": email, "first_name": first, "last_name": last}

    def rendered(self, record_id: str, ticket: str) -> str:
        path = f"/api/v2/tickets/{ticket}/macros/{record_id}/apply"
        result = as_map(one(answered(self._client, "GET", path), "result").get("ticket"))
        comment = as_map(result.get("comment"))
        html = comment.get("html_body")
        if isinstance(html, str):
            return canonical_html(html)
        lines = escape(str(comment.get("body") or ""), quote=False).split("\n")
        return canonical_html("<br>".join(lines))

    def expected(self, family: Family, context: Mapping[str, object]) -> str:
        return self._out.expected(self._macro(family, context), context)

    def _macro(self, family: Family, context: Mapping[str, object]) -> Macro:
        """The macro in the language that Zendesk chooses: the requester's, if there is one."""
        macros = {lang: it for lang, it in family.by_language.items() if isinstance(it, Macro)}
        wanted = self._languages.ours(context_value("ticket.requester.locale", context))
        default = macros.get(self._default) or next(iter(macros.values()))
        return macros.get(wanted, default)
