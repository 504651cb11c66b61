"""A real browser: Debian's Chromium, driven by Playwright."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from cannery.site import web
from cannery.site.macropages import shared_script
from cannery.workspace import Settings

_ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]


# A module's own: while Playwright runs, no test of another event loop can.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    program = shutil.which("chromium")
    if program is None:
        if os.environ.get("CI"):
            pytest.fail("CI lacks chromium")
        pytest.skip("no chromium here")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, args=_ARGUMENTS)
        yield started
        started.close()


@pytest.fixture(scope="module")
def engine(browser: Browser) -> Iterator[Page]:
    """A page with the scripts of a macro's form, and nothing else."""
    page = browser.new_page()
    settings = Settings(name="", site_url="", languages=("en", "ja", "de"))
    for name in (*web.VENDOR, *web.TEXT):
        page.add_script_tag(path=web.FOLDER / name)
    page.add_script_tag(content=shared_script(settings))
    page.add_script_tag(content=web.joined(web.FORM).decode())
    yield page
    page.close()
