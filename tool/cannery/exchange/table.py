"""The formats that replies are imported from. The first one that recognizes a file reads it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from cannery.exchange.csv_rows import read_csv
from cannery.exchange.format import Format
from cannery.exchange.formats import (
    cannery_json,
    chatwoot,
    espanso,
    freshdesk,
    front,
    gorgias,
    help_scout,
    intercom,
    mail_templates,
    osticket,
    spreadsheet,
    text_files,
    textexpander,
    vscode,
    zammad,
    zendesk,
)
from cannery.exchange.json_records import read_json
from cannery.exchange.source import SourceFile, UnreadableError
from cannery.model.canned_reply import Imported
from cannery.model.loss import Loss

# Those that ask much of a file stand before those that ask little: any text is a text.
FORMATS: tuple[Format, ...] = (
    cannery_json.FORMAT,
    chatwoot.FORMAT,
    espanso.FORMAT,
    freshdesk.FORMAT,
    front.FORMAT,
    gorgias.FORMAT,
    help_scout.FORMAT,
    intercom.FORMAT,
    vscode.FORMAT,
    osticket.FORMAT,
    zammad.FORMAT,
    zendesk.FORMAT,
    mail_templates.FORMAT,
    textexpander.FORMAT,
    spreadsheet.FORMAT,
    text_files.FORMAT,
)


_DATA: Mapping[str, Callable[[str], object]] = {
    "csv": read_csv,
    "json": read_json,
    "jsonl": read_json,
    "ndjson": read_json,
    "tsv": read_csv,
}


def abouts() -> dict[str, str]:
    """What each format is, by its name."""
    return {one.name: one.about for one in FORMATS}


def format_of(file: SourceFile) -> Format | None:
    """The format of a file, as what it holds tells; None for none of ours."""
    return next((one for one in FORMATS if one.recognize(file)), None)


def read_all(files: Sequence[SourceFile], name: str = "") -> Imported:
    """The replies of all files, format by format; or of one format, by its name, alone.

    A file of no format costs a loss. Raises KeyError for a name that no format has.
    """
    if name:
        by_name = {one.name: one for one in FORMATS}
        return by_name[name].read(files)
    groups: dict[str, list[SourceFile]] = {}
    losses: list[Loss] = []
    for file in files:
        if found := format_of(file):
            groups.setdefault(found.name, []).append(file)
        else:
            losses.append(_unknown(file))
    read = [*_read_groups(groups)]
    return Imported(
        tuple(reply for one in read for reply in one.replies),
        (*losses, *(loss for one in read for loss in one.losses)),
    )


def _unknown(file: SourceFile) -> Loss:
    """What no format knows, and why: a slip in JSON or in a table hides what it was."""
    read = _DATA.get(file.ending)
    try:
        if read:
            read(file.text)
    except UnreadableError as error:
        return Loss(file.path, error.line, file.name, str(error))
    return Loss(file.path, 0, file.name, "no format that can be imported")


def _read_groups(groups: dict[str, list[SourceFile]]) -> Iterator[Imported]:
    return (one.read(groups[one.name]) for one in FORMATS if one.name in groups)
