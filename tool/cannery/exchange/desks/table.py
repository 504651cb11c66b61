"""The desks, by the name that `kind` has in kb.toml."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any

from cannery.exchange.desks.desk import Capabilities, DeskKind, Opening
from cannery.model.desk_settings import DeskSettings


def _in(module: str, name: str) -> Callable[[Opening], Any]:
    """What opens a connection; its module is loaded when it is called."""

    def opened(opening: Opening) -> Any:  # noqa: ANN401 - a Desk or Tickets, as the field says
        return getattr(import_module(f"cannery.exchange.desks.{module}"), name)(opening)

    return opened


# Services whose API is at another address than their pages.
_APIS = {
    "https://app.frontapp.com": "https://api2.frontapp.com",
    "https://app.intercom.com": "https://api.intercom.io",
    "https://github.com": "https://api.github.com",
}


def _api_of(settings: DeskSettings) -> str:
    return _APIS.get(settings.address, settings.address)


_ROWS = (
    DeskKind(
        "zendesk",
        "Zendesk",
        Capabilities(
            macros="write",
            articles="write",
            translations="write",
            attachments="write",
            usage="read",
            restrictions="write",
            actions="write",
            tickets="write",
            answers=("note", "reply"),
        ),
        "oauth",
        _in("zendesk.desk", "open_desk"),
        tickets=_in("zendesk.tickets", "ZendeskTickets"),
        me="/api/v2/users/me",
        page=lambda desk, article: f"{desk.address}/hc/articles/{article}",
        caution="Zendesk hides edits of articles until they are published: a push replaces them.",
        oracle=_in("zendesk.oracle", "ZendeskOracle"),
    ),
    DeskKind(
        "rt",
        "Request Tracker",
        Capabilities(
            macros="write",
            articles="write",
            translations="write",
            tickets="write",
            answers=("note", "reply"),
        ),
        "token",
        open=_in("rt.desk", "open_desk"),
        tickets=_in("rt.tickets", "RtTickets"),
        me="/REST/2.0/rt",
    ),
    DeskKind(
        "zammad",
        "Zammad",
        Capabilities(
            macros="write",
            translations="write",
            restrictions="write",
            actions="write",
            tickets="write",
            answers=("note", "draft", "reply"),
        ),
        "token_token",
        open=_in("zammad.desk", "open_desk"),
        tickets=_in("zammad.tickets", "ZammadTickets"),
        me="/api/v1/users/me",
    ),
    DeskKind(
        "chatwoot",
        "Chatwoot",
        Capabilities(
            macros="write",
            articles="write",
            translations="write",
            actions="write",
            tickets="write",
            answers=("note", "reply"),
        ),
        "api_access_token",
        open=_in("chatwoot.desk", "open_desk"),
        tickets=_in("chatwoot.tickets", "ChatwootTickets"),
        me="/api/v1/profile",
    ),
    DeskKind(
        "django_helpdesk",
        "django-helpdesk",
        Capabilities(tickets="write", answers=("note", "reply")),
        "password",
        tickets=_in("django_helpdesk", "DjangoHelpdeskTickets"),
        me="/api/user_tickets/",
        refusals=(403,),  # as Django does where a browser may be signed in, too
    ),
    DeskKind(
        "freshdesk",
        "Freshdesk",
        Capabilities(
            macros="write",
            articles="write",
            translations="write",
            restrictions="write",
            tickets="write",
            answers=("note", "reply"),
        ),
        "key",
        open=_in("freshdesk.desk", "open_desk"),
        tickets=_in("freshdesk.tickets", "FreshdeskTickets"),
        me="/api/v2/agents/me",
    ),
    DeskKind(
        "front",
        "Front",
        Capabilities(
            macros="write",
            articles="write",
            translations="write",
            restrictions="write",
            tickets="write",
            answers=("note", "draft", "reply"),
        ),
        "bearer",
        open=_in("front.desk", "open_desk"),
        tickets=_in("front.tickets", "FrontTickets"),
        api=_api_of,
        me="/me",
        where="Settings > Developers > API tokens",
    ),
    DeskKind(
        "gorgias",
        "Gorgias",
        Capabilities(macros="write", translations="write", usage="read", actions="write"),
        "email_key",
        open=_in("gorgias", "open_desk"),
        me="/api/account",
    ),
    DeskKind(
        "discourse",
        "Discourse",
        Capabilities(macros="write", translations="write", tickets="write", answers=("reply",)),
        "api_key_username",
        open=_in("discourse.desk", "open_desk"),
        tickets=_in("discourse.tickets", "DiscourseTickets"),
        me="/notifications.json",
    ),
    DeskKind(
        "gitlab",
        "GitLab saved replies",
        Capabilities(macros="write", translations="write"),
        "bearer",
        open=_in("gitlab", "open_desk"),
        me="/api/v4/user",
        where="Preferences > Access tokens, with the scope api",
    ),
    DeskKind(
        "intercom",
        "Intercom",
        Capabilities(macros="read", translations="read", restrictions="read"),
        "bearer",
        open=_in("intercom", "open_desk"),
        api=_api_of,
        me="/me",
        where="the Developer Hub > your app > Configure > Authentication",
    ),
    DeskKind(
        "github",
        "GitHub saved replies",
        Capabilities(macros="read", translations="read"),
        "bearer",
        open=_in("github", "open_desk"),
        api=_api_of,
        me="/user",
        where="Settings > Developer settings > Tokens (classic), with the scope read:user",
    ),
)
DESKS: Mapping[str, DeskKind] = {row.name: row for row in _ROWS}
