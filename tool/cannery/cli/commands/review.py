"""`kb review`: what others propose."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cannery.cli import output

if TYPE_CHECKING:
    from cannery.operations.review import Review
    from cannery.operations.review_act import Verdict
    from cannery.workspace import Workspace


_MOST_DIGITS = 18


class ReviewFormat(StrEnum):
    TEXT = "text"
    JSON = "json"
    MARKDOWN = "markdown"


def seen(incomplete: str) -> list[str]:
    """The numbers that a shell completes: of what was looked at, since a host takes too long."""
    from cannery.errors import CanneryError
    from cannery.git.clone import open_local
    from cannery.operations.review import seen_numbers
    from cannery.workspace import open_workspace

    try:
        numbers = seen_numbers(open_local(open_workspace(Path.cwd(), to_read=True).root))
    except CanneryError:
        return []
    return [number for number in numbers if number.startswith(incomplete)]


What = Annotated[
    str,
    typer.Argument(
        help="The number of a pull request, or a branch or commit. Lists the open ones if omitted.",
        autocompletion=seen,
    ),
]
Approve = Annotated[bool, typer.Option("--approve", help="Approve the pull request.")]
Comment = Annotated[str, typer.Option(metavar="TEXT", help="Comment on the pull request.")]
CheckOut = Annotated[
    bool, typer.Option("--checkout", help="Write its files to a folder beside your repository.")
]
Return = Annotated[bool, typer.Option("--return", help="Remove that folder again.")]
Since = Annotated[
    str, typer.Option(metavar="REF", help="With a branch or commit: what it is a change to.")
]
DryRun = Annotated[
    bool, typer.Option("--dry-run", help="Show what would be sent without sending it.")
]
FormatOption = Annotated[ReviewFormat, typer.Option("--format", "-f", help="Output format.")]


def review(
    what: What = "",
    approve: Approve = False,
    comment: Comment = "",
    check_out: CheckOut = False,
    put_back: Return = False,
    since: Since = "",
    form: FormatOption = ReviewFormat.TEXT,
    json: Annotated[bool, typer.Option("--json", help="Same as --format json.")] = False,
    dry_run: DryRun = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Don't ask for confirmation.")] = False,
) -> None:
    """List open pull requests, or show what one changes.

    Entries are shown as they read before and after, with the check of the change, and who must
    approve it. Your files and branches stay as they are.

    Example: kb review 12 --approve --comment "Reads well."
    """
    from cannery.operations import review_beside
    from cannery.workspace import open_workspace

    number = _number(what)
    says = approve or bool(comment)
    _refuse_mixed(number, [says, check_out, put_back])
    workspace = open_workspace(Path.cwd())
    form = ReviewFormat.JSON if json else form
    if check_out:
        output.say(str(review_beside.check_out(workspace, number)))
        output.note(f"Your own files are as they were. `kb review {number} --return` removes it.")
    elif put_back:
        output.note(f"Removed {review_beside.put_back(workspace, number)}.")
    elif says:
        said = _verdict(workspace, number, comment, approves=approve)
        _say(said, form, asks=not yes, sends=not dry_run)
    elif not what:
        _list(workspace, form)
    else:
        _show(_reviewed(workspace, what, number, since), form)


def _number(what: str) -> int:
    """The number of a pull request, as hosts write it too: 12, #12, !12. 0 for anything else."""
    digits = what[1:] if what[:1] in ("#", "!") else what
    is_number = digits.isascii() and digits.isdecimal() and len(digits) <= _MOST_DIGITS
    return int(digits) if is_number else 0


def _refuse_mixed(number: int, acts: Sequence[bool]) -> None:
    from cannery.errors import UsageError

    if any(acts) and number == 0:
        raise UsageError("no pull request is given", "Example: kb review 12 --approve")
    if sum(acts) > 1:
        hint = "Run one command for each."
        raise UsageError("--checkout, --return and a verdict exclude each other", hint)


def _reviewed(workspace: Workspace, what: str, number: int, since: str) -> Review:
    from cannery.cli.progress import shown
    from cannery.operations.review import review_request, review_revision

    with shown() as listener:
        if number and not since:
            return review_request(workspace, number, listener)
        return review_revision(workspace, what, since, listener)


def _list(workspace: Workspace, form: ReviewFormat) -> None:
    from cannery.cli import review_report
    from cannery.operations.review import open_requests

    found = open_requests(workspace)
    if form is ReviewFormat.JSON:
        output.as_json([review_report.request_data(item) for item in found])
    else:
        review_report.show_list(found)


def _show(found: Review, form: ReviewFormat) -> None:
    from cannery.cli import review_report

    if form is ReviewFormat.JSON:
        output.as_json(review_report.review_data(found))
    elif form is ReviewFormat.MARKDOWN:
        from cannery.operations.review_comment import comment

        output.say(comment(found), end="")
    else:
        review_report.show_review(found)


def _verdict(workspace: Workspace, number: int, comment: str, *, approves: bool) -> Verdict:
    from cannery.operations.review_act import verdict

    return verdict(workspace, number, comment, approves=approves)


def _say(verdict: Verdict, form: ReviewFormat, *, asks: bool, sends: bool) -> None:
    """Show what is said, and send it if the user at the terminal agrees."""
    from cannery.operations.review_act import say
    from cannery.util.plain import one_line

    request, comment = verdict.request, verdict.comment
    what = "Approve" if verdict.is_approval else "Comment on"
    line = f"{what} {request.number}, {one_line(request.title)} ({request.head[:12]})"
    output.note(f"{line}: {comment}" if comment else line)
    if asks and sends and sys.stdin.isatty():
        output.confirm("Send it?", default=True, abort=True)
    if sends:
        say(verdict)
    if form is ReviewFormat.JSON:
        output.as_json({"url": request.url, "commit": request.head, "sent": sends})
    elif sends:
        output.say(request.url)
