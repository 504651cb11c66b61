"""kb/insight/*.md: the team's own pages of figures, prose with fenced blocks of measures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from cannery.content.files import ENDINGS, all_files, read_bytes
from cannery.content.frontmatter import read_each
from cannery.content.layout import folder_of
from cannery.content.links import TITLE
from cannery.content.markdown import parse
from cannery.content.split import line_feeds, split
from cannery.errors import ContentError
from cannery.model.measure_query import MeasureQuery, QueryFault, QueryPage, read_query
from cannery.util.encoding import decoded
from cannery.workspace import Settings, Workspace

FOLDER = "kb/insight/"
FENCE = "measure"
_MOST = 100  # pages, and queries of each
_HEADING = re.compile(r"\A\s*# +([^\n]{1,300})")


def measure_paths(workspace: Workspace, files: Sequence[str] | None = None) -> list[str]:
    """The files of such pages, sorted. In a folder of articles they are articles."""
    layout = workspace.settings.layout
    paths = all_files(workspace) if files is None else files
    return [
        path
        for path in paths
        if path.startswith(FOLDER)
        and "/" not in path.removeprefix(FOLDER)
        and path.endswith(ENDINGS)
        and folder_of(path, layout) is None
    ][:_MOST]


def measure_pages(workspace: Workspace, paths: Sequence[str]) -> Iterator[QueryPage]:
    """The pages of these files. A file that can't be read is a page with a fault alone."""
    for path in paths:
        try:
            text = line_feeds(decoded(read_bytes(workspace, path)))
        except (ContentError, ValueError) as error:
            name, language = _name(path, workspace.settings)
            yield QueryPage(name, language, path, name, "", faults=(QueryFault(0, str(error), ""),))
        else:
            yield read_page(path, text, workspace.settings)


def read_page(path: str, text: str, settings: Settings) -> QueryPage:
    """A page: its title is that of the front matter, else its first heading, else its name."""
    parts = split(text)
    name, language = _name(path, settings)
    found = read_each(parts.header) if parts.header else None
    faults = [QueryFault(line, reason, "") for line, reason in (found.errors if found else ())]
    named = found.data.get("title") if found else None
    heading = _HEADING.match(parts.body)
    title = named if isinstance(named, str) and named.strip() else heading[1] if heading else name
    cut = _cut(parts.body, parts.body_line)
    body, wrong = TITLE.sub("", cut.body), (*faults, *cut.faults)
    return QueryPage(name, language, path, title.strip(), body, cut.queries, wrong)


class _Cut(NamedTuple):
    """A text with a paragraph in the place of each query, named `kb-figure-1` and so on."""

    body: str
    queries: dict[str, MeasureQuery]
    faults: list[QueryFault]


def _cut(body: str, first: int) -> _Cut:
    """Cut the fenced blocks out of a text, whose first line is that of the file."""
    lines = body.split("\n")
    kept: list[str] = []
    queries: dict[str, MeasureQuery] = {}
    faults: list[QueryFault] = []
    done = 0
    for token in parse(body, bare_links=False):
        if token.type != "fence" or token.level or token.info.split()[:1] != [FENCE]:
            continue
        begin, end = token.map or (done, done)
        kept += lines[done:begin]
        for number, line in enumerate(token.content.split("\n"), first + begin + 1):
            if not line.strip() or len(queries) == _MOST:
                continue
            found = read_query(line, number)
            if isinstance(found, QueryFault):
                faults.append(found)
                continue
            name = f"kb-figure-{len(queries) + 1}"
            queries[name] = found
            kept += ["", name, ""]
        done = end
    return _Cut("\n".join([*kept, *lines[done:]]), queries, faults)


def _name(path: str, settings: Settings) -> tuple[str, str]:
    stem = path.removeprefix(FOLDER).rpartition(".")[0]
    base, dot, suffix = stem.rpartition(".")
    if dot and suffix in settings.languages:
        return base, suffix
    return stem, settings.default_language
