"""What programs that read text are told of a public site: llms.txt and llms-full.txt.

Each language has its own; the default one's, at the root, names the others. See llmstxt.org.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import quote

from cannery.model.entry import Article
from cannery.site.article import language_name, section_title
from cannery.site.markdown_twins import line, link
from cannery.site.texts import text
from cannery.site.visibility import PublishedView

LIST, WHOLE = "llms.txt", "llms-full.txt"
_MOST = 1_000  # articles that a list has; of more it has the sections
_LONGEST = 4_000_000  # bytes of all texts
_RULE = "\n---\n"  # behind a page's front matter


def llms_files(site: PublishedView, pages: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """The files by their place on the site; `pages` are those of a stage."""
    for language in site.languages if site.web_address else ():
        entries = [item for item in site.articles.values() if item.at.language == language]
        articles = [item for item in entries if not site.section_of(item.at.id)]
        folder = site.folder(language)
        yield f"{folder}{LIST}", "\n".join(_list(site, language, articles)).encode()
        yield f"{folder}{WHOLE}", _whole(site, language, articles, pages)


def _address(site: PublishedView, path: str) -> str:
    return site.web_address + quote(path)


def _list(site: PublishedView, language: str, articles: Sequence[Article]) -> Iterator[str]:
    yield f"# {line(site.settings.name)}\n"
    yield f"> {text(language, 'front')}"
    if len(articles) > _MOST:
        yield f"\n## {text(language, 'sections')}\n"
        for folder in site.counts:
            address = _address(site, f"{site.folder(language)}{folder}/index.md")
            yield link(section_title(site, folder, language), address)
    else:
        yield from _by_section(site, language, articles)
    yield from _more(site, language)


def _by_section(site: PublishedView, language: str, articles: Sequence[Article]) -> Iterator[str]:
    sections: dict[str, list[Article]] = {}
    for article in sorted(articles, key=lambda item: item.at.id):
        sections.setdefault(article.at.id.rpartition("/")[0], []).append(article)
    for folder, inside in sections.items():
        yield f"\n## {line(section_title(site, folder, language))}\n"
        for item in inside:
            address = _address(site, site.page_path(item.at))
            yield link(item.header.title, address, item.header.summary)


def _more(site: PublishedView, language: str) -> Iterator[str]:
    """What a reader who is short of room may leave out, under the title that the format gives."""
    yield "\n## Optional\n"
    yield link(WHOLE, _address(site, f"{site.folder(language)}{WHOLE}"))
    if language == site.settings.default_language:
        for other in site.languages[1:]:
            yield link(language_name(other), _address(site, f"{site.folder(other)}{LIST}"))
    yield ""


def _whole(
    site: PublishedView, language: str, articles: Sequence[Article], pages: Mapping[str, bytes]
) -> bytes:
    """All texts, one after another, as far as there is room for whole ones."""
    pieces = [f"# {line(site.settings.name)}\n".encode()]
    room = _LONGEST
    for item in sorted(articles, key=lambda item: item.at.id):
        path = site.page_path(item.at)
        body = pages[path].decode().partition(_RULE)[2].strip("\n") if path in pages else ""
        title, address = line(item.header.title), _address(site, path)
        piece = f"\n# {title}\n\n<{address}>\n\n{body}\n".encode()
        room -= len(piece)
        if room < 0:
            pieces.append(f"\n{_address(site, f'{site.folder(language)}{LIST}')}\n".encode())
            break
        pieces.append(piece)
    return b"".join(pieces)
