"""Who wrote a reply: a name under it, or one that it begins with."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cannery.capture.kind import line_of, span_of
from cannery.capture.letters import KANA_NAME, KANJI_NAME, NAME, is_name
from cannery.capture.personal_span import PersonalSpan, Placeholder

AGENT, AGENT_MAIL, AGENT_PHONE = (
    Placeholder(f"agent.{name}", label, template=f"{{{{ agent.{name} }}}}", is_field=False)
    for name, label in (
        ("name", "Your name"), ("email", "Your email address"), ("phone", "Your phone number"),
    )
)  # fmt: skip

_CLOSING = (
    r"(?i:(?:(?:Best|Kind|Kindest|Warm|Warmest|Many|With kind|With best|With warm)?[ ]?(?:regards|wishes|thanks)|Best|Cheers|Thanks|Thx"
    r"|Thank you|Sincerely|Yours(?: \w+)?|All the best|Take care|(?:Talk|Speak|See you) soon|Have a (?:nice|good|great|lovely) (?:day|week|weekend|evening)"
    r"|(?:mit )?(?:freundliche[nr]?|beste|viele|liebe) Grü(?:ß|ss)en?|Cordialement|Saludos)(?:[ ](?:again|in advance|from|and[ ]\w{1,12}))?)"
)
_SIGNED = (
    re.compile(
        rf"^[ \t]*{_CLOSING}[,.!]?[ \t]*\\?\n+[ \t]*(?P<v>{NAME})(?=[ \t]*(?:\\?\n|\Z|[,|(/·•–-]))",
        re.MULTILINE,
    ),
    # Mail programs draw two dashes and a blank above a signature.
    re.compile(
        rf"^[ \t]*(?:\\?--|[–—])[ \t]*\\?\n+[ \t]*(?P<v>{NAME})(?=[ \t]*(?:\\?\n|\Z|[,|(/·•–-]))",
        re.MULTILINE,
    ),
    re.compile(rf"(?:^|[.!?] )(?:{_CLOSING},[ ]|[-–—~/]{{1,2}}[ ]?)(?P<v>{NAME})[ \t]*$", re.MULTILINE),
    re.compile(
        rf"\b(?:I'm|I am|[Tt]his is|[Mm]y name is|it's)[ ](?P<v>{NAME})"
        r"(?=[ ](?:from|with|at|of|in|here|again)\b|,[ ](?:from|your|the|I)\b|\.[ ]|[ ]and I\b)"
    ),
)  # fmt: skip
_SIGNED_FOR = re.compile(
    rf"^[ \t]*{_CLOSING}[,.!]?[ \t]*\\?\n+[ \t]*(?P<v>(?P<role>[A-Z]\w{{1,20}}(?: [A-Z]\w{{1,20}}){{0,2}}), (?P<p>{NAME}))[ \t]*$", re.MULTILINE
)  # fmt: skip
# How the last paragraph begins that is a name, or a name and what its owner does.
_BLOCK = re.compile(
    rf"[ \t]*(?P<v>{NAME}|[a-z]{{2,12}})(?=[ \t]*(?:[|/·•(–-]|,[ ]?[A-Z]|\\?$))", re.MULTILINE
)
_BLOCK_LINES, _BLOCK_WIDTH = 5, 80

_DESK = r"(?:サポート|窓口|センター|チーム|デスク|担当|部|課|係|室|ケア|グループ|事務局|カスタマー\S{0,8})"
_I_AM = (
    re.compile(
        rf"{_DESK}(?:の|[:： 　]|担当の)?[ 　]?(?P<v>{KANJI_NAME}|(?<![ァ-ヶー]){KANA_NAME})"
        r"(?=です|でございます|と申します|でした|より|が(?:担当|対応|承)(?:いた|し|り|って)|[ 　]*\\?$)",
        re.MULTILINE,
    ),
    re.compile(
        rf"(?:^|。|[!！])[ 　]*(?:私、?)?(?P<v>[一-龠々]{{1,4}}|{KANA_NAME})(?=です[。！]|でございます|と申します)",
        re.MULTILINE,
    ),
)  # fmt: skip
# After a company's name; `予定です` stands there too, but not in a greeting.
_OF_A_COMPANY = re.compile(
    rf"の(?P<v>{KANJI_NAME}|{KANA_NAME})(?=と申します|です[。！]?$|でございます[。！]?$)", re.MULTILINE
)  # fmt: skip
_HELLO = re.compile(
    r"お世話|お疲れ|初めまして|はじめまして|こんにちは|ありがとう|失礼|株式会社|^.{0,30}と申します"
)
_WITH_ROLE = re.compile(
    r"^[ 　\t]*(?P<v>(?P<role>[^\s。、,.!！?？@:/]{2,20}(?:[ 　][^\s。、,.!！?？@:/]{2,16})??)(?P<gap>の|[ 　]{1,2}|[・:：/／|｜])"
    rf"(?P<p>[一-龠々]{{1,4}}(?:[ 　][一-龠々ぁ-んァ-ヶー]{{1,5}})?|{KANA_NAME})(?:より|でした。?|です。?|[（(][^\s()（）]{{1,12}}[)）])?)[ 　\t]*\\?$",
    re.MULTILINE,
)  # fmt: skip
_ROLE = re.compile(
    r"(?:担当|窓口|センター|チーム|部|課|係|デスク|サポート|ケア|グループ|室|事務局|本部|支店|営業|経理|総務|会社\S{0,12}|管理者|責任者|係長|課長|"
    r"部長|主任|リーダー|エンジニア)$"
)
_ALONE = (
    re.compile(
        r"^[ 　\t]*(?:[-–—―/／]{1,2}[ 　]?)?(?P<v>[一-龠々]{1,4}(?:[ 　][一-龠々ぁ-んァ-ヶー]{1,5})?|[ァ-ヶー]{2,8})"
        r"(?:より|拝|[ 　]*[（(][^\s()（）]{1,12}[)）])?[ 　\t]*\\?$",
        re.MULTILINE,
    ),
    re.compile(r"[（(](?P<v>[一-龠々]{1,4})[)）][ 　]*\\?$", re.MULTILINE),
)  # fmt: skip
_LAST_LINES = 6  # of a Japanese letter, that its writer's name may stand in


def writers(text: str, agent: str) -> Iterator[PersonalSpan]:
    """Who wrote it: `agent` as far as it is known, else what the end and the beginning tell."""
    if agent:
        for match in re.finditer(rf"(?<!\w){re.escape(agent)}(?!\w)", text):
            yield PersonalSpan(*match.span(), match[0], AGENT)
    for match in _SIGNED_FOR.finditer(text):
        if not is_name(match["role"]) and is_name(match["p"]):
            yield span_of(match, AGENT)
    signed = [*_named(_SIGNED, text)]
    yield from signed
    yield from _signed_ja(text)
    yield from _named(_I_AM, text)
    for match in _OF_A_COMPANY.finditer(text):
        if is_name(match["v"]) and _HELLO.search(line_of(match)):
            yield span_of(match, AGENT)
    if not signed:
        yield from _last_paragraph(text.rstrip())
        yield from _last_line(text.rstrip())


def _named(patterns: tuple[re.Pattern[str], ...], text: str, at: int = 0) -> Iterator[PersonalSpan]:
    for pattern in patterns:
        for match in pattern.finditer(text, at):
            if is_name(match["v"]):
                yield span_of(match, AGENT)


def _last_paragraph(body: str) -> Iterator[PersonalSpan]:
    """The name that it begins with, or that it is."""
    begin = body.rfind("\n\n") + 2
    lines = body[begin:].split("\n")
    is_short = len(lines) <= _BLOCK_LINES and max(map(len, lines)) <= _BLOCK_WIDTH
    match = _BLOCK.match(body, begin) if begin > 1 and is_short else None
    if match and is_name(match["v"]) and (match["v"][0].isupper() or len(lines) == 1):
        yield span_of(match, AGENT)


def _last_line(body: str) -> Iterator[PersonalSpan]:
    """A last line that is a name and nothing else."""
    begin = body.rfind("\n") + 1
    match = _BLOCK.match(body, begin) if begin else None
    if match and match.end() == len(body) and match["v"][0].isupper() and is_name(match["v"]):
        yield span_of(match, AGENT)


def _signed_ja(text: str) -> Iterator[PersonalSpan]:
    """The lines at the end that are a name, alone or behind what its owner does."""
    lines = [match.start() for match in re.finditer(r"^(?=.)", text, re.MULTILINE)]
    at = lines[-min(_LAST_LINES, len(lines) - 1)] if len(lines) > 1 else len(text)
    for match in _WITH_ROLE.finditer(text, at):
        if is_name(match["p"]) and (match["gap"] == "　" or _ROLE.search(match["role"])):
            yield span_of(match, AGENT)
    yield from _named(_ALONE, text, at)


_DESKS = re.compile(
    r"(?:support|info|help|helpdesk|desk|billing|sales|contact|no-?reply|team|office|hello|service|customer\W?service|accounts|admin)@",
    re.IGNORECASE,
)
_WORD = re.compile(r"[a-z]{3,30}")
_SIGNATURE_LINES, _SIGNATURE_WIDTH = 6, 80


def with_own_contacts(
    text: str, spans: list[PersonalSpan], own_mail: str
) -> Iterator[PersonalSpan]:
    """The spans, where addresses and numbers under the writer's name are the writer's.

    So is an address with that name in it, wherever it stands. One of a desk under it is everybody's.
    """
    own = [span for span in spans if span.placeholder.name == AGENT.name]
    signed = own[-1].end if own and _is_signature(text[own[-1].end :]) else len(text)
    words = {word for span in own for word in _WORD.findall(span.value.lower())}
    for span in spans:
        name, is_under = span.placeholder.name, span.start >= signed
        local = span.text.partition("@")[0].lower()
        is_desk = name in {"host", "link"} or (name == "email" and _DESKS.match(span.text))
        if (is_under and is_desk) or (
            name == "company" and own and _is_beside(text, span, own[-1])
        ):
            continue
        if name == "email" and (
            is_under or span.text == own_mail or words.intersection(_WORD.findall(local))
        ):
            yield span._replace(placeholder=AGENT_MAIL)
        elif name == "phone" and is_under:
            yield span._replace(placeholder=AGENT_PHONE)
        else:
            yield span


def _is_beside(text: str, company: PersonalSpan, own: PersonalSpan) -> bool:
    """Whether a company has a line of its own, next to the writer's name at the end."""
    begin, end = sorted((company, own))
    between = text[begin.end : end.start]
    line = text[text.rfind("\n", 0, company.start) + 1 :].partition("\n")[0]
    is_last = text.count("\n", own.end) <= _SIGNATURE_LINES
    return (
        line.strip() == company.text
        and is_last
        and between.count("\n") in {1, 2}
        and "\n\n" not in between
    )


def _is_signature(rest: str) -> bool:
    """Whether what stands behind a name is lines about its owner, and no sentences."""
    lines = rest.strip().split("\n")
    return len(lines) <= _SIGNATURE_LINES and not any(
        len(line) > _SIGNATURE_WIDTH or line.endswith(("。", ".")) for line in lines
    )
