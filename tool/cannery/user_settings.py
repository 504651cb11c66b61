"""The user's own settings, from config.toml in the user's config folder: content decides none."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from cannery.settings_file import (
    key_names,
    read_country,
    read_days,
    read_flag,
    read_forge,
    read_plain,
    read_settings_file,
    read_text,
    read_texts,
    wrong,
)
from cannery.util import user_folders

# What there is, by the table that it stands in; those of [agent] and [hosts] are the user's own.
KEYS: Mapping[str, tuple[str, ...]] = {
    "": (
        "default", "language", "country", "helper", "ticket_command", "agent", "hosts", "memory",
        "meaning",
    ),
    "memory": ("days",),
    "meaning": ("model", "query", "passage", "languages"),
}  # fmt: skip


class UserHost(NamedTuple):
    """What the user says of a Git host: its kind, and which variable has the token for it."""

    kind: str = ""
    token_variable: str = ""


class Meaning(NamedTuple):
    """A sentence encoder that searches ask too.

    `model` is its folder; `query` and `passage` are what it wants before texts; `languages` are
    those of the queries that it is asked about, all if none is named.
    """

    model: str = ""
    query: str = ""
    passage: str = ""
    languages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class UserSettings:
    """The user's own settings, from config.toml in the user's config folder.

    `ticket_command` prints the current ticket; it is run without a shell. `hosts` are Git hosts by
    name, with their port unless it is the usual one. `memory_days` is how long values and the like
    are kept.
    """

    path: Path
    keys: tuple[str, ...] = ()  # all that stand there, by their whole names
    default: str = ""
    language: str = ""
    country: str = ""
    helper: bool = False
    ticket_command: str = ""
    agent: Mapping[str, str] = field(default_factory=dict)
    hosts: Mapping[str, UserHost] = field(default_factory=dict)
    memory_days: int = 90
    meaning: Meaning = field(default_factory=Meaning)


def read_user_settings() -> UserSettings:
    path = user_folders.config() / "config.toml"
    data = read_settings_file(path)
    agent = data.get("agent", {})
    if not isinstance(agent, dict):
        raise wrong(path, "agent", "must be a table", 'Write [agent], then name = "...".')
    return UserSettings(
        path,
        keys=key_names(data),
        default=read_text(data, "default", "", path),
        language=read_text(data, "language", "", path),
        country=read_country(data, path),
        helper=read_flag(data, "helper", path),
        ticket_command=read_text(data, "ticket_command", "", path),
        agent={key: read_plain(f"agent.{key}", value, path) for key, value in agent.items()},
        hosts=_hosts(data, path),
        memory_days=read_days(data, path, 90),
        meaning=_meaning(data, path),
    )


def _hosts(data: Mapping[str, Any], path: Path) -> dict[str, UserHost]:
    hosts = data.get("hosts", {})
    hint = 'Write [hosts], then "git.example.com" = { kind = "github", token_variable = "NAME" }.'
    if not isinstance(hosts, dict) or not all(isinstance(item, dict) for item in hosts.values()):
        raise wrong(path, "hosts", "must be a table of tables", hint)
    return {
        name.lower().removesuffix("."): UserHost(
            read_forge(item, path, "kind"), read_text(item, "token_variable", "", path)
        )
        for name, item in hosts.items()
    }


def _meaning(data: Mapping[str, Any], path: Path) -> Meaning:
    table = data.get("meaning", {})
    hint = 'Write [meaning], then model = "/home/kim/models/encoder".'
    if not isinstance(table, dict):
        raise wrong(path, "meaning", "must be a table", hint)
    names = ("model", "query", "passage")
    model, query, passage = (read_text(table, name, "", path) for name in names)
    if model and not os.path.isabs(model := os.path.expanduser(model)):  # noqa: PTH111, PTH117
        raise wrong(path, "meaning.model", "must be a path from the root", hint)
    languages = read_texts(table, "meaning.languages", 'Write languages = ["ja"].', path)
    return Meaning(model, query, passage, tuple(languages))
