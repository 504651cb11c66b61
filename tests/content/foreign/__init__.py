"""Macros in the manner of other desks and of plain handwriting, in words of our own.

Each file has those of one desk or hand. What is to be filled in stands between ⟪ and ⟫, marked
before any pattern was tried on it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

_LABEL = re.compile("⟪([^⟫]*)⟫")


class Label(NamedTuple):
    start: int
    end: int
    written: str


class ForeignMacro(NamedTuple):
    name: str
    text: str
    labels: tuple[Label, ...]


def foreign_macros() -> Iterator[ForeignMacro]:
    for path in sorted(Path(__file__).parent.glob("*.toml")):
        for number, marked in enumerate(tomllib.loads(path.read_text("utf-8"))["macros"], 1):
            yield _macro(f"{path.stem}_{number}", marked)


def _macro(name: str, marked: str) -> ForeignMacro:
    text, at, labels = "", 0, []
    for match in _LABEL.finditer(marked):
        text += marked[at : match.start()]
        labels.append(Label(len(text), len(text) + len(match[1]), match[1]))
        text += match[1]
        at = match.end()
    return ForeignMacro(name, text + marked[at:], tuple(labels))
