"""Commands, errors and quotations that are pasted into a search hide nothing, and break nothing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.conftest import Base
from tests.search.pasted import ARTICLES, AWKWARD, CASES

import cannery
from cannery.operations.knowledge_base import KnowledgeBase


@pytest.fixture(scope="module")
def pasted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KnowledgeBase]:
    base = Base(tmp_path_factory.mktemp("pasted"))
    base.write("kb.toml", 'languages = ["en", "ja"]\n')
    for path, text in ARTICLES.items():
        base.write(path, text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        with cannery.open(base.root) as opened:
            opened.update()
            yield opened


@pytest.mark.parametrize(("words", "article"), CASES)
@pytest.mark.parametrize("typing", [False, True])
def test_what_has_it_is_found(
    pasted: KnowledgeBase, words: str, article: str, *, typing: bool
) -> None:
    found = [hit.at.id for hit in pasted.search(words, fresh=False, typing=typing)]
    assert f"articles/{article}" in found


@pytest.mark.parametrize("words", AWKWARD)
def test_nothing_breaks(pasted: KnowledgeBase, words: str) -> None:
    for typing in (False, True):
        pasted.search(words, fresh=False, typing=typing, explain=True)


def test_an_exclusion_still_excludes(pasted: KnowledgeBase) -> None:
    found = [hit.at.id for hit in pasted.search("http nginx -zurich", fresh=False)]
    assert found == ["articles/shell"]
