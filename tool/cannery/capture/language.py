"""What language a reply is written in, and what its fields are called in it."""

from __future__ import annotations

import re

from cannery.capture.personal_span import Placeholder

_KANA = re.compile(r"[\u3041-\u30ff\uff66-\uff9d]")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u017f]")
_NO_PROSE = re.compile(
    r"https?://[!-~]{1,500}|`[^`\n]{1,500}`|[\w.+-]{1,64}@[\w.-]{1,200}", re.ASCII
)
_SHARE = 6  # Latin letters that may stand beside one of kana: names of products, commands
_LABELS = {
    "Customer's name": "お客様のお名前",
    "Form of address (Mr., Ms., Dr. ...)": "敬称",
    "Another person's name": "他の方のお名前",
    "Their form of address": "その方の敬称",
    "Your name": "ご自身の名前",
    "Your email address": "ご自身のメールアドレス",
    "Your phone number": "ご自身の電話番号",
    "Company": "会社名",
    "Email address": "メールアドレス",
    "Link": "リンク",
    "Host": "ホスト名",
    "IP address": "IP アドレス",
    "MAC address": "MAC アドレス",
    "User name": "ユーザー名",
    "File name": "ファイル名",
    "Name of a resource": "リソース名",
    "Postal address": "住所",
    "Plan": "プラン",
    "Version": "バージョン",
    "ID": "ID",
    "Bank account": "口座番号",
    "Tax number": "登録番号",
    "Ticket number": "チケット番号",
    "Order number": "注文番号",
    "Invoice number": "請求書番号",
    "Tracking number": "追跡番号",
    "Merge request": "マージリクエスト",
    "Commit": "コミット",
    "Last digits of the card": "カードの下4桁",
    "Room or seat": "部屋・座席",
    "Extension": "内線番号",
    "Reference": "管理番号",
    "Quantity": "数量",
    "Date": "日付",
    "Period": "時期",
    "Time": "時刻",
    "Duration": "時間",
    "Balance": "残高",
    "Amount": "金額",
    "Phone number": "電話番号",
}


def language_of(text: str) -> str:
    """`ja` for what is Japanese, `en` for what is in Latin letters, else nothing."""
    prose = _NO_PROSE.sub("", text)
    kana, latin = len(_KANA.findall(prose)), len(_LATIN.findall(prose))
    if kana and kana * _SHARE >= latin:
        return "ja"
    return "en" if latin else ""


def in_language(placeholder: Placeholder, language: str) -> Placeholder:
    """The placeholder as it is called in a language."""
    if language != "ja":
        return placeholder
    beside = tuple(in_language(one, language) for one in placeholder.beside)
    return placeholder._replace(
        label=_LABELS.get(placeholder.label, placeholder.label), beside=beside
    )
