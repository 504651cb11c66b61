"""Start a knowledge base of one's own from the files beside this one."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatch
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import NamedTuple

from cannery.distribution import requirement
from cannery.errors import ContentError
from cannery.util.atomic import replace
from cannery.util.sweep import drafts_beside
from cannery.workspace import MARKER

REQUIREMENT = requirement("site")
NAMES: Mapping[str, str] = {"en": "Support knowledge base", "ja": "サポート ナレッジベース"}
_HOST = ".github/"
_TEMPLATE = f"{_HOST}pull_request_template.md"
_WORKFLOWS = f"{_HOST}workflows/"
_PLACES = ("", "docs/", _HOST)  # where a host looks for a file
# Files that a repository may have already, by what would stand in their way or be overruled.
_EQUALS: Mapping[str, Sequence[str]] = {
    f"{_HOST}CODEOWNERS": [f"{place}CODEOWNERS" for place in _PLACES],
    f"{_HOST}dependabot.yml": [f"{_HOST}dependabot.y*ml"],
    f"{_HOST}ISSUE_TEMPLATE/config.yml": [f"{_HOST}ISSUE_TEMPLATE/config.y*ml"],
    _TEMPLATE: [f"{place}pull_request_template*" for place in _PLACES],
}
_VARIANT = re.compile(r"(?P<stem>.+)\.(?P<language>[a-z]{2})(?P<ending>\.[a-z]+)")


@dataclass(frozen=True, slots=True)
class StarterFile:
    """A file to write: `path` is relative to the new folder; `exists` when one is there already."""

    path: str
    data: bytes
    exists: bool


class Surroundings(NamedTuple):
    """Where a knowledge base begins: in a repository with its top and its default branch.

    Without a `top`, the folder itself is that of a new repository. The first of the languages is
    the default.
    """

    top: Path | None = None
    branch: str = "main"
    languages: Sequence[str] = tuple(NAMES)


def starter_files(target: Path, around: Surroundings | None = None) -> tuple[StarterFile, ...]:
    """The files of a new knowledge base, and which of them the folder has already.

    What a host reads is at the top of the repository. What makes the folder a knowledge base comes
    last: whoever is stopped half-way has none yet, and begins anew.
    """
    around = around or Surroundings()
    top = (around.top or target).resolve()
    inner = Path(os.path.relpath(target.resolve(), top))
    texts = _texts(around, inner)
    starters = []
    for path, item in _chosen(around.languages):
        data = _filled(item.read_bytes(), texts) if _is_filled(path) else item.read_bytes()
        if path.startswith(_HOST):
            name = _renamed(path, inner)
            name = _present(top, name) or name
            outer = Path(os.path.relpath(top, target.resolve()), name).as_posix()
            starters.append(StarterFile(outer, data, os.path.lexists(top / name)))
        else:
            starters.append(StarterFile(path, data, os.path.lexists(target / path)))
    return tuple(sorted(starters, key=lambda file: file.path == MARKER.as_posix()))


def _chosen(languages: Sequence[str]) -> Iterator[tuple[str, Traversable]]:
    """The files by their names here: content in each language, all else in the default one."""
    variants: dict[str, dict[str, Traversable]] = {}
    for path, item in sorted(_walk(files(__package__) / "files", "")):
        match = _VARIANT.fullmatch(path)
        name = match["stem"] + match["ending"] if match else path
        variants.setdefault(name, {})[match["language"] if match else "en"] = item
    default = languages[0]
    for name, items in variants.items():
        yield name, items.get(default) or items["en"]
        if name.startswith("kb/") and name.endswith(".md"):
            for language in languages[1:]:
                yield f"{name.removesuffix('.md')}.{language}.md", items[language]


def _texts(around: Surroundings, inner: Path) -> dict[str, str]:
    """What stands in the files for what is not known before, by its mark."""
    folder = inner.as_posix()
    within = "" if folder == "." else f"{folder}/"
    slug = f"-{_slug(inner)}" if within else ""
    paths = [f"{_plain(within)}**"]
    if within:
        paths += [_renamed(f"{_WORKFLOWS}knowledge-base.yml", inner), f"{_HOST}kb-requirements.txt"]
    return {
        "BRANCH": json.dumps(_plain(around.branch), ensure_ascii=False),
        "FOLDER/site": json.dumps(f"{within}site", ensure_ascii=False),
        "FOLDER": json.dumps(folder, ensure_ascii=False),
        "PATHS": json.dumps(paths, ensure_ascii=False),
        "CONTENT": json.dumps([f"{_plain(within)}kb/**"], ensure_ascii=False),
        "LINKS": f"links{slug.replace('-', ' ')}",
        "REVIEW": f"review{slug.replace('-', ' ')}",
        "PREFIX": within,
        "SITE": f"site{slug}",
        "WORKFLOW": f"knowledge base{slug.replace('-', ' ')}",
        "REQUIREMENT": REQUIREMENT,
        "NAME": NAMES[around.languages[0]],
        "LANGUAGES": json.dumps([*around.languages]),
        "DEFAULT": around.languages[0],
    }


def _is_filled(path: str) -> bool:
    return not path.endswith(".md")


def _filled(data: bytes, texts: Mapping[str, str]) -> bytes:
    text = data.decode()
    for mark, value in texts.items():
        name, slash, rest = mark.partition("/")
        text = text.replace(f"__{name}__{slash}{rest}", value)
    return text.encode()


def _plain(text: str) -> str:
    """A name as a pattern of GitHub's that fits nothing else."""
    return re.sub(r"([*?+\[\]!\\])", r"\\\1", text)


def _slug(inner: Path) -> str:
    return re.sub(r"[^a-z0-9]+", "-", inner.as_posix().lower()).strip("-") or "kb"


def _renamed(path: str, inner: Path) -> str:
    """What is for the whole repository elsewhere is for this folder of it alone."""
    if inner == Path():
        return path
    if path == _TEMPLATE:
        return f"{_HOST}PULL_REQUEST_TEMPLATE/{_slug(inner)}.md"
    if path.startswith(_WORKFLOWS):
        return f"{path.removesuffix('.yml')}-{_slug(inner)}.yml"
    return path


def _present(top: Path, path: str) -> str:
    """The file that the repository has for the same; empty for none."""
    for pattern in _EQUALS.get(path, ()):
        folder = top / Path(pattern).parent
        if folder.is_dir():
            for item in sorted(folder.iterdir()):
                if fnmatch(item.name.lower(), Path(pattern).name.lower()):
                    return item.relative_to(top).as_posix()
    return ""


def _walk(folder: Traversable, prefix: str) -> Iterator[tuple[str, Traversable]]:
    for item in folder.iterdir():
        name = item.name.replace("dot_", ".")
        if item.is_dir():
            yield from _walk(item, f"{prefix}{name}/")
        else:
            yield prefix + name, item


def sweep(target: Path, wanted: Iterable[StarterFile]) -> None:
    """Take away what one that was killed has left of the files that it wrote."""
    drafts_beside({(target / file.path).parent for file in wanted})


def write_file(target: Path, file: StarterFile) -> None:
    """Write one file, whole or not at all, unless there is one by now. Raises ContentError."""
    path = target / file.path
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if not os.path.lexists(path):
            replace(path, file.data)
    except OSError as error:
        raise ContentError(f"{path}: {error.strerror}", "Choose another folder.") from error
