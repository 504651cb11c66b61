"""Links without a file's ending are the same for the check, a rename and the site."""

from __future__ import annotations

import json

import pytest
from tests.conftest import Base, Run

_PUBLIC = "---\ntitle: {}\naudience: public\n---\n{}\n"


@pytest.fixture
def linked(base: Base) -> Base:
    base.write(
        "articles/guides/start.md",
        _PUBLIC.format("Start", "[HAR](../net/har) [again](../../net/har/#one)"),
    )
    base.write("articles/net/har.md", _PUBLIC.format("HAR", "Text.\n\n## One"))
    return base


@pytest.mark.usefixtures("linked")
def test_the_check_follows_them(kb: Run) -> None:
    codes = [item["code"] for item in json.loads(kb("check", "--json").out)]
    assert "link" not in codes
    assert "anchor" not in codes


def test_a_page_that_is_not_for_the_reader_is_a_leak(linked: Base, kb: Run) -> None:
    linked.write("articles/net/har.md", "---\ntitle: HAR\n---\nx\n")
    codes = [item["code"] for item in json.loads(kb("check", "--json").out)]
    assert "leak" in codes


def test_a_rename_takes_them_along(linked: Base, kb: Run) -> None:
    assert kb("rename", "net/har", "net/recording").code == 0
    assert "[HAR](../net/recording)" in (linked.root / "kb/articles/guides/start.md").read_text()


def test_the_site_leads_there(linked: Base, kb: Run) -> None:
    done = kb("stage", ".site")
    assert done.code == 0, done.err
    page = (linked.root / ".site/docs/articles/guides/start.md").read_text("utf-8")
    assert "[HAR](../net/har.md) [again](../net/har.md#one)" in page
