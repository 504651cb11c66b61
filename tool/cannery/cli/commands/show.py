"""`kb show`: one entry, as a reader sees it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cannery.cli import output
from cannery.cli.completers import entry_names, language_names
from cannery.cli.options import ENTRY
from cannery.model.entry import Entry, Macro

if TYPE_CHECKING:
    from cannery.workspace import Settings


def show(
    name: Annotated[str, typer.Argument(help=ENTRY, autocompletion=entry_names)],
    lang: Annotated[
        str, typer.Option(help="The language version.", autocompletion=language_names)
    ] = "",
    raw: Annotated[bool, typer.Option("--raw", help="Print the file unchanged.")] = False,
    html: Annotated[bool, typer.Option("--html", help="Print the body as HTML.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print as JSON.")] = False,
) -> None:
    """Show an article or a macro, with its languages and fields.

    Example: kb show billing/refund --lang ja
    """
    from cannery.content.files import read_bytes
    from cannery.content.library import load_entry
    from cannery.operations.entry import select
    from cannery.operations.show import body_html, entry_data
    from cannery.workspace import open_workspace

    workspace = open_workspace(Path.cwd(), to_read=True)
    selection = select(workspace, name, lang)
    if selection.missing:
        language = selection.at.language
        output.note(f"No {selection.missing} version; showing {language}.")
    if raw:
        output.payload_bytes(read_bytes(workspace, selection.at.path))
        return
    entry = load_entry(workspace, selection.at)
    if html:
        output.say(body_html(entry, workspace.settings))
    elif json:
        output.as_json(entry_data(entry, selection.languages))
    else:
        _show(entry, selection.languages, workspace.settings)


def _show(entry: Entry, languages: Iterable[str], settings: Settings) -> None:
    from cannery.operations.describe import facts, field_line, readable
    from cannery.operations.show import with_line_ends

    header = entry.header
    output.say(output.style(header.title, bold=True))
    output.say(output.style(facts(entry, languages), fg="cyan"))
    for line in (header.summary, ", ".join(header.tags)):
        if line:
            output.say(output.style(line, dim=True))
    output.say()
    body = with_line_ends(readable(entry.body), entry, settings)
    output.say(output.markdown(body, entry.at.language))
    if isinstance(entry, Macro) and entry.fields:
        output.say()
        output.say(output.style("Fields", bold=True))
        for item in entry.fields:
            output.say(f"  {field_line(item)}")
