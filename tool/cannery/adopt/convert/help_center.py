"""A help center's articles: HTML files, or the lists that Zendesk's API gives -> our Markdown."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from posixpath import dirname, join, normpath
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

from cannery.adopt.convert.notes import Notes
from cannery.adopt.convert.rich import rich_markdown
from cannery.adopt.convert.virtual import as_date, file_name, free_path, way_between, with_header
from cannery.adopt.kind import Converted, SourcePage
from cannery.adopt.tree import SourceTree
from cannery.content.split import line_feeds, split
from cannery.errors import ContentError
from cannery.util.charrefs import unescape
from cannery.util.text import fold_name

_ADDRESS = re.compile(
    r"/hc/(?:(?P<locale>[a-z]{2,3}(?:-[a-z0-9]{2,8})?)/)?articles/(?P<number>\d{1,20})",
    re.IGNORECASE,
)
_ATTACHMENT = re.compile(
    r"/(?:hc/(?:[\w-]{1,12}/)?article_attachments|attachments/token)/([^\s\"'<>?#]{1,400})"
)
_IN_NAME = re.compile(r"(\d{6,20})(?:-|\.)")
_BODY = re.compile(
    r"<(?:div|section|article)\b[^<>]{0,300}\barticle[-_]{1,2}body\b[^<>]{0,300}>|<article\b[^<>]{0,300}>|<main\b[^<>]{0,300}>|<body\b[^<>]{0,300}>",
    re.IGNORECASE,
)
_BODY_END = re.compile(r"</(?:body|main|article)\s*>", re.IGNORECASE)
_TITLE = re.compile(r"<(h1|title)\b[^<>]{0,300}>([^<>]{1,500})</\1\s*>", re.IGNORECASE)
_HEADING = re.compile(r"\A\s*<h1\b[^<>]{0,300}>.{0,500}?</h1\s*>", re.IGNORECASE | re.DOTALL)
_SIGN = re.compile(r"article[-_]{1,2}body\b|/hc/[a-z-]{2,12}/articles/", re.IGNORECASE)
_OUTSIDE = re.compile(r"[a-z][a-z0-9+.-]*+:|/", re.IGNORECASE)
_MAX_LISTING = 200_000_000  # bytes


class Article(NamedTuple):
    """An article in one language, as the help center has it."""

    number: int
    title: str
    html: str
    locale: str
    address: str = ""
    labels: tuple[str, ...] = ()
    is_draft: bool = False
    reviewed: str = ""
    file: str = ""  # of the source, where the HTML is one
    language: str = ""  # the locale without its region, where no other locale has the same


@dataclass(slots=True)
class HelpCenter:
    """All articles by their paths, and the paths by number and language."""

    articles: dict[str, Article] = field(default_factory=dict)
    paths: dict[tuple[int, str], str] = field(default_factory=dict)
    numbers: dict[int, str] = field(default_factory=dict)
    source_language: str = ""
    address: str = ""


def is_listing(tree: SourceTree, path: str) -> bool:
    """Whether a JSON file is a list of articles, as far as its beginning tells."""
    head = tree.config(path)[:20_000] if "article" in path.lower() or "help" in path.lower() else ""
    return '"articles"' in head and '"body"' in head


def is_article(text: str) -> bool:
    return bool(_SIGN.search(text)) and "<" in text


def help_center(tree: SourceTree) -> HelpCenter:
    """The articles of a source: those of its lists, else its HTML files."""
    center = HelpCenter()
    lists = [path for path in tree.files if path.endswith(".json") and is_listing(tree, path)]
    found = [article for path in lists for article in _of_listing(tree, path)] or [*_of_files(tree)]
    sections = _section_names(tree)
    files = _files_by_number(tree)
    taken: set[str] = set()
    for article in _with_short_tags(found):
        if (article.number, article.language) in center.paths and article.number:
            continue
        path = article.file or files.get(article.number, {}).get(article.locale, "")
        path = f"{article.language}/{path.partition('/')[2]}" if "/" in path else ""
        if not path or path in center.articles:
            section = sections.get(article.number, "")
            parts = (article.language, section, f"{article.number}-{file_name(article.title)}")
            path = free_path("/".join(part for part in parts if part), ".html", taken)
            path = path if article.language else path.lstrip("/")
        taken.add(fold_name(path))
        center.articles[path] = article
        center.paths[article.number, article.language] = path
        center.numbers.setdefault(article.number, path)
        center.address = center.address or _host(article.address)
    return center


def _with_short_tags(articles: Sequence[Article]) -> Iterator[Article]:
    """The articles with the language that each is in: `en` for `en-us` where there is no `en-gb`."""
    locales = {article.locale for article in articles}
    shared = Counter(locale.partition("-")[0] for locale in locales)
    for article in articles:
        short = article.locale.partition("-")[0]
        yield article._replace(language=short if shared[short] == 1 else article.locale)


def _host(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""


def _listing(tree: SourceTree, path: str) -> Mapping[str, Any]:
    file = tree.root / path
    if file.stat().st_size > _MAX_LISTING:
        raise ContentError(f"{path} is larger than {_MAX_LISTING:,} bytes", "Export it in parts.")
    try:
        read = json.loads(file.read_bytes())
    except (ValueError, RecursionError) as error:
        raise ContentError(f"{path} is not JSON: {error}", "Export the articles again.") from error
    return read if isinstance(read, dict) else {}


def _of_listing(tree: SourceTree, path: str) -> Iterator[Article]:
    """The articles of a list, each with its translations where the list has them."""
    for row in _rows(_listing(tree, path), "articles"):
        yield from _of_row(row, row)
        for translation in _rows(row, "translations"):
            yield from _of_row(row, translation)


def _rows(value: Mapping[str, Any], name: str) -> Iterator[Mapping[str, Any]]:
    rows = value.get(name)
    return (row for row in (rows if isinstance(rows, list) else ()) if isinstance(row, dict))


def _of_row(row: Mapping[str, Any], said: Mapping[str, Any]) -> Iterator[Article]:
    """An article, or a translation of it, which says less."""
    number, html = row.get("id"), said.get("body")
    if not isinstance(number, int) or not isinstance(html, str):
        return
    labels = row.get("label_names")
    yield Article(
        number,
        str(said.get("title") or said.get("name") or number),
        html,
        str(said.get("locale") or row.get("locale") or row.get("source_locale") or "").lower(),
        str(said.get("html_url") or row.get("html_url") or ""),
        tuple(str(label) for label in labels) if isinstance(labels, list) else (),
        is_draft=said.get("draft") is True,
        reviewed=str(said.get("edited_at") or row.get("edited_at") or "")[:10],
    )


def _of_files(tree: SourceTree) -> Iterator[Article]:
    for path in tree.files:
        if not path.endswith((".html", ".htm")):
            continue
        text = tree.config(path)
        if not is_article(text):
            continue
        named = _IN_NAME.search(path.rpartition("/")[2])
        found = _TITLE.search(text)
        language = path.partition("/")[0].lower() if "/" in path else ""
        title = unescape(found[2]).strip() if found else path.rpartition("/")[2].rpartition(".")[0]
        yield Article(int(named[1]) if named else 0, title, _body(text), language, file=path)


def _body(page: str) -> str:
    """What of a whole page is the article."""
    begin = min(_BODY.finditer(page), key=_rank, default=None)
    inside = page[begin.end() :] if begin else page
    ends = [*_BODY_END.finditer(inside)]
    inside = inside[: ends[0].start()] if ends else inside
    return _HEADING.sub("", inside)


def _rank(found: re.Match[str]) -> int:
    head = found[0].lower()
    names = ("body", "<article", "<main", "<body")
    return next(
        rank
        for rank, name in enumerate(names)
        if name in head.replace("<body", "<BODY") or name == "<body"
    )


def _files_by_number(tree: SourceTree) -> Mapping[int, Mapping[str, str]]:
    """The HTML files by the number of their article, and by their locale."""
    found: dict[int, dict[str, str]] = {}
    for path in tree.files:
        named = (
            _IN_NAME.search(path.rpartition("/")[2]) if path.endswith((".html", ".htm")) else None
        )
        if named:
            found.setdefault(int(named[1]), {}).setdefault(path.partition("/")[0].lower(), path)
    return found


def _section_names(tree: SourceTree) -> Mapping[int, str]:
    """The folder of each article that has no file: its section."""
    words = ("section", "article")
    paths = [path for path in tree.files if path.endswith(".json")]
    listings = [
        _listing(tree, path) for path in paths if any(word in path.lower() for word in words)
    ]
    names = {
        row["id"]: file_name(str(row.get("name") or row["id"])).lower()
        for listing in listings
        for row in _rows(listing, "sections")
        if isinstance(row.get("id"), int)
    }
    articles = (row for listing in listings for row in _rows(listing, "articles"))
    return {
        row.get("id", 0): names[number]
        for row in articles
        if (number := row.get("section_id")) in names
    }


def text_of(article: Article) -> str:
    """An article as a page with front matter, whose body is HTML still."""
    values = {
        "title": article.title,
        "tags": [*article.labels],
        "status": "draft" if article.is_draft else "",
        "reviewed": as_date(article.reviewed),
        "redirect_from": [address] if (address := _path(article)) else [],
    }
    return with_header(values, article.html)


def _path(article: Article) -> str:
    if article.address:
        return unquote(urlsplit(article.address).path)
    return f"/hc/{article.locale}/articles/{article.number}" if article.number else ""


def convert_article(page: SourcePage, center: HelpCenter) -> Converted:
    """An article's page as our Markdown: links between articles and pictures lead to files."""
    notes = Notes(page, resolve=lambda here, written: _leads_to(here, written, page, center))
    parts = split(line_feeds(page.text))
    body = rich_markdown(parts.body, notes)
    return Converted(f"{parts.prefix}{parts.header}{parts.suffix}\n{body}", tuple(notes.losses))


