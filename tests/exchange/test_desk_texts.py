"""Whatever stands in a help desk's text: the macro that comes of it can be filled in, and has no hole."""

from __future__ import annotations

import json
from collections.abc import Callable
from html import escape

from hypothesis import given, settings
from hypothesis import strategies as st

from cannery.content.holes import holes_in_template
from cannery.exchange.finish import finished
from cannery.exchange.table import read_all
from cannery.model.location import Status
from tests.exchange.placeholders.texts import TEXTS, fill_in
from tests.exchange.reading import source_file


def _action(name: str, text: str) -> object:
    return {"name": name, "arguments": {"body_html": f"<p>{escape(text)}</p>"}}


RECORDS: dict[str, Callable[[str], object]] = {
    "chatwoot": lambda text: {"short_code": "a", "content": text},
    "freshdesk": lambda text: {"title": "a", "content_html": f"<div>{escape(text)}</div>"},
    "front": lambda text: {
        "name": "a",
        "body": f"<b>{text}</b>",
        "subject": text,
        "inbox_ids": None,
    },
    "gorgias": lambda text: {"name": "a", "actions": [_action("setResponseText", text)]},
    "help_scout": lambda text: {"name": "a", "text": f"{text}<br />", "chatText": ""},
    "intercom": lambda text: {"type": "macro", "name": "a", "body": f"<p>{escape(text)}</p>"},
    "osticket": lambda text: {"title": "a", "response": text, "isenabled": 1},
    "zammad": lambda text: {"name": "a", "keywords": "", "content": f"<a href='{text}'>{text}</a>"},
    "zendesk": lambda text: {"title": "a", "actions": [{"field": "comment_value", "value": text}]},
}


@settings(deadline=None)
@given(desk=st.sampled_from(sorted(RECORDS)), text=TEXTS)
def test_what_comes_of_any_text_can_be_filled_in(desk: str, text: str) -> None:
    file = source_file("a.json", json.dumps([RECORDS[desk](text)]))
    for reply in map(finished, read_all([file], desk).replies):
        fill_in(reply.body, reply.fields)
        fill_in(reply.subject, reply.fields)
        assert not holes_in_template(reply.body) or reply.status is Status.DRAFT
