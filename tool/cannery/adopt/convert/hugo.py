"""Hugo's Markdown -> ours: shortcodes of Hugo itself and of its themes for documentation."""

from __future__ import annotations

from collections.abc import Mapping

from cannery.adopt.convert.attribute_lists import ATTRIBUTE_RULES, attribute_tags
from cannery.adopt.convert.dialect import Dialect, inner, rows
from cannery.adopt.convert.elements import Element, Rule
from cannery.adopt.convert.fences import FENCE, fence_tags
from cannery.adopt.convert.fences import NAME as FENCES
from cannery.adopt.convert.includes import included
from cannery.adopt.convert.link_targets import LINK_RULES, link_tags
from cannery.adopt.convert.notes import Notes
from cannery.adopt.convert.shapes import (
    alert,
    code_span,
    dedented,
    details,
    fence,
    link,
    one_line,
    picture,
    tab,
)
from cannery.adopt.convert.shortcodes import (
    ESCAPED,
    IN_ADDRESS,
    IN_CODE,
    PREFIX,
    shortcode_tags,
    shortcodes_in_code,
)

_COLORS = {"primary": "note", "secondary": "note", "success": "tip", "danger": "caution"}
_VIDEOS = {
    "youtube": "https://www.youtube.com/watch?v={}",
    "vimeo": "https://vimeo.com/{}",
    "gist": "https://gist.github.com/{}",
    "tweet": "https://x.com/i/status/{}",
    "x": "https://x.com/i/status/{}",
    "instagram": "https://www.instagram.com/p/{}/",
}
_HEADINGS = {
    "whatsnext": "What's next",
    "prerequisites": "Before you begin",
    "objectives": "Objectives",
    "cleanup": "Clean up",
    "synopsis": "Synopsis",
    "options": "Options",
    "seealso": "See also",
    "discussion": "Discussion",
}


def _first(element: Element, *names: str) -> str:
    return next((element.attributes[name] for name in names if element.attributes.get(name)), "")


def _reference(element: Element, notes: Notes) -> str:
    """The page that `ref` names, as a link of this page leads there."""
    written = _first(element, "0", "path")
    leads_to = notes.target(written) if written else ""
    path = written.partition("#")[0]
    if leads_to == written and path and not notes.find(path):
        notes.lose(element.line, element.source, "no page of the source is called so")
    return leads_to


def _figure(element: Element, notes: Notes) -> str:
    attributes = element.attributes
    source = _first(element, "src", "0", "link")
    caption = one_line(_first(element, "caption", "title", "attr"))
    made = picture(attributes.get("alt") or caption, notes.target(source))
    if target := attributes.get("link"):
        made = link(made, notes.target(target))
    return f"{made}\n*{caption}*" if caption else made


def _highlight(element: Element, notes: Notes) -> str:
    code = dedented(element.attributes.get("", element.inner))
    return fence(code, _first(element, "0", "lang", "language"))


def _drawing(element: Element, notes: Notes) -> str:
    code = dedented(element.attributes.get("", element.inner))
    return fence(code, element.name.removeprefix(PREFIX))


def _box(element: Element, notes: Notes) -> str:
    kind = _first(element, "type", "style", "color", "0") or element.name.removeprefix(PREFIX)
    kind = _COLORS.get(kind.lower(), kind)
    title = _first(element, "title", "1", "heading")
    if not element.has_inner:
        text = _first(element, "context", "content", "text")
        return alert(kind, title, text)
    if not element.is_block:
        notes.lose(element.line, element.source, "no box stands in a line; its text is kept")
        return element.inner
    return alert(kind, title, element.inner)


def _tab(element: Element, notes: Notes) -> str:
    name = _first(element, "header", "name", "title", "0") or "Tab"
    language = element.attributes.get("lang", "")
    is_code = language and element.inner.strip() and "```" not in element.inner
    return tab(name, fence(element.inner, language) if is_code else element.inner)


def _tabs(element: Element, notes: Notes) -> str:
    """The tabs, which the element itself may have the names of."""
    made = element.inner
    for name in _first(element, "items").split(","):
        made = made.replace('=== "Tab"', f'=== "{one_line(name)}"', 1) if name.strip() else made
    return made


def _details(element: Element, notes: Notes) -> str:
    return details(_first(element, "summary", "title", "0"), element.inner)


def _video(element: Element, notes: Notes) -> str:
    number = _first(element, "id", "0", "user")
    rest = element.attributes.get("1", "")
    notes.lose(element.line, element.source, "it is a link now: an entry plays nothing")
    host = element.name.removeprefix(PREFIX)
    name = f"{number}/{rest}" if host == "gist" and rest else number
    return link(_first(element, "title"), _VIDEOS[host].format(name)) if number else ""


