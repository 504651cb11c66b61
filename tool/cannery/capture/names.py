"""Names of people and companies, where a letter has them: after a greeting, before 様, at its end."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cannery.capture.personal_span import PersonalSpan, Placeholder

CUSTOMER = Placeholder("customer", "Customer's name", source="ticket.requester.first_name")
CUSTOMER_JA = Placeholder(
    "customer", "お客様のお名前", source="ticket.requester.last_name", template="{{ customer | honorific }}"
)  # fmt: skip
COMPANY = Placeholder("company", "Company", source="ticket.organization.name")
AGENT = Placeholder("agent.name", "Your name", template="{{ agent.name }}", is_field=False)
PERSON = Placeholder("person", "Another person's name")

_MAX_PEOPLE = 20  # in one letter
_NAME = r"[A-Z\u00c0-\u00de][\w'’.-]{0,30}(?:[ ][A-Z\u00c0-\u00de][\w'’-]{1,30}){0,2}"
_GREETING = re.compile(
    r"^[ \t>*]*(?:Hi|Hello|Hey|Dear|Good (?:morning|afternoon|evening|day)|Greetings|Thanks|Thank you"
    r"|Welcome(?: back)?)[ ,]+(?:(?:again|there)[ ,]+)?(?:(?:Mr|Ms|Mrs|Mx|Dr|Prof)\b\.?[ ])?"
    rf"(?P<v>{_NAME})(?=[ ]?[,!.:;–—-]|[ ]?$)",
    re.MULTILINE,
)
_LOWER = re.compile(
    r"^(?:hi|hello|hey|dear|thanks|thank you)[ ,]+(?P<v>[a-z][a-z'-]{1,20})(?=,|!|[ ]?$)",
    re.MULTILINE,
)
_TITLED = re.compile(rf"\b(?:Mr|Ms|Mrs|Mx|Dr|Prof)\.?[ ](?P<v>{_NAME})")
_CLOSE = re.compile(
    r"(?:,|\bagain|\bpatience)[ ](?P<v>[A-Z][a-z]+)(?=[!.]?[ ]*$)", re.MULTILINE
)  # fmt: skip
_OTHER = re.compile(
    r"\b(?:colleague|teammate|coworker|manager|admin(?:istrator)?|engineer|developer|CTO|CEO)s?[ ,]+"
    rf"(?P<v>{_NAME})"
)
_YOURS = re.compile(rf"\b(?P<v>{_NAME})(?= (?:in|from|on|at) your\b)")
_OURS = re.compile(
    r"(?:弊社|当社|同僚|上司)の?(?:担当|エンジニア|営業)?の?[:： 　]?(?P<v>[一-龠々]{1,4}?)(?=が|も|より|から|に)"
)
_SIGNED = re.compile(
    r"^[ \t]*(?i:(?:(?:Best|Kind|Warm|Many|With kind|With best)?[ ]?(?:regards|wishes|thanks)|Best|Cheers|Thanks"
    r"|Thank you|Sincerely|Yours(?: \w+)?|All the best|Take care))[,.!]?[ \t]*\\?\n+[ \t]*"
    rf"(?P<v>{_NAME})(?=[ \t]*(?:\\?\n|$|[,|(]))",
    re.MULTILINE,
)
_NOBODY = frozenset(
    "All Team Everyone Everybody Folks There Both Again Customer Sir Madam Support So For You Friend "
    "Friends Colleagues World Guys Community Maam And The This That Your Our We Thanks Cheers Regards "
    "Best Bye Sincerely".split()
)
_RUN = r"[一-龠々]{1,5}(?:[ 　][一-龠々ぁ-んァ-ヶー]{1,6})?|[ァ-ヶー・]{2,14}|\b[A-Z][A-Za-z.'-]{1,20}(?: [A-Z][A-Za-z.'-]{1,20})?"
_HONORIFIC = r"[ 　]?(?:様|さま|さん|殿|氏|先生)"
_HONORED = re.compile(rf"(?P<v>(?P<n>{_RUN}){_HONORIFIC})(?![々子式方])")
_NO_NAME = re.compile(
    r"(?:客|者|先|社|店|方|当|員|皆|同|仕|多|模|異|有|王|神|何|外|奥|貴|各|位|人|女|仏|父|母|兄|姉|親|"
    r"部|課|室|係|局|署|省|校|院|会|組)$"
)
_I_AM = re.compile(
    r"(?:^|。)[ 　]*(?P<v>[一-龠々]{2,4})(?=です|でございます|と申します)", re.MULTILINE
)
_SELF = re.compile(
    r"(?:サポート|窓口|センター|チーム|デスク|担当|カスタマー\S{0,8})(?:の|[:： 　]|担当の)?[ 　]?"
    r"(?P<v>(?!チーム|デスク|センター|窓口|担当|者|様)(?:[一-龠々]{1,4}|[ァ-ヶー]{2,10}))(?=です|でございます|と申します|が(?:担当|対応|承)|[ 　]*\\?$)",
    re.MULTILINE,
)
# A letter whose last line is a name and nothing else.
_LAST = re.compile(
    rf"\n[ \t]*(?P<v>{_NAME}|(?<=\n\n)[a-z]{{2,12}}|[一-龠々]{{2,4}}(?:[ 　][一-龠々ぁ-んァ-ヶー]{{1,5}})?)\s*\Z"
)
_COMPANY = re.compile(
    r"(?P<v>(?:(?:株式|有限|合同)会社|(?:学校|医療|社団|財団|NPO)法人)[ 　]?[一-龠々ぁ-んァ-ヶーA-Za-z0-9・&]{1,20}?(?=[ 　、。\n\\様御のよにへと]|$)"
    r"|[一-龠々ァ-ヶーA-Za-z0-9・&]{1,20}(?:株式会社|有限会社|合同会社)"
    r"|[A-Z][\w&-]{1,40}+(?: [A-Z][\w&-]{1,40}+){0,3}(?=,? (?:Inc|Ltd|LLC|GmbH|Corp|K\.K)\b),? (?:Inc|Ltd|LLC|GmbH|Corp|K\.K)\.?)"
)


def bare_name(name: str) -> str:
    """A name without its honorific."""
    return re.sub(f"{_HONORIFIC}$", "", name)


def names(text: str, agent: str) -> Iterator[PersonalSpan]:
    """The names in a text; `agent` is the name of whoever wrote it, as far as it is known."""
    yield from _agents(text, agent)
    yield from (_span(match, COMPANY) for match in _COMPANY.finditer(text))
    customers = [*_customers(text)]
    yield from customers
    for span in {span.text: span for span in customers[:_MAX_PEOPLE]}.values():
        yield from _again(text, span)  # the same person, further down
    yield from (_span(other, PERSON) for other in _OURS.finditer(text))
    for other in (*_OTHER.finditer(text), *_YOURS.finditer(text)):
        if other["v"].split()[0] not in _NOBODY:
            yield _span(other, PERSON)


def _agents(text: str, agent: str) -> Iterator[PersonalSpan]:
    if agent:
        for match in re.finditer(rf"(?<!\w){re.escape(agent)}(?!\w)", text):
            yield PersonalSpan(*match.span(), match[0], AGENT)
    for pattern in (_SIGNED, _SELF, _I_AM, _LAST):
        for match in pattern.finditer(text):
            if match["v"].split()[0].capitalize() not in _NOBODY and not _NO_NAME.search(
                match["v"]
            ):
                yield _span(match, AGENT)


def _customers(text: str) -> Iterator[PersonalSpan]:
    for pattern in (_GREETING, _LOWER, _TITLED, _CLOSE):
        for match in pattern.finditer(text):
            if not {word.capitalize() for word in match["v"].rstrip(".").split()} & _NOBODY:
                yield _span(match, CUSTOMER)
    for match in _HONORED.finditer(text):
        is_polite = match.start() and text[match.start() - 1] in "おご御"
        if not is_polite and not _NO_NAME.search(match["n"]):
            yield _span(match, CUSTOMER_JA)


def _again(text: str, span: PersonalSpan) -> Iterator[PersonalSpan]:
    """The name of a part where it stands alone elsewhere in the text."""
    bare = bare_name(span.text)
    if len(bare) < 2:  # noqa: PLR2004 - one letter is in many words
        return
    edge = r"(?<!\w)", r"(?!\w)"
    pattern = f"{edge[0]}{re.escape(bare)}{edge[1]}" if bare.isascii() else re.escape(bare)
    for match in re.finditer(pattern, text):
        yield PersonalSpan(*match.span(), match[0], span.placeholder._replace(template=""))


def _span(match: re.Match[str], placeholder: Placeholder) -> PersonalSpan:
    return PersonalSpan(*match.span("v"), match["v"], placeholder)
