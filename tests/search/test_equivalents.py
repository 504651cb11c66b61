"""A word is found in whatever spelling it stands: in katakana, in English, in one word or two."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.conftest import Base

import cannery
from cannery.operations.knowledge_base import KnowledgeBase
from cannery.search.equivalents import equivalents

TEXTS = {
    "english": "title: Trouble\n---\nThe server ends with a gateway timeout.",
    "katakana": "title: 障害\n---\nサーバーの応答がない。ゲートウェイタイムアウトになる。",
    "login": "title: Members\n---\nThe login page stays white.",
    "apart": "title: Access\n---\nThey log in twice a day.",
    "enter": "title: 入口\n---\nログイン画面が白い。",
    "other": "title: Mail\n---\nA letter was sent. メールの設定",
    "support": "title: 窓口\n---\nサポートに聞く。",
    "port": "title: Ports\n---\nOpen the port.",
}


@pytest.fixture
def own(base: Base) -> Iterator[KnowledgeBase]:
    for name, text in TEXTS.items():
        base.write(f"articles/{name}.md", f"---\n{text}\n")
    with cannery.open(base.root) as opened:
        yield opened


def found(own: KnowledgeBase, words: str) -> list[str]:
    return [hit.at.id.removeprefix("articles/") for hit in own.search(words)]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("サーバー", ["katakana", "english"]),
        ("server", ["english", "katakana"]),
        ("servers", ["english", "katakana"]),
        ("ｻｰﾊﾞ", ["katakana", "english"]),
        ("ゲートウェイタイムアウト", ["katakana", "english"]),
        ("gateway timeout", ["english", "katakana"]),
        ("さーばー", ["katakana", "english"]),
    ],
)
def test_what_is_typed_comes_before_its_other_spelling(
    own: KnowledgeBase, words: str, expected: list[str]
) -> None:
    assert found(own, words)[: len(expected)] == expected


def test_a_word_within_another_is_none(own: KnowledgeBase) -> None:
    assert found(own, "port") == ["port"]


@pytest.mark.parametrize(
    "words", ["login", "log in", "log-in", "logging in", "ログイン", "ろぐいん"]
)
def test_one_word_or_two_or_katakana_are_found_by_each(own: KnowledgeBase, words: str) -> None:
    assert {*found(own, words)} >= {"login", "apart", "enter"}


def test_an_exclusion_excludes_only_what_was_typed(own: KnowledgeBase) -> None:
    assert found(own, "timeout -server") == ["katakana"]


def test_the_passage_shows_what_stands_there(own: KnowledgeBase) -> None:
    hit = next(hit for hit in own.search("server") if hit.at.id == "articles/katakana")
    assert [hit.snippet.text[start:end] for start, end in hit.snippet.spans] == ["サーバー"]


def test_a_text_has_the_words_of_all_spellings() -> None:
    assert equivalents("Log in, set-up; サーバーのログイン") == {
        "login=": 2,
        "setup=": 1,
        "server=": 1,
    }
    assert equivalents("A log. In time, a server") == {"login=": 1}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("café", "cafe"),
        ("naïve", "naive"),
        ("Zürich", "Zurich"),
        ("Zürich", "Zuerich"),
        ("Straße", "strasse"),
        ("œuvre", "oeuvre"),
        ("İstanbul", "istanbul"),
        ("ёлка", "елка"),
        ("E-mail", "email"),
        ("Wi-Fi", "wifi"),
        ("back end", "backend"),
        ("timing out", "timeout"),
        ("user’s", "user"),
        ("10,000", "１００００"),
        ("ＶＰＮ", "vpn"),
        ("取り消し", "取消"),
        ("取消し", "取り消し"),
        ("引っ越し", "引越"),
        ("申込書", "申し込み書"),
        ("ぱすわーど", "パスワード"),
        ("ﾌﾟﾘﾝﾀ", "プリンター"),
        ("ヴァイオリン", "バイオリン"),
        ("ウェブ", "ウエブ"),
        ("ディスク", "デイスク"),
        ("斎藤", "齋藤"),
        ("渡邉", "渡邊"),
        ("檜山", "桧山"),
        ("𠮷野", "吉野"),
        ("時々", "時時"),
        ("一ヶ月", "一か月"),
        ("マスター・データ", "マスターデータ"),
        ("か\u3099く", "がく"),
    ],
)
def test_each_of_two_spellings_finds_the_other(base: Base, one: str, other: str) -> None:
    for name, text in (("one", one), ("other", other), ("none", "nothing 何も")):
        base.write(f"articles/{name}.md", f"---\ntitle: T\n---\n- {text}\n")
    with cannery.open(base.root) as opened:
        for typed in (one, other):
            assert {hit.at.id for hit in opened.search(typed)} == {"articles/one", "articles/other"}
