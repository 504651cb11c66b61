"""The parts of a reply that belong to one customer or one day, each with the field for it.

What is proposed is shown to a person before anything is made of it. A part too many costs a key;
one too few costs a customer's name in somebody else's mail.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from cannery.capture import companies, days, given, links, money, places, references
from cannery.capture.colleagues import colleagues
from cannery.capture.kind import narrow, spans
from cannery.capture.language import in_language, language_of
from cannery.capture.names import bare_name, customers
from cannery.capture.personal_span import PersonalSpan, Placeholder
from cannery.capture.writers import with_own_contacts, writers

# In the order of their rights: of two that overlap, the first one stays.
KINDS = (
    *links.LINKS, *links.MAILS, *given.FILES, *references.NUMBERED, *places.NETWORK, *places.ADDRESSES, *days.DATES, *references.KINDS,
    *money.AMOUNTS, *money.POINTS, *money.PHONES, *days.TIMES, *given.VERSIONS, *given.RESOURCES, *given.PLANS, *references.LONG,
    *references.QUANTITIES, *days.RELATIVE,
)  # fmt: skip
_MAX_PARTS = 300  # more are data, and nobody looks through them


def personal(
    text: str, *, agent: str = "", agent_mail: str = "", own_host: str = ""
) -> list[PersonalSpan]:
    """The personal spans, in their order, none over another.

    `agent` is the name of whoever wrote it, `own_host` the public site of the knowledge base, whose
    addresses are the same for everybody.
    """
    taken: list[PersonalSpan] = []
    covered = bytearray(len(text))
    for span in _candidates(text, agent):
        if _is_own(span, own_host) or any(covered[span.start : span.end]):
            continue
        covered[span.start : span.end] = b"\1" * (span.end - span.start)
        taken.append(span)
        if len(taken) >= _MAX_PARTS:
            break
    language = language_of(text)
    return _numbered(
        span._replace(placeholder=in_language(span.placeholder, language))
        for span in with_own_contacts(text, sorted(taken), agent_mail)
    )


def _candidates(text: str, agent: str) -> Iterator[PersonalSpan]:
    narrowed = narrow(text)
    return chain(
        chain.from_iterable(spans(kind, text, narrowed) for kind in KINDS),
        companies.companies(text),
        writers(text, agent),
        customers(text),
        colleagues(text),
    )


def _is_own(span: PersonalSpan, own_host: str) -> bool:
    return (
        bool(own_host)
        and not span.placeholder.is_secret
        and own_host in re.split(r"[/@:?#]", span.text)
    )


def _numbered(found: Iterable[PersonalSpan]) -> list[PersonalSpan]:
    """The parts with a field for each text: the second date of two is `date_2`."""
    names_of: dict[str, list[str]] = {}
    done = []
    for span in found:
        texts = names_of.setdefault(span.placeholder.name, [])
        same = _same(span)
        if same not in texts:
            texts.append(same)
        done.append(_as_number(span, texts.index(same) + 1))
    return done


def renumbered(spans: Sequence[PersonalSpan]) -> list[PersonalSpan]:
    """The spans as if there were no others: the only date that is left is `date`."""
    numbers: dict[str, list[int]] = {}
    for span in spans:
        of_its_name = numbers.setdefault(_name(span.placeholder, 1), [])
        if span.placeholder.number not in of_its_name:
            of_its_name.append(span.placeholder.number)
    return [
        _as_number(span, numbers[_name(span.placeholder, 1)].index(span.placeholder.number) + 1)
        for span in spans
    ]


def _as_number(span: PersonalSpan, number: int) -> PersonalSpan:
    old = span.placeholder
    if number == old.number or not old.is_field:
        return span
    template = old.template
    for one in old.fields:
        template = template.replace(f"{{{{ {one.name} ", f"{{{{ {_name(one, number)} ")
    beside = tuple(_nth(one, number) for one in old.beside)
    return span._replace(placeholder=_nth(old, number)._replace(template=template, beside=beside))


def _nth(placeholder: Placeholder, number: int) -> Placeholder:
    label = placeholder.label
    if placeholder.number > 1:
        label = label.removesuffix(f" {placeholder.number}")
    label = f"{label} {number}" if number > 1 else label
    name = _name(placeholder, number)
    return placeholder._replace(name=name, label=label, source="", number=number)


def _name(placeholder: Placeholder, number: int) -> str:
    name = placeholder.name
    if placeholder.number > 1:
        name = name.removesuffix(f"_{placeholder.number}")
    return f"{name}_{number}" if number > 1 else name


def _same(span: PersonalSpan) -> str:
    """What makes two parts one: a name is the same with its honorific or the other half of it."""
    bare = bare_name(span.value)
    is_name = span.placeholder.name in {"customer", "person"}
    return bare.split()[0] if is_name and bare else bare
