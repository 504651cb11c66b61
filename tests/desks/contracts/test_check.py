from __future__ import annotations

from typing import Any

import pytest

from tests.desks.contracts.check import Contract, Exchange
from tests.desks.contracts.description import Description

_DATA: dict[str, Any] = {
    "openapi": "3.0.3",
    "servers": [{"url": "https://{desk}.example.com/api"}],
    "paths": {
        "/macros/{id}": {
            "parameters": [{"name": "id", "in": "path", "required": True, "schema": {"type": "integer"}}],
            "put": {
                "parameters": [{"name": "notify", "in": "query", "schema": {"type": "boolean"}}],
                "requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Macro"}}}},
                "responses": {"200": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Macro"}, "example": {"title": "x"}}}}},
            },
        },
        "/macros/active": {"get": {"parameters": [{"name": "group", "in": "query", "required": True, "schema": {"type": "string"}}], "responses": {}}},
    },
    "components": {
        "schemas": {"Macro": {"type": "object", "required": ["title"], "properties": {"title": {"type": "string"}, "note": {"type": "string", "nullable": True}}}}
    },
}  # fmt: skip
_GOOD = Exchange("desk", "test", "PUT", "/api/macros/12", "", "application/json", '{"title": "x"}', 200, '{"title": "x"}', is_ours=True)  # fmt: skip


def _texts(**changes: Any) -> list[str]:  # noqa: ANN401 - fields of an exchange
    return [one.text for one in Contract(Description(_DATA)).check(_GOOD._replace(**changes))]


def test_what_is_as_described_has_no_findings() -> None:
    assert _texts() == []
    assert _texts(body='{"title": "x", "note": null}', query="notify=true") == []


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({"body": '{"title": 1}'}, "title: 1 is not of type 'string'"),
        ({"body": '{"note": "x"}'}, "it: 'title' is a required property"),
        ({"body": '{"title": "x", "colour": "red"}'}, "the body has no colour"),
        ({"content_type": "text/plain"}, "the body may not be text/plain"),
        ({"query": "colour=red"}, "no query parameter colour"),
        ({"query": "notify=perhaps"}, "it: 'perhaps' is not of type 'boolean'"),
        ({"answer": '{"title": null}'}, "answer 200: title: None is not of type 'string'"),
        (
            {"method": "GET", "path": "/api/macros/active", "body": ""},
            "query parameter group is needed",
        ),
    ],
)
def test_what_is_not_as_described_is_found(changes: dict[str, Any], text: str) -> None:
    assert _texts(**changes) == [text]


def test_of_two_operations_the_more_exact_one_is_meant() -> None:
    found = Description(_DATA).find("GET", "/api/macros/active")
    assert found is not None
    assert found.path == "/macros/active"
    assert Description(_DATA).find("GET", "/api/macros/12") is None


def test_its_examples_are_told() -> None:
    examples = [one for operation in Description(_DATA).operations for one in operation.examples]
    assert [(one.code, one.value) for one in examples] == [("200", {"title": "x"})]


def test_swagger_2_says_the_same_in_other_places() -> None:
    schema = {"$ref": "#/definitions/Macro"}
    body = {"name": "data", "in": "body", "required": True, "schema": schema}
    put = {"parameters": [body], "responses": {200: {"schema": schema}}}
    path = {"parameters": [{"name": "id", "in": "path", "type": "integer"}], "put": put}
    data = {"swagger": "2.0", "basePath": "/api", "paths": {"/macros/{id}": path}, "definitions": _DATA["components"]["schemas"]}  # fmt: skip
    wrong = _GOOD._replace(body='{"title": 1}', answer='{"title": 2}')
    found = [one.text for one in Contract(Description(data)).check(wrong)]
    assert found == [
        "title: 1 is not of type 'string'",
        "answer 200: title: 2 is not of type 'string'",
    ]
