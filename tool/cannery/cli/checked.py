"""Look at the whole knowledge base: what `kb check` and its `--fix` begin with."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from datetime import date
from typing import NamedTuple

from cannery.check.cache import gather
from cannery.check.facts import Facts, Whole
from cannery.check.fix import apply_fixes
from cannery.check.page import page
from cannery.check.runner import run
from cannery.check.suppressions import Unsuppressed, suppress
from cannery.cli import output
from cannery.content.files import INDEX, others, read_bytes, scan
from cannery.content.library import load_parts
from cannery.git.history import outdated
from cannery.git.repository import GitError
from cannery.model.location import Severity
from cannery.workspace import Workspace


class Checked(NamedTuple):
    """What was looked at, and what is wrong with it."""

    whole: Whole
    sifted: Unsuppressed


def checked(workspace: Workspace) -> Checked:
    """What every rule found, less what is allowed."""
    found = scan(workspace)
    beside = others(workspace)
    paths = sorted({*found.stamps, *(path for path in beside if INDEX.fullmatch(path))})
    with closing(gather(workspace, paths, load_parts(workspace, found))) as gathered:
        each = output.progress(gathered, len(paths), "Checking")
        facts = {item.at.path: item for item in each}
    whole = Whole(workspace, dict(sorted(facts.items())), _outdated(workspace, facts), beside)
    problems = (*found.problems, *run(whole))
    severity = workspace.settings.severity
    weighed = (
        item._replace(severity=Severity(severity[item.code])) if item.code in severity else item
        for item in problems
    )
    allowed = {path: item.allowed for path, item in facts.items()}
    return Checked(whole, suppress(weighed, allowed, workspace.settings.allow))


def _outdated(workspace: Workspace, facts: Mapping[str, Facts]) -> Mapping[str, date]:
    """The language variants that their originals have left behind, as far as Git knows."""
    default = workspace.settings.default_language
    by_id = {item.at.id: path for path, item in facts.items() if item.at.language == default}
    originals = {
        path: by_id[item.at.id]
        for path, item in facts.items()
        if item.at.language != default and item.at.id in by_id
    }
    try:
        found = outdated(workspace.root, originals, workspace.cache) if originals else {}
    except GitError as error:
        output.note(f"Whether translations are up to date is unknown: {error.message}")
        return {}
    if found is None:
        output.note("Whether translations are up to date is unknown: the history is cut off.")
        output.note("In GitHub Actions, give actions/checkout `fetch-depth: 0`.")
    return found or {}


class Mended(NamedTuple):
    """A file that a machine can mend: its text, and the text without the faults."""

    path: str
    before: str
    after: str


def mended(
    workspace: Workspace, looked: Checked, chosen: Callable[[str], bool]
) -> Iterator[Mended]:
    """The files among the chosen that a machine can mend."""
    parts = load_parts(workspace, scan(workspace))
    codes: dict[str, set[str]] = {}
    for item in looked.sifted.problems:
        if chosen(item.path) and item.path in looked.whole.facts:
            codes.setdefault(item.path, set()).add(item.code)
    for path, found in codes.items():
        # What a person has allowed somewhere in a file stays as it is.
        allowed = {item.code for item in looked.whole.facts[path].allowed}
        before = page(path, read_bytes(workspace, path), workspace.settings, parts)
        after = apply_fixes(before, looked.whole, found - allowed)
        if after != before.source:
            yield Mended(path, before.source, after)
