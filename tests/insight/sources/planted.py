"""What no figure may know of people, as it stands all over exports."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from cannery.model.ticket_event import TicketRecord

NAME, ADDRESS, WORDS = (
    "Kim Planted-Lee",
    "kim.planted@example.com",
    "Planted: my card 4242-4242 is lost",
)
ALL = (NAME, ADDRESS, WORDS, "Planted", "planted", "4242-4242")  # no digest has a hyphen


def found_in(records: Iterable[TicketRecord]) -> list[str]:
    """Those that got into records."""
    told = repr([*records])
    return [secret for secret in ALL if secret in told]


def found_below(*folders: Path) -> list[str]:
    """The names of files that have any of it in their bytes, and of those that are named so."""
    needles = [secret.encode(code) for secret in ALL for code in ("utf-8", "utf-16-le")]
    return [
        str(path)
        for folder in folders
        for path in folder.rglob("*")
        if path.is_file()
        and any(needle in path.read_bytes() or needle in bytes(path) for needle in needles)
    ]
