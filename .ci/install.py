"""Install what CI needs into this Python, each file of it with the hash that was pinned for it.

    python .ci/install.py [--extra NAME]... [--group NAME]... [--without NAME]...
                          [--project WHERE | --editable]

Packages come as wheels, so that nothing of theirs runs while they are installed. `--project` is a
wheel of ours or a folder with its source; nothing is downloaded for it. `--without` leaves out one
of the project's own requirements, where another package stands in for it.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).parent.parent
CONSTRAINTS = ROOT / ".ci/constraints.txt"


def pip(*arguments: str) -> None:
    # Python compiles what it imports; most of what is installed is never imported.
    own = ["--quiet", "--disable-pip-version-check", "--no-compile"]
    subprocess.run([sys.executable, "-m", "pip", "install", *own, *arguments], check=True, cwd=ROOT)


def pinned(name: str) -> str:
    """The lines of one package: its version and the hashes."""
    found = re.search(rf"^{name}==(?:.*\\\n)*.*$", CONSTRAINTS.read_text("utf-8"), re.MULTILINE)
    if found is None:
        raise SystemExit(f"{CONSTRAINTS} lacks {name}: run python .ci/constraints.py")
    return found[0]


def asked(extras: list[str], without: list[str]) -> str:
    """What the project itself needs, a requirement a line."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    lists = [project["dependencies"], *(project["optional-dependencies"][name] for name in extras)]
    wanted = (requirement for group in lists for requirement in group)
    return "\n".join(item for item in wanted if re.split(r"[^\w.-]", item)[0] not in without)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--extra", action="append", default=[])
    parser.add_argument("--group", action="append", default=[])
    parser.add_argument("--without", action="append", default=[])
    parser.add_argument("--project", type=Path)
    parser.add_argument("--editable", action="store_true")
    options = parser.parse_args()
    hashed = ["--require-hashes", "--only-binary=:all:"]
    with tempfile.TemporaryDirectory() as folder:
        # A pip of before 25.1 knows no groups, and takes no hashes from a constraints file.
        file = Path(folder, "requirements.txt")
        file.write_text(pinned("pip"), "utf-8")
        pip(*hashed, f"--requirement={file}")
        file.write_text(asked(options.extra, options.without), "utf-8")
        groups = [f"--group={name}" for name in ["build", *options.group]]
        pip(*hashed, f"--constraint={CONSTRAINTS}", f"--requirement={file}", *groups)
    own = ["--no-deps", "--no-index", "--no-build-isolation"]
    if options.editable:
        pip(*own, "--editable", ".")
    elif options.project:
        pip(*own, str(options.project.resolve()))


if __name__ == "__main__":
    main()
