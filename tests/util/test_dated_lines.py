"""Lines that are kept for so many days."""

from __future__ import annotations

import time
from pathlib import Path

from cannery.util.dated_lines import append, prune, rows, write

DAY = 86_400


def test_rows_are_added_at_the_end_for_their_user_alone(tmp_path: Path) -> None:
    path = tmp_path / "sent.jsonl"
    append(path, {"time": 1, "word": "返金"})
    append(path, {"time": 2})
    assert [*rows(path)] == [{"time": 1, "word": "返金"}, {"time": 2}]
    assert path.stat().st_mode & 0o777 == 0o600


def test_rows_are_put_in_the_place_of_others(tmp_path: Path) -> None:
    path = tmp_path / "questions.jsonl"
    append(path, {"time": 1})
    write(path, [{"time": 2, "word": "返金"}, {"time": 3}])
    assert [*rows(path)] == [{"time": 2, "word": "返金"}, {"time": 3}]
    assert path.stat().st_mode & 0o777 == 0o600


def test_half_a_letter_fails_no_row(tmp_path: Path) -> None:
    path = tmp_path / "questions.jsonl"
    append(path, {"time": 1, "word": "a\ud800"})
    write(path, [*rows(path), {"time": 2, "word": "\udc00"}])
    assert [row["word"] for row in rows(path)] == ["a?", "?"]


def test_a_line_that_was_cut_short_costs_itself(tmp_path: Path) -> None:
    path = tmp_path / "sent.jsonl"
    append(path, {"time": 1})
    path.write_bytes(path.read_bytes() + b'{"time": 2, "wo\n[1]\n\xff\n')
    append(path, {"time": 3})
    assert [row["time"] for row in rows(path)] == [1, 3]


def test_old_rows_and_lines_that_are_none_are_pruned(tmp_path: Path) -> None:
    path, now = tmp_path / "sent.jsonl", time.time()
    for age in (40, 3, -9):
        append(path, {"time": now - age * DAY})
    path.write_bytes(path.read_bytes() + b"no json\n")
    prune(path, 30)
    assert [round((now - float(str(row["time"]))) / DAY) for row in rows(path)] == [3]
    prune(path, 1)
    assert not path.exists()
    prune(path, 1)
