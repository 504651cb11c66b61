"""What a service says of an error, without the secrets that it was sent."""

from __future__ import annotations

import json
from base64 import b64decode
from collections.abc import Iterable, Iterator, Mapping
from http import HTTPStatus
from itertools import islice
from typing import Any
from urllib.parse import quote

_MOST, _LONGEST, _DEEPEST = 8, 500, 4
_SHORTEST_SECRET = 4  # letters; a shorter one stands in every text
# Where services say what is wrong, the most telling first.
_SAYING = (
    "error_human", "error_description", "message", "msg", "description", "detail", "title",
    "reason", "error", "errors", "_error", "details", "exception",
)  # fmt: skip
_SILENT = frozenset(("status", "code", "type", "id", "request_id", "documentation_url", "url"))


def reason(raw: bytes, code: int, secrets: Iterable[str] = ()) -> str:
    """What an answer says that is an error; what its code means where it says nothing."""
    texts = dict.fromkeys(islice(_texts(_parsed(raw), 0), _MOST))
    text = " ".join("; ".join(texts).split())
    return without(secrets, text)[:_LONGEST] or _phrase(code)


def without(secrets: Iterable[str], text: str) -> str:
    """The text without the secrets: a service may repeat what it was sent."""
    # The longest first: a shorter one may be a part of it.
    for secret in sorted(_written(secrets), key=len, reverse=True):
        text = text.replace(secret, "...")
    return text


def _written(secrets: Iterable[str]) -> Iterator[str]:
    """Each secret, and how it stands in an address and in JSON."""
    for secret in secrets:
        if len(secret) >= _SHORTEST_SECRET:
            yield from {secret, quote(secret, safe=""), json.dumps(secret)[1:-1]}


def secrets_in(headers: Mapping[str, str]) -> Iterator[str]:
    """What of the headers that sign in must be shown nowhere."""
    for value in headers.values():
        yield value
        secret = value.rpartition(" ")[2].removeprefix("token=")
        yield secret
        if value.startswith("Basic "):
            yield _secret_of_pair(secret)


def _secret_of_pair(packed: str) -> str:
    """The password of a pair; its user where a service takes a key for one, and any password."""
    try:
        user, _, password = b64decode(packed).decode().partition(":")
    except ValueError:
        return packed
    return password if len(password) >= _SHORTEST_SECRET else user


def _parsed(raw: bytes) -> Any:  # noqa: ANN401 - JSON
    try:
        return json.loads(raw)
    except (ValueError, RecursionError):
        return None


def _texts(content: object, depth: int) -> Iterator[str]:
    """The sentences of an answer, wherever services have them."""
    if depth > _DEEPEST:
        return
    if isinstance(content, str):
        if content.strip():
            yield content.strip()[:_LONGEST]
    elif isinstance(content, list):
        for item in content[:_MOST]:
            yield from _texts(item, depth + 1)
    elif isinstance(content, dict):
        yield from _of_object(content, depth)


def _of_object(content: Mapping[str, object], depth: int) -> Iterator[str]:
    known = [name for name in _SAYING if name in content]
    for name in known:
        yield from _texts(content[name], depth + 1)
    if known or not depth:
        return
    for name, value in islice(content.items(), _MOST):  # faults by the names of what is wrong
        if name not in _SILENT:
            yield from (f"{name[:60]}: {text}" for text in _texts(value, depth + 1))


def _phrase(code: int) -> str:
    try:
        return HTTPStatus(code).phrase
    except ValueError:
        return "it says no more"
