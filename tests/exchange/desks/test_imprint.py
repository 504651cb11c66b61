"""An answer is known again in what a desk made of it."""

from __future__ import annotations

import pytest

from cannery.exchange.desks.imprint import imprints, is_of

TEXT = "Dear Kim, we have sent you a new link. It is good for an hour."


@pytest.mark.parametrize(
    "text",
    [
        "<p>Dear Kim,</p><p>we have sent you a new <b>link</b>. It is good for an hour.</p>",
        '<div dir="auto">Dear&nbsp;Kim, we have sent you\n a new link. It is good for an hour</div>',
        f"{TEXT}\n--\nAda from Acme",
        f"<style>p {{}}</style><p>{TEXT}</p>",
    ],
)
def test_tags_blanks_signs_and_a_signature_make_no_difference(text: str) -> None:
    assert is_of(text, imprints([TEXT]))


@pytest.mark.parametrize(
    "text", ["", "Dear Kim", TEXT.replace("Kim", "Lee"), f"Hello. {TEXT}", "<p></p>"]
)
def test_another_message_is_not_taken_for_it(text: str) -> None:
    assert not is_of(text, imprints([TEXT]))


def test_a_short_answer_is_not_found_in_a_longer_one() -> None:
    assert not is_of("Thanks for waiting.", imprints(["Thanks"]))
    assert is_of("<p>Thanks!</p>", imprints(["Thanks"]))


def test_an_answer_without_letters_has_an_imprint() -> None:
    assert is_of("<p>👍</p>", imprints(["👍"]))
    assert not is_of("<p>👎</p>", imprints(["👍"]))
    assert imprints([" \n"]) == ()
