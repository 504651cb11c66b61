"""What a Zendesk macro does to a ticket, in our terms: names for numbers, lists in one order.

What only Zendesk has stands below `zendesk` by its own name, so that nothing is lost when it comes
here and goes back.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from cannery.errors import NotFoundError
from cannery.exchange.desks.zendesk.numbers import USERS, Numbers
from cannery.exchange.desks.zendesk.paging import Json
from cannery.model.desk import Content
from cannery.model.loss import Loss
from cannery.util.plain import one_line

TEXTS = ("comment_value", "comment_value_html", "subject")
ACTIONS = "actions."
_CUSTOM_STATUS = "custom_status_id"  # a status of the account's own, by its name
_CUSTOM = re.compile(r"custom_fields_([0-9]{1,20})")
_STATUS_LIST, _TICKET_FIELDS = "custom_statuses", "ticket_fields"
_FIELDS, _OWN = "custom_fields", "zendesk"
_SHORT = 80
_OURSELVES = frozenset({"", "current_user", "current_groups", "requester_id", "assignee_id"})


_STATUSES = ("new", "open", "pending", "hold", "solved")


class _Row(NamedTuple):
    """An action: what we call it, and its value in both ways.

    `of` names what it numbers; `known` are its values where it has few.
    """

    ours: str
    of: str = ""
    known: tuple[str, ...] = ()
    is_list: bool = False
    is_tags: bool = False
    is_truth: bool = False


_ROWS: Mapping[str, _Row] = {
    "comment_mode_is_public": _Row("public", is_truth=True),
    "status": _Row("status", known=_STATUSES),
    "priority": _Row("priority", known=("low", "normal", "high", "urgent")),
    "type": _Row("type", known=("problem", "incident", "question", "task")),
    "assignee_id": _Row("assignee", USERS),
    "group_id": _Row("group", "groups"),
    "set_tags": _Row("set_tags", is_tags=True),
    "current_tags": _Row("add_tags", is_tags=True),
    "remove_tags": _Row("remove_tags", is_tags=True),
    "cc": _Row("cc", USERS, is_list=True),
    "follower": _Row("follower", USERS, is_list=True),
    "ticket_form_id": _Row("ticket_form", "ticket_forms"),
    "brand_id": _Row("brand", "brands"),
    "locale_id": _Row("locale", "locales"),
}
_BY_OURS = {row.ours: (field, row) for field, row in _ROWS.items()}


def parts_of(actions: Iterable[Json], numbers: Numbers) -> dict[str, Content]:
    """The parts that actions are, but for their texts."""
    parts: dict[str, Content] = {}
    custom: dict[str, Content] = {}
    own: dict[str, list[Content]] = {}
    for action in actions:
        field, value = str(action.get("field")), _plain(action.get("value"))
        if field in TEXTS:
            continue
        if row := _ROWS.get(field):
            name = ACTIONS + row.ours
            parts[name] = _read(row, value, parts.get(name), numbers)
        elif field == _CUSTOM_STATUS:
            parts[f"{ACTIONS}status"] = _usual(numbers.name(_STATUS_LIST, _text(value)))
        elif found := _CUSTOM.fullmatch(field):
            custom[numbers.name(_TICKET_FIELDS, found[1])] = _text_or_list(value)
        else:
            own.setdefault(field, []).append(value)
    parts |= {ACTIONS + _FIELDS: dict(sorted(custom.items()))} if custom else {}
    parts |= {f"{ACTIONS}{_OWN}": dict(sorted(own.items()))} if own else {}
    return parts


def actions_of(parts: Mapping[str, Content], numbers: Numbers) -> list[Json]:
    """The actions that parts are. Raises NotFoundError for a name that the desk has not."""
    made: list[Json] = []
    for field, row in _ROWS.items():
        value = parts.get(ACTIONS + row.ours)
        if row.ours == "status" and value is not None and value not in _STATUSES:
            made.append(
                {"field": _CUSTOM_STATUS, "value": numbers.number(_STATUS_LIST, _text(value))}
            )
        elif value is not None:
            made += [{"field": field, "value": one} for one in _written(row, value, numbers)]
    custom = parts.get(ACTIONS + _FIELDS)
    for name, value in custom.items() if isinstance(custom, Mapping) else ():
        if numbers.is_off(_TICKET_FIELDS, name):
            continue  # the desk would refuse the whole macro
        made.append(
            {"field": f"custom_fields_{numbers.number('ticket_fields', name)}", "value": value}
        )
    own = parts.get(f"{ACTIONS}{_OWN}")
    for field, values in own.items() if isinstance(own, Mapping) else ():
        made += [{"field": field, "value": one} for one in _items(values)]
    return made


class Said(NamedTuple):
    parts: Mapping[str, Content]
    losses: tuple[Loss, ...]


def parts_from_ours(actions: Mapping[str, object], path: str, numbers: Numbers) -> Said:
    """The parts that the `actions` of a file ask for; what the desk has not is told."""
    parts: dict[str, Content] = {}
    losses: list[Loss] = []
    for name, value in actions.items():
        try:
            made = _ours(name, value, numbers)
        except (ValueError, NotFoundError) as error:
            losses.append(Loss(path, 0, one_line(f"{name}: {value}")[:_SHORT], str(error)))
            continue
        if made not in ([], {}):
            parts[ACTIONS + name] = made
    return Said(parts, tuple(losses))


def _ours(name: str, value: object, numbers: Numbers) -> Content:
    """The canonical value of an action of ours.

    Raises ValueError for one that the desk has not, NotFoundError for a name that it has not.
    """
    plain = _plain(value)
    if name in (_FIELDS, _OWN):
        return _by_field(plain, name, numbers)
    if name not in _BY_OURS or isinstance(plain, Mapping) or plain is None:
        raise ValueError("Zendesk has no such action")
    row = _BY_OURS[name][1]
    if row.is_truth:
        return _truth(plain)
    if row.is_tags:
        return _tags(plain)
    values = sorted({_text(one) for one in _items(plain)}) if row.is_list else [_text(plain)]
    checked = [_checked(row, one, numbers) for one in values]
    return [*checked] if row.is_list else checked[0]


def _checked(row: _Row, text: str, numbers: Numbers) -> str:
    """A value that the desk knows."""
    if row.of and text not in _OURSELVES:
        numbers.number(row.of, text)
    if not row.known or text.lower() in row.known:
        return text.lower() if row.known else text
    if row.ours != "status":
        raise ValueError(f"Zendesk knows {', '.join(row.known)}")
    if text.lower() == "closed":
        raise ValueError("a macro can't close a ticket there: it is closed some days after")
    numbers.number(_STATUS_LIST, text)
    if numbers.is_off(_STATUS_LIST, text):
        raise ValueError(f"the status {text} was deactivated")
    return text


def _usual(status: str) -> str:
    return status.lower() if status.lower() in _STATUSES else status


def _by_field(value: Content, name: str, numbers: Numbers) -> Content:
    if not isinstance(value, Mapping):
        raise ValueError("it is not what such an action takes")
    said = {one: it for one, it in sorted(value.items()) if it is not None}
    if name == _OWN:
        return {field: _items(it) for field, it in said.items()}
    for field in said:
        numbers.number(_TICKET_FIELDS, field)
        if numbers.is_off(_TICKET_FIELDS, field):
            raise ValueError(f"the field {field} was deactivated")
    return {field: _text_or_list(it) for field, it in said.items()}


def ours_of(parts: Mapping[str, Content]) -> dict[str, object]:
    """The `actions` of a file, in the order of Zendesk's own list."""
    names = [row.ours for row in _ROWS.values()] + [_FIELDS, _OWN]
    return {name: parts[ACTIONS + name] for name in names if ACTIONS + name in parts}


