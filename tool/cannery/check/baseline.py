"""Findings that a team knows of: kept in a file, so that only new ones are told and fail.

The file has a line for each file, and below it one for each rule, with a mark for what was found:

    kb/articles/net/proxy.md:
      header 3f2a9c1e 77ab0101*3

A mark is a hash of the message, whatever line it is for. Lines may be in any order and stand twice:
after a merge, those of both sides are kept.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from hashlib import blake2b
from itertools import groupby
from typing import NamedTuple

from cannery.content.files import read_bytes
from cannery.errors import ContentError
from cannery.model.location import Problem
from cannery.util.plain import is_name
from cannery.workspace import Workspace

PATH = "kb/baseline.txt"
# What is published or told to strangers while it is waved through, and what the settings say.
NEVER_KNOWN = frozenset(("leak", "secret", "setting"))
ASKED_RULES = ("dead-url", "moved-url")  # which tell only where other hosts are asked
_HEAD = """\
# What `kb check` knows of: only other findings are told. What is gone leaves by itself.
# After a merge, keep the lines of both sides.
"""
_INDENT = "  "
_RULE = re.compile(r"[a-z-]{1,40}(?: [0-9a-f]{8}(?:\*[1-9][0-9]{0,8})?)+")
_UPWARDS = re.compile(r"(?<![\w./])\.\.?/(?:\.\.?/)*")  # of a link, which changes if its file moves
_NUMBER = re.compile(r"(?<!\S)[0-9][0-9,.]*+")  # such as a share, which changes with the text
_SHOWN = 60  # characters of a line that is none
_MOST_FAULTS = 5


class Known(NamedTuple):
    """A finding as the baseline has it, wherever in its file it stands."""

    path: str
    code: str
    mark: str


class Baseline(NamedTuple):
    """How often each finding is known, what is wrong with the file, its bytes: None for none."""

    known: Mapping[Known, int] = {}
    faults: tuple[Problem, ...] = ()
    raw: bytes | None = None

    @property
    def is_there(self) -> bool:
        return self.raw is not None or bool(self.faults)


class Compared(NamedTuple):
    """What was found, by a baseline: `known` findings, others, and those of it that are `gone`.

    `left` is the baseline without those that are gone, and with the new paths of renamed files.
    """

    new: tuple[Problem, ...]
    known: tuple[Problem, ...] = ()
    gone: int = 0
    left: Mapping[Known, int] = {}


def known_of(problem: Problem) -> Known:
    return Known(problem.path, problem.code, _mark(problem.message))


@lru_cache(10_000)
def _mark(message: str) -> str:
    said = _UPWARDS.sub("", _NUMBER.sub("0", message)).encode("utf-8", "replace")
    return blake2b(said, digest_size=4).hexdigest()


def read_baseline(workspace: Workspace) -> Baseline:
    """The knowledge base's baseline; an empty one where there is no file."""
    if not (workspace.root / PATH).exists():
        return Baseline()
    try:
        raw = read_bytes(workspace, PATH)
        text = raw.decode("utf-8-sig")
    except ContentError as error:
        reason = error.message.removeprefix(f"{PATH}: ")
        return Baseline(faults=(Problem(PATH, 0, "unreadable", reason, error.hint),))
    except UnicodeDecodeError:
        fault = Problem(PATH, 0, "unreadable", "not UTF-8 text", "Save the file as UTF-8.")
        return Baseline(faults=(fault,), raw=raw)
    known, faults = parsed(text)
    return Baseline(known, faults, raw)


def parsed(text: str) -> tuple[dict[Known, int], tuple[Problem, ...]]:
    """The findings of a baseline's text, and a fault for each line that says none."""
    known: dict[Known, int] = {}
    faults: list[Problem] = []
    path = ""
    for number, line in enumerate(text.replace("\r\n", "\n").split("\n"), start=1):
        if not line or line.startswith("# "):
            continue
        if path and line.startswith(_INDENT) and _RULE.fullmatch(line[len(_INDENT) :]):
            code, *marks = line.split()
            for item in marks:
                mark, _, count = item.partition("*")
                key = Known(path, code, mark)
                known[key] = max(known.get(key, 0), int(count or 1))
        elif line.endswith(":") and not line.startswith(_INDENT):
            path = line[:-1]
        else:
            message = f"not a line of a baseline: {line.strip():.{_SHOWN}}"
            hint = "Remove the line. After a merge, keep the other lines of both sides."
            faults.append(Problem(PATH, number, "unreadable", message, hint))
    return known, tuple(faults[:_MOST_FAULTS])


