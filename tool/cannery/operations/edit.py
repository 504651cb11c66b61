"""An entry in its author's editor, checked when they leave it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from cannery.content.files import read_bytes, scan
from cannery.content.save import inside
from cannery.errors import CanneryError
from cannery.model.event import Listener, ignore
from cannery.model.location import Location, Problem, Severity
from cannery.operations.entry import select
from cannery.operations.writing import exclusive, settle
from cannery.workspace import Workspace

# Lets the author change a file, beginning at a 1-based line; returns when they are done.
Editor = Callable[[Path, int], None]
# Shows the errors that are left; whether the author goes back into the editor.
GoesBack = Callable[[Sequence[Problem]], bool]


def select_for_editing(
    workspace: Workspace, name: str, language: str = "", listener: Listener = ignore
) -> Location:
    """The file to edit, after what a killed process left is recovered.

    Raises CanneryError if the entry has no variant in the language, with a way to begin one.
    """
    settle(workspace, "edit", listener)
    at, _, missing = select(workspace, name, language)
    if missing:
        path = at.path.replace(f".{at.language}.", ".").replace(".md", f".{missing}.md")
        raise CanneryError(f"{at.id} has no {missing} version", f"Create one: cp {at.path} {path}")
    return at


def edit_entry(
    workspace: Workspace,
    at: Location,
    editor: Editor,
    goes_back: GoesBack,
    listener: Listener = ignore,
) -> Sequence[Problem]:
    """Edit and check the file until it has no errors or its author leaves; the errors left.

    `kb undo` takes back what was saved. Raises CanneryError if the editor fails.
    """
    with _recorded(workspace, at.path, listener):
        errors = errors_in(workspace, at.path)
        while True:
            editor(workspace.root / at.path, errors[0].line if errors else 1)
            errors = errors_in(workspace, at.path)
            if not errors or not goes_back(errors):
                return errors


@contextmanager
def _recorded(workspace: Workspace, path: str, listener: Listener) -> Iterator[None]:
    """Record the edit in the undo log; the log is free for others while the editor is open."""
    inside(workspace, path)
    with exclusive(workspace, "edit", listener) as log:
        if not (workspace.root / path).is_file():  # a rename that was cut off has been finished
            raise CanneryError(f"{path} no longer exists", "Search for it with `kb find`.")
        operation, owner = log.begin("edit", log.prefix + path)
    try:
        yield
    finally:
        with exclusive(workspace, "edit", listener) as log:
            if owner is not None:
                os.close(owner)
            log.end(operation.number)


def errors_in(workspace: Workspace, path: str) -> Sequence[Problem]:
    """The errors of one file that can be told from it alone, in the order of its lines."""
    from cannery.check.page import page
    from cannery.check.runner import examine
    from cannery.content.library import load_parts
    from cannery.content.suppressions import weigh

    settings, parts = workspace.settings, load_parts(workspace, scan(workspace))
    checked = examine(page(path, read_bytes(workspace, path), settings, parts))
    problems = weigh(checked.problems, {path: checked.allowed}, settings).problems
    return [item for item in problems if item.severity is Severity.ERROR]
