"""A video of the site's own, on the page that a builder makes."""

from __future__ import annotations

from urllib.parse import urljoin

from tests.conftest import Base
from tests.site.served import MKDOCS

from cannery.model.entry import Audience
from cannery.operations.build_site import Mode, build_site


def test_its_player_finds_it_from_the_page_s_folder(base: Base) -> None:
    (base.root / "mkdocs.yml").write_text(MKDOCS)
    base.write("articles/net/a.md", "---\naudience: public\n---\n# A\n\n[Tour](tour.mp4)\n")
    base.write("articles/net/tour.mp4", "video")
    out = base.root / "out"
    build_site(base.workspace, Audience.PUBLIC, out, mode=Mode(alone=True))
    page = "articles/net/a/index.html"
    player = (out / page).read_text().partition("<video ")[2].partition(">")[0]
    src = player.partition('src="')[2].partition('"')[0]
    assert (out / urljoin(page, src)).is_file()
