"""Whatever a desk answers: records that can be read, or an error that tells what is wrong."""

from __future__ import annotations

import json
from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cannery.errors import CanneryError
from cannery.exchange.desks.desk import Desk
from cannery.model.location import Kind
from cannery.rest.client import Reply
from tests.exchange.desks.opened import opened

_KINDS: Mapping[str, Mapping[str, str]] = {
    "zammad": {},
    "chatwoot": {"account": "1", "portal": "help"},
    "freshdesk": {"category": "A"},
    "front": {"knowledge_base": "knb_1", "author": "tea_1"},
    "discourse": {"category": "7"},
    "gorgias": {},
    "gitlab": {},
    "intercom": {},
    "github": {},
}
_WITH_ARTICLES = frozenset({"chatwoot", "freshdesk", "front"})
_KEYS = (
    "id", "name", "title", "short_code", "content", "content_html", "body", "body_text", "keywords",
    "note", "active", "group_ids", "perform", "ticket.state_id", "ticket.tags", "value", "operator",
    "actions", "action_name", "action_params", "arguments", "tags", "body_html", "subject", "status",
    "language", "external_id", "archived_datetime", "usage", "folder_id", "inbox_ids", "_links",
    "related", "parent_folder", "updated_at", "visible_to_team_ids", "category", "locale", "slug",
    "meta", "associated_articles", "associated_article_id", "description", "databaseId",
    "locales", "parent_category", "visibility", "category_id", "raw", "archived", "visible",
)  # fmt: skip
_WORDS = ("macros/a/b", "Refund ;a (ja)", "setResponseText", "change_status", "published", "#{a", "{{ a", "1", "ja", "")  # fmt: skip
_VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-9, 10**12)
    | st.floats(allow_nan=False)
    | st.sampled_from(_WORDS)
    | st.text(max_size=12),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(_KEYS), inner, max_size=5)
    ),
    max_leaves=12,
)
_SOUND = {
    "id": 7,
    "databaseId": 7,
    "category_id": 7,
    "name": "A",
    "title": "A",
    "short_code": "a",
    "status": "published",
    "actions": [{"name": "setResponseText", "arguments": {"body_html": "<p>a</p>"}}],
    **dict.fromkeys(("content", "content_html", "body"), "<p>a</p>"),
}
_ROWS = st.lists(
    st.dictionaries(st.sampled_from(_KEYS), _VALUES, max_size=6).map(lambda row: _SOUND | row)
    | _VALUES,
    max_size=3,
)


class _Hostile:
    """A client that is answered with these rows, wrapped in every way that a desk has."""

    address = "https://desk.example.com"

    def __init__(self, rows: list[object], *, is_bare: bool) -> None:
        page = {"nodes": rows, "pageInfo": {"hasNextPage": False}}
        owner = {"savedReplies": page, "id": "1"}
        wrapped = {
            "payload": rows,
            "_results": rows,
            "teams": rows,
            "type": "external",
            "category": {"slug": "a"},
            "topic_list": {"topics": rows},
            "data": {"currentUser": owner, "viewer": owner},
        }
        self._content, self._rows = (rows if is_bare else wrapped), rows

    def ask(self, _: str, path: str, *__: object, **___: object) -> Reply:
        if path.endswith("/canned_responses"):
            return Reply(200, self._rows, {})
        if path.startswith("/t/"):
            told = {"category_id": 7, "title": "A", "post_stream": {"posts": self._rows}}
            return Reply(200, told, {})
        if path in ("/api/macros", "/macros"):
            return Reply(200, {"data": self._rows}, {})
        return Reply(200, self._content, {})


def _desk(kind: str, rows: list[object], *, is_bare: bool) -> Desk:
    return opened(kind, _Hostile(rows, is_bare=is_bare), _KINDS[kind])  # type: ignore[arg-type] # as far as a desk asks


@pytest.mark.parametrize("kind", sorted(_KINDS))
@settings(max_examples=60, deadline=None)
@given(rows=_ROWS, is_bare=st.booleans())
def test_any_answer_is_read_or_told(kind: str, rows: list[object], is_bare: bool) -> None:
    desk = _desk(kind, rows, is_bare=is_bare)
    for sort in (Kind.MACRO, Kind.ARTICLE) if kind in _WITH_ARTICLES else (Kind.MACRO,):
        try:
            records = [*desk.records(sort)]
        except CanneryError:
            continue
        for record in records:
            json.dumps(record.parts)
            desk.incoming(record)
