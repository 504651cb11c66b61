"""Ask the web addresses that entries have: what is dead, and what has moved, as problems."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from contextlib import closing
from time import time

from cannery.check.scope import Scope
from cannery.content.files import read_bytes
from cannery.content.suppressions import weigh
from cannery.errors import ContentError
from cannery.model.event import Listener, Remark, counting, ignore
from cannery.model.location import Problem, Severity
from cannery.model.web_link import LinkState, Verdict
from cannery.operations.check import CheckResult
from cannery.operations.link_addresses import LinkPlace, WebLinks, addresses_of
from cannery.util.address import without_credentials
from cannery.weblinks.address import Address, read_address
from cannery.weblinks.ask_all import ask_all
from cannery.weblinks.cache import Row, last_verdicts, load_verdicts, store_verdicts
from cannery.weblinks.judge import Manners
from cannery.weblinks.reach import has_names
from cannery.weblinks.request import Route, proxies_of_environment
from cannery.workspace import Workspace

DEAD, MOVED = "dead-url", "moved-url"
_SHOWN = 200  # characters of an address
_FEW_HOSTS = 2  # unknown names that may be so, though no other host is there to tell
_MAY_BE_DEAD = frozenset(
    (LinkState.UNCLEAR, LinkState.DOUBTFUL, LinkState.MUTE, LinkState.UNTRUSTED)
)
_DEAD = frozenset((LinkState.DEAD, LinkState.NO_HOST))
_SILENT = frozenset((LinkState.MUTE, LinkState.NO_HOST))


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
    asked = addresses_of(result.whole, scope, listener)
    verdicts = _verdicts(workspace, asked, listener, route or _usual_route(), manners)
    _tell(asked, verdicts, listener)
    found = sorted(_problems(asked, verdicts))
    allowed = {path: item.allowed for path, item in result.whole.facts.items()}
    weighed = weigh(found, allowed, workspace.settings)
    return result._replace(
        problems=(*result.problems, *weighed.problems),
        suppressed=(*result.suppressed, *weighed.suppressed),
    )


def known_dead(result: CheckResult, listener: Listener = ignore) -> tuple[Problem, ...]:
    """The dead links among those that stand now, as the last look at them found. Asks no one."""
    workspace = result.whole.workspace
    dead = {
        address: verdict
        for text, (verdict, _) in last_verdicts(workspace.cache).items()
        if verdict.state in _DEAD and (address := read_address(text))
    }
    if not dead:
        return ()
    hosts = {address.host.encode() for address in dead}
    naming = {path for path in result.whole.facts if _names(workspace, path, hosts)}
    asked = addresses_of(result.whole, Scope(naming.__contains__), listener)
    allowed = {path: item.allowed for path, item in result.whole.facts.items()}
    return weigh(sorted(_problems(asked, dead)), allowed, workspace.settings).problems


def _names(workspace: Workspace, path: str, hosts: Collection[bytes]) -> bool:
    """Whether a file has the name of a host; one that is written in other letters can't be seen."""
    try:
        text = read_bytes(workspace, path).lower()
    except ContentError:  # of which the check tells
        return False
    return any(host in text or host.startswith(b"xn--") for host in hosts)


def _usual_route() -> Route:
    proxies, is_direct = proxies_of_environment()
    return Route(proxies=proxies, is_direct=is_direct)


def _verdicts(
    workspace: Workspace, asked: WebLinks, listener: Listener, route: Route, manners: Manners | None
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
        barrier = _barrier(new)
        if not barrier:
            _keep(workspace, known, new)
    if barrier:
        listener(Remark(barrier))
        return verdicts
    if missing := len(rest) - len(new):
        listener(Remark(f"{missing:,} addresses were not asked in time: run it again to go on."))
    return {**verdicts, **new}


def _barrier(new: Mapping[Address, Verdict]) -> str:
    """What stands between this machine and all hosts, in words; empty if nothing does."""
    if _is_offline(new):
        return "No host answers, so the other links were not checked. Are you online?"
    asked = {address.host: verdict.state for address, verdict in new.items()}
    safe = {address.host for address in new if address.scheme == "https"}
    untrusted = [host for host in safe if asked[host] is LinkState.UNTRUSTED]
    if len(untrusted) == len(safe) > _FEW_HOSTS:
        return (
            "No host has a certificate that is trusted here, so the other links were not checked. "
            "If your network has one of its own, name its file in SSL_CERT_FILE."
        )
    return ""


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


def _tell(asked: WebLinks, verdicts: Mapping[Address, Verdict], listener: Listener) -> None:
    """How many of the addresses nothing is known of, in one line."""
    counts = Counter(item.state for item in verdicts.values())
    left = Counter(asked.left)
    left["that lead to a private network"] += counts[LinkState.BARRED]
    left["that ask for a sign-in, or answer no programs"] += counts[LinkState.GUARDED]
    left["on hosts that are busy"] += counts[LinkState.BUSY]
    if listed := ", ".join(f"{count:,} {what}" for what, count in (+left).most_common()):
        listener(Remark(f"Links not checked: {listed}."))


def _problems(asked: WebLinks, verdicts: Mapping[Address, Verdict]) -> Iterator[Problem]:
    for address, places in asked.places.items():
        verdict = verdicts.get(address)
        for place in places if verdict else ():
            if verdict and (problem := _problem(place, verdict)):
                yield problem


def _problem(place: LinkPlace, verdict: Verdict) -> Problem | None:
    shown = without_credentials(place.written)[:_SHOWN]
    at, warning = (place.path, place.line), Severity.WARNING
    if verdict.state in _DEAD:
        message = f"dead link: {shown} ({verdict.reason})"
        return Problem(*at, DEAD, message, "Correct or remove the link.")
    if verdict.state in _MAY_BE_DEAD:
        message = f"the link {shown} may be dead ({verdict.reason})"
        return Problem(*at, DEAD, message, "Open it in a browser.", warning)
    if verdict.state is LinkState.MOVED:
        message = f"the link {shown} has moved to {verdict.moved_to[:_SHOWN]}"
        return Problem(*at, MOVED, message, "Write the new address.", warning)
    return None
