"""A published description of an API (OpenAPI 3, Swagger 2): its operations by method and path."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

Json = Mapping[str, Any]
_METHODS = ("get", "post", "put", "patch", "delete")


class Parameter(NamedTuple):
    name: str
    place: str  # path, query, header, body, formData
    is_required: bool
    schema: Json


class Example(NamedTuple):
    """An answer that the description shows."""

    operation: str
    code: str
    value: Any


@dataclass(frozen=True)
class Operation:
    """`body` is None where the description tells of none. `answers` are schemas by status."""

    method: str
    path: str
    parameters: Sequence[Parameter]
    body: Json | None
    answers: Mapping[str, Json]
    examples: Sequence[Example]
    media: frozenset[str]  # what the body may be

    @property
    def name(self) -> str:
        return f"{self.method} {self.path}"

    @property
    def pattern(self) -> re.Pattern[str]:
        pieces = re.split(r"\{[^}]*\}", self.path.rstrip("/"))
        return re.compile("[^/]+".join(map(re.escape, pieces)) + r"(?:\.json)?/?")

    @property
    def fixed(self) -> int:
        """How much of the path is no parameter: of two that match, the more exact one is meant."""
        return len(re.sub(r"\{[^}]*\}", "", self.path))


class Description:
    """`data` is the whole of it, which `$ref` points into."""

    def __init__(self, data: Json) -> None:
        self.data = data
        self.is_old = "swagger" in data
        self.base = _base(data)
        self.operations = [*self._operations()]

    def find(self, method: str, path: str) -> Operation | None:
        """The operation that is meant by a request."""
        found = [
            one
            for one in self.operations
            if one.method == method and one.pattern.fullmatch(path.removeprefix(self.base))
        ]
        return max(found, key=lambda one: one.fixed, default=None)

    def resolved(self, value: Any) -> Any:  # noqa: ANN401 - JSON
        """What a reference points to; any other value itself."""
        while isinstance(value, dict) and isinstance(value.get("$ref"), str):
            value = self._at(value["$ref"])
        return value

    def _at(self, reference: str) -> Any:  # noqa: ANN401 - JSON
        found: Any = self.data
        for name in reference.removeprefix("#/").split("/"):
            found = found[name.replace("~1", "/").replace("~0", "~")]
        return found

    def _operations(self) -> Iterator[Operation]:
        for path, item in self.data["paths"].items():
            shared = item.get("parameters", [])
            for method in _METHODS:
                if isinstance(told := item.get(method), dict):
                    yield self._operation(method.upper(), path, shared, told)

    def _operation(self, method: str, path: str, shared: Sequence[Any], told: Json) -> Operation:
        parameters = [self._parameter(one) for one in [*shared, *told.get("parameters", [])]]
        body, media = self._body(told, parameters)
        answers: dict[str, Json] = {}
        examples: list[Example] = []
        for code, answer in (told.get("responses") or {}).items():
            schema, shown = self._answer(self.resolved(answer))
            if schema is not None:
                answers[str(code)] = schema
            examples += [Example(f"{method} {path}", str(code), one) for one in shown]
        return Operation(method, path, parameters, body, answers, examples, media)

    def _parameter(self, told: Any) -> Parameter:  # noqa: ANN401 - JSON
        one = self.resolved(told)
        schema = one.get("schema")
        if schema is None:
            schema = {key: one[key] for key in ("type", "enum", "items", "format") if key in one}
        return Parameter(one["name"], one["in"], bool(one.get("required")), schema)

    def _body(self, told: Json, parameters: Sequence[Parameter]) -> tuple[Json | None, frozenset[str]]:  # fmt: skip
        old = next((one for one in parameters if one.place == "body"), None)
        if old is not None:
            return old.schema, frozenset({"application/json"})
        content = (self.resolved(told.get("requestBody")) or {}).get("content", {})
        schema = next((one.get("schema") for kind, one in content.items() if "json" in kind), None)
        return schema, frozenset(content)

    def _answer(self, told: Json) -> tuple[Json | None, list[Any]]:
        if self.is_old:
            return told.get("schema"), [*(told.get("examples") or {}).values()]
        for kind, content in (told.get("content") or {}).items():
            if "json" in kind:
                return content.get("schema"), [*self._examples(content)]
        return None, []

    def _examples(self, content: Json) -> Iterator[Any]:
        if "example" in content:
            yield content["example"]
        for one in (content.get("examples") or {}).values():
            example = self.resolved(one)
            yield example.get("value", example) if isinstance(example, dict) else example


def load(path: Path) -> Description:
    """A description from its file: JSON, or YAML 1.2, in which `=` and `on` are texts."""
    if path.suffix == ".json":
        return Description(json.loads(path.read_text()))
    from ruamel.yaml import YAML

    reader = YAML(typ="safe")
    # The C parser still knows YAML 1.1's `=`, and has no value for it.
    kind = type(reader.constructor)
    reader.constructor.add_constructor("tag:yaml.org,2002:value", kind.construct_yaml_str)
    reader.constructor.add_constructor("tag:yaml.org,2002:timestamp", kind.construct_yaml_str)
    return Description(reader.load(path.read_text()))


def _base(data: Json) -> str:
    """What stands before each path, such as `/api/v2`."""
    if "basePath" in data:
        return str(data["basePath"]).rstrip("/")
    servers = data.get("servers") or [{"url": ""}]
    return urlsplit(re.sub(r"\{[^}]*\}", "x", servers[0]["url"])).path.rstrip("/")
