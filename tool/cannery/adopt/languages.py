"""Which languages a folder's pages are in: by folders, by suffixes, else by their letters."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from cannery.adopt.layouts import LANGUAGE
from cannery.adopt.tree import SourceTree
from cannery.errors import ContentError
from cannery.model.adoption import SourceLayout
from cannery.util.language_tags import is_language

_SUFFIX = re.compile(r"(?P<stem>.+)\.(?P<tag>[A-Za-z][A-Za-z0-9_-]{1,11})\.(?:md|markdown|mdx)")
_ENDING = re.compile(r"\.(?:md|markdown|mdx)\Z")
_SHARE = 0.2  # of a folder's pages that another language has too
_SAMPLE, _LETTERS = 30, 4000
_SCRIPTS = (
    ("ja", re.compile("[\u3041-\u30ff]")),
    ("ko", re.compile("[\uac00-\ud7a3]")),
    ("zh", re.compile("[\u4e00-\u9fff]")),
    ("ru", re.compile("[\u0430-\u044f]")),
)
_DENSE = 0.05  # of the letters: a page that quotes another language has fewer


def folders_with_languages(
    tree: SourceTree, base: str, languages: Iterable[str] = (), default: str = ""
) -> SourceLayout:
    """The layout of a folder whose pages are in languages by folders or suffixes, or in one.

    `languages` and `default` are what the tool's own settings name, where they do.
    """
    named = tuple(languages)
    pages = [path.removeprefix(f"{base}/") for path in tree.below(base, tree.markdown)]
    folders = _language_folders(pages, named)
    suffixes = _language_suffixes(pages, named)
    others = [path for path in pages if path.partition("/")[0] not in folders]
    chosen = default or _default(tree, base, others, [*folders, *suffixes])
    articles = [base] if others or not folders else []
    if folders:
        inner = _shared_folder([path for path in pages if path.partition("/")[0] in folders])
        articles.append((f"{base}/{LANGUAGE}" if base != "." else LANGUAGE) + inner)
    return SourceLayout((*articles,), _in_order(chosen, [*named, *folders, *suffixes]), chosen)


def _language_folders(pages: Sequence[str], named: Sequence[str]) -> list[str]:
    """The top folders that hold translations: they have pages by the names of others' pages."""
    inside: dict[str, set[str]] = {}
    for path in pages:
        folder, _, rest = path.partition("/")
        if rest and (folder in named or is_language(folder)):
            inside.setdefault(folder, set()).add(rest)
    outside = {path for path in pages if path.partition("/")[0] not in inside}
    return [
        folder
        for folder, names in inside.items()
        if folder in named or _is_translation(names, outside, inside, folder)
    ]


def _is_translation(
    names: set[str], outside: set[str], inside: Mapping[str, set[str]], folder: str
) -> bool:
    others = [outside, *(paths for other, paths in inside.items() if other != folder)]
    return any(
        len(names & paths) >= max(1, _SHARE * min(len(names), len(paths))) for paths in others
    )


def _shared_folder(pages: Iterable[str]) -> str:
    """The folder that all pages of languages are in, as `/docs` of `ja/docs/start.md`, or none."""
    inside = {path.split("/")[1] if path.count("/") > 1 else "" for path in pages}
    return f"/{inside.pop()}" if len(inside) == 1 and "" not in inside else ""


def _language_suffixes(pages: Sequence[str], named: Sequence[str]) -> list[str]:
    """The languages of names such as `start.ja.md` that have a page `start.md` or `start.de.md`."""
    stems = Counter(_stem(path) for path in pages)
    found: dict[str, None] = {}
    for path in pages:
        match = _SUFFIX.fullmatch(path)
        if match and _is_suffix(match["tag"], named, stems[_stem(path)]):
            found[match["tag"]] = None
    return [*found]


def _is_suffix(tag: str, named: Sequence[str], pages: int) -> bool:
    return tag in named or (is_language(tag) and pages > 1)


def _stem(path: str) -> str:
    match = _SUFFIX.fullmatch(path)
    return match["stem"] if match and is_language(match["tag"]) else _ENDING.sub("", path)


def _default(tree: SourceTree, base: str, others: Sequence[str], tags: Sequence[str]) -> str:
    """That of the pages that name no language; of the named ones, English or else the first."""
    bare = [path for path in others if not _SUFFIX.fullmatch(path)]
    if not bare and tags:
        return next((tag for tag in tags if tag.partition("-")[0] == "en"), tags[0])
    prefix = "" if base == "." else f"{base}/"
    return written_in(tree, [prefix + path for path in bare])


def written_in(tree: SourceTree, paths: Sequence[str]) -> str:
    """The language of most of some pages, as far as letters tell; else English."""
    found: Counter[str] = Counter()
    for path in paths[:: max(1, len(paths) // _SAMPLE)][:_SAMPLE]:
        try:
            text = tree.text(path)[:_LETTERS]
        except ContentError:
            continue
        dense = (tag for tag, signs in _SCRIPTS if len(signs.findall(text)) > _DENSE * len(text))
        found[next(dense, "en")] += 1
    return found.most_common(1)[0][0] if found else "en"


def _in_order(first: str, tags: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys([first, *sorted({*tags} - {first})]))
