"""Whether readers of a site find what is asked for, and what `kb find` finds: 50 judged questions.

    python -m tests.benchmarks.help_centre CORPUS [--kept | --all]

Half of them are asked of our own kb/, half of 900 real pages of CORPUS, a folder of Markdown files.
See README.md beside this file.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Browser, sync_playwright
from tests.benchmarks.site import prepare
from tests.site.search_tab import search_tab

import cannery
from cannery.model.entry import Audience

_HERE = Path(__file__).parent / "questions" / "help_centre"
_ROOT = Path(__file__).parents[2]
_AMONG = 3
PAGES = 922
"""A few of them are left out, for no engine takes them: 900 and some remain."""


class Question(NamedTuple):
    language: str
    words: str
    right: frozenset[str]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("corpus", type=Path)
    half = parser.add_mutually_exclusive_group()
    half.add_argument("--kept", action="store_true", help="the half that is not tuned on")
    half.add_argument("--all", action="store_true", help="whether both agree, on all; no scores")
    asked = parser.parse_args()
    halves = ("open", "kept") if asked.all else ("kept",) if asked.kept else ("open",)
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as place:
        program = shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        pages = prepare(asked.corpus, Path(place) / "pages", PAGES)
        for name, root, languages in (("own", _ROOT, ("en", "ja")), ("pages", pages, ("en",))):
            questions = [*read(f"{name}-{one}" for one in halves)]
            tell(
                name, questions, answers(browser, root, questions, languages), scored=not asked.all
            )
        browser.close()


def read(names: Iterator[str]) -> Iterator[Question]:
    for name in names:
        for row in (_HERE / f"{name}.tsv").read_text("utf-8").splitlines():
            language, words, ids = row.split("\t")
            yield Question(language, words, frozenset(ids.split()))


def answers(
    browser: Browser, root: Path, questions: Sequence[Question], languages: Sequence[str]
) -> Iterator[tuple[list[str], list[str]]]:
    """The first ids of `kb find`, and of the internal site's search in the reader's language."""
    with search_tab(browser, root, Audience.INTERNAL) as tab, cannery.open(root) as base:
        for question in questions:
            found = [hit.at.id for hit in base.search(question.words, limit=_AMONG)]
            reader = question.language if question.language in languages else languages[0]
            yield found, tab.search(question.words, reader, _AMONG)


def tell(
    name: str,
    questions: Sequence[Question],
    found: Iterator[tuple[list[str], list[str]]],
    *,
    scored: bool,
) -> None:
    first, among, same, all_of = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    for question, (here, there) in zip(questions, found, strict=True):
        all_of[question.language] += 1
        same[question.language] += here == there
        first[question.language] += bool(here) and here[0] in question.right
        among[question.language] += not question.right.isdisjoint(here)
        if scored and (not here or here[0] not in question.right):
            say(
                f"{question.words}: {', '.join(here)} (wanted: {', '.join(sorted(question.right))})"
            )
        if here != there:
            say(f"{question.words}: kb find {', '.join(here)}; site {', '.join(there)}")
    for language, count in all_of.items():
        told = f"{name}, {language}: {same[language]} of {count} with the same first {_AMONG}"
        score = f"; {first[language]} first, {among[language]} among {_AMONG}" if scored else ""
        say(f"{told}{score}")


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    main()