def _read(row: _Row, value: Content, before: Content, numbers: Numbers) -> Content:
    """The value of an action; one that stands twice adds to a list, and else replaces."""
    if row.is_truth:
        return _truth(value)
    if row.is_tags:
        return sorted({*_tags(value), *_items(before)}, key=str)
    named = [_named(row, one, numbers) for one in (_items(value) if row.is_list else [value])]
    if row.is_list:
        return sorted({*named, *_items(before)}, key=str)
    return named[0]


def _named(row: _Row, value: Content, numbers: Numbers) -> str:
    text = _text(value)
    return numbers.name(row.of, text) if row.of and text not in _OURSELVES else text


def _written(row: _Row, value: Content, numbers: Numbers) -> Iterator[Content]:
    """The values of the actions that a part is."""
    if row.is_truth:
        yield "true" if value else "false"
    elif row.is_tags:
        yield " ".join(str(one) for one in _items(value))
    else:
        for one in _items(value) if row.is_list else [value]:
            text = _text(one)
            yield numbers.number(row.of, text) if row.of and text not in _OURSELVES else text


def _items(value: Content) -> Sequence[Content]:
    if value is None:
        return ()
    return value if isinstance(value, Sequence) and not isinstance(value, str) else [value]


def _tags(value: Content) -> list[str]:
    """Tags in one order, which is none: in small letters, as Zendesk keeps them."""
    words = (word for one in _items(value) for word in _text(one).split())
    return sorted({word.casefold() for word in words})


def _truth(value: Content) -> bool:
    return str(value).strip().lower() not in ("false", "no", "0", "")


def _text_or_list(value: Content) -> Content:
    if isinstance(value, Sequence) and not isinstance(value, str):
        return sorted(_text(one) for one in value)
    return _text(value)


def _text(value: Content) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return one_line(str(value)) if value is not None else ""


def _plain(value: object) -> Content:
    """A value as JSON has it; other kinds as texts."""
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, Sequence) else str(value)
