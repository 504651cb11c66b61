"""Each command in each environment: how it ends. See README.md beside this file.

    python -m tests.benchmarks.environments [--only PATTERN] [--jobs 2]

A fault is a traceback (whoever writes it), a result that is lost with exit 0, an exit without a
word, half a file, or a command that hangs. Some environments take root: without it they are left.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

from tests.environments.judge import OTHER, SILENT, TRACEBACK, Fault
from tests.environments.runner import Bench, lacking
from tests.environments.table import ENVIRONMENTS, Environment
from tests.environments.trip import COMMANDS


class Row(NamedTuple):
    """How many commands ended well, how many otherwise, and what was wrong."""

    at: Environment
    well: int
    otherwise: int
    faults: list[tuple[str, Fault]]


def measured(at: Environment, folder: Path) -> Row:
    folder.mkdir()
    folder.chmod(0o755)  # another user works there, too
    bench = Bench.made(folder)
    ends = [(command, *bench.judged(at, command)) for command in COMMANDS]
    faults = [(command.name, fault) for command, _, found in ends for fault in found]
    return Row(
        at, sum(not code for _, code, _ in ends), sum(bool(code) for _, code, _ in ends), faults
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="", help="a pattern that names of environments have")
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    wanted = [each for each in ENVIRONMENTS if re.search(options.only, each.name)]
    here = [each for each in wanted if not lacking(each)]
    start = time.monotonic()
    say("| Environment | Exit 0 | Otherwise | Tracebacks | Silent losses | Other faults |")
    say("| --- | --- | --- | --- | --- | --- |")
    with tempfile.TemporaryDirectory() as name, ThreadPoolExecutor(options.jobs) as pool:
        Path(name).chmod(0o755)
        folders = [Path(name, str(number)) for number in range(len(here))]
        rows = []
        for row in pool.map(measured, here, folders):
            rows.append(row)
            say(_line(row))
    _tell_faults(rows)
    tried = len(here) * len(COMMANDS)
    kinds = Counter(fault.kind for row in rows for _, fault in row.faults)
    say(
        f"\n{len(here)} environments, {len(COMMANDS)} commands each, {tried:,} runs in "
        f"{time.monotonic() - start:.0f} s: {kinds[TRACEBACK]} tracebacks, {kinds[SILENT]} silent "
        f"losses, {kinds[OTHER]} other faults."
    )
    if left := [each.name for each in wanted if each not in here]:
        say(f"Left, for they take root or a program that isn't here: {', '.join(left)}.")
    raise SystemExit(bool(kinds))


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def _line(row: Row) -> str:
    kinds = Counter(fault.kind for _, fault in row.faults)
    counts = (row.well, row.otherwise, kinds[TRACEBACK], kinds[SILENT], kinds[OTHER])
    return f"| {row.at.name} | {' | '.join(map(str, counts))} |"


def _tell_faults(rows: list[Row]) -> None:
    for row in rows:
        for command, fault in row.faults:
            say(f"\n- {row.at.name}, `{command}`: {fault.kind}: {fault.text}")


if __name__ == "__main__":
    main()
