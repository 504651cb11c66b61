"""A Git history for a body of articles: several people, files that grow, and some that were renamed."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from zlib import crc32

from tests.benchmarks.body_sources import Files

_PEOPLE = (
    ("Aiko Sato", "aiko@example.org"), ("Ben Miller", "ben@example.org"),
    ("Chiara Rossi", "chiara@example.org"), ("Dai Tanaka", "dai@example.com"),
)  # fmt: skip
_START = 1_650_000_000  # 2022-04-15
_STEP = 17_000_000  # seconds, half a year and more


def _commits(files: Files) -> Iterator[tuple[str, Mapping[str, bytes | None]]]:
    """The history of a body: what each commit says and writes; None removes a file."""
    paths = sorted(files)
    early = [path for path in paths if crc32(path.encode()) % 3]
    pages = [path for path in early if path.endswith((".md", ".mdx"))]
    moved = {path: re.sub(r"(\.\w+)$", r"-old\1", path) for path in pages[::29]}
    half = {path: files[path][: files[path].rfind(b"\n\n") + 1] or files[path] for path in pages}
    first = {moved.get(path, path): half.get(path, files[path]) for path in early}
    yield "Add the first pages", {**first}
    yield "Add more pages", {path: files[path] for path in paths if path not in early}
    renamed = dict.fromkeys(moved.values()) | {path: half[path] for path in moved}
    yield "Rename pages", renamed or {".gitattributes": b"* text=auto\n"}
    yield "Finish what was begun", {path: files[path] for path in pages[::2]}
    yield (
        "Finish the rest",
        {path: files[path] for path in pages[1::2]} | {paths[0]: files[paths[0]]},
    )


def _stream(files: Files) -> Iterator[bytes]:
    """The history as git fast-import reads it."""
    for number, (message, changes) in enumerate(_commits(files)):
        name, mail = _PEOPLE[number % len(_PEOPLE)]
        yield b"commit refs/heads/main\n"
        yield f"committer {name} <{mail}> {_START + number * _STEP} +0000\n".encode()
        yield f"data {len(message)}\n{message}\n".encode()
        for path, data in changes.items():
            quoted = '"' + path.replace("\\", "\\\\").replace('"', '\\"') + '"'
            if data is None:
                yield f"D {quoted}\n".encode()
            else:
                yield f"M 100644 inline {quoted}\ndata {len(data)}\n".encode() + data + b"\n"


def write(root: Path, files: Files) -> None:
    """Write a body to an empty folder, and commit it."""
    shutil.rmtree(root, ignore_errors=True)
    root.mkdir(parents=True)
    git = ["git", "-C", str(root)]
    subprocess.run([*git, "init", "-q", "-b", "main"], check=True)
    subprocess.run([*git, "fast-import", "--quiet"], input=b"".join(_stream(files)), check=True)
    subprocess.run([*git, "reset", "-q", "--hard", "main"], check=True)
