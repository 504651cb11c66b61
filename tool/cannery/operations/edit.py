"""An entry in its author's editor, checked when they leave it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import NamedTuple

from cannery.content.files import read_bytes, scan
from cannery.content.layout import locate, path_of
from cannery.content.rewrite_keys import rewrite_keys
from cannery.content.save import inside, replace
from cannery.errors import CanneryError, UsageError
from cannery.model.event import Listener, ignore
from cannery.model.location import Location, Problem, Severity
from cannery.operations.entry import select
from cannery.operations.writing import Rewrite, exclusive, is_repeated, settle, write
from cannery.util.encoding import decoded, encoding_of
from cannery.workspace import Workspace

_TRANSLATE = "translation"  # what `kb undo` calls it

# Lets the author change a file, beginning at a 1-based line; returns when they are done.
Editor = Callable[[Path, int], None]
# Shows the errors that are left; whether the author goes back into the editor.
GoesBack = Callable[[Sequence[Problem]], bool]


class Author(NamedTuple):
    """Who edits. `reviews_on` is the day on which they vouch for the file, None if they don't."""

    editor: Editor
    goes_back: GoesBack
    reviews_on: date | None = None


def select_for_editing(
    workspace: Workspace, name: str, language: str = "", listener: Listener = ignore
) -> Location:
    """The file to edit, after what a killed process left is recovered.

    Raises CanneryError if the entry has no variant in the language, with a way to begin one.
    """
    settle(workspace, "edit", listener)
    at, _, missing = select(workspace, name, language)
    if missing:
        hint = f"Begin one: `kb edit {at.id} --lang {missing} --translate`."
        raise CanneryError(f"{at.id} has no {missing} version", hint)
    return at


def begin_translation(
    workspace: Workspace, name: str, language: str, listener: Listener = ignore
) -> Location:
    """The entry's file in a language; where it has none, a draft that has the original's text.

    Nobody has reviewed it yet: it has no review date. Raises UsageError without a language.
    """
    recovered = settle(workspace, _TRANSLATE, listener)
    if not language:
        raise UsageError("--translate needs a language", "Name it with --lang.")
    at, _, missing = select(workspace, name, language)
    if not missing:
        return at
    settings = workspace.settings
    known = (missing, missing.replace("_", "-").split("-")[0].lower())
    path = path_of(at.id, next(tag for tag in known if tag in settings.languages), settings)
    if not is_repeated(recovered, _TRANSLATE, path):
        raw = read_bytes(workspace, at.path)
        keys = {"status": "draft", "reviewed": None}
        text = rewrite_keys(decoded(raw, "replace"), keys, settings.front_matter)
        files = {path: text.encode(encoding_of(raw))}
        write(workspace, Rewrite(_TRANSLATE, files, {path: None}, asked=(path,)), listener)
    return locate(path, settings)


def edit_entry(
    workspace: Workspace, at: Location, author: Author, listener: Listener = ignore
) -> Sequence[Problem]:
    """Edit and check the file until it has no errors or its author leaves; the errors left.

    A file without errors gets its review date, if its author vouches for it. `kb undo` takes back
    what was saved. Raises CanneryError if the editor fails.
    """
    with _recorded(workspace, at.path, listener):
        errors = errors_in(workspace, at.path)
        while True:
            author.editor(workspace.root / at.path, errors[0].line if errors else 1)
            errors = errors_in(workspace, at.path)
            if not errors or not author.goes_back(errors):
                break
        if author.reviews_on and not errors:
            _vouch(workspace, at.path, author.reviews_on)
        return errors


def _vouch(workspace: Workspace, path: str, day: date) -> None:
    raw = read_bytes(workspace, path)
    text = rewrite_keys(decoded(raw), {"reviewed": day}, workspace.settings.front_matter)
    replace(workspace, path, text.encode(encoding_of(raw)))


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
