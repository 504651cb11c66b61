"""Known errors of published descriptions, each with its reason."""

from __future__ import annotations

from collections.abc import Callable, Mapping, MutableMapping
from typing import Any, NamedTuple

from tests.desks.contracts.description import Description

Json = MutableMapping[str, Any]
_HELP = "/api/v2/help_center"
_CURSOR = frozenset({"page", "per_page", "include", "sort"})


class Patch(NamedTuple):
    file: str
    reason: str
    apply: Callable[[Any], None]


def _schemas(data: Json) -> Json:
    found: Json = data["components"]["schemas"]
    return found


def _nullable(data: Json, schema: str, *keys: str) -> None:
    properties = _schemas(data)[schema]["properties"]
    for key in keys:
        properties[key] = {**properties[key], "nullable": True}


def _any_value(data: Json) -> None:
    _schemas(data)["ActionObject"]["properties"]["value"] = {}


def _restriction(data: Json) -> None:
    _nullable(data, "MacroInput", "restriction")
    _nullable(data, "MacroCommonObject", "restriction")


def _partial_macro(data: Json) -> None:
    body = data["paths"]["/api/v2/macros/{macro_id}"]["put"]["requestBody"]
    loose = {key: one for key, one in _schemas(data)["MacroInput"].items() if key != "required"}
    schema = {"type": "object", "properties": {"macro": loose}}
    body["content"]["application/json"]["schema"] = schema


def _more_keys(data: Json) -> None:
    given = _schemas(data)["MacroInput"]["properties"]
    given["attachments"] = {"type": "array", "items": {"type": "integer"}}
    given["description"] = {"type": "string", "nullable": True}


def _metadata(data: Json) -> None:
    told = _schemas(data)["TicketObject"]["properties"]["metadata"]
    _schemas(data)["TicketUpdateInput"]["properties"]["metadata"] = told
    macro = _schemas(data)["TicketObject"]["properties"]["macro_id"]
    _schemas(data)["TicketUpdateInput"]["properties"]["macro_id"] = macro


def _empty_ticket(data: Json) -> None:
    empty = ("assignee_id", "group_id", "organization_id", "custom_status_id", "external_id")
    _nullable(data, "TicketObject", *empty)
    properties = _schemas(data)["TicketObject"]["properties"]
    for key in ("priority", "type"):
        properties[key] = {"type": "string", "nullable": True}
    properties["custom_fields"]["items"]["properties"]["value"] = {}
    _schemas(data)["CustomFieldObject"]["properties"]["value"] = {}


def _public_article(data: Json) -> None:
    article = _schemas(data)["ArticleRequest"]["properties"]["article"]
    article["properties"]["user_segment_id"]["nullable"] = True


def _more_of_article(data: Json) -> None:
    told = _schemas(data)["ArticleObject"]["properties"]
    given = _schemas(data)["ArticleRequest"]["properties"]["article"]["properties"]
    for key in ("draft", "label_names", "promoted", "position", "comments_disabled", "author_id"):
        given[key] = told[key]
    texts = {"type": "array", "items": {"$ref": "#/components/schemas/TranslationObject"}}
    given["translations"] = texts


def _free_file(data: Json) -> None:
    _nullable(data, "ArticleAttachmentObject", "article_id", "locale")


def _several_included(data: Json) -> None:
    for parameter in data["paths"]["/tickets/{ticket_id}"]["get"]["parameters"]:
        if parameter.get("name") == "include":
            parameter["schema"] = {"type": "string"}


def _own_statuses(data: Json) -> None:
    for schema in ("Ticket", "TicketUpdate"):
        _schemas(data)[schema]["properties"]["status"] = {"type": "integer"}


def _chatwoot_messages(data: Json) -> None:
    data["definitions"]["message"]["properties"]["message_type"] = {"type": "integer"}
    path = "/api/v1/accounts/{account_id}/conversations/{conversation_id}/messages"
    answer = data["paths"][path]["get"]["responses"]["200"]
    answer["schema"] = {"type": "object", "properties": {"payload": answer["schema"]}}


def _chatwoot_times(data: Json) -> None:
    told = data["definitions"]["conversation"]["properties"]
    for key in ("timestamp", "agent_last_seen_at"):
        told[key] = {"type": "integer"}
    message = data["definitions"]["message"]["properties"]
    message["content_type"]["enum"].append("input_csat")
    message["sender"] = {}
    path = "/api/v1/accounts/{account_id}/conversations/{conversation_id}/messages"
    before = {"name": "before", "in": "query", "type": "integer"}
    data["paths"][path]["get"].setdefault("parameters", []).append(before)


