"""Pages that lead to others: the front page, sections, tags, what changed, the macro finder."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import islice
from typing import Any
from urllib.parse import quote, unquote

from cannery.content.wording import date_text
from cannery.model.entry import Entry
from cannery.site.article import (
    Body,
    language_context,
    language_name,
    list_item,
    list_row,
    month_text,
    section_title,
    sections_in_order,
    tag_name,
    trail,
)
from cannery.site.glossary import glossary_groups
from cannery.site.groups import Groups, Row, grouped, grouped_by
from cannery.site.head import list_head, listed, section_head
from cannery.site.header import page_text
from cannery.site.picks import picks
from cannery.site.texts import text
from cannery.site.titles import front_title, list_title
from cannery.site.visibility import PublishedView

_CHANGES = 50  # that the page of changes lists
_NEW = 5  # of them on the front page

Page = tuple[str, str]  # a file below the folder of pages, and its text


def front_page(site: PublishedView, language: str, title: str, body: Body) -> Page:
    """The page that a reader comes to first: a search box, the sections, what is new."""
    groups = folder_items(site, "articles", language)
    changed = (entry for entry in _changed(site, language) if not site.section_of(entry.at.id))
    recent = [_dated(site, entry, language) for entry in islice(changed, _NEW)]
    kb = {
        **_base(site, language, ""),
        "kind": "front",
        "template": "kb-front.html",
        "sections": groups,
    }
    kb |= {"picks": picks(site, language), "recent": recent}
    kb |= {"macros": bool(site.macros), **body.about}
    about = body.gist.lead or listed(language, text(language, "front"), groups)
    kb["head"] = list_head(front_title(site, title, language), site.root(language), about)
    return f"{site.folder(language)}index.md", page_text(title, "", kb, body.text)


def list_pages(site: PublishedView) -> Iterator[Page]:
    """All of them but the front pages, for each language."""
    for language in site.languages:
        for folder in site.counts:
            yield section_page(site, folder, language, Body())
        yield from _tag_pages(site, language)
        if "changes" in site.lists(language):
            yield _changes_page(site, language)
        if "glossary" in site.lists(language):
            yield _glossary_page(site, language)


def section_page(site: PublishedView, folder: str, language: str, body: Body) -> Page:
    """A folder's sections and entries; `body` is the text of its own page, if it has one."""
    own = site.section_page(folder, language)
    title = section_title(site, folder, language)
    rows = [list_row(site, id_, language) for id_ in site.sections.get(folder, ())]
    kb = {
        **_base(site, language, folder),
        "kind": "section",
        "template": "kb-finder.html" if folder == "macros" else "kb-list.html",
        "trail": trail(site, folder, language),
        "sections": folder_items(site, folder, language),
        **_listed_rows(grouped(rows, language)),
        **body.about,
    }
    summary = own.header.summary if own else ""
    address = f"{site.root(language)}{quote(folder)}/"
    about = summary or body.gist.lead or listed(language, title, [*kb["sections"], *rows])
    kb["head"] = section_head(site, folder, language, about, [*kb["trail"], [title, address]])
    page_path = f"{site.folder(language)}{folder}/index.md"
    return page_path, page_text(title, summary, kb, body.text)


def folder_titles(site: PublishedView) -> dict[str, dict[str, str]]:
    """What each folder of entries is called, by language."""
    return {
        folder: {language: section_title(site, folder, language) for language in site.languages}
        for folder in site.counts
    }


def _base(site: PublishedView, language: str, path: str) -> dict[str, Any]:
    return {
        **language_context(site, language),
        "variants": [
            [
                other,
                language_name(other),
                f"{site.root(other)}{quote(path)}/".lstrip("/")
                if path
                else site.root(other) or "./",
            ]
            for other in site.languages
        ],
    }


def folder_items(site: PublishedView, folder: str, language: str) -> list[list[Any]]:
    """The sections right below one, in the order that they say, then by title."""
    inside = sections_in_order(site, folder, language)
    return [_folder_item(site, item, language) for _, item in inside]


def _folder_item(site: PublishedView, folder: str, language: str) -> list[Any]:
    """A section in a list: title, address, summary, how many entries it has, and its icon."""
    own = site.section_page(folder, language)
    count = site.counts[folder]
    summary = own.header.summary if own else ""
    return [
        section_title(site, folder, language),
        f"{site.root(language)}{quote(folder)}/",
        summary,
        count,
        site.section_mark(folder, language).icon,
    ]


