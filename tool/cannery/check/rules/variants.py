"""Language variants that say less than their original, or what it said before."""

from __future__ import annotations

from collections.abc import Iterator

from cannery.check.rule import Rule
from cannery.check.whole import Whole
from cannery.model.location import Problem, Severity


def variants(whole: Whole) -> Iterator[Problem]:
    """A macro's variant without a field, a placeholder or a shared part of its original."""
    for item in whole.entries:
        original = whole.original(item)
        if original is None:
            continue
        lacking = [*sorted({*original.names} - {*item.names})]
        lacking += [f"the part {name}" for name in sorted({*original.renders} - {*item.renders})]
        if lacking:
            message = f"missing compared with {original.at.path}: {', '.join(lacking[:5])}"
            hint = "Use the same values in both, or allow it with a reason."
            line = item.body_line
            yield Problem(item.at.path, line, "variant", message, hint, Severity.WARNING)


def outdated(whole: Whole) -> Iterator[Problem]:
    """A variant whose original has been changed since, as Git tells."""
    for path, day in whole.outdated.items():
        item = whole.facts.get(path)
        original = whole.original(item) if item else None
        if item and original:
            message = f"older than {original.at.path}, which changed on {day}"
            hint = f"See `git log -p {original.at.path}`, and update the translation."
            line = item.body_line
            yield Problem(path, line, "outdated", message, hint, Severity.WARNING)


_ORIGINAL = "---\ntitle: Refund\n---\nInvoice {{ invoice }}: {{ amount }}\n"

RULES = (
    Rule(
        code="variant",
        whole=variants,
        why="A translation without a value of the original tells customers less.",
        wrong={
            "macros/refund.md": _ORIGINAL,
            "macros/refund.ja.md": "---\ntitle: 返金\n---\n請求書 {{ invoice }}\n",
        },
        right={
            "macros/refund.md": _ORIGINAL,
            "macros/refund.ja.md": "---\ntitle: 返金\n---\n請求書 {{ invoice }}：{{ amount }}\n",
        },
    ),
    Rule(
        code="outdated",
        whole=outdated,
        why="An outdated translation gives some customers outdated information.",
        wrong={
            "articles/har.md": "---\ntitle: HAR files\n---\nChanged after its translation.\n",
            "articles/har.ja.md": "---\ntitle: HAR ファイル\n---\n変更前の記事の翻訳です。\n",
        },
        right={
            "articles/har.md": "---\ntitle: HAR files\n---\nChanged with its translation.\n",
            "articles/har.ja.md": "---\ntitle: HAR ファイル\n---\n変更後の記事の翻訳です。\n",
        },
    ),
)
