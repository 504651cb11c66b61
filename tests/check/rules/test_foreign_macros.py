"""What `kb check` says of a hundred macros of other desks, and what `--fix` makes of them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.conftest import Base, Run
from tests.content.foreign import foreign_macros

MACROS = tuple(foreign_macros())
NOTES = {
    "front_4", "github_2", "handwritten_en_4", "handwritten_en_6", "handwritten_en_8", "handwritten_en_9",
    "handwritten_en_10", "handwritten_ja_3", "handwritten_ja_6", "handwritten_ja_9", "handwritten_ja_10",
    "handwritten_ja_11", "handwritten_ja_13", "helpscout_4", "textexpander_4",
}  # fmt: skip
FILTERS = {"gorgias_2"}  # of a desk that has more of them than Liquid


def _written(base: Base) -> None:
    for macro in MACROS:
        base.write(f"macros/{macro.name}.md", f"---\ntitle: {macro.name}\n---\n{macro.text}")


def _problems(kb: Run) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(kb("check", "--json").out)
    return [item for item in found if item["code"] in ("placeholder", "template", "unsupported")]


def test_each_placeholder_that_liquid_does_not_read_is_a_finding_of_its_line(
    base: Base, kb: Run
) -> None:
    _written(base)
    told = {(item["path"], item["line"]) for item in _problems(kb)}
    for macro in MACROS:
        for label in macro.labels:
            line = 4 + macro.text.count("\n", 0, label.start)
            if not label.written.startswith(("{{", "ticket.")):
                assert (f"kb/macros/{macro.name}.md", line) in told, label


def test_a_fix_leaves_notes_to_the_author_and_no_other_hole(base: Base, kb: Run) -> None:
    _written(base)
    kb("check", "--fix")
    left = {(item["code"], Path(item["path"]).stem) for item in _problems(kb)}
    assert left == {("placeholder", name) for name in NOTES} | {
        ("template", name) for name in FILTERS
    }
