"""What each hole of a text becomes: a name of ours, or a field named for what stands around it.

`Order number: XXX` asks for an order number, `〇〇様` for a customer's name, `○月○日` for a date. A
hole of which nothing tells what belongs there is `value_1`, with its surroundings as its label.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from cannery.content.desk_names import Replacement, field_name, named, replacement
from cannery.content.holes import Placed, is_tag, line_fed, tags
from cannery.model.hole import Hole
from cannery.util.lazy_pattern import LazyPattern

# What these find is said to the macro's author: nothing belongs in its place.
_NOTES = {"BEFORE SENDING", "before sending", "remove this", "送信前に", "この行は削除"}
_FILL_IN = LazyPattern(r"を(?:記入|記載|入力|挿入|差し替え|書き換え|入れ)(?:る|する)?\Z")
_VALUES = ("TBD", "TBC")
_ORDER = re.compile(r"(?:remove|delete|erase|omit|keep|skip)(?![a-z])", re.IGNORECASE)
_KEYS = re.compile(r"%(?:key:|@)")
_SENTENCE = re.compile(r"[。、]")
_WORD = re.compile(r"[A-Za-z_]\w*")
_VALUE = re.compile(r"\{[{%][^{}]{0,60}[%}]\}")
_NEAR = 60
_SHOWN = 12
_JAPANESE = LazyPattern(r"[ぁ-ヿ一-鿿々]")
_LABEL = LazyPattern(
    r"([^\s:：、。，,.!?()（）「」|][^:：、。，,!?()（）「」|\n]{0,30})[:：][ \t　]{0,3}\Z"
)
_THING = LazyPattern(
    r"(?<![a-z])(order|ticket|case|invoice|tracking|account|reference|ref|request|serial|phone|"
    r"contract|customer|version)(?:[ ](?:number|no\.?|code|id))?[ ]{0,2}[#№]?[ ]{0,2}\Z",
    re.IGNORECASE,
)
_PEOPLE = ("customer_name", "company_name")


class Clue(NamedTuple):
    """What `pattern` finds in a hole, before it or after it says what belongs there.

    `around` is what stands before and after, with a null character for the hole.
    """

    where: str
    pattern: LazyPattern
    name: str
    type: str
    japanese: str


def _clue(where: str, pattern: str, name: str, kind: str, japanese: str) -> Clue:
    return Clue(where, LazyPattern(pattern), name, kind, japanese)


_TITLE = r"(?:Mr|Ms|Mrs|Dr)\.?"
_HELLO = rf"(?:^|\n)(?:Hi|Hello|Hey|Dear)(?: {_TITLE}(?: ?/ ?{_TITLE})?)? \Z"
_DATE = (
    r"[月M][^年]{0,2}[日D]|[Dd]{2}[/.-][Mm]{2}|[Mm]{2}[/.-][Dd]{2}|00[/.]00|月00日"
    r"|%[A-Za-z][ ,./:-]{1,2}%|[〇○◯●△□][/／][〇○◯●△□]"
)
_I_AM = r"(?:会社|部|課|係|窓口|サポート|担当)の\0(?:です|と申し|でござい)"
_DAYS = r"[ 　]?(?:営業日|日間|日以内|日後|(?:business |working |calendar )?days)"
# No first letter of a longer word, as in 様式, 円滑, 本社, 点検, 回線, 名義.
_HONORED = r"[ 　]?(?:様(?![々子式])|さま(?!ざま)|さん|殿(?!堂)|先生)"
_MONEY = r"[ 　]?(?:円(?![滑形安高])|ドル(?![ァ-ヶ])|EUR|USD|GBP|JPY)"
_COUNTED = (
    r"[ 　]?[個件台本枚回点名](?:(?![一-龠々])"
    r"|以[上下内]|未満|程度|前後|単位|限定|追加|同時|連続|満点|ごと|当たり|[分目様毎超弱強限余])"
)
CLUES = (
    _clue("in", _DATE, "date", "date", "日付"),
    _clue("around", _I_AM, "agent_name", "", "担当者名"),
    _clue("after", _HONORED, "customer_name", "", "お客様名"),
    _clue("after", r"[ 　]?(?:御中|株式会社)", "company_name", "", "会社名"),
    _clue("before", r"(?:株式会社|（株）)\Z", "company_name", "", "会社名"),
    _clue("before", _HELLO, "customer_name", "", "お客様名"),
    _clue("after", _MONEY, "amount", "number", "金額"),
    _clue("before", r"[$€£¥￥][ ]?\Z", "amount", "number", "金額"),
    _clue("after", r"[ 　]?(?:%|％|パーセント)", "percent", "number", "割合"),
    _clue("after", _DAYS, "days", "number", "日数"),
    _clue("after", r"[ 　]?(?:時間(?![割外帯])|hours)", "hours", "number", "時間"),
    _clue("after", r"[ 　]?(?:分間|minutes)", "minutes", "number", "分"),
    _clue("after", r"[ 　]?(?:週間|weeks)", "weeks", "number", "週"),
    _clue("after", r"[ 　]?(?:[かヶカケ]月|months)", "months", "number", "月数"),
    _clue("after", _COUNTED, "quantity", "number", "数量"),
    _clue("after", r"[ 　]?(?:kg|g|lbs?)(?![a-z])", "weight", "number", "重さ"),
    _clue("after", r"[ 　]?(?:部(?![位分品屋数材活])|課(?![税程金題]))", "department", "", "部署"),
    _clue("in", r"[時分]|[:：]", "time", "", "時刻"),
    _clue("in", r"年|\A20", "year", "", "年"),
    _clue("in", r"月\Z", "month", "", "月"),
    _clue("in", r"日\Z", "day", "", "日"),
    _clue("in", r"@", "username", "", "ユーザー名"),
)  # fmt: skip


class Filled(NamedTuple):
    """A place in a text, and what takes its place."""

    placed: Placed
    new: Replacement


def fill(source: str, holes: Iterable[Placed], declared: Collection[str] = ()) -> list[Filled]:
    """What each hole becomes, those left out that are notes to the author.

    `declared` are names that mean something else already.
    """
    source = line_fed(source)
    names = _Names({*declared, *_used(source)})
    filled = []
    for placed in holes:
        if _is_note(placed.hole):
            continue
        new = replacement(placed.hole, source) or _by_surroundings(source, placed, names)
        if new:
            names.taken.add(new.field)
            filled.append(Filled(placed, new))
    return filled


def _used(source: str) -> Iterator[str]:
    """The words in a template's tags: names that are taken."""
    return (word for tag in tags(source) for word in _WORD.findall(source[tag.start : tag.end]))


