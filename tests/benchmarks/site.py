"""The site of thousands of real pages: build, rebuild, stage, size, and search in a real browser.

    python tests/benchmarks/site.py FOLDER [--sizes 1000,10000] [--turns 3] [--search] [--keep PLACE]

FOLDER holds Markdown files. Links of theirs that lead nowhere are made to lead elsewhere first, and
files that no engine takes are left out: see `prepare`. PLACE keeps what that makes for the next time.
Whole commands run in turns.
"""

from __future__ import annotations

import argparse
import filecmp
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from unicodedata import normalize

from cannery.workspace import open_workspace

PLAIN = """site_name: Plain
site_url: https://help.example.com
docs_dir: kb/articles
theme: {name: material, features: [navigation.prune], font: false}
markdown_extensions: [cannery.site.safe_markdown, tables, admonition, pymdownx.superfences, pymdownx.highlight]
plugins: [{search: {lang: [en, ja]}}]
"""
_TOLD = re.compile(
    r"(?:kb: )?(kb/.*?\.(?:md|mdx|markdown)):(\d+): |Doc file '(articles/[^']*\.md)'"
)
_RELATIVE = re.compile(r"\]\(\s*<?(?!https?:|mailto:|#)[^)\s]*")
_WORD = re.compile("[\u30a1-\u30fa\u30fc\u4e00-\u9fff]{3,8}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--sizes", default="1000,10000")
    parser.add_argument("--turns", type=int, default=3)
    parser.add_argument("--search", action="store_true", help="only the search, of the largest")
    parser.add_argument(
        "--keep", type=Path, help="keep the knowledge bases here, for the next time"
    )
    options = parser.parse_args()
    sizes = [int(size) for size in options.sizes.split(",")]
    with place_for(options.keep) as place:
        for size in sizes[-1:] if options.search else sizes:
            root = prepare(options.folder, place / str(size), size)
            if options.search:
                run(root, "site", "build", "--audience", "internal", "-o", "out")
                search(root)
            else:
                build(root, options.turns)


@contextmanager
def place_for(kept: Path | None) -> Iterator[Path]:
    """A folder for knowledge bases: one that stays, or one that goes."""
    if kept:
        kept.mkdir(parents=True, exist_ok=True)
        yield kept
        return
    with tempfile.TemporaryDirectory() as place:
        yield Path(place)


def say(*lines: object) -> None:
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    sys.stdout.flush()


def run(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    program = Path(sys.executable).with_name("kb")
    return subprocess.run(
        [program, *arguments], cwd=root, capture_output=True, text=True, check=False
    )


_SETTINGS = 'site_url = "https://help.example.com"\n'


def prepare(folder: Path, root: Path, size: int, settings: str = _SETTINGS) -> Path:
    """A knowledge base of so many of the files, whose links lead somewhere; its site is in `out`."""
    if (root / "plain.yml").exists():
        done = run(root, "site", "build", "--audience", "internal", "-o", "out")
        assert done.returncode == 0, done.stderr
        return root
    paths = sorted(
        path for path in folder.rglob("*") if path.suffix in (".md", ".markdown", ".mdx")
    )
    chosen = sorted(random.Random(7).sample(paths, min(size, len(paths))))  # noqa: S311
    for path in chosen:
        target = root / "kb/articles" / path.relative_to(folder)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, target)
    (root / "kb/kb.toml").write_text(settings)
    shutil.copy(Path(__file__).parents[2] / "mkdocs.yml", root / "mkdocs.yml")
    (root / "plain.yml").write_text(PLAIN)
    for turn in range(12):
        done = run(root, "site", "build", "--audience", "internal", "-o", "out")
        if done.returncode == 0:
            break
        mend(root, done.stderr, turn)
    else:
        raise SystemExit(done.stderr[-2000:])
    for arguments in (["init", "-q"], ["add", "kb"], ["commit", "-q", "-m", "x"]):
        who = ["-c", "user.name=A", "-c", "user.email=a@example.com"]
        subprocess.run(["git", *who, *arguments], cwd=root, check=True)
    return root


def mend(root: Path, said: str, turn: int) -> None:
    lines: dict[str, set[int]] = defaultdict(set)
    for found in _TOLD.finditer(said):
        lines[found[1] or f"kb/{found[3]}"].add(int(found[2] or 0))
    for path, numbers in lines.items():
        file = root / path
        if turn > 1 or 0 in numbers:
            file.unlink(missing_ok=True)
            continue
        rows = file.read_bytes().decode("utf-8-sig").splitlines(keepends=True)
        for number in numbers:
            rows[number - 1] = _RELATIVE.sub("](https://example.com/x", rows[number - 1])
        file.write_text("".join(rows), "utf-8", newline="")


