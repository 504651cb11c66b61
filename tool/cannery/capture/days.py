"""Days and times: of one case, and not of every week."""

from __future__ import annotations

import re

from cannery.capture.kind import Kind, after, before, pattern
from cannery.capture.personal_span import Placeholder

_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?)\b(?:\.(?= \d))?"
)
_DAY = r"(?:[Mm]on|[Tt]ues|[Ww]ednes|[Tt]hurs|[Ff]ri|[Ss]atur|[Ss]un)day"
_ANY_DAY = r"(?:(?:Mon|Tues?|Wed|Thur?s?|Fri|Sat|Sun)\b(?:\.(?=,? \d))?|(?:[Mm]on|[Tt]ues|[Ww]ednes|[Tt]hurs|[Ff]ri|[Ss]atur|[Ss]un)day)"
_NTH = r"\d{1,2}(?:st|nd|rd|th)?"
_YEAR = r"(?:,? (?:19|20)\d{2}|(?: |, )?'\d{2})?"
_WEEKDAY_JA = r"[ 　]?[（(][月火水木金土日](?:曜日?)?(?:[・･]祝)?[)）]"
_ERA = r"(?:(?:明治|大正|昭和|平成|令和)(?:\d{1,2}|元)年|[MTSHR]\d{1,2}[./年]|(?:19|20)\d{2}年|(?:来年|今年|昨年|去年|翌年)の?)"
_PART = r"(?: (?:morning|afternoon|evening|night|noon))?"
_PART_JA = r"(?:の?(?:早朝|朝|午前中?|昼|正午|午後|夕方|夜|深夜|終日|中)(?![\d前後]))?"
_NUMBER = r"(?:\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|a few|a couple of)"
_ZONE = r"(?: ?\(?(?:UTC|GMT|JST|KST|IST|SGT|HKT|MSK|A[EWC][SD]?T|[ECMP][SD]?T|CES?T|EES?T|WES?T|BST|AKST|HST|NZ[SD]T|Z\b)(?: ?[+-]\d{1,2}(?::\d\d)?)?\)?)?"
_DATE = Placeholder("date", "Date", "date")
_TIME = Placeholder("time", "Time")
_PERIOD = Placeholder("period", "Period")

_MONTHS, _DAYS = 12, 31
_OFTEN = re.compile(
    r"\b(?:every|each|always)\b[^.,;]{0,12}$|毎[日週月年朝晩][^。、]{0,4}$", re.IGNORECASE
)
_EVERY = re.compile(
    r"\b(?:opening|business|office|support|service|working) (?:hours?|times?|days?)\b|\bopen (?:from|between|on|daily|\d|Mon)"
    r"|\b(?:daily|weekdays|weekends|hours:|24/7)|営業(?:時間|日)|(?:受付|対応|窓口|サポート)時間|平日|年中|定休|土日祝"
    r"|(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{0,6} ?(?:to|through|-|–) ?(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)|月曜?日?(?:から|〜|～|-)[木金土日]",
    re.IGNORECASE,
)  # fmt: skip
_STOP = re.compile(r"[.!?;] |[。！？]")
# Periods that rules name: one that begins with the text is another number.
_OF_RULES = re.compile(r"\D*(?:(?:30|60|90|180|365) ?(?:days|日)|(?:24|48|72) ?(?:hours|時間))")
_RANGE_BEFORE = re.compile(
    rf"(?:{_ANY_DAY}|[月火水木金土日]曜?日?)[ 　]?(?:to|through|till|until|-|–|から|〜|～|~)[ 　]?$"
)
_RANGE_AFTER = re.compile(
    rf"^[ 　]?(?:to|through|till|-|–|から|〜|～|~)[ 　]?(?:{_ANY_DAY}|[月火水木金土日]曜?日?)"
)
_ALWAYS = re.compile(
    r"(?:expires?|expired?|valid|deleted|removed|available|works?|lasts|kept|only|limit|automatically|timeout|times? out)[^.]{0,25}$",
    re.IGNORECASE,
)
_ALWAYS_JA = re.compile(r"^[ 　]?(?:に|以降に|で)?(?:自動|失効|削除|無効|期限切れ|消去)")


def _is_of_a_calendar(match: re.Match[str]) -> bool:
    """Whether a day and a month are among the numbers; `0.0.73` is a version."""
    numbers = sorted(map(int, re.findall(r"\d+", match["v"])[:3]))
    in_dots = re.fullmatch(r"\d\.\d{1,2}\.\d{2}|\d\d\.\d\.\d{2}", match["v"])
    return 1 <= numbers[0] <= _MONTHS and 1 <= numbers[1] <= _DAYS and not in_dots


