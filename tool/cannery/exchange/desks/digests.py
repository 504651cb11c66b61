"""Parts of records as short digests: what is kept of thousands of them, and compared."""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import blake2b

from cannery.model.desk import Content

_SIZE = 8  # bytes: nobody finds a second text of the same digest


def digest(content: Content) -> str:
    """Sixteen letters that stand for a part's content; the same for mappings in any order."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=_SIZE).hexdigest()


def digests(parts: Mapping[str, Content]) -> dict[str, str]:
    """The digest of each part; a part that is None is not there."""
    return {name: digest(content) for name, content in parts.items() if content is not None}
