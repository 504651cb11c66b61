"""MediaWiki: the XML file that Special:Export and dumpBackup.php write, and pictures beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from cannery.adopt.kind import Converted, SourceKind, SourcePage
from cannery.adopt.tree import SourceTree
from cannery.model.adoption import SourceLayout
from cannery.util.language_tags import is_language

_MARK = re.compile(rb"<mediawiki[\s>]")
_HEAD = 4_000  # bytes in which an export says what it is
_MAX_DEPTH = 3
_PREFIXES = ("special:mylanguage/",)


@dataclass(slots=True)
class _Wiki:
    """What is known of all pages: the path of each title, and the titles that lead to a page."""

    paths: dict[str, str] = field(default_factory=dict)
    formers: dict[str, list[str]] = field(default_factory=dict)
    languages: tuple[str, ...] = ()
    address: str = ""  # of pages on the wiki, before their titles
    files: str = ""
    categories: str = ""


def _evidence(tree: SourceTree) -> Sequence[str]:
    return tree.once("mediawiki exports", _exports)


def _exports(tree: SourceTree) -> Sequence[str]:
    found = []
    for path in tree.files:
        if path.lower().endswith(".xml") and path.count("/") < _MAX_DEPTH:
            with (tree.root / path).open("rb") as file:
                if _MARK.search(file.read(_HEAD)):
                    found.append(path)
    return found


def _layout(tree: SourceTree) -> SourceLayout:
    from cannery.adopt.languages import written_in

    wiki = tree.once("mediawiki", _wiki)
    default = written_in(tree, _evidence(tree))
    return SourceLayout((".",), tuple(dict.fromkeys((default, *wiki.languages))), default)


def _pages(tree: SourceTree, layout: SourceLayout) -> Iterator[SourcePage]:  # noqa: ARG001 - as kinds are
    from cannery.adopt.convert.mediawiki_dump import Dump, wiki_pages
    from cannery.adopt.convert.mediawiki_inline import categories_of
    from cannery.adopt.convert.virtual import with_header

    wiki = tree.once("mediawiki", _wiki)
    for file in _evidence(tree):
        for page in wiki_pages(tree.root / file, Dump()):
            path = wiki.paths.get(_key(page.title))
            if path and not page.redirect:
                values = {
                    "title": page.title.rpartition("/")[0]
                    if _language(page.title, wiki.paths)
                    else page.title,
                    "tags": categories_of(page.text, frozenset(wiki.categories.split("\n"))),
                    "redirect_from": _formers(page.title, wiki),
                }
                yield SourcePage(path, with_header(values, page.text), tree)


def _wiki(tree: SourceTree) -> _Wiki:
    from cannery.adopt.convert.mediawiki_dump import Dump, wiki_pages

    wiki, dump = _Wiki(), Dump()
    titles: dict[str, str] = {}
    for file in _evidence(tree):
        for page in wiki_pages(tree.root / file, dump):
            titles[_key(page.title)] = page.title
            if page.redirect:
                wiki.formers.setdefault(_key(page.redirect), []).append(page.title)
    redirects = {_key(title) for names in wiki.formers.values() for title in names}
    _place(wiki, {key: title for key, title in titles.items() if key not in redirects})
    for target, names in wiki.formers.items():
        for name in names:
            wiki.paths.setdefault(_key(name), wiki.paths.get(target, ""))
    base = urlsplit(dump.base).path.rpartition("/")[0]
    wiki.address = unquote(base) + "/" if dump.base else ""
    wiki.files, wiki.categories = dump.namespaces.get("6", ""), dump.namespaces.get("14", "")
    return wiki


def _place(wiki: _Wiki, titles: dict[str, str]) -> None:
    """Give each page a path: its namespaces and the pages above it are folders."""
    from cannery.adopt.convert.virtual import file_name, free_path
    from cannery.util.text import fold_name

    taken: set[str] = set()
    languages: dict[str, None] = {}
    for key, title in titles.items():
        language = _language(title, titles)
        plain = title.rpartition("/")[0] if language else title
        stem = "/".join(file_name(piece) for piece in re.split(r"[/:]", plain) if piece.strip())
        ending = f".{language}.md" if language else ".md"
        wiki.paths[key] = path = free_path(stem or "page", ending, taken)
        taken.add(fold_name(path))
        languages |= {language: None} if language else {}
    wiki.languages = tuple(languages)


def _language(title: str, titles: dict[str, str]) -> str:
    """The language that a page is a translation to: `Install/ja`, where there is `Install`."""
    above, _, last = title.rpartition("/")
    return last if above and is_language(last) and _key(above) in titles else ""


def _formers(title: str, wiki: _Wiki) -> list[str]:
    """The addresses of a page on the wiki: its own, and those that lead to it."""
    if not wiki.address:
        return []
    names = [title, *wiki.formers.get(_key(title), ())]
    return [f"{wiki.address}{name.replace(' ', '_')}" for name in names if "?" not in name]


def _key(title: str) -> str:
    plain = " ".join(title.partition("#")[0].replace("_", " ").split()).lstrip(":")
    for prefix in _PREFIXES:
        plain = plain[len(prefix) :] if plain.lower().startswith(prefix) else plain
    return plain[:1].upper() + plain[1:]


def _convert(page: SourcePage) -> Converted:
    from cannery.adopt.convert.header import read_page
    from cannery.adopt.convert.mediawiki import convert_mediawiki
    from cannery.adopt.convert.notes import Notes
    from cannery.adopt.convert.virtual import way_between

    wiki = page.tree.once("mediawiki", _wiki)

    def resolve(here: str, title: str) -> str:
        path = wiki.paths.get(_key(title), "")
        return way_between(here, path) if path else title

    notes = Notes(
        page, variables={"files": wiki.files, "categories": wiki.categories}, resolve=resolve
    )
    read = read_page(page.text, notes)
    notes.variables["title"] = str(read.values.get("title", ""))
    body = convert_mediawiki(read.body, notes)
    return Converted(f"{read.header}\n{body}" if read.header else body, tuple(notes.losses))


MEDIAWIKI = SourceKind(
    "mediawiki", "MediaWiki", _evidence, _layout, _pages, _convert, is_markdown=False, is_site=True
)
