"""Open Knowledge Format 0.2: a folder of Markdown files, each with a type.

By https://github.com/GoogleCloudPlatform/knowledge-catalog/tree/main/okf: `index.md` and `log.md`
are reserved names, `verified` tells who vouched for a file and when, `stale_after` from which day
on that is too long ago.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence

from cannery.exchange.exports.export import Export, Library, Written
from cannery.model.entry import Entry, Macro
from cannery.model.location import Status
from cannery.model.loss import Loss
from cannery.util.plain import clean, one_line

_RESERVED = ("index", "log")
_STATUS = {Status.PUBLISHED: "stable", Status.DRAFT: "draft", Status.RETIRED: "deprecated"}
_OTHER_NAME = "links to it name a file that is reserved there"


def write(library: Library) -> Written:
    entries = library.entries
    paths = _paths(entries, library.language)
    files = {paths[entry.at.path]: _file(entry, library) for entry in entries}
    losses = [
        Loss(entry.at.path, 0, paths[entry.at.path], _OTHER_NAME)
        for entry in entries
        if _name(entry) in _RESERVED
    ]
    files["index.md"] = _index(entries, paths, library)
    return Written(files, tuple(losses))


def _name(entry: Entry) -> str:
    return entry.at.id.rpartition("/")[2].lower()


def _paths(entries: Sequence[Entry], default: str) -> Mapping[str, str]:
    """The paths of the files, by those of the entries."""
    paths: dict[str, str] = {}
    taken: set[str] = set()
    for entry in entries:
        language = "" if entry.at.language == default else f".{entry.at.language}"
        stem = entry.at.id
        while _is_reserved(stem) or f"{stem}{language}.md" in taken:
            stem += "-page"
        paths[entry.at.path] = f"{stem}{language}.md"
        taken.add(paths[entry.at.path])
    return paths


def _is_reserved(stem: str) -> bool:
    return stem.rpartition("/")[2].lower() in _RESERVED


def _file(entry: Entry, library: Library) -> str:
    body = entry.body.strip("\r\n")
    return "\n".join(("---", *_header(entry, library), "---", "", clean(body), ""))


def _header(entry: Entry, library: Library) -> Iterator[str]:
    header = entry.header
    yield f"type: {'macro' if isinstance(entry, Macro) else 'article'}"
    yield f"title: {_scalar(header.title)}"
    if header.summary:
        yield f"description: {_scalar(header.summary)}"
    if header.tags:
        yield f"tags: [{', '.join(map(_scalar, header.tags))}]"
    yield f"language: {_scalar(entry.at.language)}"
    yield f"audience: {header.audience.value}"
    yield f"status: {_STATUS[header.status]}"
    if header.reviewed:
        by = _scalar(f"team:{header.owner or library.name}")
        yield f"verified: [{{by: {by}, at: {header.reviewed.isoformat()}T00:00:00Z}}]"
        due = header.reviewed + (header.review_every or library.review_every)
        yield f"stale_after: {due.isoformat()}"


def _index(entries: Sequence[Entry], paths: Mapping[str, str], library: Library) -> str:
    lines = ["---", 'okf_version: "0.2"', "---", "", f"# {one_line(library.name)}", ""]
    for entry in entries:
        title = one_line(entry.header.title).replace("[", "\\[").replace("]", "\\]")
        about = f": {one_line(entry.header.summary)}" if entry.header.summary else ""
        lines.append(f"- [{title}](<{paths[entry.at.path]}>){about}")
    return "\n".join(lines) + "\n"


def _scalar(text: str) -> str:
    return json.dumps(clean(text), ensure_ascii=False)


EXPORT = Export(
    "okf",
    "Open Knowledge Format: articles and macros",
    "",
    write,
    takes_articles=True,
    has_templates=True,
)
