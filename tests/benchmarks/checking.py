"""What `kb check` takes on a large knowledge base, and on one that means ill.

python tests/benchmarks/checking.py CORPUS [--runs 5]
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

_EDITED = 10
# Files that mean ill, each as large as the format lets one be.
_SIZE = 4_900_000
_HEAD = "---\ntitle: Ill\n---\n"


def _filled(piece: str) -> str:
    return _HEAD + piece * (_SIZE // len(piece.encode()))


HOSTILE = {
    "links": _filled("[a](b.md) "),
    "links, a line each": _filled("[a](b.md)\n"),
    "pictures": _filled("![a](b.png)\n\n"),
    "reference links": _HEAD + "[a]: b.md\n\n" + "[a] " * 1_200_000,
    "bare addresses": _filled("https://example.com/ "),
    "headings": _filled("## a\n\n###### b\n\n"),
    "quotes in quotes": _HEAD + (">" * 2000 + " a\n") * 2000,
    "lists in lists": _HEAD + "".join(" " * (2 * n) + "- a\n" for n in range(2000)),
    "open brackets": _filled("["),
    "open links": _filled("[a]("),
    "stars": _filled("*"),
    "stars and letters": _filled("**a *b "),
    "backticks": _filled("`" * 7 + " a "),
    "tables": _filled("|a|b|\n|-|-|\n|c|d|\n\n"),
    "a wide table": _HEAD + "|a" * 5000 + "|\n" + "|-" * 5000 + "|\n" + ("|a" * 5000 + "|\n") * 400,
    "tags": _filled("<a <b "),
    "entities": _filled("&amp;&#x41;"),
    "emphasis": _filled("_a_ __b__ ~~c~~ "),
    "one word": _filled("a"),
    "one Japanese sentence": _filled("あ"),
    "digits": _filled("0"),
    "digits and dashes": _filled("090-1234-"),
    "addresses with passwords": _filled("http://a:b"),
    "dots": _filled("eyJ."),
    "promises": _filled("we will fix on by on "),
    "blanks": _filled(" \t"),
    "line feeds": _filled("\n"),
    "allowances": _filled("<!-- kb allow: a because b -->\n"),
    "YAML in YAML": "---\ntitle: " + "[" * 60_000 + "\n---\n",
    "YAML aliases": "---\na: &a [x,x,x,x,x,x,x,x,x]\n"
    + "".join(f"{b}: &{b} [*{a},*{a},*{a},*{a},*{a},*{a},*{a},*{a},*{a}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    + "title: *i\ntags: *i\n---\n",
    "keys": "---\n" + "".join(f"key{n}: x\n" for n in range(6000)) + "---\n",
}  # fmt: skip
_FIELD = "---\ntitle: Ill\nfields:\n- name: a\n  pattern: '{}'\n  default: {}\n---\n{{{{ a }}}}\n"
HOSTILE_MACROS = {
    "pattern, nested": _FIELD.format("(a+)+b", "a" * 5000),
    "pattern, alternatives": _FIELD.format("(a|a|a?)*b", "a" * 5000),
    "pattern, counted": _FIELD.format("(((a{1,99}){1,99}){1,99}){1,99}b", "a" * 5000),
    "tags in a template": _HEAD + "{% if a %}" * 6000,
    "outputs": _HEAD + "{{ a }}" * 8000,
    "names": _HEAD + "".join(f"{{{{ name{n} }}}}" for n in range(3000)),
    "blame": _HEAD + "you did not you have you should " * 150_000,
    "promises": _HEAD + "we will fix this by on within " * 150_000,
    "no end of a sentence": _HEAD + "word " * 900_000,
    "braces": _HEAD + "{%" * 20 + "{" * 500_000,
    "Japanese": _HEAD + "必ず" * 700_000,
}


def timed(root: Path, cache: Path) -> tuple[float, list[dict[str, object]]]:
    """Seconds of one whole command, and what it told."""
    command = [sys.executable, "-m", "cannery", "check", "--json"]
    start = time.perf_counter()
    done = subprocess.run(
        command, cwd=root, capture_output=True, check=False, env={**os.environ, "XDG_CACHE_HOME": str(cache)}
    )  # fmt: skip
    seconds = time.perf_counter() - start
    if done.returncode > 1:
        sys.exit(done.stderr.decode())
    return seconds, json.loads(done.stdout)


def say(what: str, value: str) -> None:
    sys.stdout.write(f"| {what} | {value} |\n")
    sys.stdout.flush()


def speed(root: Path, cache: Path, runs: int) -> None:
    files = sorted((root / "kb" / "articles").rglob("*.md*"))
    found: list[dict[str, object]] = []
    cold, same, edited = [], [], []
    for number in range(runs):
        shutil.rmtree(cache, ignore_errors=True)
        seconds, found = timed(root, cache)
        cold.append(seconds)
        same.append(timed(root, cache)[0])
        for file in files[number :: len(files) // _EDITED][:_EDITED]:
            file.write_bytes(file.read_bytes() + b"\nOne more line.\n")
        edited.append(timed(root, cache)[0])
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1000
    say(f"{len(files):,} files, for the first time", f"{statistics.median(cold):.1f} s")
    say("again, nothing changed", f"{statistics.median(same):.2f} s")
    say(f"again, {_EDITED} files changed", f"{statistics.median(edited):.2f} s")
    say("peak memory of a process", f"{peak:.0f} MB")
    codes = Counter(str(item["code"]) for item in found)
    say("findings", ", ".join(f"{code} {count:,}" for code, count in codes.most_common()))


def hostile(root: Path, cache: Path) -> None:
    for folder, texts in (("articles", HOSTILE), ("macros", HOSTILE_MACROS)):
        for name, text in texts.items():
            shutil.rmtree(root / "kb", ignore_errors=True)
            target = root / "kb" / folder / "ill.md"
            target.parent.mkdir(parents=True)
            (root / "kb" / "kb.toml").touch()
            target.write_text(text, "utf-8")
            shutil.rmtree(cache, ignore_errors=True)
            seconds, found = timed(root, cache)
            say(f"{folder}: {name}", f"{seconds:.1f} s, {len(found):,} findings")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--only", choices=["speed", "hostile"])
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root, cache = Path(folder) / "base", Path(folder) / "cache"
        if asked.only != "hostile":
            shutil.copytree(asked.corpus, root / "kb" / "articles")
            (root / "kb" / "kb.toml").touch()
            speed(root, cache, asked.runs)
        if asked.only != "speed":
            hostile(root, cache)


if __name__ == "__main__":
    main()
