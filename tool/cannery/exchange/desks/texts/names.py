"""Languages as a desk calls them, and the name of each text there."""

from __future__ import annotations

from cannery.exchange.desks.desk import Opening
from cannery.exchange.desks.texts import label
from cannery.exchange.desks.texts.label import Label


class Names:
    """The names of texts at a desk: `[desks.NAME.languages]` says what it calls each language."""

    def __init__(self, opening: Opening) -> None:
        self.default = opening.default_language
        called = opening.settings.languages
        self._there = {one: called.get(one, one) for one in opening.languages}
        self._here = {there: one for one, there in self._there.items()}

    def there(self, language: str) -> str:
        return self._there.get(language, language)

    def here(self, language: str) -> str:
        """Our name for a language of the desk's; empty for one that we don't have."""
        return self._here.get(language, "")

    def written(self, name: Label) -> str:
        language = "" if name.language == self.default else self.there(name.language)
        return label.written(name._replace(language=language))

    def read(self, name: str) -> Label:
        """What a name there says, with a language of ours."""
        found = label.read(name, self._here)
        return found._replace(language=self.here(found.language) or self.default)
