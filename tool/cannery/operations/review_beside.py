"""Check a pull request out beside the user's files, and remove it again."""

from __future__ import annotations

from pathlib import Path

from cannery.errors import UsageError
from cannery.git.beside import add_tree, edited_in, main_tree, remove_tree, trees
from cannery.git.clone import open_local
from cannery.git.view import as_user
from cannery.operations.review import SEEN, fetch_request, open_forge
from cannery.workspace import Workspace


def check_out(workspace: Workspace, number: int) -> Path:
    """Fetch a pull request, and write its files to a folder beside the repository; that folder.

    None of the user's files is touched. Raises GitError where such a folder is there already.
    """
    forge = open_forge(workspace)
    request = forge.reviews.read(forge.repository, number)
    commit, _ = fetch_request(forge, request)
    folder = forge.checkout.folder
    target = _beside(folder, number)
    if target in (there := trees(folder)):
        raise UsageError(
            f"{target} has pull request {number} at {there[target][:12]}",
            f"Go on there, or run `kb review {number} --return` first.",
        )
    with as_user():
        add_tree(folder, commit, target)
    return target / forge.checkout.prefix


def put_back(workspace: Workspace, number: int) -> Path:
    """Remove the folder of a pull request that was checked out; that folder.

    Raises UsageError if there is none, or if something in it was changed or committed.
    """
    checkout = open_local(workspace.root)
    folder = main_tree(checkout.folder)
    target = _beside(folder, number)
    commit = trees(folder).get(target)
    if commit is None:
        hint = f"`kb review {number} --checkout` does that."
        raise UsageError(f"pull request {number} is not checked out", hint)
    if Path.cwd().resolve().is_relative_to(target):
        raise UsageError(f"you are in {target}", f"Go out of it first: `cd {folder}`.")
    kept = checkout.git("for-each-ref", "--contains", commit, "--format=%(refname)")
    if edited_in(target) or not kept:
        hint = f"Keep what you need, then run `git worktree remove --force {target}`."
        raise UsageError(f"{target} has changes of yours", hint)
    with as_user():
        remove_tree(folder, target)
        checkout.git("update-ref", "-d", f"{SEEN}{number}")
    return target


def _beside(folder: Path, number: int) -> Path:
    top = main_tree(folder)
    return top.parent / f"{top.name}-review-{number}"
