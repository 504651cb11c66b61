"""A reply that solved a ticket, made into a macro or an article while it is fresh."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TextIO
from urllib.parse import urlsplit

from cannery.capture.language import language_of
from cannery.capture.links import without_keys
from cannery.capture.macro import as_article, as_macro
from cannery.capture.personal import personal, renumbered
from cannery.capture.personal_span import PersonalSpan, Placeholder
from cannery.capture.secret import passwords
from cannery.check.personal_data import numbers_in
from cannery.check.rules.secrets import secrets_in
from cannery.content.hole_fields import fill
from cannery.content.holes import holes_in_source
from cannery.content.line_ends import kept, plain
from cannery.errors import CanneryError, UsageError, without_errno
from cannery.model.event import Listener, Remark, ignore
from cannery.model.location import Kind
from cannery.operations.draft import Draft
from cannery.util import atomic, trust
from cannery.util.local import bytes_of, text_of
from cannery.util.seen import shows_nothing
from cannery.util.tidy import CAPTURED
from cannery.workspace import Workspace

if TYPE_CHECKING:
    from cannery.search.similar import Similar

_MAX_CHARS = 100_000
_LEAST_BESIDE = 20  # letters of a line that a change is shown with, however long it is
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


class CapturedText(NamedTuple):
    """A reply without secrets. `copy` is the file that keeps it meanwhile, None for none."""

    text: str
    copy: Path | None = None


class Change(NamedTuple):
    """A line of a reply with one piece that changes: `old` becomes `new`."""

    before: str
    old: str
    new: str
    after: str


def read_reply(source: str, stream: TextIO | None = None) -> str:
    """The text of `clipboard`, of a file, or of `stream` for -; HTML as Markdown.

    Raises UsageError for a source without text, with too much, or that can't be read, and
    CanneryError for a text that tells a secret.
    """
    text = _from_clipboard() if source == "clipboard" else _from_file(source, stream)
    name = {"-": "stdin", "clipboard": "the clipboard"}.get(source, source)
    if shows_nothing(text):
        raise UsageError(f"{name} has no text", "Copy a reply first.")
    if len(text) > _MAX_CHARS:
        raise UsageError(f"{name} has more than {_MAX_CHARS:,} characters")
    text = text.strip() + "\n"
    refuse_secrets(text)
    return text


def _from_file(source: str, stream: TextIO | None) -> str:
    try:
        if source == "-" and stream is not None:
            text = text_of(bytes_of(stream), "stdin")
        else:
            text = text_of(Path(source).read_bytes(), source)
    except OSError as error:
        raise UsageError(
            f"{source}: {error.strerror}", "Give a text file, or - for stdin."
        ) from error
    return _as_markdown(text) if text.lstrip()[:200].lower().startswith(_HTML) else text


def _from_clipboard() -> str:
    from cannery.clipboard.copy import this_desktop
    from cannery.clipboard.paste import paste

    clip = paste(this_desktop())
    return _as_markdown(clip.html) if clip.html.strip() else clip.text.replace("\r\n", "\n")


def _as_markdown(html: str) -> str:
    from cannery.richtext.to_markdown import as_markdown

    try:
        return as_markdown(html)
    except ValueError as error:
        hint = "Capture it as plain text."
        raise CanneryError(f"the captured text can't be converted: {error}", hint) from error


def secrets_of(text: str) -> list[tuple[int, str]]:
    """Each line where a text tells a secret, and what.

    A link with a key in it is none: what takes its place is offered with the personal parts.
    """
    text = without_keys(text)
    secrets = [
        *((item.line, item.message) for item in secrets_in("", text)),
        *((item.line, item.message) for item in numbers_in("", text)),
        *((item.line, item.what) for item in passwords(text)),
    ]
    return sorted(dict(secrets).items())


def refuse_secrets(text: str) -> None:
    """Raises CanneryError with each line where a text tells a secret."""
    if secrets := secrets_of(text):
        lines = [f"  line {line}: {what}" for line, what in secrets]
        raise CanneryError(
            "\n".join(["the text contains secrets, which Git would keep forever:", *lines]),
            "Remove them, then capture the text again. Nothing was written.",
        )


def keep_copy(workspace: Workspace, text: str, listener: Listener = ignore) -> CapturedText:
    """Keep the text until its draft is written: what was piped in would be gone otherwise.

    Without a memory (`[memory] days = 0`) nothing is kept.
    """
    if not workspace.memory_days:
        return CapturedText(text)
    path = workspace.state / CAPTURED
    try:
        trust.make(workspace.state)
        atomic.replace(path, without_keys(text).encode("utf-8", "replace"), mode=0o600)
    except OSError as error:
        listener(Remark(f"The text could not be backed up: {without_errno(str(error))}"))
        return CapturedText(text)
    return CapturedText(text, path)


def likely_duplicates(
    workspace: Workspace, text: str, listener: Listener = ignore
) -> list[Similar]:
    """The entries that say much of this already, the most similar first."""
    from cannery.operations.similar import similar_to_text

    similar = similar_to_text(workspace, text, 3, listener)
    return [item for item in similar if item.shared >= _ALIKE]


def personal_spans(workspace: Workspace, text: str) -> list[PersonalSpan]:
    """What belongs to one customer or one day, in the order of the text.

    A placeholder of another desk counts too: it becomes ours, or a field.
    """
    placeholders = list(_placeholders(text))
    taken = [range(span.start, span.end) for span in placeholders]
    spans = personal(
        text,
        agent=workspace.user.agent.get("name", ""),
        agent_mail=workspace.user.agent.get("email", ""),
        own_host=urlsplit(workspace.settings.site_url).hostname or "",
    )
    apart = (span for span in spans if not any(_meets(span, one) for one in taken))
    return sorted([*placeholders, *apart])


def _meets(span: PersonalSpan, taken: range) -> bool:
    return span.start < taken.stop and taken.start < span.end


def _placeholders(text: str) -> Iterator[PersonalSpan]:
    """The placeholders of a text that tell what belongs in their place."""
    for (start, end, hole), new in fill(text, holes_in_source(text, is_template=False)):
        label = new.label or new.template.strip("{} ")
        kind = "text" if new.type in ("", "choice") else new.type
        placeholder = Placeholder(new.field, label, kind, new.source, new.template, bool(new.field))
        yield PersonalSpan(start, end, hole.written, placeholder)


def proposals(spans: Sequence[PersonalSpan]) -> list[list[PersonalSpan]]:
    """The spans that become one and the same, together: each is asked about once."""
    alike: dict[tuple[str, str], list[PersonalSpan]] = {}
    for span in spans:
        value = "" if span.placeholder.is_field else span.value
        alike.setdefault((span.placeholder.name, value), []).append(span)
    return [*alike.values()]


def change_in_line(text: str, span: PersonalSpan, width: int) -> Change:
    """What the span's line becomes, with as much beside it as goes into `width` letters."""
    start = text.rfind("\n", 0, span.start) + 1
    end = text.find("\n", span.end)
    end = len(text) if end < 0 else end
    beside = max(_LEAST_BESIDE, (width - len(span.text) - len(span.template)) // 2)
    before, after = text[start : span.start], text[span.end : end].removesuffix("\\")
    return Change(
        before if len(before) <= beside else f"…{before[1 - beside :]}",
        span.text,
        span.template,
        after if len(after) <= beside else f"{after[: beside - 1]}…",
    )


def language_of_reply(workspace: Workspace, text: str) -> str:
    """The language of a reply; empty for the default one, and for one that is none here."""
    language = language_of(text)
    settings = workspace.settings
    is_other = language in settings.languages and language != settings.default_language
    return language if is_other else ""


def fill_draft(
    draft: Draft, text: str, spans: Sequence[PersonalSpan], *, keeps_lines: bool = True
) -> Draft:
    """The draft with the text as its body; a macro gets a field for each kind of span.

    Its line ends are line ends in the reply: where the content's format does not keep them
    (`keeps_lines`), each is written as one that is meant. Raises CanneryError if a link stays that
    lets anybody in.
    """
    spans = renumbered(spans)
    if draft.kind is Kind.ARTICLE:
        filled = draft._replace(body=as_article(text, spans))
    else:
        macro = as_macro(text, spans)
        header = {"fields": macro.fields} if macro.fields else {}
        body = plain(macro.body) if keeps_lines else kept(macro.body)
        filled = draft._replace(body=body, header=header)
    if without_keys(filled.body) != filled.body:
        raise CanneryError(
            "a link in the text gives access to anyone who has it",
            "Make the link a field, or remove it. Nothing was written.",
        )
    return filled
