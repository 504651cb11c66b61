"""How `cannery` is installed: each way of doing so, by each Python. See README.md beside this file.

python -m tests.benchmarks.installs [PYTHON...] [--dist FOLDER] [--only WORDS]

Needs nothing but the standard library, so that it runs on the Python that it looks at. Each way
begins in a new folder and with a home of its own, and counts when both commands fill a macro in
there. The packages come from a cache that is filled before, so that a line's speed is no part.
"""

from __future__ import annotations

import argparse
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import distributions
from pathlib import Path

from tests.benchmarks.installed_size import TOOLS, size

ROOT = Path(__file__).parent.parent.parent
REPLY = [
    *("reply", "first-response", "--print", "--set", "customer=Kim"),
    *("--set", "summary=Builds fail with 502", "--set", "agent.name=Aoki"),
]
_FIRST_LINE = "Hello Kim,"


@dataclass(frozen=True)
class Place:
    """A folder to install into, with the tools that do it and what they install."""

    folder: Path
    python: str
    tools: Path
    dist: Path

    @property
    def wheel(self) -> str:
        return str(next(self.dist.glob("*.whl")))

    @property
    def sdist(self) -> str:
        return str(next(self.dist.glob("*.tar.gz")))

    @property
    def venv(self) -> Path:
        return self.folder / "venv"

    def run(self, *command: str | Path, cwd: Path = ROOT) -> str:
        """What a command prints. Raises SystemExit with what it said, where it fails."""
        mine = {"HOME": str(self.folder), "PIPX_HOME": str(self.folder / "pipx")}
        mine |= {
            "PIPX_BIN_DIR": str(self.folder / "bin"),
            "UV_TOOL_BIN_DIR": str(self.folder / "bin"),
        }
        mine |= {"UV_TOOL_DIR": str(self.folder / "uv"), "PIPX_DEFAULT_PYTHON": self.python}
        caches = {
            "PIP_CACHE_DIR": str(self.tools / "pip-cache"),
            "UV_CACHE_DIR": str(self.tools / "uv-cache"),
        }
        done = subprocess.run(
            [str(word) for word in command], cwd=cwd, env={**os.environ, **mine, **caches},
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        if done.returncode:
            raise SystemExit(f"{command}: {done.returncode}\n{done.stdout}{done.stderr}")
        return done.stdout

    def pip(self, *what: str) -> Path:
        self.run(self.python, "-m", "venv", self.venv)
        self.run(self.venv / "bin/pip", "install", "-q", *what)
        return self.venv / "bin"


def _uv_pip(place: Place) -> Path:
    uv = place.tools / "bin/uv"
    place.run(uv, "venv", "-q", "--python", place.python, place.venv)
    place.run(uv, "pip", "install", "-q", "--python", place.venv / "bin/python", place.wheel)
    return place.venv / "bin"


def _uv_tool(place: Place) -> Path:
    uv = place.tools / "bin/uv"
    place.run(uv, "tool", "install", "-q", "--python", place.python, place.wheel)
    return place.folder / "bin"


def _pipx(place: Place) -> Path:
    place.run(place.tools / "bin/pipx", "install", place.wheel)
    return place.folder / "bin"


def _copy_of_the_source(place: Place) -> str:
    """As in a fresh clone: nothing is written into the checkout that is looked at."""
    return shutil.copytree(
        ROOT,
        place.folder / "source",
        ignore=shutil.ignore_patterns(".venv", "node_modules", "dist"),
    ).as_posix()


WAYS = {
    "pip, wheel": lambda place: place.pip(place.wheel),
    "pip, wheel[site]": lambda place: place.pip(f"{place.wheel}[site]"),
    "pip, sdist": lambda place: place.pip(place.sdist),
    "pip, folder": lambda place: place.pip(_copy_of_the_source(place)),
    "pip, editable": lambda place: place.pip("-e", _copy_of_the_source(place)),
    "uv pip, wheel": _uv_pip,
    "uv tool, wheel": _uv_tool,
    "pipx, wheel": _pipx,
}


def installed(place: Place) -> int:
    """The bytes of the packages there, less what brings packages in."""
    folder = next(path.parent for path in place.folder.rglob("site-packages/typer"))
    found = distributions(path=[str(folder)])
    return sum(size(each).content for each in found if each.metadata["Name"] not in TOOLS)


def _processor() -> float:
    """Seconds that the processors worked for the commands so far."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def rows(
    python: str, tools: Path, dist: Path, ways: str
) -> Iterator[tuple[str, float, float, int]]:
    """Each way with its seconds, those of the processors, and its bytes; that it works is looked at."""
    with tempfile.TemporaryDirectory() as folder:  # the cache, without which a line is measured
        place = Place(Path(folder), python, tools, dist)
        place.run(python, "-m", "venv", place.venv)
        place.run(place.venv / "bin/pip", "install", "-q", "--no-compile", f"{place.wheel}[site]")
        shutil.rmtree(place.venv)
        _uv_pip(place)
    for name, way in WAYS.items():
        if not re.search(ways, name):
            continue
        with tempfile.TemporaryDirectory() as folder:
            place = Place(Path(folder), python, tools, dist)
            begun, worked = time.perf_counter(), _processor()
            programs = way(place)
            seconds, work = time.perf_counter() - begun, _processor() - worked
            for program in ("kb", "cannery"):
                told = place.run(programs / program, *REPLY)
                if not told.startswith(_FIRST_LINE):
                    raise SystemExit(f"{name}: {program} printed {told!r}")
            yield name, seconds, work, installed(place)


def _dist(tools: Path, given: Path | None) -> Path:
    """The wheel and the sdist that are looked at: built here, unless they are given."""
    if given is not None:
        return given
    into = tools / "dist"
    subprocess.run([tools / "bin/python", "-m", "build", "-q", "--outdir", into, ROOT], check=True)
    return into


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("pythons", nargs="*", default=[sys.executable])
    parser.add_argument("--dist", type=Path, help="a folder with one wheel and one sdist")
    parser.add_argument("--only", default="", help="a regular expression: these ways alone")
    options = parser.parse_args(arguments)
    for python in options.pythons:
        with tempfile.TemporaryDirectory() as folder:
            tools = Path(folder)
            subprocess.run([python, "-m", "venv", tools], check=True)
            wanted = ["build", "pipx", "uv"]
            subprocess.run([tools / "bin/pip", "install", "-q", *wanted], check=True)
            dist = _dist(tools, options.dist)
            version = subprocess.check_output([python, "--version"], text=True).strip()
            for name, seconds, work, bytes_ in rows(python, tools, dist, options.only):
                sys.stdout.write(
                    f"| {version} | {name} | {seconds:.0f} s | {work:.0f} s | {bytes_ / 1e6:.0f} MB |\n"
                )
                sys.stdout.flush()


if __name__ == "__main__":
    main()
