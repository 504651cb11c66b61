"""An article's text alone in a tab of Chromium, without a site."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager

import markdown
from playwright.sync_api import Browser, Page, Route

from cannery.site import web
from cannery.site.texts import texts

ADDRESS = "https://article.invalid/a/"
EXTENSIONS = ["cannery.site.safe_markdown", "pymdownx.highlight", "toc"]
PICTURE = (
    "<svg xmlns='http://www.w3.org/2000/svg' width='2000' height='1000'>"
    "<rect width='2000' height='1000'/></svg>"
)
_PAGE = """<!doctype html><html lang="{lang}"><head><title>A page</title><style>{css}</style>
<script>{store}</script></head><body><main class="kb-page"><article class="kb-prose">{html}</article></main>
<script type="application/json" id="kb-page">{data}</script><script>{scripts}</script></body></html>"""


def rendered(text: str, **source: object) -> str:
    """The HTML of a page's text."""
    configs = {EXTENSIONS[0]: source}
    return markdown.markdown(text, extensions=EXTENSIONS, extension_configs=configs)


def document(html: str, lang: str = "en") -> str:
    """A page with the scripts and styles that an article has."""
    data = {"base": "..", "lang": lang, "texts": texts()[lang]}
    names = (*web.TEXT, "page.js", "said.js", *web.ARTICLE, *web.LISTS)
    return _PAGE.format(
        lang=lang,
        css=web.joined(web.STYLES).decode(),
        store=web.joined(web.SCRIPTS["scheme.js"]).decode(),
        html=html,
        data=json.dumps(data),
        scripts=web.joined(names).decode(),
    )


@contextmanager
def article_tab(browser: Browser, html: str, width: int = 900) -> Iterator[Page]:
    """A tab that shows this HTML as an article; `b.svg` is a large picture."""

    def answer(route: Route) -> None:
        if route.request.url.endswith(".svg"):
            route.fulfill(body=PICTURE, content_type="image/svg+xml")
        else:
            route.fulfill(body=document(html), content_type="text/html; charset=utf-8")

    page = browser.new_page(viewport={"width": width, "height": 600})
    page.route("**/*", answer)
    page.goto(ADDRESS)
    yield page
    page.close()
