"""Answers each request with the example that a description has of its answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from tests.desks.contracts.description import Description, Example, Operation
from tests.desks.contracts.json_schema import properties_of
from tests.desks.server import Answer, DeskServer, Request

_PLAIN: dict[str, Any] = {
    "string": "text",
    "integer": 1,
    "number": 1,
    "boolean": True,
    "object": {},
}


class ExampleServer(DeskServer):
    """`without` are operations that were asked for and have no example.

    `beside` has answers by path for what no description has.
    """

    def __init__(
        self, descriptions: Sequence[Description], beside: Mapping[str, object] | None = None
    ) -> None:
        super().__init__([], lambda _: None)
        self._descriptions = descriptions
        self._beside = beside or {}
        self.without: list[str] = []

    def _carried_out(self, request: Request) -> Answer:
        path = request.path.removesuffix(".json")
        found = (
            each.find(request.method, written)
            for each in self._descriptions
            for written in (request.path, path)
        )
        operation = next(filter(None, found), None)
        if operation is None:
            self.without.append(f"{request.method} {path}")
            return Answer(200, self._beside.get(path, []))
        if example := _example(operation):
            return Answer(int(example.code), _without_pages(example.value))
        return self._made_up(operation)

    def _made_up(self, operation: Operation) -> Answer:
        """What the schema of the answer has, each text its own example or its name."""
        schema = next(
            (one for code, one in operation.answers.items() if code.startswith("2")), None
        )
        if schema is None:
            self.without.append(operation.name)
            return Answer(404, {})
        resolve = next(one.resolved for one in self._descriptions if operation in one.operations)
        return Answer(200, _without_pages(example_of(schema, resolve)))


def _example(operation: Operation) -> Example | None:
    """The first example of an answer that is no error."""
    good = (one for one in operation.examples if one.code.startswith("2"))
    return next((one for one in good if isinstance(one.value, dict | list)), None)


def example_of(schema: Any, resolve: Callable[[Any], Any], depth: int = 8) -> Any:  # noqa: ANN401 - JSON
    """A value that a schema allows: its example, or one of its type."""
    schema = resolve(schema)
    if not isinstance(schema, dict) or not depth:
        return None
    told = [schema[key] for key in ("example", "default") if key in schema]
    told += (schema.get("enum") or [])[:1]
    if told:
        return told[0]
    choices = [one for key in ("oneOf", "anyOf") for one in schema.get(key) or ()]
    if choices:
        return example_of(choices[0], resolve, depth - 1)
    if properties := properties_of(schema, resolve):
        return {name: example_of(one, resolve, depth - 1) for name, one in properties.items()}
    items = [example_of(schema["items"], resolve, depth - 1)] if "items" in schema else []
    return {**_PLAIN, "array": items}.get(str(schema.get("type")))


def _without_pages(value: Any) -> Any:  # noqa: ANN401 - JSON
    """The example without what leads to more of the same, for ever."""
    if not isinstance(value, dict):
        return value
    dropped = {"next_page", "meta", "links", "_pagination", "pages"}
    return {key: one for key, one in value.items() if key not in dropped}
