"""Write `search/loan_words.txt` anew, below what is our own in it.

    python .ci/loan_words.py FOLDER

needs the package unidic-lite, which neither `kb` nor a site does. FOLDER holds technical texts in
English and Japanese: a word is taken over if they have it.
"""

from __future__ import annotations

import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from struct import unpack_from
from unicodedata import normalize

import unidic_lite

from cannery.content.search_words import search_words

FILE = Path(__file__).parents[1] / "tool" / "cannery" / "search" / "loan_words.txt"
MARK = "# From UniDic:\n"
_HEADER, _SIZES = 72, 24  # MeCab's: where the sections begin, and where their lengths stand
_KATAKANA = re.compile("[ァ-ヺ][ァ-ヺー]+")
_ENGLISH = re.compile("[A-Za-z][a-z]{2,}(?:-[a-z]+)?")
_OFTEN, _SELDOM = 40, 2  # texts with an English word; the latter where its katakana is there, too
_SHORT = 2  # letters: such katakana are in many others
_SENSES = 0.1  # of the texts of the most frequent word that katakana stand for


def pairs() -> Iterator[tuple[str, str, bool]]:
    """The dictionary's loan words: katakana, English, and whether that is the usual spelling."""
    raw = (Path(unidic_lite.DICDIR) / "sys.dic").read_bytes()
    trie, tokens, features = unpack_from("<3I", raw, _SIZES)
    start = _HEADER + trie + tokens
    for row in raw[start : start + features].decode("utf-8", "replace").split("\0"):
        # Parts of speech, inflection, reading, lemma, spelling, ..., origin.
        columns = row.split(",")
        if len(columns) < 13 or columns[12] != "外" or columns[1] == "固有名詞":  # noqa: PLR2004
            continue
        usual, _, english = columns[7].partition("-")
        if _KATAKANA.fullmatch(columns[8]) and _ENGLISH.fullmatch(english):
            yield columns[8], english.replace("-", "").lower(), columns[8] == usual


def texts_having(folder: Path) -> Counter[str]:
    """How many texts have each word, English ones in small letters."""
    having = Counter[str]()
    for path in folder.rglob("*"):
        if path.is_file():
            text = normalize("NFKC", path.read_text("utf-8", "replace"))
            words = re.findall("[a-z]+(?:-[a-z]+)?", text.lower())
            having.update({word.replace("-", "") for word in words})
            having.update(set(_KATAKANA.findall(text)))
    return having


def chosen(having: Counter[str]) -> dict[str, set[str]]:
    """By English word, what is written for it in katakana."""
    words = search_words()
    grammar = {*words["stopWords"].split(), *words["talk"].split()}
    english_of = defaultdict[str, set[str]](set)
    for katakana, english, is_usual in pairs():
        if english in grammar:
            continue
        is_known = having[katakana] > 0 and having[english] >= _SELDOM
        is_likely = is_usual and len(katakana) > _SHORT and having[english] >= _OFTEN
        if is_known or is_likely:
            english_of[katakana].add(english)
    found = defaultdict[str, set[str]](set)
    for katakana, words in english_of.items():
        most = max(having[word] for word in words)
        for english in words:
            if having[english] >= _SENSES * most:
                found[english].add(katakana)
    return found


def main() -> None:
    own = FILE.read_text("utf-8").partition(MARK)[0]
    there = {tuple(line.split()) for line in own.splitlines() if not line.startswith("#")}
    known = {(line[0], word) for line in there if line for word in line[1:]}
    lines = []
    for english, katakana in sorted(chosen(texts_having(Path(sys.argv[1]))).items()):
        if others := sorted(word for word in katakana if (english, word) not in known):
            lines.append(" ".join((english, *others)))
    FILE.write_text(f"{own}{MARK}" + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