def _tag_pages(site: PublishedView, language: str) -> Iterator[Page]:
    tagged: dict[str, tuple[str, list[str]]] = {}
    for id_, variants in sorted(site.variants.items()):
        entry = variants.get(language)
        for tag in entry.header.tags if entry else ():
            tagged.setdefault(tag_name(tag), (tag, []))[1].append(id_)
    if not tagged:
        return
    root = f"{site.folder(language)}tags"
    cloud = [
        [tag, f"{site.root(language)}tags/{name}/", "", len(ids)]
        for name, (tag, ids) in sorted(tagged.items())
    ]
    base = {**_base(site, language, "tags"), "kind": "list", "template": "kb-list.html"}
    title = text(language, "tags")
    about = listed(language, title, cloud)
    head = list_head(list_title(site, title, language), f"{site.root(language)}tags/", about)
    yield f"{root}/index.md", page_text(title, "", {**base, "cloud": cloud, "head": head})
    for name, (tag, ids) in tagged.items():
        kb = {**base, "trail": [[text(language, "tags"), f"{site.root(language)}tags/"]]}
        rows = [list_row(site, id_, language) for id_ in ids]
        kb |= _listed_rows(_by_section(site, rows, ids, language))
        kb["variants"] = []
        title = f"{text(language, 'tag')}: {tag}"
        address, about = f"{site.root(language)}tags/{name}/", listed(language, tag, rows)
        kb["head"] = list_head(list_title(site, title, language), address, about)
        yield f"{root}/{unquote(name)}.md", page_text(title, "", kb)


def _changed(site: PublishedView, language: str) -> Sequence[Entry]:
    """The articles of a language, the last changed first."""
    dated = [
        (site.file_histories[path].changed, path)
        for path, item in site.articles.items()
        if item.at.language == language and path in site.file_histories
    ]
    return [
        site.articles[path]
        for _, path in sorted(dated, key=lambda item: (-item[0].toordinal(), item[1]))
    ]


def changes(site: PublishedView, language: str) -> Sequence[Entry]:
    """Those that the page of changes and the feed list."""
    return _changed(site, language)[:_CHANGES]


def _dated(site: PublishedView, entry: Entry, language: str) -> list[str]:
    day = site.file_histories[entry.at.path].changed
    return [*list_item(site, entry.at.id, language)[:3], date_text(day, language)]


def _listed_rows(groups: Groups) -> dict[str, Any]:
    """Groups of rows, and how many rows they have."""
    return {"groups": groups, "listed": sum(len(rows) for _, rows in groups)}


def _by_section(
    site: PublishedView, rows: Sequence[Row], ids: Sequence[str], language: str
) -> Groups:
    """Rows of several sections, below the sections' titles."""
    titles = [section_title(site, id_.rpartition("/")[0], language) for id_ in ids]
    by_address = {row.address: title for row, title in zip(rows, titles, strict=True)}
    return grouped_by(rows, lambda row: by_address[row.address])


def _month(row: Row, language: str) -> str:
    return month_text(date.fromisoformat(row.changed[0]), language)


def _changes_page(site: PublishedView, language: str) -> Page:
    kb = {**_base(site, language, "changes"), "kind": "list", "template": "kb-list.html"}
    rows = [list_row(site, entry.at.id, language) for entry in changes(site, language)]
    kb |= _listed_rows(grouped_by(rows, lambda row: _month(row, language)))
    if site.web_address:
        kb["feed"] = f"{site.root(language)}changes.xml"
    title, address = text(language, "changes"), f"{site.root(language)}changes/"
    about = listed(language, title, rows)
    kb["head"] = list_head(list_title(site, title, language), address, about)
    return f"{site.folder(language)}changes.md", page_text(title, "", kb)


def _glossary_page(site: PublishedView, language: str) -> Page:
    kb = {**_base(site, language, "glossary"), "kind": "list", "template": "kb-list.html"}
    kb["variants"] = [it for it in kb["variants"] if "glossary" in site.lists(it[0])]
    terms = glossary_groups(site, language)
    kb |= {"terms": terms, "listed": sum(len(rows) for _, rows in terms)}
    title, address = text(language, "glossary"), f"{site.root(language)}glossary/"
    about = listed(language, title, [row for _, rows in terms for row in rows])
    kb["head"] = list_head(list_title(site, title, language), address, about)
    return f"{site.folder(language)}glossary.md", page_text(title, "", kb)
