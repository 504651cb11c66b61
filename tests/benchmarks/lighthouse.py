"""Lighthouse's scores of the site, on a phone and on a desktop: the median of several runs.

    npm install --prefix FOLDER lighthouse@12
    python -m tests.benchmarks.lighthouse FOLDER [--runs 5] [--pages article,form] [--forms mobile]

Throttling is simulated; the host is local and sends gzip. The form is of the internal site, which no
crawler may list on purpose: that one audit is left out there.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.benchmarks.contents import own
from tests.benchmarks.served import served
from tests.benchmarks.site import say

from cannery.model.entry import Audience
from cannery.operations.build_site import Mode, build_site
from cannery.workspace import open_workspace

PAGES = {
    "article": (Audience.PUBLIC, "articles/net/tls-failures/"),
    "front": (Audience.PUBLIC, ""),
    "section": (Audience.PUBLIC, "articles/net/"),
    "form": (Audience.INTERNAL, "macros/billing/refund/"),
}
_CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
_METRICS = ("first-contentful-paint", "largest-contentful-paint", "total-blocking-time")
_PASSED = 0.9
"""Audits below it are named."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("folder", type=Path, help="where npm has installed lighthouse")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--pages", default=",".join(PAGES))
    parser.add_argument("--forms", default="mobile,desktop")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        root = own(Path(place) / "own")
        for audience in Audience:
            out = root / f"out-{audience.value}"
            build_site(open_workspace(root), audience, out, mode=Mode(alone=True))
            names = [n for n in options.pages.split(",") if PAGES[n][0] is audience]
            with served(out) as address:
                for form in options.forms.split(","):
                    for name in names:
                        url = f"{address}/{PAGES[name][1]}"
                        reports = [report(options.folder, url, form) for _ in range(options.runs)]
                        say(f"{name}, {form}: {told(reports, audience)}")


def report(folder: Path, url: str, form: str) -> dict[str, Any]:
    command = [
        str(folder / "node_modules/.bin/lighthouse"), url, "--output=json", "--quiet",
        "--chrome-flags=--headless=new --no-sandbox --disable-gpu",
        f"--only-categories={','.join(_CATEGORIES)}",
        *(["--preset=desktop"] if form == "desktop" else []),
    ]  # fmt: skip
    chrome = {"CHROME_PATH": shutil.which("chromium") or "chromium"}
    done = subprocess.run(command, capture_output=True, check=True, env={**os.environ, **chrome})
    read: dict[str, Any] = json.loads(done.stdout)
    return read


def told(reports: list[dict[str, Any]], audience: Audience) -> str:
    scores = {
        name: statistics.median(score(one, name, audience) for one in reports)
        for name in _CATEGORIES
    }
    figures = ", ".join(f"{name} {100 * value:.0f}" for name, value in scores.items())
    metrics = ", ".join(
        f"{name} {statistics.median(one['audits'][name]['numericValue'] for one in reports):.0f}"
        for name in (*_METRICS, "total-byte-weight")
    )
    shift = max(one["audits"]["cumulative-layout-shift"]["numericValue"] for one in reports)
    faults = Counter(name for one in reports for name in failed(one, audience))
    named = "".join(f"\n    {name} ({count})" for name, count in faults.items())
    return f"{figures}; {metrics}, layout shift {shift:.3f}{named}"


def score(read: dict[str, Any], category: str, audience: Audience) -> float:
    """The category's score; of SEO on an internal site, without whether crawlers may list it."""
    if category != "seo" or audience is Audience.PUBLIC:
        return float(read["categories"][category]["score"])
    counted = [
        (ref["weight"], read["audits"][ref["id"]]["score"])
        for ref in read["categories"][category]["auditRefs"]
        if ref["id"] != "is-crawlable" and read["audits"][ref["id"]]["score"] is not None
    ]
    return float(
        sum(weight * got for weight, got in counted) / sum(weight for weight, _ in counted)
    )


def failed(read: dict[str, Any], audience: Audience) -> Iterator[str]:
    for category in _CATEGORIES:
        for ref in read["categories"][category]["auditRefs"]:
            audit = read["audits"][ref["id"]]
            meant = audience is Audience.INTERNAL and ref["id"] == "is-crawlable"
            if audit["score"] is not None and audit["score"] < _PASSED and not meant:
                yield f"{category}: {ref['id']}: {audit['title']}"


if __name__ == "__main__":
    main()
