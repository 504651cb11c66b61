"""Pagefind beside the site's own search: size, first hit on a slow phone, Japanese words, ranking.

    npm install --prefix FOLDER pagefind
    python -m tests.benchmarks.pagefind FOLDER CORPUS [--pages 10000] [--sets SETS_DIR] [--keep PLACE]

Both search the same pages of one built site. Pages below a folder `ja` are marked as Japanese first,
for Pagefind splits words by the page's language and has an index for each. It runs WebAssembly, which
the pages' policy forbids, so the policy is set aside here; and it runs in the page instead of a worker,
where neither the slow network nor its requests would be seen.
"""

from __future__ import annotations

import argparse
import html
import os
import random
import re
import shutil
import statistics
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from playwright.sync_api import Browser, Page, sync_playwright
from tests.benchmarks.relevance import CUT, Run, judgements, measures, read, search
from tests.benchmarks.served import served
from tests.benchmarks.site import bytes_of, place_for, prepare, say, timed
from tests.benchmarks.slow_phone import slow_phone

QUERIES = (
    ("en", "memory allocation"),
    ("en", "install the helm chart"),
    ("en", "kubernetes"),
    ("ja", "メモリ"),
    ("ja", "設定方法"),
)
SETS = ("circleci-anchor-en", "circleci-anchor-ja", "emanual-s10", "idoit-anchor-en",
        "kcs-symptom-en", "kcs-symptom-ja")  # fmt: skip
_WORD = re.compile("[\u30a1-\u30fa\u30fc\u4e00-\u9fff]{3,8}")
_OURS = """async ([base, words, language]) => {
  const found = await kbSearch.search(new URL("assets/search/", base), words, { language });
  return [found.hits.length, found.total]; }"""
_OURS_ALL = """async ([base, words]) =>
  [...await kbSearch.foundPages(new URL("assets/search/", base), words)]"""
_PAGEFIND = """async ([base, words]) => {
  const pagefind = await import(`${base}pagefind/pagefind.js`);
  await pagefind.options({ noWorker: true });
  const found = await pagefind.search(words);
  await Promise.all(found.results.slice(0, 10).map((one) => one.data()));
  return [Math.min(10, found.results.length), found.results.length]; }"""
_PAGEFIND_ALL = """async ([base, words, limit]) => {
  const pagefind = await import(`${base}pagefind/pagefind.js`);
  await pagefind.options({ noWorker: true });
  const found = await pagefind.search(words);
  const data = await Promise.all(found.results.slice(0, limit).map((one) => one.data()));
  return data.map((one) => one.raw_url || one.url); }"""


