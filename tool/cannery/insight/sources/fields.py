"""Dimensions that a team finds in its own fields, tags and organizations: `[insight.fields]`.

`product = "custom_field:360001"`, `tier = "tag:tier_"`, `team = "organization:account_team"`,
`region = "field:brand_id"`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from cannery.insight.sources.values import Json, name
from cannery.model.ticket_event import FIELD_KINDS

# Fields of a ticket that hold nobody's words: kb.toml is proposed by others, too.
_PLAIN = frozenset((
    "brand_id", "email_config_id", "inbox_id", "mailbox_id", "priority", "product_id", "queue",
    "severity", "source", "ticket_form_id", "type", "type_id",
))  # fmt: skip
_CUSTOM, _TAG, _ORGANIZATION, _FIELD = FIELD_KINDS


def of_ticket(
    rules: Mapping[str, str], row: Json, custom: Mapping[str, object], tags: Iterable[str] = ()
) -> dict[str, str]:
    """The dimensions of a ticket by a desk's fields: `row` is the ticket, `custom` the team's own.

    Values that are long, or look like an address, are nobody's product or region: they stay out.
    """
    known = [*tags]
    found = {dimension: _value(rule, row, custom, known) for dimension, rule in rules.items()}
    return {dimension: value for dimension, value in found.items() if value}


def of_organization(rules: Mapping[str, str], custom: Mapping[str, object]) -> dict[str, str]:
    """The dimensions of a customer's organization, by its own fields and never by its name."""
    keys = {dimension: _key(rule, _ORGANIZATION) for dimension, rule in rules.items()}
    found = {dimension: name(custom.get(key)) for dimension, key in keys.items() if key}
    return {dimension: value for dimension, value in found.items() if value}


def _value(rule: str, row: Json, custom: Mapping[str, object], tags: list[str]) -> str:
    if key := _key(rule, _CUSTOM):
        return name(custom.get(key))
    if prefix := _key(rule, _TAG):
        return next((tag[len(prefix) :] for tag in tags if tag.startswith(prefix)), "")
    key = _key(rule, _FIELD)
    return name(row.get(key)) if key in _PLAIN else ""


def _key(rule: str, kind: str) -> str:
    found, _, key = rule.partition(":")
    return key.strip() if found.strip() == kind else ""
