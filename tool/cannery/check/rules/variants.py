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
            message = f"lacks what {original.at.path} has: {', '.join(lacking[:5])}"
            hint = "Say the same in both, or allow it with the reason."
            line = item.body_line
            yield Problem(item.at.path, line, "variant", message, hint, Severity.WARNING)


def outdated(whole: Whole) -> Iterator[Problem]:
    """A variant whose original has been changed since, as Git tells."""
    for path, day in whole.outdated.items():
        item = whole.facts.get(path)
        original = whole.original(item) if item else None
        if item and original:
            message = f"{original.at.path} has changed since, on {day}"
            hint = f"See what with `git log -p {original.at.path}`, and say the same here."
            line = item.body_line
            yield Problem(path, line, "outdated", message, hint, Severity.WARNING)


_ORIGINAL = "---\ntitle: Refund\n---\nInvoice {{ invoice }}: {{ amount }}\n"

RULES = (
    Rule(
        code="variant",
        whole=variants,
        why="A translation that lacks a value of the original tells the customer less.",
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
        why="A translation of what the original said before tells some customers old news.",
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
