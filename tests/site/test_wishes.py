"""What kb.toml wishes of a site is text on its pages, whatever it says."""

from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from tests.conftest import Base, Run

CONFIG = Path(__file__).parents[2] / "mkdocs.yml"
BAD = """</script><img src=x onerror=alert(1)> {{ 7 * 7 }} {% raw %} %} "' \\\\ \U0001f600"""
TOML = f"""name = '''{BAD}'''
site_url = "https://help.test"
[site]
accent = "#ffcc00"
announcement = '''{BAD}'''
contact = "https://help.test/?a=1&b=%22"
picks = ["articles/a", "articles/hidden", "../../etc/passwd"]
footer = [{{title = '''{BAD}''', address = "https://x.test/?a=1&quot"}}]
"""


@pytest.fixture
def pages(base: Base, kb: Run) -> dict[str, BeautifulSoup]:
    base.write("kb.toml", TOML)
    (base.root / "mkdocs.yml").write_text(CONFIG.read_text())
    base.write("articles/a.md", "---\ntitle: A\naudience: public\n---\nText.\n")
    base.write("articles/hidden.md", "---\ntitle: Bluewhale\n---\nText.\n")
    done = kb("site", "build", "--out", "out")
    assert done.code == 0, done.err
    files = (base.root / "out").rglob("*.html")
    return {path.name: BeautifulSoup(path.read_text(), "html.parser") for path in files} | {
        "front": BeautifulSoup((base.root / "out/index.html").read_text(), "html.parser")
    }


def test_it_is_shown_as_it_was_written_and_does_nothing(pages: dict[str, BeautifulSoup]) -> None:
    for page in pages.values():
        assert not [
            item for item in page.select("*") if any(key.startswith("on") for key in item.attrs)
        ]
        assert not page.select("img[src=x]")
    notice = pages["front"].select_one("[data-kb-notice] p")
    assert notice
    assert notice.get_text() == BAD


def test_a_public_front_page_tells_nothing_of_a_hidden_pick(
    pages: dict[str, BeautifulSoup],
) -> None:
    assert [item["href"] for item in pages["front"].select(".kb-picks a")] == ["articles/a/"]
    assert "Bluewhale" not in str(pages["front"])


def test_the_contact_leads_where_it_says(pages: dict[str, BeautifulSoup]) -> None:
    link = pages["front"].select_one(".kb-front__contact a")
    assert link
    assert link["href"] == "https://help.test/?a=1&b=%22"