def _export_goes_on(data: Json) -> None:
    start = data["components"]["parameters"]["IncrementalUnixTime"]
    start["required"] = False
    ratings = data["paths"]["/api/v2/satisfaction_ratings"]["get"]
    names = ("score", "start_time", "end_time")
    filters = [{"name": name, "in": "query", "schema": {"type": "string"}} for name in names]
    ratings.setdefault("parameters", []).extend(filters)


def _deleted_tickets(data: Json) -> None:
    _schemas(data)["TicketObject"]["properties"]["status"]["enum"].append("deleted")


def _targets_of_events(data: Json) -> None:
    target = _schemas(data)["EventResponse"]["properties"]["target"]["properties"]["data"]
    target["anyOf"] = target.pop("oneOf")


def _words_of_article(data: Json) -> None:
    given = data["definitions"]["article_create_update_payload"]["properties"]
    given["description"] = given["locale"] = {"type": "string"}


def _more_of_solution(data: Json) -> None:
    for path, method in (
        ("/solutions/folders/{folder_id}/articles", "post"),
        ("/solutions/articles/{article_id}", "put"),
    ):
        body = data["paths"][path][method]["requestBody"]["content"]["application/json"]
        given = body["schema"]["properties"]
        given |= {"type": {"type": "integer"}, "folder_id": {"type": "integer"}}
        given["tags"] = {"type": "array", "items": {"type": "string"}}


def _keys_of_topic(data: Json) -> None:
    body = data["paths"]["/t/-/{id}.json"]["put"]["requestBody"]["content"]["application/json"]
    texts = {"type": "array", "items": {"type": "string"}}
    properties = {"title": {"type": "string"}, "tags": texts}
    body["schema"] = {"type": "object", "additionalProperties": False, "properties": properties}


PATCHES: tuple[Patch, ...] = (
    Patch("freshdesk", "the reference has type, tags and folder_id of an article", _more_of_solution),
    Patch("openapi", "Discourse reads a topic's keys beside `topic`, and nothing below it", _keys_of_topic),
    Patch("swagger", "an article of Chatwoot's has a description and a language", _words_of_article),
    Patch("zendesk-support", "an action's value may be a list, a number or true", _any_value),
    Patch("zendesk-support", "null takes a restriction away, and is told where none is", _restriction),
    Patch("zendesk-support", "an update needs no key: its own examples leave some out", _partial_macro),
    Patch("zendesk-support", "the reference has attachments and description of a macro", _more_keys),
    Patch("zendesk-support", "metadata and macro_id are keys of a ticket, not of an update", _metadata),
    Patch("zendesk-support", "what a ticket has not is told as null", _empty_ticket),
    Patch("help-center", "null is an article that all may read", _public_article),
    Patch("help-center", "an article is made with all keys that it has", _more_of_article),
    Patch("help-center", "a file that no article has yet is of none", _free_file),
    Patch("freshdesk", "several things may be included in an answer", _several_included),
    Patch("freshdesk", "an account may have statuses of its own", _own_statuses),
    Patch("core-api", "what an event is of looks like several things", _targets_of_events),
    Patch("swagger", "times are numbers, a survey is a message, notes have no sender", _chatwoot_times),
    Patch("zendesk-support", "an export goes on by its cursor alone, and ratings have filters", _export_goes_on),
    Patch("zendesk-support", "an incremental export tells deleted tickets, too", _deleted_tickets),
    Patch("swagger", "messages are in `payload`, and their type is a number", _chatwoot_messages),
)  # fmt: skip
ALLOWED: Mapping[str, frozenset[str]] = {
    "discourse": frozenset({"page"}),  # of the addresses that its lists tell
    "freshdesk": frozenset({"page", "per_page"}),  # of all lists, as its reference says
    "front": frozenset({"page_token"}),  # of the addresses that its pages tell
    "zendesk": _CURSOR,
}


def patched(description: Description, file: str) -> Description:
    """The description without its known errors."""
    mine = [one for one in PATCHES if file.startswith(one.file)]
    for one in mine:
        one.apply(description.data)
    return Description(description.data) if mine else description
