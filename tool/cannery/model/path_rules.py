"""What kb.toml says of the rules of `kb check` for some files."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

_NOTHING: Mapping[str, str] = MappingProxyType({})


class PathRules(NamedTuple):
    """For the files that a pattern matches: severities and reasons to allow, by a rule's code."""

    pattern: str
    severity: Mapping[str, str] = _NOTHING
    allow: Mapping[str, str] = _NOTHING
