"""What people are reached by, less what is the team's own: learned from all files and kb.toml."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from cannery.check.facts import Facts
from cannery.check.personal_data import contact_key
from cannery.check.whole import Whole
from cannery.model.entry import Audience
from cannery.model.location import Kind, Problem, Severity

_PUBLIC, _MANY = 3, 5  # articles: a number that so many have, public ones or any, is the team's own
_CONTACT_PAGE = re.compile(
    r"(?:.*/)?(?:about|contacts?|contact-us|imprint|impressum|support-?hours)(?:/_?index)?",
    re.IGNORECASE,
)
_CONTACT_TITLE = re.compile(r"contact(?: us)?|お?問い?合わ?せ先?|連絡先|会社概要", re.IGNORECASE)

_HINT = "Remove it, use a field, or name it in check.contacts of kb.toml if it is yours."


def contacts(whole: Whole) -> Iterator[Problem]:
    """Telephone numbers and postal addresses that are not the team's."""
    own = _own(whole)
    for item in whole.facts.values():
        for contact in item.contacts:
            if contact.key not in own:
                message = f"{contact.what}: {contact.shown}…"
                yield Problem(
                    item.at.path, contact.line, "personal", message, _HINT, Severity.WARNING
                )


def _own(whole: Whole) -> set[str]:
    """The keys of what the team is reached by."""
    settings = whole.workspace.settings
    facts = (str(value) for table in settings.team.values() for value in table.values())
    own = {contact_key(written) for written in (*settings.contacts, *facts)}
    ids: dict[str, set[str]] = defaultdict(set)
    public: dict[str, set[str]] = defaultdict(set)
    for item in whole.facts.values():
        for contact in item.contacts if item.at.kind is Kind.ARTICLE else ():
            ids[contact.key].add(item.at.id)
            if item.audience == Audience.PUBLIC:
                public[contact.key].add(item.at.id)
            if _is_contact_page(item):
                own.add(contact.key)
    own.update(key for key, found in ids.items() if len(found) >= _MANY)
    own.update(key for key, found in public.items() if len(found) >= _PUBLIC)
    return own


def _is_contact_page(item: Facts) -> bool:
    is_named = _CONTACT_PAGE.fullmatch(item.at.id.removeprefix("articles/"))
    return bool(is_named or _CONTACT_TITLE.fullmatch(item.title.strip()))
