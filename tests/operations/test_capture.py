"""A reply is read, held to what may be kept, and made into a draft."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from tests.conftest import Base

from cannery.errors import CanneryError, UsageError
from cannery.model.location import Kind
from cannery.operations.capture import (
    fill_draft,
    keep_copy,
    likely_duplicates,
    personal_spans,
    read_reply,
    replacement,
)
from cannery.operations.draft import Draft

REPLY = "Dear Kim Lee,\n\nyour order A-1234 is on its way.\n\nBest regards\n"


def test_a_stream_is_read_where_a_dash_stands_for_it() -> None:
    assert read_reply("-", io.StringIO(f"\n{REPLY}\n")) == REPLY


def test_html_becomes_markdown(tmp_path: Path) -> None:
    file = tmp_path / "reply.html"
    file.write_text("<p>Press <b>Save</b>.</p>", "utf-8")
    assert read_reply(str(file)) == "Press **Save**.\n"


@pytest.mark.parametrize("text", ["", " \n", "x" * 100_001])
def test_too_little_and_too_much_is_refused(text: str) -> None:
    with pytest.raises(UsageError):
        read_reply("-", io.StringIO(text))


def test_a_secret_is_refused_with_its_line() -> None:
    with pytest.raises(CanneryError) as refused:
        read_reply("-", io.StringIO("Hello\nPassword: hunter22\n"))
    assert "  line 2: " in refused.value.message


def test_a_copy_is_kept_for_its_user_alone(base: Base) -> None:
    copy = keep_copy(base.workspace, REPLY).copy
    assert copy is not None
    assert copy.read_text("utf-8") == REPLY
    assert copy.stat().st_mode & 0o777 == 0o600


def test_each_personal_span_has_its_line_before_and_after(base: Base) -> None:
    spans = personal_spans(base.workspace, REPLY)
    lines = [replacement(REPLY, span) for span in spans]
    assert lines[0][0] == "Dear Kim Lee,"
    assert lines[0][1] == f"Dear {spans[0].template},"


def test_a_macro_gets_fields_and_an_article_gets_none(base: Base) -> None:
    spans = personal_spans(base.workspace, REPLY)
    macro = fill_draft(Draft(Kind.MACRO, "On its way"), REPLY, spans)
    article = fill_draft(Draft(Kind.ARTICLE, "On its way"), REPLY, spans)
    assert spans[0].template in macro.body
    assert macro.header["fields"]
    assert article.header == {}
    assert "Kim Lee" not in macro.body + article.body


def test_what_says_much_the_same_is_a_duplicate(base: Base) -> None:
    base.write("macros/way.md", f"---\ntitle: On its way\n---\n{REPLY}")
    base.write("macros/other.md", "---\ntitle: Other\n---\nReset your password in the menu.\n")
    duplicates = likely_duplicates(base.workspace, REPLY)
    assert [item.at.path for item in duplicates] == ["kb/macros/way.md"]


def test_placeholders_of_other_desks_become_ours_or_fields(base: Base) -> None:
    text = "Hi {{ticket.requester.first_name}}, #{ticket.number} for [Company Name] is `[open]`.\n"
    spans = personal_spans(base.workspace, text)
    filled = fill_draft(Draft(Kind.MACRO, "T", ""), text, spans)
    assert filled.body == (
        "Hi {{ ticket.requester.first_name }}, {{ ticket.id }} for {{ company_name }} is `[open]`.\n"
    )
    assert filled.header == {"fields": [{"name": "company_name", "label": "Company Name"}]}
