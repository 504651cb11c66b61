"""Liquid, loaded without what no template of ours can reach.

Its package loads asyncio for the loaders of files, and Babel with all time zones for what it has
beside the standard: that takes as long as Liquid itself. So stand-ins have the places of those
modules while it is loaded; who asks one for something has it from the module.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from functools import partial
from importlib import import_module
from types import ModuleType
from typing import Any

# Each with what Liquid takes out of it as it is loaded: functions and classes that it calls later.
_LEFT_OUT: Mapping[str, tuple[str, ...]] = {
    "asyncio": (),
    "babel.messages": ("Catalog",),
    "dateutil.parser": (),
    "importlib_resources": (),
    "liquid.extra": ("add_tags_and_filters",),
}


class _StandIn(ModuleType):
    """Has what the module of its name has, which is loaded for it."""

    def __init__(self, name: str, called: tuple[str, ...]) -> None:
        super().__init__(name)
        if called:
            self.__path__: list[str] = []  # `from` asks for it
        for one in called:
            setattr(self, one, partial(_call, name, one))

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever it is
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]
        return getattr(import_module(self.__name__), name)


def _call(module: str, name: str, *given: object, **named: object) -> object:
    return getattr(import_module(module), name)(*given, **named)


def load_liquid() -> None:
    """Load Liquid. What another thread takes out of asyncio meanwhile is asyncio's, too."""
    stand_ins = {
        name: _StandIn(name, called)
        for name, called in _LEFT_OUT.items()
        if name not in sys.modules
    }
    sys.modules.update(stand_ins)
    try:
        import_module("liquid")
    finally:
        for name, module in stand_ins.items():
            if sys.modules.get(name) is module:
                del sys.modules[name]
