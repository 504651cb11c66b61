"""What a knowledge base holds, as values that travel between the rooms.

Frozen, and the standard library only. `location` and `hit` have those that a search needs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Annotated, NamedTuple

from cannery.model.hole import Hole
from cannery.model.location import Location, Problem, Severity, Status

_Texts = tuple[str, ...]


class Audience(StrEnum):
    INTERNAL = "internal"
    PUBLIC = "public"


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


class Key(NamedTuple):
    """What a key of the front matter is for; the field beside it has its type and its default.

    `name` is the key where Python can't call it so; `is_line` is for a short text without breaks.
    What reads, checks, shows and documents keys takes them from here, see `content/keys.py`.
    """

    about: str
    name: str = ""
    is_line: bool = False


@dataclass(frozen=True, slots=True)
class Header:
    """The keys that articles and macros have, with a default for all that is not said."""

    title: Annotated[str, Key("Shown in lists and at the top of the page.", is_line=True)] = ""
    summary: Annotated[str, Key("One line, shown in lists.")] = ""
    tags: Annotated[_Texts, Key("Tags on the site, and for filtering searches.")] = ()
    keywords: Annotated[_Texts, Key("Words that people search for and the text doesn't use.")] = ()
    audience: Annotated[
        Audience, Key("Who can see it on a site. Macros are never on a public site.")
    ] = Audience.INTERNAL
    status: Annotated[
        Status, Key("A retired entry leaves search and the site, and stays in Git.")
    ] = Status.PUBLISHED
    owner: Annotated[str, Key("The person or team responsible for it.", is_line=True)] = ""
    reviewed: Annotated[date | None, Key("When it was last reviewed.")] = None
    review_every: Annotated[
        timedelta | None, Key("How often to review it: 180d, 26w, 6m or 1y.")
    ] = None
    related: Annotated[_Texts, Key("Ids of related entries.")] = ()
    redirect_from: Annotated[
        _Texts, Key("Earlier ids of the entry, or addresses such as /docs/refund/.")
    ] = ()
    icon: Annotated[
        str, Key("A section's icon, such as key or cloud; in its index.md.", is_line=True)
    ] = ""
    order: Annotated[
        int | None, Key("Its place among its neighbours, the lowest first; then by name.")
    ] = None


@dataclass(frozen=True, slots=True)
class Choice:
    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Field:
    """A value that a macro asks for.

    `type` names a row of FIELD_TYPES. `default` is a template (None: no default); `source` is the
    path in the ticket context that the front matter calls `from`.
    """

    name: Annotated[str, Key("Its name in the template.")]
    label: Annotated[str, Key("Its name in the form.")] = ""
    help: Annotated[str, Key("A note below it in the form.")] = ""
    type: Annotated[str, Key("The type of the value.")] = "text"
    choices: Annotated[tuple[Choice, ...], Key("The choices, as a list or as value: label.")] = ()
    default: Annotated[str | None, Key("The value if none is given; may be a template.")] = None
    required: Annotated[bool, Key("Whether a value is required: true unless it has a default.")] = (
        True
    )
    pattern: Annotated[str, Key("A regular expression that the whole value must match.")] = ""
    source: Annotated[
        str, Key("Where the ticket has it, such as ticket.requester.name.", name="from")
    ] = ""
    remember: Annotated[bool, Key("Whether to suggest the last value next time.")] = False


@dataclass(frozen=True, slots=True)
class Article:
    """A page of the knowledge base. `body_line` is the 1-based line where the body starts.

    `left_open` are those of `audience` and `status` that the file leaves to the default, where
    articles are public by default.
    """

    at: Location
    header: Header
    body: str
    body_line: int
    faults: tuple[Fault, ...] = ()
    left_open: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Macro:
    """A canned reply: an article's header, and what it takes to fill it in."""

    at: Location
    header: Header
    body: str
    body_line: int
    faults: tuple[Fault, ...] = ()
    shortcut: Annotated[str, Key("A short unique name, such as ;refund.")] = ""
    subject: Annotated[str, Key("The subject line; may be a template.")] = ""
    fields: Annotated[tuple[Field, ...], Key("The values that the macro asks for, in order.")] = ()
    actions: Annotated[
        Mapping[str, object], Key("What to change in the ticket, such as its status.")
    ] = field(default_factory=dict)
    groups: Annotated[
        _Texts, Key("The help desk's groups whose agents have it there. Without any, all have it.")
    ] = ()
    attachments: Annotated[
        _Texts, Key("Files beside it that the help desk sends along, as paths from its folder.")
    ] = ()
    imported_from: Annotated[
        _Texts, Key("What it was imported from, by which a later import knows it.")
    ] = ()


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
class FileHistory:
    """What Git knows of a file: the days of its last and first change, and who changed it.

    `people` has the latest first. `created` is the first day that Git tells of.
    """

    changed: date
    people: tuple[str, ...]
    created: date


@dataclass(frozen=True, slots=True)
class Reply:
    """A finished reply: its text in every format, by the format's name.

    `source` is its Markdown as its authors write it, boxes and all, and `language` theirs.
    `holes` are those that its authors left, whoever wrote it last. `lookalikes` are what looks like
    one in the values: data, which stops no reply, and which stays that when a person edits it.
    """

    formats: Mapping[str, str]
    subject: str = ""
    actions: Mapping[str, object] = field(default_factory=dict)
    holes: tuple[Hole, ...] = ()
    lookalikes: tuple[str, ...] = ()
    keeps_lines: bool = False
    source: str = ""
    language: str = ""

    @property
    def markdown(self) -> str:
        return self.formats["markdown"]

    @property
    def html(self) -> str:
        return self.formats["html"]

    @property
    def text(self) -> str:
        """What a person is shown."""
        return self.formats["text"]
