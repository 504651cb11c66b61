"""Faults put into the code on purpose, and which test finds each. See README.md beside this file.

python tests/benchmarks/mutants.py pick mutants.json [--count 30] [--seed 16]
python tests/benchmarks/mutants.py run mutants.json

`pick` draws small changes by a seed until as many as asked for were found by a test, and keeps them
with the text of their line, so that `run` finds them again in a tree whose modules have moved. Both
work on a clone of HEAD; exit code 1 means that a mutant lives on or that its line is gone.
"""

from __future__ import annotations

import argparse
import ast
import json
import os
import random
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).parents[2]
CODE = "tool/cannery"
_SECONDS = 240  # for the tests of one mutant: one that never ends is found, too
_SWAPS: dict[type[ast.AST], tuple[str, str]] = {
    ast.Lt: ("<", "<="),
    ast.LtE: ("<=", "<"),
    ast.Gt: (">", ">="),
    ast.GtE: (">=", ">"),
    ast.Eq: ("==", "!="),
    ast.NotEq: ("!=", "=="),
    ast.In: ("in", "not in"),
    ast.NotIn: ("not in", "in"),
    ast.Is: ("is", "is not"),
    ast.IsNot: ("is not", "is"),
    ast.And: ("and", "or"),
    ast.Or: ("or", "and"),
    ast.Add: ("+", "-"),
    ast.Sub: ("-", "+"),
}


@dataclass(frozen=True)
class Mutant:
    """One changed line. `line` and `mutated` are without indentation; `killer` is a test's id."""

    file: str
    function: str
    line: str
    mutated: str
    killer: str = ""


@dataclass(frozen=True)
class _Edit:
    """What is put in place of a piece of one line (counted from 0)."""

    row: int
    start: int
    end: int
    text: str


def _between(
    left: ast.expr, right: ast.expr, operator: ast.AST, rows: list[str]
) -> Iterator[_Edit]:
    """An operator has no position of its own: it stands between its operands."""
    words = _SWAPS.get(type(operator))
    if words is None or left.end_lineno != right.lineno or left.end_col_offset is None:
        return
    row = right.lineno - 1
    gap = rows[row].encode()[left.end_col_offset : right.col_offset].decode()
    found = re.search(rf"(?<![\w<>=!]){re.escape(words[0])}(?![\w<>=!])", gap)
    if found:
        start = len(rows[row].encode()[: left.end_col_offset].decode()) + found.start()
        yield _Edit(row, start, start + len(words[0]), words[1])


def _replaced(node: ast.expr, text: str, rows: list[str]) -> Iterator[_Edit]:
    if node.lineno == node.end_lineno and node.end_col_offset is not None:
        raw = rows[node.lineno - 1].encode()
        start, end = (len(raw[:at].decode()) for at in (node.col_offset, node.end_col_offset))
        yield _Edit(node.lineno - 1, start, end, text)


def _edits(node: ast.AST, rows: list[str]) -> Iterator[_Edit]:
    match node:
        case ast.Compare(left=left, ops=operators, comparators=others):
            for one, operator, other in zip([left, *others], operators, others, strict=False):
                yield from _between(one, other, operator, rows)
        case ast.BoolOp(op=operator, values=[*values]):
            for one, other in pairwise(values):
                yield from _between(one, other, operator, rows)
        case ast.BinOp(left=left, op=operator, right=right):
            yield from _between(left, right, operator, rows)
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            yield from _replaced(node, f"({ast.unparse(operand)})", rows)
        case ast.Constant(value=bool(value)):
            yield from _replaced(node, str(not value), rows)
        case ast.Constant(value=int(value)):
            yield from _replaced(node, str(value + 1), rows)
        case ast.Return(value=ast.expr() as value) if not isinstance(value, ast.Constant):
            yield from _replaced(value, "None", rows)


def _inside(function: ast.AST) -> Iterator[ast.AST]:
    """The nodes of a function's body: no defaults, annotations, decorators or inner functions."""
    waiting: list[ast.AST] = [*getattr(function, "body", [])]
    while waiting:
        node = waiting.pop(0)
        if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.JoinedStr | ast.Raise):
            continue
        yield node
        waiting += [
            child
            for name, value in ast.iter_fields(node)
            if name != "annotation"
            for child in (value if isinstance(value, list) else [value])
            if isinstance(child, ast.AST)
        ]


def mutants_of(file: str, source: str) -> Iterator[Mutant]:
    rows = source.split("\n")
    for function in ast.walk(ast.parse(source)):
        if not isinstance(function, ast.FunctionDef):
            continue
        for node in _inside(function):
            for edit in _edits(node, rows):
                row = rows[edit.row]
                mutated = row[: edit.start] + edit.text + row[edit.end :]
                yield Mutant(file, function.name, row.strip(), mutated.strip())


def drawn(root: Path, seed: int) -> Iterator[Mutant]:
    """All mutants in an order that follows from the seed, one a line."""
    paths = sorted(path for path in (root / CODE).rglob("*.py") if "owner_" not in path.name)
    every = [
        mutant
        for path in paths
        for mutant in mutants_of(path.relative_to(root).as_posix(), path.read_text("utf-8"))
    ]
    chance = random.Random(seed)  # noqa: S311 - the same mutants each time
    chance.shuffle(every)
    lines: set[tuple[str, str]] = set()
    for mutant in every:
        if (mutant.file, mutant.line) not in lines:
            lines.add((mutant.file, mutant.line))
            yield mutant


