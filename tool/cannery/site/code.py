"""Blocks of code as HTML: coloured as the engine's settings say, by pymdownx and Pygments."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from inspect import signature
from typing import Any

from markdown import Markdown

_OPTION = re.compile(r"(title|hl_lines|linenums)=\"([^\"\n]{0,500})\"")
_LANGUAGE = re.compile(r"(?:\{[ \t]{0,9}\.?)?([\w#+.-]{1,60})(?=[\s},]|\Z)")
_SPAN = re.compile(r"(\d{1,6})(?:-(\d{1,6}))?")
_SETTINGS = "get_pymdownx_highlight_settings"
_FIRST = re.compile(r"\d{1,6}")


def highlighted(md: Markdown, code: str, info: str) -> str:
    """The code's HTML; `info` is what stands behind the fence: a language, and options."""
    match = _LANGUAGE.match(info.lstrip())
    language = match[1] if match else ""
    options = dict(_OPTION.findall(info))
    colours = next((it for it in md.registeredExtensions if hasattr(it, _SETTINGS)), None)
    if colours is None:
        named = f' class="language-{escape(language)}"' if language else ""
        return f"<pre><code{named}>{escape(code)}</code></pre>"
    return _by_pymdownx(md, colours, code, language, options)


def _by_pymdownx(
    md: Markdown,
    extension: Any,  # noqa: ANN401 - has no types
    code: str,
    language: str,
    options: dict[str, str],
) -> str:
    settings = getattr(extension, _SETTINGS)()
    highlighter = extension.get_pymdownx_highlighter()
    taken = signature(highlighter).parameters
    extension.pygments_code_block += 1
    first = _FIRST.match(options.get("linenums", ""))
    lines = code.count("\n") + 1
    return str(
        highlighter(md, **{name: settings[name] for name in settings if name in taken}).highlight(
            code.rstrip("\n"),
            language,
            settings["css_class"],
            hl_lines=sorted(_marked(options.get("hl_lines", ""), lines)),
            linestart=int(first[0]) if first else -1,
            title=_title(md, options),
            code_block_count=extension.pygments_code_block,
        )
    )


def _title(md: Markdown, options: dict[str, str]) -> str | None:
    """The title, put aside: of the engine's versions some escape it once more, and some don't."""
    return str(md.htmlStash.store(escape(options["title"]))) if "title" in options else None


def _marked(spans: str, lines: int) -> Iterator[int]:
    """The lines that are to stand out, of so many: `2 4-6`."""
    for match in _SPAN.finditer(spans):
        first = int(match[1])
        yield from range(first, min(int(match[2] or first), lines) + 1)
