"""A search answers from the files as they are, and tells what it does meanwhile."""

from __future__ import annotations

import pytest
from tests.conftest import Base

from cannery.model.event import Event, Progress
from cannery.model.hit import Query
from cannery.operations.find import find, search
from cannery.operations.knowledge_base import KnowledgeBase

PROXY = "---\ntitle: Proxies\n---\nSet the proxy.\n"


@pytest.fixture
def filled(base: Base) -> Base:
    base.write("articles/proxy.md", PROXY)
    return base


def test_a_file_is_found_as_soon_as_it_is_there(filled: Base) -> None:
    find(filled.workspace, Query("proxy"))
    filled.write("articles/other.md", PROXY)
    result = find(filled.workspace, Query("proxy"))
    assert {hit.at.path for hit in result.hits} == {
        "kb/articles/other.md",
        "kb/articles/proxy.md",
    }


def test_each_file_that_is_indexed_is_an_event(filled: Base) -> None:
    events: list[Event] = []
    find(filled.workspace, Query("proxy"), events.append)
    assert events == [Progress("Indexing", 0, 1), Progress("Indexing", 1, 1)]


def test_where_nothing_is_found_words_that_look_alike_are_suggested(filled: Base) -> None:
    filled.write("articles/kubernetes.md", "---\ntitle: Kubernetes\n---\nOpen a port.\n")
    result = find(filled.workspace, Query("kubrntas", kind="macro"))
    assert (result.hits, result.suggestions) == ([], ("kubernetes",))


def test_an_open_knowledge_base_is_not_looked_through_again(filled: Base) -> None:
    with KnowledgeBase(filled.workspace) as knowledge_base:
        knowledge_base.update()
        filled.write("articles/other.md", PROXY)
        assert len(search(knowledge_base, Query("proxy")).hits) == 1
        assert knowledge_base.update()
        assert len(search(knowledge_base, Query("proxy")).hits) == 2


def test_no_word_that_a_title_has_is_suggested(filled: Base) -> None:
    found = find(filled.workspace, Query("proxies prxies", tags=("nope",)))
    assert found.suggestions == ("proxies",)
    assert find(filled.workspace, Query("proxies", tags=("nope",))).suggestions == ()


def test_a_tag_that_no_entry_has_is_told_with_those_there_are(filled: Base) -> None:
    filled.write("articles/net.md", "---\ntitle: Net\ntags: [Net, vpn]\n---\nA net.\n")
    found = find(filled.workspace, Query("proxies", tags=("nope", "NET")))
    assert (found.unknown_tags, found.tags) == (("nope",), ("net", "vpn"))
