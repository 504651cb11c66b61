"""What an installation takes of the disk, and what of it is whose.

python tests/benchmarks/installed_size.py [ENVIRONMENT...] [--of babel]

`ENVIRONMENT` is a folder of a virtual environment into which the wheel was installed, this one's by
default. Told are the ten largest distributions with their bytecode, in bytes and in blocks of the
disk, and who requires the one that is named.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator
from importlib.metadata import Distribution, distributions
from pathlib import Path
from typing import NamedTuple

SHOWN = 10
_BLOCK = 512
TOOLS = ("pip", "setuptools")  # of the environment, and nothing that we need


class Size(NamedTuple):
    """Of a distribution: bytes of its files, and what they fill of the disk."""

    content: int
    disk: int
    files: int
    name: str

    def __str__(self) -> str:
        return (
            f"{self.content / 1e6:7.1f} MB {self.disk / 1e6:7.1f} MB of disk {self.files:6} files"
        )


def size(distribution: Distribution) -> Size:
    paths = (Path(str(distribution.locate_file(file))) for file in distribution.files or ())
    stats = [path.stat() for path in paths if path.is_file()]
    name = f"{distribution.metadata['Name']} {distribution.version}"
    content = sum(stat.st_size for stat in stats)
    return Size(content, sum(stat.st_blocks * _BLOCK for stat in stats), len(stats), name)


def requiring(name: str, found: list[Distribution]) -> Iterator[str]:
    for distribution in found:
        for requirement in distribution.requires or ():
            is_asked = re.match(rf"{re.escape(name)}\b", requirement, re.IGNORECASE)
            if is_asked and "extra ==" not in requirement:
                yield f"{distribution.metadata['Name']} requires {requirement}"


def measure(environment: Path, name: str) -> None:
    folder = next(environment.glob("lib/python3*/site-packages"))
    found = [
        each for each in distributions(path=[str(folder)]) if each.metadata["Name"] not in TOOLS
    ]
    sizes = sorted(map(size, found), reverse=True)
    content, disk, files, _ = zip(*sizes, strict=True)
    whole = Size(sum(content), sum(disk), sum(files), "all of them")
    sys.stdout.write(f"\n{environment}: {len(sizes)} distributions\n")
    for each in (whole, *sizes[:SHOWN]):
        sys.stdout.write(f"{each.name:<28} {each}\n")
    for line in sorted(requiring(name, found)):
        sys.stdout.write(f"{line}\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("environments", nargs="*", type=Path, default=[Path(sys.prefix)])
    parser.add_argument("--of", default="babel", help="a distribution: who requires it")
    asked = parser.parse_args()
    for environment in asked.environments:
        measure(environment, asked.of)


if __name__ == "__main__":
    main()
