"""kb/synonyms.yml: groups of words that mean the same, in any language."""

from __future__ import annotations

from cannery.content.files import read_bytes
from cannery.errors import ContentError
from cannery.util.encoding import decoded
from cannery.workspace import Workspace

PATH = "kb/synonyms.yml"
_MAX_GROUPS = 2000


def load_synonyms(workspace: Workspace) -> tuple[tuple[str, ...], ...]:
    """The groups; none where the file is missing or wrong, which `kb check` tells."""
    try:
        return parse_synonyms(read_bytes(workspace, PATH))
    except (ContentError, ValueError):
        return ()  # a search without synonyms is better than none


def parse_synonyms(raw: bytes) -> tuple[tuple[str, ...], ...]:
    """The groups in a file's bytes. Raises ValueError, which begins with the line."""
    try:
        text = decoded(raw).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise ValueError("line 1: not UTF-8 text") from error
    from cannery.content import frontmatter  # YAML, which a search without synonyms can do without

    groups = frontmatter.parse_list(text)
    if not all(isinstance(group, list) for group in groups):
        raise ValueError("line 1: each item must be a list, as in `- [refund, money back]`")
    return tuple(
        tuple(str(word).strip() for word in group if isinstance(word, str | int))
        for group in groups[:_MAX_GROUPS]
    )
