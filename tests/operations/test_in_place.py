"""Every trip over a repository that keeps its own layout: docs/, translations below i18n/."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.in_place import GUIDE_SETTINGS, HAR, HAR_JA, HELLO, JA, PROXY, SETTINGS
from tests.repositories import ARTICLE, Team

from cannery.cli.completers import entry_names, macro_names
from cannery.content.files import scan
from cannery.content.library import resolve
from cannery.errors import ContentError, UsageError
from cannery.model.location import Kind
from cannery.operations.check import check
from cannery.operations.draft import Draft, write_draft
from cannery.operations.history import blame, history
from cannery.operations.knowledge_base import KnowledgeBase
from cannery.operations.propose import ProposeQuery, plan, submit
from cannery.operations.rename import rename
from cannery.operations.restore import RestoreQuery, restore
from cannery.operations.retire import retire
from cannery.operations.review import review_revision
from cannery.operations.selection import chosen_paths
from cannery.operations.status import status
from cannery.operations.sync import sync
from cannery.operations.undo import undo
from cannery.workspace import Workspace, open_workspace


@pytest.fixture
def workspace(docs: Team) -> Workspace:
    return open_workspace(docs.mine.root)


def test_what_is_in_the_folders_is_found_and_nothing_else(workspace: Workspace) -> None:
    with KnowledgeBase(workspace) as knowledge_base:
        knowledge_base.update()
        for language, path in (("en", HAR), ("ja", HAR_JA)):
            hits = knowledge_base.search("first line", prefer=language)
            assert {hit.at.path for hit in hits} == {path, PROXY}


def test_other_folders_in_kb_toml_are_another_search(docs: Team, workspace: Workspace) -> None:
    with KnowledgeBase(workspace) as knowledge_base:
        knowledge_base.update()
    docs.mine.write("kb/kb.toml", SETTINGS.replace('"docs", ', ""))
    with KnowledgeBase(open_workspace(docs.mine.root)) as knowledge_base:
        knowledge_base.update()
        assert {hit.at.path for hit in knowledge_base.search("first line")} == {HAR_JA}


def test_a_change_in_any_folder_is_seen_at_once(docs: Team, workspace: Workspace) -> None:
    with KnowledgeBase(workspace) as knowledge_base:
        knowledge_base.update()
        knowledge_base.update()
        docs.mine.edit(HAR_JA, "First line", "Zirconium")
        assert knowledge_base.update()
        assert [hit.at.path for hit in knowledge_base.search("zirconium")] == [HAR_JA]


def test_the_check_looks_at_the_folders_and_has_nothing_against_them(
    docs: Team, workspace: Workspace
) -> None:
    docs.mine.write("src/notes.md", "[gone](gone.md)")
    result = check(workspace)
    assert {*result.whole.facts} == {HAR, HAR_JA, PROXY, HELLO}
    docs.mine.edit(PROXY, "(har.md)", "(gone.md)")
    found = check(workspace)
    assert [(item.path, item.code) for item in found.problems if item not in result.problems] == [
        (PROXY, "link")
    ]
    is_chosen = chosen_paths(workspace.root, [docs.mine.root / "docs"], since="HEAD")
    assert [path for path in found.whole.facts if is_chosen(path)] == [PROXY]


def test_a_draft_goes_to_the_first_folder_that_is_for_it(workspace: Workspace) -> None:
    drafts = [
        Draft(Kind.ARTICLE, "Logs", "net"),
        Draft(Kind.ARTICLE, "Logs", "net", language="ja"),
        Draft(Kind.MACRO, "Thanks"),
        Draft(Kind.MACRO, "Thanks", language="ja"),
    ]
    assert [write_draft(workspace, draft) for draft in drafts] == [
        "docs/net/logs.md",
        f"{JA}/net/logs.md",
        "replies/thanks.md",
        "replies/thanks.ja.md",
    ]
    entry = resolve(workspace, scan(workspace), "logs")
    assert {*entry.by_language} == {"en", "ja"}


@pytest.mark.parametrize("section", ["_secret", "drafts", "a/drafts"])
def test_no_draft_is_written_where_it_would_be_ignored(workspace: Workspace, section: str) -> None:
    with pytest.raises(ContentError, match=r"kb\.toml"):
        write_draft(workspace, Draft(Kind.ARTICLE, "Logs", section))


def test_an_entry_is_renamed_in_each_of_its_folders_and_links_follow(
    docs: Team, workspace: Workspace
) -> None:
    renamed = rename(workspace, "har", "recording/har-files")
    assert renamed is not None
    assert {item.new_path for item in renamed.changes} == {
        "docs/recording/har-files.md",
        f"{JA}/recording/har-files.md",
        PROXY,
    }
    assert "(../recording/har-files.md)" in (docs.mine.root / PROXY).read_text()
    undo(workspace)
    assert (docs.mine.root / HAR_JA).exists()
    assert "(har.md)" in (docs.mine.root / PROXY).read_text()


@pytest.mark.parametrize("name", [HAR, "./docs/net/har", HAR_JA, "net/har", "articles/net/har"])
def test_an_entry_is_named_by_its_path_too(workspace: Workspace, name: str) -> None:
    assert resolve(workspace, scan(workspace), name).id == "articles/net/har"


def test_the_new_name_may_be_a_path(docs: Team, workspace: Workspace) -> None:
    rename(workspace, HAR, "docs/har-files.md")
    assert (docs.mine.root / JA / "har-files.md").exists()


def test_an_entry_is_not_renamed_into_what_is_ignored(workspace: Workspace) -> None:
    with pytest.raises((ContentError, UsageError)):
        rename(workspace, "har", "drafts/har")


def test_an_entry_is_retired_and_links_lose_it(docs: Team, workspace: Workspace) -> None:
    retire(workspace, "articles/net/har", "")
    for path in (HAR, HAR_JA):
        assert "status: retired" in (docs.mine.root / path).read_text()
    assert "See HAR files." in (docs.mine.root / PROXY).read_text()


def test_history_and_blame_go_back_to_before_the_move(workspace: Workspace) -> None:
    commits = [(language, item.subject) for language, item in history(workspace, "har")]
    assert commits[:3] == [("en", "To docs/"), ("en", "First"), ("ja", "To docs/")]
    assert {line.author for line in blame(workspace, "har", "ja")} == {"Kim"}


@pytest.mark.parametrize(
    ("name", "language", "path"),
    [
        ("articles/net/har", "", HAR),
        ("articles/net/har", "ja", HAR_JA),
        ("articles/net/har.ja.md", "", HAR_JA),
        (HAR, "", HAR),
        ("macros/hello", "", HELLO),
    ],
)
def test_what_was_deleted_comes_back_by_its_id_or_path(
    docs: Team, workspace: Workspace, name: str, language: str, path: str
) -> None:
    for each in (HAR, HAR_JA, HELLO):
        (docs.mine.root / each).unlink()
    assert restore(workspace, RestoreQuery(name, "HEAD", language)) == path
    assert docs.mine.git("status", "--porcelain", "--", path) == ""


def test_a_proposal_has_what_changed_in_the_folders_and_in_kb(
    docs: Team, workspace: Workspace
) -> None:
    docs.mine.edit(HAR, "First line", "1st")
    docs.mine.write(f"{JA}/net/new.md", ARTICLE)
    docs.mine.write("kb/synonyms.yml", "- [a, b]\n")
    for path in ("README.md", "src/app.py", "docs/_old.md", "docs/drafts/a.md"):
        docs.mine.write(path, "mine alone\n")
    expected = {HAR, f"{JA}/net/new.md", "kb/synonyms.yml"}
    assert {item.path for item in status(workspace).edited} == expected
    planned = plan(workspace, ProposeQuery((Path(),)))
    (sent,) = submit(workspace, planned)
    assert {*sent.paths} == expected
    assert "1st" in docs.shown(sent.branch, HAR)


def test_what_is_ignored_is_not_proposed_from_kb_either(docs: Team) -> None:
    docs.mine.write("kb/kb.toml", '[content]\nignore = ["_*"]\n')
    docs.mine.write("kb/macros/_later.md", "mine alone\n")
    docs.mine.write("kb/macros/now.md", "for all\n")
    edited = {item.path for item in status(open_workspace(docs.mine.root)).edited}
    assert edited == {"kb/kb.toml", "kb/macros/now.md"}


def test_only_the_named_folder_is_proposed(docs: Team, workspace: Workspace) -> None:
    docs.mine.edit(HAR, "First line", "1st")
    docs.mine.edit(HAR_JA, "First line", "1st")
    (draft,) = plan(workspace, ProposeQuery((docs.mine.root / "i18n",))).drafts
    assert [item.path for item in draft.group.files] == [HAR_JA]


def test_a_sync_merges_and_follows_a_rename(docs: Team, workspace: Workspace) -> None:
    docs.mine.edit(HAR, "First line", "1st")
    docs.other.git("mv", HAR, "docs/har-files.md")
    docs.other.edit("docs/har-files.md", "Third line", "3rd")
    docs.other.push()
    sync(workspace)
    text = (docs.mine.root / "docs/har-files.md").read_text()
    assert "1st" in text
    assert "3rd" in text


def test_a_sync_follows_the_user_s_own_rename(docs: Team, workspace: Workspace) -> None:
    rename(workspace, "har", "har-files")
    docs.other.edit(HAR, "Third line", "3rd")
    docs.other.push()
    sync(workspace)
    assert "3rd" in (docs.mine.root / "docs/net/har-files.md").read_text()


def test_a_review_reads_each_state_in_its_own_folders(docs: Team, workspace: Workspace) -> None:
    docs.other.edit(HAR_JA, "First line", "1st")
    docs.other.write("src/app.py", "print(1)\n")
    docs.other.git("mv", "docs", "guide")
    docs.other.write("kb/kb.toml", GUIDE_SETTINGS)
    docs.other.git("checkout", "-q", "-b", "theirs")
    docs.other.git("add", "-A")
    docs.other.git("commit", "-q", "-m", "To guide/")
    docs.other.git("push", "-q", "origin", "theirs")
    docs.mine.git("fetch", "-q")
    found = review_revision(workspace, "origin/theirs")
    assert {(item.path, item.title) for item in found.entries} == {
        (HAR_JA, "HAR ファイル"),
        ("guide/net/har.md", "HAR files"),
        ("guide/net/proxy.md", "Proxies"),
    }
    assert "src/app.py" in found.others
    assert [item.code for item in found.problems if item.path.startswith("guide")] == []


def test_a_review_tells_what_a_folder_makes_public(docs: Team, workspace: Workspace) -> None:
    docs.other.write("handbook/pay.md", "# What we pay\n")
    docs.other.push("A handbook, which is none of the knowledge base's")
    docs.other.write(
        "kb/kb.toml", SETTINGS.replace('["docs",', '["docs", "handbook",') + 'audience = "public"\n'
    )
    docs.other.git("checkout", "-q", "-b", "theirs")
    docs.other.git("commit", "-q", "-a", "-m", "One more folder")
    docs.other.git("push", "-q", "origin", "theirs")
    docs.mine.git("fetch", "-q")
    told = [item.message for item in review_revision(workspace, "origin/theirs").problems]
    assert [text for text in told if "become public by this change: 4" in text]


def test_links_of_a_translation_to_what_is_not_translated_follow_too(
    docs: Team, workspace: Workspace
) -> None:
    docs.mine.write(f"{JA}/net/log.md", ARTICLE.replace("First line", "[プロキシ](proxy.md)"))
    rename(workspace, "proxy", "hosts/proxies")
    text = docs.mine.root / JA / "net/log.md"
    assert "[プロキシ](../hosts/proxies.md)" in text.read_text()
    retire(workspace, "proxies", "har")
    assert "[プロキシ](har.md)" in text.read_text()
    retire(workspace, "articles/net/har", "")
    assert "プロキシ." in text.read_text()


def test_a_shell_completes_the_ids_of_each_folder(docs: Team, workspace: Workspace) -> None:
    docs.mine.write("replies/_parts/bye.md", "Bye\n")
    assert [name for name, _ in entry_names("")] == ["har", "proxy", "hello"]
    assert [name for name, _ in macro_names("macros/")] == ["macros/hello"]


def test_a_variant_that_alone_was_deleted_comes_back(docs: Team, workspace: Workspace) -> None:
    (docs.mine.root / HAR_JA).unlink()
    assert restore(workspace, RestoreQuery("har", "HEAD", "ja")) == HAR_JA
