"""The first hit on a slow phone that has never been here: ours, and plain MkDocs with Material's.

    python -m tests.benchmarks.first_hit CORPUS [--sizes 1000,10000] [--turns 3] [--keep PLACE]

As a reader does it: an article is opened, a key opens the search, words are typed, and the first hit
is waited for. Hosts are local and send gzip; each turn begins with an empty cache.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Browser, sync_playwright
from tests.benchmarks.served import served
from tests.benchmarks.site import place_for, prepare, say, timed
from tests.benchmarks.slow_phone import slow_phone

WORDS = ("memory allocation", "install the helm chart", "kubernetes", "メモリ", "設定方法")
_LONGEST = 180_000


class Figures(NamedTuple):
    opened: float
    found: float
    requests: int
    sent: int
    """Requests and bytes after the page was opened."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--sizes", default="1000,10000")
    parser.add_argument("--turns", type=int, default=3)
    parser.add_argument(
        "--keep", type=Path, help="keep the knowledge bases here, for the next time"
    )
    options = parser.parse_args()
    with place_for(options.keep) as place, sync_playwright() as playwright:
        chromium = shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for size in (int(size) for size in options.sizes.split(",")):
            root = prepare(options.corpus, place / f"{size}", size)
            command = [sys.executable, "-m", "mkdocs", "build", "-q", "-f", "plain.yml"]
            subprocess.run(command, cwd=root, capture_output=True, check=True)
            with served(root / "out") as ours, served(root / "site") as plain:
                for words in WORDS:
                    told(
                        f"{size}, {words}, ours",
                        [
                            first_hit(browser, ours, ".kb-search [role=option]", words)
                            for _ in range(options.turns)
                        ],
                    )
                    told(
                        f"{size}, {words}, plain",
                        [first_hit(browser, plain, ".md-search-result__item", words)],
                    )
        browser.close()


def told(name: str, runs: list[Figures]) -> None:
    figures = Figures(*(statistics.median(values) for values in zip(*runs, strict=True)))
    say(
        f"{name}: page {figures.opened:.2f} s, first hit {figures.found:.2f} s later; "
        f"{figures.requests:.0f} requests, {figures.sent:,.0f} bytes"
    )


def first_hit(browser: Browser, address: str, hit: str, words: str) -> Figures:
    with slow_phone(browser) as phone:
        page = phone.page
        page.set_default_timeout(_LONGEST)
        opened = timed(lambda: page.goto(f"{address}/"))
        before = len(phone.sent)

        def search() -> None:
            page.keyboard.press("/")
            page.keyboard.type(words)
            page.locator(hit).first.wait_for()

        found = timed(search)
        page.wait_for_timeout(100)
        return Figures(opened, found, len(phone.sent) - before, sum(phone.sent[before:]))


if __name__ == "__main__":
    main()
