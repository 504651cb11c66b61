"""Take over the scripts that are vendored, and write down whose they are, with their licences.

    python .ci/vendored.py [--check]

`npm ci` and the package `holidays` come first. What is in a bundle is what its source map names,
and what its unminified twin has a notice of; each licence is the package's own file. With `--check`
nothing is written, and the exit code is 1 if something had to be.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
MODULES = ROOT / "node_modules"
PACKAGE = ROOT / "tool/cannery"
VENDOR = PACKAGE / "site/web/vendor"
LICENCES = VENDOR / "LICENSES.txt"
ABOUT = """What other people wrote and made that comes with Cannery, with their licences.
The scripts are the packages' own builds, and hold what is named below them.
"""
# In the package, the name here, and the same before it was made small.
SCRIPTS = {
    "liquidjs": (
        "dist/liquid.browser.min.js",
        "liquid.browser.min.js",
        "dist/liquid.browser.umd.js",
    ),
    "markdown-it": ("dist/browser/markdown-it.umd.min.js", "markdown-it.min.js", ""),
    "markdown-it-footnote": (
        "dist/markdown-it-footnote.min.js",
        "markdown-it-footnote.min.js",
        "dist/markdown-it-footnote.js",
    ),
}
_BUNDLED = re.compile(r"node_modules/((?:@[^/]+/)?[^/]+)/")
_NOTICE = re.compile(r"/\*{5,}\n(?P<text>\s*Copyright .*?)\s*\*{5,} ?\*/", re.DOTALL)
_ADAPTED = re.compile(
    r"(?:[Aa]dapted|[Bb]orrowed|[Tt]aken|[Cc]opied) from https?://\S+/(?P<name>[^/\s]+)/blob/"
)
_SAME_LICENCE = {"he": "punycode.js"}  # of the same author, word for word
_OF_TYPESCRIPT = "Permission to use, copy, modify, and/or distribute this software for any\n"


class Part(NamedTuple):
    """What is not ours: its name with its version, its licence by SPDX, where it is, the text."""

    name: str
    licence: str
    where: str
    text: str

    def __str__(self) -> str:
        return f"== {self.name} ({self.where})\nLicense: {self.licence}\n\n{self.text.strip()}\n"


def scripts() -> dict[Path, bytes]:
    """The vendored files as the packages have them."""
    return {
        VENDOR / name: (MODULES / package / file).read_bytes()
        for package, (file, name, _) in SCRIPTS.items()
    }


def parts() -> Iterator[Part]:
    for package, (file, name, readable) in SCRIPTS.items():
        yield _of_npm(package, name)
        bundle = MODULES / package / file
        source_map = bundle.with_name(f"{bundle.name}.map")
        if source_map.exists():
            yield from _bundled(json.loads(source_map.read_text("utf-8")), f"in {name}")
        elif "dependencies" in json.loads((MODULES / package / "package.json").read_text("utf-8")):
            raise SystemExit(f"{package} needs others, and no source map tells which are in it")
        if readable:
            yield from _notices((MODULES / package / readable).read_text("utf-8"), f"in {name}")
    text = (PACKAGE / "search/loan_words.LICENSE.txt").read_text("utf-8")
    yield Part(
        "UniDic 2.1.2",
        "BSD-3-Clause",
        "search/readings.txt, search/loan_words.txt, and the search of a site",
        text,
    )
    yield _of_python("holidays", "content/holidays.json, and the forms of a site")


def _bundled(source_map: dict[str, list[str]], where: str) -> Iterator[Part]:
    """The other packages that a bundle is made of, and what these have from elsewhere."""
    found = {match[1] for match in map(_BUNDLED.search, source_map["sources"]) if match}
    for name in sorted(found):
        yield _of_npm(name, where)
    adapted = {
        match["name"] for text in source_map["sourcesContent"] for match in _ADAPTED.finditer(text)
    }
    for name in sorted(adapted):
        if name not in _SAME_LICENCE:
            raise SystemExit(f"a part of {name} is {where}: say its licence here")
        yield _of_npm(_SAME_LICENCE[name], where)._replace(name=name)


def _of_npm(name: str, where: str) -> Part:
    about = json.loads((MODULES / name / "package.json").read_text("utf-8"))
    texts = [
        path
        for path in sorted((MODULES / name).iterdir())
        if re.match("licen[cs]e", path.name, re.IGNORECASE)
    ]
    if not texts:
        raise SystemExit(f"{name} has no licence: ask its authors, or leave it out")
    return Part(
        f"{name} {about['version']}",
        about["license"],
        where,
        "\n".join(path.read_text("utf-8") for path in texts),
    )


def _notices(script: str, where: str) -> Iterator[Part]:
    """What compilers put into a script, with a notice of its own."""
    for found in _NOTICE.finditer(script):
        text = re.sub(r"^ +", "", found["text"], flags=re.MULTILINE)
        if _OF_TYPESCRIPT not in text:
            raise SystemExit(f"a notice that is not known {where}: say its licence here\n\n{text}")
        yield Part("tslib", "0BSD", where, text)


def _of_python(name: str, where: str) -> Part:
    package = metadata.distribution(name)
    about = package.metadata
    text = package.read_text("licenses/LICENSE")
    if not text:
        raise SystemExit(f"{name} has no licence: ask its authors, or leave it out")
    return Part(
        f"{name} {package.version}", about["License-Expression"] or about["License"], where, text
    )


def main(arguments: list[str]) -> int:
    if arguments not in ([], ["--check"]):
        sys.stderr.write("usage: vendored.py [--check]\n")
        return 2
    wanted = {**scripts(), LICENCES: "\n".join((ABOUT, *map(str, parts()))).encode()}
    behind = {path: data for path, data in wanted.items() if path.read_bytes() != data}
    for path, data in behind.items():
        sys.stdout.write(f"{path.relative_to(ROOT)}\n")
        if not arguments:
            path.write_bytes(data)
    return 1 if behind and arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