def _is_one_day(match: re.Match[str]) -> bool:
    """No range of weekdays, no hours of every week."""
    sentence = _STOP.split(before(match))[-1] + match["v"] + _STOP.split(after(match))[0]
    return not (
        _RANGE_BEFORE.search(before(match))
        or _RANGE_AFTER.search(after(match))
        or _EVERY.search(sentence)
        or _OFTEN.search(before(match))
    )


def _is_no_rule(match: re.Match[str]) -> bool:
    """A span of time from today, and not one that holds for everybody."""
    return not (
        _ALWAYS.search(before(match))
        or _ALWAYS_JA.search(after(match))
        or _OFTEN.search(before(match))
        or _OF_RULES.match(match["v"])
    )


def _is_no_day_of_all(match: re.Match[str]) -> bool:
    return not _OFTEN.search(before(match))


DATES = (
    Kind(_DATE, pattern(
        r"(?<![\d/.-])(?P<v>(?:19|20)\d{2}([-/.])\d{1,2}\2\d{1,2}" + f"(?:{_WEEKDAY_JA})?"
        r"(?=(?:[T ]\d{1,2}:)?)|(?<![\w])\d{1,2}([./-])\d{1,2}\3(?:(?:19|20)\d{2}|\d{2}))(?![\d/]|[-.]\d)"), _is_of_a_calendar),
    Kind(_DATE, pattern(rf"(?<![\d.,])(?P<v>{_NTH})(?= ?(?:to|and|or|until|-|–) ?{_NTH} (?:of )?{_MONTH})")),
    Kind(_DATE, pattern(r"(?:日|[)）])(?:から|〜|～|、|・|と)(?P<v>\d{1,2}日)(?!間|ほど|以内|前|後)")),
    Kind(_DATE, pattern(rf"(?P<v>{_ERA}?(?<![\d.])\d{{1,2}}月\d{{1,2}}日(?:{_WEEKDAY_JA})?{_PART_JA})"), _is_no_day_of_all),
    Kind(_DATE, pattern(r"(?P<v>\b[MTSHR]\d{1,2}\.\d{1,2}\.\d{1,2})(?![\d.])")),
    Kind(_PERIOD, pattern(rf"(?P<v>(?:{_ERA}(?<![\d.])\d{{1,2}}月(?:分|末日?|初旬|上旬|中旬|下旬|頃|中|度)?"
                          r"|(?<![\d.])\d{1,2}月(?:分|末日?|初旬|上旬|中旬|下旬|頃|中|度)))"), _is_no_day_of_all),
    Kind(_DATE, pattern(
        rf"(?P<v>(?:\b{_ANY_DAY},? (?:the )?)?(?:(?<![\d.,:])\b{_NTH} (?:of )?{_MONTH}|\b{_MONTH} {_NTH})(?!\w|[:.,]\d){_YEAR})")),
    Kind(_DATE, pattern(rf"(?<![\d/-])(?P<v>(?!24/7)\d{{1,2}}/\d{{1,2}}(?![\d/]|\.\d| of\b)(?:{_WEEKDAY_JA})?)")),
    Kind(_DATE, pattern(r"\b(?:on|by|until|since|from|am|bis|zum|ab) (?P<v>\d{1,2}\.\d{1,2}\.)(?!\d)")),
    Kind(_DATE, pattern(r"\b(?:on|by|until|since|from|before|after) (?P<v>the \d{1,2}(?:st|nd|rd|th))\b(?! (?:step|time|page|row|item|line|digit|and))")),
    Kind(_PERIOD, pattern(rf"(?P<v>\b{_MONTH} (?:19|20)\d\d)\b")),
    Kind(_PERIOD, pattern(rf"\b(?:in|by|for|since|until|of|from|end of|early|late|mid) (?P<v>{_MONTH})(?! \d|\w)"), _is_no_day_of_all),
)  # fmt: skip

