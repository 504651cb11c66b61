"""A desk in memory that rewrites what it is sent, and fails when told."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import count

from cannery.content.files import scan
from cannery.content.library import catalogue
from cannery.exchange.desks.compare import ACTIVE
from cannery.model.desk import Content, Family, Incoming, Outgoing, Record, Version
from cannery.model.desk_settings import DeskSettings
from cannery.model.entry import Macro
from cannery.model.location import Kind
from cannery.operations.desk_lock import load_known
from cannery.operations.desk_plan import Plan, plan
from cannery.operations.desk_pull import Pulled, pull
from cannery.operations.desk_push import Pushed, push
from cannery.operations.desk_survey import Survey, survey
from cannery.operations.desk_work import Work
from cannery.rest.client import RestError
from cannery.workspace import Workspace

SETTINGS = DeskSettings("memory", "memory", "https://desk.example.com", articles=("articles",))


class Killed(BaseException):
    """The process ends here."""


@dataclass
class MemoryDesk:
    """Keeps macros and articles. `rewrite` is what it makes of each text that it is sent.

    Its parts are `title`, `body.LANGUAGE`, `title.LANGUAGE` and `tags`; `owner` and the like it
    can't say. `before` and `after` are called at each request with its number and its name.
    """

    rewrite: Callable[[str], str] = str
    before: Callable[[int, str], None] = lambda *_: None
    after: Callable[[int, str], None] = lambda *_: None
    deactivates: bool = True
    since: Callable[[str], int] = int
    kept: dict[str, Record] = field(default_factory=dict)
    changed: dict[str, int] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    ids: Iterator[object] = field(default_factory=lambda: count(70001))
    clock: Iterator[int] = field(default_factory=lambda: count(1))

    def _request(self, name: str) -> int:
        self.asked.append(name)
        self.before(len(self.asked), name)
        return len(self.asked)

    @property
    def writes(self) -> list[str]:
        return [name for name in self.asked if name in {"create", "update", "delete"}]

    def records(self, kind: Kind, since: str = "") -> Iterator[Record]:
        self._request("records")
        for record in [*self.kept.values()]:
            if record.kind is kind and (not since or self.changed[record.id] > self.since(since)):
                yield record

    def read(self, kind: Kind, record_id: str) -> Record | None:
        number = self._request("read")
        record = self.kept.get(record_id)
        self.after(number, "read")
        return record if record and record.kind is kind else None

    def outgoing(self, family: Family) -> Outgoing:
        first, *_ = family.by_language.values()
        parts: dict[str, Content] = {"tags": sorted(first.header.tags)}
        if self.deactivates:
            parts[ACTIVE] = True
        for language, entry in family.by_language.items():
            parts[f"title.{language}"] = entry.header.title
            parts[f"body.{language}"] = _canonical(entry.body)
        asked = tuple(one.name for one in first.fields) if isinstance(first, Macro) else ()
        return Outgoing(first.header.title, parts, asked=asked)

    def incoming(self, record: Record) -> Incoming:
        versions = {}
        for name, body in record.parts.items():
            part, _, language = name.partition(".")
            if part == "body" and language in {"en", "ja"} and isinstance(body, str):
                tags = record.parts.get("tags")
                keys: dict[str, object] = {
                    "title": record.parts.get(f"title.{language}"),
                    "tags": [*tags] if isinstance(tags, Sequence) and tags else None,
                    "audience": "public" if record.kind is Kind.ARTICLE else None,
                    "status": None if record.parts.get(ACTIVE) is not False else "retired",
                }
                versions[language] = Version(keys, body.replace("&amp;", "&"))
        return Incoming("", record.title, versions)

    def create(self, kind: Kind, parts: Mapping[str, Content]) -> Record:
        number = self._request("create")
        record = self._kept(Record(str(next(self.ids)), kind, "", parts))
        self.after(number, "create")
        return record

    def update(self, record: Record, parts: Mapping[str, Content]) -> Record:
        number = self._request("update")
        now = self.kept[record.id]
        changed = {name: it for name, it in parts.items() if record.parts.get(name) != it}
        new = self._kept(replace(now, parts={**now.parts, **changed}))
        self.after(number, "update")
        return new

    def delete(self, record: Record) -> None:
        number = self._request("delete")
        self.kept.pop(record.id, None)
        self.after(number, "delete")

    @property
    def numbers(self) -> Mapping[str, Mapping[str, str]]:
        return {"groups": {"Billing": "12"}}

    def _kept(self, record: Record) -> Record:
        parts = {
            name: self.rewrite(it) if isinstance(it, str) and name.startswith("body") else it
            for name, it in record.parts.items()
            if it is not None
        }
        titles = [str(it) for name, it in sorted(parts.items()) if name.startswith("title")]
        record = replace(record, title=titles[0] if titles else "", parts=parts)
        self.kept[record.id] = record
        self.changed[record.id] = next(self.clock)
        return record

    def edit(self, record_id: str, **parts: Content) -> None:
        """Somebody changes parts of a record at the desk; `_` in a name stands for its dot."""
        now = self.kept[record_id]
        changes = {name.replace("_", "."): it for name, it in parts.items()}
        self._kept(replace(now, parts={**now.parts, **changes}))

    def use(self, record_id: str, usage: Mapping[str, int]) -> None:
        """The desk counts how often a record is used."""
        self.kept[record_id] = replace(self.kept[record_id], usage=usage)

    def add(self, kind: Kind, **parts: Content) -> str:
        """Somebody makes a record at the desk; its id."""
        named = {name.replace("_", "."): it for name, it in parts.items()}
        started: dict[str, Content] = {ACTIVE: True, "tags": []}
        return self._kept(Record(str(next(self.ids)), kind, "", {**started, **named})).id

    def only(self) -> Record:
        (record,) = self.kept.values()
        return record


def _canonical(body: str) -> str:
    return "\n".join(line.rstrip() for line in body.strip().split("\n"))


def work_on(workspace: Workspace, desk: MemoryDesk, settings: DeskSettings = SETTINGS) -> Work:
    """An open desk for the files as they are now."""
    known = load_known(workspace, settings.name)
    entries = catalogue(workspace, scan(workspace))
    kinds = (Kind.MACRO, Kind.ARTICLE)
    return Work(workspace, settings.name, settings, kinds, desk, known, entries)


def survey_of(workspace: Workspace, desk: MemoryDesk, since: str = "") -> Survey:
    return survey(work_on(workspace, desk), since)


def plan_of(workspace: Workspace, desk: MemoryDesk, *, delete: bool = False) -> Plan:
    return plan(survey_of(workspace, desk), delete=delete)


def pushed(workspace: Workspace, desk: MemoryDesk, *, delete: bool = False) -> list[Pushed]:
    return push(plan_of(workspace, desk, delete=delete))


def pulled(workspace: Workspace, desk: MemoryDesk, *, delete: bool = False) -> list[Pulled]:
    return pull(plan_of(workspace, desk, delete=delete))


def failing_at(number: int, error: BaseException | None = None) -> Callable[[int, str], None]:
    """A request of this number fails."""

    def fail(at: int, _: str) -> None:
        if at == number:
            raise error or RestError("desk.example.com can't be reached", "Run it again.")

    return fail
