"""OpenAPI's schemas as JSON Schema, which the validator knows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_SCHEMAS = ("items", "not", "additionalProperties")
_LISTS = ("allOf", "anyOf", "oneOf")
_DROPPED = frozenset({"example", "examples", "discriminator", "xml", "externalDocs", "format"})


def as_json_schema(value: Any) -> Any:  # noqa: ANN401 - JSON
    """A document with every schema in it changed; references stay as they are.

    A schema is known by what it holds, as a document has schemas in many places.
    """
    if isinstance(value, list):
        return [as_json_schema(one) for one in value]
    if not isinstance(value, dict):
        return value
    told = {str(key): as_json_schema(one) for key, one in value.items() if key not in _DROPPED}
    if isinstance(value.get("properties"), dict):
        # A property may have a name that is a keyword, such as `example` or `format`.
        told["properties"] = {key: as_json_schema(one) for key, one in value["properties"].items()}
    return _without_oddities(told)


def _without_oddities(schema: dict[str, Any]) -> dict[str, Any]:
    if not isinstance(schema.get("required", []), list):
        del schema["required"]  # `required: true` of Swagger's parameters
    if schema.pop("nullable", False) is True or schema.pop("x-nullable", False) is True:
        return _or_null(schema)
    return schema


def _or_null(schema: dict[str, Any]) -> dict[str, Any]:
    kind = schema.get("type")
    if isinstance(kind, str):
        enum = {"enum": [*schema["enum"], None]} if "enum" in schema else {}
        return {**schema, "type": [kind, "null"], **enum}
    return {"anyOf": [schema, {"type": "null"}]}


def undeclared(schema: Any, value: Any, resolve: Any, at: str = "") -> list[str]:  # noqa: ANN401 - JSON
    """The keys of a body that a schema does not tell of, as `macro.colour`."""
    schema = resolve(schema)
    if isinstance(value, list):
        items = schema.get("items", {}) if isinstance(schema, Mapping) else {}
        return [name for one in value for name in undeclared(items, one, resolve, at)]
    if not isinstance(value, dict) or not isinstance(schema, Mapping):
        return []
    known = properties_of(schema, resolve)
    if not known or schema.get("additionalProperties") not in (None, False):
        return []
    found = [f"{at}{name}" for name in value if name not in known]
    for name, one in value.items():
        if name in known:
            found += undeclared(known[name], one, resolve, f"{at}{name}.")
    return found


def properties_of(schema: Any, resolve: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    """All properties that a schema tells of, those of its parts included."""
    schema = resolve(schema)
    if not isinstance(schema, Mapping):
        return {}
    found = dict(schema.get("properties") or {})
    for key in _LISTS:
        for part in schema.get(key, ()):
            found |= properties_of(part, resolve)
    return found
