"""The parts of a reply that belong to one customer or one day, each with the field for it.

What is proposed is shown to a person before anything is made of it. A part too many costs a key;
one too few costs a customer's name in somebody else's mail.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from cannery.capture.names import bare_name, names
from cannery.capture.personal_span import PersonalSpan, Placeholder

_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_DAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_CODE = r"(?=[A-Z-]{0,30}+\d)[A-Z0-9][A-Z0-9-]{2,30}"
_IS = r"[ 　]*+[（(]?[ 　]*+(?:numbers?|no\.?|ID|id|番号|コード)?[ 　]*+(?:[:：]|は|is|の)?[ 　]*+[#＃「(（]?[ 　]*+"
# In the order of their rights: of two that overlap, the first one stays.
_KINDS = (
    (Placeholder("email", "Mail address", "email", "ticket.requester.email"),
     r"(?P<v>[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8})"),
    (Placeholder("link", "Link", "url"), r"(?P<v>https?://(?:[.,;:!?)\]]*+[^\s<>\"'）」】、。.,;:!?)\]\\])++)"),
    (Placeholder("ticket_id", "Ticket number", source="ticket.id"),
     rf"(?i:ticket|case|チケット|(?:お問い?合わ?せ|受付|リクエスト)(?=番号)|(?<!pull )request(?= *+[#\d]| number)){_IS}"
     r"(?P<v>\d{3,12})\b"),
    (Placeholder("ticket_id", "Ticket number", source="ticket.id"), r"(?<![\w&/#])[#＃](?P<v>\d{4,12})\b"),
    (Placeholder("order_number", "Order number"), rf"(?i:\border|\bpurchase|ご?注文|発注|予約){_IS}(?P<v>{_CODE})"),
    (Placeholder("invoice_number", "Invoice number"), rf"(?i:invoice|receipt|請求書?|領収書|インボイス){_IS}(?P<v>{_CODE})"),
    (Placeholder("tracking_number", "Tracking number"), rf"(?i:tracking|追跡|伝票|問合せ){_IS}(?P<v>{_CODE})"),
    (Placeholder("reference", "Reference"),
     r"(?i:account|user|customer|client|workspace|project|organi[sz]ation|team|build|job|pipeline|run|licen[sc]e|"
     r"serial|subscription|contract|incident|reference|ref|"
     r"アカウント|ユーザー|お?客様|顧客|会員|契約|ビルド|ジョブ|ライセンス|シリアル|プロジェクト|組織|管理|整理)"
     rf"{_IS}(?P<v>{_CODE}|(?=[a-z-]{{0,30}}+\d)[a-z][a-z0-9-]{{3,30}})(?!\w|\.\w)"),
    (Placeholder("phone", "Telephone"),
     r"(?<![\w.-])(?P<v>0\d{1,4}[-‐−ー ]\d{1,4}[-‐−ー ]\d{3,4}|0[789]0\d{8}|\+\d{1,3}[ .-]?\(?\d{1,4}\)?(?:[ .-]\d{2,8}){2,4}"
     r"|\(\d{3}\) ?\d{3}-\d{4}|\b\d{3}-\d{3}-\d{4})(?![\w-])"),
    (Placeholder("ip_address", "IP address"), r"(?<![\w.])(?P<v>(?:\d{1,3}\.){3}\d{1,3}(?:/\d{1,2})?)(?![\w.]\d|\w)"),
    (Placeholder("date", "Date", "date"),
     r"(?<![\d/-])(?P<v>\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|(?:\d{4}年)?\d{1,2}月\d{1,2}日(?:[ 　]?[（(][月火水木金土日](?:曜日?)?[)）])?"
     rf"|(?:{_DAY},? )?(?:\d{{1,2}}(?:st|nd|rd|th)? (?:of )?{_MONTH}|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?)\b(?:,? \d{{4}})?"
     r"|\d{1,2}/\d{1,2}(?:/\d{2,4})?(?:[（(][月火水木金土日][)）])?)(?![\d/])"),
    (Placeholder("date", "Date", "date"),
     rf"(?<!to )(?<!through )\b(?P<v>{_DAY})\b(?! ?(?:to|through|-|–) ?{_DAY})"),
    (Placeholder("date", "Date", "date"), r"(?P<v>(?:来週|今週|再来週)?(?:の)?[月火水木金土日]曜日?)(?=まで|に|の|から|、|午前|午後)"),
    (Placeholder("time", "Time"),
     r"(?<![\d:])(?P<v>\d{1,2}:\d{2}(?::\d{2})?(?: ?(?:[ap]m|[AP]M))?(?: ?(?:UTC|GMT|JST|[CEPM][SED]T|CET|CEST))?"
     r"|(?:午前|午後)?\d{1,2}時(?:\d{1,2}分|半)?(?!間)|\b\d{1,2} ?(?:am|pm)\b)(?![\d:])"),
    (Placeholder("version", "Version"),
     r"(?<![\w./@-])(?P<v>[vV]?\d+\.\d+\.\d+(?:[.-][0-9A-Za-z]+)*)(?![\w/])"),
    (Placeholder("version", "Version"),
     r"(?i:\b(?:version|release|ver\.?|v)|バージョン|リリース)[ 　]?(?P<v>\d+(?:\.\d+)+)\b"),
    (Placeholder("version", "Version"),
     r"\b(?:Chrome|Firefox|Safari|Edge|Windows|macOS|Android|iOS|Ubuntu|Docker|Python|Java|Node(?:\.js)?|Ruby|Go|Git|"
     r"Runner|Agent|CLI|SDK|Desktop|Server|Enterprise)(?: version)? (?P<v>\d+(?:\.\d+)*(?: \d\dH\d)?)\b"),
    (Placeholder("amount", "Amount"),
     r"(?P<v>(?:US)?[$€£¥￥][ ]?\d[\d,]*+(?:\.\d{1,2})?(?:[ ]?(?:USD|EUR|JPY))?|\b\d[\d,]{0,20}+(?:\.\d{1,2})? ?(?:USD|EUR|GBP|JPY)\b"
     r"|(?<![\d,])\d[\d,]*+(?:万)?[ ]?(?:円|ドル|ユーロ))"),
)  # fmt: skip
_PATTERNS = tuple(
    (placeholder, re.compile(pattern, re.MULTILINE)) for placeholder, pattern in _KINDS
)
_MAX_PARTS = 300  # more are data, and nobody looks through them


def personal(text: str, *, agent: str = "", own_host: str = "") -> list[PersonalSpan]:
    """The personal spans, in their order, none over another.

    `agent` is the name of whoever wrote it, `own_host` the public site of the knowledge base, whose
    addresses are the same for everybody.
    """
    taken: list[PersonalSpan] = []
    covered = bytearray(len(text))
    kinds = (_of_kind(text, placeholder, pattern) for placeholder, pattern in _PATTERNS)
    for span in chain(*kinds, names(text, agent)):
        is_own = bool(own_host) and own_host in re.split(r"[/@:?#]", span.text)
        if is_own or any(covered[span.start : span.end]):
            continue
        covered[span.start : span.end] = b"\1" * (span.end - span.start)
        taken.append(span)
        if len(taken) >= _MAX_PARTS:
            break
    return _numbered(sorted(taken))


def _of_kind(
    text: str, placeholder: Placeholder, pattern: re.Pattern[str]
) -> Iterator[PersonalSpan]:
    for match in pattern.finditer(text):
        yield PersonalSpan(*match.span("v"), match["v"], placeholder)


def _numbered(spans: list[PersonalSpan]) -> list[PersonalSpan]:
    """The parts with a field for each text: the second date of two is `date_2`."""
    names_of: dict[str, list[str]] = {}
    done = []
    for span in spans:
        texts = names_of.setdefault(span.placeholder.name, [])
        same = _same(span)
        if same not in texts:
            texts.append(same)
        number = texts.index(same) + 1
        if number == 1 or not span.placeholder.is_field:
            done.append(span)
            continue
        name = f"{span.placeholder.name}_{number}"
        template = span.placeholder.template.replace(span.placeholder.name, name)
        placeholder = span.placeholder._replace(
            name=name, label=f"{span.placeholder.label} {number}", source="", template=template
        )
        done.append(span._replace(placeholder=placeholder))
    return done


def _same(span: PersonalSpan) -> str:
    """What makes two parts one: a name is the same with its honorific or the other half of it."""
    bare = bare_name(span.text)
    return bare.split()[0] if span.placeholder.name == "customer" and bare else bare
