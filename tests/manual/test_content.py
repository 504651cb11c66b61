"""The documentation is content like any other; our own knowledge base answers customers."""

from __future__ import annotations

import re
from pathlib import Path

import cannery
from cannery.content.files import scan
from cannery.content.library import load_each, shelve
from cannery.manual import ARTICLES, FOLDER
from cannery.model.entry import Audience
from cannery.operations.check import check
from cannery.workspace import open_workspace

_OWN = Path(__file__).parents[2]
_TOOL = re.compile(r"(?:^|`)kb [a-z]", re.MULTILINE)  # a command of it
_SUPPORT_WORDS = (
    "refund", "invoice", "licence", "outage", "escalate", "close ticket", "login", "certificate",
    "proxy", "slow build", "link", "site", "template", "header", "webhook", "返金", "請求書", "障害",
    "調査中", "ログイン",
)  # fmt: skip


def test_it_has_no_faults() -> None:
    """But a translation may wait for a day: whether one is behind is Git's to say."""
    problems = check(open_workspace(FOLDER)).problems
    assert [item for item in problems if item.code != "outdated"] == []


def test_all_of_it_is_public() -> None:
    workspace = open_workspace(FOLDER)
    entries = shelve(load_each(workspace, scan(workspace).stamps)).entries
    assert entries
    assert {entry.header.audience.value for entry in entries} == {"public"}


def test_our_own_knowledge_base_has_none_of_its_pages() -> None:
    own = {*scan(open_workspace(_OWN)).stamps}
    manual = {*scan(open_workspace(FOLDER)).stamps}
    assert manual
    assert not own & manual


def test_four_of_five_public_pages_answer_customers() -> None:
    """The others are about how support works, or about kb."""
    workspace = open_workspace(_OWN)
    entries = shelve(load_each(workspace, scan(workspace).stamps)).entries
    public = [entry for entry in entries if entry.header.audience is Audience.PUBLIC]
    answers = [
        entry
        for entry in public
        if not entry.at.id.startswith("articles/craft/") and not _TOOL.search(entry.body)
    ]
    assert len(answers) / len(public) >= 0.8


def test_support_words_find_support_content() -> None:
    """Whatever is asked every day: its first hits are for customers, none tells how kb works."""
    with cannery.open(_OWN) as knowledge_base:
        for words in _SUPPORT_WORDS:
            hits = knowledge_base.search(words, limit=5, snippets=False)
            assert hits, words
            for hit in hits:
                text = (_OWN / hit.at.path).read_text("utf-8")
                assert not _TOOL.search(text), (words, hit.at.id)


def test_it_lies_in_the_package() -> None:
    assert (ARTICLES / "guides" / "getting-started.md").is_file()
