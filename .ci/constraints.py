"""Write `.ci/constraints.txt`: every package that CI installs, pinned, with its files' hashes.

Run it with `python .ci/constraints.py` after a dependency was added or to take over new releases;
`--check` only tells whether the file still covers what `pyproject.toml` asks for. One file serves
all systems and Python versions, and names no registry: the installer knows its own.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).parent.parent
FILE = ROOT / ".ci/constraints.txt"


def command(target: Path) -> list[str]:
    """What resolves everything in `pyproject.toml`; versions in `target` stay where they can."""
    data = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    extras = [f"--extra={name}" for name in data["project"]["optional-dependencies"]]
    groups = [f"--group={name}" for name in data["dependency-groups"]]
    oldest = data["project"]["requires-python"].removeprefix(">=")
    form = ["--generate-hashes", "--no-header", "--no-annotate", "--no-emit-index-url"]
    everywhere = ["--universal", f"--python-version={oldest}"]
    asked = [*extras, *groups, f"--output-file={target}"]
    return ["uv", "pip", "compile", "--quiet", *everywhere, *form, *asked, "pyproject.toml"]


def main(arguments: list[str]) -> int:
    if arguments not in ([], ["--check"], ["--upgrade"]):
        sys.stderr.write("usage: constraints.py [--check | --upgrade]\n")
        return 2
    if arguments != ["--check"]:
        subprocess.run([*command(FILE), *arguments], check=True, cwd=ROOT)
        return 0
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder, FILE.name)
        fresh.write_bytes(FILE.read_bytes())
        subprocess.run(command(fresh), check=True, cwd=ROOT)
        if fresh.read_bytes() == FILE.read_bytes():
            return 0
    sys.stderr.write(f"{FILE.relative_to(ROOT)} is out of date: run python .ci/constraints.py\n")
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
