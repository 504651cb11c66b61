"""The three contents that a site is looked at with: our own, a new one, real pages in seven languages."""

from __future__ import annotations

import random
import shutil
import struct
import subprocess
import sys
import zlib
from collections import defaultdict
from pathlib import Path

from tests.benchmarks.site import prepare

ROOT = Path(__file__).parents[2]
SEVEN = ("en", "ja", "de", "es", "fr", "ko", "zh-cn")
_SETTINGS = f"""name = "Help for everyone"
site_url = "https://help.example.com"
languages = [{", ".join(f'"{language}"' for language in SEVEN)}]
default_language = "en"
"""
_ILLUSTRATED = "kb/articles/astro/concepts/islands"
_PICTURES = """
## Pictures

![A window with three panes]({up}files/window.svg)

![A wide photograph]({up}files/wide.png "The sky above the office, at seven")

![A tall one]({up}files/tall.png)

A small one ![of a button]({up}files/small.png) stands in its line.
"""
_WINDOW = """<svg xmlns="http://www.w3.org/2000/svg" width="960" height="540" viewBox="0 0 960 540">
<rect width="960" height="540" rx="12" fill="#e8edf3"/><rect width="960" height="48" rx="12" fill="#31415a"/>
<rect x="24" y="72" width="200" height="444" rx="8" fill="#fff"/><rect x="248" y="72" width="432" height="444" rx="8" fill="#fff"/>
<rect x="704" y="72" width="232" height="444" rx="8" fill="#fff"/><circle cx="40" cy="24" r="8" fill="#f2a33a"/></svg>
"""


def own(root: Path) -> Path:
    """A copy of our own knowledge base."""
    shutil.copytree(ROOT / "kb", root / "kb")
    shutil.copy(ROOT / "mkdocs.yml", root)
    _committed(root)
    return root


def fresh(root: Path) -> Path:
    """What `kb init` makes."""
    code = "import sys; from cannery.start import start; sys.exit(start())"
    command = [sys.executable, "-c", code, "init", str(root), "--lang", "en", "--lang", "ja"]
    subprocess.run(command, capture_output=True, check=True)
    _committed(root)
    return root


def seven_languages(corpus: Path, root: Path) -> Path:
    """900 pages: a product's documentation in seven languages, and 360 articles of support.

    110 of these are in one section.
    """
    told = root.with_name(f"{root.name}-files")
    copied = _translated(corpus / "astro-docs/src/content/docs", told / "astro", 540)
    _sampled(corpus / "office-support/Outlook", told / "outlook", 110, flat=True)
    _sampled(corpus / "office-support/Exchange", told / "exchange", 900 - 110 - copied)
    prepare(told, root, 900, _SETTINGS)
    _picture(root)
    return root


def _translated(folder: Path, target: Path, count: int) -> int:
    """Files of a folder by language, named as ours are; whole groups until there are enough."""
    groups: dict[Path, list[str]] = defaultdict(list)
    for language in SEVEN:
        for path in (folder / language).rglob("*.mdx"):
            groups[path.relative_to(folder / language)].append(language)
    copied = 0
    for path, languages in sorted(groups.items(), key=lambda group: (-len(group[1]), group[0])):
        if copied >= count:
            break
        for language in languages:
            suffix = ".md" if language == "en" else f".{language}.md"
            name = path.with_suffix("").name.replace("index", "overview")
            to = target / path.parent / f"{name}{suffix}"
            to.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(folder / language / path, to)
            copied += 1
    return copied


def _sampled(folder: Path, target: Path, count: int, *, flat: bool = False) -> None:
    paths = sorted(folder.rglob("*.md"))
    for path in random.Random(7).sample(paths, min(count, len(paths))):  # noqa: S311
        to = target / (
            "-".join(path.relative_to(folder).parts) if flat else path.relative_to(folder)
        )
        to.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, to)


def _picture(root: Path) -> None:
    """One article, in all its languages, with pictures of several sizes."""
    files = root / "kb/files"
    files.mkdir()
    (files / "window.svg").write_text(_WINDOW, "utf-8")
    for name, width, height in (("wide", 1600, 900), ("tall", 500, 1400), ("small", 120, 28)):
        (files / f"{name}.png").write_bytes(gradient(width, height))
    for page in root.glob(f"{_ILLUSTRATED}.*"):
        page.write_text(page.read_text("utf-8") + _PICTURES.format(up="../../../"), "utf-8")


def gradient(width: int, height: int) -> bytes:
    """A PNG that goes from blue to orange."""
    rows = bytearray()
    for y in range(height):
        share = y / height
        colour = (int(40 + 200 * share), int(110 + 50 * share), int(200 - 140 * share))
        rows += b"\0" + bytes(colour) * width
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(bytes(rows))), (b"IEND", b""))
    packed = (
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(packed)


def _committed(root: Path) -> None:
    for arguments in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "Start"]):
        who = ["-c", "user.name=A", "-c", "user.email=a@example.com"]
        subprocess.run(["git", *who, *arguments], cwd=root, check=True, capture_output=True)
