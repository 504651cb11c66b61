"""What `kb check` finds in real bodies of articles: how much, and a sample of each rule to be read.

python tests/benchmarks/precision.py BODIES --base FOLDER                     # findings by rule and body
python tests/benchmarks/precision.py BODIES --base FOLDER --rule title --sample 20 --seed 1

BODIES is a folder that `bodies.py` made. Each body becomes a knowledge base of its own in FOLDER, once,
and is checked: with `--adopt` as `kb adopt` makes one of it (what is no Markdown is imported), else its
files are dropped below `kb/articles`. A sample is drawn evenly from the bodies that have findings, each
as a terminal shows it, with the file, the line and what stands around it, for a person to judge.
"""

from __future__ import annotations

import argparse
import itertools
import os
import random
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from cannery.check.statistics import grouped
from cannery.model.location import Problem
from cannery.operations.check import check
from cannery.workspace import open_workspace

_SETTINGS = 'languages = ["en", "ja", "fr"]\n'
_ARTICLES = "kb/articles/"
_WIDTH = 160


def drop(body: Path, root: Path) -> None:
    """Make a knowledge base whose articles are a body's files."""
    shutil.copytree(body, root / _ARTICLES, ignore=shutil.ignore_patterns(".git"))
    (root / "kb" / "kb.toml").write_text(_SETTINGS)


def adopt(body: Path, root: Path) -> None:
    """Make a knowledge base of a body where it lies; import it where it is no Markdown."""
    command = [sys.executable, "-m", "cannery", "adopt", "--yes"]
    shutil.copytree(body, root)
    if subprocess.run(command, cwd=root, check=False, capture_output=True).returncode:
        shutil.rmtree(root)
        (root / "kb").mkdir(parents=True)
        (root / "kb" / "kb.toml").write_text(_SETTINGS)
        subprocess.run([*command, str(body)], cwd=root, check=True, capture_output=True)


def findings(root: Path) -> Sequence[Problem]:
    """What a terminal shows: a finding that stands in many files word for word comes once."""
    return [item.problem for item in grouped(check(open_workspace(root)).problems)]


def drawn(
    found: Mapping[str, Sequence[Problem]], size: int, seed: int
) -> Iterator[tuple[str, Problem]]:
    """A sample: one of each body in turns, so that a large body does not speak for all."""
    chance = random.Random(seed)  # noqa: S311 - a sample, no secret
    by_body = {
        name: chance.sample(sorted(items, key=str), min(len(items), size))
        for name, items in sorted(found.items())
        if items
    }
    turns = itertools.zip_longest(
        *([(name, one) for one in items] for name, items in by_body.items())
    )
    yield from itertools.islice((one for turn in turns for one in turn if one), size)


def _context(root: Path, problem: Problem, lines: int) -> Iterator[str]:
    path = root / problem.path
    text = path.read_text("utf-8", "replace").splitlines() if path.is_file() else []
    first = max(0, problem.line - 1 - lines)
    for number, line in enumerate(text[first : problem.line + lines], start=first + 1):
        yield f"    {number:>5} {line[:_WIDTH]}"


def _table(found: Mapping[str, Sequence[Problem]]) -> Iterator[str]:
    by_rule = Counter(item.code for items in found.values() for item in items)
    yield f"{'rule':<16}{'all':>7} " + " ".join(f"{name[:9]:>9}" for name in found)
    for code, count in by_rule.most_common():
        row = (Counter(item.code for item in items)[code] for items in found.values())
        yield f"{code:<16}{count:>7} " + " ".join(f"{number or '':>9}" for number in row)
    total = (len(items) for items in found.values())
    yield f"{'all':<16}{by_rule.total():>7} " + " ".join(f"{number:>9}" for number in total)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("bodies", type=Path)
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--adopt", action="store_true")
    parser.add_argument("--only", action="append", default=[])
    parser.add_argument("--rule", default="")
    parser.add_argument("--sample", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--lines", type=int, default=1)
    chosen = parser.parse_args()
    os.environ["XDG_CACHE_HOME"] = str(chosen.base / "cache")
    names = chosen.only or sorted(path.name for path in chosen.bodies.glob("[!.]*"))
    found: dict[str, Sequence[Problem]] = {}
    for name in names:
        if not (chosen.base / name).exists():
            (adopt if chosen.adopt else drop)(chosen.bodies / name, chosen.base / name)
        found[name] = findings(chosen.base / name)
    if not chosen.rule:
        sys.stdout.writelines(f"{row}\n" for row in _table(found))
        return
    of_rule = {name: [one for one in found[name] if one.code == chosen.rule] for name in found}
    for number, (name, one) in enumerate(drawn(of_rule, chosen.sample, chosen.seed), start=1):
        place = one.path.removeprefix(_ARTICLES)
        sys.stdout.write(f"{number:>3} {name} {place}:{one.line}\n    {one.message} | {one.hint}\n")
        sys.stdout.writelines(f"{row}\n" for row in _context(chosen.base / name, one, chosen.lines))


if __name__ == "__main__":
    main()
