from __future__ import annotations

import re

import pytest

from cannery.search.loan_words import FILE, loan_words, split, table


@pytest.mark.parametrize(
    ("katakana", "english"),
    [
        ("サーバー", ["server"]),
        ("サーバ", ["server"]),
        ("ゲートウェイタイムアウト", ["gateway", "timeout"]),
        ("データベースサーバールーム", ["database", "server", "room"]),
        ("インターフェイス", ["interface"]),
        ("キー", ["key"]),
        ("ログイン", ["login"]),
        ("サポート", ["support"]),  # no port
        ("ヌワラエリヤサーバー", ["server"]),  # what is around it is not known
        ("ヌワラキー", []),  # of which too little is
        ("ヌワラエリヤ", []),
        ("プレヴュー", ["preview"]),
    ],
)
def test_katakana_are_taken_apart_into_english_words(katakana: str, english: list[str]) -> None:
    assert [words[0] for words, _, _ in split(katakana)] == english


def test_words_stand_where_they_say() -> None:
    text = "社内のウェブサーバーとキー"
    found = [(words[0], text[start:end]) for words, start, end in loan_words(text)]
    assert found == [("web", "ウェブ"), ("server", "サーバー"), ("key", "キー")]


def test_every_line_of_the_table_has_a_word_and_its_katakana() -> None:
    lines = [line for line in FILE.read_text("utf-8").splitlines() if not line.startswith("#")]
    assert [line for line in lines if not re.fullmatch("[a-z]+(?: [ァ-ヺ][ァ-ヺー]+)+", line)] == []
    assert len(table()) > 2000


def test_a_run_without_end_is_cut() -> None:
    assert len(split("サーバー" * 1000)) == 16
