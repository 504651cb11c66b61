"""Translations that leave open who may see them, as the rules and the site have them."""

from __future__ import annotations

from collections.abc import Mapping

from cannery.check.facts import Facts
from cannery.content.layout import is_front
from cannery.content.visibility import Visibility, followed
from cannery.model.entry import Audience
from cannery.model.location import Status
from cannery.settings import Settings


def follow_originals(facts: Mapping[str, Facts], settings: Settings) -> dict[str, Facts]:
    """The facts by path, with those of translations that follow their originals."""
    default = settings.default_language
    originals = {
        item.at.id: item for item in facts.values() if item.at.language == default and item.status
    }
    return {path: _followed(item, originals.get(item.at.id)) for path, item in facts.items()}


def _followed(item: Facts, original: Facts | None) -> Facts:
    if original is None or original is item or is_front(item.at.path):
        return item
    seen = followed(_visibility(item), _visibility(original), item.left_open)
    return item._replace(audience=seen.audience.value, status=seen.status.value)


def _visibility(item: Facts) -> Visibility:
    return Visibility(Status(item.status), Audience(item.audience))
