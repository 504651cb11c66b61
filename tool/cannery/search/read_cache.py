"""What is read of the index more than once, kept: each key typed asks for the same again."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from cannery.search.spoilt import reading_index

_MOST = 3000  # posting lists, or documents' stored fields
_Key = TypeVar("_Key")
_Value = TypeVar("_Value")


def cached(
    cache: dict[_Key, _Value], key: _Key, read: Callable[[], _Value], most: int = _MOST
) -> _Value:
    """The value of a key, read if the cache lacks it; a cache of `most` values is begun anew.

    Raises SpoiltIndexError if the index is corrupt there.
    """
    value = cache.get(key)
    if value is None:
        if len(cache) >= most:
            cache.clear()
        with reading_index():
            value = cache[key] = read()
    return value
