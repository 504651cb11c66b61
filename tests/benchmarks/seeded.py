"""Whether `kb check` still finds true faults in a real body: twenty of each rule are put into one.

python tests/benchmarks/seeded.py KNOWLEDGE_BASE

KNOWLEDGE_BASE is a body that `precision.py` made a knowledge base of. The faults are written to a copy,
each to a file of its own in folders of the body, and so that a count of those found by file is fair.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import string
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from cannery.operations.check import check
from cannery.workspace import open_workspace

_EACH = 20
_CHANCE = random.Random(7)  # noqa: S311 - made up, the same in each run
_LETTERS = string.ascii_letters + string.digits
_WORDS = [
    "printer",
    "router",
    "invoice",
    "refund",
    "calendar",
    "password",
    "license",
    "upload",
    "cookie",
    "firewall",
    "proxy",
    "certificate",
    "contract",
    "shipment",
    "voucher",
    "mailbox",
    "archive",
    "keyboard",
    "monitor",
    "webhook",
]


def _made(size: int) -> str:
    return "".join(_CHANCE.choice(_LETTERS) for _ in range(size))


def _phone() -> str:
    return (
        f"0{_CHANCE.choice('789')}0-{_CHANCE.randrange(1000, 9999)}-{_CHANCE.randrange(1000, 9999)}"
    )


def _text() -> list[str]:
    """A text of its own words, by sentence."""
    words = ["".join(_CHANCE.choices(string.ascii_lowercase, k=6)) for _ in range(60)]
    return [" ".join(_CHANCE.choices(words, k=9)) + "." for _ in range(24)]


def _twice(word: str, number: int) -> Mapping[str, str]:
    """A text, and what a colleague made of it: other sentences here and there, in another order."""
    text, more = _text(), _text()[:3]
    again = _CHANCE.sample(text[3:] + more, 24)
    return {
        f"{word}-again.md": _page(f"Set-up {number}", "\n\n".join(again)),
        f"{word}-first.md": _page(f"Starting {number}", "\n\n".join(text)),
    }


def _page(title: str, body: str, more: str = "") -> str:
    return f"---\ntitle: {title}\n{more}---\n{body}\n"


Seed = Callable[
    [int, str], Mapping[str, str]
]  # number and word -> texts by name; the first is told
_KEYS = (
    "sumary",
    "titel",
    "keyword",
    "reveiwed",
    "onwer",
    "satus",
    "audiance",
    "relatd",
    "tag",
    "Summary",
)
_SECRETS: tuple[Callable[[], str], ...] = (
    lambda: "ghp_" + _made(36), lambda: "glpat-" + _made(20), lambda: "sk_live_" + _made(24),
    lambda: f"postgres://app:{_made(14)}@db.internal/app",
    lambda: "-----BEGIN RSA " + "PRIVATE KEY-----\n" + _made(64),
)  # fmt: skip

SEEDS: Mapping[str, Seed] = {
    "title": lambda n, word: {f"{word}{n}.md": f"The {word} is set up like this.\n"},
    "same-title": lambda n, word: {
        f"b/{word}-two.md": _page(f"How to restart the {word}", f"Turn {n} off."),
        f"a/{word}-one.md": _page(f"How to restart the {word}", f"Pull {n} out."),
    },
    "duplicate": lambda n, word: _twice(word, n),
    "secret": lambda n, word: {f"{word}.md": _page(word, f"Use {_SECRETS[n % 5]()} there.")},
    "personal": lambda n, word: {f"{word}.md": _page(word, f"Ms Tanaka ({n}) is at {_phone()}.")},
    "header": lambda n, word: {f"{word}.md": _page(word, "Text.", f"{_KEYS[n % 10]}: x\n")},
    "heading": lambda n, word: {f"{word}.md": _page(word, f"## A\n\n{'#' * (4 + n % 2)} B")},
    "anchor": lambda n, word: {f"{word}.md": _page(word, f"## A\n\n[x](#{word}-{n})")},
    "link": lambda n, word: {f"{word}.md": _page(word, f"[x]({word}-{n}-gone.md)")},
    "image": lambda n, word: {f"{word}.md": _page(word, f"![x]({word}-{n}.png)")},
    "unsupported": lambda n, word: {f"{word}.md": _page(word, f"<{('b', 'i', 'u')[n % 3]}>x</b>")},
    "active": lambda n, word: {f"{word}.md": _page(word, f"<script>{n}</script>")},
    "front-matter": lambda n, word: {f"{word}.md": f"---\ntitle: [{word} {n}\n---\nText.\n"},
}  # fmt: skip


def found(root: Path, code: str, seed: Seed) -> int:
    """How many of a rule's faults are found, put into a copy of a knowledge base one by one."""
    folder = root / "kb" / "articles" / "seeded"
    faults = []
    for number, word in enumerate(_WORDS[:_EACH]):
        texts = seed(number, word)
        faults.append({f"kb/articles/seeded/{name}" for name in texts})
        for name, text in texts.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
    told = {item.path for item in check(open_workspace(root)).problems if item.code == code}
    shutil.rmtree(folder)
    return sum(not told.isdisjoint(paths) for paths in faults)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("knowledge_base", type=Path)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_CACHE_HOME"] = f"{folder}/cache"
        root = Path(folder) / "base"
        shutil.copytree(chosen.knowledge_base, root, ignore=shutil.ignore_patterns(".git"))
        for code, seed in SEEDS.items():
            sys.stdout.write(f"{code:<16}{found(root, code, seed):>3} of {_EACH}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
