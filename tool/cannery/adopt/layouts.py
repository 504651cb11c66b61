"""A source's folders and patterns, as kb.toml will have them, asked of its paths."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from cannery.adopt.tree import SourceTree
from cannery.content.ignored import is_ignored
from cannery.content.layout import folder_of
from cannery.model.adoption import SourceLayout
from cannery.model.layout import Folder, Layout, folder, layout
from cannery.model.location import Kind

LANGUAGE = "{language}"
# Of a repository, and no pages, where the pages are all over it.
_ABOUT = (
    "changelog.md", "changes.md", "code-of-conduct.md", "code_of_conduct.md",
    "contributing.md", "history.md", "licence.md", "license.md", "maintainers.md", "security.md",
)  # fmt: skip


def as_layout(source: SourceLayout) -> Layout:
    """The folders as a knowledge base has them: one for each language where a pattern says so."""
    return layout(_folders(source), source.ignore)


def _folders(source: SourceLayout) -> Iterator[Folder]:
    tags = dict(source.tags)
    for name in source.articles:
        if LANGUAGE not in name:
            yield folder(name, Kind.ARTICLE, tags.get(name, ""))
            continue
        for language in source.languages:
            yield folder(name.replace(LANGUAGE, language), Kind.ARTICLE, language)


def page_paths(tree: SourceTree, source: SourceLayout) -> list[str]:
    """The Markdown files in the folders, without the ignored ones and what is in `kb/`."""
    places = as_layout(source)
    return [
        path
        for path in tree.markdown
        if folder_of(path, places) is not None and not is_ignored(path, source.ignore)
    ]


def left_out(tree: SourceTree, source: SourceLayout) -> int:
    """How many Markdown files in the folders are ignored."""
    return len(page_paths(tree, source._replace(ignore=()))) - len(page_paths(tree, source))


def outside(tree: SourceTree, source: SourceLayout) -> Mapping[str, int]:
    """How many Markdown files are in none of the folders, by their top folder; `.` for the top."""
    inside = {*page_paths(tree, source._replace(ignore=()))}
    left = (path for path in tree.markdown if path not in inside and not path.startswith("kb/"))
    return dict(Counter(_top(path) for path in left).most_common())


def _top(path: str) -> str:
    return path.partition("/")[0] if "/" in path else "."


def language_of(path: str, source: SourceLayout, places: Layout) -> str:
    """The language of a page by its suffix, else by its folder, else the default one."""
    suffix = path.rpartition("/")[2].rpartition(".")[0].rpartition(".")[2]
    if suffix in source.languages:
        return suffix
    inside = folder_of(path, places)
    return (inside.language if inside else "") or source.default_language


def with_ignored(tree: SourceTree, source: SourceLayout) -> SourceLayout:
    """The layout, without what is no page: packages, and what a repository says of itself."""
    places = as_layout(source)
    inside = (path for path in tree.skipped if folder_of(f"{path}/x.md", places))
    patterns = [f"{path.rpartition('/')[2]}/" for path in inside]
    if "." in source.articles:
        patterns += [f"/{path}" for path in tree.markdown if path.lower() in _ABOUT]
    return source._replace(ignore=tuple(dict.fromkeys([*source.ignore, *patterns])))
