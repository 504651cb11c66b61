from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from tests.conftest import Base

from cannery.content.markdown import parse
from cannery.model.entry import Audience
from cannery.operations.build_site import Mode, build_site
from cannery.site.markdown_twins import has_twin, line, twin

CONFIG = Path(__file__).parents[2] / "mkdocs.yml"
PUBLIC = "---\ntitle: {}\naudience: public\n---\n"


@pytest.fixture
def site(base: Base) -> Base:
    (base.root / "mkdocs.yml").write_text(CONFIG.read_text())
    base.write(
        "articles/net/a.md", f"{PUBLIC.format('A')}See [b](../b.md#x). <!-- hush -->\n\nEnd.\n"
    )
    base.write("articles/b.md", f"{PUBLIC.format('B')}## x\n\nText.\n")
    base.write("articles/secret.md", "---\ntitle: S\n---\nbluewhale\n")
    return base


def _build(base: Base, audience: Audience = Audience.PUBLIC) -> Path:
    build_site(base.workspace, audience, base.root / "out", mode=Mode(alone=True))
    return base.root / "out"


def test_a_page_is_there_as_markdown_whose_links_lead_on(site: Base) -> None:
    folder = _build(site)
    text = (folder / "articles/net/a.md").read_text()
    assert text == "# A\n\nSee [b](../b.md#x). \n\nEnd.\n"
    assert (folder / "articles/net/../b.md").read_text() == "# B\n\n## x\n\nText.\n"
    page = (folder / "articles/net/a/index.html").read_text()
    assert '<link rel="alternate" type="text/markdown" href="../a.md">' in page


def test_a_section_lists_its_pages(site: Base) -> None:
    text = (_build(site) / "articles/index.md").read_text()
    assert text == "# Articles\n\n- [Net](net/index.md)\n\n- [B](b.md)\n"


def test_markdown_goes_with_its_page_and_changes_with_it(site: Base) -> None:
    _build(site)
    (site.root / "kb/articles/net/a.md").unlink()
    site.write("articles/b.md", f"{PUBLIC.format('B')}New.\n")
    folder = _build(site)
    assert not (folder / "articles/net").exists()
    assert (folder / "articles/b.md").read_text() == "# B\n\nNew.\n"


def test_an_internal_site_has_no_markdown(site: Base) -> None:
    assert not [*_build(site, Audience.INTERNAL).rglob("*.md")]


def test_mkdocs_itself_writes_the_same(site: Base) -> None:
    for name in ("docs", "theme"):  # as committed: no build has staged anything in the checkout
        (site.root / ".site" / name).mkdir(parents=True)
    folder = _build(site)
    whole = {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*.md")}
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "-q", "-d", "other"]
    subprocess.run(command, cwd=site.root, check=True)
    other = site.root / "other"
    assert {item.relative_to(other): item.read_bytes() for item in other.rglob("*.md")} == whole


def test_addresses_that_are_written_in_an_odd_way_are_rewritten_too() -> None:
    meta = {"title": "T", "kb": {"kind": "article", "links": {"b.ja.md": "../ja/b.md"}}}
    text = twin(meta, "[a](b.ja.md) [b][1]\n\n[1]: b.ja.md\n", "a.md", lambda _: False)
    assert text == "# T\n\n[a](../ja/b.md) [b][1]\n\n[1]: ../ja/b.md\n"


@pytest.mark.parametrize(
    "title",
    ["[x](javascript:x())", "![x](https://e.test/x.png)", "<script>x()</script>", "`a` *b* _c_",
     "a\n# b", "](x)", "\\", "<javascript:x()>"],
)  # fmt: skip
def test_a_title_is_text_whatever_it_says(title: str) -> None:
    tokens = parse(f"# {line(title)}\n", bare_links=False)
    assert [token.type for token in tokens] == ["heading_open", "inline", "heading_close"]
    children = tokens[1].children or []
    assert {child.type for child in children} == {"text"}
    assert "".join(child.content for child in children) == " ".join(title.split())


def test_pages_of_what_changed_and_of_tags_have_none() -> None:
    assert not has_twin({"kb": {"kind": "list"}})
    assert not has_twin({})
