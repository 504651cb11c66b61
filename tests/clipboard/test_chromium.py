"""What is copied for Slack, pasted where Slack's composer would take it: a rich box in a browser."""

from __future__ import annotations

import shutil

import pytest
from playwright.sync_api import expect, sync_playwright

from cannery.clipboard.copy import copy
from cannery.clipboard.desktop import Clip, Desktop
from cannery.content.markdown import parse, tree
from cannery.render.formats import Body, render_all

SOURCE = """# Next steps

Hello K&C, **4** of `a_b` is *paid* <b> 1\\*2_3.

- [Log in](https://example.com/?a=1&b=2)
- 田中 **様**
"""
BOX = "data:text/html;charset=utf-8,<div id=composer contenteditable autofocus></div>"


@pytest.mark.needs("Xvfb", "chromium")
def test_a_reply_for_slack_pastes_from_the_desktop_as_rich_text(x11: Desktop) -> None:
    formats = render_all(Body(SOURCE, tree(parse(SOURCE))))
    assert copy(Clip(formats["slack"], formats["slack-html"]), x11).rich
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"),
            headless=False,
            env=dict(x11.env),
            args=["--no-sandbox", "--disable-gpu", "--ozone-platform=x11"],
        )
        page = browser.new_page()
        page.goto(BOX)
        box = page.locator("#composer")
        box.focus()
        page.keyboard.press("Control+v")
        expect(box.locator("strong, b")).to_have_text(["Next steps", "4", "様"])
        expect(box.locator("a")).to_have_attribute("href", "https://example.com/?a=1&b=2")
        text = box.inner_text()
        browser.close()
    assert "Hello K&C, 4 of a_b is paid <b> 1*2_3." in text
    assert not [sign for sign in ("&amp;", "&lt;", "\u2060", "\u200b") if sign in text]
