from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft7Validator
from tests.conftest import Base, Run

from cannery.content.keys import names_of
from cannery.content.schema import front_matter_schema
from cannery.content.split import split
from cannery.model.entry import Field, Header, Macro

OWN = Path(__file__).parents[2] / "kb"
MACRO = front_matter_schema(macro=True)
ARTICLE = front_matter_schema(macro=False)


def _is_valid(schema: dict[str, object], text: str) -> bool:
    data = json.loads(json.dumps(yaml.safe_load(text), default=str))  # as an editor reads it
    return Draft7Validator(schema).is_valid(data)


@pytest.mark.parametrize("schema", [MACRO, ARTICLE])
def test_it_is_a_schema(schema: dict[str, object]) -> None:
    Draft7Validator.check_schema(schema)


def test_it_knows_the_keys_that_are_read() -> None:
    flags = {"draft", "headless", "published"}  # of other programs
    assert {*MACRO["properties"]} == names_of(Header, Macro) | flags  # type: ignore[misc]
    assert {*ARTICLE["properties"]} == names_of(Header) | flags  # type: ignore[misc]
    field = MACRO["properties"]["fields"]["items"]["anyOf"][1]  # type: ignore[index]
    assert {*field["properties"]} == names_of(Field)


def test_it_knows_the_keys_that_settings_name(base: Base, kb: Run) -> None:
    settings = "[front_matter]\nown = ['layout']\nnames = {'last_update.date' = 'reviewed'}\n"
    base.write("kb.toml", f"format = 2\n{settings}")
    schema = json.loads(kb("schema", "article").out)
    assert _is_valid(schema, "title: T\nlayout: [a]\nlast_update: {date: 2024-05-06}")
    assert not _is_valid(schema, "title: T\nlayuot: a")


@pytest.mark.parametrize("folder", ["macros", "articles"])
def test_our_own_content_suits_it(folder: str) -> None:
    schema = MACRO if folder == "macros" else ARTICLE
    files = [path for path in (OWN / folder).rglob("*.md") if "_parts" not in path.parts]
    assert files
    for path in files:
        assert _is_valid(schema, split(path.read_text("utf-8")).header), path


@pytest.mark.parametrize(
    "text",
    [
        "titel: x", "audience: everybody", "status: done", "tags: one", "review_every: soon",
        "fields: [{label: x}]", "fields: [{name: x, type: colour}]", "fields: [{name: 'a b'}]",
        "fields: [{name: 1a}]", "fields: [{name: a-b}]", "fields: ['[']",
        "fields: [{name: x, required: maybe}]", "fields: [{name: x, colour: red}]", "actions: [x]",
    ],
)  # fmt: skip
def test_what_is_wrong_does_not(text: str) -> None:
    assert not _is_valid(MACRO, text)


@pytest.mark.parametrize(
    "text",
    [
        "title: 1.10", "title: 10:30", "title: on", "title: yes", "title: =x", "owner: 007",
        "shortcut: 0123", "shortcut: ;refund", "subject: 10:30", "tags: [1.10, 22:05, on]",
        "fields: [顧客名]", "fields: [{name: 顧客名}]", "fields: [{name: a_1, required: on}]",
        "fields: [{name: a, label: 10:30, help: 1.10, default: +8150, choices: [10:30, 0123]}]",
        "fields: [{name: a, choices: {on: off}}]", "related: [1.10]", "reviewed: 2026-01-02",
    ],
)  # fmt: skip
def test_what_is_read_as_it_stands_does(text: str) -> None:
    assert _is_valid(MACRO, text)


def test_the_command_prints_it(kb: Run) -> None:
    assert json.loads(kb("schema").out) == MACRO
    assert json.loads(kb("schema", "article").out) == ARTICLE
