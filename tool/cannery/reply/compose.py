"""Render macros with their values into one message, in every output format."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from cannery.content.holes import holes_in_text, holes_in_tokens
from cannery.content.line_ends import kept, plain
from cannery.content.markdown import Token, parse, tree
from cannery.content.suppressions import suppressions_in
from cannery.errors import TemplateError
from cannery.liquid.context import RenderContext, Source
from cannery.liquid.interpolate import interpolate
from cannery.liquid.interpolate_source import interpolate_source
from cannery.liquid.template import Rendered, render
from cannery.model.entry import Macro, Reply
from cannery.model.hole import Hole
from cannery.render.formats import Body, render_all
from cannery.reply.resolve import Request, place_in_stack, sources
from cannery.reply.stacked import one_reply, one_source
from cannery.util.seen import shows_nothing
from cannery.util.spans import Lines


def compose(request: Request, values: Mapping[str, object]) -> Reply:
    """Render the macros one after another into one reply. Raises TemplateError."""
    optional = frozenset(item.name for item in request.fields if not item.required)
    context = RenderContext(request.language, request.parts, optional, request.article_url)
    subject = ""
    actions: dict[str, object] = {}
    parts: list[list[Token]] = []
    sources_filled: list[str] = []
    holes: list[Hole] = []
    shown: list[str] = []
    for number, macro in enumerate(request.macros):
        seen = {**values, "reply": place_in_stack(number, len(request.macros))}
        *subjects, body = (_fill(source, seen, context) for source in sources(macro))
        subject = subject or " ".join("".join(filled.plain for filled in subjects).split())
        actions.update(macro.actions)
        text = kept(body.text) if request.keeps_lines else body.text
        skeleton = parse(text, language=request.language)
        candidates = (
            *(hole for filled in subjects for hole in holes_in_text(filled.text)),
            *holes_in_tokens(skeleton),
        )
        shown += [filled.plain for filled in (*subjects, body)]
        holes += _left(candidates, request, macro)
        parts.append(interpolate(skeleton, body.values))
        sources_filled.append(interpolate_source(text, skeleton, body.values).strip("\n"))
    tokens = one_reply(parts)
    return replace(
        _reply(one_source(sources_filled), tokens, request.language),
        subject=subject,
        actions=actions,
        holes=(*holes, *_accepted(request, values, "\n".join(shown))),
        lookalikes=_beyond(holes_in_tokens(tokens), [hole.written for hole in holes]),
        keeps_lines=request.keeps_lines,
    )


def _fill(source: Source, values: Mapping[str, object], context: RenderContext) -> Rendered:
    filled = render(source, values, context)
    if shows_nothing(filled.plain):
        raise TemplateError("the reply is empty with these values", source.path, source.line)
    return filled


def _left(candidates: Iterable[Hole], request: Request, macro: Macro) -> Iterator[Hole]:
    """The holes with their places in the files, without those that their file allows."""
    for hole in candidates:
        source = _origin(hole, request, macro)
        if source is None:
            yield hole
        elif not _is_allowed(hole, source):
            yield hole._replace(path=source.path, line=_line_in(hole, source))


def _origin(hole: Hole, request: Request, macro: Macro) -> Source | None:
    """The macro's template or the part that has the hole; None if it came about in rendering."""
    parts = (Source(part.body, part.at.path, part.body_line) for part in request.parts.values())
    candidates = (*reversed(sources(macro)), *parts)
    return next((source for source in candidates if hole.written in source.text), None)


def _line_in(hole: Hole, source: Source) -> int:
    return Lines(source.text, source.line).of(source.text.index(hole.written))


def _is_allowed(hole: Hole, source: Source) -> bool:
    """Whether a comment beside the hole says that it is meant."""
    line = _line_in(hole, source) - source.line + 1
    allowed = (item for item in suppressions_in(source.text) if item.code == "placeholder")
    return any(item.line in (0, line, line - 1) for item in allowed)


def _accepted(request: Request, values: Mapping[str, object], shown: str) -> Iterator[Hole]:
    """The holes in the defaults that are shown as their author wrote them."""
    for macro in request.macros:
        for item in macro.fields:
            default = (item.default or "").strip()
            if default and values.get(item.name) == default and default in shown:
                for hole in holes_in_text(default):
                    yield hole._replace(path=macro.at.path)


def _beyond(holes: Iterable[Hole], ignored: Sequence[str]) -> tuple[str, ...]:
    """What of the holes is written more often than it is known."""
    return tuple((Counter(hole.written for hole in holes) - Counter(ignored)).elements())


def editable(reply: Reply) -> str:
    """The body of a reply as its author edits it."""
    return plain(reply.source) if reply.keeps_lines else reply.source


def from_markdown(markdown: str, reply: Reply) -> Reply:
    """Replace the body of a reply by Markdown that its author has edited.

    What is as it was gives the same reply: its values stay what they are, data.
    """
    if markdown.strip("\n") in {reply.source.strip("\n"), editable(reply).strip("\n")}:
        return reply
    markdown = kept(markdown) if reply.keeps_lines else markdown
    tokens = parse(markdown, language=reply.language)
    edited = _reply(markdown.strip("\n") + "\n", tokens, reply.language)
    return replace(
        reply,
        formats=edited.formats,
        source=edited.source,
        holes=tuple(_beyond_lookalikes(holes_in_tokens(tokens), reply.lookalikes)),
    )


def _beyond_lookalikes(holes: Sequence[Hole], lookalikes: Sequence[str]) -> Iterator[Hole]:
    """The holes without those that values brought along.

    Where a person wrote the same again, no one can tell which of them was there before.
    """
    written = _beyond(holes, lookalikes)
    return (hole for hole in holes if hole.written in written)


def linked(title: str, address: str) -> Reply:
    """A link with its title, in every format."""
    marked = "".join(f"\\{char}" if char in "\\[]*_`<&!" else char for char in title)
    finished = _reply(f"[{marked}]({address})\n", parse(f"[{marked}]({address})"), "")
    return replace(finished, formats={**finished.formats, "text": f"{title} {address}\n"})


def _reply(source: str, tokens: list[Token], language: str) -> Reply:
    formats = render_all(Body(source, tree(tokens), language))
    return Reply(formats, source=source, language=language)
