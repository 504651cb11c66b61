"""How desks have texts: in HTML, in Markdown or plain, each with its own placeholders."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from html import escape
from typing import NamedTuple

from cannery.content.line_ends import kept, plain
from cannery.exchange.desk_reply import DeskReply
from cannery.exchange.desks.canonical_html import canonical_html
from cannery.exchange.desks.desk import Opening
from cannery.exchange.desks.template.fill import Desk, Filled, fill
from cannery.exchange.desks.template.loud_marks import once, with_marks
from cannery.exchange.desks.template.markdown import as_markdown, without_beside
from cannery.exchange.desks.template.names import there_by
from cannery.exchange.desks.template.written import Look, as_html, as_line, as_text, in_code
from cannery.exchange.placeholders.dialect import Dialect
from cannery.exchange.placeholders.tree import Text, Tree, Value
from cannery.model.desk_settings import Asking
from cannery.model.entry import Macro
from cannery.model.loss import Loss

_IN_CODE = "in code the desk fills nothing in"
_AS_LINK = "asked for here: a link to the macro's form stands there"
_AS_MARK = "asked for here: a mark stands there"
_BRACKETS = re.compile(r"[\[\]]")


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


class _Markup(NamedTuple):
    """`written` makes a text of a filled template, `link` one that leads to an address."""

    written: Callable[[Filled, Look], str]
    link: Callable[[str, str], str]


def in_html(opening: Opening, dialect: Dialect) -> Manner:
    there = partial(_there, opening, dialect, _Markup(as_html, _html_link))
    return Manner(with_marks(dialect), there, _from_html, partial(_file, opening))


def in_markdown(opening: Opening, dialect: Dialect) -> Manner:
    def written(filled: Filled, look: Look) -> str:
        return as_markdown(filled, look, dialect)

    there = partial(_there, opening, dialect, _Markup(written, _markdown_link))
    return Manner(with_marks(dialect), there, _from_markdown, partial(_file, opening))


def in_text(opening: Opening) -> Manner:
    """Plain text, in which nothing is filled in."""
    there = partial(_there, opening, NO_PLACEHOLDERS, _Markup(as_text, _plain_link))
    dialect = with_marks(NO_PLACEHOLDERS)
    return Manner(dialect, there, DeskReply.from_plain, partial(_file, opening))


def _from_html(reading: DeskReply, html: str) -> str:
    return reading.from_html(once(html))


def _from_markdown(reading: DeskReply, markdown: str) -> str:
    return reading.from_markdown(without_beside(markdown))


def _html_link(title: str, address: str) -> str:
    return canonical_html(f'<p><a href="{escape(address)}">{escape(title)}</a></p>')


def _plain_link(title: str, address: str) -> str:
    return f"{title}\n{address}"


def _markdown_link(title: str, address: str) -> str:
    return f"[{_BRACKETS.sub(' ', title)}](<{address}>)"


def _file(opening: Opening, language: str, body: str) -> str:
    """A body with its line ends as the knowledge base keeps them."""
    return plain(body) if opening.around(language).keeps_lines else kept(body)


def _there(opening: Opening, dialect: Dialect, markup: _Markup, macro: Macro) -> Spoken:
    """A macro's texts. Raises TemplateError for one that is wrong."""
    around = opening.around(macro.at.language)
    fills = dialect.desk != NO_PLACEHOLDERS.desk
    look = Look(macro.at.language, around.keeps_lines, fills=fills)
    desk = Desk(dialect, there_by(dialect))
    path = macro.at.path
    filled = fill(macro.body, macro, around, desk)
    losses = [*filled.losses]
    losses += [Loss(path, 0, mark, _IN_CODE) for mark in dict.fromkeys(in_code(filled, look))]
    body = markup.written(filled, look)
    if filled.asked:
        address = opening.address_of(macro.at.id, macro.at.language)
        is_link = address and opening.settings.asking is Asking.LINK
        body = markup.link(macro.header.title, address) if is_link else body
        names = ", ".join(dict.fromkeys(filled.asked))
        losses.append(Loss(path, 0, names, _AS_LINK if is_link else _AS_MARK))
    line, told = _line(macro, fill(macro.subject, macro, around, desk) if macro.subject else None)
    return Spoken(body, line, tuple(dict.fromkeys([*losses, *told])), filled.asked)


def _line(macro: Macro, subject: Filled | None) -> tuple[str, list[Loss]]:
    """A subject; empty for one that asks for values, which would name a ticket by marks."""
    if subject is None:
        return "", []
    if subject.asked:
        why = "it asks for values, and the desk would give the ticket a name with marks in it"
        return "", [Loss(macro.at.path, 0, "subject", why)]
    return as_line(subject), [*subject.losses]


def _as_text(text: str) -> Tree:
    return (Text(text),) if text else ()


def _refused(_: Value) -> str:
    raise ValueError("no values are filled in there")


NO_PLACEHOLDERS = Dialect("none", "", _as_text, _refused)
