"""What a kind of source fills in: how to recognize it, where its pages are, how they convert."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from cannery.adopt.layouts import page_paths
from cannery.adopt.tree import SourceTree
from cannery.errors import ContentError
from cannery.model.adoption import SourceLayout
from cannery.model.loss import Loss


class SourcePage(NamedTuple):
    """A page as its tool has it. `path` is from the top of `tree`, which knows the other files.

    For pages that are no files of their own, as those of a wiki's export, the path is the file
    that the page would be.
    """

    path: str
    text: str
    tree: SourceTree


class Converted(NamedTuple):
    """A page as our Markdown, with its front matter.

    Its links and pictures are relative to the page's `path` and name files of the source: whoever
    puts the page elsewhere rewrites them. `losses` have the lines of the source.
    """

    text: str
    losses: tuple[Loss, ...] = ()


class SourceKind(NamedTuple):
    """A kind of source.

    `evidence` gives the files that show it, none where the folder is none of the kind; `layout`
    is asked only where there are some. `pages` are all pages, in the order of their paths.
    Without `is_markdown` pages can't stay where they are: they have to be converted. With
    `is_site` the tool publishes all of them, with `is_whole` whatever is in its folder. `names`
    are keys of its front matter that mean one of ours, by theirs.
    """

    name: str
    label: str
    evidence: Callable[[SourceTree], Iterable[str]]
    layout: Callable[[SourceTree], SourceLayout]
    pages: Callable[[SourceTree, SourceLayout], Iterable[SourcePage]]
    convert: Callable[[SourcePage], Converted]
    is_markdown: bool = True
    is_site: bool = False
    is_whole: bool = False
    names: Mapping[str, str] = MappingProxyType({})


def unchanged(page: SourcePage) -> Converted:
    """The conversion of what is our Markdown already."""
    return Converted(page.text)


def markdown_pages(tree: SourceTree, layout: SourceLayout) -> Iterator[SourcePage]:
    """The Markdown files of the layout's folders; one that can't be read is none."""
    for path in page_paths(tree, layout):
        try:
            yield SourcePage(path, tree.text(path), tree)
        except ContentError:
            continue
