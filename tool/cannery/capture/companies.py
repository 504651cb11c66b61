"""Names of companies, schools and the like: the customer's, and not the writer's own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cannery.capture.kind import after, before, span_of
from cannery.capture.letters import is_name
from cannery.capture.personal_span import PersonalSpan, Placeholder

COMPANY = Placeholder("company", "Company")
ORGANIZATION = "ticket.organization.name"
_KIND_JA = r"(?:(?:株式|有限|合同|合資|合名)会社|[（(][株有合][)）]|㈱|㈲|(?:学校|医療|社団|財団|社会福祉|宗教|独立行政|国立大学|一般社団|公益財団|特定非営利活動|NPO)法人)"
_NAME_JA = r"[一-龠々ぁ-んァ-ヶーA-Za-z0-9Ａ-Ｚａ-ｚ・&＆.-]"
_FORM = (
    r"(?:Inc|Ltd|Limited|LLC|LLP|GmbH|AG|SA|S\.A|SARL|SAS|BV|B\.V|NV|N\.V|\(Pty\) Ltd|P[vt][te]\.? Ltd|Sdn\.? Bhd|Oy|AB|AS|A/S|ApS|SpA|S\.p\.A|Srl|S\.r\.l|Pty Ltd|PLC|plc|Corp|Corporation|"
    r"Company|Co|K\.K|KK|KG|e\.V|UG|Kft|s\.r\.o|Sp\. z o\.o|GmbH & Co\. KG|Group|Holdings?|Partners|University|College|Institute|Hospital|Bank)"
)
_COMPANY_JA = re.compile(
    rf"(?P<v>{_KIND_JA}[ 　]?{_NAME_JA}{{1,24}}?(?=[ 　、。\n\\（(」）)様]|御中|さま|の|より|から|に|へ|と|は|が|を|で|$)"
    rf"|(?:[一-龠々ァ-ヶーA-Za-z0-9・&＆]{{1,24}})(?:株式会社|有限会社|合同会社|[（(]株[)）]|㈱))",
    re.MULTILINE,
)
_COMPANY = re.compile(
    rf"(?P<v>\b[A-Z\u00c0-\u00de][\w&'’-]{{1,40}}+(?>(?: (?!{_FORM}\b)(?:&|and|of|de|the|[A-Z\u00c0-\u00de][\w&'’-]{{0,40}}+)){{0,3}}),? {_FORM}\b\.?(?:,? {_FORM}\b\.?)?)"
)
_PLACE_JA = re.compile(
    r"^[ 　\t]*(?P<v>[一-龠々ァ-ヶー]{1,16}(?:大学(?:大学院)?|高校|高等学校|中学校|小学校|学園|学院|病院|医院|銀行|市役所|区役所|県庁|研究所|協会|組合|商店|工業|製作所|建設|物産|商事|ホテル|旅館|クリニック|事務所|薬局|保育園|幼稚園|不動産|電機|製薬|運輸|物流|食品|印刷|出版|書店|役場|本舗|百貨店))"
    r"(?=[ 　]|$|御中)",
    re.MULTILINE,
)
_TRADE = re.compile(
    r"(?P<v>(?:\bSt\.? )?\b(?P<n>[A-Z\u00c0-\u00de][\w&'’-]{1,30}+)(?: [A-Z][\w'’-]{1,30}+)? (?:Motors|Bakery|Logistics|Industries|Systems|Solutions|Technologies|"
    r"Consulting|Foods|Dental|Studios|Labs|Media|Pharma|Insurance|Hotel|Clinic|School|Academy|Association|Foundation|Enterprises|Brothers|Trading|"
    r"Robotics|Textiles|Architects|Properties|Hospice|Hospital|Library|Museum|University|College|Institute|Bank|Airlines|Rentals|Water Works|& Sons|& Co))\b(?!-)"
)
_NAMED_JA = re.compile(
    r"(?P<v>[ァ-ヶー]{3,16}(?:法律事務所|会計事務所|銀行|病院|医院|大学|学園|高校|クリニック|ホテル|工業|建設|製薬|物流|電機|商事|食品|商会|商店|モーターズ|ロジスティクス|システムズ|テクノロジーズ?|フーズ|ソリューションズ|"
    r"ホールディングス|インダストリーズ|スタジオ|ワークス|エンジニアリング|トレーディング|ラボラトリーズ?)"
    r"|[一-龠]{2,8}(?:法律事務所|会計事務所|銀行|大学|病院|学園|医院|工業|建設|製作所|商店|商会|物流|商事)(?=様|さま|御中|の[^\s。、]{1,8}(?:様|先生|さん|氏)))"
)
_GREETED = re.compile(
    r"^(?i:Hi|Hello|Hey|Dear|Good \w{3,9})[ ,]+(?P<v>(?:the )?(?:team|everyone|everybody|all|folks|colleagues)(?: members)?(?:(?: at| of| from| in)"
    r"(?: the)?)? (?P<p>[A-Z][\w&'’-]{1,40}+(?: [A-Z&][\w&'’-]{0,40}+){0,3}))(?=[ ]?[,!.:;–—-]|[ ]?$)",
    re.MULTILINE,
)
_FOR = re.compile(
    r"\b(?i:for|at|of|by|from|registered to|belongs to|company|organi[sz]ation|on behalf of|tenant of|behalf of) (?P<v>[A-Z][\w&'’-]{1,30}+(?: (?:&|and|[A-Z][\w&'’-]{0,30}+)){1,3})"
    r"(?= \((?:contract|customer|account|tenant|client)|[.,]?$|, (?:contract|customer|account))",
    re.MULTILINE,
)
_ADDRESSED = re.compile(
    r"^[ 　\t]*(?P<v>[^\s、。]{2,30}?(?:[ 　][^\s、。]{1,30}?){0,2})(?=[ 　]*御中)", re.MULTILINE
)
_OWN = re.compile(
    r"^[^。\n]{0,24}(?:です|でございます|と申します|でした)|^[ 　]?[^\s。]{0,12}(?:サポート|窓口|チーム|センター|カスタマー)"
)
_READER = re.compile(
    r"^(?:様)?[ 　]?(?:[^\n。]{0,24}\n){0,2}[^\n。]{0,24}?(?:様|先生|御中|殿|さん|さま)"
)
_NEAR = 60
_TOP = 4  # lines that a letter names its reader in


def companies(text: str) -> Iterator[PersonalSpan]:
    for match in _ADDRESSED.finditer(text):
        yield span_of(match, COMPANY._replace(source=ORGANIZATION if _line(match) < _TOP else ""))
    for match in _COMPANY_JA.finditer(text):
        if not _OWN.match(after(match)) and "弊社" not in before(match, 6):
            yield span_of(match, _bound(match))
    for match in _PLACE_JA.finditer(text):
        if _line(match) < _TOP:
            yield span_of(match, COMPANY)
    for pattern in (_NAMED_JA, _GREETED, _COMPANY, _FOR):
        for match in pattern.finditer(text):
            yield span_of(match, COMPANY)
    for match in _TRADE.finditer(text):
        if is_name(match["n"]):
            yield span_of(match, COMPANY)


def _bound(match: re.Match[str]) -> Placeholder:
    """The requester's, where a letter begins with it or their name stands right behind it."""
    in_front = not before(match).strip(" 　\t>") and _line(match) < _TOP
    beside = match.string.startswith("の", match.end()) and _line(match) < _TOP
    follows = match.string[match.end() : match.end() + _NEAR].strip()
    if (in_front or beside) and _READER.match(follows.lstrip("の 　\n")):
        return COMPANY._replace(source=ORGANIZATION)
    return COMPANY


def _line(match: re.Match[str]) -> int:
    return len([line for line in match.string[: match.start()].splitlines() if line.strip()])
