"""Secrets that this process has in its hands: what a crash report must not tell, whatever crashed.

An error's own words may hold any value that a library was given. Whoever reads or makes a secret
says so here; nothing else depends on it.
"""

from __future__ import annotations

_SHORTEST = 4  # letters; a shorter one stands in every text
_secrets: set[str] = set()


def hide(*secrets: str) -> None:
    """Keep these out of crash reports from now on."""
    _secrets.update(secret for secret in secrets if len(secret) >= _SHORTEST)


def without_hidden(text: str) -> str:
    for secret in sorted(_secrets, key=len, reverse=True):
        text = text.replace(secret, "...")
    return text