def build(root: Path, turns: int) -> None:
    def ours() -> None:
        shutil.rmtree(root / "out", ignore_errors=True)
        for kept in (root / ".site").glob("built-*"):
            kept.unlink()
        done = run(root, "site", "build", "--audience", "internal", "-o", "out")
        assert done.returncode == 0, done.stderr

    def cold() -> None:
        shutil.rmtree(open_workspace(root).cache, ignore_errors=True)
        ours()

    def plain() -> None:
        shutil.rmtree(root / "site", ignore_errors=True)
        command = [sys.executable, "-m", "mkdocs", "build", "-q", "-f", "plain.yml"]
        subprocess.run(command, cwd=root, capture_output=True, check=True)

    def stage() -> None:
        shutil.rmtree(root / "staged", ignore_errors=True)
        shutil.rmtree(open_workspace(root).cache, ignore_errors=True)
        code = (
            "from pathlib import Path; from cannery.operations.stage import stage_of, view_for;"
            "from cannery.model.entry import Audience; from cannery.workspace import open_workspace;"
            "from cannery.site.tree import StageFolder;"
            "w = open_workspace(Path.cwd()); stage = stage_of(w, view_for(w, Audience.INTERNAL));"
            "StageFolder(Path('staged')).write(Audience.INTERNAL, stage)"
        )
        subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, check=True)

    times: dict[str, list[float]] = defaultdict(list)
    for _ in range(turns):
        for name, act in (("ours", ours), ("plain", plain), ("cold", cold), ("stage", stage)):
            times[name].append(timed(act))
    pages = sum(1 for _ in (root / "kb").rglob("*.md*"))
    medians = {name: statistics.median(values) for name, values in times.items()}
    say(f"{pages} pages: " + ", ".join(f"{name} {value:.1f} s" for name, value in medians.items()))
    for name in ("ours", "cold"):
        ratios = [one / two for one, two in zip(times[name], times["plain"], strict=True)]
        told = f"{statistics.median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f})"
        say(f"  {name}, of plain's time: {told}")
    say(f"  bytes: {bytes_of(root / 'out'):,} against {bytes_of(root / 'site'):,}")
    rebuild(root, medians["ours"])


def timed(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def bytes_of(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def rebuild(root: Path, whole: float) -> None:
    """One edit, built again, and held against a build of everything."""
    paths = sorted((root / "kb/articles").rglob("*.md"))
    times = []
    for turn in range(3):
        path = paths[len(paths) // (turn + 2)]
        path.write_text(path.read_text("utf-8-sig") + f"\nAn edited line {turn}.\n", "utf-8")
        times.append(
            timed(lambda: run(root, "site", "build", "--audience", "internal", "-o", "out"))
        )
    run(root, "site", "build", "--audience", "internal", "-o", "fresh")
    same = identical(root / "out", root / "fresh")
    median = statistics.median(times)
    say(f"  rebuild after an edit: {median:.2f} s, {median / whole:.3f} of all; identical: {same}")


def identical(one: Path, two: Path) -> bool:
    names = [
        {p.relative_to(folder) for p in folder.rglob("*") if p.is_file()} for folder in (one, two)
    ]
    if names[0] != names[1]:
        return False
    return all(filecmp.cmp(one / name, two / name, shallow=False) for name in names[0])


class _Handler(SimpleHTTPRequestHandler):
    sent = 0

    def log_message(self, *_: object) -> None:
        pass


def search(root: Path) -> None:
    """What the first search fetches and takes, and 50 Japanese words against the pages."""
    from playwright.sync_api import sync_playwright

    server = ThreadingHTTPServer(
        ("127.0.0.1", 0), lambda *args: _Handler(*args, directory=str(root / "out"))
    )
    Thread(target=server.serve_forever, daemon=True).start()
    base = f"http://127.0.0.1:{server.server_port}/"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        for words in (
            "memory allocation",
            "メモリ",
            "install the helm chart",
            "kubernetes",
            "設定方法",
            "e",
        ):
            first(browser, base, words)
        page = browser.new_page()
        page.goto(base)
        words_found(page, base, root)
    server.shutdown()


def first(browser: object, base: str, words: str) -> None:
    context = browser.new_context()  # type: ignore[attr-defined]
    page = context.new_page()
    page.goto(base)
    page.wait_for_timeout(500)
    sizes: list[int] = []
    page.on("response", lambda answer: sizes.append(len(answer.body())))
    code = """async ([base, words]) => { const start = performance.now();
      const index = new URL("assets/search/", base);
      const { hits, terms, total } = await kbSearch.search(index, words, { language: "en" });
      const took = performance.now() - start;
      const asked = performance.getEntriesByType("resource").filter(({ name }) =>
        name.startsWith(index.href)).length;
      await kbSearch.passages(index, hits, terms);
      return [took, total, asked]; }"""
    took, total, asked = page.evaluate(code, [base, words])
    page.wait_for_timeout(200)
    own = page.evaluate(
        "performance.getEntriesByType('resource').filter((e) => /kb\\/page\\.js/.test(e.name)).reduce((s, e) => s + e.decodedBodySize, 0)"
    )
    requests = f"{asked} requests, {len(sizes)} with passages"
    size = f"{sum(sizes) + own:,} bytes"
    say(f"  first search {words!r}: {took:.0f} ms, {requests}, {size}, {total} pages")
    context.close()


def words_found(page: object, base: str, root: Path) -> None:
    """Words that stand inside sentences must be found on exactly the pages where they stand."""
    from cannery.content.comments import strip_comments
    from cannery.model.entry import Audience
    from cannery.operations.stage import view_for
    from cannery.search.strip_markup import strip_markup

    site = view_for(open_workspace(root), Audience.INTERNAL)
    texts = {}
    for item in site.articles.values():
        header = item.header
        names = " ".join((header.title, *header.keywords, *header.tags, header.summary))
        texts[site.address(item.at)] = normalize(
            "NFKC", f"{names} {strip_markup(strip_comments(item.body))}"
        )
    pool = sorted({word for text in texts.values() for word in _WORD.findall(text)})
    chosen = random.Random(50).sample(pool, 50)  # noqa: S311
    wrong = []
    code = """async ([base, words]) => { const index = new URL("assets/search/", base);
      return (await kbSearch.foundPages(index, words)); }"""
    for word in chosen:
        there = {address for address, text in texts.items() if word in text}
        found = set(page.evaluate(code, [base, word]))  # type: ignore[attr-defined]
        if not there <= found:
            wrong.append((word, len(there), len(found), sorted(found ^ there)[:2]))
    say(f"  50 Japanese words, found on all their pages: {50 - len(wrong)}", *wrong)


if __name__ == "__main__":
    main()
