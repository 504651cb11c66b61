"""How many files the first query on a site asks for, its passages with them.

    python -m tests.benchmarks.query_files SITE [SITE ...] [--every 2] [--height 900]

SITE is a folder that `kb site build` wrote. Each of the judged questions is asked with an empty
cache, as a reader does it who pastes it: a page is opened, a key opens the search, and what is asked
for below assets/search/ until two thirds of a second pass in silence is counted.
"""

from __future__ import annotations

import argparse
import re
import shutil
import statistics
from collections import Counter
from pathlib import Path

from playwright.sync_api import Browser, Request, sync_playwright
from tests.benchmarks.served import served
from tests.benchmarks.site import say

_QUESTIONS = Path(__file__).parent / "questions"
_STARTS = {"en": "/", "ja": "/ja/"}
_SILENCE = 650
_IN_INDEX = re.compile(r"/assets/search/(?P<kind>root|readings|filters|[a-z])[-\d.]")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("sites", type=Path, nargs="+")
    parser.add_argument("--every", type=int, default=2, help="ask each of so many questions")
    parser.add_argument("--height", type=int, default=900)
    options = parser.parse_args()
    with sync_playwright() as playwright:
        chromium = shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for site in options.sites:
            with served(site) as address:
                for language in _STARTS:
                    told(browser, address, language, options)
        browser.close()


def told(browser: Browser, address: str, language: str, options: argparse.Namespace) -> None:
    counts: list[int] = []
    for question in questions(language)[:: options.every]:
        asked = asked_for(browser, address + _STARTS[language], question, options.height)
        counts.append(asked.total())
        kinds = ", ".join(f"{count} {kind}" for kind, count in sorted(asked.items()))
        say(f"{asked.total():3} {question}: {kinds}")
    say(f"{language}: median {statistics.median(counts)}, most {max(counts)} of {len(counts)}")


def questions(language: str) -> list[str]:
    rows = [
        row.split("\t")
        for path in sorted(_QUESTIONS.glob("*.tsv"))
        for row in path.read_text("utf-8").splitlines()
    ]
    return [question for asked_in, question, _ in rows if asked_in == language]


def asked_for(browser: Browser, address: str, question: str, height: int) -> Counter[str]:
    """The files of the index by their kind."""
    context = browser.new_context(viewport={"width": 1440, "height": height})
    page = context.new_page()
    page.goto(address)
    asked: Counter[str] = Counter()

    def count(request: Request) -> None:
        if found := _IN_INDEX.search(request.url):
            asked[found["kind"]] += 1

    page.on("request", count)
    page.keyboard.press("/")
    page.locator(".kb-search__input").fill(question)
    page.locator(".kb-search [role=option]").first.wait_for()
    before = -1
    while before != asked.total():
        before = asked.total()
        page.wait_for_timeout(_SILENCE)
    context.close()
    return asked


if __name__ == "__main__":
    main()
