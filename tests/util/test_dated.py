from __future__ import annotations

import json
import time
from pathlib import Path

from cannery.util import dated, notices

NOW = time.time()
DAY = 86_400


def _nothing(_: object) -> None:
    """Every row is sound."""


def _read(path: Path, days: int) -> list[str]:
    return [*dated.load(path, dated.Keeping(days, NOW), _nothing)]


def _write(path: Path, **ages: float) -> None:
    path.write_text(json.dumps({name: [name, NOW - age * DAY] for name, age in ages.items()}))


def test_rows_are_kept_for_so_many_days(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    _write(path, new=0, old=89.9, older=90.1)
    assert _read(path, 90) == ["new", "old"]
    assert _read(path, 1) == ["new"]
    assert _read(path, 0) == []


def test_of_a_clock_that_was_wrong_nothing_stays_for_ever(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    _write(path, tomorrow=-0.5, someday=-400)
    assert _read(path, 90) == ["tomorrow"]
    dated.prune(path, 90)
    assert "someday" not in path.read_text()


def test_the_next_write_takes_what_is_over_off_the_disk(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    _write(path, new=0, older=91)
    dated.change(path, dated.Keeping(90, NOW), _nothing, lambda rows: rows)
    assert [*json.loads(path.read_text())] == ["new"]


def test_pruning_leaves_no_file_without_rows_and_touches_none_that_is_fresh(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    _write(path, older=91)
    dated.prune(path, 90)
    assert not path.exists()
    _write(path, new=1)
    before = path.stat().st_mtime_ns
    dated.prune(path, 90)
    assert path.stat().st_mtime_ns == before
    dated.prune(tmp_path / "none.json", 90)


def test_a_bare_text_of_earlier_versions_is_as_old_as_its_file(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text('{"name": "Kim"}')
    assert _read(path, 90) == ["name"]
    dated.prune(path, 0)
    assert not path.exists()


def test_a_row_without_a_time_is_no_row(tmp_path: Path) -> None:
    for row in ('["a"]', "[]", "1", '["a", "soon"]', '["a", null]', "{}"):
        path = tmp_path / "a.json"
        path.write_text(f'{{"name": {row}}}')
        assert _read(path, 90) == []
        assert not path.exists()
    notices.taken()
