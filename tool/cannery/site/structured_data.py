"""Pages as schema.org describes them, in JSON-LD: articles, the way to them, questions, answers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cannery.model.entry import Entry
from cannery.site.visibility import PublishedView

_HEADLINE = 110  # letters of a title that search engines take


def article_data(
    site: PublishedView,
    entry: Entry,
    trail: Sequence[Sequence[str]],
    description: str,
    questions: Sequence[tuple[str, str]],
) -> dict[str, Any]:
    """Of an article's page: itself, the sections above it, and its questions, if it is such."""
    address = f"{site.web_address}{site.address(entry.at)}"
    graph = [_article(site, entry, trail, description, address)]
    way = [*trail, [entry.header.title, site.address(entry.at)]]
    graph.append(_trail(site, entry.at.language, way))
    if questions:
        graph.append({"@type": "FAQPage", "@id": f"{address}#faq", "mainEntity": [
            {"@type": "Question", "name": question,
             "acceptedAnswer": {"@type": "Answer", "text": answer}}
            for question, answer in questions
        ]})  # fmt: skip
    return _document(graph)


def list_data(site: PublishedView, language: str, trail: Sequence[Sequence[str]]) -> dict[str, Any]:
    """Of a page that leads to others; `trail` ends with itself."""
    return _document([_trail(site, language, trail)])


def _document(graph: Sequence[dict[str, Any]]) -> dict[str, Any]:
    return {"@context": "https://schema.org", "@graph": list(graph)}


def _article(
    site: PublishedView,
    entry: Entry,
    trail: Sequence[Sequence[str]],
    description: str,
    address: str,
) -> dict[str, Any]:
    history = site.file_histories.get(entry.at.path)
    publisher = {"@type": "Organization", "name": site.settings.name, "url": site.web_address}
    people = [{"@type": "Person", "name": name} for name in history.people] if history else []
    values = {
        "@type": "Article",
        "@id": f"{address}#article",
        "url": address,
        "mainEntityOfPage": address,
        "headline": entry.header.title[:_HEADLINE],
        "description": description,
        "inLanguage": entry.at.language,
        "articleSection": trail[-1][0] if trail else "",
        "keywords": ", ".join(entry.header.tags),
        "datePublished": history.created.isoformat() if history else "",
        "dateModified": history.changed.isoformat() if history else "",
        "author": people or publisher,
        "publisher": publisher,
    }
    return {key: value for key, value in values.items() if value}


def _trail(site: PublishedView, language: str, trail: Sequence[Sequence[str]]) -> dict[str, Any]:
    """The way to a page; the last of it is the page."""
    home = site.settings.name, site.root(language)
    items = [
        {"@type": "ListItem", "position": at, "name": name, "item": f"{site.web_address}{address}"}
        for at, (name, address) in enumerate([home, *trail], 1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}
