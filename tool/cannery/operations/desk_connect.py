"""A connection to one of the knowledge base's help desks: settings, sign-in and client together."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from typing import NamedTuple

from cannery.content.files import scan
from cannery.content.library import load_parts, parts_for
from cannery.errors import SettingsError
from cannery.exchange.desks.desk import Around, DeskKind, Opening
from cannery.exchange.desks.lock import EMPTY, Lock
from cannery.model.desk_settings import DeskSettings
from cannery.model.entry import Part
from cannery.model.event import Listener, ignore
from cannery.operations.desk_addresses import DeskAddresses
from cannery.operations.desk_files import desk_files
from cannery.operations.desk_settings import find_desk, target_of
from cannery.rest.client import Manner, PlainClient
from cannery.rest.signer import Target, signer_for
from cannery.workspace import Workspace

_MOST_DIGITS = 5  # of a rate
HASTE = 8.0  # seconds
Numbers = Mapping[str, Mapping[str, str]]


class Connection(NamedTuple):
    """A desk that can be asked: `kind.open(opening)` has its entries, `kind.tickets` its tickets.

    One whose `open` or `tickets` is None can't be asked for these. `addresses` are what `opening`
    gives of articles.
    """

    kind: DeskKind
    opening: Opening
    addresses: DeskAddresses


@contextmanager
def open_desk(
    workspace: Workspace,
    name: str,
    listener: Listener = ignore,
    lock: Lock = EMPTY,
    *,
    is_hasty: bool = False,
) -> Iterator[Connection]:
    """Connect to the desk that kb.toml calls `name`; nothing is asked before it is needed.

    `lock` is what is agreed on with it; `listener` learns what is waited for. With `is_hasty` it is
    not waited for long: somebody could go on without the answer. Raises NotFoundError,
    NotSignedInError and CredentialsError.
    """
    settings, kind = find_desk(workspace, name)
    target = target_of(settings, kind)
    signer = signer_for(target)
    manner = manner_of(settings, target, listener)._replace(renew=signer.renew)
    if is_hasty:
        manner = manner._replace(seconds=HASTE, patience=HASTE)
    client = PlainClient(target.address, signer.headers, manner)
    try:
        addresses = DeskAddresses(workspace, settings, kind, lock.articles)
        yield Connection(kind, _opening(addresses, client, lock.numbers), addresses)
    finally:
        client.close()


def manner_of(settings: DeskSettings, target: Target, listener: Listener) -> Manner:
    """How the desk is asked: at most `rate` requests a minute, where kb.toml has that."""
    rate = settings.options.get("rate", "")
    if rate and not (rate.isdecimal() and len(rate) <= _MOST_DIGITS):
        hint = 'Write rate = "200", the requests that are sent a minute.'
        raise SettingsError(f"desks.{settings.name}.rate must be a number", hint)
    return Manner(listener, sign_in=target.hint, rate=int(rate or 0))


def _opening(addresses: DeskAddresses, client: PlainClient, numbers: Numbers) -> Opening:
    settings = addresses.workspace.settings
    return Opening(
        addresses.desk,
        client,
        tuple(settings.languages),
        settings.default_language,
        numbers,
        addresses.address_of,
        addresses.entry_at,
        desk_files(addresses.workspace, addresses.pending),
        _around(addresses),
    )


def _around(addresses: DeskAddresses) -> Callable[[str], Around]:
    """What macros are made of beside their own files, by language."""
    workspace = addresses.workspace
    settings = workspace.settings

    @cache
    def parts() -> tuple[Part, ...]:
        return load_parts(workspace, scan(workspace))

    @cache
    def around(language: str) -> Around:
        return Around(
            parts_for(parts(), language, settings),
            {
                "kb": {"name": settings.name, "site_url": settings.site_url},
                "team": dict(settings.facts(language)),
            },
            addresses.article_url(language),
            settings.keeps_lines,
        )

    return around
