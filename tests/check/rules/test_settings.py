from __future__ import annotations

import pytest
from tests.conftest import Base

from cannery.check.rules.settings import KEYS
from cannery.operations.check import check


def _told(base: Base, text: str) -> list[tuple[int, str, str]]:
    base.write("kb.toml", text)
    found = check(base.workspace).problems
    return [(item.line, item.message, item.hint) for item in found if item.code == "setting"]


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ('format = 2\nnmae = "x"\n', 2, "nmae is not a setting"),
        ("[site]\npublic_author = true\n", 2, "site.public_author is not a setting"),
        ("[check]\n[check.avoids.en]\na = 'b'\n", 2, "check.avoids is not a setting"),
        ("[memory]\ndays = 3\nday = 3\n", 3, "memory.day is not a setting"),
        ('\ncountry = "ZZ"\n', 2, "the holidays of ZZ are unknown: only weekends are skipped"),
        ('site_url = "help.example.com"\n', 1, "help.example.com is not a web address"),
        ("format = 9\n", 1, "format 9 is newer than this kb, which reads 2"),
    ],
)
def test_a_setting_that_does_nothing_is_told_at_its_line(
    base: Base, text: str, line: int, message: str
) -> None:
    assert [told[:2] for told in _told(base, text)] == [(line, message)]


def test_a_name_that_is_nearly_one_is_proposed(base: Base) -> None:
    assert _told(base, 'langauges = ["en"]\n')[0][2] == "Did you mean languages?"


def test_what_the_team_says_is_its_own(base: Base) -> None:
    assert _told(base, "[team]\ncall_minutes = 30\n[team.ja]\noffice = '東京'\n") == []


def test_every_key_is_read_as_a_setting(base: Base) -> None:
    values = {
        "name": "'a'", "site_url": "'https://a.example'", "languages": "['en']", "default_language": "'en'",
        "country": "'JP'", "review_every": "'30d'", "repository": "'https://a.example'", "forge": "'github'",
        "format": "2", "site": "{public_authors = true}", "memory": "{days = 3}", "team": "{a = 1}",
        "check": "{allow = {heading = 'a'}, severity = {overdue = 'error'}, avoid = {en = {a = 'b'}}, tags = ['a']}",
    }  # fmt: skip
    assert tuple(values) == KEYS[""]
    assert _told(base, "".join(f"{key} = {value}\n" for key, value in values.items())) == []
