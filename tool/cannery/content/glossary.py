"""kb/glossary.yml: the team's terms, by language, each with what it means."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from cannery.content.files import read_bytes
from cannery.errors import ContentError
from cannery.model.entry import Audience
from cannery.model.glossary import GlossaryEntry, Term, VisibleTerms
from cannery.util.encoding import decoded
from cannery.util.text import fold_name
from cannery.workspace import Workspace

PATH = "kb/glossary.yml"
MAX_TERMS = 1_000
_MAX_NAME, _MAX_MEANS, _MAX_ALSO = 80, 500, 20
_ITEM = re.compile(r"-(?=\s|$)")
_KEYS = ("term", "means", "also")
EXAMPLE = "Example: `- en: {term: SSO, means: One account for all services.}`"


class Glossary(NamedTuple):
    """The valid entries, and the faults of the others as (1-based line, message)."""

    entries: tuple[GlossaryEntry, ...]
    faults: tuple[tuple[int, str], ...] = ()


def load_glossary(workspace: Workspace) -> tuple[GlossaryEntry, ...]:
    """The entries; none where the file is missing. What is wrong in it, `kb check` tells."""
    if not (workspace.root / PATH).is_file():
        return ()
    try:
        raw = read_bytes(workspace, PATH)
    except ContentError:
        return ()  # pages without hints are better than none
    return read_glossary(raw, workspace.settings.languages).entries


def visible_terms(workspace: Workspace, audience: Audience) -> VisibleTerms:
    """The entries as an audience may see them: a public site has those that say public."""
    entries = load_glossary(workspace)
    shown = [it for it in entries if audience is Audience.INTERNAL or it.audience is audience]
    return VisibleTerms(tuple(shown), tuple(it for it in entries if it not in shown))


def terms_in(entries: Iterable[GlossaryEntry]) -> Iterator[Term]:
    """The terms of entries, in all languages."""
    return (term for entry in entries for term in entry.terms.values())


def read_glossary(raw: bytes, languages: Sequence[str]) -> Glossary:
    """What a file's bytes say. An entry that is wrong in any way costs itself alone."""
    try:
        text = decoded(raw).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        return Glossary((), ((raw.count(b"\n", 0, error.start) + 1, "not UTF-8 text"),))
    from cannery.content.yamltext import MAX_SIZE, blocks

    if len(text) > MAX_SIZE:
        return Glossary((), ((1, f"longer than {MAX_SIZE} characters"),))
    entries: list[GlossaryEntry] = []
    faults: list[tuple[int, str]] = []
    known: set[tuple[str, str]] = set()
    for start, block in blocks(text, _ITEM):
        for line, item in _items(start, block, faults):
            if len(entries) == MAX_TERMS:
                faults.append((line, f"there are more than {MAX_TERMS:,} terms"))
                return Glossary(tuple(entries), tuple(faults))
            wrong = [*_faults(item, languages, known)]
            faults += [(line, reason) for reason in wrong]
            if not wrong:
                entries.append(_entry(item, known))
    return Glossary(tuple(entries), tuple(faults))


def _items(start: int, block: str, faults: list[tuple[int, str]]) -> Iterator[tuple[int, Any]]:
    """What a piece of the file says, with its 1-based line; what is no YAML is a fault."""
    from cannery.content.yamltext import UnreadableError, read

    try:
        found = read(block)
    except UnreadableError as error:
        faults.append((start + error.line + 1, str(error)))
        return
    faults += [(start + item.line + 1, item.message) for item in found.oddities]
    if isinstance(found.value, list):
        if not found.oddities:
            yield from ((start + 1, item) for item in found.value)
    elif found.value is not None:
        faults.append((start + 1, "not a list of `- item` lines"))


def _faults(item: Any, languages: Sequence[str], known: set[tuple[str, str]]) -> Iterator[str]:  # noqa: ANN401 - what a file may hold
    if not isinstance(item, dict):
        yield "each item must name languages"
        return
    audience = item.get("audience", Audience.INTERNAL)
    if not isinstance(audience, str) or audience not in set(Audience):
        yield "audience must be internal or public"
    terms = {key: value for key, value in item.items() if key != "audience"}
    if not terms:
        yield "each item must name languages"
    for language, term in terms.items():
        if language not in languages:
            yield f"{language:.40} is not one of the languages in kb.toml"
        else:
            yield from (f"{language}: {reason}" for reason in _term_faults(term))
            yield from (
                f"{language}: {name:.80} stands here twice"
                for name in _names(term)
                if (language, fold_name(name)) in known
            )


def _term_faults(term: Any) -> Iterator[str]:  # noqa: ANN401 - likewise
    if not isinstance(term, dict):
        yield "needs `term` and `means`"
        return
    for key in term.keys() - {*_KEYS}:
        yield f"the key {key:.40} is unknown"
    for key, most in (("term", _MAX_NAME), ("means", _MAX_MEANS)):
        if not _is_text(term.get(key), most):
            yield f"{key} must be one line of text, {most} characters at most"
    also = term.get("also", [])
    if not isinstance(also, list) or len(also) > _MAX_ALSO:
        yield f"also must be a list of {_MAX_ALSO} names at most"
    elif not all(_is_text(name, _MAX_NAME) for name in also):
        yield f"also must have names of {_MAX_NAME} characters at most"


def _is_text(value: object, most: int) -> bool:
    is_line = isinstance(value, str) and value.strip() != "" and "\n" not in value.strip()
    return is_line and len(str(value)) <= most


def _names(term: Any) -> tuple[str, ...]:  # noqa: ANN401 - likewise
    """The names of a term, as far as they are some."""
    if not isinstance(term, dict):
        return ()
    also = term.get("also", [])
    names = (term.get("term"), *(also if isinstance(also, list) else ()))
    return tuple(name for name in names if isinstance(name, str))


def _entry(item: Mapping[str, Any], known: set[tuple[str, str]]) -> GlossaryEntry:
    terms = {key: value for key, value in item.items() if key != "audience"}
    for language, term in terms.items():
        known |= {(language, fold_name(name)) for name in _names(term)}
    made = {
        language: Term(
            str(term["term"]).strip(),
            str(term["means"]).strip(),
            tuple(str(name).strip() for name in term.get("also", ())),
        )
        for language, term in terms.items()
    }
    return GlossaryEntry(made, Audience(item.get("audience", Audience.INTERNAL)))
