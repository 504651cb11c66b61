"""How many near-duplicates `kb check` finds among pairs made from real articles.

python tests/benchmarks/duplicates.py CORPUS [--pairs 25] [--seed 1] [--show]
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from cannery.check.gather import gather
from cannery.check.rules.duplicates import pairs
from cannery.check.whole import Whole
from cannery.content.files import scan
from cannery.content.split import split
from cannery.workspace import open_workspace

_JAPANESE = re.compile(r"[\u3040-\u30ff]")
_CODE = re.compile(r"(```.*?```|`[^`\n]*`|\]\([^)\n]*\)|<[^>\n]*>|https?://\S+)", re.DOTALL)
_WORDS = 150, 1500  # of prose in an article that is taken; Japanese: letters, three times as many
# What a colleague would write instead, word by word, and sentence by sentence.
_ENGLISH = {
    r"\bIn order to\b": "To", r"\bin order to\b": "to", r"\byou can\b": "it is possible to",
    r"\bYou can\b": "It is possible to", r"\byou must\b": "you have to", r"\byou need to\b": "you have to",
    r"\bmake sure that\b": "check that", r"\bmake sure\b": "see to it that", r"\bclick on\b": "choose",
    r"\b[Cc]lick\b": "choose", r"\b[Ss]elect\b": "pick", r"\busing\b": "with", r"\buse\b": "take",
    r"\buses\b": "works with", r"\bused\b": "employed", r"\bfor example\b": "for instance", r"\bFor example\b": "As an example",
    r"\bfollowing\b": "next", r"\bsuch as\b": "like", r"\bbecause\b": "since", r"\bIf\b": "When", r"\bif\b": "when",
    r"\bissue\b": "problem", r"\bissues\b": "problems", r"\berror\b": "failure", r"\boccurs\b": "happens",
    r"\boccur\b": "happen", r"\bresolve\b": "solve", r"\bcreate\b": "make", r"\bcreates\b": "makes", r"\bcreated\b": "made",
    r"\bcreating\b": "making", r"\bprovides\b": "gives", r"\bprovide\b": "give", r"\brequires\b": "needs", r"\brequired\b": "needed",
    r"\bmultiple\b": "several", r"\bmany\b": "a lot of", r"\bhowever\b": "but", r"\bHowever,": "But", r"\btherefore\b": "so",
    r"\badditional\b": "further", r"\bcurrently\b": "at present", r"\bensure\b": "make sure", r"\ballows\b": "lets",
    r"\bconfigure\b": "set up", r"\bconfiguration\b": "set-up", r"\binstall\b": "put in place", r"\bopen\b": "start",
    r"\bshould\b": "ought to", r"\bmay\b": "might", r"\bwill\b": "is going to", r"\bcan be\b": "could be", r"\bThis\b": "That",
    r"\bthis\b": "that", r"\bwhen\b": "as soon as", r"\bby default\b": "unless told otherwise", r"\bsee\b": "have a look at",
    r"\bSee\b": "Look at", r"\bmessage\b": "note", r"\busers\b": "people", r"\buser\b": "person", r"\bchange\b": "alter",
    r"\bchanges\b": "alterations", r"\bremove\b": "delete", r"\badd\b": "put in", r"\bdata\b": "figures", r"\bnew\b": "fresh",
    r"\bstart\b": "begin", r"\brun\b": "execute", r"\bset\b": "put", r"\bfind\b": "look up", r"\bhelp\b": "support",
    r"\bPlease\b": "Kindly", r"\binformation\b": "details", r"\bavailable\b": "to be had", r"\bneed\b": "require",
}  # fmt: skip
_JAPANESE_WORDS = {
    "します": "するようになっています", "してください": "していただけますか", "できます": "可能です", "です。": "となります。",
    "ください": "下さいますようお願いします", "必要があります": "なければなりません", "ために": "目的で", "使用": "利用",
    "場合": "とき", "また、": "さらに、", "例えば": "たとえば", "すべて": "全部", "および": "と", "または": "もしくは",
    "作成": "新規に作る作業", "設定": "構成", "確認": "チェック", "変更": "修正", "追加": "付け加え", "方法": "やり方",
    "という": "といった", "について": "に関して", "これらの": "以上の", "この": "当該の", "実行": "起動", "提供": "用意",
}  # fmt: skip
_HEADINGS = {False: ("概要", "手順", "原因", "対処方法", "例", "参考", "注意", "設定"),
             True: ("Overview", "Steps", "Cause", "What to do", "Example", "More", "Take care", "Settings")}  # fmt: skip


def reworded(body: str, _: random.Random, __: str) -> str:
    table = _JAPANESE_WORDS if is_japanese(body) else _ENGLISH
    pieces = _CODE.split(body)
    for number in range(0, len(pieces), 2):
        for old, new in table.items():
            pieces[number] = re.sub(old, new, pieces[number])
    return "".join(pieces)


def reordered(body: str, chance: random.Random, _: str) -> str:
    """Paragraphs and sections in another order, code left whole."""
    blocks = re.split(r"\n{2,}(?=(?:[^`]*```[^`]*```)*[^`]*\Z)", body.strip())
    chance.shuffle(blocks)
    return "\n\n".join(blocks) + "\n"


def translated_headings(body: str, chance: random.Random, _: str) -> str:
    words = _HEADINGS[is_japanese(body)]
    return re.sub(
        r"^(#{1,6}) .*$",
        lambda found: f"{found[1]} {chance.choice(words)}",
        body,
        flags=re.MULTILINE,
    )


def with_a_paragraph(body: str, chance: random.Random, other: str) -> str:
    """One paragraph of another article, at any place."""
    blocks = body.strip().split("\n\n")
    most = max(other.split("\n\n"), key=len)
    blocks.insert(chance.randrange(len(blocks) + 1), most)
    return "\n\n".join(blocks) + "\n"


KINDS: tuple[Callable[[str, random.Random, str], str], ...] = (
    reworded,
    reordered,
    translated_headings,
    with_a_paragraph,
)


def is_japanese(body: str) -> bool:
    return len(_JAPANESE.findall(body)) > len(body) / 10


def candidates(corpus: Path) -> Iterator[tuple[Path, str]]:
    """The articles that are long enough, in English or Japanese."""
    for path in sorted(corpus.rglob("*.md")):
        body = split(path.read_bytes().decode("utf-8", "replace").replace("\r\n", "\n")).body
        prose = re.sub(r"\W+", " ", _CODE.sub("", body))
        english = not re.search(r"[^\x00-\x7f’“”–—…©®™]", prose[:2000]) and "the" in prose
        size = len(prose.split()) if english else len(prose) / 3
        if (english or is_japanese(body)) and _WORDS[0] <= size <= _WORDS[1]:
            yield path, body


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--pairs", type=int, default=25, help="of each kind")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--show", action="store_true", help="what was missed, and what was too much"
    )
    asked = parser.parse_args()
    chance = random.Random(asked.seed)  # noqa: S311 - the same in each run
    found = list(candidates(asked.corpus))
    japanese = [item for item in found if is_japanese(item[1])]
    english = [item for item in found if not is_japanese(item[1])]
    count = asked.pairs * len(KINDS)
    chosen = chance.sample(japanese, count * 2 // 5) + chance.sample(
        english, count - count * 2 // 5
    )
    chance.shuffle(chosen)
    with tempfile.TemporaryDirectory() as folder:
        measure(Path(folder), chosen, chance, show=asked.show)


def measure(
    root: Path, chosen: list[tuple[Path, str]], chance: random.Random, *, show: bool
) -> None:
    articles = root / "kb" / "articles"
    articles.mkdir(parents=True)
    (root / "kb" / "kb.toml").touch()
    wanted: dict[frozenset[str], str] = {}
    source: dict[str, Path] = {}
    for number, (path, body) in enumerate(chosen):
        kind = KINDS[number % len(KINDS)]
        other = chance.choice(
            [text for _, text in chosen if is_japanese(text) == is_japanese(body)]
        )
        for name, text in ((f"{number}-a", body), (f"{number}-b", kind(body, chance, other))):
            (articles / f"{name}.md").write_text(f"---\ntitle: {name}\n---\n{text}", "utf-8")
            source[f"articles/{name}"] = path
        wanted[frozenset((f"articles/{number}-a", f"articles/{number}-b"))] = kind.__name__
    workspace = open_workspace(root)
    facts = {item.at.path: item for item in gather(workspace, scan(workspace).stamps)}
    got = {frozenset((one.at.id, two.at.id)) for one, two, _ in pairs(Whole(workspace, facts))}
    for kind in KINDS:
        these = [pair for pair, name in wanted.items() if name == kind.__name__]
        hits = sum(pair in got for pair in these)
        sys.stdout.write(f"{kind.__name__:<22} {hits} of {len(these)}\n")
    others = len(source) * (len(source) - 1) // 2 - len(wanted)
    false = got - wanted.keys()
    sys.stdout.write(f"of all {len(got & wanted.keys()) / len(wanted):.1%}, ")
    sys.stdout.write(f"others {len(false)} of {others} ({len(false) / others:.3%})\n")
    if show:
        for pair in [*(wanted.keys() - got), *false]:
            sys.stdout.write(f"{wanted.get(pair, 'false')} {[str(source[id_]) for id_ in pair]}\n")


if __name__ == "__main__":
    main()
