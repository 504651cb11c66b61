"""One target under atheris: `python -m tests.fuzz.atheris_run template -runs=100000 CORPUS`.

It leaves the input that ends it in `crash-...` in the current folder.
"""

from __future__ import annotations

import sys

import atheris

with atheris.instrument_imports(include=["cannery", "liquid", "markdown_it", "yaml"]):
    from tests.fuzz.targets import TARGETS, guarded

if __name__ == "__main__":
    target = TARGETS[sys.argv.pop(1)]

    def run(data: bytes) -> None:
        with guarded():
            target(data)

    atheris.Setup(sys.argv, run)
    atheris.Fuzz()
