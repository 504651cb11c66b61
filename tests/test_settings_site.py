"""[site] of kb.toml."""

from __future__ import annotations

from pathlib import Path

import pytest

from cannery.model.site_settings import FooterLink, SiteSettings, text_for
from cannery.settings import read_settings


def _read(folder: Path, text: str) -> tuple[SiteSettings, list[tuple[int, str, str]]]:
    path = folder / "kb.toml"
    path.write_text(f"[site]\n{text}\n", encoding="utf-8")
    settings = read_settings(path)
    return settings.site, [(fault.line, fault.reason, fault.hint) for fault in settings.faults]


ALL = """logo = "kb/assets/logo.svg"
logo_dark = "kb/assets/logo-dark.svg"
favicon = "kb/assets/favicon.ico"
accent = "#0B5FA5"
contact = "mailto:support@example.com"
announcement = {en = "We moved.", ja = "移転しました。"}
picks = ["articles/net/har-file", "articles/auth/clock-skew-saml"]
footer = [
  {title = "Status", address = "https://status.example.com/?a=1"},
  {title = {en = "Terms", ja = "利用規約"}, address = "https://example.com/terms"},
]
feedback = "issue"
analytics = "https://stats.example.com/s.js"
public_authors = true
"""


def test_every_key_is_read(tmp_path: Path) -> None:
    site, faults = _read(tmp_path, ALL)
    assert not faults
    assert site == SiteSettings(
        logo="kb/assets/logo.svg",
        logo_dark="kb/assets/logo-dark.svg",
        favicon="kb/assets/favicon.ico",
        accent="#0b5fa5",
        contact="mailto:support@example.com",
        announcement={"en": "We moved.", "ja": "移転しました。"},
        picks=("articles/net/har-file", "articles/auth/clock-skew-saml"),
        footer=(
            FooterLink({"": "Status"}, "https://status.example.com/?a=1"),
            FooterLink({"en": "Terms", "ja": "利用規約"}, "https://example.com/terms"),
        ),
        feedback="issue",
        analytics="https://stats.example.com/s.js",
        public_authors=True,
    )


def test_nothing_is_there_that_is_not_named(tmp_path: Path) -> None:
    assert _read(tmp_path, "") == (SiteSettings(), [])


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('logo = "kb/../secret.svg"', "site.logo must be a file below kb/"),
        ('logo = "/etc/logo.svg"', "site.logo must be a file below kb/"),
        ('logo = "assets/logo.svg"', "site.logo must be a file below kb/"),
        ('logo = "kb//logo.svg"', "site.logo must be a file below kb/"),
        ('logo = "kb/logo.gif"', "site.logo must end in .svg, .png, .webp, .ico"),
        ('logo = "kb/lo\\u0000go.svg"', "site.logo must be the name of a file"),
        ('favicon = "https://example.com/a.ico"', "site.favicon must be a file below kb/"),
        ("favicon = 3", "site.favicon must be text"),
        ('accent = "red"', "site.accent must be a colour"),
        ('accent = "#0b5fa5; } body { display: none"', "site.accent must be a colour"),
        ('accent = "#0b5fa500"', "site.accent must be a colour"),
        ('contact = "javascript:alert(1)"', "site.contact must be an https: or mailto:"),
        ('contact = "http://example.com"', "site.contact must be an https: or mailto:"),
        ('contact = "https://user:word@example.com"', "site.contact must be an https: or mailto:"),
        ('contact = "https://example.com/?token=abc"', "site.contact must be an https: or mailto:"),
        ('contact = "https://example.com/\\">"', "site.contact must be an https: or mailto:"),
        ('contact = "mailto:a@b.example?cc=c@d.example"', "site.contact must be an https: or"),
        ("announcement = 3", "site.announcement must be text"),
        ('announcement = {de = "Neu"}', "site.announcement.de is not a language"),
        ('announcement = "a\\nb"', "site.announcement must be one line"),
        (f'announcement = "{"a" * 301}"', "site.announcement must be one line of up to 300"),
        ('picks = "articles/a"', "site.picks must be a list of texts"),
        (f"picks = {['a'] * 13}", "site.picks must be up to 12 ids"),
        ('footer = [{title = "A"}]', "site.footer must be a list of up to 20 links"),
        ('footer = [{title = " ", address = "https://a.example"}]', "site.footer has a link with"),
        ('footer = [{title = "A", address = "data:text/html,x"}]', "site.footer has an address"),
        ('footer = [{title = "A", address = 3}]', "site.footer has an address"),
        ('feedback = "http://example.com"', "site.feedback must be a path such as /feedback"),
        ('feedback = "//example.com/vote"', "site.feedback must be a path such as /feedback"),
        ('analytics = "example.com/a.js"', "site.analytics must be the https: address of a"),
        ("public_authors = 1", "site.public_authors must be true or false"),
    ],
)
def test_a_wrong_value_costs_itself_and_is_told_with_what_to_write(
    tmp_path: Path, text: str, reason: str
) -> None:
    site, [(line, told, hint)] = _read(tmp_path, text)
    assert site == SiteSettings()
    assert told.startswith(reason)
    assert line == 2
    assert hint


def test_a_colour_of_three_digits_is_one_of_six(tmp_path: Path) -> None:
    assert _read(tmp_path, 'accent = "#0Bf"')[0].accent == "#00bbff"


def test_a_server_on_this_machine_may_have_http(tmp_path: Path) -> None:
    site, faults = _read(tmp_path, 'feedback = "http://127.0.0.1:8080/vote"')
    assert (site.feedback, faults) == ("http://127.0.0.1:8080/vote", [])


def test_feedback_may_go_to_the_site_s_own_host(tmp_path: Path) -> None:
    assert _read(tmp_path, 'feedback = "/kb/feedback"')[0].feedback == "/kb/feedback"


@pytest.mark.parametrize(("language", "text"), [("ja", "移転"), ("en", "Moved"), ("de", "Moved")])
def test_a_text_of_no_language_is_for_all_others(language: str, text: str) -> None:
    assert text_for({"": "Moved", "ja": "移転"}, language) == text
