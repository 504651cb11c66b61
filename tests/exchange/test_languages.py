from __future__ import annotations

import pytest

from cannery.exchange.languages import Named, families, known_language, language_words, split_name
from cannery.model.canned_reply import CannedReply, Origin

WORDS = language_words(["en", "ja"])


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("refund_ja", Named("refund", "ja")),
        ("Refund (JP)", Named("Refund", "ja")),
        ("Refund（日本語）", Named("Refund", "ja")),
        ("[EN] Refund", Named("Refund", "en")),
        ("JP: Refund", Named("Refund", "ja")),
        ("ja-refund", Named("refund", "ja")),
        ("refund.en", Named("refund", "en")),
        ("Refund - Japanese", Named("Refund", "ja")),
        ("refund", Named("refund")),
        ("sign-in", Named("sign-in")),
        ("contact-us", Named("contact-us")),
        ("Write to us", Named("Write to us")),
        ("How to reset it", Named("How to reset it")),
        ("(JP)", Named("(JP)")),
        ("Refund (VAT)", Named("Refund (VAT)")),
        ("v1.2", Named("v1.2")),
        ("", Named("")),
    ],
)
def test_a_name_tells_its_language(name: str, expected: Named) -> None:
    assert split_name(name, WORDS) == expected


@pytest.mark.parametrize("written", ["ja", "JA", "ja-JP", "ja_JP", "Japanese", "日本語"])
def test_a_language_is_known_by_its_names(written: str) -> None:
    assert known_language(written, WORDS) == "ja"


def test_a_language_that_the_knowledge_base_lacks_is_none() -> None:
    assert known_language("fr", WORDS) == ""


def _families(*replies: CannedReply) -> list[dict[str, str]]:
    found = families(replies, WORDS, "en", lambda text: "ja" if "。" in text else "en")
    return [{name: one.title for name, one in family.by_language.items()} for family in found]


def _reply(title: str, body: str = "x", **more: str) -> CannedReply:
    return CannedReply(title, body, Origin("a"), **more)  # type: ignore[arg-type]


def test_names_pair_languages() -> None:
    assert _families(_reply("refund"), _reply("Refund_JA"), _reply("hello")) == [
        {"en": "refund", "ja": "Refund"}, {"en": "hello"},
    ]  # fmt: skip


def test_folders_pair_languages() -> None:
    one, two = _reply("refund", section="en/billing"), _reply("refund", section="ja/billing")
    (family,) = families([one, two], WORDS, "en", lambda _: "")
    assert {*family.by_language} == {"en", "ja"}
    assert family.first("en").section == "billing"


def test_a_shortcut_pairs_titles_of_two_languages() -> None:
    pair = (_reply("Refund", shortcut=":refund"), _reply("返金", shortcut=":refund_ja"))
    assert _families(*pair) == [{"en": "Refund", "ja": "返金"}]
    assert families(pair, WORDS, "en", lambda _: "en")[0].shortcut == ":refund"


def test_a_shortcut_with_the_language_at_its_end_pairs_where_there_is_the_other() -> None:
    pair = (_reply("返金", shortcut=";refundjp", body="。"), _reply("Refund", shortcut=";refund"))
    assert _families(*pair) == [{"ja": "返金", "en": "Refund"}]
    assert _families(_reply("x", shortcut=";menus")) == [{"en": "x"}]


def test_texts_tell_the_language_for_want_of_a_name() -> None:
    assert _families(_reply("Refund"), _reply("Refund", "返金しました。")) == [
        {"en": "Refund", "ja": "Refund"}
    ]


def test_two_replies_of_one_name_and_language_are_two() -> None:
    assert _families(_reply("Refund"), _reply("Refund", "other")) == [
        {"en": "Refund"}, {"en": "Refund"},
    ]  # fmt: skip


def test_a_language_that_the_knowledge_base_lacks_is_told() -> None:
    (family,) = families([_reply("Hallo", language="de")], WORDS, "en", lambda _: "en")
    assert [loss.what for loss in family.first("en").losses] == ["de"]


def test_several_of_one_shortcut_are_paired_in_their_order() -> None:
    replies = [
        _reply("One", shortcut=";x"), _reply("Two", shortcut=";x"),
        _reply("一", shortcut=";x", language="ja"), _reply("二", shortcut=";x", language="ja"),
    ]  # fmt: skip
    assert _families(*replies) == [{"en": "One", "ja": "一"}, {"en": "Two", "ja": "二"}]
