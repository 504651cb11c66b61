"""A ticket as macros see it: Zendesk's shape, without the values that say nothing."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from itertools import islice
from typing import Any

from cannery.content.marks import Url
from cannery.content.numbers import written_number
from cannery.errors import UsageError
from cannery.reply.ticket_shapes import in_our_shape
from cannery.reply.ticketpage import read_page
from cannery.richtext.mail import read_mail
from cannery.util.lazy_pattern import LazyPattern
from cannery.util.seen import shows_nothing, stripped

MAX_CHARS = 2_000_000
_MAX_DEPTH = 20
_MAX_ITEMS = 5000
_MAX_TEXT = 200_000  # characters of one text of a desk's answer
_MAX_DIGITS = 15
_SURROGATES = re.compile("[\ud800-\udfff]")  # halves of characters: JSON can spell them alone
_LOST = "\ufffd"  # what stands for a character that could not be read
_ADDRESS = re.compile(r"[^\s@]{1,64}@[^\s@]{1,190}")
_SAYS_NOTHING = {"", "-", "--", "—"}
_JAPANESE = LazyPattern(r"[\u3040-\u30ff\u3400-\u9fff]")


def read_ticket(text: str, source: str) -> dict[str, object]:
    """The ticket in a JSON text as a desk's API gives it, in a mail, or in the text of its page.

    Raises UsageError where there is none in it.
    """
    if len(text) > MAX_CHARS:
        raise UsageError(
            f"{source}: more than {MAX_CHARS:,} characters", "Check that it is a ticket."
        )
    text = text.removeprefix("\ufeff").strip()
    if not text.startswith(("{", "[")):
        return _of_page(text, source)
    text = _whole(text)
    try:
        data = json.loads(
            text, parse_int=_number, parse_float=_number, parse_constant=lambda _: None
        )
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{source}: not JSON: {error}", _SHAPE) from error
    ticket = in_our_shape(_saying(data, _MAX_DEPTH), source)
    if not isinstance(ticket, dict):
        raise UsageError(f"{source}: expected a ticket, got {type(ticket).__name__}", _SHAPE)
    return complete(ticket) if ticket else {}


def read_answer(data: object, source: str) -> dict[str, object]:
    """The ticket in what a desk's API has answered. Raises UsageError where there is none in it.

    A text that is too long is cut: a customer may have pasted a log.
    """
    ticket = in_our_shape(_saying(_bounded(data, _MAX_DEPTH), _MAX_DEPTH), source)
    if not isinstance(ticket, dict) or not ticket:
        raise UsageError(f"{source}: the desk answered without a ticket", "See if it is there.")
    return complete(ticket)


def _bounded(value: Any, depth: int) -> Any:  # noqa: ANN401 - JSON
    """The value without texts and numbers of any length."""
    if isinstance(value, dict) and depth:
        items = islice(value.items(), _MAX_ITEMS)
        return {key[:_MAX_TEXT]: _bounded(item, depth - 1) for key, item in items}
    if isinstance(value, list) and depth:
        return [_bounded(item, depth - 1) for item in value[:_MAX_ITEMS]]
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _number(str(value))
    return value[:_MAX_TEXT] if isinstance(value, str) else value


def _of_page(text: str, source: str) -> dict[str, object]:
    mail = read_mail(text)
    page = read_page(mail.page if mail else _whole(text))
    if not page:
        raise UsageError(f"{source}: no ticket found", _SHAPE)
    if mail and mail.body:
        page["description"] = mail.body
    return complete(_saying(page, _MAX_DEPTH))


_SHAPE = (
    'Expected is JSON such as {"id": 42, "requester": {"name": "Kim Lee"}}, '
    "or the text of its page with lines such as Requester: Kim Lee."
)


def _number(written: str) -> int | float | str:
    """The number, or its text if it has more digits than floats hold exactly."""
    if len(written) > _MAX_DIGITS:
        return written
    if (kept := written_number(written)) is not None:
        return kept
    number = float(written) if set(written) & set(".eE") else int(written)
    return number if abs(number) <= 10**_MAX_DIGITS else written


def _saying(value: Any, depth: int) -> Any:  # noqa: ANN401 - JSON
    """The value without nulls, texts that show nothing, and dashes that help desks write for both.

    Values nested deeper than `depth` are dropped too.
    """
    if isinstance(value, dict | list) and not depth:
        return None
    if isinstance(value, dict):
        inner = {_whole(key): _saying(item, depth - 1) for key, item in value.items()}
        return {key: item for key, item in inner.items() if item is not None}
    if isinstance(value, list):
        items = (_saying(item, depth - 1) for item in value[:_MAX_ITEMS])
        return [item for item in items if item is not None]
    if isinstance(value, str):
        text = stripped(_whole(value))
        return None if text in _SAYS_NOTHING or shows_nothing(text.replace(_LOST, "")) else text
    return value


def _whole(text: str) -> str:
    return _SURROGATES.sub(_LOST, text)


def complete(ticket: Mapping[str, Any]) -> dict[str, object]:
    """The ticket with the requester's first and last name, and its address as one."""
    done: dict[str, object] = dict(ticket)
    if isinstance(url := ticket.get("url"), str):
        done["url"] = Url(url)
    requester = ticket.get("requester")
    if isinstance(requester, str):
        requester = {"email" if _ADDRESS.fullmatch(requester) else "name": requester}
        done["requester"] = requester
    if isinstance(requester, dict) and isinstance(name := requester.get("name"), str):
        done["requester"] = {**_names(name), **requester}
    return done


def _names(name: str) -> dict[str, str]:
    """First and last name: a Japanese name begins with the family's."""
    words = name.split()
    if _JAPANESE.search(name):
        names = {"last_name": words[0]}
        return {**names, "first_name": words[-1]} if len(words) > 1 else names
    names = {"first_name": words[0]} if words else {}
    return {**names, "last_name": words[-1]} if len(words) > 1 else names
