"""Links to other sites, which `kb check --links` asks."""

from __future__ import annotations

from cannery.check.rule import Rule

_ARTICLE = "---\ntitle: HAR files\n---\nSee [the manual]({}).\n"

# Other hosts are asked by an operation, with the user's consent: nothing here finds these faults.
RULES = (
    Rule(
        code="dead-url",
        why="A link to a page that is gone doesn't help readers. `kb check --links` asks.",
        wrong={"articles/har.md": _ARTICLE.format("https://docs.example.com/removed-page")},
        right={"articles/har.md": _ARTICLE.format("https://docs.example.com/har")},
    ),
    Rule(
        code="moved-url",
        why="A redirect ends some day, and the link with it. `kb check --links` asks.",
        wrong={"articles/har.md": _ARTICLE.format("http://example.com/docs/har")},
        right={"articles/har.md": _ARTICLE.format("https://docs.example.com/har")},
    ),
)
