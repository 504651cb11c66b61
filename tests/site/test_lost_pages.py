"""The page that is not there, at any depth of a site in a folder, in the reader's language."""

from __future__ import annotations

import mimetypes
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Browser, Page, Route, expect

from cannery.model.entry import Audience
from cannery.operations.build_site import Mode, build_site
from cannery.site.texts import text
from cannery.workspace import open_workspace

CONFIG = Path(__file__).parents[2] / "mkdocs.yml"
HOST = "https://help.example.com"
SETTINGS = f'name = "Test"\nsite_url = "{HOST}/sub"\nlanguages = ["en", "ja", "de"]\n'


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("lost")
    (root / "kb/articles").mkdir(parents=True)
    (root / "kb/kb.toml").write_text(SETTINGS)
    (root / "mkdocs.yml").write_text(CONFIG.read_text())
    for name in ("a.md", "a.ja.md", "a.de.md"):
        (root / "kb/articles" / name).write_text("---\ntitle: A\naudience: public\n---\nText.\n")
    build_site(open_workspace(root), Audience.PUBLIC, root / "out", mode=Mode(alone=True))
    return root / "out"


@pytest.fixture(scope="module")
def tabs(browser: Browser, folder: Path) -> Iterator[Callable[[str], Page]]:
    """A tab of a reader of each locale, which is opened once."""
    with ExitStack() as stack:
        yield cache(lambda locale: stack.enter_context(_tab(browser, folder, locale)))


@contextmanager
def _tab(browser: Browser, folder: Path, locale: str) -> Iterator[Page]:
    """A tab of a reader, on a host that shows the site in a folder, and 404.html at its root."""

    def answer(route: Route) -> None:
        name = urlsplit(route.request.url).path.removeprefix("/sub/")
        file = folder / name
        is_there = file.is_file()
        found = file if is_there else folder / "404.html"
        kind = mimetypes.guess_type(found.name)[0] or "text/html"
        route.fulfill(status=200 if is_there else 404, body=found.read_bytes(), content_type=kind)

    context = browser.new_context(locale=locale)
    page = context.new_page()
    page.route("**/*", answer)
    yield page
    context.close()


@pytest.mark.parametrize(
    ("locale", "address", "language"),
    [
        ("en-GB", "x/y/z/", "en"),
        ("ja-JP", "x/y/z/", "ja"),
        ("en-GB", "ja/articles/gone/", "ja"),
        ("de-DE", "x/", "en"),  # we have no words in German
        ("ja-JP", "%E3%81%", "ja"),
    ],
)
def test_a_lost_reader_is_told_in_the_language_of_the_address_or_in_their_own(
    tabs: Callable[[str], Page], locale: str, address: str, language: str
) -> None:
    heading = text(language, "lost")
    page = tabs(locale)
    page.goto(f"{HOST}/sub/{address}")
    expect(page.locator("h1:visible")).to_have_text(heading)
    assert page.locator("html").get_attribute("lang") == language
    assert page.title() == f"{heading} - Test"


def test_each_language_has_a_page_of_its_own_whose_addresses_begin_at_the_root(
    folder: Path,
) -> None:
    for name, language in (("404.html", "en"), ("ja/404.html", "ja"), ("de/404.html", "de")):
        page = BeautifulSoup((folder / name).read_text("utf-8"), "html.parser")
        html = page.find("html")
        assert html
        assert html["lang"] == language
        addresses = [
            str(element.get("href") or element.get("src"))
            for element in page.select("a[href], link[href], script[src]")
        ]
        own = [address for address in addresses if not address.startswith("#")]
        assert len(own) > 5
        assert [address for address in own if not address.startswith("/sub/")] == []
        assert str(page.select_one("meta[name=robots]")).count("noindex") == 1


def test_an_address_that_is_written_wrongly_is_looked_for_as_far_as_it_says_something(
    tabs: Callable[[str], Page],
) -> None:
    page = tabs("en-GB")
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.goto(f"{HOST}/sub/text/%E3%81%/%zz/")
    page.wait_for_load_state("networkidle")
    page.goto(f"{HOST}/sub/gone/text%/")
    expect(page.locator("[data-kb-lost] a").first).to_have_text("A")
    assert wrong == []
