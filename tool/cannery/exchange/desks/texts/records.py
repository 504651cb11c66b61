"""The macros of a desk that keeps one text a record: groups of them are the records of ours."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from cannery.exchange.desks.texts.group import (
    Group,
    concerns,
    grouped,
    has_actions,
    languages_of,
    of_language,
    record_of,
)
from cannery.exchange.desks.texts.item import Item, Parts, Store
from cannery.exchange.desks.texts.label import Label
from cannery.exchange.desks.texts.values import is_later
from cannery.model.desk import Content, Record
from cannery.model.location import Kind
from cannery.rest.client import RestError

_GONE = 404


class _Wanted(NamedTuple):
    """What an item is to say; `known` is what it says now, None for one that is yet to be made."""

    known: Item | None
    label: Label
    parts: Parts

    @property
    def id(self) -> str:
        return self.known.id if self.known else ""


class Records:
    """`texts` are the desk's canned replies, `acts` what changes tickets, where that is apart.

    Of articles, each language but the first is a translation of that one.
    """

    def __init__(
        self,
        default: str,
        texts: Store,
        acts: Store | None = None,
        kind: Kind = Kind.MACRO,
    ) -> None:
        self._default, self._texts, self._acts, self._kind = default, texts, acts, kind
        self._groups: dict[str, Group] = {}  # by the id of their record, as last read
        self._is_listed = False

    @property
    def parts(self) -> frozenset[str]:
        """The names of the parts that a record can have, without its languages."""
        acts = self._acts.parts if self._acts else frozenset()
        return self._texts.parts | acts | {"shortcut", "title"}

    @property
    def numbers(self) -> Mapping[str, Mapping[str, str]]:
        """The desk's numbers by name, as far as they were needed."""
        return {**self._texts.numbers, **(self._acts.numbers if self._acts else {})}

    def all(self, since: str = "") -> Iterator[Record]:
        """All records, or those changed after a time; what tells no time always counts."""
        self._list()
        for group in [*self._groups.values()]:
            record = self._record(group)
            if not since or is_later(record.updated, since):
                yield record

    def read(self, record_id: str) -> Record | None:
        """One record as it is now."""
        if not self._is_listed:
            self._list()
            return self._known(record_id)
        if (group := self._groups.pop(record_id, None)) is None:
            return None
        texts = self._texts.several(item.id for item in group.texts.values())
        acts = self._acts.several([group.acts.id]) if self._acts and group.acts else {}
        for fresh in grouped(texts.values(), acts.values()):
            self._groups[fresh.first(self._default).id] = fresh
        return self._known(record_id)

    def as_kept(self, parts: Mapping[str, Content]) -> Record:
        """What the desk would make of the parts; it asks nothing."""
        group = Group()
        for one in self._texts_wanted(group, parts):
            group.texts[one.label.language] = self._texts.as_kept(one.label, one.parts)
        if self._acts and (acts := self._acts_wanted(group, parts)):
            kept = self._acts.as_kept(acts.label, acts.parts)
            group.acts = kept if has_actions(kept.parts) else None
        return self._record(group)

    def create(self, parts: Mapping[str, Content]) -> Record:
        return self._written(Group(), parts, parts.keys())

    def update(self, record: Record, parts: Mapping[str, Content]) -> Record:
        """Send what differs of the parts; what they don't name stays as it is."""
        changed = {name for name, value in parts.items() if record.parts.get(name) != value}
        said = {**record.parts, **parts}
        present = {name: value for name, value in said.items() if value is not None}
        if record.id not in self._groups and self.read(record.id) is None:
            raise RestError(f"{record.title} has gone at the desk", "Run it again.", _GONE)
        return self._written(self._groups[record.id], present, changed)

    def delete(self, record: Record) -> None:
        if record.id not in self._groups:
            self.read(record.id)
        group = self._groups.pop(record.id, None)
        for item in group.texts.values() if group else ():
            self._texts.delete(item.id)
        if group and group.acts and self._acts:
            self._acts.delete(group.acts.id)

    def _list(self) -> None:
        acts: Iterable[Item] = self._acts.items() if self._acts else ()
        groups = grouped(self._texts.items(), acts)
        self._groups = {group.first(self._default).id: group for group in groups}
        self._is_listed = True

    def _known(self, record_id: str) -> Record | None:
        group = self._groups.get(record_id)
        return self._record(group) if group else None

    def _record(self, group: Group) -> Record:
        return record_of(group, self._default, self._kind)

    def _written(
        self, group: Group, parts: Mapping[str, Content], changed: AbstractSet[str]
    ) -> Record:
        """Write each item that `changed` has a part of, and keep the others as they are."""
        for one in self._texts_wanted(group, parts):
            if self._is_due(one, self._texts, changed):
                group.texts[one.label.language] = self._texts.put(one.id, one.label, one.parts)
        acts = self._acts_wanted(group, parts)
        if self._acts and acts and self._is_due(acts, self._acts, changed):
            group.acts = self._acts.put(acts.id, acts.label, acts.parts)
        record = self._record(group)
        self._groups[record.id] = group
        return record

    def _root(self, group: Group) -> str:
        """What another language of the group is a translation of; empty for the first one."""
        is_article = self._kind is Kind.ARTICLE and group.texts
        return group.first(self._default).id if is_article else ""

    @staticmethod
    def _is_due(wanted: _Wanted, store: Store, changed: AbstractSet[str]) -> bool:
        return not wanted.known or concerns(changed, store.parts, wanted.label.language)

    def _texts_wanted(self, group: Group, parts: Mapping[str, Content]) -> Iterator[_Wanted]:
        """What each text is to say; one whose language has gone is no longer active."""
        shortcut, entry = (str(parts.get(name) or "") for name in ("shortcut", "entry"))
        languages = languages_of(parts)
        for language in sorted(languages, key=lambda one: one != self._default):
            own = of_language(parts, language)
            root = self._root(group)
            label = Label(str(own.pop("title", "")), shortcut, language, entry, root)
            yield _Wanted(group.texts.get(language), label, _said(own, self._texts.parts))
        for language, item in [*group.texts.items()]:
            if language not in languages:
                own = {**item.parts, "active": False}
                yield _Wanted(item, item.label, _said(own, self._texts.parts))

    def _acts_wanted(self, group: Group, parts: Mapping[str, Content]) -> _Wanted | None:
        """What is to be done to the ticket; nothing any more where the actions have gone."""
        is_any = has_actions(parts)
        if not self._acts or not (is_any or group.acts):
            return None
        said = {**parts, "active": is_any and parts.get("active") is not False}
        first = group.first(self._default).label
        title = str(parts.get(f"title.{first.language}") or first.title)
        return _Wanted(group.acts, first._replace(title=title), _said(said, self._acts.parts))


def _said(parts: Mapping[str, Content], names: frozenset[str]) -> Parts:
    return {name: value for name, value in parts.items() if name.partition(".")[0] in names}
