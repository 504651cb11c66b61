"""Names of people that stand alone, as in a search: no greeting, no 様 and no sentence tells them.

What is found are the most frequent ones, written as names are. A word that is a name and something
else stays: `mark as solved` names nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_GIVEN = frozenset(
    "james john robert michael william david richard joseph thomas charles christopher daniel matthew anthony donald steven paul "
    "andrew joshua kenneth kevin brian george timothy ronald edward jason jeffrey ryan jacob gary nicholas eric jonathan stephen larry "
    "justin scott brandon benjamin samuel gregory alexander patrick frank raymond dennis jerry tyler aaron jose adam nathan henry "
    "mary patricia jennifer linda elizabeth barbara susan jessica sarah karen lisa nancy betty sandra margaret ashley kimberly emily donna "
    "michelle carol amanda melissa deborah stephanie rebecca sharon laura cynthia kathleen amy angela shirley anna brenda pamela emma nicole "
    "helen samantha katherine christine debra rachel carolyn janet catherine maria heather diane olivia julie joyce "
    "alice bob peter hans klaus wolfgang jürgen stefan andreas sabine petra ursula monika pierre jean marie sophie camille luca giulia "
    "marco carlos juan miguel ana lucia pedro ahmed mohamed muhammad fatima ali omar wei li ming yuki hiroshi takashi kenji satoshi "
    "naoko keiko yoko haruka sakura akira kenta daisuke yusuke priya rahul anil sunita raj "
    "hanako taro ichiro jiro kazuki kazuya makoto masashi masaru minoru naoki ryo ryota shota sho shinji takeshi takuya tetsuya "
    "tomoko toshi tsuyoshi yasuo yoshio yumi yumiko ayaka ayumi chihiro emi eri hanae kaori kumiko mai maki mariko mayumi megumi miho "
    "misaki miyuki nanami noriko rie rina sachiko shizuka tomomi yui yukari yuko".split()
)
_FAMILY = frozenset(
    "smith johnson williams jones garcia miller davis rodriguez martinez hernandez lopez gonzalez wilson anderson thomas taylor moore "
    "jackson martin lee perez thompson white harris sanchez clark ramirez lewis robinson walker young allen king wright torres nguyen "
    "hill flores adams nelson baker hall rivera campbell mitchell carter roberts müller schmidt schneider fischer weber meyer wagner "
    "dupont durand rossi russo ferrari silva santos wang zhang chen liu yang huang zhao wu kim park choi "
    "patel sharma singh kumar gupta".split()
)
# Nothing else is called so: a capital letter beside one begins a name.
_FAMILY_ALONE = frozenset(
    "tanaka sato suzuki takahashi watanabe ito yamamoto nakamura kobayashi kato yoshida yamada sasaki yamaguchi matsumoto inoue kimura "
    "hayashi shimizu yamazaki mori abe ikeda hashimoto yamashita ishikawa nakajima maeda fujita ogawa goto okada hasegawa murakami kondo "
    "ishii saito sakamoto endo aoki fujii nishimura fukuda ota miura fujiwara okamoto matsuda nakagawa nakano harada takeuchi kaneko "
    "wada nakayama ishida ueda morita".split()
)
_FAMILIES = _FAMILY | _FAMILY_ALONE
_KANJI = (
    "佐藤|鈴木|高橋|田中|伊藤|渡辺|渡邊|山本|中村|小林|加藤|吉田|山田|佐々木|山口|松本|井上|木村|清水|山崎|阿部|池田|橋本|山下|石川|中島|前田|藤田|後藤|"
    "岡田|長谷川|村上|近藤|石井|斎藤|斉藤|齋藤|坂本|遠藤|青木|藤井|西村|福田|太田|三浦|藤原|岡本|松田|中川|中野|原田|小川|竹内|金子|和田|中山|石田|上田|森田"
)
_GIVEN_KANJI = "[一-龠々]{0,2}[子郎美介太也人樹香奈恵男夫雄彦之希菜咲翔斗朗]"  # how they end
_JAPANESE = re.compile(
    rf"(?<![一-龠々ァ-ヶー])(?:{_KANJI})(?:[ 　]?{_GIVEN_KANJI}(?=[ 　]|$)|(?=[ 　のがはをに、]|$))"
)


def bare_names(text: str) -> Iterator[tuple[int, int]]:
    """The spans of names, in no order."""
    yield from (match.span() for match in _JAPANESE.finditer(text))
    words = [*re.finditer(r"[^\W\d_]+", text)]
    for at, word in enumerate(words):
        after = words[at + 1] if at + 1 < len(words) else None
        is_beside = after is not None and text[word.end() : after.start()] == " "
        if after is not None and is_beside and _is_whole(word[0], after[0]):
            yield word.start(), after.end()
        elif word[0].istitle() and word[0].lower() in _GIVEN:
            yield word.span()


def _is_whole(one: str, two: str) -> bool:
    """Whether two words are a first name and a last one, or the other way round."""
    first, second = one.lower(), two.lower()
    if (first in _GIVEN and second in _FAMILIES) or (first in _FAMILIES and second in _GIVEN):
        return True
    telling = first in _GIVEN or first in _FAMILY_ALONE or second in _FAMILY_ALONE
    return telling and one.istitle() and two.istitle()
