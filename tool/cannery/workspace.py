"""Find the knowledge base and read its settings."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar
from zlib import crc32

import platformdirs

from cannery.errors import NoWorkspaceError, SettingsError
from cannery.settings_file import (
    MAX_DAYS,
    Fact,
    read_country,
    read_days,
    read_flag,
    read_forge,
    read_format,
    read_settings_file,
    read_table,
    read_team,
    read_text,
    read_texts,
    read_words,
    wrong,
)
from cannery.user_settings import APP, UserSettings, read_user_settings
from cannery.util.tidy import tidy

_T = TypeVar("_T")
MARKER = Path("kb") / "kb.toml"
# A language is part of files' names, and of addresses on a site.
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:[-_][A-Za-z0-9]{1,8}){0,3}")
_MAX_LANGUAGES = 100
NEWEST_FORMAT = 2  # of the content: its rules are those that this program knows
_SEVERITIES = ("error", "warning")
_DURATION_UNITS = {"d": 1, "w": 7, "m": 30, "y": 365}


@dataclass(frozen=True, slots=True)
class Settings:
    """A knowledge base's own settings, from kb/kb.toml.

    `country` is the customers', as in JP: its holidays are no business days.
    `repository` is the web address of the team's repository and `forge` its kind, where Git's own
    remote doesn't tell.
    `memory_days` is the longest that anything of customers is kept, None where that is the user's
    own affair.
    `public_authors`: whether a public site names who wrote its pages, and whose they are.
    `format` of the content: from 2 on, a macro's single line ends are line ends.
    `team` has what the team does the same way each time, by language and name: see `facts`.
    Of `kb check`: `allow` has reasons by a rule's code, `severity` has `error` or `warning` by it;
    `tags` are all that entries may have, if any is named;
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
    public_authors: bool = False
    format: int = 1
    team: Mapping[str, Mapping[str, Fact]] = field(default_factory=dict)
    allow: Mapping[str, str] = field(default_factory=dict)
    severity: Mapping[str, str] = field(default_factory=dict)
    tags: tuple[str, ...] = ()
    avoid: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    keep: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
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
        """What decides which language a file name means."""
        return (*self.languages, self.default_language)


@dataclass(frozen=True, slots=True)
class Workspace:
    """A knowledge base on disk. `root` is the folder that holds `kb/`.

    `cached_in` is the folder of another one's cache, for a state of that one; None for its own.
    """

    root: Path
    settings: Settings
    user: UserSettings
    cached_in: Path | None = None

    @property
    def content(self) -> Path:
        return self.root / "kb"

    @property
    def key(self) -> str:
        """A short name for this knowledge base among the user's others."""
        path = os.fsencode(self.root)
        return f"{self.root.name}-{crc32(path):08x}{crc32(path[::-1]):08x}"

    @property
    def cache(self) -> Path:
        return self.cached_in or platformdirs.user_cache_path(APP) / self.key

    @property
    def state(self) -> Path:
        return platformdirs.user_state_path(APP) / self.key

    @property
    def memory_days(self) -> int:
        """How long values and the like are kept: the knowledge base may only make it less."""
        most = self.settings.memory_days
        return self.user.memory_days if most is None else min(most, self.user.memory_days)


def open_workspace(
    start: Path, *, to_read: bool = False, user: UserSettings | None = None
) -> Workspace:
    """The knowledge base at or above `start`, else of KB_ROOT, else the user's default.

    A wrong setting raises SettingsError; opened `to_read`, it costs itself alone, and nothing goes
    out. What killed processes left goes, and what of customers has been kept for too long.
    """
    user = user or read_user_settings()
    root = _find_root(start, user)
    workspace = Workspace(root, _read_settings(root / MARKER), user)
    for fault in () if to_read else workspace.settings.faults:
        raise fault
    days = (user.memory_days, workspace.memory_days)
    tidy(workspace.state, workspace.cache, workspace.content, platformdirs.user_log_path(APP), days)
    return workspace


def parse_duration(text: str) -> timedelta:
    """`180d`, `26w`, `6m` or `1y` as a timedelta. Raises ValueError."""
    number, unit = text[:-1], text[-1:]
    if unit not in _DURATION_UNITS or not (number.isascii() and number.isdigit()):
        raise ValueError(f"{text[:60]!r} is not a duration, such as 180d, 26w, 6m or 1y")
    days = int(number[:6]) * _DURATION_UNITS[unit]
    if len(number) > 5 or days > MAX_DAYS:  # noqa: PLR2004 - digits, before they are counted
        raise ValueError(f"{text:.20} is too long")
    return timedelta(days=days)


