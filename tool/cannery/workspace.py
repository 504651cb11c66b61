"""Find the knowledge base and read its settings and the user's own."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any, TypeVar
from zlib import crc32

import platformdirs

from cannery.errors import NoWorkspaceError, SettingsError
from cannery.util.tidy import tidy
from cannery.util.toml import read_toml

APP = "cannery"
MARKER = Path("kb") / "kb.toml"
_T = TypeVar("_T")
# A language is part of files' names, and of addresses on a site.
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:[-_][A-Za-z0-9]{1,8}){0,3}")
_MAX_LANGUAGES = 100
_MAX_NUMBER = 10**15
_MAX_DAYS = 36_500
_FORGES = ("github", "gitlab", "gitea", "bitbucket")
_SEVERITIES = ("error", "warning")
# A language is part of files' names, and of addresses on a site.
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:[-_][A-Za-z0-9]{1,8}){0,3}")
_MAX_LANGUAGES = 100
_MAX_NUMBER = 10**15
_MAX_DAYS = 100 * 365  # a day of a review and so many more are a day still
_DURATION_UNITS = {"d": 1, "w": 7, "m": 30, "y": 365}


@dataclass(frozen=True, slots=True)
class Settings:
    """A knowledge base's own settings, from kb/kb.toml.

    `repository` is the web address of the team's repository and `forge` its kind, where Git's own
    remote doesn't tell.
    `memory_days` is the longest that anything of customers is kept, None where that is the user's
    own affair.
    `public_authors`: whether a public site names who wrote its pages, and whose they are.
    Of `kb check`: `allow` has reasons by a rule's code, `severity` has `error` or `warning` by it;
    `avoid` has what to say instead, by language and word.
    """

    name: str = "Knowledge base"
    site_url: str = ""
    languages: tuple[str, ...] = ("en", "ja")
    default_language: str = "en"
    review_every: timedelta = timedelta(days=365)
    repository: str = ""
    forge: str = ""
    memory_days: int | None = None
    public_authors: bool = False
    allow: Mapping[str, str] = field(default_factory=dict)
    severity: Mapping[str, str] = field(default_factory=dict)
    avoid: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @property
    def naming(self) -> tuple[str, ...]:
        """What decides which language a file name means."""
        return (*self.languages, self.default_language)


@dataclass(frozen=True, slots=True)
class UserHost:
    """What the user says of a Git host: its kind, and which variable has the token for it."""

    kind: str = ""
    token_variable: str = ""


@dataclass(frozen=True, slots=True)
class UserSettings:
    """The user's own settings, from config.toml in the user's config folder.

    `ticket_command` prints the current ticket; it is run without a shell. `hosts` are Git hosts by
    name, with their port unless it is the usual one. `memory_days` is how long values and the like
    are kept.
    """

    path: Path
    default: str = ""
    language: str = ""
    helper: bool = False
    ticket_command: str = ""
    agent: Mapping[str, str] = field(default_factory=dict)
    hosts: Mapping[str, UserHost] = field(default_factory=dict)
    memory_days: int = 90


@dataclass(frozen=True, slots=True)
class Workspace:
    """A knowledge base on disk. `root` is the folder that holds `kb/`."""

    root: Path
    settings: Settings
    user: UserSettings

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
        return platformdirs.user_cache_path(APP) / self.key

    @property
    def state(self) -> Path:
        return platformdirs.user_state_path(APP) / self.key

    @property
    def memory_days(self) -> int:
        """How long values and the like are kept: the knowledge base may only make it less."""
        most = self.settings.memory_days
        return self.user.memory_days if most is None else min(most, self.user.memory_days)


def open_workspace(start: Path) -> Workspace:
    """The knowledge base at or above `start`, else of KB_ROOT, else the user's default.

    What is left of killed processes, and what of customers has been kept for too long, goes.
    """
    user = read_user_settings()
    root = _find_root(start, user)
    found = Workspace(root, _read_settings(root / MARKER), user)
    logs = platformdirs.user_log_path(APP)
    days = (user.memory_days, found.memory_days)
    tidy(found.state, found.cache, found.content, logs, days)
    return found


def parse_duration(text: str) -> timedelta:
    """`180d`, `26w`, `6m` or `1y` as a timedelta. Raises ValueError."""
    number, unit = text[:-1], text[-1:]
    if unit not in _DURATION_UNITS or not (number.isascii() and number.isdigit()):
        raise ValueError(f"{text[:60]!r} is not a duration such as 180d, 26w, 6m or 1y")
    days = int(number[:6]) * _DURATION_UNITS[unit]
    if len(number) > 5 or days > _MAX_DAYS:  # noqa: PLR2004 - digits, before they are counted
        raise ValueError(f"{text:.20} is too long a duration")
    return timedelta(days=days)


def read_user_settings() -> UserSettings:
    path = platformdirs.user_config_path(APP) / "config.toml"
    data = _read_toml(path)
    agent = data.get("agent", {})
    if not isinstance(agent, dict):
        raise SettingsError(f"{path}: agent is not a table", 'Write [agent], then name = "...".')
    return UserSettings(
        path,
        default=_text(data, "default", "", path),
        language=_text(data, "language", "", path),
        helper=_flag(data, "helper", path),
        ticket_command=_text(data, "ticket_command", "", path),
        agent={key: _plain(f"agent.{key}", value, path) for key, value in agent.items()},
        hosts=_hosts(data, path),
        memory_days=_days(data, path, 90),
    )


def _days(data: Mapping[str, Any], path: Path, default: _T) -> int | _T:
    """What [memory] says of how long values and the like are kept."""
    memory = data.get("memory", {})
    days = memory.get("days", default) if isinstance(memory, dict) else ""
    if days is default or (type(days) is int and 0 <= days <= _MAX_DAYS):
        return days
    hint = "Write [memory], then days = 90; 0 keeps nothing."
    raise SettingsError(f"{path}: memory.days is no number of days", hint)


def _hosts(data: Mapping[str, Any], path: Path) -> dict[str, UserHost]:
    hosts = data.get("hosts", {})
    hint = 'Write [hosts], then "git.example.com" = { kind = "github", token_variable = "NAME" }.'
    if not isinstance(hosts, dict) or not all(isinstance(item, dict) for item in hosts.values()):
        raise SettingsError(f"{path}: hosts is not a table of tables", hint)
    return {
        name.lower().removesuffix("."): UserHost(
            _forge(item, path, "kind"), _text(item, "token_variable", "", path)
        )
        for name, item in hosts.items()
    }


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
                f"{source} names {name}, which holds no {MARKER.as_posix()}",
                "Correct it, or run `kb init` there.",
            )
    raise NoWorkspaceError(
        f"no knowledge base here: neither {start} nor a folder above it holds {MARKER.as_posix()}",
        "Go into one, set KB_ROOT to its folder, or start one with `kb init`.",
    )


def _read_settings(path: Path) -> Settings:
    data = _read_toml(path)
    base = Settings()
    languages = data.get("languages", list(base.languages))
    if not isinstance(languages, list) or not all(isinstance(item, str) for item in languages):
        raise SettingsError(f"{path}: languages is not a list of texts", 'As in ["en", "ja"].')
    default = _text(data, "default_language", languages[0] if languages else "en", path)
    if len(languages) > _MAX_LANGUAGES or not all(map(_LANGUAGE.fullmatch, [*languages, default])):
        hint = f'Up to {_MAX_LANGUAGES} such as "en", "ja" or "pt-BR".'
        raise SettingsError(f"{path}: languages are not what files are named by", hint)
    every = _text(data, "review_every", "365d", path)
    try:
        review_every = parse_duration(every)
    except ValueError as error:
        raise SettingsError(f"{path}: review_every: {error}", 'As in "180d".') from error
    return Settings(
        name=_text(data, "name", base.name, path),
        site_url=_text(data, "site_url", "", path).rstrip("/"),
        languages=tuple(dict.fromkeys([*languages, default])),
        default_language=default,
        review_every=review_every,
        repository=_text(data, "repository", "", path).rstrip("/"),
        forge=_forge(data, path),
        memory_days=_days(data, path, None),
        public_authors=_flag(_site_table(data, path), "public_authors", path),
        **_check_settings(data, path),
    )


def _forge(data: Mapping[str, Any], path: Path, key: str = "forge") -> str:
    forge = _text(data, key, "", path)
    if forge and forge not in _FORGES:
        raise SettingsError(f"{path}: there is no {key} {forge}", f"There is {', '.join(_FORGES)}.")
    return forge


def _site_table(data: Mapping[str, Any], path: Path) -> Mapping[str, Any]:
    site = data.get("site", {})
    if not isinstance(site, dict):
        hint = "Write [site], then public_authors = true."
        raise SettingsError(f"{path}: site is not a table", hint)
    return site


def _check_settings(data: Mapping[str, Any], path: Path) -> dict[str, Any]:
    """The tables below [check]: which rules don't hold, which weigh more or less, which words."""
    check = data.get("check", {})
    if not isinstance(check, dict):
        raise SettingsError(f"{path}: check is not a table", "Write [check.allow].")
    allow = _table(check, "check.allow", 'Write [check.allow], then heading = "the reason".', path)
    hint = 'Write [check.severity], then overdue = "error".'
    severity = _table(check, "check.severity", hint, path)
    if any(value not in _SEVERITIES for value in severity.values()):
        raise SettingsError(f"{path}: check.severity is neither error nor warning", hint)
    words = check.get("avoid", {})
    hint = 'Write [check.avoid.en], then "kindly" = "please".'
    if not isinstance(words, dict):
        raise SettingsError(f"{path}: check.avoid is not a table", hint)
    avoid = {
        str(language): _table(words, f"check.avoid.{language}", hint, path) for language in words
    }
    return {"allow": allow, "severity": severity, "avoid": avoid}


