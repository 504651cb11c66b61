"""Names of customers: in a greeting, before 様, and wherever they stand again."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cannery.capture.kind import span_of
from cannery.capture.letters import (
    HONORIFIC,
    NAME,
    RUN,
    SURNAME,
    TITLE,
    half_of_name,
    is_name,
)
from cannery.capture.personal_span import PersonalSpan, Placeholder

FIRST, LAST, WHOLE = (f"ticket.requester.{half}" for half in ("first_name", "last_name", "name"))
CUSTOMER = Placeholder("customer", "Customer's name")
ADDRESSED = Placeholder("form_of_address", "Form of address (Mr., Ms., Dr. ...)")
THEIR_ADDRESSED = Placeholder("their_form_of_address", "Their form of address")
TITLED = CUSTOMER._replace(template="{{ form_of_address }} {{ customer }}", beside=(ADDRESSED,))
HONORED = CUSTOMER._replace(template="{{ customer | honorific }}")
PERSON = Placeholder("person", "Another person's name")

_MAX_PEOPLE = 20  # in one letter
_TOP_LINES = 6  # that a Japanese letter names its reader in
_WORDS = (
    r"(?i:Hi|Hello|Hey|Hiya|Dear|Morning|Afternoon|Good (?:morning|afternoon|evening|day)|Greetings|Thanks|Thank you|Many thanks"
    r"|Welcome(?: back)?|Hallo|Bonjour|Liebe[r]?|Guten Tag)"
)
_ENDS = r"(?=[ ]?[,!.:;–—-]|[ ]?(?:$|:\w|[\U0001F300-\U0001FAFF\u2600-\u27bf(])|[ ](?:and|&)[ ])"
_GREETING = re.compile(
    rf"^[ \t>*]*{_WORDS}[ ,]+(?:(?:again|there)[ ,]+)?(?:(?P<titled>{TITLE}[ ](?P<t>{SURNAME}))|(?P<n>{NAME})){_ENDS}",
    re.MULTILINE,
)
_LOWER = re.compile(
    r"^(?:hi|hello|hey|dear|thanks|thank you|morning)[ ,]+(?P<v>[a-z][a-z'-]{1,20})(?=,|!|[ ]?$|[ ]:\w)",
    re.MULTILINE,
)
_FAMILY = re.compile(
    rf"^[ \t>*]*{_WORDS}[ ,]+(?:the[ ])?(?P<v>(?P<p>{NAME})[ ](?:family|household))\b", re.MULTILINE
)  # fmt: skip
# A line that begins with a name alone, as in a chat.
_BARE = re.compile(
    rf"\A[ \t]*(?P<v>{NAME})(?=,[ \t]*$|:[ \t]*$|[ ][-–—][ ])|\A(?P<w>[A-Z\u00c0-\u00de][a-z\u00c0-\u017f]{{1,15}}(?<!ly))(?=, [a-z])",
    re.MULTILINE,
)
_SECOND = re.compile(rf"[ ](?:and|&)[ ](?P<v>{NAME})")
_TITLED = re.compile(rf"(?<!\w){TITLE}[ ](?P<p>{SURNAME})")
_CLOSE = re.compile(
    r"(?:\b[Tt]hank(?:s|[ ]you)[^.,\n]{0,40}|\b(?:day|week|weekend|evening|soon|luck)),?[ ](?P<v>[A-Z][a-z]+)(?=[!.]?[ ]*$)", re.MULTILINE
)  # fmt: skip
_HONORED = re.compile(rf"(?P<v>(?P<n>{RUN}){HONORIFIC})(?![々子式方臭])")
_USUAL = ("様", "さま")  # what the filter writes; any other one stays
_AFTER_NAME = " 　\t\n\\\\、。，,！!：:"
_TELLS = re.compile(
    "[のがによをはへともで]|から|より"
)  # behind the name of whom a sentence is about
_DAY = re.compile(
    "^(?:明日|本日|今日|昨日|翌日|来週|今週|先週|毎日|当日|前日|現在|今回|以前|今朝|今夜|後日|別途)"
)
# Around a name in a script with blanks between its words: no part of a longer one, as in `Kim-Lee`;
# `Kim-san` is Kim, and so is Kim between Japanese letters.
_BEGINS = r"(?<![^\W\u3000-\uffff])(?<!-)"
_STOPS = r"(?![^\W\u3000-\uffff]|-(?!(?:san|sama|kun|chan|sensei)\b)\w)"
_HANDLE = re.compile(r"@[\w.-]{2,40}[ 　]?$")


def bare_name(name: str) -> str:
    """A name without its honorific or title."""
    return re.sub(f"^{TITLE} |{HONORIFIC}$", "", name)


def customers(text: str) -> Iterator[PersonalSpan]:
    """Whom the text is written to, first the one that it greets; others as other people."""
    greeted = [*_greeted(text)]
    found = greeted or [*_honored_at_the_top(text)]
    yield from found
    first = greeted[0] if greeted else next(reversed(found), None)
    for span in (*_titled(text), *_honored(text)):
        yield _of(span, first)
    for match in _CLOSE.finditer(text):
        if first is None and is_name(match["v"]):
            yield span_of(match, CUSTOMER)
    for span in {span.value: span for span in found[:_MAX_PEOPLE]}.values():
        yield from _again(text, span)


def _greeted(text: str) -> Iterator[PersonalSpan]:
    for match in _GREETING.finditer(text):
        group = "titled" if match["titled"] else "n"
        name = match["t"] or match["n"]
        if not is_name(name):
            continue
        second = _SECOND.match(text, match.end())
        source = "" if second else LAST if match["t"] else FIRST
        if not second and _is_whole(name):
            source = WHOLE
        placeholder = (TITLED if match["t"] else CUSTOMER)._replace(source=source)
        yield PersonalSpan(*match.span(group), match[group], placeholder)
        if second and is_name(second["v"]):
            yield span_of(second, CUSTOMER)
    for match in _FAMILY.finditer(text):
        yield span_of(match, CUSTOMER)
    bare = _BARE.match(text)
    if bare and is_name(bare[0].strip()):
        name = bare[0].strip()
        source = WHOLE if _is_whole(name) else FIRST
        yield PersonalSpan(
            bare.end() - len(name), bare.end(), name, CUSTOMER._replace(source=source)
        )
    for match in _LOWER.finditer(text):
        if is_name(match["v"]):
            yield span_of(match, CUSTOMER._replace(source=FIRST))


def _is_whole(name: str) -> bool:
    """Whether it has a first and a last name; `van der Berg` is a last one."""
    return len([word for word in name.split() if word[0].isupper()]) > 1


def _honored_at_the_top(text: str) -> Iterator[PersonalSpan]:
    """The first of the names that a Japanese letter begins with."""
    end, lines = 0, 0
    for line in text.splitlines(keepends=True):
        if (lines := lines + bool(line.strip())) > _TOP_LINES:
            return
        for match in _HONORED.finditer(text, end, end + len(line)):
            rest = text[match.end() : end + len(line)]
            is_first = not text[end : match.start()].strip(" 　\t>")
            opens = not rest.strip(_AFTER_NAME) or (is_first and not _TELLS.match(rest))
            if found := [*_named(match, is_reader=opens)]:
                yield from found
                return
        end += len(line)


def _named(match: re.Match[str], *, is_reader: bool = False) -> Iterator[PersonalSpan]:
    """The name before an honorific; then its last word, for the first may be a company's or a job."""
    start = match.start()
    is_polite = start > 0 and match.string[start - 1] in "おご御"
    if _HANDLE.search(match.string[max(0, start - 42) : start]):
        return
    undated = _DAY.sub("", match["n"])
    words = [*re.split("[ 　]", match["n"]), *([undated] if undated != match["n"] else [])]
    tails = (
        (match["n"], words[-1]) if len(words) > 1 and not match["n"].isascii() else (match["n"],)
    )
    for name in tails:
        first = re.split("[ 　]", name)[0]
        if not is_name(name) or not is_name(first) or (is_polite and name == match["n"]):
            continue
        half = half_of_name(name) if is_reader else ""
        source = half and f"ticket.requester.{half}"
        begin, kept = match.end("n") - len(name), match.string[match.end("n") : match.end()]
        placeholder = CUSTOMER
        if kept.strip() in _USUAL:
            placeholder, kept = HONORED, ""
        span = match.string[begin : match.end()]
        yield PersonalSpan(
            begin, match.end(), span, placeholder._replace(source=source), after=kept
        )


