"""The pages of macros, and what their forms and the finder share."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial

from cannery.content.library import parts_for
from cannery.content.marks import Url
from cannery.model.entry import Article, Macro
from cannery.site.article import page_context
from cannery.site.header import page_text
from cannery.site.language import locales, widths
from cannery.site.lists import macro_rows
from cannery.site.macro import form_of
from cannery.site.selection import is_public
from cannery.site.visibility import PublishedView


def macro_pages(site: PublishedView) -> Iterator[tuple[str, bytes]]:
    """Each macro as a page with its form, and what the pages of forms share."""
    if not site.macros:
        return
    addresses = _addresses(site)
    for macro in site.macros.values():
        parts = parts_for(site.parts, macro.at.language, site.settings)
        form = form_of(macro, parts, partial(_article_url, site, addresses, macro))
        kb = {**page_context(site, macro), "kind": "macro", "template": "kb-macro.html"}
        kb |= {"form": form, "shortcut": macro.shortcut}
        text = page_text(macro.header.title, macro.header.summary, kb)
        yield site.place(macro.at), text.encode()
    shared = {
        "locales": locales(site.settings.languages),
        "widths": widths(),
        "kb": {"name": site.settings.name, "site_url": site.settings.site_url},
    }
    yield "assets/kb/shared.js", f"Object.assign(cannery, {_script(shared)});\n".encode()
    for language in site.languages:
        rows = _script(macro_rows(site, language))
        yield (
            f"{site.folder(language)}assets/kb/macros.js",
            f"cannery.macros = {rows};\n".encode(),
        )


def _script(value: object) -> str:
    return json.dumps(value, ensure_ascii=True, separators=(",", ":"))


def _addresses(site: PublishedView) -> dict[str, dict[str, Article]]:
    found: dict[str, dict[str, Article]] = {}
    for article in site.articles.values():
        found.setdefault(article.at.id, {})[article.at.language] = article
    return found


def _article_url(
    site: PublishedView, articles: dict[str, dict[str, Article]], macro: Macro, name: str
) -> Url:
    """What `article_url` gives: see `content.links`, which looks at the files themselves."""
    wanted = name.strip().strip("/")
    ids = (
        [wanted] if wanted in articles else [id_ for id_ in articles if id_.endswith(f"/{wanted}")]
    )
    if len(ids) != 1 or not wanted:
        raise ValueError(f"there is no article {name:.100}")
    there = articles[ids[0]]
    default = site.settings.default_language
    article = there.get(macro.at.language) or there.get(default) or next(iter(there.values()))
    if not is_public(article):
        raise ValueError(f"{name:.100} is internal, customers can't open it")
    return Url(f"{site.settings.site_url}/{site.address(article.at)}")
