"""What help desks and snippet tools call a value, and what it is called here.

The names stand in `desk_names.json`, by the way in which a desk writes a placeholder: a kind of
`holes.json`. A name of no desk is a field to be asked for.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple, NotRequired, TypedDict

from cannery.content.holes import is_tag, tags
from cannery.model.hole import Hole

FILE = Path(__file__).with_name("desk_names.json")
LIQUID = "{{name}}"
_FALLBACK = re.compile(r"(?:\||,)[ \t]?(?:fallback|default)[ \t]?[:=][ \t]?(.{0,80})")
_NUMBERED = re.compile(r"ticket\.ticket_field_(?:option_title_)?(\d{1,20})")
# A text between quotes, a name with a dot in it, or a filter that we call otherwise.
_PATH = re.compile(
    r"\"[^\"\n]{0,200}\"|'[^'\n]{0,200}'"
    r"|(?<![\w.])(?P<path>[A-Za-z_]\w{0,60}(?:\.\w{1,60}){1,6})(?![\w.\[(-])"
    r"|\|[ \t]?(?P<fallback>fallback)[ \t]?:|(?P<either>\|\|)(?=[ \t]?[\"'])"
    r"|\|[ \t]?(?P<called>default\((?P<argument>\"[^\"\n]{0,80}\"|'[^'\n]{0,80}')\))"
)
_TRIPLE = re.compile(r"\{\{\{[ \t]?([A-Za-z_]\w{0,60}(?:\.\w{1,60}){0,6})[ \t]?\}\}\}")
_SETS = re.compile(r"\{%-?[ \t]{0,9}(?:assign|for|capture)[ \t]{1,9}(\w{1,60})")
_ORDER = re.compile(r"\A(?:insert|enter|type)[ _]|[ _]here\Z", re.IGNORECASE)
_WORDS = re.compile(r"[A-Za-z0-9]+")
_MAX_WORDS = 6
_CONTEXT = {"agent", "ticket", "kb", "today", "now", "reply", "cursor"}
# Words of Liquid's own: it can't read them as names, or reads a value in them.
_LIQUID = {
    *("and", "or", "not", "contains", "in", "with", "as", "if", "else", "for", "continue"),
    *("limit", "offset", "reversed", "cols", "required"),
    *("true", "false", "nil", "null", "blank", "empty", "forloop"),
}
_RESERVED = _CONTEXT | _LIQUID
_JAPANESE = {
    "お客様名": "customer_name",
    "お客様氏名": "customer_name",
    "氏名": "name",
    "お名前": "name",
    "名前": "name",
    "会社名": "company_name",
    "御社名": "company_name",
    "貴社名": "company_name",
    "担当者": "agent_name",
    "担当者名": "agent_name",
    "製品名": "product",
    "商品名": "product",
    "日付": "date",
    "日時": "date_and_time",
    "期日": "due_date",
    "期限": "due_date",
    "金額": "amount",
    "番号": "number",
    "注文番号": "order_number",
    "請求書番号": "invoice_number",
    "住所": "address",
    "電話番号": "phone",
    "メールアドレス": "email",
    "リンク": "link",
    "URL": "link",
    "理由": "reason",
    "内容": "content",
    "件名": "subject",
    "宛名": "customer_name",
    "自分の名前": "agent_name",
    "受付番号": "ticket_number",
    "お問い合わせ番号": "ticket_number",
    "追跡番号": "tracking_number",
    "請求額": "amount",
    "場所": "place",
    "時間": "time",
    "時刻": "time",
    "型番": "model_number",
    "数量": "quantity",
    "部署": "department",
    "用件": "matter",
}
_PARTICLES = "はがをのに、：:＃#「『（( 　\t"
_NAMED_DATE = re.compile(r"(?:\w{1,60}_)?date")
_FILL = re.compile(r"%fill(part|popup|area|date|partend)(?::name=([^%:]{0,60}))?([^%]{0,100})%")


class _Row(TypedDict):
    """A desk's names; `told_by` is what only its texts have, where two desks mean two things."""

    desk: str
    kinds: list[str]
    told_by: NotRequired[str]
    names: dict[str, str]


class Known(NamedTuple):
    """A name of ours, and the desk that calls it otherwise."""

    name: str
    desk: str


class Replacement(NamedTuple):
    """What takes a hole's place: a template, and the field that it asks for, empty for none.

    `source` is where the field's value stands in a ticket; `known` is set for a desk's name.
    `type` is empty for a text.
    """

    template: str
    field: str = ""
    label: str = ""
    source: str = ""
    known: Known | None = None
    type: str = ""
    choices: tuple[str, ...] = ()


class Foreign(NamedTuple):
    """A desk's name in a template that Liquid reads: where it stands, and what we call it."""

    start: int
    end: int
    written: str
    ours: str
    desk: str


class _Names(NamedTuple):
    """Names by kind: those of all desks, and those of a desk that a text tells itself."""

    all: dict[tuple[str, str], Known]
    told: dict[str, dict[tuple[str, str], Known]]


@cache
def _known() -> _Names:
    rows: list[_Row] = json.loads(FILE.read_text("utf-8"))
    known = _Names({}, {})
    for row in rows:
        names = {
            (kind, name.lower()): Known(ours, row["desk"])
            for kind in row["kinds"]
            for name, ours in row["names"].items()
        }
        known.all.update({**names, **known.all})
        if sign := row.get("told_by"):
            known.told[sign] = names
    return known


@cache
def desk_names(desk: str) -> Mapping[str, str]:
    """The names of one desk in small letters, each with what it is called here."""
    return {name.lower(): ours for name, ours in _row(desk).items()}


