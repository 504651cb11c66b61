"""How long it takes until `kb` says its version, its help, or what is wrong with a command.

python tests/benchmarks/starting.py [--pairs 40] [ENVIRONMENT...]

`ENVIRONMENT` is a folder of a virtual environment into which the wheel was installed, this one's by
default. An editable installation is slower: its finder takes time of its own. Each command runs in
turns with `python -I -c pass` of the same environment; told are medians, and their ratio. Exits
with 1 where the version or a help takes more than five times bare Python.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from cannery.cli.app import COMMANDS, GROUPS

BAR = 5.0
HELPS = ("--version", "--help", "find --help", "reply --help", "desk pull --help")
OTHERS = ("fnid hello", "check --fixx")  # what is refused: by Typer, which has to be loaded
_FEW = 10  # pairs of each help, of which the slowest is told


def seconds(command: Sequence[str]) -> float:
    start = time.perf_counter()
    subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=False,
    )
    return time.perf_counter() - start


def measured(command: Sequence[str], bare: Sequence[str], pairs: int) -> tuple[float, float]:
    """Median milliseconds of a command, and how many times those of bare Python they are."""
    found = [(seconds(command), seconds(bare)) for _ in range(pairs + 1)][1:]
    taken, least = (statistics.median(times) * 1000 for times in zip(*found, strict=True))
    return taken, taken / least


def every_help() -> Iterator[str]:
    for name in COMMANDS:
        for words in (name, *(f"{name} {each}" for each in GROUPS.get(name, ()))):
            yield f"{words} --help"


def measure(environment: Path, pairs: int) -> bool:
    """Print what an environment's commands take; whether the bar holds."""
    binaries = environment / "bin"
    bare = [str(binaries / "python"), "-I", "-c", "pass"]

    def of(program: Sequence[str], words: str, count: int) -> tuple[float, float]:
        return measured([*program, *words.split()], bare, count)

    version = subprocess.run([bare[0], "-V"], capture_output=True, text=True, check=True).stdout
    sys.stdout.write(f"\n{version.strip()}\n")
    kb, module = [str(binaries / "kb")], [bare[0], "-m", "cannery"]
    slowest = max((of(kb, words, _FEW)[1], words) for words in every_help())
    rows = {f"kb {words}": of(kb, words, pairs) for words in HELPS}
    rows["cannery --version"] = of([str(binaries / "cannery")], "--version", pairs)
    rows["python -m cannery --version"] = of(module, "--version", pairs)
    rows[f"the slowest help: kb {slowest[1]}"] = of(kb, slowest[1], pairs)
    is_met = all(ratio <= BAR for _, ratio in rows.values())
    rows |= {f"kb {words}": of(kb, words, pairs) for words in OTHERS}
    for name, (taken, ratio) in rows.items():
        sys.stdout.write(f"{name:<48} {taken:6.1f} ms {ratio:5.2f} x\n")
    return is_met


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("environments", nargs="*", type=Path, default=[Path(sys.prefix)])
    parser.add_argument("--pairs", type=int, default=40)
    asked = parser.parse_args()
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # what is installed is compiled
    os.environ["KB_NO_HELPER"] = "1"
    met = [measure(each, asked.pairs) for each in asked.environments]
    sys.exit(not all(met))


if __name__ == "__main__":
    main()
