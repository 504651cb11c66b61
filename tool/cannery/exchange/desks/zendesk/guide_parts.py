"""The names of the parts that an article has at Guide; a language's code follows the dot.

A language that is not published there has no `live.` part, an article that all may see is `active`.
"""

from __future__ import annotations

from cannery.errors import SettingsError
from cannery.exchange.desks.desk import Opening

TITLE, BODY, LIVE = "title.", "body.", "live."
LABELS, SECTION, AUDIENCE, ACTIVE = "labels", "section", "audience", "active"
_KEYS = ("tags", "keywords")


def label_key(opening: Opening) -> str:
    """The key of the front matter that Guide's labels are."""
    key = opening.settings.options.get("labels", _KEYS[0])
    if key not in _KEYS:
        message = f"desks.{opening.settings.name}.labels must be tags or keywords"
        raise SettingsError(message, 'Write labels = "tags".')
    return key
