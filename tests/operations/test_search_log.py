"""Searches that led to nothing, as they are kept."""

from __future__ import annotations

import json
import time
from dataclasses import replace
from pathlib import Path

import pytest
from tests.conftest import Base

from cannery.operations.doctor import examine
from cannery.operations.search_log import (
    FIND,
    PICKER,
    LostSearch,
    keep,
    keep_beside,
    lost,
    lost_searches,
)
from cannery.util import detached
from cannery.workspace import Workspace, open_workspace


def _file(workspace: Workspace) -> Path:
    return workspace.state / "searches.jsonl"


def test_what_was_sought_is_kept_in_its_order(base: Base) -> None:
    rows = [
        lost(FIND, "scim"),
        LostSearch(int(time.time()) - 60, PICKER, "sso", 3, "articles/saml"),
    ]
    keep(base.workspace, rows)
    assert list(lost_searches(base.workspace)) == rows


def test_the_file_is_the_users_own(base: Base) -> None:
    keep(base.workspace, [lost(FIND, "scim")])
    assert _file(base.workspace).stat().st_mode & 0o777 == 0o600


def test_of_names_and_addresses_nothing_is_written(base: Base) -> None:
    keep(base.workspace, [lost(FIND, "refund for jane@example.com"), lost(FIND, "田中さん 返金")])
    text = _file(base.workspace).read_text("utf-8")
    assert "refund for …" in text
    assert "jane" not in text
    assert "田中" not in text


def test_a_knowledge_base_can_switch_it_off(base: Base) -> None:
    (base.root / "kb/kb.toml").write_text("[insight]\nsearches = false\n")
    workspace = open_workspace(base.root)
    keep(workspace, [lost(FIND, "scim")])
    assert not _file(workspace).exists()


def test_so_does_a_user_without_a_memory(base: Base) -> None:
    workspace = base.workspace
    workspace = replace(workspace, user=replace(workspace.user, memory_days=0))
    keep(workspace, [lost(FIND, "scim")])
    assert not _file(workspace).exists()


def test_rows_of_other_versions_and_broken_ones_cost_themselves(base: Base) -> None:
    keep(base.workspace, [lost(FIND, "scim")])
    with _file(base.workspace).open("a", encoding="utf-8") as file:
        file.write('{"time": 1, "other": 2}\n')
        for row in ({"time": "x"}, {"words": 3}, {"found": "1"}, {"time": None}):
            file.write(json.dumps({"time": 1, "where": "find", "words": "a", **row}) + "\n")
        file.write('[1]\n{"time": 1, "wh')
    assert [search.words for search in lost_searches(base.workspace)] == ["scim"]


def test_a_full_disk_or_a_foreign_folder_fails_nothing(base: Base) -> None:
    base.workspace.state.parent.mkdir(parents=True)
    base.workspace.state.write_text("a file, where the folder should be")
    keep(base.workspace, [lost(FIND, "scim")])


def test_they_go_with_the_rest_of_the_memory(base: Base) -> None:
    workspace = base.workspace
    days_ago = int(time.time()) - 91 * 86_400
    keep(workspace, [lost(FIND, "scim"), LostSearch(days_ago, FIND, "saml")])
    (workspace.state / "tidied").unlink(missing_ok=True)
    assert [search.words for search in lost_searches(base.workspace)] == ["scim"]


def test_who_asks_what_is_kept_is_told(base: Base) -> None:
    keep(base.workspace, [lost(FIND, "scim")])
    assert "unsuccessful searches: 1" in str([*examine(base.root)])


@pytest.mark.parametrize("can_detach", [False, True])
def test_nothing_waits_for_what_is_kept_on_any_system(
    base: Base, monkeypatch: pytest.MonkeyPatch, can_detach: bool
) -> None:
    monkeypatch.setattr(detached, "can_detach", lambda: can_detach)
    search = LostSearch(int(time.time()), PICKER, "scim \ud800 返金", 3, "articles/saml")
    keep_beside(base.workspace, [search])
    end = time.monotonic() + 30
    while not (kept := [*lost_searches(base.workspace)]) and time.monotonic() < end:
        time.sleep(0.01)
    assert [(row.where, row.found, row.then) for row in kept] == [(PICKER, 3, "articles/saml")]
    assert kept[0].words.endswith("返金")
