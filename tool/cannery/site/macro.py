"""A macro as the data of its page, from which the browser makes the form and the reply."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from cannery.content.holes import holes_in_template
from cannery.content.patterns import browser_program
from cannery.content.suppressions import suppressions_in
from cannery.errors import TemplateError
from cannery.liquid.portability import parts_used, unportable
from cannery.model.entry import Field, Macro, Part
from cannery.util.spans import between

_QUOTED = re.compile(r"\"([^\"]{1,200})\"|'([^']{1,200})'")


def form_of(
    macro: Macro, parts: Mapping[str, Part], article_url: Callable[[str], str]
) -> dict[str, Any]:
    """The macro's template and fields; `portable` says why a browser can't fill it in, if so."""
    used = parts_used(macro, parts)
    texts = [macro.subject, macro.body, *(parts[name].body for name in used)]
    return {
        "id": macro.at.id,
        "title": macro.header.title,
        "language": macro.at.language,
        "subject": macro.subject,
        "body": macro.body,
        "parts": {name: parts[name].body for name in used},
        "fields": [_field(item) for item in macro.fields],
        "actions": dict(macro.actions),
        "articles": dict(_articles(macro, texts, article_url)),
        "unportable": _unportable(macro, parts),
        "allowedHoles": [hole for text in texts for hole in _allowed_holes(text)],
    }


def _allowed_holes(text: str) -> list[str]:
    """What looks like a hole and is meant, as a comment beside it says."""
    items = [item for item in suppressions_in(text) if item.code == "placeholder"]
    lines = {item.line for item in items}
    return [
        hole.written
        for hole in (holes_in_template(text) if items else ())
        if lines & {0, hole.line, hole.line - 1}
    ]


def _unportable(macro: Macro, parts: Mapping[str, Part]) -> str:
    try:
        return next((what for *_, what in unportable(macro, parts)), "")
    except TemplateError as error:
        return error.reason


def _field(item: Field) -> dict[str, Any]:
    return {
        "name": item.name,
        "label": item.label,
        "help": item.help,
        "type": item.type,
        "choices": [[choice.value, choice.label] for choice in item.choices],
        "default": item.default,
        "required": item.required,
        "pattern": browser_program(item.pattern) if item.pattern else None,
        "from": item.source,
        "remember": item.remember,
    }


def _articles(
    macro: Macro, texts: list[str], article_url: Callable[[str], str]
) -> Iterator[tuple[str, dict[str, str]]]:
    """The addresses of the articles that `article_url` may be asked for, by name."""
    if not any("article_url" in text for text in texts):
        return
    marks = [
        text[start:end] for text in texts for start, end in between(text, {"{{": "}}", "{%": "%}"})
    ]
    names = [one or two for mark in marks for one, two in _QUOTED.findall(mark)]
    names += [choice.value for item in macro.fields for choice in item.choices]
    names += [item.default for item in macro.fields if item.default]
    for name in dict.fromkeys(names):
        try:
            yield name, {"url": str(article_url(name))}
        except ValueError as error:
            yield name, {"error": str(error).removeprefix("article_url: ")}
