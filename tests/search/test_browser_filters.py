"""What a site's search filters by."""

from __future__ import annotations

import json

from cannery.model.hit import SearchRecord
from cannery.search.browser_filters import filters_file
from cannery.search.browser_index import index_files
from cannery.search.browser_terms import page_terms

_BARE = SearchRecord("", "articles/net/dns", "en", "", "", "", "", "article")


def test_each_value_has_the_pages_that_have_it() -> None:
    pages = [
        _BARE._replace(section="net", tags=("DNS", "dns", "tls")),
        _BARE._replace(kind="macro"),
        _BARE._replace(section="net", language="ja"),
    ]
    assert json.loads(filters_file(pages))["fields"] == {
        "kind": {"article": [0, 2], "macro": [1]},
        "language": {"en": [0, 1], "ja": [2]},
        "section": {"net": [0, 2]},
        "tag": {"dns": [0], "tls": [0]},
    }


def test_the_words_behind_a_dash_are_told() -> None:
    page = _BARE._replace(body="`tar -xzf a.tar`, --all, x-y, -5, -43, - item, -Xmx512m")
    files = index_files([page, page], [page_terms(page)] * 2)
    assert json.loads(files["filters.json"])["dashed"] == ["xmx512m", "xzf"]


def test_the_words_of_titles_are_told() -> None:
    pages = [_BARE._replace(title="Reset a Password"), _BARE._replace(title="Password rules")]
    assert json.loads(filters_file(pages))["titles"] == ["password", "reset", "rules"]
