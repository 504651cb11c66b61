from __future__ import annotations

import pytest
from tests.conftest import Base, Run

from cannery.check.rules.settings import KEYS
from cannery.model.front_matter import FrontMatter
from cannery.operations.check import check
from cannery.workspace import open_workspace


def _told(base: Base, text: str) -> list[tuple[int, str, str]]:
    base.write("kb.toml", text)
    found = check(open_workspace(base.root, to_read=True)).problems
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
        ('[check.severity]\nlnik = "warning"\n', 2, "check.severity: no rule named lnik"),
        ('[check.allow]\nlink = "x"\nsecrte = "x"\n', 3, "check.allow: no rule named secrte"),
        (
            '[check.severity."kb/**"]\nlnik = "warning"\n',
            2,
            "check.severity.kb/**: no rule named lnik",
        ),
        (
            '[check.allow."docs/old.md"]\nlink = "x"\n',
            1,
            "check.allow.docs/old.md: no file matches",
        ),
        (
            "[front_matter]\nnames = {a = 'titel'}\n",
            2,
            "front_matter.names: a is read as titel: not a key of kb",
        ),
        ("[content]\naudiense = 'public'\n", 2, "content.audiense is not a setting"),
        (
            "[insight.calendars.a]\nhours = 'mon 09:00-10:00'\ncountry = 'ZZ'\nwhere = {tier = 'a'}\n",
            3,
            "insight.calendars.a.country: the holidays of ZZ are unknown: list days in closed",
        ),
        (
            "[insight.sla]\na = {resolution = '3d', calendar = '24x7'}\nb = {resolution = '1d', calendar = '24x7'}\n",
            3,
            "insight.sla.b is never used: a is for all tickets",
        ),
        (
            "[insight.calendars.a]\nhours = 'mon 09:00-10:00'\n",
            1,
            "insight.calendars.a is never used: it has no `where`",
        ),
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
        "check": "{allow = {heading = 'a'}, severity = {overdue = 'error'}, avoid = {en = {a = 'b'}}, keep = {en = {a = 'b'}}, tags = ['a']}",
        "content": "{articles = ['kb/articles'], macros = ['kb/macros'], ignore = ['a'], audience = 'public'}",
        "front_matter": "{own = ['a'], names = {b = 'title', c.d = 'owner'}}",
        "links": "{allow = ['*.corp.dev']}",
        "desks": "{zendesk = {address = 'https://acme.zendesk.com'}}",
        "insight": "{solved_days = 7, hours = 'mon 09:00-18:00', sla = {a = {first_reply = '4h'}}}",
    }  # fmt: skip
    assert tuple(values) == KEYS[""]
    assert _told(base, "".join(f"{key} = {value}\n" for key, value in values.items())) == []


WRONG = """name = 5
languages = "en"
review_every = "soon"
country = "Japan"
forge = "none"
format = "2"
site_url = 3
[memory]
days = "long"
[site]
public_authors = 1
[team]
my-hours = 1
[links]
allow = [""]
[content]
audience = "all"
[front_matter]
own = "audience"
names = {a = 1}
[check]
tags = [1]
avoid = 3
[check.severity]
overdue = "bad"
[check.allow]
heading = "why"
"""


def test_each_wrong_setting_costs_itself_and_is_told_at_its_line(base: Base) -> None:
    told = [line for line, _, _ in _told(base, WRONG)]
    assert told == [1, 2, 3, 4, 5, 6, 7, 9, 11, 13, 15, 17, 19, 20, 22, 23, 24]
    settings = open_workspace(base.root, to_read=True).settings
    assert settings.allow == {"heading": "why"}
    assert (settings.languages, settings.format) == (("en", "ja"), 1)
    assert settings.front_matter == FrontMatter()


def test_with_a_wrong_setting_one_finds_and_checks_and_sends_nothing(base: Base, kb: Run) -> None:
    base.write("kb.toml", "format = '2'\n")
    base.write("macros/a.md", "---\ntitle: A\n---\nqzwords here.\n")
    assert "A" in kb("find", "qzwords").out
    assert kb("show", "a").code == 0
    assert "kb.toml:1: error: format" in kb("check").out
    refused = kb("reply", "a", "--print")
    assert (refused.code, refused.out) == (1, "")
    assert "kb.toml:1: format" in refused.err


def test_a_logo_that_is_not_fit_and_a_pick_that_is_no_article_are_told(base: Base) -> None:
    base.write("articles/har.md", "---\ntitle: HAR\n---\nText.\n")
    base.write("logo.svg", "<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>")
    toml = '[site]\nlogo = "kb/logo.svg"\nfavicon = "kb/no.png"\npicks = ["articles/harr"]\n'
    base.write("kb.toml", toml)
    found = [item for item in check(open_workspace(base.root)).problems if item.code == "site"]
    assert [(item.line, item.message, item.hint) for item in found] == [
        (
            2,
            "site.logo: logo.svg is an SVG file with a script",
            "Export it again as plain SVG or PNG.",
        ),
        (
            3,
            "site.favicon: file not found: no.png",
            "Add the file below kb/, or correct the address.",
        ),
        (4, "site.picks: no article named articles/harr", "Did you mean articles/har?"),
    ]


def test_an_accent_that_is_hard_to_read_is_told_with_what_is_used_instead(base: Base) -> None:
    base.write("kb.toml", '[site]\naccent = "#ffcc00"\n')
    [found] = [item for item in check(open_workspace(base.root)).problems if item.code == "site"]
    assert found.message == (
        "site.accent: #ffcc00 is hard to read: its contrast is 1.4, text needs 4.5"
    )
    assert found.hint == "Pages use #876b06 instead: write it, or a darker one."
    base.write("kb.toml", '[site]\naccent = "#876b06"\n')
    assert check(open_workspace(base.root)).problems == ()
