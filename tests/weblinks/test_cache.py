from __future__ import annotations

from pathlib import Path
from time import time

import pytest

from cannery.model.web_link import LinkState, Verdict
from cannery.weblinks.cache import load_verdicts, store_verdicts

_DAY = 24 * 3600


@pytest.mark.parametrize(
    ("state", "age", "is_there"),
    [
        (LinkState.WORKS, 6 * _DAY, True), (LinkState.WORKS, 8 * _DAY, False),
        (LinkState.MOVED, 6 * _DAY, True),
        (LinkState.DEAD, _DAY // 2, True), (LinkState.DEAD, 2 * _DAY, False),
        (LinkState.UNCLEAR, 60, True), (LinkState.UNCLEAR, 2 * 3600, False),
        (LinkState.MUTE, 2 * 3600, False), (LinkState.BUSY, 0, False), (LinkState.BARRED, 0, False),
        (LinkState.WORKS, -3600, False),
    ],
)  # fmt: skip
def test_a_verdict_holds_as_long_as_its_kind_does(
    tmp_path: Path, state: LinkState, age: int, is_there: bool
) -> None:
    verdict = Verdict(state, "reason", "https://b.dev/")
    store_verdicts(tmp_path, {"https://a.dev/": (verdict, int(time()) - age)})
    assert ("https://a.dev/" in load_verdicts(tmp_path)) is is_there


def test_a_spoilt_file_is_none(tmp_path: Path) -> None:
    (tmp_path / "links.json").write_text('[1, {"a": ["nonsense", "", "", 1]}]')
    assert load_verdicts(tmp_path) == {}
