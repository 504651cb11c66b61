"""What a knowledge base holds, as values that travel between the rooms.

Frozen, and the standard library only. `location` and `hit` have those that a search needs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from cannery.model.location import Location, Problem, Severity, Status


class Audience(StrEnum):
    INTERNAL = "internal"
    PUBLIC = "public"


class FieldType(StrEnum):
    TEXT = "text"
    MULTILINE = "multiline"
    CHOICE = "choice"
    MULTICHOICE = "multichoice"
    DATE = "date"
    NUMBER = "number"
    EMAIL = "email"
    URL = "url"
    YESNO = "yesno"


@dataclass(frozen=True, slots=True)
class Fault:
    """A front matter value that isn't what the format asks for. `key` may be a path.

    Where it is beyond doubt, `rename` is the key that was meant, `value` the value. `line` is the
    1-based line in the file where it is not the key's own, else 0.
    """

    key: str
    message: str
    hint: str = ""
    severity: Severity = Severity.ERROR
    rename: str = ""
    value: object = None
    line: int = 0


@dataclass(frozen=True, slots=True)
class Header:
    """What the front matter says, with a default for all that it doesn't say."""

    title: str = ""
    summary: str = ""
    tags: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    audience: Audience = Audience.INTERNAL
    status: Status = Status.PUBLISHED
    owner: str = ""
    reviewed: date | None = None
    review_every: timedelta | None = None
    related: tuple[str, ...] = ()
    redirect_from: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Field:
    """A value that a macro asks for.

    `default` is a template (None: no default); `source` is the path in the ticket context that
    the front matter calls `from`.
    """

    name: str
    label: str = ""
    help: str = ""
    type: FieldType = FieldType.TEXT
    choices: tuple[Choice, ...] = ()
    default: str | None = None
    required: bool = True
    pattern: str = ""
    source: str = ""
    remember: bool = False


@dataclass(frozen=True, slots=True)
class Article:
    """A page of the knowledge base. `body_line` is the 1-based line where the body starts."""

    at: Location
    header: Header
    body: str
    body_line: int
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class Macro:
    """A canned reply: an article's header, and what it takes to fill it in."""

    at: Location
    header: Header
    body: str
    body_line: int
    faults: tuple[Fault, ...] = ()
    shortcut: str = ""
    subject: str = ""
    fields: tuple[Field, ...] = ()
    actions: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of template that macros share through `{% render 'name' %}`."""

    at: Location
    body: str
    body_line: int


Entry = Article | Macro


@dataclass(frozen=True, slots=True)
class Shelf:
    """Everything that was read, in the order of the paths."""

    entries: tuple[Entry, ...] = ()
    parts: tuple[Part, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Lineage:
    """What Git knows of a file: the day of its last change, and who changed it, latest first."""

    changed: date
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reply:
    """A finished reply in every form that a target may want."""

    subject: str
    markdown: str
    html: str
    text: str
    slack: str
    actions: Mapping[str, object] = field(default_factory=dict)
