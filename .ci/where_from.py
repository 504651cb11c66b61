"""Write anew, in guides and workflows, what `cannery` is installed from.

    python .ci/where_from.py [--check]

`tool/cannery/distribution.py` says it. The program imports that; pages and workflows can't. With
`--check` nothing is written, and the exit code is 1 if something had to be.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tool"))  # these sources, whatever is installed

from cannery import distribution  # noqa: E402

_EXTRAS = r"cannery(?:\[(?P<extras>[\w,-]+)\])?"
_REQUIREMENT = re.compile(rf"{_EXTRAS}(?: @ git\+\S+?@[0-9a-f]{{40}}|==\d[\w.]*)")
_WORKFLOW = re.compile(r"(?<=uses: )\S+(?P<path>/\.github/workflows/knowledge-base\.yml)@\S+")
_HOOK = re.compile(r"(?<=repo: )\S+/cannery\n(?P<key> +rev: )\S+")


def files() -> Iterator[Path]:
    """Where readers and CI are told what to install. A change log says what was."""
    yield from (ROOT / "README.md", ROOT / "CONTRIBUTING.md")
    yield from sorted((ROOT / ".github").rglob("*.[my]*"))
    yield from sorted((ROOT / "tool/cannery/manual/kb").rglob("*.md"))


def rewritten(text: str) -> str:
    owner = distribution.REPOSITORY.removeprefix("https://github.com/")
    revision = distribution.revision()
    text = _REQUIREMENT.sub(_requirement, text)
    text = _WORKFLOW.sub(rf"{owner}\g<path>@{revision}", text)
    return _HOOK.sub(rf"{distribution.REPOSITORY}\n\g<key>{revision}", text)


def _requirement(found: re.Match[str]) -> str:
    return distribution.requirement(*(found["extras"] or "").split(",") if found["extras"] else ())


def main(arguments: list[str]) -> int:
    if arguments not in ([], ["--check"]):
        sys.stderr.write("usage: where_from.py [--check]\n")
        return 2
    behind = [
        path for path in files() if rewritten(path.read_text("utf-8")) != path.read_text("utf-8")
    ]
    for path in behind:
        sys.stdout.write(f"{path.relative_to(ROOT)}\n")
        if not arguments:
            path.write_text(rewritten(path.read_text("utf-8")), "utf-8")
    return 1 if behind and arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