def _param(element: Element, notes: Notes) -> str:
    name = _first(element, "0", "name")
    value = notes.variables.get(name, notes.variables.get(f"params.{name}"))
    if value is None and IN_ADDRESS in element.attributes:
        notes.lose(element.line, element.source, "its value is not known here")
        return ""
    if value is None:
        notes.lose(element.line, element.source, "its value is not known here; its name is shown")
        return code_span(name)
    return value


def _comment(element: Element, notes: Notes) -> str:
    text = element.attributes.get("", element.inner).strip("\n").replace("--", "- -")
    return f"<!-- {text} -->" if text.strip() else ""


def _raw(element: Element, notes: Notes) -> str:
    """HTML that is none of the page's text: told, and left out."""
    text = element.attributes.get("", element.inner)
    notes.lose(element.line, f"{element.source}{text}", "an entry has no HTML of its own")
    return ""


def _card(element: Element, notes: Notes) -> str:
    title = _first(element, "title", "header", "0") or one_line(element.inner)
    target = _first(element, "link", "href", "url")
    head = link(title, notes.target(target)) if target else title
    text = _first(element, "subtitle", "description")
    if element.inner.strip() and title != one_line(element.inner):
        return f"**{head}**\n\n{element.inner}"
    return f"- {head}: {text}" if text else f"- {head}"


def _button(element: Element, notes: Notes) -> str:
    target = _first(element, "href", "link", "relref", "url", "0")
    return link(element.inner or _first(element, "text", "label"), notes.target(target))


def _text(element: Element, notes: Notes) -> str:
    return _first(element, "text", "term", "0") or element.inner


def _heading(element: Element, notes: Notes) -> str:
    name = _first(element, "0")
    return _HEADINGS.get(name, name)


def _include(element: Element, notes: Notes) -> str:
    named = _first(element, "file", "0", "path")
    language = notes.page.path.split("/")[1:2]
    roots = ["", "content", *(f"content/{name}" for name in language)]
    roots += [f"{root}/_includes" for root in roots[1:]] + [
        "layouts/includes",
        "static",
        "examples",
    ]
    return included(element, notes, named, roots, HUGO)


def _sample(element: Element, notes: Notes) -> str:
    """A file that is shown as code."""
    named = _first(element, "file", "0")
    path = notes.find(named, "", "static", "examples", "content/en/examples", "assets")
    text = notes.text(path) if path else None
    if text is None:
        notes.lose(element.line, element.source, "the file is not in the source")
        return code_span(named)
    return fence(text.rstrip("\n"), _first(element, "language", "lang") or path.rpartition(".")[2])


def _escaped(element: Element, notes: Notes) -> str:
    return code_span(element.attributes["text"])


def _in_code(element: Element, notes: Notes) -> str:
    """Code is left alone, but for the escape of Hugo's that shows a shortcode."""
    if element.name == f"{IN_CODE}{ESCAPED}":
        return element.attributes["text"]
    value = notes.variables.get(element.attributes.get("0", ""))
    if element.name == f"{IN_CODE}{PREFIX}param" and value is not None:
        return value
    if not notes.is_again:  # or it is what the escape shows
        notes.lose(element.line, element.source, "in code; it stays as it is written")
    return element.source


def _unknown(element: Element, notes: Notes) -> str:
    kept = element.inner or _first(element, "title", "text", "caption", "alt")
    reason = "nothing here does the same" + ("; its text is kept" if kept.strip() else "")
    notes.lose(element.line, element.source, reason)
    return kept


_BOXES = (
    "alert hint notice callout admonition note tip info warning caution danger important attention "
    "success error expand-note pageinfo"
)
_RULES: Mapping[str, Rule] = {
    **rows("ref relref", _reference, inline=True),
    **rows("figure image img imgproc", _figure),
    **rows("highlight code", _highlight),
    **rows("mermaid katex math", _drawing),
    **rows(_BOXES, _box),
    **rows("tab tabitem", _tab),
    **rows("tabs tabpane codetabs", _tabs),
    **rows("details expand spoiler collapse", _details),
    **rows(" ".join(_VIDEOS), _video),
    **rows("param _param", _param, inline=True),
    **rows("comment", _comment),
    **rows("card", _card),
    **rows("cards columns column steps cardpane row blocks/lead", inner),
    **rows("rawhtml raw", _raw),
    **rows("button", _button),
    **rows("glossary_tooltip badge", _text, inline=True),
    **rows("heading", _heading, inline=True),
    **rows("include readfile include_text", _include),
    **rows("code_sample codenew codenew codeblock literalinclude", _sample),
}
HUGO = Dialect(
    (shortcode_tags, shortcodes_in_code, attribute_tags, fence_tags, link_tags),
    {
        **{f"{PREFIX}{name}": rule for name, rule in _RULES.items()},
        **ATTRIBUTE_RULES,
        **LINK_RULES,
        ESCAPED: Rule(_escaped, is_inline=True),
        FENCES: FENCE,
    },
    unknown=Rule(_unknown),
    code=Rule(_in_code, is_inline=True),
)
