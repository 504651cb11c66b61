"""All sources: the first file source that fits reads a file."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from cannery.insight.sources import csv_table
from cannery.insight.sources.chatwoot import api as chatwoot_api
from cannery.insight.sources.chatwoot import files as chatwoot
from cannery.insight.sources.freshdesk import api as freshdesk_api
from cannery.insight.sources.freshdesk import files as freshdesk
from cannery.insight.sources.front import api as front_api
from cannery.insight.sources.front import files as front
from cannery.insight.sources.rt import api as rt_api
from cannery.insight.sources.rt import files as rt
from cannery.insight.sources.source import HEAD_BYTES, DeskSource, Source
from cannery.insight.sources.trackers import github, gitlab, jira
from cannery.insight.sources.zammad import api as zammad_api
from cannery.insight.sources.zammad import files as zammad
from cannery.insight.sources.zendesk import api as zendesk_api
from cannery.insight.sources.zendesk import files as zendesk

_ZIP = b"PK\x03\x04"
# What is told by little comes last: any text may be a CSV.
FILES: tuple[Source, ...] = (
    Source("zendesk", zendesk.fits, zendesk.records),
    Source("freshdesk", freshdesk.fits, freshdesk.records),
    Source("zammad", zammad.fits, zammad.records),
    Source("chatwoot", chatwoot.fits, chatwoot.records),
    Source("front", front.fits, front.records),
    Source("rt", rt.fits, rt.records),
    Source("gitlab", gitlab.fits, gitlab.records),
    Source("github", github.fits, github.records),
    Source("jira", jira.fits, jira.records),
    Source("csv", csv_table.fits, csv_table.records),
)

_DESKS = (
    DeskSource("zendesk", zendesk_api.records),
    DeskSource("rt", rt_api.records),
    DeskSource("freshdesk", freshdesk_api.records),
    DeskSource("zammad", zammad_api.records),
    DeskSource("chatwoot", chatwoot_api.records),
    DeskSource("front", front_api.records),
)
DESKS: Mapping[str, DeskSource] = {row.kind: row for row in _DESKS}


def source_of(path: Path) -> Source:
    """The source that a file is of. Raises ValueError for none, OSError."""
    if path.exists() and not path.is_file():
        raise ValueError("not a file: what comes through a pipe has to be written to one first")
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
    if head.startswith(_ZIP):
        raise ValueError("a workbook or an archive: save its sheet as CSV, or unpack it")
    found = next((source for source in FILES if source.fits(head, path)), None)
    if found is None:
        raise ValueError("not an export of tickets that kb can read")
    return found
