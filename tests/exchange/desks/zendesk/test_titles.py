from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cannery.exchange.desks.zendesk.titles import Title, read, section_name, written
from cannery.util.plain import one_line


@pytest.mark.parametrize(
    ("title", "there"),
    [
        (Title("", "Refund"), "Refund"),
        (Title("Billing", "Refund"), "Billing::Refund"),
        (Title("Billing/Late fees", "Refund"), "Billing::Late fees::Refund"),
    ],
)
def test_sections_stand_before_the_name(title: Title, there: str) -> None:
    assert (written(title), read(there)) == (there, title)


@pytest.mark.parametrize("name", ["C++ std::move", "a:", ":b", "::"])
def test_colons_in_a_name_are_no_border(name: str) -> None:
    title = Title("A", name)
    assert written(title).count("::") == 1
    assert read(written(title)) == title


def test_a_slash_in_a_section_there_is_no_border_here() -> None:
    title = read("Billing / Sales::Refund")
    assert title.section.count("/") == 0
    assert written(title) == "Billing / Sales::Refund"


@pytest.mark.parametrize("text", ["::Refund", " Refund ", "Refund::"])
def test_names_without_letters_are_none(text: str) -> None:
    assert read(text) == Title("", "Refund")


def test_a_section_is_called_as_people_write_it() -> None:
    assert section_name("macros/billing/late-fees/refund") == "Billing/Late fees"


_NAMES = st.text(st.sampled_from("ab :語"), min_size=2, max_size=6).map(one_line).filter(bool)


@given(st.lists(_NAMES, max_size=2), _NAMES)
def test_a_title_comes_back(sections: list[str], name: str) -> None:
    title = Title("/".join(sections), name)
    assert read(written(title)) == title
