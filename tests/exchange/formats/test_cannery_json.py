from __future__ import annotations

import json

import pytest

from cannery.exchange.formats.cannery_json import FORMAT
from cannery.exchange.table import format_of
from cannery.model.location import Status
from tests.conftest import Base, Run
from tests.exchange.reading import source_file

MACRO = """---
title: Refund
summary: What a refund takes.
tags: [billing]
keywords: [money back]
shortcut: ;refund
subject: About {{ amount }}
fields:
- name: amount
  type: number
  default: '49.00'
- name: kind
  type: choice
  choices: {a: One, b: Two}
  remember: true
actions:
  status: solved
  add_tags: [refund]
---

{% if kind == 'a' %}We have refunded {{ amount }}.{% else %}**Soon.**{% endif %}
"""


def test_what_is_exported_is_imported_as_it_was(base: Base, kb: Run) -> None:
    base.write("macros/billing/refund.md", MACRO)
    exported = kb("export", "json").out
    file = source_file("macros.json", exported)
    assert format_of(file) is FORMAT
    (reply,) = FORMAT.read([file]).replies
    macro = base.macro("billing/refund.md")
    assert reply.losses == ()
    assert (reply.title, reply.section, reply.language, reply.status) == (
        "Refund", "billing", "en", Status.PUBLISHED,
    )  # fmt: skip
    assert (reply.fields, reply.actions, reply.subject) == (
        macro.fields,
        macro.actions,
        macro.subject,
    )
    assert (reply.summary, reply.tags, reply.keywords, reply.shortcut) == (
        macro.header.summary, macro.header.tags, macro.header.keywords, macro.shortcut,
    )  # fmt: skip
    assert reply.body.strip() == macro.body.strip()


@pytest.mark.parametrize(
    "data", [[], {}, [{"id": "articles/a", "body": "x"}], [{"id": "macros/a"}]]
)
def test_other_json_is_none(data: object) -> None:
    assert not FORMAT.recognize(source_file("a.json", json.dumps(data)))


def test_what_is_broken_is_told() -> None:
    broken = source_file("a.json", '[{"id": "macros/a", "body": "x"')
    assert FORMAT.recognize(broken)
    assert "no JSON" in FORMAT.read([broken]).losses[0].why
