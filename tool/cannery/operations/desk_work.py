"""What a trip to a desk works with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from cannery.content.files import scan
from cannery.content.library import Variants, catalogue
from cannery.errors import UsageError
from cannery.exchange.desks.desk import Desk
from cannery.model.desk_settings import DeskSettings
from cannery.model.event import Listener, ignore
from cannery.model.location import Kind
from cannery.operations.desk_addresses import DeskAddresses
from cannery.operations.desk_connect import open_desk
from cannery.operations.desk_entries import Read, Sent, is_in, outgoing, read_entry
from cannery.operations.desk_lock import Known, load_known
from cannery.operations.desk_settings import find_desk
from cannery.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Work:
    """An open desk, and the entries as they lie in their files now.

    `name` is the desk's in kb.toml. `kinds` are those that go there. `entries` are all that there
    are, by id. `addresses` tell which entries link to articles that the desk has not, and `caution`
    what to know before an article is changed there.
    """

    workspace: Workspace
    name: str
    settings: DeskSettings
    kinds: tuple[Kind, ...]
    desk: Desk
    known: Known
    entries: Mapping[str, Variants]
    addresses: DeskAddresses | None = None
    caution: str = ""

    def chosen(self) -> list[Variants]:
        """The entries of the sections that go to the desk, and those that went there before."""
        locked = self.known.lock.entries
        return [
            entry
            for entry in self.entries.values()
            if entry.kind in self.kinds and (entry.id in locked or is_in(entry.id, self.settings))
        ]

    def read(self, id_: str) -> Read:
        """An entry's files as they are now."""
        return read_entry(self.workspace, self.entries[id_])

    def sent(self, read: Read) -> Sent:
        """What would be sent of it."""
        if self.addresses:
            self.addresses.source = read.variants.id
            self.addresses.named.clear()
        return outgoing(self.desk, self.settings, read)


@contextmanager
def open_work(workspace: Workspace, name: str, listener: Listener = ignore) -> Iterator[Work]:
    """Open a desk of kb.toml for its entries.

    Raises NotFoundError, UsageError for one whose entries can't be reached, ContentError for a lock
    file that can't be used.
    """
    settings, kind = find_desk(workspace, name)
    if kind.open is None:
        hint = "Import what it exports: `kb import`."
        raise UsageError(f"the entries of {kind.title} can't be read and written by kb", hint)
    known = load_known(workspace, name)
    with open_desk(workspace, name, listener, known.lock) as connection:
        able = kind.capabilities
        kinds = (
            (Kind.MACRO, settings.macros, able.macros),
            (Kind.ARTICLE, settings.articles, able.articles),
        )
        yield Work(
            workspace,
            name,
            settings,
            tuple(one for one, sections, can in kinds if sections and can),
            kind.open(connection.opening),
            known,
            catalogue(workspace, scan(workspace)),
            connection.addresses,
            kind.caution,
        )
