"""The kinds of sources, the most telling first: each is a file of `kinds/` and a row here."""

from __future__ import annotations

from collections.abc import Mapping

from cannery.adopt.kind import Kind
from cannery.adopt.kinds.plain import PLAIN

KINDS: Mapping[str, Kind] = {kind.name: kind for kind in (PLAIN,)}
