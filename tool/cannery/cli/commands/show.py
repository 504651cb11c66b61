"""`kb show`: one entry, as a reader sees it."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cannery.cli import output
from cannery.cli.options import entry_names, language_names, language_of
from cannery.model.entry import Entry, Field, Macro

if TYPE_CHECKING:
    from cannery.content.library import Variants


_WIDEST = 100  # columns: longer lines are hard to read


def show(
    name: Annotated[
        str, typer.Argument(help="An id, a tail of it, or a shortcut.", autocompletion=entry_names)
    ],
    lang: Annotated[str, typer.Option(help="Which language.", autocompletion=language_names)] = "",
    raw: Annotated[bool, typer.Option("--raw", help="The file, byte for byte.")] = False,
    html: Annotated[bool, typer.Option("--html", help="The body as HTML.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Everything as JSON.")] = False,
) -> None:
    """Show an article or a macro, its languages, and a macro's fields.

    Example: kb show billing/refund --lang ja
    """
    from cannery.content.files import read_bytes, scan
    from cannery.content.library import load_entry, resolve
    from cannery.content.markdown import parse, tree
    from cannery.reply.richtext import html as as_html
    from cannery.workspace import open_workspace

    workspace = open_workspace(Path.cwd())
    variants = resolve(workspace, scan(workspace), name)
    wanted = language_of(lang, workspace.settings.languages)
    at = variants.choose((wanted, workspace.user.language), workspace.settings)
    if wanted and not wanted.startswith(at.language):
        output.note(f"There is no {wanted} variant; this is {at.language}.")
    if raw:
        output.payload_bytes(read_bytes(workspace, at.path))
        return
    entry = load_entry(workspace, at)
    if html:
        output.say(as_html(tree(parse(entry.body))))
    elif json:
        output.as_json(_as_data(entry, variants))
    else:
        _render(entry, variants)


def _as_data(entry: Entry, variants: Variants) -> dict[str, object]:
    header = entry.header
    data: dict[str, object] = {
        **output.place(entry.at),
        "languages": sorted(variants.by_language),
        "title": header.title,
        "summary": header.summary,
        "tags": header.tags,
        "keywords": header.keywords,
        "audience": header.audience,
        "status": header.status,
        "owner": header.owner,
        "reviewed": header.reviewed and header.reviewed.isoformat(),
        "review_every": header.review_every and f"{header.review_every.days}d",
        "related": header.related,
        "redirect_from": header.redirect_from,
        "body": entry.body,
    }
    if isinstance(entry, Macro):
        data |= {
            "shortcut": entry.shortcut,
            "subject": entry.subject,
            "fields": [_field_data(item) for item in entry.fields],
            "actions": entry.actions,
        }
    return data


def _field_data(item: Field) -> dict[str, object]:
    return {
        "name": item.name,
        "label": item.label,
        "help": item.help,
        "type": item.type,
        "choices": {choice.value: choice.label for choice in item.choices},
        "default": item.default,
        "required": item.required,
        "pattern": item.pattern,
        "from": item.source,
        "remember": item.remember,
    }


def _render(entry: Entry, variants: Variants) -> None:
    from cannery.operations.describe import facts, field_line

    header = entry.header
    output.say(output.style(header.title, bold=True))
    output.say(output.style(facts(entry, variants.by_language), fg="cyan"))
    for line in (header.summary, ", ".join(header.tags)):
        if line:
            output.say(output.style(line, dim=True))
    output.say()
    colour = output.colours(sys.stdout)
    width = min(shutil.get_terminal_size().columns, _WIDEST)
    body = _on_terminal(entry.body, width, colour=colour)
    # Rich fills each line up to the width, which is of no use in a pipe.
    output.say(output.rendered(body) if colour else "\n".join(map(str.rstrip, body.split("\n"))))
    if isinstance(entry, Macro) and entry.fields:
        output.say()
        output.say(output.style("Fields", bold=True))
        for item in entry.fields:
            output.say(f"  {field_line(item)}")


def _on_terminal(body: str, width: int, *, colour: bool) -> str:
    """The body in lines of a width, in columns."""
    from rich.console import Console
    from rich.markdown import Markdown

    from cannery.operations.describe import readable

    console = Console(width=width, force_terminal=colour, no_color=not colour, highlight=False)
    with console.capture() as captured:
        console.print(Markdown(readable(body), hyperlinks=False))
    return captured.get()
