"""What the front matter of one entry says, held against that of the others and the calendar."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from difflib import get_close_matches

from cannery.check.page import Page
from cannery.check.rule import Rule
from cannery.check.whole import Whole
from cannery.content.library import bare
from cannery.content.rewrite_keys import rewrite_keys
from cannery.model.location import Problem, Severity
from cannery.util.text import fold_name


def twins(whole: Whole) -> Iterator[Problem]:
    """Two files for the same entry in the same language."""
    seen: dict[tuple[str, str], str] = {}
    for item in whole.entries:
        key = (item.at.id, item.at.language)
        if key in seen:
            message = f"same entry and language as {seen[key]}"
            yield Problem(item.at.path, 0, "twin", message, "Rename or remove one of the files.")
        seen.setdefault(key, item.at.path)


def shortcuts(whole: Whole) -> Iterator[Problem]:
    """A shortcut that two macros answer to."""
    owners: dict[str, set[str]] = defaultdict(set)
    called = [item for item in whole.entries if item.shortcut]
    for item in called:
        owners[fold_name(item.shortcut)].add(item.at.id)
    for item in called:
        if others := sorted(owners[fold_name(item.shortcut)] - {item.at.id}):
            message = f"the shortcut {item.shortcut:.60} is already used by {others[0]}"
            line = item.line("shortcut")
            yield Problem(item.at.path, line, "shortcut", message, "Choose another shortcut.")


def references(whole: Whole) -> Iterator[Problem]:
    """Ids under `related` that name nothing."""
    for item in whole.entries:
        for id_ in item.related:
            if id_ not in whole.ids:
                message = f"related: no entry named {id_:.100}"
                yield Problem(
                    item.at.path, item.line("related"), "related", message, "Correct the id."
                )


def referring(page: Page, whole: Whole) -> str:
    """The text with ids under `related` as they are now, where there is no doubt."""
    related = list(page.entry.header.related) if page.entry else []
    ids = (id_ if id_ in whole.ids else _current_id(id_, whole) for id_ in related)
    present = [*dict.fromkeys(ids)]
    return (
        rewrite_keys(page.source, {"related": present}, page.settings.front_matter)
        if present != related
        else page.source
    )


def _current_id(name: str, whole: Whole) -> str:
    """The id that a name stands for, now or before; the name itself where none or several do."""
    id_ = bare(name)
    id_ = whole.moved.get(id_, id_)
    ids = whole.named(id_)
    return ids[0] if len(ids) == 1 else name


def tags(page: Page) -> Iterator[Problem]:
    """A tag that is not on the team's list, if it has one."""
    known = {fold_name(tag): tag for tag in page.settings.tags}
    for tag in page.entry.header.tags if page.entry and known else ():
        if fold_name(tag) not in known:
            near = get_close_matches(fold_name(tag), known, n=1)
            message = f"the tag {tag:.60} is not on the team's list"
            hint = f"Did you mean {known[near[0]]}?" if near else "Add it to check.tags of kb.toml."
            yield Problem(page.path, page.line("tags"), "tag", message, hint, Severity.WARNING)


def overdue(whole: Whole) -> Iterator[Problem]:
    """Entries that nobody has vouched for in time."""
    today = date.today()  # noqa: DTZ011 - the team's own day
    usual = whole.workspace.settings.review_every
    for item in whole.entries:
        every = timedelta(item.review_days) or usual
        if item.reviewed and today - date.fromisoformat(item.reviewed) > every:
            late = (today - date.fromisoformat(item.reviewed) - every).days
            who = f" Owner: {item.owner:.60}." if item.owner else ""
            message = f"review overdue by {late} days"
            hint = f"Read it, fix what has changed, and enter today's date.{who}"
            line = item.line("reviewed")
            yield Problem(item.at.path, line, "overdue", message, hint, Severity.WARNING)


_TAGS = {"kb.toml": '[check]\ntags = ["billing", "network"]\n'}

RULES = (
    Rule(
        code="twin",
        whole=twins,
        why="With two files for one entry in one language, which one is shown is undefined.",
        wrong={
            "articles/har.md": "---\ntitle: HAR files\n---\nOne.\n",
            "articles/har.mdx": "---\ntitle: HAR files\n---\nAnother.\n",
        },
        right={
            "articles/har.md": "---\ntitle: HAR files\n---\nOne.\n",
            "articles/har.ja.md": "---\ntitle: HAR ファイル\n---\n日本語版です。\n",
        },
    ),
    Rule(
        code="shortcut",
        whole=shortcuts,
        why="A shortcut must name one macro; if two share it, neither can be called by it.",
        wrong={
            "macros/har.md": "---\ntitle: Ask for a HAR\nshortcut: ;h\n---\nHello\n",
            "macros/hello.md": "---\ntitle: Hello\nshortcut: ;h\n---\nHello\n",
        },
        right={
            "macros/har.md": "---\ntitle: Ask for a HAR\nshortcut: ;har\n---\nHello\n",
            "macros/hello.md": "---\ntitle: Hello\nshortcut: ;h\n---\nHello\n",
        },
    ),
    Rule(
        code="related",
        whole=references,
        fix=referring,
        why="A related entry that doesn't exist is a dead end for readers.",
        wrong={
            "articles/har.md": "---\ntitle: HAR\nrelated: [log.md]\n---\nOne.\n",
            "articles/log.md": "---\ntitle: Logs\n---\nAnother.\n",
        },
        right={
            "articles/har.md": "---\ntitle: HAR\nrelated: [articles/log]\n---\nOne.\n",
            "articles/log.md": "---\ntitle: Logs\n---\nAnother.\n",
        },
    ),
    Rule(
        code="tag",
        page=tags,
        why="With two tags for one thing, a filter by either of them misses half of it.",
        wrong={**_TAGS, "articles/a.md": "---\ntitle: Proxies\ntags: [networking]\n---\nText.\n"},
        right={**_TAGS, "articles/a.md": "---\ntitle: Proxies\ntags: [network]\n---\nText.\n"},
    ),
    Rule(
        code="overdue",
        whole=overdue,
        why="Answers go out of date, so someone has to review them regularly.",
        wrong={"articles/har.md": "---\ntitle: HAR\nreviewed: 2020-01-31\n---\nOne.\n"},
        right={"articles/har.md": "---\ntitle: HAR\n---\nOne.\n"},
    ),
)
