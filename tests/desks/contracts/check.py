"""One exchange with a desk against its description."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple
from urllib.parse import parse_qsl

from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from tests.desks.contracts.description import Description, Operation
from tests.desks.contracts.json_schema import as_json_schema, undeclared

_ROOT = "urn:description"


class Exchange(NamedTuple):
    """A request and its answer, as they went over the wire. `test` is what sent it."""

    desk: str
    test: str
    method: str
    path: str
    query: str
    content_type: str
    body: str
    code: int
    answer: str
    is_ours: bool  # whether the answer is of a server that is made up, and the request our client's


class Finding(NamedTuple):
    operation: str
    text: str
    test: str

    def __str__(self) -> str:
        return f"{self.operation}: {self.text} ({self.test})"


class Contract:
    """`allowed` are query parameters that a desk takes everywhere, though no operation says so."""

    def __init__(self, description: Description, allowed: frozenset[str] = frozenset()) -> None:
        self.description = description
        self._allowed = allowed
        data = as_json_schema(dict(description.data))
        resource = Resource.from_contents(data, default_specification=DRAFT202012)
        self._registry: Registry[Any] = Registry().with_resource(_ROOT, resource)
        self._validators: dict[int, Draft202012Validator] = {}

    def operation(self, exchange: Exchange) -> Operation | None:
        return self.description.find(exchange.method, exchange.path)

    def check(self, exchange: Exchange) -> Iterator[Finding]:
        """What of it the description does not allow; nothing for an operation that it has not."""
        operation = self.operation(exchange)
        if operation is None:
            return
        for text in (*self._of_query(operation, exchange), *self._of_body(operation, exchange)):
            yield Finding(operation.name, text, exchange.test)
        for text in self.of_answer(operation, str(exchange.code), _json(exchange.answer)):
            yield Finding(operation.name, f"answer {exchange.code}: {text}", exchange.test)

    def of_answer(self, operation: Operation, code: str, answer: Any) -> Iterator[str]:  # noqa: ANN401 - JSON
        schema = operation.answers.get(code) or operation.answers.get(f"{code[0]}XX")
        if schema is not None and answer is not None and answer != "":
            yield from self._errors(schema, answer)

    def _of_query(self, operation: Operation, exchange: Exchange) -> Iterator[str]:
        given = dict(parse_qsl(exchange.query, keep_blank_values=True))
        known = {one.name: one for one in operation.parameters if one.place == "query"}
        for name, value in given.items():
            plain = name.split("[")[0]
            if name in known:
                yield from self._errors(known[name].schema, _typed(known[name].schema, value))
            elif not {name, plain, f"{plain}[]"} & (known.keys() | self._allowed):
                yield f"no query parameter {name}"
        for name, one in known.items():
            if one.is_required and name not in given:
                yield f"query parameter {name} is needed"

    def _of_body(self, operation: Operation, exchange: Exchange) -> Iterator[str]:
        if not exchange.body:
            return
        kind = exchange.content_type.partition(";")[0]
        if operation.media and kind not in operation.media:
            yield f"the body may not be {kind}"
        body = _json(exchange.body)
        if operation.body is None or "json" not in kind:
            return
        yield from self._errors(operation.body, body)
        for name in undeclared(operation.body, body, self.description.resolved):
            yield f"the body has no {name}"

    def _errors(self, schema: Any, value: Any) -> Iterator[str]:  # noqa: ANN401 - JSON
        for error in self._validator(schema).iter_errors(value):
            place = ".".join(map(str, error.absolute_path))
            yield f"{place or 'it'}: {error.message[:160]}"

    def _validator(self, schema: Any) -> Draft202012Validator:  # noqa: ANN401 - JSON
        if id(schema) not in self._validators:
            told = _rooted(as_json_schema(schema))
            self._validators[id(schema)] = Draft202012Validator(told, registry=self._registry)
        return self._validators[id(schema)]


def _rooted(value: Any) -> Any:  # noqa: ANN401 - JSON
    """References of a piece, as those into the whole document."""
    if isinstance(value, list):
        return [_rooted(one) for one in value]
    if isinstance(value, Mapping):
        return {
            key: f"{_ROOT}{one}" if key == "$ref" and isinstance(one, str) else _rooted(one)
            for key, one in value.items()
        }
    return value


def _json(text: str) -> Any:  # noqa: ANN401 - JSON
    try:
        return json.loads(text) if text else None
    except ValueError:
        return None


def _typed(schema: Any, value: str) -> Any:  # noqa: ANN401 - JSON
    """A value of a query as what its schema asks for, where it can be read as that."""
    kind = schema.get("type") if isinstance(schema, Mapping) else None
    if kind in {"integer", "number"} and value.lstrip("-").isdecimal():
        return int(value)
    if kind == "boolean" and value in {"true", "false"}:
        return value == "true"
    return value.split(",") if kind == "array" else value
