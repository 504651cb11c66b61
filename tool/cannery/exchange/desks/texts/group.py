"""The records of a desk that are one entry: a text in each language, and what is done beside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from cannery.exchange.desks.texts.item import Item, order
from cannery.model.desk import Content, Record
from cannery.model.location import Kind

# What each language has of its own; all other parts are those of the first one.
SPOKEN = frozenset({"title", "body", "subject", "summary", "keywords"})


@dataclass(slots=True)
class Group:
    """`texts` by language; `acts` is what is done to the ticket where that is a record apart."""

    texts: dict[str, Item] = field(default_factory=dict)
    acts: Item | None = None

    def first(self, default: str) -> Item:
        """The text that gives the record its id: in the default language, else the oldest."""
        return self.texts.get(default) or min(self.texts.values(), key=order)

    @property
    def shown(self) -> dict[str, Item]:
        """The texts that agents have; all of them where they have none."""
        on = {key: item for key, item in self.texts.items() if item.parts.get("active", True)}
        return on or self.texts

    @property
    def members(self) -> list[Item]:
        return [*self.shown.values(), *([self.acts] if self.acts else [])]


def grouped(texts: Iterable[Item], acts: Iterable[Item]) -> list[Group]:
    """The entries that there are: of two texts that are the same one, the second is another entry.

    What acts on a ticket and has no text is no reply, and is left out.
    """
    groups: list[Group] = []
    by_key: dict[str, Group] = {}
    for item in texts:
        group = by_key.get(item.label.key)
        if group is None or item.label.language in group.texts:
            group = Group()
            groups.append(group)
            by_key.setdefault(item.label.key, group)
        group.texts[item.label.language] = item
    for item in acts:
        if (group := by_key.get(item.label.key)) and group.acts is None:
            group.acts = item
    return groups


def record_of(group: Group, default: str, kind: Kind = Kind.MACRO) -> Record:
    """A group as one record."""
    first = group.first(default)
    shared = {"entry": first.label.entry, "shortcut": first.label.shortcut}
    parts: dict[str, Content] = {name: value for name, value in shared.items() if value}
    parts |= {name: value for name, value in first.parts.items() if name not in SPOKEN}
    for language, item in sorted(group.shown.items()):
        if title := item.label.title or _title_beside(group, first, language):
            parts[f"title.{language}"] = title
        spoken = {name: value for name, value in item.parts.items() if name in SPOKEN}
        parts |= {f"{name}.{language}": value for name, value in spoken.items()}
    if group.acts:
        parts |= {n: v for n, v in group.acts.parts.items() if n.startswith("actions.")}
    if "active" in parts:
        parts["active"] = any(item.parts.get("active") for item in group.texts.values())
    usage: dict[str, int] = {}
    for item in group.shown.values():
        usage |= {period: usage.get(period, 0) + count for period, count in item.usage.items()}
    updated = max(item.updated for item in group.members)
    title = str(parts.get(f"title.{first.label.language}") or _title_of(first.label.shortcut))
    return Record(first.id, kind, title, parts, updated, first.address, usage)


def _title_beside(group: Group, first: Item, language: str) -> str:
    """The title of what acts on the ticket, where the texts of a desk have none."""
    return group.acts.label.title if group.acts and language == first.label.language else ""


def _title_of(shortcut: str) -> str:
    """A title for what has only a shortcut: `Close solved` for `;close-solved`."""
    words = " ".join(shortcut.replace("_", " ").replace("-", " ").split()).lstrip(";:/!#. ")
    return words[:1].upper() + words[1:]


def of_language(parts: Mapping[str, Content], language: str) -> dict[str, Content]:
    """What a record says in one language, as its item has it: without what is not there."""
    own: dict[str, Content] = {}
    for name, value in parts.items():
        part, _, its = name.partition(".")
        if part in SPOKEN and its != language:
            continue
        own[part if part in SPOKEN else name] = value
    return own


def has_actions(parts: Iterable[str]) -> bool:
    return any(name.startswith("actions.") for name in parts)


def languages_of(parts: Mapping[str, Content]) -> list[str]:
    """The languages that a record has a text in."""
    found = (name.partition(".") for name in parts)
    return sorted(its for part, _, its in found if part == "body" and its)


def concerns(changed: Iterable[str], parts: Iterable[str], language: str) -> bool:
    """Whether one of the changed parts is of an item in the language that has such `parts`."""
    named = {*parts, "entry", "shortcut", "title"}
    for name in changed:
        part, _, its = name.partition(".")
        if part in named and (part not in SPOKEN or its == language):
            return True
    return False
