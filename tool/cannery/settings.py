"""A knowledge base's own settings, read from kb/kb.toml."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar

from cannery.errors import SettingsError
from cannery.model.desk_settings import DeskSettings
from cannery.model.front_matter import FrontMatter
from cannery.model.insight_settings import InsightSettings
from cannery.model.layout import DEFAULT, Layout
from cannery.model.path_rules import PathRules
from cannery.model.site_settings import SiteSettings
from cannery.settings_check import (
    read_allow,
    read_by_path,
    read_contacts,
    read_severity,
    read_tags,
)
from cannery.settings_desks import read_desks
from cannery.settings_file import (
    MAX_DAYS,
    Fact,
    key_names,
    read_country,
    read_days,
    read_forge,
    read_format,
    read_section,
    read_settings_file,
    read_team,
    read_text,
    read_words,
    wrong,
)
from cannery.settings_front_matter import (
    OWN_EXAMPLE,
    read_names,
    read_own,
    read_public,
)
from cannery.settings_links import LINKS_EXAMPLE, read_allowed

_T = TypeVar("_T")
# A language is part of files' names, and of addresses on a site.
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:[-_][A-Za-z0-9]{1,8}){0,3}")
_MAX_LANGUAGES = 100
NEWEST_FORMAT = 2  # of the content: its rules are those that this program knows
_SITE_EXAMPLE = 'Write [site], then accent = "#0b5fa5".'
_INSIGHT_EXAMPLE = "Write [insight], then solved_days = 7."
_DURATION_UNITS = {"d": 1, "w": 7, "m": 30, "y": 365}


@dataclass(frozen=True, slots=True)
class Settings:
    """A knowledge base's own settings, from kb/kb.toml.

    `country` is the customers', as in JP: its holidays are no business days.
    `repository` is the web address of the team's repository and `forge` its kind, where Git's own
    remote doesn't tell.
    `memory_days` is the longest that anything of customers is kept, None where that is the user's
    own affair.
    `site`: what sites look like, and where their readers turn to.
    `insight`: how support is measured.
    `format` of the content: from 2 on, a macro's single line ends are line ends.
    `team` has what the team does the same way each time, by language and name: see `facts`.
    `layout`: where the content lies. `front_matter`: which keys of files are not ours.
    `allowed_links`: patterns of web addresses that are never asked. `desks`: help desks, by name.
    Of `kb check`: `allow` has reasons by a rule's code, `severity` has `error` or `warning` by it,
    and `by_path` has both for some files;
    `tags` are all that entries may have, if any is named; `contacts` are the team's own numbers and
    addresses;
    `avoid` has what to say instead, by language and word; `keep` why a phrase may stay, likewise.
    `faults` are those of the settings that are wrong, and have their defaults; `keys` are all that
    the file has, with those of its tables.
    """

    name: str = "Knowledge base"
    site_url: str = ""
    languages: tuple[str, ...] = ("en", "ja")
    default_language: str = "en"
    country: str = ""
    review_every: timedelta = timedelta(days=365)
    repository: str = ""
    forge: str = ""
    memory_days: int | None = None
    site: SiteSettings = field(default_factory=SiteSettings)
    insight: InsightSettings = field(default_factory=InsightSettings)
    format: int = 1
    team: Mapping[str, Mapping[str, Fact]] = field(default_factory=dict)
    allow: Mapping[str, str] = field(default_factory=dict)
    severity: Mapping[str, str] = field(default_factory=dict)
    by_path: tuple[PathRules, ...] = ()
    tags: tuple[str, ...] = ()
    contacts: tuple[str, ...] = ()
    avoid: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    keep: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    layout: Layout = DEFAULT
    front_matter: FrontMatter = field(default_factory=FrontMatter)
    allowed_links: tuple[str, ...] = ()
    desks: Mapping[str, DeskSettings] = field(default_factory=dict)
    faults: tuple[SettingsError, ...] = ()
    keys: tuple[str, ...] = ()

    @property
    def keeps_lines(self) -> bool:
        """Whether a macro's single line end is one in the reply, and no blank."""
        return self.format >= NEWEST_FORMAT

    def facts(self, language: str) -> dict[str, Fact]:
        """What macros of a language read as `{{ team.call_minutes }}`."""
        return {**self.team.get("", {}), **self.team.get(language, {})}

    @property
    def naming(self) -> tuple[str, ...]:
        """What decides which entry a path means, and in which language."""
        return (*self.languages, self.default_language, *self.layout.naming)

    @property
    def reading(self) -> tuple[str, ...]:
        """What decides how files are understood: what is kept of them holds for no other."""
        return (*self.naming, *self.front_matter.marks)