class Site(NamedTuple):
    root: Path
    address: str
    pages: dict[str, str]
    """An address of a page for each language."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("folder", type=Path, help="where npm has installed pagefind")
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--pages", type=int, default=10_000)
    parser.add_argument("--sets", type=Path)
    parser.add_argument("--keep", type=Path, help="keep the knowledge base here, for the next time")
    options = parser.parse_args()
    program = options.folder / "node_modules/.bin/pagefind"
    with place_for(options.keep) as place, sync_playwright() as playwright:
        chromium = shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        if options.pages:
            root = prepare(options.corpus, place / f"{options.pages}", options.pages)
            marked = mark_japanese(root / "out")
            sizes(program, root / "out")
            with served(root / "out") as address:
                site = Site(root, f"{address}/", {"ja": marked[0], "en": "articles/"})
                for language, words in QUERIES:
                    first_hits(browser, site, language, words)
                japanese(browser, site)
        for name in SETS if options.sets else ():
            ranking(browser, program, options.sets / name, place / name)
        browser.close()


def mark_japanese(out: Path) -> list[str]:
    """The addresses of pages that lie below `ja`, now in that language."""
    marked = []
    for path in sorted(out.rglob("index.html")):
        address = path.parent.relative_to(out).as_posix() + "/"
        if "/ja/" in f"/{address}":
            text = path.read_text("utf-8")
            path.write_text(text.replace('<html lang="en"', '<html lang="ja"', 1), "utf-8")
            marked.append(address)
    return marked


def sizes(program: Path, out: Path) -> None:
    command = [str(program), "--site", str(out), "--root-selector", "main", "--quiet"]
    seconds = timed(lambda: subprocess.run(command, check=True, capture_output=True))
    for name, folder in (("ours", out / "assets/search"), ("Pagefind", out / "pagefind")):
        files = sum(path.is_file() for path in folder.rglob("*"))
        say(f"{name}: {bytes_of(folder):,} bytes in {files} files")
    say(f"Pagefind's index: {seconds:.1f} s")


def first_hits(browser: Browser, site: Site, language: str, words: str) -> None:
    """A phone that has just opened a page, with an empty cache; the median of three."""
    for name, code in (("ours", _OURS), ("Pagefind", _PAGEFIND)):
        runs = [phone(browser, site, code, language, words) for _ in range(3)]
        opened, took = (statistics.median(run[at] for run in runs) for at in (0, 1))
        requests, sent, shown, total = runs[0][2:]
        say(
            f"{words}, {name}: page {opened:.1f} s, then first hits {took:.2f} s; "
            f"{requests} requests, {sent:,} bytes, {shown} of {total}"
        )


def phone(
    browser: Browser, site: Site, code: str, language: str, words: str
) -> tuple[float, float, int, int, int, int]:
    with slow_phone(browser) as (page, sent):
        opened = timed(lambda: page.goto(f"{site.address}{site.pages[language]}"))
        before = len(sent)
        found: list[int] = []
        asked = [site.address, words, language]
        took = timed(lambda: found.extend(page.evaluate(code, asked)))
        page.wait_for_timeout(100)
        return opened, took, len(sent) - before, sum(sent[before:]), found[0], found[1]


def japanese(browser: Browser, site: Site) -> None:
    """50 words that stand inside Japanese sentences: the share of their pages that is found."""
    texts = dict(japanese_texts(site.root))
    pool = sorted({word for text in texts.values() for word in _WORD.findall(text)})
    page = browser.new_context(bypass_csp=True).new_page()
    page.goto(f"{site.address}{site.pages['ja']}")
    there_all, whole = 0, {"ours": 0, "Pagefind": 0}
    found_all = {"ours": 0, "Pagefind": 0}
    for word in random.Random(50).sample(pool, 50):  # noqa: S311
        there = {address for address, text in texts.items() if word in text}
        there_all += len(there)
        for name, found in (
            ("ours", ours(page, site, word)),
            ("Pagefind", theirs(page, site, word)),
        ):
            found_all[name] += len(there & found)
            whole[name] += there <= found
    for name, count in found_all.items():
        say(
            f"{name}: {count} of {there_all} pages of 50 words, {whole[name]} words on all of theirs"
        )


def ours(page: Page, site: Site, word: str) -> set[str]:
    return set(page.evaluate(_OURS_ALL, [site.address, word]))


def theirs(page: Page, site: Site, word: str, limit: int = 10_000) -> set[str]:
    found = page.evaluate(_PAGEFIND_ALL, [site.address, word, limit])
    return {address.strip("/") + "/" for address in found}


def japanese_texts(root: Path) -> Iterator[tuple[str, str]]:
    from unicodedata import normalize

    from cannery.content.comments import strip_comments
    from cannery.model.entry import Audience
    from cannery.operations.stage import view_for
    from cannery.search.strip_markup import strip_markup
    from cannery.workspace import open_workspace

    view = view_for(open_workspace(root), Audience.INTERNAL)
    for item in view.articles.values():
        address = view.address(item.at)
        if "/ja/" in f"/{address}":
            text = strip_markup(strip_comments(item.body))
            yield address, normalize("NFKC", f"{item.header.title} {text}")


def ranking(browser: Browser, program: Path, folder: Path, place: Path) -> None:
    """nDCG, MRR and recall at ten of both, on one set."""
    os.environ["XDG_CACHE_HOME"] = f"{place}-cache"
    shutil.rmtree(place, ignore_errors=True)
    own, _ = search(folder, place / "base")
    judged = judgements(folder / "qrels.tsv.gz")
    other = pagefind_run(browser, program, folder, place / "html")
    for name, run in (("ours", own), ("Pagefind", other)):
        figures = ", ".join(f"{figure:.4f}" for figure in measures(run, judged))
        say(f"{folder.name}, {name}: nDCG, MRR and recall at 10: {figures}")


def pagefind_run(browser: Browser, program: Path, folder: Path, out: Path) -> Run:
    out.mkdir(parents=True)
    names = {}
    documents = read(folder / "docs.jsonl.gz")
    language = "ja" if folder.name.endswith("ja") else "en"
    for number, document in enumerate(documents):
        names[f"{number}"] = document["id"]
        (out / f"{number}.html").write_text(as_page(document, language), "utf-8")
    subprocess.run([program, "--site", out, "--quiet"], check=True, capture_output=True)
    run: Run = {}
    with served(out) as address:
        page = browser.new_page()
        page.goto(f"{address}/0.html")
        for query in read(folder / "queries.jsonl.gz"):
            found: Sequence[Any] = page.evaluate(_PAGEFIND_ALL, [f"{address}/", query["text"], CUT])
            ids = [names[Path(one).stem] for one in found]
            run[query["id"]] = [(id_, float(CUT - at)) for at, id_ in enumerate(ids)]
        page.close()
    return run


def as_page(document: dict[str, str], language: str) -> str:
    title, text = (html.escape(document.get(key, "")) for key in ("title", "text"))
    return (
        f'<!doctype html><html lang="{language}"><head><title>{title}</title></head>'
        f"<body><h1>{title}</h1><p>{text}</p></body></html>"
    )


if __name__ == "__main__":
    main()
