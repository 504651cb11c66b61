"""`kb new`: a draft to begin with, also from a reply that was written already."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cannery.cli import output
from cannery.errors import UsageError
from cannery.util.plain import one_line

if TYPE_CHECKING:
    from cannery.workspace import Workspace


class NewKind(StrEnum):
    ARTICLE = "article"
    MACRO = "macro"


def new(
    kind: Annotated[NewKind, typer.Argument(help="What it shall be.")],
    title: Annotated[str, typer.Argument(help="Its title.")] = "",
    section: Annotated[str, typer.Option(help="The folder below articles/ or macros/.")] = "",
    from_clipboard: Annotated[
        bool, typer.Option("--from-clipboard", help="Take the reply that was copied last.")
    ] = False,
    from_file: Annotated[
        str, typer.Option("--from", metavar="FILE|-", help="Take a reply from a file or stdin.")
    ] = "",
    from_issue: Annotated[
        str, typer.Option(metavar="URL", help="Take title and answers from an issue on GitHub.")
    ] = "",
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Accept every proposal.")] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Print the file, and write nothing.")
    ] = False,
) -> None:
    """Begin an article or a macro: a draft with a title, in its place.

    Of a reply, what belongs to one customer or one day becomes a field, each shown and accepted or
    refused: names, addresses, numbers, dates. A text that tells a secret is refused.

    Example: kb new macro "Ask for the log" --section diagnostics --from-clipboard
    """
    from cannery.workspace import open_workspace

    workspace = open_workspace(Path.cwd())
    sources = [name for name in ("clipboard" * from_clipboard, from_file, from_issue) if name]
    if len(sources) > 1:
        raise UsageError("it can come from one place only", "Take one of the --from options.")
    body = "..."
    header: Mapping[str, object] = {}
    if from_issue:
        title, body = _from_issue(from_issue, title)
    title = one_line(title)
    if not title:
        raise UsageError("it has no title", 'As in kb new article "How logs are kept".')
    folder = section.strip("/") or ("questions" if from_issue else "")
    where = "/".join(part for part in (f"kb/{kind.value}s", folder) if part)
    kept = None
    if sources and not from_issue:
        text, kept = _captured(workspace, sources[0], dry_run=dry_run)
        body, header = _from_reply(workspace, kind, text, kept, accept=yes or dry_run)
    _write(workspace, where, title, body, header, dry_run=dry_run)
    if kept:
        kept.unlink(missing_ok=True)


def _from_issue(url: str, title: str) -> tuple[str, str]:
    from cannery.hosts.github_api import read_issue

    issue = read_issue(url)
    said = (text.strip() for text in (issue.text, *issue.answers))
    body = "\n\n".join([*(text for text in said if text), f"From {issue.url}"])
    return title or issue.title.removeprefix("Question: "), body


def _captured(workspace: Workspace, source: str, *, dry_run: bool) -> tuple[str, Path | None]:
    """A reply without secrets, and where it is kept until the file is written.

    What was piped in would be gone if that failed, or if its author left in the middle.
    """
    from cannery.cli import capture
    from cannery.util import atomic, trust
    from cannery.util.tidy import CAPTURED

    text = capture.read(source)
    capture.refuse_secrets(text)
    if dry_run:
        return text, None
    path = workspace.state / CAPTURED
    if not workspace.memory_days:
        return text, None
    try:
        trust.make(workspace.state)
        atomic.replace(path, text.encode("utf-8", "replace"), mode=0o600)
    except OSError as error:
        output.note(f"The text is kept nowhere meanwhile: {error}")
        return text, None
    return text, path


def _from_reply(
    workspace: Workspace, kind: NewKind, text: str, kept: Path | None, *, accept: bool
) -> tuple[str, dict[str, object]]:
    """The body that a reply makes, and what its front matter says."""
    from cannery.capture.macro import as_article, as_macro
    from cannery.cli import capture

    ask = not accept and sys.stderr.isatty() and sys.stdin.isatty()
    _offer_duplicates(workspace, text, kept, ask=ask)
    parts = capture.choose(text, capture.find_parts(workspace, text), ask=ask)
    if kind is NewKind.ARTICLE:
        return as_article(text, parts), {}
    draft = as_macro(text, parts)
    return draft.body, {"fields": draft.fields} if draft.fields else {}


def _offer_duplicates(workspace: Workspace, text: str, kept: Path | None, *, ask: bool) -> None:
    """Show what says much the same already; whoever wants to improves that one instead."""
    from cannery.cli import capture

    found = capture.likely_duplicates(workspace, text)
    for item in found:
        output.note(f"{item.shared:.0%} of it says {item.at.id} already: {item.title}")
    if not (ask and found):
        return
    name = found[0].at.id
    if output.confirm(f"Improve {name} instead?", default=False):
        from cannery.cli.commands.edit import edit_file

        if kept:
            output.note(f"What you captured is in {kept}.")
        done = edit_file(workspace, found[0].at)
        raise typer.Exit(0 if done else 1)


def _write(
    workspace: Workspace,
    folder: str,
    title: str,
    body: str,
    header: Mapping[str, object],
    *,
    dry_run: bool,
) -> None:
    from cannery.cli.draft import draft_text, write_draft

    if dry_run:
        output.say(draft_text(title, body, header), end="")
        return
    path = write_draft(workspace, folder, title, body, header)
    output.say(path)
    output.note(f"A draft: kb edit {path}, then kb propose.")
