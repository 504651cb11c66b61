"""The languages of the knowledge base, and what Zendesk calls them: `en` is `en-US` there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cannery.exchange.desks.zendesk.numbers import Numbers
from cannery.model.desk_settings import DeskSettings

_LOCALES = "locales"
_USUAL = {"en": "en-US", "pt": "pt-BR", "zh": "zh-CN"}


class Languages:
    """Which locale a language is. One that the desk has in no form is itself."""

    def __init__(self, settings: DeskSettings, ours: Sequence[str], numbers: Numbers) -> None:
        self._settings, self._ours, self._numbers = settings, ours, numbers
        self._by_ours: dict[str, str] = {}

    def locale(self, language: str) -> str:
        """What the desk calls a language of ours."""
        if language not in self._by_ours:
            self._by_ours[language] = self._settings.languages.get(language) or self._found(
                language
            )
        return self._by_ours[language]

    def number(self, language: str) -> str:
        """The number of its locale. Raises NotFoundError for one that the desk has not."""
        return self._numbers.number(_LOCALES, self.locale(language))

    def ours(self, locale: str) -> str:
        """The language that a locale is; empty for none of ours."""
        return next((one for one in self._ours if self.locale(one) == locale), "")

    def named(self) -> Mapping[str, str]:
        """The locales of our languages, by number."""
        found: dict[str, str] = {}
        known = self._numbers.all(_LOCALES)
        for one in self._ours:
            locale = self.locale(one)
            if locale in known:
                found[known[locale]] = locale
        return found

    def _found(self, language: str) -> str:
        known = self._numbers.all(_LOCALES)
        short = language.partition("-")[0].lower()
        same = [name for name in known if name.lower() == language.lower()]
        akin = sorted(name for name in known if name.partition("-")[0].lower() == short)
        usual = [name for name in akin if name == _USUAL.get(short)]
        return next(iter((*same, *usual, *akin)), language)
