"""A connection to Discourse: the topics of the category that its templates are in."""

from __future__ import annotations

from cannery.errors import SettingsError
from cannery.exchange.desks.desk import Opening
from cannery.exchange.desks.discourse.topics import Topics
from cannery.exchange.desks.keeper import KeptDesk
from cannery.exchange.desks.texts.macros import Macros
from cannery.exchange.desks.texts.manner import in_markdown
from cannery.exchange.desks.texts.names import Names
from cannery.exchange.desks.texts.records import Records
from cannery.exchange.placeholders.discourse import DIALECT
from cannery.model.desk_settings import DeskSettings
from cannery.model.location import Kind


def open_desk(opening: Opening) -> KeptDesk:
    settings = opening.settings
    topics = Topics(opening.client, Names(opening), category_of(settings), settings.address)
    records = Records(opening.default_language, topics)
    keeper = Macros(opening.default_language, records, in_markdown(opening, DIALECT))
    return KeptDesk({Kind.MACRO: keeper}, lambda: records.numbers)


def category_of(settings: DeskSettings) -> int:
    """The number of the category of templates. Raises SettingsError for want of it."""
    category = settings.options.get("category", "")
    if not (category.isascii() and category.isdecimal()):
        message = f"desks.{settings.name}.category must be the number of a category at Discourse"
        raise SettingsError(message, 'It ends the category\'s address: category = "7".')
    return int(category)
