from __future__ import annotations

import pytest
from tests.conftest import Base

import cannery
from cannery.errors import NoWorkspaceError


def test_a_knowledge_base_is_opened_and_searched(base: Base) -> None:
    base.write("articles/a.md", "---\ntitle: Proxy\n---\nproxy")
    base.write("macros/b.md", "proxy")
    with cannery.open(base.root / "kb") as opened:
        assert [hit.at.id for hit in opened.search("proxy")] == ["articles/a", "macros/b"]
        assert [hit.at.id for hit in opened.search("proxy", kind="macro", limit=1)] == ["macros/b"]
        base.write("articles/c.md", "---\ntitle: Proxy proxy\n---\n")
        assert len(opened.search("proxy", fresh=False)) == 2
        assert len(opened.search("proxy")) == 3


def test_a_folder_without_one_is_told(tmp_path: object) -> None:
    with pytest.raises(NoWorkspaceError):
        cannery.open(str(tmp_path))
