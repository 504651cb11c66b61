"""What the columns of a table of replies are for, as their names tell in English and Japanese."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from cannery.exchange.languages import LANGUAGES, language_words, split_name
from cannery.util.text import fold_name

_NAMES = {
    "id": ("id", "record id", "番号", "管理番号"),
    "title": (
        "title", "name", "label", "macro", "macro name", "snippet name", "template name",
        "タイトル", "題名", "名前", "名称", "表題", "見出し", "テンプレート名", "マクロ名",
    ),
    "body": (
        "body", "content", "contents", "text", "reply", "message", "plain text", "template",
        "response", "canned response", "answer", "html", "snippet", "replacement", "comment",
        "本文", "内容", "返信", "返信文", "返信内容", "定型文", "文面", "文章", "回答", "回答文",
        "メッセージ", "テキスト", "テンプレート",
    ),
    "shortcut": (
        "shortcut", "abbreviation", "abbr", "trigger", "short code", "short name", "keyword",
        "ショートカット", "略語", "短縮", "短縮語", "トリガー", "呼び出し", "コード",
    ),
    "language": ("language", "lang", "locale", "言語", "ロケール"),
    "tags": ("tags", "tag", "labels", "タグ", "ラベル"),
    "section": (
        "category", "section", "folder", "group", "topic", "カテゴリ", "カテゴリー", "分類",
        "フォルダ", "フォルダー", "グループ", "種別",
    ),
    "subject": ("subject", "mail subject", "subject line", "件名", "メール件名"),
    "keywords": ("keywords", "search terms", "キーワード", "検索語"),
    "active": ("active", "enabled", "有効", "使用中"),
}  # fmt: skip
_BY_NAME = {fold_name(name): kind for kind, names in _NAMES.items() for name in names}
_WORDS = language_words(LANGUAGES)


class Column(NamedTuple):
    """What a column is for; `language` is empty where it is for all of them."""

    kind: str
    language: str = ""


def columns_of(cells: Sequence[str]) -> Mapping[int, Column]:
    """The columns that a table's first row names, by number; empty if it names no body."""
    found: dict[int, Column] = {}
    for number, cell in enumerate(cells):
        column = _column(cell)
        if column and column not in found.values():
            found[number] = column
    has_body = any(column.kind == "body" for column in found.values())
    return found if has_body else {}


def _column(cell: str) -> Column | None:
    name = _plain(cell)
    if kind := _BY_NAME.get(name):
        return Column(kind)
    if language := _WORDS.get(name):
        return Column("body", language)
    base, language = split_name(name.replace(" ", "_"), _WORDS)
    if language and (kind := _BY_NAME.get(_plain(base))):
        return Column(kind, language)
    base, language = split_name(name, _WORDS)
    if language and (kind := _BY_NAME.get(_plain(base))):
        return Column(kind, language)
    return None


def _plain(cell: str) -> str:
    return " ".join(fold_name(cell).strip("*: ").replace("_", " ").replace("-", " ").split())
