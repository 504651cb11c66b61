"""The pages of figures: what is known on this machine, in the languages of a site."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from cannery.content.measure_pages import measure_pages, measure_paths
from cannery.errors import ContentError
from cannery.insight.pages.addresses import measure_path
from cannery.insight.pages.feed import Source
from cannery.insight.pages.site import Shown, figure_pages
from cannery.insight.pages.team import MOST_MONTHS, Sources, team_page
from cannery.insight.reach import data_end
from cannery.insight.report import Report
from cannery.manual import FOLDER
from cannery.model.event import Listener, ignore
from cannery.model.figure_page import FigurePage
from cannery.model.measure_query import QueryPage
from cannery.operations.insight import look
from cannery.operations.insight_page_cache import kept_pages
from cannery.operations.insight_parts import reports_of_parts, reports_since
from cannery.operations.insight_store import events_if_any
from cannery.operations.insight_upkeep import upkeep_pages
from cannery.workspace import Workspace

_HEADER = re.compile(r"\A---\n(?s:.*?)\n---\n")
_TITLE = re.compile(r"\A\s*# [^\n]*\n")
_LINK = re.compile(r"\[([^\[\]\n]{1,200})\]\(([^()\s]{1,200})\)")


def figures_for(
    workspace: Workspace,
    languages: Sequence[str],
    listener: Listener = ignore,
    *,
    upkeep: bool = False,
) -> tuple[FigurePage, ...]:
    """The pages in these languages; none where no figures are known on this machine.

    With `upkeep` also those on the state of the knowledge base, for which all of it is checked.
    """
    if not _are_known(workspace):
        return ()
    made = partial(_made, workspace, languages, listener)
    pages = kept_pages(workspace, languages, made)
    return (*pages, *(upkeep_pages(workspace, languages, listener) if upkeep else ()))


def _made(
    workspace: Workspace, languages: Sequence[str], listener: Listener
) -> tuple[FigurePage, ...]:
    report = look(workspace, listener=listener)
    queries = list(measure_pages(workspace, measure_paths(workspace)))
    months = {query.since for page in queries for query in page.queries.values() if query.dimension}
    sources = Sources(
        report,
        reports_of_parts(workspace, report, listener),
        reports_since(workspace, report, sorted(months - {""}, reverse=True)[:MOST_MONTHS]),
    )
    return tuple(
        page
        for language in languages
        for page in _of_language(workspace, sources, queries, language)
    )


def _of_language(
    workspace: Workspace, sources: Sources, queries: Sequence[QueryPage], language: str
) -> Iterator[FigurePage]:
    settings = workspace.settings
    report, parts = sources.report, sources.parts
    default = settings.default_language
    names = dict.fromkeys(page.name for page in queries)
    by_file = {(page.name, page.language): page for page in queries}
    chosen = (by_file.get((name, language)) or by_file.get((name, default)) for name in names)
    team = [team_page(page, sources, language) for page in chosen if page]
    source = Source(settings.name, settings.insight.address)
    definitions = dict(_definitions(report, language))
    return figure_pages(Shown(report, source, parts, definitions, team), language)


def _are_known(workspace: Workspace) -> bool:
    with events_if_any(workspace) as database:
        return database is not None and data_end(database) is not None


def _definitions(report: Report, language: str) -> Iterator[tuple[str, str]]:
    """What the manual says of each measure, by its page, with links to the pages of figures."""
    addresses = {
        each.measure.page.rpartition("/")[2]: f"{measure_path(name)}.md"
        for name, each in reversed([*report.measures.items()])
    }
    for page in {each.measure.page: None for each in report.measures.values()}:
        if text := _manual_text(page, language):
            yield page, _LINK.sub(lambda link: _relinked(link, addresses), text)


def _manual_text(page: str, language: str) -> str:
    """The Markdown of a page of the manual, without its header and title; empty if missing."""
    stem = FOLDER / "kb" / "articles" / page
    for path in (Path(f"{stem}.{language}.md"), Path(f"{stem}.md")):
        if path.is_file():
            text = path.read_text("utf-8")
            return _TITLE.sub("", _HEADER.sub("", text))
    return ""


def _relinked(link: re.Match[str], addresses: Mapping[str, str]) -> str:
    """A link to another measure leads to its page; the rest of the manual is not on the site."""
    text, target = link[1], link[2]
    if target.startswith(("https://", "http://")):
        return link[0]
    name = target.partition("#")[0].rpartition("/")[2].removesuffix(".md")
    to = addresses.get(name)
    return f"[{text}]({to})" if to else text


def no_figures(workspace: Workspace) -> ContentError:
    """What to say where there is nothing to show."""
    return ContentError(
        f"no tickets are known for {workspace.root}", "Run `kb insight import FILE`."
    )
