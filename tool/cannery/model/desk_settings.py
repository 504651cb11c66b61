"""[desks.NAME] of kb.toml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Asking(StrEnum):
    """What becomes of a macro that asks for values, as a desk can't."""

    MARK = "mark"  # it goes out with a mark in the place of each value
    LINK = "link"  # it is a link to its form on the internal site
    STAY = "stay"  # it does not go out


@dataclass(frozen=True, slots=True)
class DeskSettings:
    """A desk of the team's.

    `name` is the team's word for it, `kind` the name of a row of DESKS, `address` the desk's web
    address without a path. `client_id` is what the desk calls our program, for signing in.
    `macros` and `articles` are the sections that go there, as ids: all macros and no articles where
    the file does not say. `languages` are the desk's names of languages by ours, where they differ.
    `options` are what one kind of desk alone knows, such as `account` of Chatwoot.
    """

    name: str
    kind: str
    address: str
    client_id: str = ""
    macros: tuple[str, ...] = ("macros",)
    articles: tuple[str, ...] = ()
    languages: Mapping[str, str] = field(default_factory=dict)
    asking: Asking = Asking.MARK
    options: Mapping[str, str] = field(default_factory=dict)
