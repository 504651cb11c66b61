"""A number of the program, where only its module knows it."""

from __future__ import annotations

from importlib import import_module


def number_of(name: str) -> float:
    """What `cli.report._MOST_READ` is, by the path of its module in our package."""
    module, _, attribute = name.rpartition(".")
    return float(getattr(import_module(f"cannery.{module}"), attribute))
