"""What one desk can do: the fields of a row, and what a connection to it does."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple, Protocol

from cannery.content.marks import Url
from cannery.errors import ContentError
from cannery.model.desk import (
    Answer,
    Content,
    Delivery,
    Family,
    Incoming,
    Message,
    Outgoing,
    Record,
)
from cannery.model.desk_settings import DeskSettings
from cannery.model.entry import Part
from cannery.model.location import Kind, Location
from cannery.rest.client import Client


def _no_file(path: str) -> bytes:
    raise ContentError(f"file not found: {path}", "Add it, or correct its path.")


class Files(NamedTuple):
    """The knowledge base's files, for what stands in an article beside its text.

    `at` is what the file at a path is, `path_of` the file of an entry in a language as it is or
    would be, empty where none can be. `picture` has the bytes of a picture as a site has them,
    without what its camera or editor tells; it raises ContentError for what is on no site.
    `attached` has those of any file that may be on a site, likewise. `titles` are those of sections
    in a language, by folder, as far as all may see them; `folder` gives the name of a new folder
    for what somebody has called a section.
    """

    at: Callable[[str], Location]
    path_of: Callable[[str, str], str]
    picture: Callable[[str], bytes]
    titles: Callable[[str], Mapping[str, str]]
    attached: Callable[[str], bytes] = _no_file
    folder: Callable[[str], str] = str


def _no_article(_: str) -> Url:
    raise ValueError("no articles found")


class Around(NamedTuple):
    """What a macro's template sees in one language besides its fields and the ticket.

    `values` are those that are the same for each ticket, such as `kb` and `team`. `article_url`
    gives the address of an article that customers may see, and raises ValueError for any other.
    """

    parts: Mapping[str, Part] = {}
    values: Mapping[str, object] = {}
    article_url: Callable[[str], Url] = _no_article
    keeps_lines: bool = True


def _nothing_around(_: str) -> Around:
    return Around()


class Opening(NamedTuple):
    """What a connection to a desk is made of.

    `numbers` are the desk's own numbers by their names, by what they number, such as `groups`, as
    the lock file has them. `address_of` gives the web address of an entry by its id and a language,
    empty where it has none; `entry_at` an entry's id by an address, empty for no entry of ours.
    `files` is None for a desk that gets no articles; `around` tells what macros need, by language.
    """

    settings: DeskSettings
    client: Client
    languages: tuple[str, ...]
    default_language: str
    numbers: Mapping[str, Mapping[str, str]]
    address_of: Callable[[str, str], str]
    entry_at: Callable[[str], str]
    files: Files | None = None
    around: Callable[[str], Around] = _nothing_around


class Desk(Protocol):
    """A connection to a desk that keeps entries. All but `outgoing` and `incoming` ask the desk.

    Each raises RestError where the desk refuses or can't be reached.
    """

    def records(self, kind: Kind, since: str = "") -> Iterable[Record]:
        """All records of a kind, also those that are not active.

        With `since`, an ISO 8601 time, only those changed after it, where the desk can tell.
        """

    def read(self, kind: Kind, record_id: str) -> Record | None:
        """One record as it is now; None if the desk has no such one any more."""

    def outgoing(self, family: Family) -> Outgoing:
        """The entry as the desk would keep it."""

    def incoming(self, record: Record) -> Incoming:
        """The record in our terms, such that `incoming(outgoing(x))` is x but for the losses."""

    def create(self, kind: Kind, parts: Mapping[str, Content]) -> Record:
        """Make a record; as the desk has it then."""

    def update(self, record: Record, parts: Mapping[str, Content]) -> Record:
        """Send the parts that differ; as the desk has it then. `active` is one of the parts."""

    def delete(self, record: Record) -> None:
        """Delete it for good; nothing if it has gone."""

    @property
    def numbers(self) -> Mapping[str, Mapping[str, str]]:
        """The desk's numbers by their names, as far as they were needed."""


class Pictures(Protocol):
    """What a desk has beside, whose articles have pictures."""

    def picture(self, address: str) -> bytes:
        """A picture of an article, which `Incoming.pictures` names; raises RestError."""


class Oracle(Protocol):
    """What a desk has that tells how it fills a macro in: ours is held against it."""

    def agent(self) -> Mapping[str, str]:
        """Whoever is signed in, as `agent` of a macro's context; raises RestError."""

    def rendered(self, record_id: str, ticket: str) -> str:
        """The text that a macro's record would put into a ticket, as canonical HTML.

        Changes nothing. Raises RestError.
        """

    def expected(self, family: Family, context: Mapping[str, object]) -> str:
        """The same as we would have it, where `context` has the ticket and the agent.

        Raises TemplateError for what can't be filled in.
        """


class Tickets(Protocol):
    """A connection to a desk whose tickets are read and answered.

    None of it sends an answer: `operations.ticket_send` sends the calls of a delivery, once.
    """

    def fetch(self, ticket: str) -> object:
        """A ticket, as the desk's API says it: `reply.ticket` reads that shape."""

    def prepare(self, ticket: str, answer: Answer) -> Delivery:
        """What would put an answer into a ticket; reads the ticket, and changes nothing.

        Raises UsageError where the desk can't take it, such as for a ticket that is closed.
        """

    def messages(self, ticket: str) -> Iterable[Message]:
        """What was written in a ticket lately, the newest first, drafts included."""

    def number_in(self, address: str) -> str:
        """The ticket that a page's address is of, without asking; empty for any other address."""


class Capabilities(NamedTuple):
    """What can be done with a desk: `read`, `write` (which reads, too) or nothing."""

    macros: str = ""
    articles: str = ""
    translations: str = ""
    attachments: str = ""
    usage: str = ""
    restrictions: str = ""
    actions: str = ""
    tickets: str = ""
    answers: tuple[str, ...] = ()  # of note, draft and reply


class DeskKind(NamedTuple):
    """A row of `table.DESKS`. `open`, `tickets` and `oracle` are None for what an API has not.

    `sign_in` is a row of `rest.sign_in.SIGN_INS`: how a user gets a token for it. `api` tells the
    address of its API, None where that is the desk's own address; `me` is a path that it answers
    to whoever is signed in. `page` gives the address of an article's page by the desk's id of it.
    `caution` is what to know before an article is changed there. `where` is where a user finds a
    token, where that differs between desks with one way to sign in, and what it has to allow.
    `refusals` are the codes of HTTP, beside 401, by which it refuses at `me` who signs in.
    """

    name: str
    title: str
    capabilities: Capabilities
    sign_in: str
    open: Callable[[Opening], Desk] | None = None
    tickets: Callable[[Opening], Tickets] | None = None
    api: Callable[[DeskSettings], str] | None = None
    me: str = ""
    page: Callable[[DeskSettings, str], str] | None = None
    caution: str = ""
    oracle: Callable[[Opening], Oracle] | None = None
    where: str = ""
    refusals: tuple[int, ...] = ()
