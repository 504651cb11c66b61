"""DokuWiki: text files below `data/pages/`, namespaces as folders, pictures below `data/media/`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from cannery.adopt.kind import Converted, SourceKind, SourcePage
from cannery.adopt.languages import written_in
from cannery.adopt.layouts import LANGUAGE
from cannery.adopt.tree import SourceTree
from cannery.errors import ContentError
from cannery.model.adoption import SourceLayout
from cannery.util.language_tags import is_language

_HEADING = re.compile(r"^[ \t]{0,9}={2,6} ?[^=\s][^\n]{0,200}={2,6}[ \t]*$", re.MULTILINE)
_TRIED = 20  # files that are looked at
_SKIPPED = ("wiki/syntax.txt", "wiki/dokuwiki.txt", "wiki/welcome.txt")  # that each wiki comes with


def _evidence(tree: SourceTree) -> Sequence[str]:
    found = [
        path for path in tree.files if path.endswith(".txt") and "pages" in path.split("/")[:3]
    ]
    return [path for path in found[:_TRIED] if _HEADING.search(tree.config(path))]


def _base(tree: SourceTree) -> str:
    before, _, _ = _evidence(tree)[0].partition("pages/")
    return f"{before}pages"


def _layout(tree: SourceTree) -> SourceLayout:
    base = _base(tree)
    texts = [path.removeprefix(f"{base}/") for path in tree.below(base) if path.endswith(".txt")]
    folders = {path.partition("/")[0] for path in texts if "/" in path}
    others = {path for path in texts if path.partition("/")[0] not in folders or "/" not in path}
    languages = [
        folder
        for folder in sorted(folders)
        if is_language(folder) and any(f"{folder}/{path}" in texts for path in {*others, *texts})
    ]
    default = written_in(
        tree, [f"{base}/{path}" for path in texts if path.partition("/")[0] not in languages]
    )
    articles = (base, f"{base}/{LANGUAGE}") if languages else (base,)
    return SourceLayout(
        articles=articles,
        languages=tuple(dict.fromkeys((default, *languages))),
        default_language=default,
        ignore=tuple(f"{base}/{path}" for path in _SKIPPED if path in texts),
    )


def _pages(tree: SourceTree, layout: SourceLayout) -> Iterator[SourcePage]:
    for path in tree.below(_base(tree)):
        if path.endswith(".txt") and path not in layout.ignore:
            try:
                yield SourcePage(path, tree.text(path), tree)
            except ContentError:
                continue


def _convert(page: SourcePage) -> Converted:
    from cannery.adopt.convert.dokuwiki import convert_dokuwiki
    from cannery.adopt.convert.notes import Notes

    notes = Notes(page)
    return Converted(convert_dokuwiki(page.text, notes), tuple(notes.losses))


DOKUWIKI = SourceKind(
    "dokuwiki", "DokuWiki", _evidence, _layout, _pages, _convert, is_markdown=False, is_site=True
)