@cache
def names_there(desk: str) -> Mapping[str, str]:
    """What one desk calls each of our names: the last of several."""
    return {ours: name for name, ours in _row(desk).items()}


def _row(desk: str) -> Mapping[str, str]:
    rows: list[_Row] = json.loads(FILE.read_text("utf-8"))
    return next((row["names"] for row in rows if row["desk"] == desk), {})


def known_name(name: str, kind: str = LIQUID, text: str = "") -> Known | None:
    """What a desk that writes its placeholders so means by a name; None for no desk's name.

    `text` is all that it stands in: Front's `user` is the agent, and Intercom's the customer.
    """
    known, key = _known(), (kind, name.lower())
    told = (names[key] for sign, names in known.told.items() if sign in text and key in names)
    return next(told, known.all.get(key))


def replacement(hole: Hole, text: str = "") -> Replacement | None:
    """What to write in place of a hole; None for one that does not tell what belongs there.

    `text` is all that it stands in.
    """
    path, _, _ = hole.name.partition("|")
    path = path.partition(",")[0].strip()
    if hole.written == "%fillpartend%":
        return Replacement("{% endif %}")
    if known := known_name(path or hole.written, hole.kind, text):
        return Replacement(f"{{{{ {known.name}{_default(hole.name)} }}}}", known=known)
    source = ""
    if numbered := _NUMBERED.fullmatch(path):
        source = f"ticket.custom_fields.{numbered[1]}"
    is_liquid = hole.kind == "{%name%}" and is_tag(hole.written)
    if is_liquid or not (name := field_name(path)):
        return None
    label = path if " " in path or not path.isascii() else name.replace("_", " ")
    if fill := _FILL.match(hole.written):
        return _filled_in(fill, name, label)
    kind = "date" if _NAMED_DATE.fullmatch(name) else ""
    return Replacement(f"{{{{ {name}{_default(hole.name)} }}}}", name, label, source, type=kind)


def _filled_in(fill: re.Match[str], name: str, label: str) -> Replacement:
    """What TextExpander's `%fillpart:...%` and `%fillpopup:...%` ask for."""
    if fill[1] == "part":
        return Replacement(f"{{% if {name} %}}", name, label, type="yesno")
    if fill[1] == "popup":
        choices = [one.removeprefix("default=") for one in fill[3].split(":") if one]
        return Replacement(f"{{{{ {name} }}}}", name, label, type="choice", choices=tuple(choices))
    kind = {"area": "multiline", "date": "date"}[fill[1]]
    return Replacement(f"{{{{ {name} }}}}", name, label, type=kind)


def _default(written: str) -> str:
    """The value for want of another, as our filter: `,fallback=there`, `|fallback:"there"`."""
    match = _FALLBACK.search(written)
    text = match[1].strip().strip("'\"") if match else ""
    return f" | default: '{text}'" if text and "'" not in text else ""


def named(text: str) -> tuple[str, str] | None:
    """The field and the label of what a Japanese text names last, as in `ご注文番号は`."""
    text = text.rstrip(_PARTICLES)
    ends = [word for word in _JAPANESE if text.endswith(word) and not word.isascii()]
    return (_JAPANESE[word], word) if (word := max(ends, key=len, default="")) else None


def field_name(written: str) -> str:
    """`Customer Name` and `customer.name` as customer_name; empty where there are no words."""
    if japanese := _JAPANESE.get(written):
        return japanese
    words = _WORDS.findall(_ORDER.sub("", written))
    if not (written.isascii() and 0 < len(words) <= _MAX_WORDS and words[0][0].isalpha()):
        return ""
    name = "_".join(words).lower()
    return f"{name}_text" if name in _RESERVED else name


def foreign_names(template: str, declared: Collection[str] = ()) -> list[Foreign]:
    """The names in a template's outputs and tags of what is called otherwise here.

    Those whose first part the template sets itself, or that `declared` has, are its own.
    """
    found = []
    own = {*declared}
    for tag in tags(template):
        text = template[tag.start : tag.end]
        own.update(_SETS.findall(text))
        if triple := _TRIPLE.match(template, tag.start):
            known = known_name(triple[1], text=template) or Known(triple[1], "Salesforce")
            found.append(_foreign(triple, 0, f"{{{{ {known.name} }}}}", known.desk))
            continue
        for match in _PATH.finditer(text):
            one = _syntax(match) or _name(match, own, template)
            if one:
                found.append(one._replace(start=tag.start + one.start, end=tag.start + one.end))
    return found


def _syntax(match: re.Match[str]) -> Foreign | None:
    """What another desk writes for `default`."""
    if match["fallback"]:
        return _foreign(match, "fallback", "default", "Intercom")
    if match["either"]:
        return _foreign(match, "either", "| default:", "Chatwoot")
    if match["called"]:
        return _foreign(match, "called", f"default: {match['argument']}", "HubSpot")
    return None


def _name(match: re.Match[str], own: Collection[str], template: str) -> Foreign | None:
    path = match["path"] or ""
    if not path or path.partition(".")[0] in own:
        return None
    if numbered := _NUMBERED.fullmatch(path):
        ours = f'ticket.custom_fields["{numbered[1]}"]'
        return _foreign(match, "path", ours, "Zendesk")
    known = known_name(path, text=template)
    return _foreign(match, "path", *known) if known and known.name != path else None


def _foreign(match: re.Match[str], group: str | int, ours: str, desk: str) -> Foreign:
    return Foreign(*match.span(group), match[group], ours, desk)
