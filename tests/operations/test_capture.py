"""A reply is read, held to what may be kept, and made into a draft."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from tests.conftest import Base

from cannery.capture.personal_span import PersonalSpan, Placeholder
from cannery.errors import CanneryError, UsageError
from cannery.model.location import Kind
from cannery.operations.capture import (
    change_in_line,
    fill_draft,
    keep_copy,
    language_of_reply,
    likely_duplicates,
    personal_spans,
    proposals,
    read_reply,
)
from cannery.operations.draft import Draft

ORDER = Placeholder("order_number", "Order number")
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
    assert change_in_line(REPLY, spans[0], 80) == ("Dear ", "Kim Lee", "{{ customer }}", ",")


def test_of_a_long_line_what_stands_beside_the_change_is_shown(base: Base) -> None:
    text = f"{'before ' * 40}A-1234 {'after ' * 40}\n"
    start = text.index("A-1234")
    change = change_in_line(text, PersonalSpan(start, start + 6, "A-1234", ORDER), 80)
    assert (change.before[0], change.after[-1]) == ("…", "…")
    assert len("".join(change)) <= 80


def test_a_text_that_stands_twice_is_proposed_once(base: Base) -> None:
    text = "Hi Kim,\n\norder A-17 and order A-18 of 3 May 2026.\nThanks, Kim!\n\nBest,\nAoki\n"
    groups = proposals(personal_spans(base.workspace, text))
    assert [[span.text for span in group] for group in groups] == [
        ["Kim", "Kim"], ["A-17"], ["A-18"], ["3 May 2026"], ["Aoki"],
    ]  # fmt: skip


LINK = "https://app.example/magic?token=Zk81hQpL0mWv"


def test_a_link_with_a_key_is_no_secret_that_refuses_the_text_and_no_draft_has_it(
    base: Base,
) -> None:
    text = read_reply("-", io.StringIO(f"Hi Kim,\nsign in: {LINK}\n"))
    spans = personal_spans(base.workspace, text)
    draft = Draft(Kind.MACRO, "Sign in")
    assert "sign in: {{ link }}" in fill_draft(draft, text, spans).body
    with pytest.raises(CanneryError, match="a link in the text gives access"):
        fill_draft(draft, text, spans[:1])


def test_the_copy_that_is_kept_meanwhile_has_no_key_of_a_link(base: Base) -> None:
    copy = keep_copy(base.workspace, f"sign in: {LINK}\n").copy
    assert copy is not None
    assert copy.read_text("utf-8") == "sign in: (link with a key)\n"


@pytest.mark.parametrize(
    ("text", "settings", "expected"),
    [
        ("田中様\n\nKubernetes をご確認ください。\n", 'languages = ["en", "ja"]\n', "ja"),
        ("Press 「保存」 in the menu, please.\n", 'languages = ["en", "ja"]\n', ""),
        ("田中様\n\nご確認ください。\n", 'languages = ["en"]\n', ""),
        ("Press it.\n", 'languages = ["en", "ja"]\ndefault_language = "ja"\n', "en"),
    ],
)
def test_the_language_is_the_texts(base: Base, text: str, settings: str, expected: str) -> None:
    base.write("kb.toml", settings)
    assert language_of_reply(base.workspace, text) == expected


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


LINES = "Kim Lee\n1 Main Road\n\n・one\n・two\n\n- a\n- b\n"


def test_line_ends_of_a_macro_stay_line_ends_in_every_format() -> None:
    draft = Draft(Kind.MACRO, "T")
    assert fill_draft(draft, LINES, []).body == LINES
    assert fill_draft(draft, LINES, [], keeps_lines=False).body == (
        "Kim Lee\\\n1 Main Road\n\n・one\\\n・two\n\n- a\n- b\n"
    )


def test_line_ends_that_pasted_html_means_are_line_ends() -> None:
    assert fill_draft(Draft(Kind.MACRO, "T"), "a\\\nb\n", []).body == "a\nb\n"
