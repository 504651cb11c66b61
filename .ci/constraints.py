"""Write `.ci/constraints.txt`: every package that CI installs, pinned, with its files' hashes.

Run it with `python .ci/constraints.py` after a dependency was added (CI installs only what is
pinned), and with `--upgrade` to take over new releases. One file serves all systems and Python
versions, and names no registry: the installer knows its own.
"""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parent.parent
FILE = ROOT / ".ci/constraints.txt"


def command() -> list[str]:
    """What resolves everything in `pyproject.toml`; versions in the file stay where they can."""
    data = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    extras = [f"--extra={name}" for name in data["project"]["optional-dependencies"]]
    groups = [f"--group={name}" for name in data["dependency-groups"]]
    oldest = data["project"]["requires-python"].removeprefix(">=")
    form = ["--generate-hashes", "--no-header", "--no-annotate", "--no-emit-index-url"]
    everywhere = ["--universal", f"--python-version={oldest}"]
    asked = [*extras, *groups, f"--output-file={FILE}"]
    return ["uv", "pip", "compile", "--quiet", *everywhere, *form, *asked, "pyproject.toml"]


def main(arguments: list[str]) -> int:
    if arguments not in ([], ["--upgrade"]):
        sys.stderr.write("usage: constraints.py [--upgrade]\n")
        return 2
    return subprocess.run([*command(), *arguments], check=False, cwd=ROOT).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
