from __future__ import annotations

import stat
import time

import pytest
from tests.conftest import Base

from cannery.reply.usage import ranked, record, uses, weights

DAY = 86_400.0
NOW = time.time()


def _order(base: Base, now: float) -> list[str]:
    return [id_ for id_, _ in ranked(base.workspace, now)]


def test_often_counts_and_so_does_lately(base: Base) -> None:
    for day in range(4):
        record(base.workspace, [("often", "Often", "en")], NOW + day * DAY)
    record(base.workspace, [("once", "Once", "en")], NOW + 4 * DAY)
    assert _order(base, NOW + 4 * DAY) == ["often", "once"]
    for day in (60, 61):
        record(base.workspace, [("once", "Once", "en")], NOW + day * DAY)
    assert _order(base, NOW + 61 * DAY) == ["once", "often"]


def test_a_use_is_worth_half_after_two_weeks(base: Base) -> None:
    record(base.workspace, [("a", "A", "en")], NOW + 0)
    assert uses(base.workspace, NOW + 0)["a"].at(NOW + 14 * DAY) == pytest.approx(0.5)


def test_weights_lie_between_0_and_1(base: Base) -> None:
    record(base.workspace, [("a", "A", "en")] * 100 + [("b", "B", "ja")], NOW + 0)
    found = weights(base.workspace, NOW + 0)
    assert found["a"] == 1.0
    assert 0 < found["b"] < 0.1


def test_of_many_the_best_are_kept(base: Base) -> None:
    record(base.workspace, [(str(n), "T", "en") for n in range(600)], NOW + 0)
    record(base.workspace, [("599", "T", "en")], NOW + 1)
    assert len(uses(base.workspace, NOW + 1)) == 500
    assert _order(base, NOW + 1)[0] == "599"


@pytest.mark.parametrize(
    "text", ["", "[]", "{", '{"a": 1}', '{"a": [1]}', '{"a": ["x", 1, "", ""]}']
)
def test_a_spoilt_file_is_as_none(base: Base, text: str) -> None:
    file = base.workspace.state / "usage.json"
    file.parent.mkdir(parents=True)
    file.write_text(text)
    assert uses(base.workspace, NOW + 0) == {}
    record(base.workspace, [("a", "A", "en")], NOW + 0)
    assert [*uses(base.workspace, NOW + 0)] == ["a"]


def test_nobody_else_reads_it(base: Base) -> None:
    record(base.workspace, [("a", "A", "en")], NOW + 0)
    file = base.workspace.state / "usage.json"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
