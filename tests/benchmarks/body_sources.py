"""Where real Markdown comes from: a folder of public documentation, and packages that ship their own."""

from __future__ import annotations

import posixpath
import re
import subprocess
import sys
import tarfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

Files = dict[str, bytes]

# By package and version, so that a sample can be drawn again.
_SDISTS = {
    "fastapi": "0.103.2", "starlette": "1.10.0", "hatch": "1.18.2",
}  # fmt: skip
_NPM = {
    "fastify": "5.12.8", "undici": "7.30.2", "pino": "10.4.0", "gitbook": "3.2.3",
    "npm": "11.21.2", "next": "16.4.6",
}  # fmt: skip
_KEPT = re.compile(r"\.(?:mdx?|ya?ml|toml|json|png|jpe?g|svg|gif|webp|css|js|py|html|txt|ico)$")
_LARGEST = 3_000_000  # bytes
_MARKDOWN = (".md", ".mdx")
_PICTURE = re.compile(
    r"!\[[^\]]{0,300}\]\(<?([^)\s>]{1,300})|<img\s[^>]{0,300}?src=[\"']([^\"'\n]{1,300})"
    r"|:::image [^\n]{0,200}?source=\"([^\"\n]{1,300})\"|^\[[^\]\n]{1,100}\]: (\S{1,300})",
    re.MULTILINE,
)
_ENDING = re.compile(r"\.(?:png|jpe?g|gif|svg|webp|avif)$", re.IGNORECASE)
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*:|//|#|\{|\$|~|%7B", re.IGNORECASE)
# One pixel. The corpus has texts only, and the repositories that it is of have the pictures.
_PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360000002000001e221bc330000000049454e44ae426082"
)
_SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>\n'


class Sources(NamedTuple):
    """`corpus`: a folder of documentation projects. `packages`: a folder to download packages to."""

    corpus: Path
    packages: Path

    def project(self, folder: str) -> Files:
        """The files of a folder of the corpus, by path below it."""
        root = self.corpus / folder
        if not root.is_dir():
            sys.exit(f"{root} is missing: give the folder that holds the five projects.")
        paths = (path for path in sorted(root.rglob("*")) if path.is_file())
        return {path.relative_to(root).as_posix(): path.read_bytes() for path in paths}

    def package(self, name: str, folder: str = "") -> Files:
        """The text and picture files of a package, by path below one of its folders."""
        archive = self._archive(name)
        prefix = f"{folder}/" if folder else ""
        return {
            path.removeprefix(prefix): data
            for path, data in _members(archive)
            if path.startswith(prefix)
        }

    def _archive(self, name: str) -> Path:
        self.packages.mkdir(parents=True, exist_ok=True)
        kept = self.packages / f"{name}.tar.gz"
        if not kept.exists():
            fetched = _sdist(name, self.packages) if name in _SDISTS else _npm(name, self.packages)
            fetched.rename(kept)
        return kept


def _sdist(name: str, folder: Path) -> Path:
    version = _SDISTS[name]
    download = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--no-binary", name]
    subprocess.run([*download, f"{name}=={version}", "-d", str(folder)], check=True)
    found = [*folder.glob(f"*-{version}.tar.gz")]
    return next(path for path in found if path.name.replace("_", "-").startswith(name))


def _npm(name: str, folder: Path) -> Path:
    pack = ["npm", "pack", "-s", f"{name}@{_NPM[name]}"]
    done = subprocess.run(pack, cwd=folder, check=True, capture_output=True, text=True)
    return folder / done.stdout.split()[-1]


def _members(archive: Path) -> Iterator[tuple[str, bytes]]:
    with tarfile.open(archive) as tar:
        for member in tar:
            path = member.name.partition("/")[2]
            is_kept = member.size < _LARGEST and _KEPT.search(path)
            if is_kept and (data := tar.extractfile(member)):
                yield path, data.read()


def below(files: Mapping[str, bytes], folder: str) -> Files:
    """The files with another folder in front of their paths."""
    return {f"{folder}/{path}": data for path, data in files.items()}


def texts(files: Mapping[str, bytes], change: Callable[[str, str], str]) -> Files:
    """The files with `change(path, text)` done to those in Markdown."""
    return {
        path: change(path, data.decode()).encode() if path.endswith(_MARKDOWN) else data
        for path, data in files.items()
    }


def pictured(files: Files, roots: tuple[str, ...] = ()) -> Files:
    """The files with a stand-in for each picture that a page shows and that is not there.

    `roots`: the folder that the site serves at `/`; without one such pictures stay missing.
    """
    wanted: Files = {}
    for path, data in files.items():
        if path.endswith(_MARKDOWN):
            for match in _PICTURE.finditer(data.decode("utf-8", "replace")):
                written = next(filter(None, match.groups())).partition("#")[0].partition("?")[0]
                if target := _picture_path(path, written, roots):
                    wanted[target] = _SVG if target.endswith(".svg") else _PNG
    return {**wanted, **files}


def _picture_path(page: str, written: str, roots: tuple[str, ...]) -> str:
    written = written.replace("\\", "/")
    if _ADDRESS.match(written) or not _ENDING.search(written):
        return ""
    if written.startswith("/"):
        return posixpath.normpath(f"{roots[0]}{written}") if roots else ""
    target = posixpath.normpath(posixpath.join(posixpath.dirname(page), written))
    return "" if target.startswith("..") else target
