"""`kb new`: a draft to begin with, also from a reply that was written already."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cannery.cli import output
from cannery.cli.completers import file_names, language_names, section_names
from cannery.cli.options import KindChoice, one_source
from cannery.cli.progress import shown
from cannery.errors import UsageError
from cannery.util.plain import one_line
from cannery.util.seen import shows_nothing

if TYPE_CHECKING:
    from cannery.model.event import Listener
    from cannery.operations.capture import CapturedText
    from cannery.operations.draft import Draft
    from cannery.workspace import Workspace


KindArgument = Annotated[KindChoice, typer.Argument(help="What to create.")]
Title = Annotated[str, typer.Argument(help="The title.")]
Section = Annotated[
    str, typer.Option(help="The folder below articles/ or macros/.", autocompletion=section_names)
]
FromClipboard = Annotated[
    bool, typer.Option("--from-clipboard", help="Start from the reply on the clipboard.")
]
FromFile = Annotated[
    str,
    typer.Option(
        "--from",
        metavar="FILE|-",
        help="Start from a reply in a file or on stdin.",
        autocompletion=file_names,
    ),
]
FromIssue = Annotated[
    str, typer.Option(metavar="URL", help="Start from the title and answers of a GitHub issue.")
]
FromGap = Annotated[
    int, typer.Option(metavar="N", help="Start from a gap that `kb insight gaps` lists.")
]
Lang = Annotated[
    str,
    typer.Option(
        help="The language of the text. Detected in a reply if omitted.",
        autocompletion=language_names,
    ),
]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Accept every suggestion.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Print the file without writing it.")]


def new(
    kind: KindArgument,
    title: Title = "",
    section: Section = "",
    from_clipboard: FromClipboard = False,
    from_file: FromFile = "",
    from_issue: FromIssue = "",
    from_gap: FromGap = 0,
    lang: Lang = "",
    yes: Yes = False,
    dry_run: DryRun = False,
) -> None:
    """Draft an article or a macro.

    In a reply you start from, names, addresses, numbers and dates become fields; you accept or
    decline each. A text that contains a secret, such as a password, is refused.

    Example: kb new macro "Ask for the log" --section diagnostics --from-clipboard
    """
    from cannery.model.location import Kind
    from cannery.operations.draft import Draft, variant, write_draft
    from cannery.workspace import open_workspace

    workspace = open_workspace(Path.cwd())
    gap = str(from_gap or "")
    source = one_source("clipboard" * from_clipboard, from_file, from_issue, gap)
    asked = Draft(Kind(kind.value), one_line(title), section, language=variant(workspace, lang))
    reply = None
    with shown() as listener:
        draft = _begun(workspace, asked, from_issue, from_gap, listener)
        if lang:
            draft = draft._replace(language=asked.language)  # also if it is the default one
        if source and not (from_issue or from_gap):
            from cannery.cli.capture import CaptureOptions, captured

            accept = yes or dry_run
            options = CaptureOptions(source, accept, keep=not dry_run, sees_language=not lang)
            draft, reply = captured(workspace, draft, options, listener)
        path = "" if dry_run else write_draft(workspace, draft, listener)
    _show(draft, path, reply)


def _show(draft: Draft, path: str, reply: CapturedText | None) -> None:
    """Say where the draft is, or print one that was not written.

    The copy of the reply that it began with has served its turn.
    """
    if not path:
        from cannery.operations.draft import draft_text

        output.say(draft_text(draft), end="")
        return
    output.say(path)
    output.note(f"Draft created. Next: kb edit {path}, then kb propose.")
    if reply and reply.copy:
        reply.copy.unlink(missing_ok=True)


def _begun(
    workspace: Workspace, draft: Draft, from_issue: str, from_gap: int, listener: Listener
) -> Draft:
    """The draft, or what an issue or a gap makes of it. Raises UsageError without a title."""
    if from_issue:
        from cannery.operations.ask import draft_from_issue

        draft = draft_from_issue(workspace, from_issue, draft)
    if from_gap:
        from cannery.operations.gap_draft import draft_from_gap

        draft = draft_from_gap(workspace, from_gap, draft, listener)
    if shows_nothing(draft.title):
        raise UsageError("the title is missing", 'Example: kb new article "How logs are kept"')
    return draft
