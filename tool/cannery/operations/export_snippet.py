"""A macro as snippets: filled in, with a sign for each value that is asked for.

Whatever the templates do is done by the one engine that replies are made with. Where a choice or a
yes decides what the text says, there is a snippet for each answer, since no snippet tool decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from itertools import product
from math import prod
from typing import NamedTuple

from cannery.content.files import Scan
from cannery.errors import CanneryError
from cannery.model.entry import Choice, Field, Macro
from cannery.model.loss import Loss
from cannery.model.snippet import Asked, Caret, Pieces, Snippet
from cannery.operations.reply import ReplyQuery, request_of
from cannery.reply.compose import compose, editable
from cannery.reply.resolve import Request, resolve
from cannery.util.spans import Lines
from cannery.workspace import Workspace

_ROUNDS = 40  # one value may call for another
_MAX_VARIANTS = 12
_CARET = "kbcaret"
_SIGN = re.compile(r"kbasked(\d{1,3})x|kbcaret")
_SIGN_OF_ANY_CASE = re.compile(r"kbasked\d{1,3}x|kbcaret", re.IGNORECASE)
_OUTPUT = re.compile(r"\{\{-?[ \t]{0,9}(\w{1,100})\b([^{}]{0,200})\}\}")
_TAG = re.compile(r"\{%-?[ \t]{0,9}(if|elsif|unless|case|for|assign)\b([^%]{0,300})%\}")
_WORD = re.compile(r"[\w.]+")
_YESNO = (Choice("yes", ""), Choice("no", ""))
_GIVEN = "it is taken as given there: the text is that for a value"
_TYPED = "the date is written there as it is typed"
_TODAY = "it is reckoned when a reply is made: the date is asked for there"


class _Dates:
    """What templates reckon of days: each `today` a value to be asked for, other dates as typed."""

    def __init__(self, macro: Macro) -> None:
        self._typed = {item.name for item in macro.fields if item.type == "date"}
        self.names: dict[str, str] = {}
        self.losses: dict[str, str] = {}

    def replaced(self, text: str) -> str:
        return _OUTPUT.sub(self._replace, text)

    def _replace(self, match: re.Match[str]) -> str:
        name, filters = match[1], match[2].strip(" \t-")
        written = " ".join(match[0].split())[:60]
        if name == "cursor":
            return _CARET
        if name in self._typed and filters:
            self.losses[written] = _TYPED
            return f"{{{{ {name} }}}}"
        if name not in ("today", "now"):
            return match[0]
        self.losses[written] = _TODAY
        free = "date" if not self.names else f"date_{len(self.names) + 1}"
        return f"{{{{ {self.names.setdefault(written, free)} }}}}"


class _Filled(NamedTuple):
    """A request whose values are signs: `names` are those asked for, by the number of a sign."""

    request: Request
    names: tuple[str, ...]


def snippets_of(
    workspace: Workspace, macro: Macro, scanned: Scan, *, is_personal: bool
) -> list[Snippet]:
    """A macro filled in but for what is asked for; the agent too, unless it `is_personal`.

    Raises CanneryError where that can't be done.
    """
    dates = _Dates(macro)
    deciding = _deciding(macro)
    if (count := prod(len(item.choices) for item in deciding)) > _MAX_VARIANTS:
        names = ", ".join(item.name for item in deciding)
        raise CanneryError(f"{names} decide between {count} texts, of which {_MAX_VARIANTS} fit")
    request = request_of(workspace, (macro,), ReplyQuery((), {}, {}), scanned)
    request = replace(
        request,
        macros=(_asking(macro, dates, deciding),),
        parts={
            name: replace(part, body=dates.replaced(part.body))
            for name, part in request.parts.items()
        },
        remembered={},
        agent=request.agent if is_personal else {},
    )
    tried = [*product(*(item.choices for item in deciding))]
    filled = [_filled(request, _given(deciding, answers)) for answers in tried]
    snippets = [
        _snippet(macro, one, dates, answers) for one, answers in zip(filled, tried, strict=True)
    ]
    asked = {name for one in filled for name in one.names}
    snippets[0] = replace(snippets[0], losses=tuple(_losses(macro, dates, asked)))
    return snippets


def _deciding(macro: Macro) -> list[Field]:
    """The fields that a tag looks at, and whose answers can be counted."""
    looked_at = {word for match in _TAG.finditer(macro.body) for word in _WORD.findall(match[2])}
    asked = (item for item in macro.fields if item.name in looked_at)
    return [
        replace(item, choices=_YESNO if item.type == "yesno" else item.choices)
        for item in asked
        if item.type in ("choice", "yesno")
    ]


def _asking(macro: Macro, dates: _Dates, deciding: Sequence[Field]) -> Macro:
    """The macro with fields that take any sign, but for those whose answers are tried."""
    tried = {item.name for item in deciding}
    return replace(
        macro,
        body=dates.replaced(macro.body),
        subject=dates.replaced(macro.subject),
        fields=tuple(
            replace(item, default=None, source="", pattern="")
            if item.name in tried
            else Field(item.name, required=item.required)
            for item in macro.fields
        ),
    )


def _given(deciding: Sequence[Field], answers: Sequence[Choice]) -> dict[str, str]:
    return {item.name: answer.value for item, answer in zip(deciding, answers, strict=True)}


def _filled(request: Request, given: Mapping[str, str]) -> _Filled:
    """The request with a sign for each value that the templates come upon."""
    names: list[str] = []
    request = replace(request, given=given)
    for _ in range(_ROUNDS):
        wanted = [item.field.name for item in resolve(request, accept=False).missing]
        if not wanted:
            return _Filled(request, tuple(names))
        names += [name for name in wanted if name not in names]
        signs = {name: _sign(number) for number, name in enumerate(names)}
        request = replace(request, given={**given, **signs})
    raise CanneryError("its values call for ever more values")


def _sign(number: int) -> str:
    """Letters and digits alone: no markup, no address and no language treats them otherwise."""
    return f"kbasked{number}x"


def _snippet(macro: Macro, filled: _Filled, dates: _Dates, answers: Sequence[Choice]) -> Snippet:
    reply = compose(filled.request, resolve(filled.request, accept=True).values)
    if reply.holes:
        raise CanneryError(
            f"it has a placeholder that is never filled in: {reply.holes[0].written}"
        )
    whole = f"{reply.subject}\n{reply.source}"
    if any(match[0].lower() != match[0] for match in _SIGN_OF_ANY_CASE.finditer(whole)):
        raise CanneryError("a filter changes a value that would be asked for there")
    markdown, text, subject = (
        _pieces(one, filled.names)
        for one in (editable(reply), reply.formats["text"], reply.subject)
    )
    used = {one.name for one in markdown if isinstance(one, Asked)}
    declared = {item.name: item for item in macro.fields}
    written = {name: text for text, name in dates.names.items()}
    return Snippet(
        macro,
        text,
        markdown,
        subject,
        _variant(filled.request, answers),
        {name: _field(name, declared.get(name), written) for name in filled.names if name in used},
    )


def _variant(request: Request, answers: Sequence[Choice]) -> str:
    """What was chosen, in words; a yes by its field's label."""
    fields = [item for item in request.macros[0].fields if item.name in request.given]
    tried = [item for item in fields if item.choices or item.type == "yesno"]
    told = []
    for item, answer in zip(tried, answers, strict=True):
        label = item.label or item.name.replace("_", " ")
        told.append(
            f"{label.rstrip('?？')}: {answer.value}" if item.type == "yesno" else answer.label
        )
    return ", ".join(told)


