from __future__ import annotations

from contextlib import closing

from cannery.rest.client import PlainClient
from tests.desks.contracts.description import Description
from tests.desks.contracts.example_server import ExampleServer, example_of


def test_an_example_is_the_answer() -> None:
    example = {"macros": [{"id": 1}], "next_page": "https://x.example"}
    content = {"application/json": {"schema": {}, "example": example}}
    get = {"responses": {"200": {"content": content}}}
    server = ExampleServer([Description({"openapi": "3.0.0", "paths": {"/macros": {"get": get}}})])
    server.start()
    with closing(PlainClient(server.address, dict)) as client:
        assert client.ask("GET", "/macros").content == {"macros": [{"id": 1}]}
        assert client.ask("GET", "/users").content == []
    server.stop()
    assert server.without == ["GET /users"]


def test_without_an_example_the_answer_is_as_its_schema_has_it() -> None:
    properties = {"id": {"type": "integer"}, "name": {"type": "string", "example": "Refund"}, "tags": {"type": "array", "items": {"enum": ["a", "b"]}}}  # fmt: skip
    assert example_of({"allOf": [{"properties": properties}]}, lambda it: it) == {
        "id": 1,
        "name": "Refund",
        "tags": ["a"],
    }
