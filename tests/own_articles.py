"""All articles of our own knowledge bases, as texts to try things on."""

from __future__ import annotations

from pathlib import Path

from cannery.content.comments import strip_html_comments
from cannery.content.split import split

_ROOT = Path(__file__).parent.parent
OWN_ARTICLES = sorted(
    path
    for folder in ("kb/articles", "tool/cannery/manual/kb/articles")
    for path in (_ROOT / folder).rglob("*.md")
)


def body_of(path: Path) -> tuple[str, str]:
    """An article's body without comments, and its language."""
    body = strip_html_comments(split(path.read_text(encoding="utf-8")).body)
    return body, "ja" if ".ja." in path.name else "en"
