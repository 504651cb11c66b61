"""Numbers and addresses of people in a text: of cards, of citizens, and what they are reached by.

What a company tells the world of itself is nobody's: its free numbers, and what its text calls a
hotline, an office or a desk.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from hashlib import blake2b
from typing import NamedTuple

from cannery.model.location import Problem
from cannery.util.lazy_pattern import LazyPattern

_MAX_LINE = 5_000  # characters; longer ones are data, not text
_DIGITS = re.compile(r"\d.{0,3}\d")
_CARD = re.compile(
    r"(?<![\w.,/-])(?:\d{13,19}|\d{4}([ -])\d{4}\1\d{4}\1\d{1,7}|\d{4}([ -])\d{6}\2\d{4,5})(?![\w-]|\.\d)"
)
_CARD_PREFIX = LazyPattern(
    r"4\d{12}(?:\d{3})?(?:\d{3})?|(?:5[1-5]|2[2-7])\d{14}|3[47]\d{13}|(?:6011|65\d\d|64[4-9]\d)\d{12}|35\d{14}"
    r"|62\d{14,17}|3(?:0[0-5]|[68]\d)\d{11}"
)
_CARD_NUMBER, _PERSON_NUMBER = "a card number", "a My Number"
_MY_NUMBER = LazyPattern(r"(?<![\d-])\d{4}[ -]?\d{4}[ -]?\d{4}(?![\d-])")
_MY_NUMBER_NEAR = re.compile(r"マイナンバー|個人番号|my ?number", re.IGNORECASE)
_PHONE = re.compile(
    r"(?<![\w./=-])(?:0(?:[5789]0[-‐−ー ]\d{4}|\d[-‐−ー ]\d{4}|\d{2}[-‐−ー ]\d{3}|\d{3}[-‐−ー ]\d{2}|\d{4}[-‐−ー ]\d)"
    r"[-‐−ー ]\d{4}|0[789]0\d{8}|\+\d{1,3}[ .-]?\(?\d{1,4}\)?(?:[ .-]\d{2,8}){2,4}|\(\d{3}\) ?\d{3}-\d{4})(?![\w-])"
)
_FICTION = LazyPattern(r"555[ -.]?01\d\d|0120|0800|0570")  # of films, and of companies
_ADDRESS = re.compile(
    r"〒 ?\d{3}-\d{4}|(?:東京都|北海道|京都府|大阪府|[一-龠]{2,3}県)[一-龠ぁ-んァ-ヶ]{1,12}[市区町村郡]"
    r"[^\s。、]{0,30}?\d{1,4}(?:丁目|番地?|[-‐−ー]\d{1,4}[-‐−ー]\d{1,4})"
)
# What is free to call, or the caller's to pay: no person has one.
_FREE = LazyPattern(
    r"\+?1?[ .-]?\(?8(?:00|33|44|55|66|77|88)\)?[ .-]|\+800|\+\d{1,3}[ .-]?\(?0?\)?800\b"
)
_MOBILE = LazyPattern(r"0[789]0|\+81[ .-]?\(?0?\)?[789]0")
# Right beside a number or above it: whose it is.
_DESK = re.compile(
    r"hot ?line|help ?(?:desk|line)|support (?:at|cent(?:er|re)|desk|line|number|phone|team)|customer (?:care|service|support)"
    r"|(?:call|contact|phone|reach) us\b|call cent(?:er|re)|toll[- ]?free|switchboard|head ?(?:office|quarters)|our (?:number|office|phone)"
    r"|(?<![\w.])(?:contact|desk|enquiries|help|info|office|press|sales|service|support)@"
    r"|フリーダイヤル|代表(?:電話|番号)|お?問い?合わ?せ(?:先|窓口|番号|電話)|(?:サポート|お客様|相談|受付|総合)(?:センター|デスク|窓口|電話)"
    r"|コールセンター|ヘルプデスク|ホットライン|カスタマー|本社|当社|弊社|(?:営業|受付)時間|(?:返送|返却|送付)先|(?:営業|事業)所|支店",
    re.IGNORECASE,
)
_PERSON = re.compile(r"\b(?:Mr|Mrs|Ms|Dr)\b|様(?![子式々])|さん|氏(?!名)", re.IGNORECASE)
_STAND_IN = re.compile(r"@(?:[\w-]{1,40}\.){0,3}example\b", re.IGNORECASE)
_ABOVE, _NEAR = 2, 20  # lines
_TELLING = 9  # digits of a number: what stands before is how it is called from abroad


class Contact(NamedTuple):
    """What a person is reached by: its kind, its first letters, a hash of it, and its line."""

    what: str
    shown: str
    key: str
    line: int


def numbers_in(path: str, text: str) -> Iterator[Problem]:
    """Numbers of cards and of people that no text of ours may hold, not even as a field."""
    for number, line in enumerate(text.split("\n"), start=1):
        for what, value in _numbers(line[:_MAX_LINE]):
            yield Problem(path, number, "personal", f"{what}: {value[:3]}…", "Remove it.")


def is_made_up(lines: Sequence[str], number: int) -> bool:
    """Whether an address at example.com, on a line near the 1-based one, was made up with it.

    For what the team wrote alone: a customer's mail can name such an address beside a true number.
    """
    beside = lines[max(0, number - 1 - _NEAR) : number - 1 + _NEAR]
    return bool(_STAND_IN.search("\n".join(beside)))


def contacts_in(text: str) -> Iterator[Contact]:
    """Telephone numbers and postal addresses, but for those that a company has for all."""
    lines = text.split("\n")
    for at, line in enumerate(lines):
        for what, match in _contacts(line[:_MAX_LINE]):
            if not _is_companys(lines, at, match):
                yield Contact(what, match[0][:3], contact_key(match[0]), at + 1)


def contact_key(written: str) -> str:
    """What is equal for one number or address, however it is written; not to be read back."""
    digits = re.sub(r"\D", "", written)
    same = digits[-_TELLING:] if _PHONE.search(written) else "".join(written.split())
    return blake2b(same.encode("utf-8", "replace"), digest_size=8).hexdigest()


def _is_companys(lines: Sequence[str], at: int, match: re.Match[str]) -> bool:
    line = lines[at]
    if _FREE.match(match[0]):
        return True
    if _MOBILE.match(match[0]) or _PERSON.search(line[:_MAX_LINE]):
        return False
    beside = (*lines[max(0, at - _ABOVE) : at], line, *lines[at + 1 : at + 1 + _ABOVE])
    return any(_DESK.search(item[:_MAX_LINE]) for item in beside if "<!--" not in item)


def _numbers(line: str) -> Iterator[tuple[str, str]]:
    if not _DIGITS.search(line):
        return
    for match in _CARD.finditer(line):
        digits = re.sub(r"\D", "", match[0])
        if _CARD_PREFIX.fullmatch(digits) and len(set(digits)) > 1 and _is_card(digits):
            yield _CARD_NUMBER, match[0]
    if _MY_NUMBER_NEAR.search(line):
        for match in _MY_NUMBER.finditer(line):
            if _is_my_number(match[0]):
                yield _PERSON_NUMBER, match[0]


def _contacts(line: str) -> Iterator[tuple[str, re.Match[str]]]:
    if not _DIGITS.search(line):
        return
    for match in _PHONE.finditer(line):
        if not _FICTION.search(match[0]):
            yield "a phone number", match
    for match in _ADDRESS.finditer(line):
        yield "a postal address", match


def _is_card(digits: str) -> bool:
    from stdnum import luhn  # few texts have such numbers

    return bool(luhn.is_valid(digits))


def _is_my_number(written: str) -> bool:
    from stdnum.jp import in_

    return bool(in_.is_valid(written))