class _Names:
    """The fields of one text: the same people are one field, two dates are two."""

    def __init__(self, taken: set[str]) -> None:
        self.taken = taken
        self._people: dict[tuple[str, str], str] = {}

    def free(self, name: str, written: str) -> str:
        if name in _PEOPLE:
            known = self._people.get((name, written))
            return known or self._people.setdefault((name, written), self._next(name))
        return self._next(name)

    def _next(self, name: str) -> str:
        taken = self.taken | {*self._people.values()}
        choices = (f"{name}_{number}" for number in range(1 if name == "value" else 2, 1000))
        numbered = next(choice for choice in choices if choice not in taken)
        return numbered if name == "value" or name in taken else name


def _by_surroundings(source: str, placed: Placed, names: _Names) -> Replacement | None:
    hole = placed.hole
    if hole.kind == "{%name%}" and is_tag(hole.written):
        return None
    start, end = placed.start, placed.end
    before = source[max(source.rfind("\n", 0, start), start - _NEAR, 0) : start]
    after = source[end : end + _NEAR].partition("\n")[0]
    rest = ""
    if hole.kind == "N days":
        rest, end = hole.written[1:], start + 1
        after = rest + after
    is_japanese = bool(_JAPANESE.search(f"{before}{hole.written}{after}"))
    name, kind, label = _meant(before, hole.written, after, is_japanese=is_japanese)
    if hole.name and name == "value":
        name, label = named(_FILL_IN.sub("", hole.name)) or (name, hole.name)
    field = names.free(name, hole.written)
    return Replacement(f"{{{{ {field} }}}}{rest}", field, label, type=kind)


def _is_note(hole: Hole) -> bool:
    """Whether the hole is a note to the macro's author, in whose place nothing belongs."""
    if hole.kind == "TODO":
        return hole.written not in _VALUES
    found = _ORDER.match(hole.name) or _KEYS.match(hole.written)
    return hole.kind in _NOTES or found is not None


def _meant(before: str, written: str, after: str, *, is_japanese: bool) -> tuple[str, str, str]:
    """The name, the type and the label of what belongs between two texts."""
    around = f"{before}\0{after}"
    texts = {"before": before, "in": written, "after": after, "around": around}
    for clue in CLUES:
        look = clue.pattern.match if clue.where == "after" else clue.pattern.search
        if look(texts[clue.where]):
            return (
                clue.name,
                clue.type,
                clue.japanese if is_japanese else clue.name.replace("_", " "),
            )
    if found := _THING.search(before):
        thing = found[1].lower()
        name = thing if thing in ("version", "phone") else f"{thing}_number"
        return name, "", name.replace("_", " ")
    begun = _LABEL.search(before)
    written_label = begun[1].rpartition(". ")[2].strip("-*・●■ \t　") if begun else ""
    if written_label and (name := field_name(written_label)):
        return name, "", written_label
    if found_name := named(before):
        return found_name[0], "", found_name[1]
    shown = _surroundings(before, written, after, is_japanese=is_japanese)
    return "value", "", written_label or shown


def _surroundings(before: str, written: str, after: str, *, is_japanese: bool) -> str:
    """A label for what nothing tells: the words around it."""
    before, after = (_VALUE.sub("…", text) for text in (before, after))
    if is_japanese:
        ends = _SENTENCE.split(before[-_SHOWN:])[-1], _SENTENCE.split(after[:_SHOWN])[0]
        return f"{ends[0]}{written}{ends[1]}".strip()
    return " ".join([*before.split()[-3:], written, *after.split()[:2]])


def field_entries(filled: Iterable[Filled]) -> Iterator[dict[str, object]]:
    """The fields that are asked for, as front matter has them, each once."""
    seen = set()
    for _, new in filled:
        if new.field and new.field not in seen:
            seen.add(new.field)
            field: dict[str, object] = {"name": new.field, "label": new.label, "type": new.type}
            field |= {"choices": [*new.choices], "from": new.source}
            yield {key: value for key, value in field.items() if value}
