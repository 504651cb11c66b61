from __future__ import annotations

import pytest
from tests.conftest import Base

import cannery
from cannery.errors import NoWorkspaceError
from cannery.model.hit import Filters, Query


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


def test_a_hit_has_the_path_of_its_file(base: Base) -> None:
    base.write("macros/deep/b.ja.md", "返金")
    with cannery.open(base.root) as opened:
        (hit,) = opened.search("返金", language="ja", tags=(), snippets=False)
    assert (base.root / hit.at.path).read_text() == "返金"


def test_a_search_takes_each_filter_of_a_query(base: Base) -> None:
    assert [*Filters.__annotations__] == [name for name in Query._fields if name != "words"]
    with cannery.open(base.root) as opened, pytest.raises(TypeError, match="langauge"):
        opened.search("x", langauge="ja")  # type: ignore[call-arg]
