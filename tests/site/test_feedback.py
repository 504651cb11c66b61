"""What a reader says to a page, from the click in a real browser to what `kb readers` tells."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

import pytest
from playwright.sync_api import Browser, Page, Request, Route, expect
from tests.conftest import Base
from tests.site.served import MKDOCS, serve

from cannery.model.entry import Audience
from cannery.model.feedback import Comment, Feedback, Vote
from cannery.operations.build_site import Mode, build_site
from cannery.serve.feedback import FeedbackApp, Pace

ARTICLE = "---\ntitle: Reset\nsummary: How to.\naudience: public\n---\nText.\n"


def _built(base: Base, feedback: str) -> None:
    base.write("kb.toml", f'[site]\nfeedback = "{feedback}"\n')
    base.write("articles/a.md", ARTICLE)
    (base.root / "mkdocs.yml").write_text(MKDOCS)
    build_site(base.workspace, Audience.PUBLIC, base.root / "out", mode=Mode(alone=True))


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    made = browser.new_page()
    yield made
    made.close()


def _passed_on(page: Page, kept: list[Feedback]) -> None:
    """Have the browser's requests to /feedback answered by the very application."""
    app = FeedbackApp(kept.append, "", Pace())

    def answer(route: Route, request: Request) -> None:
        body = request.post_data_buffer or b""
        environ = {
            "REQUEST_METHOD": request.method, "PATH_INFO": "/feedback", "CONTENT_LENGTH": str(len(body)), "wsgi.input": BytesIO(body),
        }  # fmt: skip
        told: list[str] = []
        app(environ, lambda status, *_: told.append(status))  # type: ignore[arg-type]
        route.fulfill(status=int(told[0].split()[0]))

    page.route("**/feedback", answer)


def test_a_vote_and_a_line_reach_the_endpoint_and_are_asked_for_once(
    base: Base, page: Page
) -> None:
    _built(base, "/feedback")
    kept: list[Feedback] = []
    _passed_on(page, kept)
    with serve(base.root / "out") as site:
        page.goto(f"{site}/articles/a/")
        page.get_by_role("button", name="No", exact=True).click()
        expect(page.get_by_label("What was missing or wrong?")).to_be_focused()
        page.keyboard.type("The third step <b>")
        page.get_by_role("button", name="Send").click()
        expect(page.locator(".kb-feedback [role=status]")).to_be_focused()
        page.reload()
        expect(page.get_by_role("button", name="No", exact=True)).to_be_hidden()
    assert kept == [
        Vote("articles/a", "en", is_helpful=False),
        Comment("articles/a", "en", "The third step <b>"),
    ]


def test_what_could_not_be_sent_is_told_and_stays(base: Base, page: Page) -> None:
    _built(base, "/feedback")
    with serve(base.root / "out") as site:  # a host that takes nothing
        page.goto(f"{site}/articles/a/")
        page.get_by_role("button", name="Yes", exact=True).click()
        expect(page.locator(".kb-feedback [role=status]")).to_contain_text("Not sent")
        expect(page.get_by_role("button", name="Yes", exact=True)).to_be_visible()


def test_a_form_elsewhere_is_told_the_page(base: Base) -> None:
    _built(base, "https://forms.example.com/?page={id}&t={title}")
    html = (base.root / "out/articles/a/index.html").read_text()
    assert 'href="https://forms.example.com/?page=articles/a&amp;t=Reset"' in html
    assert "data-kb-vote" not in html


def test_a_site_without_an_endpoint_asks_nothing(base: Base) -> None:
    _built(base, "")
    assert "kb-feedback" not in (base.root / "out/articles/a/index.html").read_text()
