"""A site of 900 real pages with pictures and attachments: built by two processes and by one, alike.

    python -m tests.benchmarks.site_900 FOLDER [--pages 900] [--pictures 300]

FOLDER holds Markdown files; `site.py` tells how their links are made valid. Each build begins from
nothing, in a process of its own, and every file of both is compared.
"""

from __future__ import annotations

import argparse
import gzip
import io
import json
import random
import shutil
import struct
import subprocess
import sys
import tempfile
import zipfile
import zlib
from collections.abc import Callable
from functools import partial
from pathlib import Path

from tests.benchmarks.site import bytes_of, identical, prepare, say, timed

from cannery.workspace import open_workspace

_BUILD = (
    "import sys; from pathlib import Path; from cannery.operations.build_site import Mode, build_site;"
    "from cannery.model.entry import Audience; from cannery.workspace import open_workspace;"
    "build_site(open_workspace(Path.cwd()), Audience(sys.argv[1]), Path(sys.argv[2]),"
    "mode=Mode(alone=sys.argv[3] == 'alone'))"
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pages", type=int, default=900)
    parser.add_argument("--pictures", type=int, default=300)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        # Some of the files are left out, for no engine takes them: see `prepare`.
        root = prepare(options.folder, Path(place) / "kb", options.pages + options.pages // 40)
        pages = sorted(path for path in (root / "kb/articles").rglob("*.*") if path.is_file())
        said = attach(root, pages, options.pictures)
        say(f"{len(pages)} pages, {options.pictures} pictures, {said} attachments")
        for audience in ("public", "internal"):
            compare(root, audience)
        again(root, pages)


def attach(root: Path, pages: list[Path], pictures: int) -> int:
    """Make every page public, and let it show a picture and name an attachment; how many."""
    chance = random.Random(9)  # noqa: S311
    files = root / "kb/files"
    files.mkdir()
    shown = [f"p{number}.{'svg' if number % 4 == 0 else 'png'}" for number in range(pictures)]
    for number, name in enumerate(shown):
        (files / name).write_bytes(_svg(number) if name.endswith("svg") else _png(chance))
    named = [f"a{number}.{ending}" for number in range(10) for ending in ATTACHED]
    for name in named:
        (files / name).write_bytes(ATTACHED[name.rpartition(".")[2]](name))
    for number, page in enumerate(pages):
        up = "../" * (len(page.relative_to(root / "kb").parts) - 1)
        text = page.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
        head, body = ("", text) if not text.startswith("---\n") else ("---\n", text[4:])
        text = f"{head}audience: public\n{body}" if head else f"---\naudience: public\n---\n{text}"
        more = f"![]({up}files/{shown[number % pictures]}) [x]({up}files/{named[number % 80]})"
        page.write_text(f"{text.rstrip()}\n\n{more}\n", "utf-8")
    return len(named)


def _png(chance: random.Random) -> bytes:
    """A picture of random grey columns, 64 by 64."""
    row = b"\0" + chance.randbytes(64)
    header = struct.pack(">IIBBBBB", 64, 64, 8, 0, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(row * 64)), (b"IEND", b""))
    packed = [
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(packed)


def _svg(number: int) -> bytes:
    path = f'<path d="M0 {number % 64}h64" stroke="black"/>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">{path}</svg>'.encode()


def _zip(name: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr(f"{name}.txt", name)
    return made.getvalue()


ATTACHED: dict[str, Callable[[str], bytes]] = {
    "pdf": lambda name: f"%PDF-1.4\n% {name}\n%%EOF\n".encode(),
    "txt": str.encode,
    "log": lambda name: f"2026-01-02 {name} started\n".encode() * 50,
    "csv": lambda name: f"name,size\n{name},1\n".encode(),
    "json": lambda name: json.dumps({"name": name}).encode(),
    "har": lambda name: json.dumps({"log": {"comment": name}}).encode(),
    "zip": _zip,
    "gz": lambda name: gzip.compress(name.encode(), mtime=0),
}


def compare(root: Path, audience: str) -> None:
    times = {}
    for how in ("together", "alone"):
        shutil.rmtree(root / ".site", ignore_errors=True)
        shutil.rmtree(open_workspace(root).cache, ignore_errors=True)
        times[how] = timed(partial(build, root, audience, f"{audience}-{how}", how))
    one, two = (root / f"{audience}-{how}" for how in times)
    files = sum(path.is_file() for path in one.rglob("*"))
    told = ", ".join(f"{how} {seconds:.1f} s" for how, seconds in times.items())
    say(f"{audience}: {told}; {files} files, {bytes_of(one):,} bytes")
    say(f"  identical, file by file: {identical(one, two)}")


def build(root: Path, audience: str, out: str, how: str) -> None:
    command = [sys.executable, "-c", _BUILD, audience, out, how]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr[-4000:])


def again(root: Path, pages: list[Path]) -> None:
    """300 edits and a new picture, built into the folder that is there, and from nothing."""
    for page in pages[::3]:
        page.write_text(page.read_text("utf-8") + "\nAn edited line.\n", "utf-8")
    shutil.copy(root / "kb/files/p1.png", root / "kb/files/p2.png")
    seconds = timed(lambda: build(root, "internal", "internal-together", "together"))
    build(root, "internal", "fresh", "alone")
    same = identical(root / "internal-together", root / "fresh")
    say(f"{len(pages[::3])} edits: {seconds:.1f} s; identical: {same}")


if __name__ == "__main__":
    main()
