"""Look at a folder: of which kind it is, and what its pages hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from cannery.adopt.constructs import CONSTRUCTS, occurrences
from cannery.adopt.keys import COMMON, misfits
from cannery.adopt.kind import SourcePage
from cannery.adopt.layouts import as_layout, language_of, left_out, outside, with_ignored
from cannery.adopt.table import KINDS
from cannery.adopt.tree import OWN_REPOSITORY, SourceTree
from cannery.content.frontmatter import read_each
from cannery.content.split import split
from cannery.errors import UsageError
from cannery.model.adoption import ConstructUse, KeyUse, SourceLayout, Survey
from cannery.model.event import Listener, Progress, ignore
from cannery.model.layout import Layout
from cannery.model.loss import Loss

PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".avif")
_WORST = 3
_SHOWN = 3  # files that show what kind it is


def recognized(tree: SourceTree) -> Mapping[str, tuple[str, ...]]:
    """The kinds that a folder may be of, the most telling first, each with its evidence."""
    found = {name: tuple(kind.evidence(tree)) for name, kind in KINDS.items()}
    return {name: evidence for name, evidence in found.items() if evidence}


def survey(tree: SourceTree, listener: Listener = ignore) -> Survey:
    """What a folder holds. Raises UsageError where there is nothing that `kb` could take over."""
    found = recognized(tree)
    name, layout = _first_with_pages(tree, found)
    kind = KINDS[name]
    tally = _Tally(layout, as_layout(layout), {**COMMON, **kind.names})
    for number, page in enumerate(kind.pages(tree, layout), 1):
        tally.add(page)
        listener(Progress("Reading", number, max(number, len(tree.markdown))))
    return Survey(
        root=tree.root,
        kind=name,
        label=kind.label,
        evidence=found[name][:_SHOWN],
        others=tuple(KINDS[other].label for other in found if other not in {name, "plain"}),
        layout=layout,
        pages=tally.pages,
        outside=outside(tree, layout),
        left_out=left_out(tree, layout),
        languages=dict(tally.languages.most_common()),
        keys=tuple(
            KeyUse(key, count, tally.examples[key], tally.misfits[key], key in tally.inner)
            for key, count in tally.keys.most_common()
        ),
        pictures=sum(path.lower().endswith(PICTURES) for path in tree.files),
        constructs=tuple(tally.constructs()),
        losses=(*tree.losses, *tally.losses),
    )


def _first_with_pages(tree: SourceTree, names: Iterable[str]) -> tuple[str, SourceLayout]:
    """The most telling kind whose folders have pages: settings may be of what is yet to be made."""
    for name in names:
        layout = with_ignored(tree, KINDS[name].layout(tree))
        if next(iter(KINDS[name].pages(tree, layout)), None) is not None:
            return name, layout
        if KINDS[name].is_site and left_out(tree, layout):  # another kind would publish them
            what = f"{KINDS[name].label} publishes none of the pages in {tree.root}"
            raise UsageError(what, "Its settings or their front matter keep them from its site.")
    hint = "Name a folder with Markdown files, or with the export of a wiki."
    if any(path.startswith("kb/") for path in tree.markdown):
        hint = "Move what is in kb/ to another folder, or to kb/articles: kb/ has the settings."
    within = [item.path for item in tree.losses if item.why == OWN_REPOSITORY]
    if within:
        hint = (
            f"Passed by, as Git repositories of their own: {', '.join(within[:_SHOWN])}. Name one."
        )
    raise UsageError(f"no pages found in {tree.root}", hint)


@dataclass(slots=True)
class _Tally:
    """What the pages have, counted."""

    layout: SourceLayout
    places: Layout
    names: Mapping[str, str]
    pages: int = 0
    languages: Counter[str] = field(default_factory=Counter)
    keys: Counter[str] = field(default_factory=Counter)
    misfits: Counter[str] = field(default_factory=Counter)
    inner: set[str] = field(default_factory=set)
    examples: dict[str, str] = field(default_factory=dict)
    used: dict[str, Counter[str]] = field(default_factory=dict)
    losses: list[Loss] = field(default_factory=list)

    def add(self, page: SourcePage) -> None:
        self.pages += 1
        self.languages[language_of(page.path, self.layout, self.places)] += 1
        parts = split(page.text)
        data = read_each(parts.header).data if parts.header.strip() else {}
        inner = [*_inner(data)]
        self.inner.update(inner)
        for key in (*data, *inner):
            self.keys[key] += 1
            self.examples.setdefault(key, page.path)
        self.misfits.update(misfits(data, self.names) if data else ())
        for name, count in occurrences(parts.body).items():
            self.used.setdefault(name, Counter())[page.path] += count

    def constructs(self) -> Iterator[ConstructUse]:
        """The most frequent first."""
        for name, files in sorted(self.used.items(), key=lambda item: -item[1].total()):
            worst = tuple(path for path, _ in files.most_common(_WORST))
            yield ConstructUse(CONSTRUCTS[name].label, files.total(), len(files), worst)


def _inner(data: Mapping[str, Any]) -> Iterator[str]:
    """The keys of a header's tables, as `outer.inner`."""
    for key, value in data.items():
        if isinstance(value, dict):
            yield from (f"{key}.{inner}" for inner in value if f"{key}.{inner}" not in data)
