"""What help desks and snippet tools call a value, and what it is called here.

The names stand in `desk_names.json`, by the way in which a desk writes a placeholder: a kind of
`holes.json`. A name of no desk is a field to be asked for.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection
from functools import cache
from pathlib import Path
from typing import NamedTuple, TypedDict

from cannery.content.holes import tags
from cannery.model.hole import Hole

FILE = Path(__file__).with_name("desk_names.json")
LIQUID = "{{name}}"
_FALLBACK = re.compile(r"(?:\||,)[ \t]?(?:fallback|default)[ \t]?[:=][ \t]?(.{0,80})")
_NUMBERED = re.compile(r"ticket\.ticket_field_(?:option_title_)?(\d{1,20})")
# A text between quotes, a name with a dot in it, or a filter that we call otherwise.
_PATH = re.compile(
    r"\"[^\"\n]{0,200}\"|'[^'\n]{0,200}'|(?<![\w.])([A-Za-z_]\w{0,60}(?:\.\w{1,60}){1,6})(?![\w.\[(-])"
    r"|\|[ \t]?(fallback)[ \t]?:"
)
_SETS = re.compile(r"\{%-?[ \t]{0,9}(?:assign|for|capture)[ \t]{1,9}(\w{1,60})")
_WORDS = re.compile(r"[A-Za-z0-9]+")
_MAX_WORDS = 6
_RESERVED = {"agent", "ticket", "kb", "today", "now", "reply", "cursor"}
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
}


class _Row(TypedDict):
    desk: str
    kinds: list[str]
    names: dict[str, str]


class Known(NamedTuple):
    """A name of ours, and the desk that calls it otherwise."""

    name: str
    desk: str


class Replacement(NamedTuple):
    """What takes a hole's place: a template, and the field that it asks for, empty for none.

    `source` is where the field's value stands in a ticket; `known` is set for a desk's name.
    """

    template: str
    field: str = ""
    label: str = ""
    source: str = ""
    known: Known | None = None


class Foreign(NamedTuple):
    """A desk's name in a template that Liquid reads: where it stands, and what we call it."""

    start: int
    end: int
    written: str
    ours: str
    desk: str


@cache
def _known() -> dict[tuple[str, str], Known]:
    rows: list[_Row] = json.loads(FILE.read_text("utf-8"))
    names: dict[tuple[str, str], Known] = {}
    for row in rows:
        for kind in row["kinds"]:
            for name, ours in row["names"].items():
                names.setdefault((kind, name.lower()), Known(ours, row["desk"]))
    return names


def known_name(name: str, kind: str = LIQUID) -> Known | None:
    """What a desk that writes its placeholders so means by a name; None for no desk's name."""
    return _known().get((kind, name.lower()))


def replacement(hole: Hole) -> Replacement | None:
    """What to write in place of a hole; None for one that does not tell what belongs there."""
    path, _, _ = hole.name.partition("|")
    path = path.partition(",")[0].strip()
    if known := known_name(path or hole.written, hole.kind):
        return Replacement(f"{{{{ {known.name}{_default(hole.name)} }}}}", known=known)
    source = ""
    if numbered := _NUMBERED.fullmatch(path):
        source = f"ticket.custom_fields.{numbered[1]}"
    is_tag = hole.kind == "{%name%}" and "." not in path
    if is_tag or not (name := _field_name(path)):
        return None
    label = path if " " in path or not path.isascii() else name.replace("_", " ")
    return Replacement(f"{{{{ {name}{_default(hole.name)} }}}}", name, label, source)


def _default(written: str) -> str:
    """The value for want of another, as our filter: `,fallback=there`, `|fallback:"there"`."""
    match = _FALLBACK.search(written)
    text = match[1].strip().strip("'\"") if match else ""
    return f" | default: '{text}'" if text and "'" not in text else ""


def _field_name(written: str) -> str:
    """`Customer Name` and `customer.name` as customer_name; empty where there are no words."""
    if japanese := _JAPANESE.get(written):
        return japanese
    words = _WORDS.findall(written)
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
        for match in _PATH.finditer(text):
            if match[2]:
                where = (tag.start + match.start(2), tag.start + match.end(2))
                found.append(Foreign(*where, match[2], "default", "Intercom"))
                continue
            path = match[1] or ""
            known = _meant(path) if path and path.partition(".")[0] not in own else None
            if known and known.name != path:
                start, end = tag.start + match.start(1), tag.start + match.end(1)
                found.append(Foreign(start, end, path, *known))
    return found


def _meant(path: str) -> Known | None:
    if numbered := _NUMBERED.fullmatch(path):
        return Known(f'ticket.custom_fields["{numbered[1]}"]', "Zendesk")
    return known_name(path)
