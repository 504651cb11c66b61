"""What `kb review` shows: open pull requests, and one as it reads before and after."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import unified_diff
from typing import TYPE_CHECKING

from cannery.cli import output
from cannery.model.location import Severity
from cannery.model.pull_request import PullRequest
from cannery.model.review import ChangeKind, EntryChange
from cannery.util.plain import one_line

if TYPE_CHECKING:
    from cannery.hosts.code_owners import Owners
    from cannery.operations.review import Review

_CONTEXT = 2  # lines
_MOST_LINES = 2000  # of a text
_MOST_OTHERS = 30
_MOST_BODY = 40  # lines
_DAY = 10  # letters of a date


def show_list(requests: Sequence[PullRequest]) -> None:
    for item in requests:
        draft = "  (draft)" if item.is_draft else ""
        number = output.style(f"{item.number:>5}", bold=True)
        output.say(number, f"  {one_line(item.title)}{draft}")
        output.say(output.style(f"       {_origin(item)}", dim=True))
    if not requests:
        output.note("No open pull requests.")


def _origin(item: PullRequest) -> str:
    return one_line(f"{item.author} · {item.updated[:_DAY]} · {item.url}")


def show_review(review: Review) -> None:
    if review.request:
        _show_request(review.request)
    for entry in review.entries:
        _show_entry(entry)
    if review.more:
        output.say(f"\nNot shown: {output.counted(review.more, 'more entry', 'more entries')}.")
    if review.others:
        _title("Other files")
        for path in review.others[:_MOST_OTHERS]:
            output.say(f"  {one_line(path)}")
        if len(review.others) > _MOST_OTHERS:
            output.say(f"  and {len(review.others) - _MOST_OTHERS} more")
    if not (review.entries or review.more or review.others):
        output.say("No files change.")
    _show_check(review)
    if review.owners or (review.request and review.request.reviewers):
        _show_owners(review.owners, review.request)


def _title(text: str) -> None:
    output.say("\n", output.style(one_line(text), bold=True))


def _show_request(item: PullRequest) -> None:
    state = f"{item.state}, draft" if item.is_draft else item.state.value
    output.say(output.style(f"{item.number}  {one_line(item.title)}", bold=True), f"  ({state})")
    output.say(output.style(_origin(item), dim=True))
    lines = item.body.strip().splitlines()
    for line in lines[:_MOST_BODY]:
        output.say(f"  {line}")
    if len(lines) > _MOST_BODY:
        output.say(f"  ... and {len(lines) - _MOST_BODY} more lines")


def _show_entry(entry: EntryChange) -> None:
    moved = f"{entry.old_path} -> " if entry.old_path != entry.path else ""
    _title(f"{entry.kind.capitalize()}: {entry.title}")
    output.say(output.style(f"  {one_line(moved + entry.path)}", dim=True))
    if entry.kind is ChangeKind.AFFECTED:
        output.say("  Its file is the same: a part or a setting has changed.")
    for line in entry.settings:
        _show_line(line)
    old, new = (text.splitlines()[:_MOST_LINES] for text in (entry.before, entry.after))
    if entry.settings and old != new:
        output.say()
    for line in [*unified_diff(old, new, n=_CONTEXT, lineterm="")][3:]:  # without its heads
        _show_line(" ..." if line.startswith("@@") else line)
    if entry.is_cut:
        output.say("  It is longer than this.")


def _show_line(line: str) -> None:
    if line.startswith("-"):
        output.say("  ", output.style(line, fg="red"))
    else:
        output.say("  ", output.style(line, fg="green") if line.startswith("+") else line)


def _show_check(review: Review) -> None:
    count = sum(item.severity is Severity.ERROR for item in review.problems)
    errors = output.counted(count, "error")
    warnings = output.counted(len(review.problems) - count, "warning")
    _title(f"Check: {errors}, {warnings}")
    output.problems(review.problems)


def _show_owners(owners: Sequence[Owners], request: PullRequest | None) -> None:
    _title("Who approves")
    for item in owners:
        section = f"[{item.section}] " if item.section else ""
        many = f"{item.approvals} of " if item.approvals > 1 else ""
        may = " (optional)" if item.is_optional else ""
        names = f"{section}{many}{' '.join(item.names)}{may}"
        first, *more = item.paths
        output.say(
            f"  {one_line(names)}: {one_line(first)}", f" and {len(more)} more" if more else ""
        )
    if request and request.reviewers:
        output.say(f"  Asked on the host: {one_line(' '.join(request.reviewers))}")


def request_data(item: PullRequest) -> dict[str, object]:
    return {**item._asdict(), "state": item.state.value}


def review_data(review: Review) -> dict[str, object]:
    return {
        "request": request_data(review.request) if review.request else None,
        "folder": review.folder,
        "base": review.base,
        "commit": review.commit,
        "entries": [item._asdict() for item in review.entries],
        "more_entries": review.more,
        "other_files": review.others,
        "problems": [item._asdict() for item in review.problems],
        "owners": [item._asdict() for item in review.owners],
    }
