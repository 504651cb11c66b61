"""Where pages of figures are, below their section: the names of measures and of groups in files."""

from __future__ import annotations

import re
from hashlib import blake2b

_PLAIN = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LONGEST = 40
_UNFIT = re.compile(r"[^a-z0-9]+")


def measure_path(name: str) -> str:
    """The page of a measure."""
    return name.replace("_", "-")


def dimension_path(dimension: str) -> str:
    """The page of a dimension."""
    return f"by-{dimension}"


def group_path(dimension: str, value: str) -> str:
    """The page of one value of a dimension, which is any text that a help desk has."""
    return f"{dimension_path(dimension)}/{_file_name(value)}"


def team_path(name: str) -> str:
    """The page of a file in kb/insight/."""
    return f"pages/{_file_name(name)}"


def _file_name(value: str) -> str:
    """A short name of plain letters; with a digest where the text has others."""
    if len(value) <= _LONGEST and _PLAIN.fullmatch(value) and value != "index":
        return value
    digest = blake2b(value.encode("utf-8", "surrogatepass"), digest_size=4).hexdigest()
    stem = _UNFIT.sub("-", value[:200].lower())[:_LONGEST].strip("-")
    return f"{stem}-{digest}".lstrip("-")


def address(path: str) -> str:
    """The address of a page, below that of the section."""
    return f"{path}/" if path else ""