def _leads_to(here: str, written: str, page: SourcePage, center: HelpCenter) -> str:
    """What an address in an article leads to: another article, or a file of the source."""
    article, bare = center.articles.get(page.path), written.partition("#")[0]
    if article and article.file and bare and not _OUTSIDE.match(written):
        file = normpath(join(dirname(article.file), unquote(bare)))
        return way_between(here, file) if file in page.tree.names else written
    if not _is_own(written, center):
        return written
    path, anchor = urlsplit(written).path, written[len(bare) :]
    if found := _ADDRESS.match(path):
        other = _article_path(int(found["number"]), article.language if article else "", center)
        return f"{way_between(here, other)}{anchor}" if other else _whole(written, center)
    found = _ATTACHMENT.match(path)
    file = _attachment(unquote(found[1]), page.tree) if found else ""
    return way_between(here, file) if file else _whole(written, center)


def _article_path(number: int, language: str, center: HelpCenter) -> str:
    """The path of an article in a language, or else in any."""
    if path := center.paths.get((number, language)):
        return path
    return center.numbers.get(number, "")


def _is_own(written: str, center: HelpCenter) -> bool:
    return written.startswith("/") or (bool(center.address) and written.startswith(center.address))


def _whole(written: str, center: HelpCenter) -> str:
    """An address of the help center's that no file of the source stands for."""
    return f"{center.address}{written}" if written.startswith("/") and center.address else written


def _attachment(name: str, tree: SourceTree) -> str:
    """The file of an attachment: by its name, or by the number in its address."""
    last = name.rpartition("/")[2].lower()
    number = name.partition("/")[0]
    found = tree.by_name.get(last) or tree.by_name.get(f"{number}-{last}")
    return found[0] if found else ""
