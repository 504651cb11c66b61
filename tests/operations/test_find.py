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
