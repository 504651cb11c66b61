"""A macro of ours -> what Zendesk would keep of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from html import escape
from typing import NamedTuple

from cannery.content.context_value import context_value
from cannery.content.dates import Calendar
from cannery.content.field_types import parse
from cannery.errors import NotFoundError, ValueRefusedError
from cannery.exchange.desks.canonical_html import canonical_html
from cannery.exchange.desks.desk import Opening
from cannery.exchange.desks.template.fill import Desk, Filled, fill
from cannery.exchange.desks.template.written import Look, as_html, as_line, in_code
from cannery.exchange.desks.zendesk import titles
from cannery.exchange.desks.zendesk.actions import parts_from_ours
from cannery.exchange.desks.zendesk.fields import there_with
from cannery.exchange.desks.zendesk.languages import Languages
from cannery.exchange.desks.zendesk.macro_files import PART as ATTACHMENTS
from cannery.exchange.desks.zendesk.macro_files import MacroFiles
from cannery.exchange.desks.zendesk.macro_parts import BODY, SUBJECT
from cannery.exchange.desks.zendesk.numbers import Numbers
from cannery.exchange.placeholders.zendesk import DIALECT
from cannery.model.desk import Content, Family, Outgoing
from cannery.model.desk_settings import Asking
from cannery.model.entry import Field, Macro
from cannery.model.loss import Loss
from cannery.util.plain import one_line

_HEADER_ALONE = (
    "keywords",
    "owner",
    "redirect_from",
    "related",
    "review_every",
    "reviewed",
    "tags",
)


class _Text(NamedTuple):
    """What is sent of a macro in one language."""

    parts: Mapping[str, Content]
    losses: tuple[Loss, ...]
    asked: tuple[str, ...]


class MacroOut:
    """Writes macros for one desk."""

    def __init__(
        self, opening: Opening, languages: Languages, numbers: Numbers, files: MacroFiles
    ) -> None:
        self._files = files
        self._opening, self._languages, self._numbers = opening, languages, numbers
        self._desk = Desk(DIALECT, there_with(numbers))

    def outgoing(self, family: Family) -> Outgoing:
        """The macro as Zendesk would keep it.

        Raises TemplateError for one that is wrong, NotFoundError for a group that the desk has
        not, ContentError for a file that can't be sent.
        """
        macros = {lang: one for lang, one in family.by_language.items() if isinstance(one, Macro)}
        default = self._opening.default_language
        first = macros.get(default) or next(iter(macros.values()))
        said = parts_from_ours(first.actions, first.at.path, self._numbers)
        parts: dict[str, Content] = {
            "title": one_line(first.header.title),
            "section": titles.section_name(family.id),
            "description": one_line(first.header.summary),
            "active": True,
            "restriction": self._restriction(first),
            **said.parts,
        }
        if items := self._files.items(first):
            parts[ATTACHMENTS] = items
        losses = [*said.losses, *self._files.losses(first), *_kept_here(macros.values(), first)]
        asked: list[str] = []
        for language, macro in sorted(macros.items(), key=lambda item: item[0] != default):
            if macro is not first and (loss := self._unknown(language, macro)):
                losses.append(loss)
                continue
            text = self._text(language, macro)
            parts |= text.parts
            losses += text.losses
            asked += text.asked
        return Outgoing(first.header.title, parts, _once(losses), tuple(dict.fromkeys(asked)))

    def _restriction(self, macro: Macro) -> Content:
        """Its groups, None for all. Raises NotFoundError for one that the desk has not.

        Without the groups that are there, more would have it than are meant to.
        """
        for name in macro.groups:
            self._numbers.number("groups", name)
        return sorted(set(macro.groups)) or None

    def expected(self, macro: Macro, context: Mapping[str, object]) -> str:
        """The text as the ticket would get it, with the values of a context in it.

        Raises TemplateError for what can't be filled in, such as a value that is blank.
        """
        around = self._opening.around(macro.at.language)
        given = {item.name: _given(item, context) for item in macro.fields if item.source}
        known = {name: value for name, value in given.items() if value is not None}
        around = around._replace(values={**around.values, **context, **known})
        body = fill(macro.body, macro, around, self._desk)
        html = as_html(body, Look(macro.at.language, around.keeps_lines))
        return self._asking(macro, html, body)[0] if body.asked else html

    def _unknown(self, language: str, macro: Macro) -> Loss | None:
        """The loss of a language that the desk has not, such as one that is switched off."""
        try:
            self._languages.number(language)
        except NotFoundError:
            return Loss(macro.at.path, 0, language, "the desk does not have this language")
        return None

    def _text(self, language: str, macro: Macro) -> _Text:
        around = self._opening.around(language)
        look = Look(language, around.keeps_lines)
        body = fill(macro.body, macro, around, self._desk)
        losses = [*body.losses]
        why = "in code Zendesk fills nothing in"
        marks = dict.fromkeys(in_code(body, look))
        losses += [Loss(macro.at.path, 0, mark, why) for mark in marks]
        html = as_html(body, look)
        if body.asked:
            html, told = self._asking(macro, html, body)
            losses += told
        parts: dict[str, Content] = {BODY + language: html}
        if macro.subject:
            subject = fill(macro.subject, macro, around, self._desk)
            losses += [loss for loss in subject.losses if loss not in losses]
            if subject.asked:
                why = (
                    "it asks for values, and Zendesk would give the ticket a name with marks in it"
                )
                losses.append(Loss(macro.at.path, 0, "subject", why))
            else:
                parts[SUBJECT + language] = as_line(subject)
        return _Text(parts, tuple(losses), body.asked)

    def _asking(self, macro: Macro, html: str, body: Filled) -> tuple[str, list[Loss]]:
        """The text of a macro that asks for values, as kb.toml wants it."""
        names = ", ".join(dict.fromkeys(body.asked))
        if self._opening.settings.asking is Asking.LINK:
            address = self._opening.address_of(macro.at.id, macro.at.language)
            if address:
                link = f'<p><a href="{escape(address)}">{escape(macro.header.title)}</a></p>'
                why = "asked for here: a link to the macro's form stands there"
                return canonical_html(link), [Loss(macro.at.path, 0, names, why)]
        return html, [Loss(macro.at.path, 0, names, "asked for here: a mark stands there")]


def _once(losses: Iterable[Loss]) -> tuple[Loss, ...]:
    """The losses without those that another language has, too."""
    return tuple({(loss.what, loss.why): loss for loss in reversed([*losses])}.values())[::-1]


def _given(item: Field, context: Mapping[str, object]) -> object:
    """The value that a ticket has for a field; None where the field has its own."""
    text = context_value(item.source, context)
    if not text:
        return None if item.default is not None else ""
    try:
        return parse(item, text, Calendar(date.today()))  # noqa: DTZ011 - as the agent reads it
    except ValueRefusedError:
        return text


def _kept_here(macros: Collection[Macro], first: Macro) -> Iterator[Loss]:
    """What Zendesk has no place for; it stays in the files."""
    why = "Zendesk has no place for it: it stays in the file alone"
    alone = {key for one in macros for key in _HEADER_ALONE if getattr(one.header, key)}
    alone |= {"shortcut" for one in macros if one.shortcut}
    if alone:
        yield Loss(first.at.path, 0, ", ".join(sorted(alone)), why)
    for macro in macros:
        keys = [key for key in ("title", "summary") if _differ(macro, first, key)]
        keys += ["actions"] if macro.actions != first.actions else []
        if keys:
            one = "Zendesk has one for all languages: this stays in the file alone"
            yield Loss(macro.at.path, 0, ", ".join(keys), one)


def _differ(one: Macro, other: Macro, key: str) -> bool:
    return bool(getattr(one.header, key) != getattr(other.header, key))
