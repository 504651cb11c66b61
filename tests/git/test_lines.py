"""Texts merged line by line, held against `git merge-file`."""

from __future__ import annotations

import random
import subprocess
from pathlib import Path

import pytest

from cannery.git.lines import Piece, merge_lines

BASE = "".join(f"{number}\n" for number in range(1, 9))


def rendered(pieces: list[Piece], side: str) -> str:
    return "".join(getattr(item, side) if item.merged is None else item.merged for item in pieces)


def conflicts(pieces: list[Piece]) -> list[tuple[str, str, str]]:
    return [item[:3] for item in pieces if item.merged is None]


def edited(text: str, chance: random.Random) -> str:
    lines = text.split("\n")[:-1]
    for _ in range(chance.randrange(1, 4)):
        at = chance.randrange(len(lines) + 1)
        if chance.random() < 0.4 or at == len(lines):
            lines.insert(at, chance.choice(("x", "y", "1", "3")))
        elif chance.random() < 0.5:
            lines[at] = chance.choice(("x", "z"))
        else:
            del lines[at]
    return "".join(f"{line}\n" for line in lines) + chance.choice(("", "", "end"))


@pytest.mark.parametrize(
    ("ours", "theirs", "merged", "met"),
    [
        (BASE.replace("2", "b"), BASE.replace("4", "d"), BASE.replace("2", "b").replace("4", "d"), []),
        (BASE.replace("2", "b"), BASE.replace("2", "c"), BASE.replace("2", "b"), [("2\n", "b\n", "c\n")]),
        (BASE.replace("2", "b"), BASE.replace("3", "c"), BASE.replace("2", "b"), [("2\n3\n", "b\n3\n", "2\nc\n")]),
        (BASE.replace("2\n", "b\nq\n"), BASE.replace("2\n", "b\nr\n"), BASE.replace("2\n", "b\nq\n"), [("2\n", "q\n", "r\n")]),
        (BASE + "x", BASE + "y\n", BASE + "x", [("", "x", "y\n")]),
        (BASE.replace("2\n", ""), BASE.replace("2\n", "b\n"), BASE.replace("2\n", ""), [("2\n", "", "b\n")]),
    ],
)  # fmt: skip
def test_only_what_meets_is_left(
    ours: str, theirs: str, merged: str, met: list[tuple[str, str, str]]
) -> None:
    pieces = merge_lines(BASE, ours, theirs)
    assert (rendered(pieces, "ours"), conflicts(pieces)) == (merged, met)


def test_it_merges_what_git_merges_in_the_same_way(tmp_path: Path) -> None:
    chance = random.Random(7)  # noqa: S311 - the same in each run
    for _ in range(25):
        texts = [BASE, edited(BASE, chance), edited(BASE, chance)]
        pieces = merge_lines(*texts)
        assert ["".join(getattr(item, side) for item in pieces) for side in ("base", "theirs")][1] == texts[2]  # fmt: skip
        for name, text in zip(("base", "ours", "theirs"), texts, strict=True):
            (tmp_path / name).write_text(text)
        command = ["git", "merge-file", "-p", "--ours", "ours", "base", "theirs"]
        plain = subprocess.run([part for part in command if part != "--ours"], cwd=tmp_path, capture_output=True, text=True, check=False)  # fmt: skip
        assert bool(conflicts(pieces)) == bool(plain.returncode), texts
        if not plain.returncode:
            assert rendered(pieces, "ours") == plain.stdout


def test_settings_of_git_change_nothing(home: Path) -> None:
    settings = "[diff]\nalgorithm = patience\ncontext = 9\ninterHunkContext = 9\nnoprefix = true\nexternal = false\n[color]\nui = always\n[core]\nautocrlf = true\n"  # fmt: skip
    (home / ".gitconfig").write_text(settings, "utf-8")
    pieces = merge_lines(BASE, BASE.replace("2", "b"), BASE.replace("2", "c").replace("8", "h"))
    assert conflicts(pieces) == [("2\n", "b\n", "c\n")]
    assert rendered(pieces, "ours") == BASE.replace("2", "b").replace("8", "h")
