"""What commands take of the processor, in turns with those of another version.

python tests/benchmarks/paired.py OTHER_KB CONTENT [--pairs 15] [--other-content FOLDER]

`OTHER_KB` is the other version's `kb`. Bytecode is kept in a folder of its own, as it is once a
version is installed. `kb check` begins without what is kept of earlier ones.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

_COMMANDS = {
    "check": ["check"],
    "find": ["find", "refund"],
    "reply": [
        "reply", "first-response", "--set", "customer=Kim", "--set", "summary=x",
        "--set", "agent.name=A", "--print",
    ],
    "help": ["--help"],
}  # fmt: skip


def _spent(kb: str, command: list[str], content: Path, cache: Path) -> float:
    """Seconds of the processor, of the user and of the system, children included."""
    if command == _COMMANDS["check"]:
        shutil.rmtree(cache, ignore_errors=True)
    env = {name: text for name, text in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    env |= {"XDG_CACHE_HOME": str(cache), "KB_NO_HELPER": "1"}
    env["PYTHONPYCACHEPREFIX"] = str(cache.parent / "bytecode")
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(
        [kb, *command], cwd=content, env=env, stdin=subprocess.DEVNULL, capture_output=True, check=False
    )  # fmt: skip
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("other")
    parser.add_argument("content", type=Path)
    parser.add_argument("--pairs", type=int, default=15)
    parser.add_argument("--other-content", type=Path)
    asked = parser.parse_args()
    ours = str(Path(sys.executable).with_name("kb"))
    with tempfile.TemporaryDirectory() as folder:
        for name, command in _COMMANDS.items():
            pairs = [
                (
                    _spent(asked.other, command, asked.other_content or asked.content, Path(folder, "other")),
                    _spent(ours, command, asked.content, Path(folder, "ours")),
                )
                for _ in range(asked.pairs + 1)
            ][1:]  # fmt: skip # the first writes bytecode and index
            other, own = (statistics.median(taken) * 1000 for taken in zip(*pairs, strict=True))
            ratio = statistics.median(new / old for old, new in pairs)
            sys.stdout.write(f"{name}: {own:.0f} ms, was {other:.0f} ms: {ratio:.2f} times\n")


if __name__ == "__main__":
    main()