def _pieces(filled: str, names: Sequence[str]) -> Pieces:
    pieces: list[str | Asked | Caret] = []
    at = 0
    for match in _SIGN.finditer(filled):
        pieces += [filled[at : match.start()]] if match.start() > at else []
        pieces.append(Asked(names[int(match[1])]) if match[1] else Caret())
        at = match.end()
    end = filled[at:].rstrip("\n")
    return (*pieces, end) if end else tuple(pieces)


def _field(name: str, known: Field | None, written: Mapping[str, str]) -> Field:
    """The field as another program has it: a default without a template, or none."""
    label = name.rpartition(".")[2].replace("_", " ")
    if known is None:
        return Field(name, label=label, help=written.get(name, ""))
    default = known.default if known.default and "{" not in known.default else None
    return replace(known, label=known.label or label, default=default)


def _losses(macro: Macro, dates: _Dates, asked: AbstractSet[str]) -> Iterator[Loss]:
    path, lines = macro.at.path, Lines(macro.body, macro.body_line)
    for match in _TAG.finditer(macro.body):
        if asked & set(_WORD.findall(match[2])):
            yield Loss(path, lines.of(match.start()), match[0][:60], _GIVEN)
    for written, why in dates.losses.items():
        yield Loss(path, 0, written, why)
