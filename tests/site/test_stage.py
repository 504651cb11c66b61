from __future__ import annotations

from pathlib import Path

import pytest
from tests.conftest import Base

from cannery.content.library import load_each, shelve
from cannery.errors import ContentError
from cannery.model import Audience
from cannery.site.stage import stage


def _stage(base: Base, target: Path, audience: Audience) -> list[str]:
    shelf = shelve(load_each(base.workspace, base.scan().stamps))
    stage(base.workspace, shelf, target, audience)
    return sorted(str(path.relative_to(target)) for path in target.rglob("*.md"))


@pytest.fixture
def mixed(base: Base) -> Base:
    base.write("articles/net/open.md", "---\ntitle: 'Open: \"x\"'\naudience: public\n---\nBody")
    base.write("articles/net/open.ja.md", "---\naudience: public\n---\n# 公開")
    base.write("articles/net/secret.md", "---\ntitle: Secret\n---\nhush")
    base.write("articles/net/draft.md", "---\naudience: public\nstatus: draft\n---\n")
    base.write("articles/net/broken.md", "---\naudience: public\ntitle: a: b\n---\n")
    base.write("macros/m.md", "---\naudience: public\n---\nx")
    base.write("index.md", "# Front")
    return base


def test_only_public_published_articles_reach_a_public_site(mixed: Base, tmp_path: Path) -> None:
    target = tmp_path / "site"
    assert _stage(mixed, target, Audience.PUBLIC) == [
        "articles/net/open.md",
        "index.md",
        "ja/articles/net/open.md",
    ]
    assert "hush" not in "".join(path.read_text() for path in target.rglob("*.md"))
    page = (target / "articles/net/open.md").read_text()
    assert page == '---\ntitle: "Open: \\"x\\""\n---\n\n# Open: "x"\n\nBody\n'


def test_an_internal_site_has_internal_articles_and_no_macros(mixed: Base, tmp_path: Path) -> None:
    pages = _stage(mixed, tmp_path / "site", Audience.INTERNAL)
    assert "articles/net/secret.md" in pages
    assert not [page for page in pages if "macros" in page or "draft" in page]


def test_a_page_that_became_internal_leaves_the_site(mixed: Base, tmp_path: Path) -> None:
    target = tmp_path / "site"
    _stage(mixed, target, Audience.INTERNAL)
    assert "articles/net/secret.md" not in _stage(mixed, target, Audience.PUBLIC)


def test_a_folder_with_other_files_is_left_alone(mixed: Base, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("x")
    with pytest.raises(ContentError):
        _stage(mixed, tmp_path, Audience.PUBLIC)
    assert (tmp_path / "mine.txt").exists()
