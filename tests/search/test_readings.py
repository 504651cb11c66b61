"""Words that are typed as they sound."""

from __future__ import annotations

import pytest
from tests.conftest import Base

import cannery
from cannery.search.browser_readings import readings_file
from cannery.search.readings import is_romaji, read_as, romaji, spelt_in

_PAGES = "証明書 照明 返金 手続き 認証 設定 再設定 案内 期限"
_HAS = {_PAGES[at : at + 2] for at in range(len(_PAGES) - 1)}


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("しょうめいしょ", ["照明書", "証明書"]),  # pages have the pairs of letters of both
        ("しょうめい", ["照明", "証明"]),
        ("へんきんのてつづき", ["返金", "手続", "手続き"]),
        ("さいせってい", ["再設定"]),
        ("にんしょうできません", ["認証"]),
        ("どうすればいいですか", []),
    ],
)
def test_hiragana_is_the_words_that_are_read_so(typed: str, words: list[str]) -> None:
    (run,) = spelt_in(typed)
    assert [read.word for read in read_as(run, _HAS.__contains__) if read.is_whole] == words


def test_what_is_half_typed_is_the_beginning_of_words() -> None:
    for typed in ("しょうめ", "しょうm", "しょうめい"):
        (run,) = spelt_in(typed)
        assert "証明" in [read.word for read in read_as(run, _HAS.__contains__)]


@pytest.mark.parametrize(
    ("typed", "kana"),
    [
        ("shoumeisho", "しょうめいしょ"),
        ("syoumeisyo", "しょうめいしょ"),
        ("ninnshou", "にんしょう"),
        ("annnai", "あんない"),
        ("tetuduki", "てつづき"),
        ("shinbun", "しんぶん"),
        ("shimbun", "しんぶん"),
        ("hakkou", "はっこう"),
        ("zyouhou", "じょうほう"),
        ("huyou", "ふよう"),
    ],
)
def test_latin_letters_and_kana_are_written_alike(typed: str, kana: str) -> None:
    assert romaji(typed) == romaji(kana)


def test_what_can_be_no_japanese_word_is_not_looked_for() -> None:
    assert is_romaji("shoumei")
    assert not any(map(is_romaji, ("abc", "x2000", "ERR", "a-b", "")))


def test_a_file_has_only_what_pages_may_have() -> None:
    text = readings_file(_HAS).decode()
    assert "shoumei\t照明 証明\n" in text
    assert "-sho\t書\n" in text
    assert "henkin\t返金\n" in text
    assert "kaiyaku" not in text


def test_a_search_finds_a_word_by_its_sound(base: Base) -> None:
    base.write("articles/a.md", "---\ntitle: 証明書の更新\n---\n古い証明書を消します。\n")
    base.write("articles/b.md", "---\ntitle: しょうもない話\n---\n照明の話です。\n")
    with cannery.open(base.root) as opened:
        for typed in ("しょうめいしょ", "shoumeisho", "しょうめいしょの こうしん"):
            hit = opened.search(typed, limit=1)[0]
            assert hit.at.id == "articles/a"
            marked = [hit.snippet.text[start:end] for start, end in hit.snippet.spans]
            assert "証明書" in marked


def test_an_english_word_that_pages_have_is_meant(base: Base) -> None:
    base.write("articles/a.md", "---\ntitle: 設定\n---\n設定です。\n")
    base.write("articles/b.md", "---\ntitle: The settei file\n---\nEnglish.\n")
    with cannery.open(base.root) as opened:
        assert [hit.at.id for hit in opened.search("settei")] == ["articles/b"]
