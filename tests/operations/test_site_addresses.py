"""Where the pages of a site lead on the repository's host."""

from __future__ import annotations

import pytest
from tests.conftest import Base

from cannery.model.entry import Audience
from cannery.operations.stage import view_for
from cannery.workspace import open_workspace

REMOTE = "https://github.com/team/product"


@pytest.mark.parametrize("is_inner", [False, True])
def test_an_entry_s_pages_are_those_of_its_file_in_the_repository(
    base: Base, is_inner: bool
) -> None:
    top = base.root.parent if is_inner else base.root
    folder = "base/" if is_inner else ""
    (top / ".github/ISSUE_TEMPLATE").mkdir(parents=True)
    (top / ".github/ISSUE_TEMPLATE/wrong-article.yml").write_text("name: Wrong\n", "utf-8")
    base.write("articles/a b.md", "---\ntitle: T\n---\nx\n")
    base.git("init", "-q", "-b", "trunk", str(top))
    base.git("add", ".")
    base.git("commit", "-q", "-m", "First")
    base.git("remote", "add", "origin", REMOTE)
    host = view_for(open_workspace(base.root), Audience.INTERNAL).host
    assert host.edit == f"{REMOTE}/edit/trunk/{folder}{{path}}"
    assert host.history == f"{REMOTE}/commits/trunk/{folder}{{path}}"
    assert host.report.startswith(f"{REMOTE}/issues/new?template=wrong-article.yml")


def test_a_user_s_name_for_first_branches_is_on_no_site(
    base: Base, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CONFIG_COUNT", "1")
    monkeypatch.setenv("GIT_CONFIG_KEY_0", "init.defaultBranch")
    monkeypatch.setenv("GIT_CONFIG_VALUE_0", "mine")
    base.write("kb.toml", f'repository = "{REMOTE}"\n')
    host = view_for(open_workspace(base.root), Audience.PUBLIC).host
    assert host.edit == f"{REMOTE}/edit/main/{{path}}"
