"""The output formats of a reply: a row here and a file in this folder for each.

A format's renderer is the function `render` in the module of its name (`_` for `-`), loaded when a
reply is made: who asks for help loads none.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from cannery.content.markdown import Node


class Body(NamedTuple):
    """What a renderer works on: the Markdown with all values in it, its nodes and its language."""

    source: str
    nodes: tuple[Node, ...]
    language: str = ""


class Renderer(NamedTuple):
    """A format that a reply can be had in.

    `text_of` names the format whose text is printed, or copied as plain text, where that is not its
    own; `html_of` the format that is copied beside it as HTML, for programs that take that, which
    may be one that has a file and no row.
    `spoken` is how a person is told what was copied, where the format's name will not do. `key`
    copies it in the picker's form, whose footer calls that `button`; without a key it is not there.
    """

    text_of: str = ""
    html_of: str = ""
    spoken: str = ""
    key: str = ""
    button: str = ""


# In the order in which the command line names them.
RENDERERS: Mapping[str, Renderer] = {
    "rich": Renderer("text", "html", spoken="plain text", key="ctrl+s", button="Copy"),
    "html": Renderer(key="f3", button="HTML"),
    "markdown": Renderer(key="f5", button="Markdown"),
    "text": Renderer(spoken="plain text", key="f2", button="Plain"),
    "slack": Renderer(html_of="slack-html", spoken="plain text", key="f4", button="Slack"),
    "slack-api": Renderer(spoken="Slack's mrkdwn"),
}
RICH = "rich"  # what is copied unless a person asks for another one


def render_all(body: Body) -> dict[str, str]:
    """The body in each format that has a renderer, by the format's name."""
    own = [name for name, row in RENDERERS.items() if not row.text_of]
    beside = [row.html_of for row in RENDERERS.values() if row.html_of]
    return {name: _module(name).render(body) for name in dict.fromkeys([*own, *beside])}


def _module(name: str) -> ModuleType:
    return import_module(f"cannery.render.{name.replace('-', '_')}")
