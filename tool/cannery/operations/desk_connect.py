"""A connection to one of the knowledge base's help desks: settings, sign-in and client together."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from typing import NamedTuple

from cannery.content.files import scan
from cannery.content.library import load_parts, parts_for
from cannery.content.links import article_url, site_path
from cannery.content.own_addresses import own_page
from cannery.errors import SettingsError
from cannery.exchange.desks.desk import Around, DeskKind, Opening
from cannery.model.desk_settings import DeskSettings
from cannery.model.entry import Part
from cannery.model.event import Listener, ignore
from cannery.model.location import Kind, Location
from cannery.operations.desk_settings import find_desk, target_of
from cannery.rest.client import Manner, PlainClient
from cannery.rest.signer import Target, signer_for
from cannery.workspace import Workspace

_MOST_DIGITS = 5  # of a rate
HASTE = 8.0  # seconds
Numbers = Mapping[str, Mapping[str, str]]


class Connection(NamedTuple):
    """A desk that can be asked: `kind.open(opening)` has its entries, `kind.tickets` its tickets.

    One whose `open` or `tickets` is None can't be asked for these.
    """

    kind: DeskKind
    opening: Opening


@contextmanager
def open_desk(
    workspace: Workspace,
    name: str,
    listener: Listener = ignore,
    numbers: Numbers | None = None,
    *,
    is_hasty: bool = False,
) -> Iterator[Connection]:
    """Connect to the desk that kb.toml calls `name`; nothing is asked before it is needed.

    `numbers` are those of its lock file; `listener` learns what is waited for. With `is_hasty` it
    is not waited for long: somebody could go on without the answer. Raises NotFoundError,
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
        yield Connection(kind, _opening(workspace, settings, client, numbers or {}))
    finally:
        client.close()


def manner_of(settings: DeskSettings, target: Target, listener: Listener) -> Manner:
    """How the desk is asked: at most `rate` requests a minute, where kb.toml has that."""
    rate = settings.options.get("rate", "")
    if rate and not (rate.isdecimal() and len(rate) <= _MOST_DIGITS):
        hint = 'Write rate = "200", the requests that are sent a minute.'
        raise SettingsError(f"desks.{settings.name}.rate must be a number", hint)
    return Manner(listener, sign_in=target.hint, rate=int(rate or 0))


def _opening(
    workspace: Workspace, desk: DeskSettings, client: PlainClient, numbers: Numbers
) -> Opening:
    settings = workspace.settings
    return Opening(
        desk,
        client,
        tuple(settings.languages),
        settings.default_language,
        numbers,
        _addresses(workspace, desk),
        _entries(workspace),
        around=_around(workspace),
    )


def _around(workspace: Workspace) -> Callable[[str], Around]:
    """What macros are made of beside their own files, by language."""
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
            article_url(workspace, scan(workspace), language),
            settings.keeps_lines,
        )

    return around


def _addresses(workspace: Workspace, desk: DeskSettings) -> Callable[[str, str], str]:
    """The address of an article for customers, of a macro's form on the internal site."""
    internal = desk.options.get("internal_site", "").rstrip("/")

    @cache
    def public(language: str) -> Callable[[str], str]:
        return article_url(workspace, scan(workspace), language)

    def address_of(id_: str, language: str) -> str:
        if id_.startswith("macros/"):
            at = Location("", id_, Kind.MACRO, language)
            return f"{internal}/{site_path(at, workspace.settings)}" if internal else ""
        try:
            return str(public(language)(id_))
        except ValueError:  # customers can't see it
            return ""

    return address_of


def _entries(workspace: Workspace) -> Callable[[str], str]:
    """The entry that an address of our own site leads to."""

    @cache
    def ids() -> frozenset[str]:
        from cannery.content.library import catalogue

        return frozenset(catalogue(workspace, scan(workspace)))

    def entry_at(address: str) -> str:
        page = own_page(address, workspace.settings)
        return next((id_ for id_ in page.ids if id_ in ids()), "") if page else ""

    return entry_at