def _find_root(start: Path, user: UserSettings) -> Path:
    start = start.resolve()
    for folder in (start, *start.parents):
        if (folder / MARKER).is_file():
            return folder
    for name, source in ((os.environ.get("KB_ROOT", ""), "KB_ROOT"), (user.default, user.path)):
        if name:
            root = Path(name).expanduser()
            if (root / MARKER).is_file():
                return root.resolve()
            raise NoWorkspaceError(
                f"{source} is set to {name}, which has no {MARKER.as_posix()}",
                "Correct the setting, or run `kb init` there.",
            )
    raise NoWorkspaceError(
        f"not a knowledge base: no {MARKER.as_posix()} in {start} or any folder above it",
        "Go to one, set KB_ROOT to its folder, or create one with `kb init`.",
    )


def _read_settings(path: Path) -> Settings:
    data = read_settings_file(path)
    base = Settings()
    each = _Each(data, path)
    languages, default = each(_languages, (base.languages, base.default_language))
    known = tuple(dict.fromkeys([*languages, default]))
    check = each.within(each(_check_table, {}))
    return Settings(
        name=each(lambda *at: read_text(at[0], "name", base.name, at[1]), base.name),
        site_url=each(_address("site_url"), ""),
        languages=known,
        default_language=default,
        country=each(read_country, ""),
        review_every=each(_review_every, base.review_every),
        repository=each(_address("repository"), ""),
        forge=each(read_forge, ""),
        memory_days=each(lambda *at: read_days(at[0], at[1], None), None),
        public_authors=each(_public_authors, base.public_authors),
        format=each(read_format, base.format),
        team=each(lambda *at: read_team(at[0], known, at[1]), {}),
        allow=check(_allow, {}),
        severity=check(_severity, {}),
        tags=check(_tags, ()),
        avoid=check(lambda *at: read_words(at[0], "avoid", '"kindly" = "please"', at[1]), {}),
        keep=check(lambda *at: read_words(at[0], "keep", '"kindly" = "the reason"', at[1]), {}),
        faults=(*each.faults, *check.faults),
        keys=(*data, *(f"{key}.{name}" for key in data for name in _table(data[key]))),
    )


def _table(value: object) -> Mapping[str, object]:
    return value if isinstance(value, dict) else {}


class _Each:
    """Reads one setting after the other: a wrong one costs itself alone."""

    def __init__(self, data: Mapping[str, Any], path: Path) -> None:
        self.at = (data, path)
        self.faults: list[SettingsError] = []

    def __call__(self, read: Callable[[Mapping[str, Any], Path], _T], otherwise: _T) -> _T:
        try:
            return read(*self.at)
        except SettingsError as error:
            self.faults.append(error)
            return otherwise

    def within(self, table: Mapping[str, Any]) -> _Each:
        return _Each(table, self.at[1])


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


def _public_authors(data: Mapping[str, Any], path: Path) -> bool:
    return read_flag(_site_table(data, path), "site.public_authors", path)


def _site_table(data: Mapping[str, Any], path: Path) -> Mapping[str, Any]:
    site = data.get("site", {})
    if not isinstance(site, dict):
        hint = "Write [site], then public_authors = true."
        raise wrong(path, "site", "must be a table", hint)
    return site


def _check_table(data: Mapping[str, Any], path: Path) -> Mapping[str, Any]:
    check = data.get("check", {})
    if not isinstance(check, dict):
        raise wrong(path, "check", "must be a table", "Write [check.allow].")
    return check


def _allow(check: Mapping[str, Any], path: Path) -> dict[str, str]:
    return read_table(
        check, "check.allow", 'Write [check.allow], then heading = "the reason".', path
    )


def _severity(check: Mapping[str, Any], path: Path) -> dict[str, str]:
    hint = 'Write [check.severity], then overdue = "error".'
    severity = read_table(check, "check.severity", hint, path)
    if any(value not in _SEVERITIES for value in severity.values()):
        raise wrong(path, "check.severity", "must be error or warning", hint)
    return severity


def _tags(check: Mapping[str, Any], path: Path) -> tuple[str, ...]:
    return tuple(read_texts(check, "check.tags", 'Write tags = ["billing", "network"].', path))
