"""Files to import, as tests write them down or keep them in `data/`."""

from __future__ import annotations

from pathlib import Path

from cannery.exchange.source import SourceFile, read_sources

DATA = Path(__file__).with_name("data")


def source_file(name: str, content: str | bytes) -> SourceFile:
    raw = content.encode() if isinstance(content, str) else content
    return SourceFile(name, f"given/{name}", raw)


def kept(name: str) -> tuple[SourceFile, ...]:
    """A file or a folder of `data/`."""
    return read_sources(DATA / name).files
