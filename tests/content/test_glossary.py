from __future__ import annotations

import pytest

from cannery.content.glossary import read_glossary
from cannery.model.entry import Audience

LANGUAGES = ("en", "ja")
FULL = """# Our terms
- audience: public
  en: {term: SSO, also: [single sign-on], means: "One account: for all."}
  ja: {term: シングルサインオン, means: 一つのアカウントです。}

- en:
    term: purge
    means: It can't be undone.
"""


def test_terms_have_a_name_and_a_meaning_by_language_and_are_internal_unless_they_say() -> None:
    found = read_glossary(FULL.encode(), LANGUAGES)
    assert not found.faults
    first, second = found.entries
    assert first.audience is Audience.PUBLIC
    assert first.terms["en"].names == ("SSO", "single sign-on")
    assert first.terms["ja"].means == "一つのアカウントです。"
    assert second.audience is Audience.INTERNAL
    assert [*second.terms] == ["en"]


def test_an_empty_file_has_no_terms() -> None:
    assert read_glossary(b"# none yet\n", LANGUAGES) == ((), ())


@pytest.mark.parametrize(
    ("item", "reason"),
    [
        ("SSO", "each item must name languages"),
        ("audience: public", "each item must name languages"),
        ("SSO: One account.", "SSO is not one of the languages in kb.toml"),
        ("fr: {term: a, means: b}", "fr is not one of the languages in kb.toml"),
        ("en: One account.", "en: needs `term` and `means`"),
        ("en: {term: a}", "en: means must be one line of text, 500 characters at most"),
        ("en: {term: [a], means: b}", "en: term must be one line of text, 80 characters at most"),
        (f"en: {{term: {'a' * 81}, means: b}}", "en: term must be one line of text, 80 char"),
        ("en: {term: a, means: b, note: c}", "en: the key note is unknown"),
        ("en: {term: a, means: b, also: c}", "en: also must be a list of 20 names at most"),
        ("en: {term: a, means: b, also: [[c]]}", "en: also must have names of 80 characters"),
        ("{audience: staff, en: {term: a, means: b}}", "audience must be internal or public"),
        ("en: {term: ｗｏｒｄ, means: b}", "en: ｗｏｒｄ stands here twice"),
        ("en: {term: a: b}", ""),
        ("en: {term: a, term: c, means: b}", ""),
    ],
)
def test_a_wrong_item_costs_itself_and_is_told_with_its_line(item: str, reason: str) -> None:
    text = f"- en: {{term: Word, means: a}}\n- {item}\n- en: {{term: last, means: b}}\n"
    found = read_glossary(text.encode(), LANGUAGES)
    assert [entry.terms["en"].term for entry in found.entries] == ["Word", "last"]
    (line, told), *_ = found.faults
    assert line == 2
    assert reason in told


@pytest.mark.parametrize("raw", [b"en: a\n", b"\xff\xfe\xff"])
def test_a_file_that_is_no_list_is_told(raw: bytes) -> None:
    found = read_glossary(raw, LANGUAGES)
    assert not found.entries
    assert len(found.faults) == 1
