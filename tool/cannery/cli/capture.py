"""A reply that solved a ticket, made into a macro or an article while it is fresh."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit

from cannery.capture.personal import personal
from cannery.capture.personal_span import PersonalSpan
from cannery.capture.secret import passwords
from cannery.check.rules.secrets import numbers_in, secrets_in
from cannery.cli import output
from cannery.errors import CanneryError, UsageError
from cannery.search.similar import Similar
from cannery.workspace import Workspace

_MAX_CHARS = 100_000
_ALIKE = 0.25  # of the word pairs of both: more is likely the same matter
_HTML = (
    "<html",
    "<!doctype html",
    "<div",
    "<p>",
    "<p ",
    "<meta",
    "<body",
    "<table",
    "<ul",
    "<span",
)


def read(source: str) -> str:
    """The text of `clipboard`, of a file, or of - for stdin; HTML as Markdown."""
    text = _html(source) if source != "clipboard" else _clipboard()
    if not text.strip():
        raise UsageError(f"there is no text in {_named(source)}", "Copy a reply first.")
    if len(text) > _MAX_CHARS:
        raise UsageError(f"{_named(source)} has more than {_MAX_CHARS:,} characters")
    return text.strip() + "\n"


def _named(source: str) -> str:
    return {"-": "stdin", "clipboard": "the clipboard"}.get(source, source)


def _html(source: str) -> str:
    try:
        text = sys.stdin.read() if source == "-" else Path(source).read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "not UTF-8 text"
        raise UsageError(f"{source}: {reason}", "Name a text file, or - for stdin.") from error
    return _as_markdown(text) if text.lstrip()[:200].lower().startswith(_HTML) else text


def _clipboard() -> str:
    from cannery.clipboard.copy import this_desktop
    from cannery.clipboard.paste import paste

    found = paste(this_desktop())
    return _as_markdown(found.html) if found.html.strip() else found.text.replace("\r\n", "\n")


def _as_markdown(html: str) -> str:
    from cannery.capture.richtext import as_markdown

    try:
        return as_markdown(html)
    except ValueError as error:
        raise CanneryError(f"the captured text is {error}", "Capture it as plain text.") from error


def refuse_secrets(text: str) -> None:
    """Raises CanneryError with each place where a text tells a secret."""
    found = [
        *((item.line, item.message) for item in secrets_in("", text)),
        *((item.line, item.message) for item in numbers_in("", text)),
        *((item.line, item.what) for item in passwords(text)),
    ]
    if found:
        lines = [f"  line {line}: {what}" for line, what in sorted(dict(found).items())]
        raise CanneryError(
            "\n".join(["the text tells secrets, and Git never forgets:", *lines]),
            "Take them out, and capture it again. Nothing was written.",
        )


def likely_duplicates(workspace: Workspace, text: str) -> Sequence[Similar]:
    """The entries that say much of this already, the likest first."""
    from cannery.operations.knowledge_base import KnowledgeBase

    with KnowledgeBase(workspace) as base:
        todo = base.behind()
        steps = base.catch_up(todo)
        for _ in output.progress(steps, len(todo.added) + len(todo.changed), "Indexing"):
            pass
        return [item for item in base.similar(text, limit=3) if item.shared >= _ALIKE]


def find_parts(workspace: Workspace, text: str) -> list[PersonalSpan]:
    return personal(
        text,
        agent=workspace.user.agent.get("name", ""),
        own_host=urlsplit(workspace.settings.site_url).hostname or "",
    )


def choose(text: str, parts: Sequence[PersonalSpan], *, ask: bool) -> tuple[PersonalSpan, ...]:
    """The parts that are accepted, each shown before and after; all of them where nobody is asked.

    ^C and ^D raise typer.Abort.
    """
    kept: list[PersonalSpan] = []
    rest = ""
    for number, part in enumerate(parts, start=1):
        before, after = _line(text, part)
        output.note(f"{number} of {len(parts)}: {part.placeholder.label}")
        output.tell(output.style(f"  - {before}", fg="red"))
        output.tell(output.style(f"  + {after}", fg="green"))
        answer = rest or (_answer() if ask else "a")
        if answer == "d":
            break
        rest = answer if answer == "a" else ""
        if answer != "n":
            kept.append(part)
    return tuple(kept)


def _answer() -> str:
    while True:
        question = "  A field? [Y]es, [n]o, [a]ll of the rest, [d]one"
        word = output.prompt(question, "y").strip().lower()[:1]
        if word in {"y", "n", "a", "d", "は", "い"}:
            return {"は": "y", "い": "n"}.get(word, word)


def _line(text: str, part: PersonalSpan) -> tuple[str, str]:
    """The line of a part as it is, and as it would be."""
    start = text.rfind("\n", 0, part.start) + 1
    end = text.find("\n", part.end)
    end = len(text) if end < 0 else end
    before = text[start:end]
    after = f"{text[start : part.start]}{part.template}{text[part.end : end]}"
    return before, after
