from __future__ import annotations

from cannery.exchange.body import from_html, from_markdown, markdown_of
from cannery.exchange.liquid_text import Unread, read_liquid
from cannery.model.location import Status


def test_liquid_that_can_be_filled_in_stays() -> None:
    text = "{% if paid %}Hi {{ name | upcase }}{% endif %}\n"
    found = read_liquid(text)
    assert (markdown_of(found.pieces, from_markdown), found.unread) == (text, ())


def test_an_output_that_liquid_cannot_read_is_asked_for() -> None:
    found = read_liquid("Hi {{customer name}}, {{ticket.id}}")
    assert markdown_of(found.pieces, from_markdown) == "Hi {{ customer_name }}, {{ticket.id}}\n"


def test_a_tag_that_liquid_cannot_read_is_left_out_and_told() -> None:
    found = read_liquid("a\n{% include 'x' %}b {{#each}}c")
    assert found.unread == (
        Unread(2, "{% include 'x' %}", "it calls a piece that is kept elsewhere"),
    )
    assert markdown_of(found.pieces, from_markdown) == "a\nb {{ each }}c\n"


def test_a_filter_that_nobody_knows_is_left_out_and_told() -> None:
    found = read_liquid("{{ created | datetime_format('LL') }}, {{ user.name|fallback:\"you\" }}")
    assert found.unread == (Unread(1, "{{ created | datetime_format('LL') }}"),)
    assert markdown_of(found.pieces, from_markdown) == (
        '{{ created }}, {{ ticket.requester.name|default:"you" }}\n'
    )


def test_quotes_that_html_writes_as_references_are_quotes() -> None:
    found = read_liquid("<p>{{ name | default: &quot;a &amp; b&quot; }}</p>", is_html=True)
    assert markdown_of(found.pieces, from_html) == '{{ name | default: "a & b" }}\n'


def test_a_part_that_is_not_there_is_left_out_and_conditions_stay() -> None:
    found = read_liquid("{% render 'hello' %}\n{% if a %}x{% else %}y{% endif %} {{ b c }}")
    assert markdown_of(found.pieces, from_markdown) == (
        "{% if a %}x{% else %}y{% endif %} {{ b_c }}\n"
    )
    assert ([one.written for one in found.unread], found.is_whole) == (
        ["{% render 'hello' %}"],
        True,
    )


def test_conditions_that_do_not_fit_together_leave_a_draft_of_all_branches() -> None:
    found = read_liquid("{% if a %}x{% else %}y {{ z }}")
    assert markdown_of(found.pieces, from_markdown) == "xy {{ z }}\n"
    assert [one.written for one in found.unread] == ["{% if a %}", "{% else %}"]
    assert found.status is Status.DRAFT


def test_what_is_raw_is_text() -> None:
    found = read_liquid("{% raw %}{{ a }}{% endraw %} {{ b }}")
    assert markdown_of(found.pieces, from_markdown) == "{{ '{{' }} a }} {{ b }}\n"
    assert found.unread == ()