def written(known: Mapping[Known, int]) -> bytes:
    """The text of a baseline, in the order of paths, rules and marks."""
    lines = [_HEAD]
    for path, group in groupby(sorted(known), key=lambda item: item.path):
        if not is_name(path) or path.startswith((_INDENT, "# ")):
            continue
        lines.append(f"{path}:\n")
        for code, items in groupby(group, key=lambda item: item.code):
            marks = (
                f" {item.mark}*{known[item]}" if known[item] > 1 else f" {item.mark}"
                for item in items
            )
            lines.append(f"{_INDENT}{code}{''.join(marks)}\n")
    return "".join(lines).encode("utf-8", "replace")


def counted(problems: Iterable[Problem]) -> dict[Known, int]:
    """A baseline of these findings, without those that no baseline has."""
    return Counter(known_of(item) for item in problems if item.code not in NEVER_KNOWN)


def compared(
    known: Mapping[Known, int],
    problems: Sequence[Problem],
    paths: Collection[str],
    untold: Collection[str] = (),
) -> Compared:
    """Divide what was found by what is known.

    `paths` are those of all files; `untold` are rules that could not tell what they find now.
    """
    known = _followed(known, problems, paths)
    remaining, new, old = Counter(known), list[Problem](), list[Problem]()
    for item in problems:
        key = known_of(item)
        is_known = remaining[key] > 0 and item.code not in NEVER_KNOWN
        remaining[key] -= is_known
        (old if is_known else new).append(item)
    gone = {key: count for key, count in remaining.items() if count > 0 and key.code not in untold}
    left = {key: rest for key in known if (rest := known[key] - gone.get(key, 0))}
    return Compared(tuple(new), tuple(old), sum(gone.values()), left)


def _followed(
    known: Mapping[Known, int], problems: Iterable[Problem], paths: Collection[str]
) -> Mapping[Known, int]:
    """What is known, by the new paths of files that were renamed."""
    present = {*paths}
    gone = {key.path for key in known} - present
    if not gone:
        return known
    before = {key.path for key in known}
    new_paths = renamed(gone, {item.path for item in problems if item.path in present - before})
    followed: dict[Known, int] = {}
    for key, count in known.items():
        followed[key._replace(path=new_paths.get(key.path, key.path))] = count
    return followed


def renamed(gone: Iterable[str], new: Iterable[str]) -> dict[str, str]:
    """The new path of each file that is gone, as far as there is no doubt.

    It has the longest end in common with the old one, at least the name, and no other file has
    that; or else it is the only new file in a folder of which one is gone.
    """
    by_end: dict[str, list[str]] = defaultdict(list)
    by_folder: dict[str, list[str]] = defaultdict(list)
    for path in sorted(new):
        by_folder[path.rpartition("/")[0]].append(path)
        for end in _ends(path):
            by_end[end].append(path)
    old = sorted(gone)
    lost = Counter(path.rpartition("/")[0] for path in old)
    found: dict[str, str] = {}
    for path in old:
        folder = path.rpartition("/")[0]
        beside = by_folder[folder] if lost[folder] == 1 else []
        candidates = next((by_end[end] for end in _ends(path) if end in by_end), beside)
        if len(candidates) == 1:
            found[path] = candidates[0]
    taken = Counter(found.values())
    return {path: to for path, to in found.items() if taken[to] == 1}


def _ends(path: str) -> Iterator[str]:
    """The path, and what is left of it without its first folders, down to the name."""
    while path:
        yield path
        path = path.partition("/")[2]
