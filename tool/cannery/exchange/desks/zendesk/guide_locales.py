"""The languages of the knowledge base, and what Guide calls them: `en` is `en-us` there."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from cannery.exchange.desks.desk import Opening
from cannery.exchange.desks.zendesk.paging import answered


class Locales:
    """The locales that a help centre has switched on; it is asked once, when one is needed."""

    def __init__(self, opening: Opening) -> None:
        self._opening = opening

    @cached_property
    def by_language(self) -> Mapping[str, str]:
        """The locale of each language of ours that the help centre has."""
        answer = answered(self._opening.client, "GET", "/api/v2/help_center/locales")
        listed = answer.get("locales")
        there = [str(one) for one in listed] if isinstance(listed, list) else []
        default = str(answer.get("default_locale") or "")
        found = {one: self._found(one, there, default) for one in self._opening.languages}
        return {language: locale for language, locale in found.items() if locale}

    def _found(self, language: str, there: list[str], default: str) -> str:
        named = self._opening.settings.languages.get(language, language).lower()
        by_name = {one.lower(): one for one in there}
        if named in by_name:
            return by_name[named]
        akin = [one for one in there if one.lower().partition("-")[0] == named.partition("-")[0]]
        usual = (default, "en-us", "pt-br", "zh-cn")
        return next((one for one in usual if one in akin), akin[0] if akin else "")

    @cached_property
    def by_locale(self) -> Mapping[str, str]:
        """The language of each of these locales."""
        return {locale: language for language, locale in self.by_language.items()}