RELATIVE = (
    Kind(_DATE, pattern(
        r"(?<![\w-])(?P<v>(?i:(?:the )?day (?:after tomorrow|before yesterday)|(?:the )?end of (?:the |this |next )?"
        r"(?:week|month|quarter|year|day)|(?:later |earlier |early |late )?(?:today|tomorrow|yesterday)"
        rf"{_PART}|tonight|(?:early |late |later |earlier )?(?:this|last|next) (?:morning|afternoon|evening|night|week|weekend|month|quarter|year)"
        rf"(?:'s)?|(?:EOD|COB|close of business)|within the (?:day|week|month)|the weekend)|(?:(?i:last|next|this coming|this|coming) )"
        rf"{_ANY_DAY}(?! (?:to|through) ){_PART})(?![\w-])"), _is_no_day_of_all),
    Kind(_DATE, pattern(rf"(?<![\w-])(?P<v>{_DAY}{_PART})(?![\w-])"), _is_one_day),
    Kind(_DATE, pattern(rf"\b(?:on|by|until|since|till|from|before|for) (?P<v>(?:Mon|Tues?|Wed|Thur?s?|Fri|Sat|Sun)\b{_PART})(?! ?[-–])"), _is_one_day),
    Kind(_DATE, pattern(
        rf"(?<![\w-])(?P<v>(?i:in {_NUMBER} (?:more |business |working )?(?:hours?|days?|weeks?|months?)(?:'? time)?"
        rf"|{_NUMBER} (?:minutes?|hours?|days?|weeks?|months?|years?) (?:ago|earlier)))(?![\w-])"), _is_no_rule),
    Kind(_DATE, pattern(
        rf"(?P<v>(?:来週|今週|再来週|先週|先々週|次|次回|翌週)(?:の)?[月火水木金土日](?:曜日?)?(?![一-龠]){_PART_JA})(?!間|以降の毎)"), _is_one_day),
    Kind(_DATE, pattern(
        rf"(?<![一-龠])(?P<v>(?:本日|今日|明日|明後日|あさって|昨日|一昨日|おととい|今朝|今夜|今晩|昨夜|昨晩|明朝|明晩|"
        rf"(?:今月|来月|再来月|先月)の?\d{{1,2}}日|(?:今週|来週|再来週|先週|先々週|今月|来月|再来月|先月|今年度?|来年度?|昨年度?|去年)(?:中|末|初め|前半|後半|中旬|上旬|下旬|頭)?|"
        rf"月末|月初|週末|週明け|年内|年明け|年度末){_PART_JA})"), _is_no_day_of_all),
    Kind(_DATE, pattern(rf"(?<![一-龠])(?P<v>[月火水木金土日]曜日?{_PART_JA})(?![〜～~日])"), _is_one_day),
    Kind(_DATE, pattern(r"(?<![\d.])(?P<v>(?:約)?\d{1,3}(?:営業日|時間|日|週間|[かヶケカ]月|年)(?:ほど|半)?[前後])(?!後|の設定|まで)"), _is_no_rule),
)  # fmt: skip

_CLOCK = r"(?:[01]?\d|2[0-4]):[0-5]\d(?::[0-5]\d)?"
TIMES = (
    Kind(_TIME, pattern(
        rf"(?<![\d:.])(?P<v>(?:(?:日本|現地)時間)?(?:{_CLOCK}(?: ?(?:[ap]m\b|[AP]M\b|[ap]\.m\.))?{_ZONE}"
        rf"|\b\d{{1,2}} ?(?:am|pm|AM|PM|a\.m\.|p\.m\.)(?!\w){_ZONE}|\b\d{{1,2}}h\d{{2}}\b{_ZONE}|\b\d{{1,2}} o'clock\b"
        r"|正午|(?:午前|午後|深夜|夜|朝)?\d{1,2}時(?:\d{1,2}分|半)?(?!間|代)(?:頃|ごろ)?))(?![\d:])"), _is_one_day),
    Kind(_TIME, pattern(r"(?<![\d:.,])(?P<v>\d{1,2}(?::\d\d)?)(?= ?(?:to|and|until|-|–) ?\d{1,2}(?::\d\d)? ?[ap]m\b)"), _is_one_day),
    Kind(_TIME, pattern(r"\b(?:at|by|until|before|after|around|since|from) (?P<v>noon|midnight)\b"), _is_one_day),
    Kind(Placeholder("duration", "Duration"), pattern(
        r"(?<![\w.])(?P<v>\d{1,3} (?:hours?|days?|minutes?),? (?:and )?\d{1,2} (?:minutes?|hours?|seconds?)|\d{1,3}(?:時間|日間?|分)(?:と)?\d{1,2}(?:分間?|時間|秒間?))(?![A-Za-z0-9_])")),
)  # fmt: skip
