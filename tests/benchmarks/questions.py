"""Whether our own kb/ answers what is asked of it: 80 judged questions, half of them kept back.

See README.md beside this file.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from collections import Counter
from pathlib import Path

import cannery
from cannery.model.entry import Audience

_HERE = Path(__file__).parent / "questions"
_ROOT = Path(__file__).parents[2]
_AMONG = 3


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kept", action="store_true", help="the half that is not tuned on")
    parser.add_argument("--site", action="store_true", help="the site's search against `kb find`")
    asked = parser.parse_args()
    if asked.site:
        compare_with_site()
        return
    rows = (_HERE / f"{'kept' if asked.kept else 'open'}.tsv").read_text("utf-8").splitlines()
    first, among, all_of = Counter[str](), Counter[str](), Counter[str]()
    with cannery.open(_ROOT) as base:
        for row in rows:
            language, question, ids = row.split("\t")
            found = [hit.at.id for hit in base.search(question, limit=_AMONG)]
            right = ids.split()
            all_of[language] += 1
            first[language] += bool(found) and found[0] in right
            among[language] += any(id_ in right for id_ in found)
            if not found or found[0] not in right:
                sys.stdout.write(f"{question}: {', '.join(found)} (wanted: {ids})\n")
    for language, count in all_of.items():
        sys.stdout.write(
            f"{language}: {first[language]} of {count} first, {among[language]} among {_AMONG}\n"
        )


def compare_with_site() -> None:
    """Whether a reader of the internal site sees the same first three, of all 80; no labels."""
    from playwright.sync_api import sync_playwright
    from tests.site.search_tab import search_tab

    rows = [
        row.split("\t")[:2]
        for path in sorted(_HERE.glob("*.tsv"))
        for row in path.read_text("utf-8").splitlines()
    ]
    same: Counter[bool] = Counter()
    with sync_playwright() as playwright, cannery.open(_ROOT) as base:
        program = shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        with search_tab(browser, _ROOT, Audience.INTERNAL) as tab:
            for language, question in rows:
                there = tab.search(question, language, _AMONG)
                for typing in (False, True):
                    hits = base.search(question, limit=_AMONG, typing=typing)
                    same[typing] += there == [hit.at.id for hit in hits]
        browser.close()
    for typing, count in same.items():
        name = "kb find --as-you-type" if typing else "kb find"
        sys.stdout.write(f"{name}: {count} of {len(rows)} with the same first {_AMONG}\n")


if __name__ == "__main__":
    main()
