"""kb/synonyms.yml: groups of words that mean the same, in any language."""

from __future__ import annotations

from cannery.content import frontmatter
from cannery.content.files import read_bytes
from cannery.errors import ContentError
from cannery.workspace import Workspace

PATH = "kb/synonyms.yml"
_MAX_GROUPS = 2000


def load_synonyms(workspace: Workspace) -> tuple[tuple[str, ...], ...]:
    """The groups; none where the file is missing or wrong, which `kb check` tells."""
    try:
        text = read_bytes(workspace, PATH).decode("utf-8-sig")
        groups = frontmatter.parse_list(text)
    except (ContentError, UnicodeDecodeError, ValueError):
        return ()  # a search without synonyms is better than none
    return tuple(
        tuple(str(word).strip() for word in group if isinstance(word, str | int))
        for group in groups[:_MAX_GROUPS]
        if isinstance(group, list)
    )
