"""Values out of a settings file. Each raises SettingsError: the file, and what to write in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from cannery.errors import SettingsError
from cannery.util.seen import shows_nothing, stripped
from cannery.util.toml import read_toml

_T = TypeVar("_T")
Fact = str | int  # and what is true or false
MAX_DAYS = 100 * 365  # a day of a review and so many more are a day still
_MAX_BARE = 40
_FACT_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,99}")
_AT_LINE = re.compile(r" \(at line (\d+)(?:, column \d+)?\)$")
_TWICE = ("Cannot overwrite", "Cannot declare", "Duplicate", "Cannot mutate")  # of tomllib


def read_settings_file(path: Path) -> dict[str, Any]:
    """The whole file as a table; empty where there is none."""
    try:
        return read_toml(path)
    except (OSError, ValueError) as error:
        reason, line = str(error), ""
        if match := _AT_LINE.search(reason):
            reason, line = reason[: match.start()], f":{match[1]}"
        hint = "Fix the file, or empty it."
        if reason.startswith(_TWICE):
            hint = "A key or a table appears twice. Remove one of the two."
        raise SettingsError(f"{path}{line}: {reason}", hint) from error


def wrong(path: Path, key: str, message: str, hint: str) -> SettingsError:
    """The error for a key, by its whole name, whose value is none: with its line, if it has one."""
    from cannery.util.toml_lines import find_key  # a settings file is seldom wrong

    written = find_key(path, key)
    line = written.line if written else 0
    reason = f"{key:.60} {message}"
    where = f"{path}:{line}" if line else f"{path}"
    return SettingsError(f"{where}: {reason}", hint, reason=reason, line=line)


def key_names(data: Mapping[str, Any]) -> tuple[str, ...]:
    """The whole names of all keys, of tables and of what stands in them."""
    inner = [
        f"{key}.{name}" for key, table in data.items() if isinstance(table, dict) for name in table
    ]
    return (*data, *inner)


def unknown_keys(
    names: Iterable[str], known: Mapping[str, tuple[str, ...]]
) -> Iterator[tuple[str, str]]:
    """The names of keys that nothing reads, each with what to do.

    `known` has what there is, by the table that it stands in; a table that it lacks holds anything.
    """
    from difflib import get_close_matches

    for name in names:
        table, _, key = name.rpartition(".")
        there = known.get(table)
        if there and key not in there:
            near = get_close_matches(key, there, n=1)
            yield name, f"Did you mean {near[0]}?" if near else f"Settings: {', '.join(there)}."


def read_section(data: Mapping[str, Any], key: str, hint: str, path: Path) -> Mapping[str, Any]:
    """A top-level table such as [check], whatever is in it; empty where there is none."""
    section = data.get(key, {})
    if not isinstance(section, dict):
        raise wrong(path, key, "must be a table", hint)
    return section


def read_table(data: Mapping[str, Any], name: str, hint: str, path: Path) -> dict[str, str]:
    """A table of texts, by its whole name."""
    return texts_in(data.get(name.rpartition(".")[2], {}), name, hint, path)


def texts_in(table: object, name: str, hint: str, path: Path) -> dict[str, str]:
    """A value that is to be a table of texts; `name` is its whole name."""
    if not isinstance(table, dict) or not all(
        isinstance(text, str) and stripped(text) and stripped(key) for key, text in table.items()
    ):
        raise wrong(path, name, "must be a table of texts", hint)
    return {str(key).strip(): text.strip() for key, text in table.items()}


def read_text(data: Mapping[str, Any], key: str, default: str, path: Path) -> str:
    value = data.get(key, default)
    if not isinstance(value, str):
        raise wrong(path, key, "must be text", f'Write {key} = "...".')
    return _seen(key, value, path)


def _seen(key: str, text: str, path: Path) -> str:
    if text.strip() and shows_nothing(text):
        raise wrong(path, key, "shows nothing", f'Write {key:.60} = "...".')
    return text


def read_texts(data: Mapping[str, Any], name: str, hint: str, path: Path) -> list[str]:
    """A list of texts, by its whole name."""
    texts = data.get(name.rpartition(".")[2], [])
    if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
        raise wrong(path, name, "must be a list of texts", hint)
    return texts


def read_words(
    check: Mapping[str, Any], name: str, example: str, path: Path
) -> dict[str, dict[str, str]]:
    """A table of words for each language, below [check]."""
    words = check.get(name, {})
    hint = f"Write [check.{name}.en], then {example}."
    if not isinstance(words, dict):
        raise wrong(path, f"check.{name}", "must be a table", hint)
    return {str(key): read_table(words, f"check.{name}.{key}", hint, path) for key in words}


def read_plain(key: str, value: object, path: Path) -> str:
    """A text, or a number or day as it is written: `+815012345678`, `1.10`."""
    if isinstance(value, str):
        return _seen(key, value, path)
    if not isinstance(value, list | dict):
        from cannery.util.toml_lines import find_key

        written = find_key(path, key)
        if written and 0 < len(written.bare) <= _MAX_BARE:
            return written.bare
    raise wrong(path, key, "must be text", f'Write {key:.60} = "...".')


def read_team(
    data: Mapping[str, Any], languages: Sequence[str], path: Path
) -> dict[str, dict[str, Fact]]:
    """What [team] says, by language: under "" what holds in each."""
    team = data.get("team", {})
    if not isinstance(team, dict):
        raise wrong(path, "team", "must be a table", "Write [team], then call_minutes = 30.")
    facts: dict[str, dict[str, Fact]] = {"": {}}
    for name, value in team.items():
        if isinstance(value, dict) and name in languages:
            facts[name] = {key: _fact(f"team.{name}.{key}", value[key], path) for key in value}
        else:
            facts[""][name] = _fact(f"team.{name}", value, path)
    return facts


def _fact(name: str, value: object, path: Path) -> Fact:
    if not _FACT_NAME.fullmatch(name.rpartition(".")[2]):
        hint = "Use the letters a to z, digits and underscores, as in call_minutes."
        raise wrong(path, name, "is not a valid name", hint)
    if isinstance(value, str | int) and (not isinstance(value, str) or stripped(value)):
        return value
    hint = 'Write call_minutes = 30, or office = "...". For one language, write it below [team.ja].'
    raise wrong(path, name, "must be text, a whole number, true or false", hint)


def read_flag(data: Mapping[str, Any], name: str, path: Path) -> bool:
    """A flag of a table, by its whole name."""
    key = name.rpartition(".")[2]
    value = data.get(key, False)
    if not isinstance(value, bool):
        raise wrong(path, name, "must be true or false", f"Write {key} = true.")
    return value


def read_format(data: Mapping[str, Any], path: Path) -> int:
    """Which rules the content was written by. A later one than ours reads as ours."""
    number = data.get("format", 1)
    if type(number) is not int or number < 1:
        raise wrong(path, "format", "is not a format number", "Write format = 2.")
    return number


def read_forge(data: Mapping[str, Any], path: Path, key: str = "forge") -> str:
    forge = read_text(data, key, "", path)
    if forge:
        from cannery.model.hosts import HOSTS  # few settings name one

        if forge not in HOSTS:
            raise wrong(
                path, key, f"is not a known host: {forge:.60}", f"Hosts: {', '.join(HOSTS)}."
            )
    return forge


def read_days(data: Mapping[str, Any], path: Path, default: _T) -> int | _T:
    """What [memory] says of how long values and the like are kept."""
    memory = data.get("memory", {})
    days = memory.get("days", default) if isinstance(memory, dict) else ""
    if days is default or (type(days) is int and 0 <= days <= MAX_DAYS):
        return days
    hint = "Write [memory], then days = 90. With 0, nothing is kept."
    raise wrong(path, "memory.days", "must be a number of days", hint)


def read_country(data: Mapping[str, Any], path: Path, name: str = "country") -> str:
    """A country's two letters, in capitals; empty where none is named. `name` is the whole one."""
    country = read_text({name: data.get("country", "")}, name, "", path).upper()
    if country and not (len(country) == 2 and country.isascii() and country.isalpha()):  # noqa: PLR2004 - letters
        raise wrong(path, name, "must be two letters", 'Write country = "JP".')
    return country
