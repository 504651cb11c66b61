"""`kb desk`: the help desks that entries go to, a file for each of its commands."""

from __future__ import annotations


def desk() -> None:
    """Work with the help desks of [desks] in kb.toml.

    Example: kb desk login zendesk
    """
