"""How long a key takes in a macro's form while another field holds a long text, in Chromium."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright
from tests.site.macro_site import served

_TEXTS = {
    "99 kB of sentences": ("the log says *so* [a](b) 1. x\n", 99_000),
    "99 kB of short lines": ("a  \n", 99_000),
    "240 kB of sentences": ("the log says *so* [a](b) 1. x\n", 240_000),
    "240 kB of short lines": ("a  \n", 240_000),
}
_PASTE = """([unit, size]) => {
  const box = document.querySelector("#kb-note");
  box.value = unit.repeat(size / unit.length + 1).slice(0, size);
  box.dispatchEvent(new InputEvent("input", { bubbles: true }));
}"""
# Ten keys at the pace of a fast typist; the longest time from a key to the frame that shows it.
_TYPE = """async () => {
  const box = document.querySelector("#kb-who");
  let longest = 0;
  for (let count = 0; count < 10; count += 1) {
    const begun = performance.now();
    box.value += "x";
    box.dispatchEvent(new InputEvent("input", { bubbles: true }));
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0)));
    longest = Math.max(longest, performance.now() - begun);
    await new Promise((done) => setTimeout(done, 60));
  }
  return longest;
}"""
_SETTLED = 3_000  # milliseconds until the pasted text is drawn


def _measure(page: Page) -> None:
    for name, text in _TEXTS.items():
        page.evaluate(_PASTE, text)
        page.wait_for_timeout(_SETTLED)
        sys.stdout.write(f"{name}: {page.evaluate(_TYPE):.0f} ms\n")


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        with served(Path(folder)) as address:
            page = browser.new_page()
            page.goto(f"{address}/macros/visit/")
            _measure(page)
        browser.close()


if __name__ == "__main__":
    main()
