"""The web addresses that entries link to, with their places, and which of them are asked."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from cannery.check.facts import Facts
from cannery.check.scope import Scope
from cannery.check.whole import Whole
from cannery.content.library import load
from cannery.content.links import targets
from cannery.content.markdown import parse
from cannery.content.own_addresses import own_page
from cannery.content.relative_links import without_comments
from cannery.model.event import Listener, counting
from cannery.weblinks.address import Address, read_address, why_not_asked
from cannery.weblinks.allowed import allowed_by
from cannery.workspace import Workspace

_MOST = 20_000  # addresses that are asked in one run
# What ends an address that stands alone, so that the rest of it would be taken for the whole.
_PLACEHOLDER = re.compile(r"\{\{[^{}\n]{0,200}\}\}|\{%[^%\n]{0,200}%\}|\{[^{}\s]{1,60}\}")


class LinkPlace(NamedTuple):
    """Where an address stands, and how."""

    path: str
    line: int
    written: str


class WebLinks(NamedTuple):
    """Each address with its places, and how many others are left alone, by what they are."""

    places: Mapping[Address, Sequence[LinkPlace]]
    left: Mapping[str, int]


def addresses_of(whole: Whole, scope: Scope, listener: Listener) -> WebLinks:
    """The addresses in the chosen files."""
    workspace = whole.workspace
    places: defaultdict[Address, list[LinkPlace]] = defaultdict(list)
    left: dict[str, str] = {}
    is_allowed = allowed_by(workspace.settings.allowed_links)
    chosen = [item for path, item in whole.facts.items() if scope.has_path(path)]
    for item in counting(chosen, len(chosen), "Reading links", listener):
        for place in _places(workspace, item):
            address = read_address(place.written)
            if address is None or own_page(place.written, workspace.settings):
                continue
            reason = why_not_asked(place.written, address)
            reason = reason or ("that kb.toml allows" if is_allowed(address) else "")
            if reason:
                left[address.text] = reason
            elif address in places or len(places) < _MOST:
                places[address].append(place)
            else:
                left[address.text] = f"beyond the first {_MOST:,}"
    return WebLinks(places, Counter(left.values()))


def _places(workspace: Workspace, facts: Facts) -> Iterator[LinkPlace]:
    """The links of a file that lead to the web, as a site or a reply shows them."""
    item = load(workspace, facts.at.path).item
    if item is None or "http" not in item.body.lower():
        return
    text = _PLACEHOLDER.sub("%7B%7D", without_comments(facts.at.path, item.body))
    for written, line, _ in targets(parse(text)):
        if written.lower().startswith(("http://", "https://")):
            yield LinkPlace(facts.at.path, item.body_line + line - 1, written)
