"""Render macros with their values into one message, in every output format."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from cannery.content.markdown import Token, parse, tree
from cannery.errors import TemplateError
from cannery.liquid.context import RenderContext, Source
from cannery.liquid.interpolate import interpolate
from cannery.liquid.interpolate_source import interpolate_source
from cannery.liquid.template import Rendered, render
from cannery.model.entry import Reply
from cannery.reply.formats import Body, render_all
from cannery.reply.resolve import Request, place_in_stack, sources


def compose(request: Request, values: Mapping[str, object]) -> Reply:
    """Render the macros one after another into one reply. Raises TemplateError."""
    optional = frozenset(item.name for item in request.fields if not item.required)
    context = RenderContext(request.language, request.parts, optional, request.article_url)
    subject = ""
    actions: dict[str, object] = {}
    tokens: list[Token] = []
    sources_filled: list[str] = []
    for number, macro in enumerate(request.macros):
        seen = {**values, "reply": place_in_stack(number, len(request.macros))}
        *subjects, body = (_fill(source, seen, context) for source in sources(macro))
        subject = subject or " ".join("".join(filled.plain for filled in subjects).split())
        actions.update(macro.actions)
        skeleton = parse(body.text)
        tokens += interpolate(skeleton, body.values)
        sources_filled.append(interpolate_source(body.text, skeleton, body.values).strip("\n"))
    markdown = "\n\n".join(sources_filled) + "\n"
    return replace(_reply(markdown, tokens), subject=subject, actions=actions)


def _fill(source: Source, values: Mapping[str, object], context: RenderContext) -> Rendered:
    filled = render(source, values, context)
    if not filled.plain.strip():
        raise TemplateError("nothing is left of it with these values", source.path, source.line)
    return filled


def from_markdown(markdown: str, reply: Reply) -> Reply:
    """Replace the body of a reply by Markdown that its author has edited.

    What is as it was gives the same reply: its values stay what they are, data.
    """
    if markdown.strip("\n") == reply.markdown.strip("\n"):
        return reply
    return replace(
        _reply(markdown.strip("\n") + "\n", parse(markdown)),
        subject=reply.subject,
        actions=reply.actions,
    )


def linked(title: str, address: str) -> Reply:
    """A link with its title, in every format."""
    marked = "".join(f"\\{char}" if char in "\\[]*_`<&!" else char for char in title)
    finished = _reply(f"[{marked}]({address})\n", parse(f"[{marked}]({address})"))
    return replace(finished, formats={**finished.formats, "text": f"{title} {address}\n"})


def _reply(markdown: str, tokens: list[Token]) -> Reply:
    return Reply(render_all(Body(markdown, tree(tokens))))
