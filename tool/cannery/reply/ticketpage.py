"""A ticket's page, copied as text out of a help desk or a mail program -> what it says.

Of the labels, those of Zendesk, Freshdesk, Zammad and of mail, in English and Japanese. A label
stands before its value with a colon, or on a line of its own above it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from cannery.reply.slack_message import read_message
from cannery.util.lazy_pattern import LazyPattern

_LABELS = {
    "requester": "requester from reporter customer contact name "
    "リクエスタ リクエスター 依頼者 差出人 送信者 お名前 氏名 お客様名",
    "email": "email e-mail mail メール メールアドレス",
    "subject": "subject title 件名 題名 タイトル",
    "id": "ticket id ticketid ticket# ticketno ticketnumber case caseid casenumber id "
    "チケット チケット番号 チケットid お問い合わせ番号 問い合わせ番号 受付番号",
    "status": "status state ステータス 状態",
    "organization": "organization organisation company 組織 会社 会社名 貴社名 御社名",
}
_BY_LABEL = {label: key for key, labels in _LABELS.items() for label in labels.split()}
_LINE = LazyPattern(r"^[ \t>*|]*+([^:：]++)[:：][ \t*]*(\S.*)$")
_RUN = LazyPattern(r"[ \t\u00a0\u2000-\u200b\u3000]{2,}+")  # blanks say no more than one of them
_MAX_LABEL = 25
_MAX_LINES = 400
_MAX_VALUE = 300
_PERSON = LazyPattern(
    r"^\"?([^\"<>]{1,100}?)\"?\s*+[<＜(（]\s*+([^\s@<>]{1,64}+@[^\s<>）)＞]{1,190}+)\s*+[>＞)）]"
)
_AROUND = ' "<>＜＞()（）'  # an address where no name stands before it
_EMAIL = LazyPattern(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
_NUMBER = LazyPattern(
    r"(?:ticket|case|request|チケット|(?:お問い合わせ|問い合わせ|受付)(?:番号)?)"
    r"[ \t]*+(?>(?:no\.?|number|id|番号)?)[ \t]*+[:：]?+[ \t]*+[#＃]?+[ \t]*+(\d{2,12})\b"
    r"|(?<![\w&/])[#＃](\d{2,12})\b",
    re.IGNORECASE,
)
_ADDRESS = LazyPattern(
    r"https?://[^\s/]{1,200}/(?:agent/)?(?:tickets?|a/tickets|#ticket/zoom)/(\d{1,12})\S{0,200}"
)
_KANA = LazyPattern(r"[\u3041-\u30ff]")
_ENGLISH = LazyPattern(
    r"\b(?:the|and|to|is|are|we|my|you|it|not|for|with|have|please)\b", re.IGNORECASE
)
_SOME = 3  # words or letters that tell a language


def read_page(text: str) -> dict[str, Any]:
    """A ticket in Zendesk's shape, as far as the text tells; empty where it tells nothing."""
    text = _RUN.sub(" ", text)
    labelled = dict(reversed([*_labelled(text)]))  # the first of a kind counts
    requester: dict[str, str] = {}
    if person := _PERSON.match(labelled.get("requester", "")):
        requester = {"name": person[1].strip(), "email": person[2]}
    elif (sender := labelled.get("requester")) and not _EMAIL.fullmatch(sender.strip(_AROUND)):
        requester = {"name": sender}
    email = _EMAIL.search(f"{labelled.get('email', '')} {labelled.get('requester', '')}")
    if email and "email" not in requester:
        requester["email"] = email[0]
    ticket: dict[str, Any] = {
        key: labelled[key] for key in ("subject", "status") if key in labelled
    }
    if organization := labelled.get("organization"):
        ticket["organization"] = {"name": organization}
    ticket |= _number(text, labelled.get("id", ""))
    if not (ticket or requester):
        ticket, requester = read_message(text)
    if not (ticket or requester):
        return {}
    if locale := _language(text):
        requester["locale"] = locale
    return {**ticket, **({"requester": requester} if requester else {})}


def _number(text: str, labelled: str) -> dict[str, Any]:
    """The number of the ticket, and its address if it stands there."""
    if address := _ADDRESS.search(text):
        return {"id": int(address[1]), "url": address[0].rstrip(".,)")}
    if number := _NUMBER.search(labelled) or _NUMBER.search(text):
        return {"id": int(number[1] or number[2])}
    if re.fullmatch(r"[#＃]?\d{1,12}", labelled):
        return {"id": int(labelled.lstrip("#＃"))}
    return {}


def _labelled(text: str) -> Iterator[tuple[str, str]]:
    lines = [line.strip()[: _MAX_VALUE * 2] for line in text.splitlines()[:_MAX_LINES]]
    for number, line in enumerate(lines):
        match = _LINE.match(line)
        label = match[1].rstrip(" \t*") if match else ""
        if match and len(label) <= _MAX_LABEL:
            if key := _key(label):
                yield key, match[2].strip()[:_MAX_VALUE]
        elif (key := _key(line.rstrip(":："))) and number + 1 < len(lines):
            value = lines[number + 1]
            if value and not _key(value.rstrip(":：")):
                yield key, value[:_MAX_VALUE]


def _key(label: str) -> str:
    return _BY_LABEL.get(re.sub(r"[\s_.]", "", label.lower()), "")


def _language(text: str) -> str:
    if len(_KANA.findall(text)) >= _SOME:
        return "ja"
    return "en" if len(_ENGLISH.findall(text)) >= _SOME else ""
