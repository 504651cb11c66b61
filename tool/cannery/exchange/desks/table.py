"""The desks, by the name that `kind` has in kb.toml."""

from __future__ import annotations

from collections.abc import Mapping

from cannery.exchange.desks.desk import DeskKind

_ROWS: tuple[DeskKind, ...] = ()
DESKS: Mapping[str, DeskKind] = {row.name: row for row in _ROWS}
