"""Write `search/readings.txt` anew, below what is our own in it.

    python .ci/readings.py

needs the package unidic-lite, which neither `kb` nor a site does.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from struct import iter_unpack, unpack_from

import unidic_lite

from cannery.search.readings import romaji

FILE = Path(__file__).parents[1] / "tool" / "cannery" / "search" / "readings.txt"
MARK = "# From UniDic:\n"
_HEADER, _SIZES = 72, 24  # MeCab's: where the sections begin, and where their lengths stand
_WORD = re.compile("[々\u4e00-\u9fffぁ-ん]{2,6}")
_KANJI = re.compile("[\u4e00-\u9fff]")
_SUFFIX = re.compile("[\u4e00-\u9fff]")
# What a word costs MeCab: the rarer it is, the more. By the part of speech, the most for a word.
_COSTS = {
    ("名詞", "普通名詞", "サ変可能"): 9_000,
    ("名詞", "普通名詞", "一般"): 6_800,
    ("名詞", "普通名詞", "形状詞可能"): 7_000,
    ("名詞", "普通名詞", "副詞可能"): 6_500,
    ("名詞", "普通名詞", "助数詞可能"): 6_500,
    ("名詞", "普通名詞", "サ変形状詞可能"): 8_000,
    ("形状詞", "一般", "*"): 6_800,
}
_SUFFIXES = {("接尾辞", "名詞的", "一般"): 9_500, ("接尾辞", "名詞的", "副詞可能"): 9_500}
_USUAL = range(0x889F, 0x9873)  # of Shift-JIS: the kanji of its first level
_HIRAGANA = {katakana: katakana - 0x60 for katakana in range(ord("ァ"), ord("ヶ") + 1)}


def rows() -> Iterator[tuple[int, list[str]]]:
    """The dictionary's entries: what each costs, and its columns."""
    raw = (Path(unidic_lite.DICDIR) / "sys.dic").read_bytes()
    trie, tokens, features = unpack_from("<3I", raw, _SIZES)
    start = _HEADER + trie
    texts = raw[start + tokens : start + tokens + features]
    for *_, cost, place, _ in iter_unpack("<HHHhII", raw[start : start + tokens]):
        columns = texts[place : texts.index(b"\0", place)].decode("utf-8", "replace").split(",")
        if len(columns) > 8:  # noqa: PLR2004 - up to the spelling
            yield cost, columns


def is_usual(word: str) -> bool:
    codes = (char.encode("cp932", "replace") for char in _KANJI.findall(word))
    return all(int.from_bytes(code) in _USUAL for code in codes)


def chosen() -> dict[str, dict[str, int]]:
    """By reading, the words and what each costs; a suffix stands behind `-`."""
    found = defaultdict[str, dict[str, int]](dict)
    for cost, columns in rows():
        part, reading, word = tuple(columns[:3]), columns[6].translate(_HIRAGANA), columns[8]
        is_suffix = part in _SUFFIXES and _SUFFIX.fullmatch(word)
        is_word = part in _COSTS and _WORD.fullmatch(word) and _KANJI.search(word)
        if not (is_suffix or is_word) or not is_usual(word):
            continue
        if cost <= (_SUFFIXES if is_suffix else _COSTS)[part]:
            words = found[f"-{romaji(reading)}" if is_suffix else romaji(reading)]
            words[word] = min(cost, words.get(word, cost))
    return found


def main() -> None:
    own = FILE.read_text("utf-8").partition(MARK)[0]
    there = {
        (reading, word)
        for line in own.splitlines()
        if not line.startswith("#")
        for reading, *words in [line.split()]
        for word in words
    }
    lines = []
    for reading, words in sorted(chosen().items()):
        usual = sorted(words, key=lambda word: (words[word], word))
        if more := [word for word in usual if (reading, word) not in there]:
            lines.append(" ".join((reading, *more)))
    FILE.write_text(f"{own}{MARK}" + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