def _table(data: Mapping[str, Any], name: str, hint: str, path: Path) -> dict[str, str]:
    """A table of texts, by its whole name."""
    table = data.get(name.rpartition(".")[2], {})
    if not isinstance(table, dict) or not all(
        isinstance(text, str) and text.strip() and key.strip() for key, text in table.items()
    ):
        raise SettingsError(f"{path}: {name} is not a table of texts", hint)
    return {str(key).strip(): text.strip() for key, text in table.items()}


def _text(data: Mapping[str, Any], key: str, default: str, path: Path) -> str:
    value = data.get(key, default)
    if not isinstance(value, str):
        raise SettingsError(f"{path}: {key} is not a text", f'Write {key} = "...".')
    return value


def _plain(key: str, value: object, path: Path) -> str:
    """A text, or a number or day that stands for one."""
    if isinstance(value, str | date) or (isinstance(value, int) and abs(value) <= _MAX_NUMBER):
        return str(value)
    raise SettingsError(f"{path}: {key:.60} is not a text", f'Write {key:.60} = "...".')


def _flag(data: Mapping[str, Any], key: str, path: Path) -> bool:
    value = data.get(key, False)
    if not isinstance(value, bool):
        raise SettingsError(f"{path}: {key} is neither true nor false", f"Write {key} = true.")
    return value


def _read_toml(path: Path) -> dict[str, Any]:
    try:
        return read_toml(path)
    except (OSError, ValueError) as error:
        raise SettingsError(f"{path}: {error}", "Mend the file, or empty it.") from error
