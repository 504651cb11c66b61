"""Our own macros with values as people type them: a stop too many, a capital, a second line, a 1."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from cannery.content.field_types import FIELD_TYPES
from cannery.model.entry import Field, Macro
from cannery.reply.compose import compose
from cannery.reply.resolve import Request, resolve
from tests.test_own_content import MACROS, ROOT, WORKSPACE, first_request

_STOPPED = {"en": "Restart the proxy.", "ja": "プロキシを再起動した。"}
_BLANKS = {"en": "  restart the proxy  ", "ja": "　4,900 円 "}
_LINES = {"en": "Restart it.\n\nThen wait.", "ja": "再起動した。\n\n待機した。"}
# Fields whose value is a name, an amount or a time: it may stand within a sentence as it is.
_NAMES = frozenset({
    "amount", "colleague", "colleagues", "command", "ended", "error", "from_version", "invoice",
    "name_of_it", "planned", "project",
    "stops", "supported", "to_version", "topic", "vendor", "version",
})  # fmt: skip
_FITTING = ("4711", "BUG-1234", "api.example.com", "proxy.example.com:8080", "a1b2c3d4e5", "push")
_NAME = {_STOPPED["en"]: "4.2.", _STOPPED["ja"]: "4.2。"}
_UNITS = "minutes|days|seconds|requests|users|hours"


def _value(item: Field, text: str, number: str) -> str:
    if item.choices:
        return item.choices[-1].value
    if item.pattern:
        return next(value for value in _FITTING if re.fullmatch(item.pattern, value))
    known = {"number": number, "date": "2026-12-01", "yesno": "yes"}
    known |= {"email": "kim@example.com", "url": "https://example.com/a"}
    if item.name in _NAMES and item.name != "amount":
        text = _NAME.get(text, " 4.2 ")
    return known.get(item.type, text)


def _texts(macro: Macro, text: str, number: str = "1") -> Iterator[str]:
    """The macro filled in with a text everywhere, once for each of its choices and answers."""
    given = {item.name: _value(item, text, number) for item in macro.fields}
    variants = [given]
    for item in macro.fields:
        others = ["no"] if item.type == "yesno" else [choice.value for choice in item.choices]
        variants += [{**given, item.name: other} for other in others]
    for values in variants:
        values.pop("customer")
        request = replace(first_request(macro), given=values)
        reply = compose(request, resolve(request, accept=True).values)
        yield from (reply.text, reply.subject)


@pytest.mark.parametrize("macro", MACROS, ids=lambda macro: macro.at.path)
@pytest.mark.parametrize("values", [_STOPPED, _BLANKS, _LINES], ids=["stop", "blanks", "lines"])
def test_a_value_that_ends_in_a_stop_or_has_blanks_or_lines_reads_well(
    macro: Macro, values: dict[str, str]
) -> None:
    for filled in _texts(macro, values[macro.at.language]):
        text = re.sub(r"origin/\S+\.\. ", "", filled)  # a range of commits
        assert not re.search(r"(?<!\.)\.\.(?!\.)|。\s*(?:。|\.(?!\w))|[.。][,、;：:]", text), text
        assert not re.search(r"\S (?:[.,;:!?](?:\s|$)|[。、」）])", text), text
        assert not re.search(r"[円た] [をがはにでの]|[「（] ", text), text
        assert not re.search(r"[^\S\n]$|\S  \S", text, re.MULTILINE), text


@pytest.mark.parametrize("macro", MACROS, ids=lambda macro: macro.at.path)
def test_a_value_begins_a_line_or_follows_a_label(macro: Macro) -> None:
    """A capital or a verb in it does no harm there, nor does what people end it with."""
    sentences = [item for item in macro.fields if item.type == "text" and not item.choices]
    loose = {item.name for item in sentences if not item.pattern} - _NAMES - {"customer"}
    for name in loose:
        for match in re.finditer(rf"\{{\{{ {name}\b", macro.body):
            before = macro.body[: match.start()].rsplit("\n", 1)[-1]
            before = re.sub(r"\{%[^%]*%\}", "", before).removesuffix("**")
            assert re.fullmatch(r"|.*(?:[:：]|[（(])(?:\*\* )?\s?", before), (name, before)


@pytest.mark.parametrize("macro", MACROS, ids=lambda macro: macro.at.path)
def test_lines_of_a_value_stand_on_lines_of_their_own(macro: Macro) -> None:
    for name in (item.name for item in macro.fields if item.type == "multiline"):
        for match in re.finditer(rf"^.*\{{\{{ {name} \}}\}}.*$", macro.body, re.MULTILINE):
            assert re.sub(r"\{%[^%]*%\}", "", match[0]) == f"{{{{ {name} }}}}", match[0]


@pytest.mark.parametrize(
    "macro",
    [macro for macro in MACROS if macro.at.language == "en"],
    ids=lambda macro: macro.at.path,
)
def test_one_of_a_thing_is_singular(macro: Macro) -> None:
    for text in _texts(macro, _STOPPED["en"]):
        assert not re.search(rf"(?<![\d.,])1 (?:business )?(?:{_UNITS})\b", text), text


@pytest.mark.parametrize("macro", MACROS, ids=lambda macro: macro.at.path)
def test_a_macro_can_be_found_has_an_owner_and_is_dated(macro: Macro) -> None:
    header = macro.header
    assert header.summary
    assert len(header.keywords) >= 3
    assert header.owner
    assert header.related
    assert isinstance(header.reviewed, date)


@pytest.mark.parametrize("macro", MACROS, ids=lambda macro: macro.at.path)
def test_a_shortcut_tells_what_it_is(macro: Macro) -> None:
    known = " ".join((macro.at.id, macro.header.title, *macro.header.keywords)).lower()
    if macro.at.language == "en":
        assert re.fullmatch(r";[a-z0-9]+(?:-[a-z0-9]+)*", macro.shortcut)
        words = macro.shortcut[1:].split("-")
        assert [word for word in words if word not in known] == []


def test_some_macros_need_no_value_at_all() -> None:
    """`kb reply NAME --yes` sends them as they are."""
    names = set()
    for macro in MACROS:
        request: Request = replace(first_request(macro), given={}, ticket={})
        if not resolve(request, accept=True).missing:
            names.add(macro.at.id)
            assert "None" not in compose(request, resolve(request, accept=True).values).text
    assert {"macros/general/open-ticket", "macros/general/japanese-hours"} <= names


def test_no_default_is_a_placeholder() -> None:
    defaults = [item.default or "" for macro in MACROS for item in macro.fields]
    assert [text for text in defaults if re.search(r"[A-Z]{3,}-[A-Z]|NAME|TODO", text)] == []
    assert {item.type for macro in MACROS for item in macro.fields} == {*FIELD_TYPES}


_PROMISES = re.compile(
    r"(?:every|within|least every|for) (\d+) (?:business )?(minutes?|hours?|days?)"
    r"|(\d+) ?(分|時間|日)(?:間|ごと|以内)"
)


@pytest.mark.parametrize("macro", MACROS, ids=lambda macro: macro.at.path)
def test_what_is_promised_everybody_is_said_in_kb_toml_alone(macro: Macro) -> None:
    """How often news comes, how long a file is kept: a number in a text contradicts another."""
    assert [match[0] for match in _PROMISES.finditer(macro.body)] == []


@pytest.mark.parametrize(
    ("path", "fact", "pattern"),
    [
        ("severities.md", "outage_minutes", r"at least every (\d+) minutes on the status page"),
        ("severities.ja.md", "outage_minutes", r"少なくとも (\d+) 分ごとにステータスページ"),
        ("severities.ja.md", "critical_minutes", r"\| 緊急 .*見つかるまで (\d+) 時間ごと"),
    ],
)
def test_the_articles_promise_what_the_macros_do(path: str, fact: str, pattern: str) -> None:
    text = (ROOT / "kb" / "articles" / "craft" / path).read_text("utf-8")
    written = [int(number) for number in re.findall(pattern, text)]
    scale = 60 if "時間" in pattern else 1
    assert [number * scale for number in written] == [WORKSPACE.settings.facts("en")[fact]]
