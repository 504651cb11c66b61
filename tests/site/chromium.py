"""One Chromium for all tests that stand one after another: each start takes a second and a half."""

from __future__ import annotations

from contextlib import ExitStack

from playwright.sync_api import Browser, sync_playwright

_ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]
_RUNNING = ExitStack()
_STARTED: list[Browser] = []


def started(program: str) -> Browser:
    if not _STARTED:
        playwright = _RUNNING.enter_context(sync_playwright())
        browser = playwright.chromium.launch(executable_path=program, args=_ARGUMENTS)
        _RUNNING.callback(browser.close)
        _STARTED.append(browser)
    return _STARTED[0]


def stop() -> None:
    """End it, if it runs: while Playwright runs, no test of another event loop can."""
    _STARTED.clear()
    _RUNNING.close()
