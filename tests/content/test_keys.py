from __future__ import annotations

import json
from dataclasses import MISSING, dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Annotated, Any, get_origin

import pytest
from tests.conftest import Base, Run

from cannery.content import headers, schema
from cannery.content.field_types import FIELD_TYPES
from cannery.content.keys import NamedKey, keys_of, names_of, values_of
from cannery.manual import ARTICLES
from cannery.model.entry import Choice, Field, Header, Key, Macro

_GUIDES = ARTICLES / "guides"


@dataclass(frozen=True, slots=True)
class _Header(Header):
    """The header with one more key: all that a new key takes."""

    escalate: Annotated[tuple[str, ...], Key("Whom to ask next.")] = ()


@pytest.fixture
def made_up(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (headers, schema):
        monkeypatch.setattr(module, "Header", _Header)


@pytest.mark.usefixtures("made_up")
def test_a_made_up_key_is_read_checked_shown_and_in_the_schema(base: Base, kb: Run) -> None:
    base.write("articles/a.md", "---\ntitle: A\nescalate: [tier 2]\nescalat: x\n---\nBody")
    assert json.loads(kb("show", "a", "--json").out)["escalate"] == ["tier 2"]
    faults = {fault.key: fault.hint for fault in base.article("a.md").faults}
    assert faults == {"escalat": "Did you mean escalate?"}
    properties: Any = json.loads(kb("schema", "article").out)["properties"]
    assert properties["escalate"]["description"] == "Whom to ask next."
    assert properties["escalate"]["type"] == "array"


@pytest.mark.usefixtures("made_up")
@pytest.mark.parametrize("escalate", ["5", "{a: b}", "x"])
def test_a_wrong_value_of_a_made_up_key_costs_that_key_alone(base: Base, escalate: str) -> None:
    base.write("articles/a.md", f"---\ntitle: A\nescalate: {escalate}\n---\nBody")
    article = base.article("a.md")
    assert article.header.title == "A"
    assert [fault.key for fault in article.faults] == ["escalate"]


def test_every_attribute_of_header_and_field_is_a_key() -> None:
    for model in (Header, Field):
        assert [key.attribute for key in keys_of(model)] == [*model.__dataclass_fields__]


def test_a_key_that_python_can_not_call_so_has_its_own_name() -> None:
    assert "from" in names_of(Field)
    assert values_of(Field("order", source="ticket.id"))["from"] == "ticket.id"


def test_values_are_told_as_json_has_them() -> None:
    header = Header("T", reviewed=date(2026, 11, 23), review_every=timedelta(180))
    told = json.loads(json.dumps(values_of(header)))
    assert (told["reviewed"], told["review_every"], told["status"]) == (
        "2026-11-23", "180d", "published",
    )  # fmt: skip
    field = Field("plan", type="choice", choices=(Choice("p", "Pro"),))
    assert values_of(field)["choices"] == {"p": "Pro"}


def _row(key: NamedKey) -> str:
    types = ", ".join(f"`{name}`" for name in FIELD_TYPES) if key.name == "type" else ""
    return f"| `{key.name}` | {types or _type(key.type)} | {key.about} | {_default(key.default)} |"


def _type(hint: Any) -> str:  # noqa: ANN401 - a type of any kind
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return ", ".join(f"`{item.value}`" for item in hint)
    names = {
        str: "text",
        int: "a whole number",
        bool: "true or false",
        date: "a day",
        timedelta: "a duration",
    }
    return names[hint] if hint in names else "a list" if get_origin(hint) is tuple else "a mapping"


def _default(value: object) -> str:
    if value is MISSING:
        return "must be there"
    if isinstance(value, bool):
        return str(value).lower()
    return f"`{value}`" if value else ""


@pytest.mark.parametrize("model", [Header, Macro, Field])
def test_the_guide_has_a_row_for_each_key(model: type) -> None:
    guide = (_GUIDES / "front-matter.md").read_text("utf-8")
    rows = "\n".join(map(_row, keys_of(model)))
    assert f"\n{rows}\n\n" in guide, f"The guide's table is to be:\n{rows}"
