"""The classes of articles that entries go to: `class`, `field` and `format` of kb.toml.

Articles of ours go to `article_class`, which is none of the macros' classes. `class` may name
several: with "General, Billing", macros of the section `billing` go to the class Billing, all
others to the first one. RT's rights are by class: a user sees all articles of one, or none.
"""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import quote

from cannery.errors import SettingsError
from cannery.exchange.desks.desk import Opening
from cannery.exchange.desks.rt.api import API, found_or_none
from cannery.model.desk_settings import DeskSettings
from cannery.model.location import Kind
from cannery.rest.client import RestError
from cannery.util.json_values import Json, maps_in
from cannery.util.text import fold_name, with_hyphens

HTML = "html"
_CLASS, _FIELD = "General", "Content"  # what a new installation has
_HTML_FIELD = "HTML"  # the type of a custom field that has an editor for HTML


class ArticleClass(NamedTuple):
    """A class: its number and its name there, and the section that it is here."""

    number: str
    name: str
    section: str


class Classes:
    """The classes that kb.toml names. `field` is the custom field that has an article's text.

    It is plain text there, or HTML, as `format` says: what is asked for nothing must know it.
    """

    def __init__(self, opening: Opening, kind: Kind) -> None:
        self._client = opening.client
        options = opening.settings.options
        self._names = class_names(opening.settings, kind)
        self.field = options.get("field", "") or _FIELD
        self.is_html = options.get("format", "") == HTML
        self._known: list[ArticleClass] | None = None

    def kept(self, section: str) -> str:
        """The section that comes back of one; empty for the class of all others."""
        wanted = fold_name(section.rpartition("/")[2])
        return next((one for one in map(_section, self._names[1:]) if one == wanted), "")

    def all(self) -> list[ArticleClass]:
        """Raises RestError for a class that is not there, or has no field for the text."""
        if self._known is None:
            first, *others = self._names
            self._known = [self._found(first, "")]
            self._known += [self._found(name, _section(name)) for name in others]
        return self._known

    def of_section(self, section: str) -> ArticleClass:
        wanted = self.kept(section)
        return next(one for one in self.all() if one.section == wanted)

    def section(self, number: str) -> str:
        """The section that a class is, empty for the first one and for one that is not ours."""
        return next((one.section for one in self.all() if one.number == number), "")

    def _found(self, name: str, section: str) -> ArticleClass:
        found = found_or_none(self._client, f"{API}/class/{quote(name, safe='')}")
        if found.get("Name") != name or str(found.get("Disabled")) == "1":
            hint = "Correct class in kb/kb.toml, or ask for the right SeeClass."
            raise RestError(f"no class of articles named {name} that you may see", hint)
        self._check_field(name, [*maps_in(found.get("ArticleCustomFields"))])
        return ArticleClass(str(found.get("id")), name, section)

    def _check_field(self, name: str, fields: list[Json]) -> None:
        field = next((one for one in fields if one.get("name") == self.field), None)
        if field is None:
            hint = "Apply it to the class in Request Tracker, or write field in kb/kb.toml."
            raise RestError(f"the class {name} has no custom field {self.field}", hint)
        number = quote(str(field.get("id")), safe="")
        told = found_or_none(self._client, f"{API}/customfield/{number}").get("Type")
        if told is not None and (told == _HTML_FIELD) != self.is_html:
            kind = "HTML" if told == _HTML_FIELD else "plain text"
            hint = (
                f'Write format = "{"text" if self.is_html else HTML}" for this desk in kb/kb.toml.'
            )
            raise RestError(f"the custom field {self.field} is {kind}", hint)


def class_names(settings: DeskSettings, kind: Kind) -> list[str]:
    """The classes that entries of a kind go to, that of all others first. Raises SettingsError."""
    macros = _listed(settings.options.get("class", "")) or [_CLASS]
    if kind is Kind.MACRO:
        return macros
    names = _listed(settings.options.get("article_class", ""))
    if not names or {*names} & {*macros}:
        message = f"desks.{settings.name}.article_class must be a class without macros"
        raise SettingsError(message, 'Example: article_class = "Knowledge base"')
    return names


def _listed(names: str) -> list[str]:
    return [name for one in names.split(",") if (name := one.strip())]


def _section(name: str) -> str:
    return fold_name(with_hyphens(name))
