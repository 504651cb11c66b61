"""A reply as Slack's mrkdwn, for what posts by its API: the composer shows this as it stands."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from cannery.content.markdown import Node
from cannery.render.blocks import Marks, blocks
from cannery.render.formats import Body
from cannery.render.plainer import Form, plainer

_FORM = Form(tasks=("\u2610", "\u2611"), is_quote=True)
_JOINER = "\u2060"  # keeps a mark in the text from meeting its twin


def render(body: Body) -> str:
    return mrkdwn(body.nodes) + "\n"


def mrkdwn(nodes: Sequence[Node]) -> str:
    return blocks(plainer(nodes, _FORM), _SLACK)


def _slack_entities(piece: str) -> str:
    return piece.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _slack_escape(piece: str) -> str:
    return re.sub(r"[*_~`]", lambda match: _JOINER + match[0], _slack_entities(piece))


def _slack_link(label: str, address: str) -> str:
    safe = _slack_entities(address).replace("|", "%7C")
    inner = label.replace("|", "\u00a6").replace("\n", " ")
    return f"<{safe}|{inner}>" if label and label != _slack_escape(address) else f"<{safe}>"


def _mark(sign: str) -> Callable[[str], str]:
    """The piece between two signs; each line of it, for Slack's marks end with the line."""
    return lambda piece: "\n".join(
        f"{sign}{line}{sign}" if line.strip() else line for line in piece.split("\n")
    )


_SLACK = Marks(
    escape=_slack_escape,
    strong=_mark("*"),
    em=_mark("_"),
    strike=_mark("~"),
    code=lambda piece: f"`{_slack_entities(piece).replace('`', chr(0x2CB))}`",
    block=lambda piece: f"```\n{_slack_entities(piece).replace('```', f'``{_JOINER}`')}\n```",
    link=_slack_link,
    heading=_mark("*"),
    bullet="•",
    blanks=True,
)
