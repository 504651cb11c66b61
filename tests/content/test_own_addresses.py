"""Which addresses are pages of the own site."""

from __future__ import annotations

import pytest

from cannery.content.own_addresses import own_addresses, own_page
from cannery.workspace import Settings

SITE = Settings(site_url="https://help.example.com")
BELOW = Settings(site_url="https://example.com/help")


@pytest.mark.parametrize(
    "written",
    [
        "/articles/g/priv/",
        "/articles/g/priv",
        "/articles/g/priv/index.html",
        "/articles/g/priv.html",
        "/articles/g/priv/?a=b#c",
        "/articles/g/priv#c",
        "/articles/%67/pri%76/",
        "/x/.././articles/g//priv/",
        "https://help.example.com/articles/g/priv/",
        "http://HELP.example.com:80/articles/g/priv/index.html?x#y",
        "//help.example.com/articles/g/priv/",
    ],
)
def test_an_address_names_a_page_in_many_ways(written: str) -> None:
    page = own_page(written, SITE)
    assert page is not None
    assert (page.language, page.ids[0]) == ("en", "articles/g/priv")


@pytest.mark.parametrize(
    "written",
    ["/help/articles/a/", "/articles/a/", "https://example.com/help/articles/a/index.html"],
)
def test_a_site_below_a_folder(written: str) -> None:
    page = own_page(written, BELOW)
    assert page is not None
    assert page.ids[0] == "articles/a"


@pytest.mark.parametrize(
    "written",
    [
        "https://other.example.com/articles/a/",
        "https://help.example.com:8443/articles/a/",
        "https://help.example.com.evil.example/articles/a/",
        "mailto:a@help.example.com",
        "ftp://help.example.com/articles/a/",
        "articles/a/",
        "#articles/a/",
        "/assets/articles/a/",
        "/",
        "https://[articles/a/",
        "https://help.example.com:x/articles/a/",
    ],
)
def test_others_are_none_of_ours(written: str) -> None:
    assert own_page(written, SITE) is None


def test_the_same_host_outside_the_folder_of_the_site_is_another_site() -> None:
    assert own_page("https://example.com/articles/a/", BELOW) is None


def test_a_language_has_its_own_addresses() -> None:
    page = own_page("/ja/articles/a/", SITE)
    assert page is not None
    assert (page.language, page.ids) == (
        "ja",
        ("articles/a", "articles/a/index", "articles/a/README"),
    )


@pytest.mark.parametrize(
    "text",
    [
        "[x](/articles/a/)",
        "[x](</articles/a/>)",
        "[x][y]\n\n[y]: /articles/a/",
        "[x](https://help.example.com/articles/a/)",
        "<https://help.example.com/articles/a/>",
        "See https://Help.example.com/articles/a/ there",
    ],
)
def test_they_are_found_however_they_are_written(text: str) -> None:
    ((written, line),) = own_addresses(f"One.\n\n{text}", SITE)
    assert ("articles/a/" in written, line) == (True, 3)


def test_what_is_code_leads_nowhere() -> None:
    assert not [*own_addresses("`[x](/articles/a/)`", SITE)]
