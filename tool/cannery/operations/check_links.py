"""Ask the web addresses that entries have: what is dead, and what has moved, as problems."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from time import time
from typing import NamedTuple

from cannery.check.facts import Facts
from cannery.check.scope import Scope
from cannery.check.whole import Whole
from cannery.content.library import load
from cannery.content.links import targets
from cannery.content.markdown import parse
from cannery.content.own_addresses import own_page
from cannery.content.relative_links import without_comments
from cannery.content.suppressions import weigh
from cannery.model.event import Listener, Remark, counting, ignore
from cannery.model.location import Problem, Severity
from cannery.model.web_link import LinkState, Verdict
from cannery.operations.check import CheckResult
from cannery.util.address import without_credentials
from cannery.weblinks.address import Address, read_address, why_not_asked
from cannery.weblinks.allowed import allowed_by
from cannery.weblinks.ask_all import ask_all
from cannery.weblinks.cache import Row, load_verdicts, store_verdicts
from cannery.weblinks.judge import Manners
from cannery.weblinks.reach import has_names
from cannery.weblinks.request import Route, proxies_of_environment
from cannery.workspace import Workspace

DEAD, MOVED = "dead-url", "moved-url"
_MOST = 20_000  # addresses that are asked in one run
_SHOWN = 200  # characters of an address
_FEW_HOSTS = 2  # unknown names that may be so, though no other host is there to tell
# What ends an address that stands alone, so that the rest of it would be taken for the whole.
_PLACEHOLDER = re.compile(r"\{\{[^{}\n]{0,200}\}\}|\{%[^%\n]{0,200}%\}|\{[^{}\s]{1,60}\}")
_SILENT = frozenset((LinkState.MUTE, LinkState.NO_HOST))


class Place(NamedTuple):
    """Where an address stands, and how."""

    path: str
    line: int
    written: str


class _Asked(NamedTuple):
    """Each address with its places, and how many others are left alone, by the reason."""

    places: Mapping[Address, Sequence[Place]]
    left: Mapping[str, int]


def with_links(
    result: CheckResult,
    scope: Scope,
    listener: Listener = ignore,
    route: Route | None = None,
    manners: Manners | None = None,
) -> CheckResult:
    """The result of a check with what asking the addresses of the chosen files has shown.

    Each address is asked once, and what it answers holds for a while. Stopped half-way, what was
    learnt is kept. `route` and `manners` are for tests: a default route goes to no private network.
    """
    workspace = result.whole.workspace
    asked = _addresses(workspace, result.whole, scope, listener)
    verdicts = _verdicts(workspace, asked, listener, route or _usual_route(), manners)
    _tell(asked, verdicts, listener)
    found = sorted(_problems(asked, verdicts))
    allowed = {path: item.allowed for path, item in result.whole.facts.items()}
    weighed = weigh(found, allowed, workspace.settings)
    return result._replace(
        problems=(*result.problems, *weighed.problems),
        suppressed=(*result.suppressed, *weighed.suppressed),
    )


def _usual_route() -> Route:
    proxies, is_direct = proxies_of_environment()
    return Route(proxies=proxies, is_direct=is_direct)


def _addresses(workspace: Workspace, whole: Whole, scope: Scope, listener: Listener) -> _Asked:
    places: defaultdict[Address, list[Place]] = defaultdict(list)
    left: dict[str, str] = {}
    is_allowed = allowed_by(workspace.settings.allowed_links)
    chosen = [item for path, item in whole.facts.items() if scope.has_path(path)]
    for item in counting(chosen, len(chosen), "Reading links", listener):
        for place in _places(workspace, item):
            address = read_address(place.written)
            if address is None or own_page(place.written, workspace.settings):
                continue
            reason = why_not_asked(place.written, address)
            reason = reason or ("kb.toml allows it" if is_allowed(address) else "")
            if reason:
                left[address.text] = reason
            elif address in places or len(places) < _MOST:
                places[address].append(place)
            else:
                left[address.text] = f"there are more than {_MOST:,}"
    return _Asked(places, Counter(left.values()))


def _places(workspace: Workspace, facts: Facts) -> Iterator[Place]:
    """The links of a file that lead to the web, as a site or a reply shows them."""
    item = load(workspace, facts.at.path).item
    if item is None or "http" not in item.body.lower():
        return
    text = _PLACEHOLDER.sub("%7B%7D", without_comments(facts.at.path, item.body))
    for written, line, _ in targets(parse(text)):
        if written.lower().startswith(("http://", "https://")):
            yield Place(facts.at.path, item.body_line + line - 1, written)


def _verdicts(
    workspace: Workspace, asked: _Asked, listener: Listener, route: Route, manners: Manners | None
) -> Mapping[Address, Verdict]:
    """What is known of the addresses; empty where there is no network."""
    known = load_verdicts(workspace.cache)
    verdicts = {item: known[item.text][0] for item in asked.places if item.text in known}
    rest = [item for item in asked.places if item not in verdicts]
    new: dict[Address, Verdict] = {}
    try:
        with closing(ask_all(rest, route, manners)) as found:
            new.update(counting(found, len(rest), "Asking", listener))
    finally:
        is_offline = _is_offline(new)
        if not is_offline:
            _keep(workspace, known, new)
    if is_offline:
        listener(Remark("No host answers, so the other links were not checked. Are you online?"))
        return verdicts
    if missing := len(rest) - len(new):
        listener(Remark(f"{missing:,} addresses were not asked in time: run it again to go on."))
    return {**verdicts, **new}


def _keep(workspace: Workspace, known: dict[str, Row], new: Mapping[Address, Verdict]) -> None:
    now = int(time())
    rows = known | {address.text: (verdict, now) for address, verdict in new.items()}
    if new:
        store_verdicts(workspace.cache, rows)


def _is_offline(new: Mapping[Address, Verdict]) -> bool:
    """Whether nothing has answered, and that is no fault of the addresses."""
    if not new or any(verdict.state not in _SILENT for verdict in new.values()):
        return False
    is_mute = any(verdict.state is LinkState.MUTE for verdict in new.values())
    return is_mute or len({address.host for address in new}) > _FEW_HOSTS or not has_names()


def _tell(asked: _Asked, verdicts: Mapping[Address, Verdict], listener: Listener) -> None:
    """What of the addresses is not known, in a line each."""
    counts = Counter(item.state for item in verdicts.values())
    reasons = Counter(asked.left)
    reasons["it leads to a private network"] += counts[LinkState.BARRED]
    reasons["it asks for a sign-in, or answers no program"] += counts[LinkState.GUARDED]
    reasons["its host is busy"] += counts[LinkState.BUSY]
    for reason, count in sorted((+reasons).items()):
        listener(Remark(f"Links not checked, as {reason}: {count:,}"))


def _problems(asked: _Asked, verdicts: Mapping[Address, Verdict]) -> Iterator[Problem]:
    for address, places in asked.places.items():
        verdict = verdicts.get(address)
        for place in places if verdict else ():
            if verdict and (problem := _problem(place, verdict)):
                yield problem


def _problem(place: Place, verdict: Verdict) -> Problem | None:
    shown = without_credentials(place.written)[:_SHOWN]
    at, warning = (place.path, place.line), Severity.WARNING
    if verdict.state in (LinkState.DEAD, LinkState.NO_HOST):
        message = f"dead link: {shown} ({verdict.reason})"
        return Problem(*at, DEAD, message, "Correct or remove the link.")
    if verdict.state in (LinkState.UNCLEAR, LinkState.MUTE):
        message = f"the link {shown} may be dead ({verdict.reason})"
        return Problem(*at, DEAD, message, "Open it in a browser.", warning)
    if verdict.state is LinkState.MOVED:
        message = f"the link {shown} has moved to {verdict.moved_to[:_SHOWN]}"
        return Problem(*at, MOVED, message, "Write the new address.", warning)
    return None
