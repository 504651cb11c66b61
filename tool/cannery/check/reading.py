"""Files and front matter that can't be read, or say what the format doesn't know."""

from __future__ import annotations

from collections.abc import Iterator

from cannery.check.rule import Checked, Rule
from cannery.content.synonyms import PATH, read_synonyms
from cannery.errors import ContentError
from cannery.place import Problem, Severity


def unreadable(checked: Checked) -> Iterator[Problem]:
    """What was found while the files were read."""
    yield from checked.shelf.problems


def headers(checked: Checked) -> Iterator[Problem]:
    """Front matter values that aren't what the format asks for."""
    for entry in checked.shelf.entries:
        for fault in entry.faults:
            line = checked.line(entry.at.path, fault.key)
            yield Problem(entry.at.path, line, "header", fault.message, fault.hint, fault.severity)


def untitled(checked: Checked) -> Iterator[Problem]:
    for entry in checked.shelf.entries:
        if checked.line(entry.at.path, "title") == 1:
            hint = "Write `title: ...`."
            yield Problem(entry.at.path, 1, "title", "no title", hint, Severity.WARNING)


def synonyms(checked: Checked) -> Iterator[Problem]:
    """A synonyms.yml that can't be read; without one there is nothing wrong."""
    if not (checked.workspace.root / PATH).exists():
        return
    try:
        read_synonyms(checked.workspace)
    except ContentError as error:
        yield Problem(PATH, 0, "synonyms", error.message, error.hint)
    except ValueError as error:
        where, _, reason = str(error).partition(": ")
        line = int(where.removeprefix("line "))
        yield Problem(PATH, line, "synonyms", reason, "As in `- [refund, money back, 返金]`.")


RULES = (
    Rule(
        "front-matter",
        unreadable,
        "Front matter that is not YAML says nothing: no title, no fields, no audience.",
        {"articles/har.md": "---\ntitle: [HAR files\n---\nHow to record one.\n"},
        {"articles/har.md": "---\ntitle: HAR files\n---\nHow to record one.\n"},
    ),
    Rule(
        "header",
        headers,
        "What the format doesn't know is as good as not written, and often a slip of the keyboard.",
        {"articles/har.md": "---\ntitle: HAR files\nstatus: finished\n---\nHow to record one.\n"},
        {"articles/har.md": "---\ntitle: HAR files\nstatus: published\n---\nHow to record one.\n"},
    ),
    Rule(
        "title",
        untitled,
        "A list of hits shows titles; a file name or a first heading makes a poor one.",
        {"articles/har.md": "---\ntags: [network]\n---\nHow to record one.\n"},
        {"articles/har.md": "---\ntitle: HAR files\ntags: [network]\n---\nHow to record one.\n"},
    ),
    Rule(
        "synonyms",
        synonyms,
        "A synonyms.yml that can't be read leaves every search without synonyms.",
        {"synonyms.yml": "- refund, 返金\n"},
        {"synonyms.yml": "- [refund, 返金]\n"},
    ),
)
