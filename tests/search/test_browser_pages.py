"""What a site's search knows of pages beside their terms."""

from __future__ import annotations

import json
from typing import Any

from cannery.model.hit import SearchRecord
from cannery.search.browser_index import index_files
from cannery.search.browser_pages import FEW_TEXTS, ROWS
from cannery.search.browser_terms import page_terms


def _page(entry: str, language: str = "en", **more: object) -> SearchRecord:
    root = "" if language == "en" else f"{language}/"
    usual: dict[str, Any] = {
        "address": f"{root}{entry}/",
        "entry": entry,
        "language": language,
        "title": entry.title(),
        "summary": "",
        "names": entry,
        "body": f"The text of {entry}.",
        "kind": entry.split("/", maxsplit=1)[0].removesuffix("s"),
    }
    return SearchRecord(**(usual | more))


def _files(*pages: SearchRecord) -> dict[str, bytes]:
    return index_files(pages, [page_terms(page) for page in pages])


def test_a_row_has_only_what_cannot_be_told_from_the_rest() -> None:
    files = _files(
        _page("articles/net/vpn"),
        _page("articles/net/vpn", "ja"),
        _page("macros/refund", tags=("Money",), shortcut=";refund"),
        _page("articles/net/é", address="articles/net/%C3%A9/"),
    )
    root = json.loads(files["root.json"])
    assert root["roots"] == ["", "ja/"]
    assert root["rows"] == [
        ["vpn", "Articles/Net/Vpn"],
        ["vpn", "Articles/Net/Vpn"],
        ["refund", "Macros/Refund", {"tags": ["Money"], "shortcut": ";refund"}],
        ["é", "Articles/Net/É", {"address": "articles/net/%C3%A9/"}],
    ]
    assert root["pages"]["variant"] == [0, 1, 0, 0]
    assert b"!;refund" in files["t-.bin"]


def test_a_large_site_has_its_rows_in_files_of_their_own() -> None:
    files = _files(*(_page(f"articles/{number}", body="") for number in range(ROWS + 1)))
    assert "rows" not in json.loads(files["root.json"])
    assert len(json.loads(files["r1.json"])) == 1


def test_texts_are_in_files_that_an_edit_leaves_alone() -> None:
    pages = [_page(f"articles/{number}", body="So it is. " * 800) for number in range(60)]
    before = _files(*pages)
    after = _files(*pages[:30], pages[30]._replace(body="Another one. " * 99), *pages[31:])
    texts = [name for name in before if name.startswith("p")]
    assert len(texts) > 9
    assert json.loads(before["root.json"])["texts"] == json.loads(after["root.json"])["texts"]
    assert len([name for name in texts if before[name] != after[name]]) == 1


def test_a_small_site_has_its_texts_in_one_file_up_to_a_size() -> None:
    pages = [_page(f"articles/{number}", body="So it is. " * 800) for number in range(60)]
    few = FEW_TEXTS // len(" ".join(["So it is."] * 801))
    assert json.loads(_files(*pages[:few])["root.json"])["texts"] == [0]
    assert len(json.loads(_files(*pages[: few + 2])["root.json"])["texts"]) > 1
