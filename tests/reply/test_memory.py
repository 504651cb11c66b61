from __future__ import annotations

import stat

from tests.conftest import Base

from cannery.reply.memory import recall, remember


def test_values_are_kept_for_next_time(base: Base) -> None:
    remember(base.workspace, {"a": "1", "b": "2"})
    remember(base.workspace, {"b": "3", "long": "x" * 3000})
    assert recall(base.workspace) == {"a": "1", "b": "3"}
    mode = (base.workspace.state / "values.json").stat().st_mode
    assert stat.S_IMODE(mode) == 0o600


def test_a_spoilt_memory_is_no_memory(base: Base) -> None:
    remember(base.workspace, {"a": "1"})
    (base.workspace.state / "values.json").write_text("[" * 9)
    assert recall(base.workspace) == {}
