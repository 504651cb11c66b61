"""A link may name a page as its address does; what names a file is left alone."""

from __future__ import annotations

import pytest

from cannery.content.named_pages import named_page
from cannery.content.relative_links import relative_link
from cannery.settings import Settings

_IDS = {
    "articles/net/har",
    "articles/net/index",
    "articles/guides/_index",
    "articles/guides/start",
    "articles/a",
}


@pytest.mark.parametrize(
    ("here", "written", "path"),
    [
        ("kb/articles/a.md", "net/har", "kb/articles/net/har.md"),
        ("kb/articles/a.md", "net/har/#top", "kb/articles/net/har.md"),
        ("kb/articles/a.md", "net/", "kb/articles/net/index.md"),
        ("kb/articles/a.md", "guides", "kb/articles/guides/_index.md"),
        (
            "kb/articles/guides/start.md",
            "../../net/har/",
            "kb/articles/net/har.md",
        ),  # from its address
        ("kb/articles/guides/start.md", "../net/har", "kb/articles/net/har.md"),  # from its file
        ("kb/articles/guides/_index.md", "start", "kb/articles/guides/start.md"),
        ("kb/articles/a.md", "net/har.ja", "kb/articles/net/har.ja.md"),
        ("kb/articles/a.md", "net/har.md", "kb/articles/net/har.md"),
        ("kb/articles/a.md", "net/other", "kb/articles/net/other"),
        ("kb/articles/a.md", "har.log", "kb/articles/har.log"),
        ("kb/articles/a.md", "#top", "kb/articles/a.md"),
        ("kb/articles/a.md", "../../../articles/a", "../articles/a"),
    ],
)
def test_the_page_that_is_meant(here: str, written: str, path: str) -> None:
    link = relative_link(here, written, 1)
    assert link is not None
    assert named_page(link, here, Settings(), _IDS.__contains__).path == path


def test_an_image_is_no_page() -> None:
    link = relative_link("kb/articles/a.md", "net/har", 1)
    assert link is not None
    image = link._replace(is_image=True)
    assert named_page(image, "kb/articles/a.md", Settings(), _IDS.__contains__) == image
