"""[desks.NAME] of kb.toml: the help desks that entries go to. Raises SettingsError."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cannery.model.desk_settings import Asking, DeskSettings
from cannery.settings_file import read_section, read_text, read_texts, texts_in, wrong
from cannery.util.address import web

DESKS_EXAMPLE = 'Write [desks.zendesk], then address = "https://acme.zendesk.com".'
_NAME = re.compile(r"[a-z][a-z0-9_-]{0,30}")  # part of a file's name, and of `zendesk:123`
_OWN = frozenset({"address", "articles", "asking", "client_id", "kind", "languages", "macros"})
_MOST = 50


def read_desks(data: Mapping[str, Any], path: Path) -> dict[str, DeskSettings]:
    """The desks by name."""
    table = read_section(data, "desks", DESKS_EXAMPLE, path)
    if len(table) > _MOST:
        raise wrong(path, "desks", f"must be at most {_MOST}", DESKS_EXAMPLE)
    return {name: _desk(name, value, path) for name, value in table.items()}


def _desk(name: str, table: object, path: Path) -> DeskSettings:
    key = f"desks.{name}"
    if not _NAME.fullmatch(name) or not isinstance(table, dict):
        raise wrong(path, key, "must be a table with a short name", DESKS_EXAMPLE)
    address = _text(table, key, "address", path).rstrip("/")
    found = web(address)
    if found is None or (found.scheme != "https" and not found.is_loopback):
        hint = "Use https://; a server on this machine may have http://."
        raise wrong(path, f"{key}.address", "must be the web address of a help desk", hint)
    options = {at: value for at, value in table.items() if at not in _OWN}
    base = DeskSettings(name, _text(table, key, "kind", path) or name, address)
    return DeskSettings(
        name,
        base.kind,
        address,
        _text(table, key, "client_id", path),
        _sections(table, key, "macros", base.macros, path),
        _sections(table, key, "articles", base.articles, path),
        texts_in(table.get("languages", {}), f"{key}.languages", DESKS_EXAMPLE, path),
        _asking(table, key, path),
        texts_in(options, key, DESKS_EXAMPLE, path),
    )


def _text(table: Mapping[str, Any], key: str, name: str, path: Path) -> str:
    return read_text({f"{key}.{name}": table.get(name, "")}, f"{key}.{name}", "", path).strip()


def _sections(
    table: Mapping[str, Any], key: str, name: str, otherwise: tuple[str, ...], path: Path
) -> tuple[str, ...]:
    if name not in table:
        return otherwise
    hint = f'Write {name} = ["{name}/billing"].'
    return tuple(item.strip("/") for item in read_texts(table, f"{key}.{name}", hint, path))


def _asking(table: Mapping[str, Any], key: str, path: Path) -> Asking:
    value = table.get("asking", Asking.MARK.value)
    if value not in [*Asking]:
        raise wrong(path, f"{key}.asking", "must be mark, link or stay", 'Write asking = "mark".')
    return Asking(value)
