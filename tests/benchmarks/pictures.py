"""Pictures of all kinds of pages, to look at before and after a change.

    python -m tests.benchmarks.pictures OUT [--corpus FOLDER] [--content own,init,pages] [--kinds front,form]

The internal sites of our own kb/, of a fresh `kb init`, and (with FOLDER) of 900 real pages in seven
languages with pictures: at three widths, light and dark and printed, in English and Japanese. A sheet
of each has all its kinds side by side.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from itertools import product
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Browser, Page, sync_playwright
from tests.benchmarks.contents import fresh, own, seven_languages
from tests.benchmarks.served import served
from tests.benchmarks.site import say

from cannery.model.entry import Audience
from cannery.operations.build_site import Mode, build_site
from cannery.workspace import open_workspace

WIDTHS = {390: 844, 768: 1024, 1440: 900}
SCHEMES = ("light", "dark")
LANGUAGES = {"en": "", "ja": "ja/"}
_PAPER = 794
"""The width of a sheet of A4 in CSS pixels."""
_HIGHEST = 2600


class Kind(NamedTuple):
    name: str
    path: str
    act: Callable[[Page, str], None] = lambda *_: None


def searched(page: Page, words: str, wait: int = 900) -> None:
    page.keyboard.press("/")
    page.keyboard.type(words)
    page.wait_for_timeout(wait)


def asked(english: str, japanese: str) -> Callable[[Page, str], None]:
    return lambda page, language: searched(page, japanese if language == "ja" else english)


CONTENTS: dict[str, tuple[Kind, ...]] = {
    "own": (
        Kind("front", ""),
        Kind("section", "articles/net/"),
        Kind("article", "articles/net/tls-failures/"),
        Kind("form", "macros/billing/refund/"),
        Kind("finder", "macros/"),
        Kind("search", "articles/auth/", asked("certificate expired", "証明書")),
        Kind("nothing", "articles/auth/", asked("xylophone quartz", "木琴")),
        Kind("missing", "no/such/page/"),
        Kind("changes", "changes/"),
        Kind("tag", "tags/network/"),
    ),
    "init": (
        Kind("front", ""),
        Kind("section", "articles/guides/"),
        Kind("article", "articles/guides/first-article/"),
        Kind("form", "macros/general/hello/"),
        Kind("finder", "macros/"),
        Kind("search", "", asked("hello", "記事")),
        Kind("missing", "no/such/page/"),
        Kind("changes", "changes/"),
    ),
    "pages": (
        Kind("front", ""),
        Kind("section", "articles/astro/guides/"),
        Kind("big", "articles/outlook/"),
        Kind("article", "articles/astro/basics/project-structure/"),
        Kind("pictures", "articles/astro/concepts/islands/"),
        Kind("search", "", asked("install", "インストール")),
        Kind("missing", "no/such/page/"),
        Kind("changes", "changes/"),
    ),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("out", type=Path)
    parser.add_argument("--corpus", type=Path)
    parser.add_argument("--content", default="own,init,pages")
    parser.add_argument("--kinds", default="", help="only these")
    options = parser.parse_args()
    makers = {"own": own, "init": fresh}
    if options.corpus:
        makers["pages"] = partial(seven_languages, options.corpus)
    with tempfile.TemporaryDirectory() as place, sync_playwright() as playwright:
        program = shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        for name in options.content.split(","):
            if name not in makers:
                continue
            root = makers[name](Path(place) / name)
            built = root / "pictured"
            build_site(open_workspace(root), Audience.INTERNAL, built, mode=Mode(alone=True))
            only = set(options.kinds.split(",")) - {""}
            kinds = [kind for kind in CONTENTS[name] if not only or kind.name in only]
            (options.out / name).mkdir(parents=True, exist_ok=True)
            with served(built) as address:
                say(
                    f"{name}: {sum(1 for _ in photographed(browser, address, kinds, options.out / name))}"
                )
            for language in LANGUAGES:
                sheets(browser, options.out / name, language, kinds)
        browser.close()


def photographed(browser: Browser, address: str, kinds: list[Kind], out: Path) -> Iterator[Path]:
    for scheme, (width, height) in product(SCHEMES, WIDTHS.items()):
        page = browser.new_page(
            color_scheme=scheme,  # type: ignore[arg-type]
            viewport={"width": width, "height": height},
            has_touch=width == min(WIDTHS),
        )
        for kind, (language, prefix) in product(kinds, LANGUAGES.items()):
            opened(page, f"{address}/{prefix}{kind.path}", kind, language)
            yield shot(page, out / f"{kind.name}-{language}-{width}-{scheme}.png")
        page.close()
    page = browser.new_page(viewport={"width": _PAPER, "height": 1123})
    page.emulate_media(media="print")
    for kind, (language, prefix) in product(kinds, LANGUAGES.items()):
        opened(page, f"{address}/{prefix}{kind.path}", kind, language)
        yield shot(page, out / f"{kind.name}-{language}-print.png")
    page.close()


def opened(page: Page, address: str, kind: Kind, language: str) -> None:
    page.goto(address)
    page.evaluate("document.fonts.ready")
    page.wait_for_timeout(150)
    kind.act(page, language)


def shot(page: Page, path: Path) -> Path:
    """The whole page, or as much of it as one can look at."""
    width, height = page.evaluate(
        "[innerWidth, Math.max(innerHeight, document.documentElement.scrollHeight)]"
    )
    clip = {"x": 0, "y": 0, "width": width, "height": min(height, _HIGHEST)}
    page.screenshot(path=path, full_page=True, clip=clip)  # type: ignore[arg-type]
    return path


def sheets(browser: Browser, out: Path, language: str, kinds: list[Kind]) -> None:
    """All kinds side by side, at one width and in one scheme."""
    for kind_of_picture in (*(f"{w}-{s}" for w, s in product(WIDTHS, SCHEMES)), "print"):
        names = [f"{kind.name}-{language}-{kind_of_picture}.png" for kind in kinds]
        width = min(int(kind_of_picture.partition("-")[0].replace("print", "600")), 600)
        cells = "".join(
            f'<figure><figcaption>{name}</figcaption><img src="{name}" width="{width}"></figure>'
            for name in names
        )
        style = "body{display:flex;flex-wrap:wrap;gap:12px;align-items:start;background:#999}figure{margin:0}img{max-height:1000px;object-fit:cover;object-position:top}"
        path = out / f"sheet-{language}-{kind_of_picture}.html"
        path.write_text(f"<meta charset=utf-8><style>{style}</style>{cells}", "utf-8")
        page = browser.new_page(viewport={"width": 2000, "height": 1000})
        page.goto(path.absolute().as_uri())
        page.screenshot(path=path.with_suffix(".png"), full_page=True)
        page.close()


if __name__ == "__main__":
    main()
