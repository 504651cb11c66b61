"""The site's search alone, in a tab of Chromium: its index and its scripts, without a site."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Browser, Page, Route

from cannery.model.entry import Audience
from cannery.operations.stage import search_files, stage_of, view_for
from cannery.site import web
from cannery.workspace import open_workspace

_ADDRESS = "http://search.invalid/"
_CODE = """async ([address, words, options]) =>
  (await kbSearch.search(new URL(address), words, options)).hits.map((hit) => hit.entry)"""


class SearchTab(NamedTuple):
    page: Page

    def search(self, words: str, language: str, limit: int = 3, **chosen: str) -> list[str]:
        """The ids of what a reader of this language finds; `chosen` may be a kind or a section."""
        options = {"language": language, "limit": limit, **chosen}
        found: list[str] = self.page.evaluate(_CODE, [_ADDRESS, words, options])
        return found


@contextmanager
def search_tab(browser: Browser, root: Path, audience: Audience) -> Iterator[SearchTab]:
    """A tab with the search of a knowledge base's site."""
    workspace = open_workspace(root)
    files = search_files(workspace, stage_of(workspace, view_for(workspace, audience))).files

    def answer(route: Route) -> None:
        name = route.request.url.removeprefix(_ADDRESS)
        route.fulfill(body=files.get(name, b""), content_type="text/html")

    page = browser.new_page()
    page.route("**/*", answer)
    page.goto(_ADDRESS)
    page.add_script_tag(content=web.joined((*web.TEXT, *web.SEARCH)).decode())
    yield SearchTab(page)
    page.close()
