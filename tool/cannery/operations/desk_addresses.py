"""Where articles are for customers, and which entry an address is of: at a desk, or on our site."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from cannery.content.files import Scan, scan
from cannery.content.links import article_addresses, public_url, site_path
from cannery.content.marks import Url
from cannery.content.own_addresses import own_page
from cannery.content.visibility import Address
from cannery.exchange.desks.desk import DeskKind
from cannery.model.desk_settings import DeskSettings
from cannery.model.location import Kind, Location
from cannery.workspace import Workspace


@dataclass
class DeskAddresses:
    """The addresses of one desk's entries. `records` are its articles' ids by ours.

    An article that the desk has is there; any other is on our own site, if that has an address.
    `source` is the entry that is being rendered, and `wanted` tells, of each article that the desk
    has not, which entries link to it: they are to be sent again once it is there. `named` are the
    entries that the source has named so far, or what it called one that nobody knows. `pending` are
    pictures that are about to be files, by path, `_expected` articles that are, with the languages
    in which customers can't see them.
    """

    workspace: Workspace
    desk: DeskSettings
    kind: DeskKind
    records: dict[str, str] = field(default_factory=dict)
    source: str = ""
    wanted: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    named: set[str] = field(default_factory=set)
    pending: dict[str, bytes] = field(default_factory=dict)
    _expected: dict[str, frozenset[str]] = field(default_factory=dict)
    _by_language: dict[str, Callable[[str], Address]] = field(default_factory=dict)
    _found: dict[tuple[str, str], Address] = field(default_factory=dict)

    def expect(self, id_: str, record: str, hidden: Iterable[str] = ()) -> None:
        """Take an article that is about to be a file for one, but in the languages `hidden`."""
        self._expected[id_] = frozenset(hidden)
        self.records[id_] = record

    def address_of(self, id_: str, language: str) -> str:
        """The address of an article for customers, of a macro's form on the internal site.

        Empty for what has none.
        """
        if id_.startswith("macros/"):
            internal = self.desk.options.get("internal_site", "").rstrip("/")
            at = Location("", id_, Kind.MACRO, language)
            return f"{internal}/{site_path(at, self.workspace.settings)}" if internal else ""
        try:
            return str(self.article_url(language)(id_))
        except ValueError:  # customers can't see it
            return ""

    def article_url(self, language: str) -> Callable[[str], Url]:
        """A function from an article's name to its address for customers.

        It raises ValueError for an article that they can't see, or that has no address.
        """

        def url(name: str) -> Url:
            if self.kind.page and language not in self._expected.get(name, (language,)):
                self.named.add(name)
                return Url(self.kind.page(self.desk, self.records[name]))
            address = self._resolved(language, name)
            lead = address.lead.at if address.lead else None
            self.named.add(lead.id if lead else name)
            at = None if address.refusal else lead
            if at is not None and self.kind.page:
                if record := self.records.get(at.id):
                    return Url(self.kind.page(self.desk, record))
                self.wanted[at.id].add(self.source)
            settings = self.workspace.settings
            if address.refusal or settings.site_url:
                return public_url(address, settings)
            raise ValueError("article_url: site_url is not set in kb.toml")

        return url

    def _resolved(self, language: str, name: str) -> Address:
        """Where an article is; known from then on, as many others may link to it."""
        key = language, name
        if key not in self._found:
            known = self._by_language
            if language not in known:
                known[language] = article_addresses(self.workspace, self._scanned, language, "-")
            self._found[key] = known[language](name)
        return self._found[key]

    @cached_property
    def _scanned(self) -> Scan:
        return scan(self.workspace)

    def entry_at(self, address: str) -> str:
        """The entry that a page at the desk, or of our own site, is of; empty for none."""
        found = self._by_page.get(address, "")
        if not found and (page := own_page(address, self.workspace.settings)):
            found = next((id_ for id_ in page.ids if id_ in self._ids), "")
        self.named |= {found} if found else set()
        return found

    @property
    def _by_page(self) -> Mapping[str, str]:
        """The entries by their pages at the desk."""
        if self.kind.page is None:
            return {}
        if len(self._pages) != len(self.records):
            page = self.kind.page
            self._pages = {page(self.desk, record): id_ for id_, record in self.records.items()}
        return self._pages

    @cached_property
    def _ids(self) -> frozenset[str]:
        from cannery.content.library import catalogue

        return frozenset(catalogue(self.workspace, self._scanned))

    _pages: dict[str, str] = field(default_factory=dict)
