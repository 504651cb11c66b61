"""A real browser: Debian's Chromium, driven by Playwright."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page
from tests.site.chromium import started
from tests.site.macro_site import served

from cannery.site import web
from cannery.site.macropages import shared_script
from cannery.workspace import Settings


@pytest.fixture(scope="module")
def browser() -> Browser:
    # Without windows of its own it opens a page in a third of the time.
    program = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    if program is None:
        if os.environ.get("CI"):
            pytest.fail("CI lacks chromium")
        pytest.skip("no chromium here")
    return started(program)


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


@pytest.fixture(scope="session")
def macro_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an internal site of a few macros."""
    with served(tmp_path_factory.mktemp("macros")) as address:
        yield address
