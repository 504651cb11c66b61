from __future__ import annotations

from cannery.content.fill_texts import fill_texts, with_our_names


def test_names_of_another_desk_are_ours() -> None:
    text = 'Hi {{ticket.requester.first_name | fallback: "there"}}, {{ ticket.title }}'
    assert with_our_names(text) == (
        'Hi {{ticket.requester.first_name | default: "there"}}, {{ ticket.subject }}'
    )


def test_the_same_person_in_two_texts_is_one_field() -> None:
    filled = fill_texts(["For [Customer Name]", "Hi [Customer Name],\r\n{{ ticket.title }}"])
    assert filled.texts == (
        "For {{ customer_name }}", "Hi {{ customer_name }},\r\n{{ ticket.subject }}",
    )  # fmt: skip
    assert [field["name"] for field in filled.fields] == ["customer_name"]


def test_a_field_that_there_is_is_not_asked_for_again() -> None:
    assert fill_texts(["[Order]"], ["order"]).fields == ()


def test_an_optional_part_needs_both_ends() -> None:
    text = "%fillpart:name=paid%Thanks.%fillpartend% %fillpartend% %fillpart:name=late%"
    filled = fill_texts([text])
    assert filled.texts == ("{% if paid %}Thanks.{% endif %} %fillpartend% %fillpart:name=late%",)
    assert [field["name"] for field in filled.fields] == ["paid"]


def test_a_brace_before_a_hole_stays_one() -> None:
    assert fill_texts(["{[Name]"]).texts == ("{{ '{' }}{{ name }}",)
