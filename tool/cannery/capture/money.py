"""Amounts of money and telephone numbers, as many countries write them."""

from __future__ import annotations

import re

from cannery.capture.kind import Kind, before, pattern
from cannery.capture.personal_span import Placeholder

_CODES = (
    r"(?:USD|EUR|GBP|JPY|CHF|CAD|AUD|NZD|SEK|NOK|DKK|PLN|CZK|HUF|RON|BGN|INR|CNY|RMB|KRW|SGD|HKD|TWD|THB|MYR|IDR|PHP|VND|BRL|MXN|ARS|CLP|COP|"
    r"ZAR|TRY|ILS|AED|SAR|EGP|NGN|KES|UAH|RUB)"
)
_SIGNS = r"(?:US|A|AU|CA|C|NZ|HK|S|R|NT|MX)?[$€£¥₹₩₽₺฿₫₪₱₦]"
_SUM = r"\d{1,3}(?:[,.'’  ]\d{3}){1,4}(?:[.,]\d{2}|[.,]-{1,2})?(?!\d)|\d{1,12}(?:[.,]\d{1,2})?(?:[.,]-{1,2})?(?![\d])"
AMOUNTS = (
    Kind(Placeholder("amount", "Amount"), pattern(
        rf"(?P<v>(?<![A-Za-z0-9])(?:{_CODES}|{_SIGNS}|R(?=[  ]?\d{{1,3}}(?:[  ]\d{{3}})*[.,]\d\d)|Fr\.|Rs\.?|RM|kr\.?|zł)[  ]?-?(?:{_SUM})(?:[ ]?(?:{_CODES}\b|[kKM]\b|[万億千]))?"
        rf"|(?<![\w.,'’])-?(?:{_SUM})(?:[万億千百]\d{{0,4}}){{0,3}}[  ]?(?:{_SIGNS}|(?:{_CODES}|kr|zł|Ft|Kč|lei|euros?|dollars?|pounds?|cents?|yen|rupees|Euro|points|pts|miles)\b"
        r"|円|ドル|ユーロ|ポンド|元|ウォン|[ 　]?ポイント|マイル))"), lambda match: not re.match(r"[\"'}]", match.string[match.end("v") :][:1])),
)  # fmt: skip
POINTS = (
    Kind(Placeholder("balance", "Balance"), pattern(
        r"(?:\b(?i:points|balance|credits)(?: is| are|:)|ポイント(?:は|：|:)|残高(?:は|：|:))[ 　]?(?P<v>\d{1,3}(?:,\d{3})*|\d{1,9})(?![\d,.]\d|\d)")),
)  # fmt: skip

_CALLED = re.compile(
    r"(?:phone|tel|call|mobile|cell|fax|dial|ring|number|line|電話|TEL|携帯|直通|連絡先|折り?返し先?|番号|WhatsApp|SMS)[^.。\n]{0,20}$",
    re.IGNORECASE,
)
_MANY = 7  # digits of the shortest number that is dialled as it is
_MOST = 15


def _is_dialled(match: re.Match[str]) -> bool:
    digits = sum(map(str.isdigit, match["v"]))
    return _MANY <= digits <= _MOST


def _is_called(match: re.Match[str]) -> bool:
    return _is_dialled(match) and bool(_CALLED.search(before(match)))


_PHONE = Placeholder("phone", "Phone number")
_GAP = r"(?:[ ./()‐−ー-]|\) | \(){1,2}"
PHONES = (
    Kind(_PHONE, pattern(rf"(?<![\w.+-])(?P<v>\+\d{{1,15}}(?:{_GAP}\(?\d{{1,12}}){{0,7}})(?![\w-])"), _is_dialled),
    Kind(_PHONE, pattern(
        r"(?<![\w./-])(?P<v>\(?0\d{1,5}\)?[-‐−ー ]?\(?\d{1,4}\)?[-‐−ー ]\d{3,4}|0[5789]0\d{8}|0\d{1,4}[（(]\d{1,4}[)）]\d{3,4}|0\d{1,4}(?:[ ./]\d{2,8}){1,5}|0\d{2,5}[/-]\d{5,9}"
        r"|\(\d{2,4}\) ?\d{3,5}[ -]\d{4}|(?:1[-. ])?\d{3}[-.]\d{3}[-.]\d{4}|1[3-9]\d(?:[- ]?\d{4}){2}|\d{5} \d{5})(?![\w-]|\.\d)"),
        lambda match: _is_dialled(match) and sum(map(str.isdigit, match["v"])) > _MANY),
    Kind(_PHONE, pattern(r"(?<![\w./-])(?P<v>\d{3}[ -]\d{4}|\d{2,5}(?:[ -]\d{2,5}){1,4})(?![\w-]|\.\d)"), _is_called),
)  # fmt: skip