def read_settings(path: Path) -> Settings:
    """The settings in a file. A wrong one is among `faults`, and has its default."""
    data = read_settings_file(path)
    base = Settings()
    each = _Each(data, path)
    languages, default = each(_languages, (base.languages, base.default_language))
    known = tuple(dict.fromkeys([*languages, default]))
    check = each.section("check", "Write [check.allow].")
    content = each.section("content", 'Write [content], then articles = ["docs"].')
    layout, missing = _layout(content, known)
    country = each(read_country, "")
    return Settings(
        name=each(lambda *at: read_text(at[0], "name", base.name, at[1]), base.name),
        site_url=each(_address("site_url"), ""),
        languages=known,
        default_language=default,
        country=country,
        review_every=each(_review_every, base.review_every),
        repository=each(_address("repository"), ""),
        forge=each(read_forge, ""),
        memory_days=each(lambda *at: read_days(at[0], at[1], None), None),
        site=_site(each.section("site", _SITE_EXAMPLE), known),
        insight=_insight(each.section("insight", _INSIGHT_EXAMPLE), country),
        format=each(read_format, base.format),
        team=each(lambda *at: read_team(at[0], known, at[1]), {}),
        allow=check(read_allow, {}),
        severity=check(read_severity, {}),
        by_path=check(read_by_path, ()),
        tags=check(read_tags, ()),
        contacts=check(read_contacts, ()),
        avoid=check(lambda *at: read_words(at[0], "avoid", '"kindly" = "please"', at[1]), {}),
        keep=check(lambda *at: read_words(at[0], "keep", '"kindly" = "the reason"', at[1]), {}),
        layout=layout,
        front_matter=_front_matter(each, content),
        allowed_links=each.section("links", LINKS_EXAMPLE)(read_allowed, ()),
        desks=each(read_desks, {}),
        faults=(*each.all_faults, *missing),
        keys=key_names(data),
    )


class _Each:
    """Reads one setting after the other: a wrong one costs itself alone."""

    def __init__(self, data: Mapping[str, Any], path: Path) -> None:
        self.at = (data, path)
        self.faults: list[SettingsError] = []
        self.sections: list[_Each] = []

    def __call__(self, read: Callable[[Mapping[str, Any], Path], _T], otherwise: _T) -> _T:
        try:
            return read(*self.at)
        except SettingsError as error:
            self.faults.append(error)
            return otherwise

    def section(self, key: str, hint: str) -> _Each:
        """Reads what is in a table of the file, and has faults of its own."""
        part = _Each(self(lambda *at: read_section(at[0], key, hint, at[1]), {}), self.at[1])
        self.sections.append(part)
        return part

    @property
    def all_faults(self) -> Iterable[SettingsError]:
        """Its own and those of its sections."""
        return (*self.faults, *(fault for part in self.sections for fault in part.faults))


def _languages(data: Mapping[str, Any], path: Path) -> tuple[tuple[str, ...], str]:
    languages = data.get("languages", list(Settings().languages))
    if not isinstance(languages, list) or not all(isinstance(item, str) for item in languages):
        raise wrong(path, "languages", "must be a list of texts", 'Example: ["en", "ja"]')
    default = read_text(data, "default_language", languages[0] if languages else "en", path)
    if len(languages) > _MAX_LANGUAGES or not all(map(_LANGUAGE.fullmatch, [*languages, default])):
        hint = f'Use up to {_MAX_LANGUAGES}, such as "en", "ja" or "pt-BR".'
        raise wrong(path, "languages", "must be language codes", hint)
    return tuple(languages), default


def _address(key: str) -> Callable[[Mapping[str, Any], Path], str]:
    return lambda data, path: read_text(data, key, "", path).rstrip("/")


def _review_every(data: Mapping[str, Any], path: Path) -> timedelta:
    try:
        return parse_duration(read_text(data, "review_every", "365d", path))
    except ValueError as error:
        raise wrong(path, "review_every", f"is invalid: {error}", 'Example: "180d"') from error


def _insight(table: _Each, country: str) -> InsightSettings:
    if not table.at[0]:
        return InsightSettings()
    from cannery.settings_insight import read_insight  # likewise

    return read_insight(table, country)


def _site(table: _Each, languages: Sequence[str]) -> SiteSettings:
    if not table.at[0]:
        return SiteSettings()
    from cannery.settings_site import read_site  # a command that builds no site needs none of it

    return read_site(table, languages)


def _layout(content: _Each, languages: Sequence[str]) -> tuple[Layout, Iterable[SettingsError]]:
    """Where the content lies, and the faults of folders that are named and aren't there."""
    table, path = content.at
    if not table.keys() & {"articles", "macros", "ignore", "languages"}:
        return DEFAULT, ()
    from cannery.settings_layout import missing_folders, read_layout  # few name any

    layout = content(lambda *at: read_layout(at[0], languages, at[1]), DEFAULT)
    return layout, () if content.faults else missing_folders(table, languages, path)


def _front_matter(each: _Each, content: _Each) -> FrontMatter:
    front = each.section("front_matter", OWN_EXAMPLE)
    is_public = content(read_public, otherwise=False)
    return FrontMatter(front(read_own, ()), front(read_names, {}), is_public)


def parse_duration(text: str) -> timedelta:
    """`180d`, `26w`, `6m` or `1y` as a timedelta. Raises ValueError."""
    number, unit = text[:-1], text[-1:]
    if unit not in _DURATION_UNITS or not (number.isascii() and number.isdigit()):
        raise ValueError(f"{text[:60]!r} is not a duration, such as 180d, 26w, 6m or 1y")
    days = int(number[:6]) * _DURATION_UNITS[unit]
    if len(number) > 5 or days > MAX_DAYS:  # noqa: PLR2004 - digits, before they are counted
        raise ValueError(f"{text:.20} is too long")
    return timedelta(days=days)