def located(root: Path, mutant: Mutant) -> tuple[Path, int] | None:
    """Where the line stands now: in its own file, else in a function of its name, else anywhere."""
    places = [
        (path, number)
        for path in sorted((root / CODE).rglob("*.py"))
        for number, row in enumerate(path.read_text("utf-8").split("\n"))
        if row.strip() == mutant.line
    ]

    def rank(place: tuple[Path, int]) -> tuple[bool, bool, bool]:
        path, number = place
        above = path.read_text("utf-8").split("\n")[:number]
        heads = [row for row in above if re.match(r"\s*def ", row)]
        own = (
            bool(heads) and re.search(rf"def {re.escape(mutant.function)}\b", heads[-1]) is not None
        )
        return not own, path != root / mutant.file, path.name != Path(mutant.file).name

    return min(places, key=rank, default=None)


def tests_for(root: Path, module: Path) -> list[list[str]]:
    """What may find a fault of a module, nearest first: its own, those that import it, its folder, its callers'."""
    inner = module.relative_to(root / CODE)
    own = root / "tests" / inner.parent / f"test_{inner.stem.lstrip('_')}.py"
    dotted = ".".join(("cannery", *inner.with_suffix("").parts)).removesuffix(".__init__")
    package, _, name = dotted.rpartition(".")
    imports = re.compile(
        rf"(from|import) {re.escape(dotted)}\b|from {re.escape(package)} import .*\b{name}\b"
    )
    users = [path for path in _importing(root / "tests", imports) if path != own]
    folder = root / "tests" / inner.parent
    callers = {
        root / "tests" / path.relative_to(root / CODE).parent
        for path in _importing(root / CODE, imports)
    } - {folder, root / "tests"}
    steps = [
        [own] if own.exists() else [],
        [path for path in users if path.name.startswith("test_")],
        [folder] if folder.is_dir() else [],
        sorted(path for path in callers if path.is_dir()),
    ]
    return [[path.relative_to(root).as_posix() for path in step] for step in steps if step]


def _importing(folder: Path, imports: re.Pattern[str]) -> list[Path]:
    return [
        path for path in sorted(folder.rglob("*.py")) if imports.search(path.read_text("utf-8"))
    ]


def _failure(root: Path, tests: list[str], without: list[str]) -> str:
    """The first test that fails; empty where all pass."""
    env = {**os.environ, "PYTHONPATH": str(root / "tool"), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-x",
        "-q",
        "-p",
        "no:cacheprovider",
    ]
    left_out = [f"--deselect={test}" for test in without]
    try:
        done = subprocess.run(
            [*command, "--tb=no", *left_out, *tests], cwd=root, env=env, capture_output=True,
            text=True, timeout=_SECONDS, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return f"{tests[0]} (never ends)"
    if done.returncode in {0, 5}:
        return ""
    found = re.search(r"^(?:FAILED|ERROR) ([^\n]+?)(?: - |$)", done.stdout, re.MULTILINE)
    return found[1] if found else f"{tests[0]} (does not start)"


def tried(root: Path, mutant: Mutant, broken: list[str]) -> Mutant | None:
    """The mutant with the test that finds it; None where its line is gone.

    Tests that fail without it, too, or not each time, are added to `broken` and left out.
    """
    place = located(root, mutant)
    if place is None:
        return None
    path, number = place
    source = path.read_text("utf-8")
    rows = source.split("\n")
    rows[number] = rows[number].replace(mutant.line, mutant.mutated)
    known = mutant.killer.partition("::")[0]
    first = [[known]] if known and (root / known).exists() else []

    def failure(tests: list[str], *, with_it: bool, without: list[str]) -> str:
        path.write_text("\n".join(rows) if with_it else source, "utf-8")
        try:
            return _failure(root, tests, without)
        finally:
            path.write_text(source, "utf-8")

    for tests in [*first, *tests_for(root, path)]:
        while killer := failure(tests, with_it=True, without=broken):
            if killer.endswith(")"):
                return replace(mutant, killer=killer)
            is_sure = failure([killer], with_it=True, without=[])
            if is_sure and not failure([killer], with_it=False, without=[]):
                return replace(mutant, killer=killer)
            broken.append(killer)
    return replace(mutant, killer="")


def _tell(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _pick(root: Path, count: int, seed: int) -> list[Mutant]:
    kept: list[Mutant] = []
    broken: list[str] = []
    for mutant in drawn(root, seed):
        if len(kept) == count:
            break
        outcome = tried(root, mutant, broken)
        killer = outcome.killer if outcome else ""
        if killer.endswith(")"):  # a loop without end, or a module that can't be imported
            continue
        _tell(f"{mutant.file}: {mutant.mutated}\n    {killer or 'lives'}")
        if outcome and killer:
            kept.append(outcome)
    return kept


def _run(root: Path, mutants: list[Mutant]) -> bool:
    """Try each again; whether all are found."""
    killed = 0
    broken: list[str] = []
    for mutant in mutants:
        outcome = tried(root, mutant, broken)
        killer = outcome.killer or "LIVES" if outcome else "its line is gone"
        killed += bool(outcome and outcome.killer)
        _tell(f"{mutant.file}: {mutant.line}\n    {mutant.mutated}\n    {killer}")
    _tell(f"{killed} of {len(mutants)} killed")
    return killed == len(mutants)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("act", choices=["pick", "run"])
    parser.add_argument("file", type=Path)
    parser.add_argument("--count", type=int, default=30)
    parser.add_argument("--seed", type=int, default=16)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder, "clone")
        subprocess.run(["git", "clone", "-q", str(ROOT), str(root)], check=True)
        if options.act == "pick":
            picked = [asdict(mutant) for mutant in _pick(root, options.count, options.seed)]
            options.file.write_text(
                json.dumps(picked, indent=1, ensure_ascii=False) + "\n", "utf-8"
            )
        elif not _run(root, [Mutant(**row) for row in json.loads(options.file.read_text("utf-8"))]):
            sys.exit(1)


if __name__ == "__main__":
    main()
