"""CODEOWNERS as GitLab reads it: sections, in each of which the last pattern that matches wins.

A pattern without a `/` at its beginning matches at any depth, one with a `/` at its end all that is
below a folder. `*` is any name in a folder, `**/` any number of folders.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from cannery.hosts.code_owners import Owners, Rule, by_owners, last_matches, words_of
from cannery.util.globs import glob_of, matches

_HEADING = re.compile(r"(?P<optional>\^)?\[(?P<name>[^\]]+)\](?:\[(?P<approvals>\d{1,9})\])?")


@dataclass(slots=True)
class _Section:
    """A section as it is read; `defaults` own the files of a line without owners."""

    name: str
    is_optional: bool
    approvals: int
    defaults: tuple[str, ...]
    rules: list[Rule] = field(default_factory=list)
    excluded: list[tuple[str, ...]] = field(default_factory=list)


def owners(text: str, paths: Sequence[str]) -> list[Owners]:
    """Whose approval GitLab asks for when these files change, section by section."""
    return [
        Owners(section.name, names, tuple(found), section.approvals, section.is_optional)
        for section in _sections(text)
        for names, found in by_owners(last_matches(section.rules, _left(section, paths))).items()
    ]


def _left(section: _Section, paths: Iterable[str]) -> list[str]:
    """The paths without those that a section excludes, for good."""
    return [path for path in paths if not any(matches(glob, path) for glob in section.excluded)]


def _sections(text: str) -> list[_Section]:
    """The sections in their order; those of the same name are one, whatever its letters' case."""
    section = _Section("", is_optional=False, approvals=1, defaults=())
    sections = {"": section}
    for raw in text.splitlines():
        line = raw.strip()
        if not line or line.startswith("#"):
            continue
        if heading := _HEADING.match(line):
            begun = _begun(heading, _names(words_of(line[heading.end() :])))
            section = sections.setdefault(begun.name.casefold(), begun)
            section.defaults = begun.defaults
        else:
            _add(section, words_of(line))
    return [*sections.values()]


def _begun(heading: re.Match[str], defaults: tuple[str, ...]) -> _Section:
    approvals = int(heading["approvals"] or 1)
    return _Section(heading["name"].strip(), bool(heading["optional"]), approvals, defaults)


def _add(section: _Section, words: Sequence[str]) -> None:
    pattern = words[0]
    if pattern.startswith("!"):
        section.excluded.append(_glob(pattern[1:]))
    else:
        section.rules.append(Rule(_glob(pattern), _names(words[1:]) or section.defaults))


def _names(words: Iterable[str]) -> tuple[str, ...]:
    """The owners among some words; one that stands in a comment is an owner too."""
    return tuple(word for word in words if "@" in word)


def _glob(pattern: str) -> tuple[str, ...]:
    anywhere = () if pattern.startswith("/") else ("**",)
    inner = glob_of(pattern.removeprefix("/"))
    below = ("**", "*") if inner[-1] == "" else (("*",) if inner[-1] == "**" else inner[-1:])
    return (*anywhere, *inner[:-1], *below)
