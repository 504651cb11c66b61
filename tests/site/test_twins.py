"""What is written twice, in Python and in JavaScript, passes the same cases: twins.json has them."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from datetime import date
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from tests.content.foreign import foreign_macros

from cannery.content import field_types, markdown, patterns
from cannery.content.business_days import country_of
from cannery.content.dates import Calendar, is_month_first, read_date
from cannery.content.holes import holes_in_tokens, without_tags
from cannery.content.markdown import safe_address
from cannery.content.numbers import Written
from cannery.content.sentences import phrase
from cannery.content.wording import honorific
from cannery.content.words import words
from cannery.errors import ValueRefusedError
from cannery.liquid import limits, portable_filters
from cannery.model.entry import Choice, Field
from cannery.model.hit import Query
from cannery.search.query import parse
from cannery.search.topicality import topicality, usual_in_titles
from cannery.site import web
from cannery.util.plain import printable
from cannery.util.seen import shows_nothing, stripped

CASES: dict[str, list[Any]] = json.loads(Path(__file__).with_name("twins.json").read_text("utf-8"))
TODAY = Calendar(date(2026, 11, 23))
CHOICES = {"free": "Free plan", "pro": "プロ", "straße": "große Straße", "a, b": "both"}
_PARSE = """([cases, choices]) => cases.map(([type, raw]) => {
  const { day, Day, isoDay } = kbDates;
  const field = { name: "f", label: "", help: "", type, choices, default: null, required: true, pattern: null, from: "", remember: false };
  try {
    const value = kbFieldTypes.parse(field, raw, { today: day(2026, 11, 23), isMonthFirst: true, country: "" });
    if (Day.is(value)) return [isoDay(value), null];
    if (kbNumbers.Written.is(value)) return [[Number(value), String(value)], null];
    return [value instanceof kbWording.Url ? value.text : value, null];
  } catch (error) {
    if (!(error instanceof kbFieldTypes.Refused)) throw error;
    return [null, error.hint];
  }
})"""

_READ = """([texts, isMonthFirst]) => texts.map((text) => {
  const read = kbReadDates.readDate(text, { today: kbDates.day(2026, 11, 23), isMonthFirst, country: "" });
  return read && kbDates.isoDay(read);
})"""
_REACH = """(cases) => cases.map(([country, start, count]) => {
  const calendar = { today: kbDates.moment(start), isMonthFirst: true, country };
  const read = kbReadDates.readDate(`${count} business days`, calendar);
  return read && kbDates.isoDay(read);
})"""
_FIT = """(cases) => cases.map(([pattern, raw]) => {
  try {
    return kbFieldTypes.parse({ name: "f", type: "text", choices: [], pattern, help: "" }, raw, null);
  } catch (error) {
    if (!(error instanceof kbFieldTypes.Refused)) throw error;
    return null;
  }
})"""


def _parsed(type_: str, raw: str) -> list[object]:
    """The value as JSON has it, and the hint if it was refused."""
    field = Field("f", type=type_, choices=tuple(Choice(*item) for item in CHOICES.items()))
    try:
        value = field_types.parse(field, raw, TODAY)
    except ValueRefusedError as error:
        return [None, error.hint]
    if isinstance(value, Written):
        return [[value, str(value)], None]
    return [value.isoformat() if isinstance(value, date) else value, None]


def test_each_type_reads_and_refuses_the_same_texts(engine: Page) -> None:
    cases = CASES["field_types"]
    there = engine.evaluate(_PARSE, [cases, list(CHOICES.items())])
    here = [_parsed(type_, raw) for type_, raw, _ in cases]
    assert [value for value, _ in here] == [wanted for *_, wanted in cases]
    assert there == here
    assert {type_ for type_, *_ in cases} == {*field_types.FIELD_TYPES}


def _fitted(pattern: str, raw: str) -> object:
    field = Field("f", pattern=pattern)
    return field_types.parse(field, raw, TODAY) if field_types.suits(field, raw, TODAY) else None


def test_a_pattern_takes_the_same_texts_in_any_width(engine: Page) -> None:
    cases = CASES["patterns"]
    programs = [[patterns.browser_program(pattern), raw] for pattern, raw, _ in cases]
    there = engine.evaluate(_FIT, programs)
    assert [_fitted(pattern, raw) for pattern, raw, _ in cases] == [wanted for *_, wanted in cases]
    assert there == [wanted for *_, wanted in cases]


def test_a_name_gets_one_honorific_on_both_sides(engine: Page) -> None:
    names = [name for name, _ in CASES["honorifics"]]
    there = engine.evaluate(
        "(names) => names.map((name) => kbWording.honorific(name, 'ja'))", names
    )
    assert [honorific(name, "ja") for name in names] == [
        wanted for _, wanted in CASES["honorifics"]
    ]
    assert there == [wanted for _, wanted in CASES["honorifics"]]
    plain = [name.strip() for name in names]
    there = engine.evaluate(
        "(names) => names.map((name) => kbWording.honorific(name, 'en'))", names
    )
    assert [honorific(name, "en") for name in names] == there == plain


def test_a_date_is_read_in_its_typists_order(engine: Page) -> None:
    texts = [text for text, *_ in CASES["orders"]]
    for place, is_first in ((1, True), (2, False)):
        here = [read_date(text, Calendar(TODAY.today, is_first)) for text in texts]
        there = engine.evaluate(_READ, [texts, is_first])
        assert [str(day) if day else None for day in here] == [
            case[place] for case in CASES["orders"]
        ]
        assert there == [case[place] for case in CASES["orders"]]


def test_both_leave_out_the_holidays_of_a_country(engine: Page) -> None:
    cases = CASES["business_days"]
    here = [
        read_date(f"{count} business days", Calendar(date.fromisoformat(start), country=country))
        for country, start, count, _ in cases
    ]
    there = engine.evaluate(_REACH, cases)
    assert [str(day) if day else None for day in here] == [wanted for *_, wanted in cases]
    assert there == [wanted for *_, wanted in cases]


def test_both_know_the_country_of_a_locale(engine: Page) -> None:
    locales = ["de-AT", "ja_JP.UTF-8", "ja", "en", "", "zh-Hant-TW", "en_gb@euro", "KO"]
    here = [country_of(name) for name in locales]
    assert here == ["AT", "JP", "JP", "", "", "TW", "GB", "KR"]
    assert engine.evaluate("(names) => names.map(kbBusinessDays.countryOf)", locales) == here


def test_both_know_who_writes_the_month_first(engine: Page) -> None:
    locales = ["", "C.UTF-8", "en", "en_US.UTF-8", "en-GB", "en_GB@euro", "de", "de-AT", "ja", "ja_JP.UTF-8", "fr-CA", "ko-KR"]  # fmt: skip
    here = [is_month_first(name) for name in locales]
    assert here == [True, True, True, True, False, False, False, False, True, True, False, True]
    assert engine.evaluate("(names) => names.map(kbReadDates.isMonthFirst)", locales) == here


def test_both_sides_have_the_same_types(engine: Page) -> None:
    there = engine.evaluate(
        "Object.entries(kbFieldTypes.FIELD_TYPES).map(([name, { empty, standIn }]) => [name, [empty ?? '', standIn ?? null]])"
    )
    # A hole is true to a condition: the browser and `build_form` take a yesno for no instead.
    here = {
        name: [row.empty(), None if name == "yesno" else row.stand_in]
        for name, row in field_types.FIELD_TYPES.items()
    }
    assert dict(there) == here


@pytest.mark.parametrize(
    ("name", "script", "python"),
    [
        ("safe_address", "kbMarkdown.safeAddress", safe_address),
        ("printable", "kbSeen.printable", printable),
        ("shows_nothing", "kbSeen.showsNothing", shows_nothing),
        ("stripped", "kbSeen.stripped", stripped),
        ("phrases", "kbSentences.phrase", phrase),
    ],
)
def test_both_give_what_the_case_says(engine: Page, name: str, script: str, python: Any) -> None:  # noqa: ANN401 - functions of all kinds
    texts = [text for text, _ in CASES[name]]
    wanted = [value for _, value in CASES[name]]
    assert [python(text) for text in texts] == wanted
    assert engine.evaluate(f"(texts) => texts.map((text) => {script}(text))", texts) == wanted


def test_the_same_characters_are_blank(engine: Page) -> None:
    there = engine.evaluate(
        "(last) => Array.from({ length: last }, (_, point) => point).filter((point) => kbText.isBlank(String.fromCodePoint(point)))",
        sys.maxunicode + 1,
    )
    assert there == [point for point in range(sys.maxunicode + 1) if not chr(point).strip()]


def test_the_same_characters_show_nothing(engine: Page) -> None:
    there = engine.evaluate(
        "(last) => Array.from({ length: last }, (_, point) => point).filter((point) => kbSeen.showsNothing(String.fromCodePoint(point)))",
        sys.maxunicode + 1,
    )
    here = [point for point in range(sys.maxunicode + 1) if shows_nothing(chr(point))]
    assert there == here
    ignorable = r"(points) => points.filter((point) => !/\p{DI}|\p{White_Space}|\p{Cc}|\p{Cf}|\p{Cs}|\p{Cn}/u.test(String.fromCodePoint(point)))"
    beyond = [0x2800, 0xE000, 0xE001, 0xFFFC, 0x13440, 0x13441, 0x13442, 0x16FE4, 0x1D159]
    assert engine.evaluate(ignorable, here) == beyond
    missed = r"(last) => Array.from({ length: last }, (_, point) => point).filter((point) => /\p{DI}|\p{White_Space}|\p{Cc}/u.test(String.fromCodePoint(point)))"
    assert set(engine.evaluate(missed, sys.maxunicode + 1)) <= set(here)


def test_texts_are_in_the_same_order(engine: Page) -> None:
    texts = ["b", "a", "", "ab", "\uffff", "\U00010000", "👍", "あ", "Z", "é", "e\u0301"]
    there = engine.evaluate("(texts) => [...texts].sort(kbText.compare)", texts)
    assert there == sorted(texts)


def test_both_read_the_one_file_of_words(engine: Page) -> None:
    assert engine.evaluate("kbShared.words") == words()
    sources = [path.read_text("utf-8") for path in web.FOLDER.glob("*.js")]
    for word in ("はい", "いいえ", "本日", "thurs", "御中"):
        assert not [text for text in sources if word in text], word


def _limit(name: str) -> object:
    for module in (limits, portable_filters, patterns, field_types):
        for known in (name, f"_{name}"):
            if hasattr(module, known):
                return getattr(module, known)
    return None


def test_the_limits_are_the_same(engine: Page) -> None:
    """Both sides name a limit alike."""
    found: dict[str, float] = {}
    for name in ("limits.js", "pattern.js", "field_types.js"):
        text = (web.FOLDER / name).read_text("utf-8")
        for limit, value in re.findall(r"^  const (MAX_\w+) = ([^;]+);", text, re.MULTILINE):
            found[limit] = engine.evaluate(value)
    own = {"MAX_PARTS"}  # parts in parts: LiquidJS counts them another way
    assert len(found) > 15
    assert {name: _limit(name) for name in found if name not in own} == {
        name: value for name, value in found.items() if name not in own
    }


@pytest.fixture(scope="module")
def searcher(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    page.add_script_tag(content=web.joined((*web.TEXT, *web.SEARCH)).decode())
    yield page
    page.close()


def test_the_same_japanese_words_are_meant_as_they_stand(searcher: Page) -> None:
    texts = [text for text, _ in CASES["as_it_stands"]]
    wanted = [value for _, value in CASES["as_it_stands"]]
    assert [bool(parse(Query(text)).lifted) for text in texts] == wanted
    there = searcher.evaluate(
        """(texts) => texts.map((text) =>
            kbSearchQuery.parse(text, {}, () => true, () => false).lifted.length > 0)""",
        texts,
    )
    assert there == wanted


def test_words_are_as_alike(searcher: Page) -> None:
    pairs = CASES["likeness"]
    there = searcher.evaluate(
        "(pairs) => pairs.map(([a, b]) => kbSearchTerms.likeness(a, b))", pairs
    )
    assert there == pytest.approx([SequenceMatcher(None, a, b).ratio() for a, b in pairs])


def test_a_term_is_as_much_of_a_topic(searcher: Page) -> None:
    cases = [
        ([3, 1, 1] * 40, 2),
        ([1] * 500, 0),
        ([2] * 3000, 9),
        ([5], 1),
        ([4] * 90, 90),
        ([], 0),
    ]
    there = searcher.evaluate(
        "(cases) => cases.map(([counts, titles]) => kbTopicality.topicality(counts, titles, "
        "kbTopicality.usualInTitles({ title: 4, text: 100, heading: 1 })))",
        cases,
    )
    usual = usual_in_titles(4, 100)
    here = [topicality([(range(len(counts)), counts)], titles, usual) for counts, titles in cases]
    assert there == pytest.approx(here)


def test_a_twin_that_a_script_names_is_there() -> None:
    root = Path(web.__file__).parents[2]
    named = {
        (path.name, twin)
        for path in [*web.FOLDER.glob("*.js"), *web.FOLDER.glob("*.ts")]
        for twin in re.findall(r"[a-z_]+/[a-z_/]+\.(?:py|json)", path.read_text("utf-8"))
    }
    assert len(named) > 20
    assert [
        (script, twin)
        for script, twin in sorted(named)
        if not (root / twin).is_file() and not (Path(__file__).parents[2] / twin).is_file()
    ] == []


def test_a_script_that_python_names_is_there() -> None:
    package = Path(web.__file__).parents[2]
    named = {
        (path.name, script)
        for path in package.rglob("*.py")
        for script in re.findall(r"site/web/([a-z_]+\.js)", path.read_text("utf-8"))
    }
    assert named
    assert [item for item in sorted(named) if not (web.FOLDER / item[1]).is_file()] == []


def test_a_hole_is_one_on_both_sides(engine: Page) -> None:
    texts = [text for text, _ in CASES["holes"]]
    here = [[hole.written for hole in holes_in_tokens(markdown.parse(text))] for text in texts]
    there = engine.evaluate(
        "(texts) => texts.map((text) => kbHoles.inTokens(kbMarkdown.parse(text)))", texts
    )
    assert here == there == [wanted for _, wanted in CASES["holes"]]


def test_the_holes_of_foreign_macros_are_the_same_on_both_sides(engine: Page) -> None:
    texts = [without_tags(macro.text) for macro in foreign_macros()]
    here = [[hole.written for hole in holes_in_tokens(markdown.parse(text))] for text in texts]
    there = engine.evaluate(
        "(texts) => texts.map((text) => kbHoles.inTokens(kbMarkdown.parse(text)))", texts
    )
    assert [sorted(one) for one in here] == [sorted(one) for one in there]
