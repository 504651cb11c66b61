"""`kb help`: words -> a page of the documentation."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from cannery.cli import output
from cannery.cli.completers import documented_languages, page_names
from cannery.cli.options import words_of
from cannery.util.seen import shows_nothing

if TYPE_CHECKING:
    from cannery.operations.manual import Answer, Page
    from cannery.workspace import Workspace


def help(  # noqa: A001 - what the command is called
    context: typer.Context,
    words: Annotated[
        list[str] | None,
        typer.Argument(
            help="Words to search for, or the name of a page.", autocompletion=page_names
        ),
    ] = None,
    lang: Annotated[
        str, typer.Option(help="The language version.", autocompletion=documented_languages)
    ] = "",
    json: Annotated[
        bool, typer.Option("--json", help="Print the pages as JSON, as `kb show --json` does.")
    ] = False,
) -> None:
    """Search the documentation, or list its pages.

    The page that matches best is shown; `kb help` alone lists all of them.

    Example: kb help withdraw a proposal
    """
    from cannery.cli.progress import shown
    from cannery.operations.manual import all_pages, open_manual, pages_about

    manual, asked = open_manual(), words_of(context, words)
    if shows_nothing(asked):
        pages = all_pages(manual, lang)
        (_as_json if json else _list)(pages)
        return
    with shown() as listener:
        answer = pages_about(manual, asked, lang, listener)
    if json:
        _as_json(answer.pages)
    if not answer.pages:
        _refuse_nothing(asked, answer)
    if not json:
        _show(manual, answer.pages, asked)


def _as_json(pages: Iterable[Page]) -> None:
    from cannery.operations.show import entry_data

    output.as_json([entry_data(*page) for page in pages])


def _list(pages: Iterable[Page]) -> None:
    from cannery.operations.manual import sections

    listed = [*pages]
    width = max((len(page.name) for page in listed), default=0) + 2
    for number, section in enumerate(sections(listed)):
        output.say(*[""] * bool(number), output.style(section.title, bold=True))
        for page in section.pages:
            name = output.style(f"{page.name:<{width}}", fg="cyan")
            output.say("  ", name, page.entry.header.summary)


def _show(manual: Workspace, pages: tuple[Page, ...], asked: str) -> None:
    """The best page; the others and a command's own help are only named."""
    from cannery.cli.app import COMMANDS
    from cannery.operations.manual import linked_page

    best, *others = pages
    output.say(output.style(best.entry.header.title, bold=True))
    output.say(output.style(best.entry.header.summary, dim=True))
    output.say()
    linked = linked_page(manual, best)

    def lead(address: str) -> str:
        if ":" in address:  # on the web
            return address
        name = linked(address)
        return f"kb help {name}" if name else ""

    output.say(output.markdown(best.entry.body, best.entry.at.language, lead))
    if others:
        output.note(f"More: {', '.join(f'kb help {page.name}' for page in others)}")
    if asked in COMMANDS:
        output.note(f"Options: kb {asked} --help")


def _refuse_nothing(words: str, answer: Answer) -> NoReturn:
    near = " or ".join(answer.suggestions)
    hint = f"Did you mean {near}?" if near else "Run `kb help` to list all pages."
    output.error(f"no results for {words}", hint)
    raise typer.Exit(1)
