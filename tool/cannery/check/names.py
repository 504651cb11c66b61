"""Names that must be there, and must be one entry's alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from cannery.check.rule import Checked, Rule
from cannery.model import Entry
from cannery.place import Problem, Severity


def twins(checked: Checked) -> Iterator[Problem]:
    """Two files for the same entry in the same language."""
    seen: dict[tuple[str, str], str] = {}
    for entry in checked.shelf.entries:
        key = (entry.at.id, entry.at.language)
        if key in seen:
            message = f"the same entry and language as {seen[key]}"
            yield Problem(entry.at.path, 0, "twin", message, "Rename or remove one of them.")
        seen.setdefault(key, entry.at.path)


def shortcuts(checked: Checked) -> Iterator[Problem]:
    """A shortcut that two macros answer to."""
    owners: dict[str, set[str]] = defaultdict(set)
    for macro in checked.macros:
        owners[macro.shortcut].add(macro.at.id)
    for macro in checked.macros:
        others = sorted(owners[macro.shortcut] - {macro.at.id})
        if macro.shortcut and others:
            line = checked.line(macro.at.path, "shortcut")
            message = f"the shortcut {macro.shortcut} is also that of {others[0]}"
            yield Problem(macro.at.path, line, "shortcut", message, "Choose another.")


def same_titles(checked: Checked) -> Iterator[Problem]:
    """A title that two entries of a kind have: nobody can tell them apart in a list."""
    owners: dict[tuple[str, str, str], list[Entry]] = defaultdict(list)
    for entry in checked.shelf.entries:
        title = " ".join(entry.header.title.lower().split())
        owners[entry.at.kind, entry.at.language, title].append(entry)
    for entries in owners.values():
        for entry in entries[1:]:
            if entry.at.id != entries[0].at.id:
                line = checked.line(entry.at.path, "title")
                message = f"the title is also that of {entries[0].at.id}"
                hint = "Say what is different about this one."
                yield Problem(entry.at.path, line, "same-title", message, hint, Severity.WARNING)


def references(checked: Checked) -> Iterator[Problem]:
    """Ids under `related` that name nothing."""
    ids = {entry.at.id for entry in checked.shelf.entries}
    for entry in checked.shelf.entries:
        for id_ in entry.header.related:
            if id_ not in ids:
                line = checked.line(entry.at.path, "related")
                message = f"related names {id_:.100}, which is not there"
                yield Problem(entry.at.path, line, "related", message, "Correct the id.")


RULES = (
    Rule(
        "twin",
        twins,
        "Two files for one entry in one language: which of them is shown is a matter of luck.",
        {
            "articles/har.md": "---\ntitle: HAR files\n---\nOne.\n",
            "articles/har.mdx": "---\ntitle: HAR files\n---\nAnother.\n",
        },
        {
            "articles/har.md": "---\ntitle: HAR files\n---\nOne.\n",
            "articles/har.ja.md": "---\ntitle: HAR ファイル\n---\n日本語版です。\n",
        },
    ),
    Rule(
        "shortcut",
        shortcuts,
        "A shortcut names one macro; two that share it can't be called by it.",
        {
            "macros/har.md": "---\ntitle: Ask for a HAR\nshortcut: ;h\n---\nHello\n",
            "macros/hello.md": "---\ntitle: Hello\nshortcut: ;h\n---\nHello\n",
        },
        {
            "macros/har.md": "---\ntitle: Ask for a HAR\nshortcut: ;har\n---\nHello\n",
            "macros/hello.md": "---\ntitle: Hello\nshortcut: ;h\n---\nHello\n",
        },
    ),
    Rule(
        "same-title",
        same_titles,
        "Two entries of a kind with one title can't be told apart in a list of hits.",
        {
            "articles/a/start.md": "---\ntitle: Overview\n---\nOne.\n",
            "articles/b/start.md": "---\ntitle: Overview\n---\nAnother.\n",
        },
        {
            "articles/a/start.md": "---\ntitle: Overview of builds\n---\nOne.\n",
            "articles/b/start.md": "---\ntitle: Overview of tests\n---\nAnother.\n",
        },
    ),
    Rule(
        "related",
        references,
        "A related entry that is not there leaves the reader in front of nothing.",
        {"articles/har.md": "---\ntitle: HAR\nrelated: [articles/gone]\n---\nOne.\n"},
        {"articles/har.md": "---\ntitle: HAR\nrelated: [articles/har]\n---\nOne.\n"},
    ),
)
