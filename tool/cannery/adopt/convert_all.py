"""All pages and linked_files of a source, as the files of a knowledge base."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from posixpath import splitext

from cannery.adopt.keys import COMMON, KeyPlan, key_plan
from cannery.adopt.kind import SourceKind, SourcePage
from cannery.adopt.our_header import our_header
from cannery.adopt.relink import file_links, relinked
from cannery.adopt.table import KINDS
from cannery.adopt.targets import Targets
from cannery.adopt.tree import SourceTree
from cannery.content.assets import SERVED
from cannery.content.files import ENDINGS, read_regular
from cannery.errors import ContentError
from cannery.model.adoption import Survey
from cannery.model.event import Listener, counting
from cannery.model.loss import Loss
from cannery.settings import Settings
from cannery.util.text import counted

_MAX_BYTES = 400_000_000  # of all files together: an undo has to keep them


@dataclass
class ConvertedFiles:
    """The files by their new paths; `origins` has the path in the source of each."""

    files: dict[str, bytes] = field(default_factory=dict)
    origins: dict[str, str] = field(default_factory=dict)
    linked_files: int = 0
    losses: list[Loss] = field(default_factory=list)
    missing_languages: Mapping[str, int] = field(default_factory=dict)


def convert_all(
    tree: SourceTree, found: Survey, settings: Settings, into: str, listener: Listener
) -> ConvertedFiles:
    """Convert each page for its new place, and take along the files that the pages show."""
    kind, targets = KINDS[found.kind], Targets(settings, found.layout, into)
    converted = ConvertedFiles(missing_languages=targets.missing_languages)
    pages = counting(kind.pages(tree, found.layout), found.pages, "Converting", listener)
    texts = _converted(pages, kind, targets, converted)
    _add_files(tree, texts, targets, converted)
    keys = key_plan(found.keys, {**COMMON, **kind.names})
    dropped: Counter[str] = Counter()
    for path, text in texts.items():
        ours = our_header(relinked(text, path, targets.moved), keys, dropped)
        new = targets.moved[path]
        converted.files[new], converted.origins[new] = ours.encode("utf-8", "replace"), path
    converted.losses += [*targets.losses, *_keys(found, keys, dropped)]
    return converted


def _converted(
    pages: Iterable[SourcePage], kind: SourceKind, targets: Targets, converted: ConvertedFiles
) -> dict[str, str]:
    """The texts of the pages that have a place, by their paths in the source."""
    texts: dict[str, str] = {}
    for page in pages:
        targets.add_page(page.path)
        if page.path in targets.moved:
            made = kind.convert(page)
            texts[page.path] = made.text
            converted.losses += made.losses
    return texts


def _add_files(
    tree: SourceTree, texts: Mapping[str, str], targets: Targets, converted: ConvertedFiles
) -> None:
    """Take along what pages link to and a site can serve; tell of the rest."""
    left, asked = _MAX_BYTES, set[str]()
    for page, text in texts.items():
        for link in file_links(text, page, tree.names):
            if link.path in asked or link.path in texts or link.path.endswith(ENDINGS):
                continue
            asked.add(link.path)
            why = _unfit(link.path)
            data = b"" if why else _data(tree, link.path)
            if data is None or len(data) > left:
                why = "it can't be read, or is too large"
            if why or data is None:
                converted.losses.append(Loss(page, 0, link.path, why))
                continue
            left -= len(data)
            targets.add_file(link.path)
            if new := targets.moved.get(link.path):
                converted.files[new], converted.origins[new] = data, link.path
                converted.linked_files += 1


def _unfit(path: str) -> str:
    is_served = splitext(path)[1].lower() in SERVED
    return "" if is_served else "a site does not serve files of this kind"


def _data(tree: SourceTree, path: str) -> bytes | None:
    try:
        return read_regular(tree.root, path)
    except ContentError:
        return None


def _keys(found: Survey, keys: KeyPlan, dropped: Counter[str]) -> list[Loss]:
    examples = {use.key: use.example for use in found.keys}
    return [
        Loss(
            examples.get(key, "."),
            1,
            f"the key {key} of {counted(count, 'file')}",
            "kb has no such key",
        )
        for key, count in dropped.most_common()
        if key in keys.own
    ]
