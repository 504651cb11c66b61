from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cannery.capture.macro import as_article, as_macro
from cannery.capture.personal import personal, renumbered
from cannery.liquid.context import RenderContext, Source
from cannery.liquid.template import render
from tests.capture.marked import MORE, OPEN, REPLIES, read
from tests.capture.scored import score

_LEAST, _MOST_FALSE = 0.95, 0.03


@pytest.mark.parametrize("paths", [REPLIES, OPEN, MORE], ids=["replies", "open", "more"])
def test_of_real_replies_the_personal_parts_are_found_and_little_else(paths: list[Path]) -> None:
    scores = [score(read(path)) for path in paths]
    wanted = sum(one.wanted for one in scores)
    proposed = sum(one.proposed for one in scores)
    assert len(paths) >= 20
    assert sum(len(one.missed) for one in scores) <= wanted * (1 - _LEAST)
    assert sum(len(one.false) for one in scores) <= proposed * _MOST_FALSE


@pytest.mark.parametrize("path", [*OPEN, *MORE], ids=lambda path: path.stem)
def test_no_part_is_bound_to_a_wrong_fact(path: Path) -> None:
    assert score(read(path)).wrong == []


def _templates(text: str, **more: str) -> list[tuple[str, str]]:
    return [(part.text, part.template) for part in personal(text, **more)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hi Kim,\n", [("Kim", "{{ customer }}")]),
        ("Dear Dr. Ana López:\n", [("Dr. Ana López", "{{ form_of_address }} {{ customer }}")]),
        ("田中様\n", [("田中様", "{{ customer | honorific }}")]),
        ("ミラーさん、こんにちは", [("ミラーさん", "{{ customer }}さん")]),
        ("case 4711", [("4711", "{{ ticket_id }}")]),
        ("Your order A-17 is here.", [("A-17", "{{ order_number }}")]),
        ("注文番号は「A-17」です", [("A-17", "{{ order_number }}")]),
        ("by 3 May 2026", [("3 May 2026", "{{ date }}")]),
        ("2026年5月3日（日）に", [("2026年5月3日（日）", "{{ date }}")]),
        ("update to v1.2.3", [("v1.2.3", "{{ version }}")]),
        ("See https://a.example/b?c=1.", [("https://a.example/b?c=1", "{{ link }}")]),
        ("Call 090-1234-5678", [("090-1234-5678", "{{ phone }}")]),
        ("¥1,200 as of now", [("¥1,200", "{{ amount }}")]),
    ],
)
def test_each_kind_becomes_its_field(text: str, expected: list[tuple[str, str]]) -> None:
    assert _templates(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Hi all,", "Hello there!", "Hi team,", "Dear Customer,", "Thank you for writing.",
        "お客様の環境", "皆様", "同様の仕様です", "お疲れ様です", "担当者様", "貴社ご担当者様", "王様", "多様な",
        "We are open Monday to Friday.", "It takes 24 hours.", "3時間ほど", "HTTP 404 and port 8080",
        "Use chapter 3.2 of the manual.", "Run `git log -5`.", "five of 10 users", "RFC 9110",
        "Thanks\nplease let me know\n", "it works again\n\nthanks\n",
    ],
)  # fmt: skip
def test_what_is_for_everybody_stays(text: str) -> None:
    assert _templates(text) == []


def test_the_same_text_is_the_same_field_and_another_one_is_another() -> None:
    text = "Hi Kim Lee,\nfrom 2026-01-02 to 2026-01-03, not 2026-01-02.\nThanks, Kim!\n"
    assert [template for _, template in _templates(text)] == [
        "{{ customer }}", "{{ date }}", "{{ date_2 }}", "{{ date }}", "{{ customer }}",
    ]  # fmt: skip


def test_what_is_left_of_several_is_numbered_anew() -> None:
    text = "Dear Ms. Diaz,\nMr. Ito and Ms. Ono meet on 3 May, 4 May and 5 May.\n"
    spans = [span for span in personal(text) if span.text not in ("Mr. Ito", "3 May")]
    left = renumbered(spans)
    assert [span.template for span in left] == [
        "{{ form_of_address }} {{ customer }}", "{{ their_form_of_address }} {{ person }}",
        "{{ date }}", "{{ date_2 }}",
    ]  # fmt: skip
    assert [span.placeholder.label for span in left[2:]] == ["Date", "Date 2"]


def test_the_knowledge_bases_own_addresses_stay() -> None:
    text = "See https://help.example.com/a or write to desk@help.example.com."
    assert _templates(text, own_host="help.example.com") == []


def test_the_agents_own_name_is_no_field_of_the_macro() -> None:
    draft = as_macro("I am Aoki.", personal("I am Aoki.", agent="Aoki"))
    assert (draft.body, draft.fields) == ("I am {{ agent.name }}.", [])


def test_fields_know_where_the_ticket_has_them() -> None:
    text = "Hi Kim,\ncase 4711: your address kim@example.com\n"
    assert as_macro(text, personal(text)).fields == [
        {"name": "customer", "label": "Customer's name", "from": "ticket.requester.first_name"},
        {"name": "ticket_id", "label": "Ticket number", "from": "ticket.id"},
        {
            "name": "email", "label": "Email address", "type": "email",
            "from": "ticket.requester.email",
        },
    ]  # fmt: skip


def test_an_article_has_what_they_are_in_their_place() -> None:
    text = "Hi Kim, use v1.2.3 now.\n"
    assert as_article(text, personal(text)) == "Hi [customer's name], use [version] now.\n"


def test_what_looks_like_liquid_is_told_as_text() -> None:
    text = "Write {{ x }} or {% if %}."
    body = as_macro(text, []).body
    assert body == "Write {{ '{{' }} x }} or {{ '{%' }} if %}."
    assert render(Source(body, ""), {}, RenderContext("en")).plain == text


@given(st.text(max_size=300))
def test_parts_never_lie_over_one_another(text: str) -> None:
    end = 0
    for part in personal(text):
        assert part.start >= end
        assert text[part.start : part.end] == part.text
        end = part.end
