"""One spelling for the ways in which a Japanese word is written: all are found by each."""

from __future__ import annotations

from collections.abc import Iterator

from cannery.util.lazy_pattern import LazyPattern

# サーバー is サーバ, but キー stays: a long vowel at the end of a word of three letters or more.
_LONG_VOWEL = LazyPattern("(?<=[ァ-ヺー]{2})ー(?![ァ-ヺー])")
# ヴァイオリン is バイオリン.
_V = LazyPattern("ヴ([ァィェォ]?)")
_B = {"": "ブ", "ァ": "バ", "ィ": "ビ", "ェ": "ベ", "ォ": "ボ"}
# Forms of a kanji that names, above all, have one way or another.
_VARIANTS = str.maketrans(
    {
        pair[0]: pair[1]
        for pair in """
        齋斉 齊斉 斎斉 邊辺 邉辺 澤沢 濱浜 髙高 﨑崎 嶋島 嶌島 廣広 國国 櫻桜 龍竜
        惠恵 壽寿 眞真 德徳 瀨瀬 槇槙 靜静 彌弥 寶宝 藏蔵 豐豊 曾曽 條条 萬万 圓円
        應応 學学 會会 經経 續続 總総 權権 團団 檢検 點点 狀状 關関
        """.split()  # noqa: SIM905 - pairs are read
    }
)
_OKURIGANA = LazyPattern(
    "([\u4e00-\u9fff])(?=[いえきぎけげしじせちてびべみめりれ]([\u4e00-\u9fff]))"
)


def folded(run: str) -> str:
    """A Japanese run in the one spelling that stands for all: `kept` tells what is left out."""
    run = run.translate(_VARIANTS)
    if "ヴ" in run:
        run = _V.sub(lambda match: _B[match[1]], run)
    return _LONG_VOWEL.sub("", run) if "ー" in run else run


def kept(run: str) -> list[int]:
    """Where the letters of the folded run stand in the run itself."""
    dropped = (
        {match.start() + 1 for match in _V.finditer(run) if match[1]} if "ヴ" in run else set()
    )
    if "ー" in run:
        dropped |= {match.start() for match in _LONG_VOWEL.finditer(run)}
    return [at for at in range(len(run)) if at not in dropped]


def shortened(run: str) -> Iterator[tuple[str, int, int]]:
    """Pairs of kanji that are written with or without kana between them: 取り消し is 取消."""
    for match in _OKURIGANA.finditer(run):
        yield (match[1] + match[2]).translate(_VARIANTS), match.start(), match.end(2)
