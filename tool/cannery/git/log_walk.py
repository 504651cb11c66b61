"""What `git log -z` prints, read so that no name, path or message passes for another part."""

from __future__ import annotations

from collections.abc import Iterator


def format_of(*fields: str) -> str:
    """The `--format` that `commits` reads; `fields` are git's placeholders, such as `%H`.

    No text of a commit and no path can hold a zero byte.
    """
    return "--format=" + "".join(f"%x00{item}" for item in fields)


def commits(log: str, fields: int) -> Iterator[tuple[list[str], list[str]]]:
    """Each commit of a `git log -z --name-only`: its fields, and the paths that it changed."""
    pieces = log.split("\0")
    at = 0
    while at + fields < len(pieces):
        head = pieces[at + 1 : at + 1 + fields]
        at += 1 + fields
        paths: list[str] = []
        while at < len(pieces) and pieces[at]:
            # Git puts a line feed between the fields and the first path.
            paths.append(pieces[at] if paths else pieces[at].removeprefix("\n"))
            at += 1
        yield head, paths


def seconds(told: str) -> int:
    """A time as git prints it; the earliest for a commit that is damaged there and tells none."""
    return int(told) if told.isascii() and told.isdecimal() else 0