def _honored(text: str) -> Iterator[PersonalSpan]:
    for match in _HONORED.finditer(text):
        yield from _named(match)


def _titled(text: str) -> Iterator[PersonalSpan]:
    for match in _TITLED.finditer(text):
        if is_name(match["p"]):
            yield PersonalSpan(*match.span(), match[0], TITLED)


def _of(span: PersonalSpan, first: PersonalSpan | None) -> PersonalSpan:
    """The span as the customer's where it has that name, else as another person's."""
    if first is None or _first_word(span) == _first_word(first):
        source = first.placeholder.source if first else ""
        return span._replace(placeholder=span.placeholder._replace(source=source))
    template = span.placeholder.template.replace(CUSTOMER.name, PERSON.name)
    if span.placeholder.beside:
        template = template.replace(ADDRESSED.name, THEIR_ADDRESSED.name)
        return span._replace(
            placeholder=PERSON._replace(template=template, beside=(THEIR_ADDRESSED,))
        )
    return span._replace(placeholder=PERSON._replace(template=template))


def _first_word(span: PersonalSpan) -> str:
    return (bare_name(span.value).split() or [""])[0]


def _again(text: str, span: PersonalSpan) -> Iterator[PersonalSpan]:
    """The name of a part where it stands alone elsewhere in the text."""
    bare = bare_name(span.value)
    if len(bare) < 2:  # noqa: PLR2004 - one letter is in many words
        return
    is_spaced = bare[0] < "\u3000"
    pattern = f"{_BEGINS}{re.escape(bare)}{_STOPS}" if is_spaced else re.escape(bare)
    for match in re.finditer(pattern, text):
        yield PersonalSpan(
            *match.span(), match[0], span.placeholder._replace(template="", beside=())
        )
