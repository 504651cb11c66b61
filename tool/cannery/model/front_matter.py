"""What kb.toml says of the front matter that files have."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

_NO_NAMES: Mapping[str, str] = MappingProxyType({})


class FrontMatter(NamedTuple):
    """The keys of files that are not ours, and whom files are for that don't say.

    `own` are the team's, for other programs. `names` has our key by theirs, which has dots where it
    lies within others: `last_update.date`. `is_public` holds for articles alone.
    """

    own: tuple[str, ...] = ()
    names: Mapping[str, str] = _NO_NAMES
    is_public: bool = False

    @property
    def marks(self) -> tuple[str, ...]:
        """What decides how a file's keys are understood, for caches of what was read."""
        pairs = (f"{name}={key}" for name, key in self.names.items())
        return (*pairs, *(f"{name}=" for name in self.own))
