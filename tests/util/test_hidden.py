from __future__ import annotations

import pytest

from cannery.util import hidden


@pytest.fixture(autouse=True)
def nothing_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hidden, "_secrets", set())


def test_what_was_hidden_is_in_no_text() -> None:
    hidden.hide("s3cret", "s3cret-and-more")
    assert hidden.without_hidden("a s3cret-and-more b s3cret") == "a ... b ..."


def test_what_is_too_short_to_be_a_secret_stays() -> None:
    hidden.hide("", "abc")
    assert hidden.without_hidden("abc") == "abc"
