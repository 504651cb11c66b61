"""How desks have texts: in HTML or in Markdown, each with its own placeholders."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from cannery.content.line_ends import kept, plain
from cannery.exchange.desk_reply import DeskReply
from cannery.exchange.desks.desk import Opening
from cannery.exchange.desks.template.fill import Desk, Filled, fill
from cannery.exchange.desks.template.markdown import as_markdown
from cannery.exchange.desks.template.names import there_by
from cannery.exchange.desks.template.written import Look, as_html, as_line, in_code
from cannery.exchange.placeholders.dialect import Dialect
from cannery.exchange.placeholders.tree import Text, Tree, Value
from cannery.model.entry import Macro
from cannery.model.loss import Loss

_IN_CODE = "it stands in code, where the desk fills nothing in"


class Spoken(NamedTuple):
    """A macro's texts as a desk has them."""

    body: str
    subject: str
    losses: tuple[Loss, ...]
    asked: tuple[str, ...]


class Manner(NamedTuple):
    """How a desk has texts: `there` says ours in its way, `here` reads its HTML or Markdown.

    `file` has a body as a file in a language has it. `code` names a macro that has no shortcut,
    where a desk finds all by one. `has_entry` says that there is a place for the id of an entry.
    `longest` is what a text can be, 0 for any length.
    """

    dialect: Dialect
    there: Callable[[Macro], Spoken]
    here: Callable[[DeskReply, str], str]
    file: Callable[[str, str], str]
    code: Callable[[str], str] | None = None
    has_entry: bool = False
    longest: int = 0


def in_html(opening: Opening, dialect: Dialect) -> Manner:
    def written(filled: Filled, look: Look) -> str:
        return as_html(filled, look)

    there, file = partial(_there, opening, dialect, written), partial(_file, opening)
    return Manner(dialect, there, DeskReply.from_html, file)


def in_markdown(opening: Opening, dialect: Dialect) -> Manner:
    def written(filled: Filled, look: Look) -> str:
        return as_markdown(filled, look, dialect)

    there, file = partial(_there, opening, dialect, written), partial(_file, opening)
    return Manner(dialect, there, DeskReply.from_markdown, file)


def _file(opening: Opening, language: str, body: str) -> str:
    """A body with its line ends as the knowledge base keeps them."""
    return plain(body) if opening.around(language).keeps_lines else kept(body)


def _there(
    opening: Opening, dialect: Dialect, written: Callable[[Filled, Look], str], macro: Macro
) -> Spoken:
    """A macro's texts. Raises TemplateError for one that is wrong."""
    language = macro.at.language
    around = opening.around(language)
    desk, look = Desk(dialect, there_by(dialect)), Look(language, around.keeps_lines)
    body = fill(macro.body, macro, around, desk)
    subject = fill(macro.subject, macro, around, desk) if macro.subject else None
    losses = [*body.losses, *(subject.losses if subject else ())]
    losses += [Loss(macro.at.path, 0, one, _IN_CODE) for one in in_code(body, look)]
    asked = (*body.asked, *(subject.asked if subject else ()))
    line = as_line(subject) if subject else ""
    return Spoken(written(body, look), line, tuple(losses), asked)


def _as_text(text: str) -> Tree:
    return (Text(text),) if text else ()


def _refused(_: Value) -> str:
    raise ValueError("no values are filled in there")


NO_PLACEHOLDERS = Dialect("none", "", _as_text, _refused)
