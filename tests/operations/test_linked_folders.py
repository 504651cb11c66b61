"""A folder of the content that is a link: every command refuses it, and says what to do."""

from __future__ import annotations

import pytest
from tests.in_place import HAR, HAR_JA, HELLO, SETTINGS
from tests.repositories import Team

from cannery.content.files import scan
from cannery.content.library import resolve
from cannery.errors import ContentError, NotFoundError, UsageError
from cannery.model.location import Kind
from cannery.operations.check import check
from cannery.operations.draft import Draft, write_draft
from cannery.operations.selection import chosen_paths
from cannery.operations.status import status
from cannery.workspace import Workspace, open_workspace


@pytest.fixture
def linked(docs: Team) -> Workspace:
    """The articles are behind a link, which Git does not follow."""
    (docs.mine.root / "docs").rename(docs.mine.root / "pages")
    (docs.mine.root / "docs").symlink_to("pages")
    return open_workspace(docs.mine.root)


def test_a_folder_that_is_a_link_is_one_problem_with_what_to_do(linked: Workspace) -> None:
    found = scan(linked)
    assert {*found.stamps} == {HAR_JA, HELLO}
    (problem,) = found.problems
    assert (problem.path, problem.message) == ("docs", "a symbolic link")
    assert "[content]" in problem.hint
    assert problem in check(linked).problems


def test_no_command_follows_a_folder_that_is_a_link(docs: Team, linked: Workspace) -> None:
    docs.mine.edit("pages/net/har.md", "First line", "1st")
    assert status(linked).edited == []
    with pytest.raises(ContentError):
        write_draft(linked, Draft(Kind.ARTICLE, "Logs", "net"))
    assert HAR not in check(linked).whole.files
    with pytest.raises(NotFoundError) as caught:
        resolve(linked, scan(linked), "proxy")
    assert caught.value.hint.startswith("docs is a symbolic link. Name the real folder")


def test_the_real_folder_may_be_named(docs: Team, linked: Workspace) -> None:
    docs.mine.write("kb/kb.toml", SETTINGS.replace('"docs"', '"pages"'))
    workspace = open_workspace(linked.root)
    assert "pages/net/har.md" in scan(workspace).stamps
    docs.mine.edit("pages/net/har.md", "First line", "1st")
    assert "pages/net/har.md" in {item.path for item in status(workspace).edited}


def test_a_path_behind_a_link_is_refused_with_the_real_one(linked: Workspace) -> None:
    with pytest.raises(UsageError, match="behind a symbolic link") as caught:
        chosen_paths(linked.root, [linked.root / "docs/net"])
    assert str(linked.root / "pages/net") in caught.value.hint
    assert chosen_paths(linked.root, [linked.root / "docs"])("docs")
