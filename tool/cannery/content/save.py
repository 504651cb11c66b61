"""Write files of a knowledge base, whole or not at all, never outside and never through a link."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from cannery.content import frontmatter
from cannery.content.files import read_bytes
from cannery.content.layout import belongs
from cannery.errors import ContentError
from cannery.model.layout import OWN
from cannery.util import atomic
from cannery.util.encoding import decoded, encoding_of
from cannery.workspace import Workspace


def update(workspace: Workspace, path: str, values: Mapping[str, object]) -> bool:
    """Set front matter keys (None removes one) in a file; False when nothing had to change."""
    raw = read_bytes(workspace, path)
    try:
        text = decoded(raw)
    except UnicodeDecodeError as error:
        raise ContentError(f"{path}: not UTF-8 text", "Convert the file first.") from error
    changed = frontmatter.rewrite(text, values).encode(encoding_of(raw))
    if changed == raw:
        return False
    replace(workspace, path, changed)
    return True


def replace(workspace: Workspace, path: str, data: bytes) -> None:
    """Put `data` in the file's place, whole or not at all; its permissions stay."""
    target = inside(workspace, path)
    try:
        atomic.replace(target, data, sync=True)
    except OSError as error:
        raise ContentError(f"{path}: {error.strerror}", "The file was not changed.") from error


def inside(workspace: Workspace, path: str) -> Path:
    """The file's place. Raises ContentError for one that is not content, or behind a link."""
    target = workspace.root / path
    folder, layout = target.parent.resolve(), workspace.settings.layout
    home = workspace.content if path.startswith(OWN) else workspace.root
    is_inside = folder.is_relative_to(home.resolve()) and ".." not in Path(path).parts
    if not is_inside or not belongs(path, layout):
        hint = "Only files in kb/, and in the folders that kb.toml names, can be written."
        raise ContentError(f"{path}: outside the knowledge base", hint)
    if target.is_symlink():
        raise ContentError(f"{path}: a symbolic link", "Replace the link with the file itself.")
    return target
