"""The articles that an audience may see, as a folder that a site generator can build."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from cannery.content.links import site_path
from cannery.errors import ContentError
from cannery.model import Article, Audience, Shelf
from cannery.place import Status
from cannery.workspace import Workspace

_MARKER = ".staged-by-kb"


def visible(shelf: Shelf, audience: Audience) -> Iterator[Article]:
    """The published articles for an audience; macros are never on a site."""
    for entry in shelf.entries:
        shown = audience is Audience.INTERNAL or entry.header.audience is Audience.PUBLIC
        if isinstance(entry, Article) and entry.header.status is Status.PUBLISHED and shown:
            yield entry


def stage(workspace: Workspace, shelf: Shelf, target: Path, audience: Audience) -> int:
    """Write the audience's pages to `target`, all at once; how many.

    Raises ContentError where `target` holds files that an earlier stage has not put there.
    """
    if target.exists() and any(target.iterdir()) and not (target / _MARKER).exists():
        raise ContentError(f"{target} holds other files", "Choose an empty folder.")
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=".kb-stage-", dir=target.parent))
    try:
        (fresh / _MARKER).touch()
        count = 0
        for article in visible(shelf, audience):
            page = fresh / (site_path(article.at, workspace.settings).rstrip("/") + ".md")
            page.parent.mkdir(parents=True, exist_ok=True)
            page.write_text(_page(article), "utf-8", newline="\n")
            count += 1
        _front_page(workspace, fresh)
        fresh.chmod(0o755)
        if target.exists():
            shutil.rmtree(target)
        fresh.rename(target)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return count


def _page(article: Article) -> str:
    header = article.header
    # JSON texts are YAML texts, and nothing in one can open a new key.
    lines = [f"title: {json.dumps(header.title, ensure_ascii=False)}"]
    if header.summary:
        lines.append(f"description: {json.dumps(header.summary, ensure_ascii=False)}")
    body = article.body.strip("\r\n")
    heading = "" if body.startswith("# ") else f"# {header.title}\n\n"
    return "---\n" + "\n".join(lines) + f"\n---\n\n{heading}{body}\n"


def _front_page(workspace: Workspace, folder: Path) -> None:
    source = workspace.content / "index.md"
    if source.is_file() and not source.is_symlink():
        shutil.copyfile(source, folder / "index.md")
    else:
        (folder / "index.md").write_text(f"# {workspace.settings.name}\n", "utf-8")
