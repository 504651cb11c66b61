"""What a folder of somebody else's holds, and what adopting it would do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple

from cannery.model.loss import Loss


class KeyUse(NamedTuple):
    """A front-matter key: how many files have it, and one of them.

    `misfits` is how many of them have a value that our key of the name, or the one that it would
    be read as, can't have. With `is_inner` it is `outer.inner`, within another one.
    """

    key: str
    files: int
    example: str
    misfits: int = 0
    is_inner: bool = False


class ConstructUse(NamedTuple):
    """What a site of ours would show as it is written: a shortcode, a component, an include.

    `worst` are the files that have most of it, up to three.
    """

    what: str
    times: int
    files: int
    worst: tuple[str, ...]


class SourceLayout(NamedTuple):
    """What a tool's own settings and folders say, as kb.toml has it.

    `articles` are folders from the source's top, with `{language}` for one that is a language's;
    `ignore` patterns of files below them that are no pages. `tags` has folders with their languages
    where the names don't tell them. Empty where nothing is said.
    """

    articles: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    default_language: str = ""
    ignore: tuple[str, ...] = ()
    name: str = ""
    site_url: str = ""
    repository: str = ""
    tags: tuple[tuple[str, str], ...] = ()


_NOTHING = SourceLayout()


@dataclass(frozen=True, slots=True)
class Survey:
    """What was found below `root`. `kind` names a row of KINDS, `evidence` the files that show it.

    `others` are further kinds that the folder may be of. `languages` has the number of pages of
    each, `outside` that of Markdown files by a top folder that is not among those of the layout,
    `left_out` that of files in its folders that it ignores; `losses` are what could not be read at
    all, and why.
    """

    root: Path
    kind: str
    label: str
    evidence: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    layout: SourceLayout = _NOTHING
    pages: int = 0
    outside: Mapping[str, int] = field(default_factory=dict)
    left_out: int = 0
    languages: Mapping[str, int] = field(default_factory=dict)
    keys: tuple[KeyUse, ...] = ()
    pictures: int = 0
    constructs: tuple[ConstructUse, ...] = ()
    losses: tuple[Loss, ...] = ()


class PlannedFile(NamedTuple):
    """A file to write, by its path from the root; `exists` where there is one, which stays."""

    path: str
    data: bytes
    exists: bool


@dataclass(frozen=True, slots=True)
class InPlace:
    """How a folder becomes a knowledge base whose pages stay where they are.

    `own` and `names` are the keys that kb.toml names, `audience` that of pages that don't say.
    `steps` is what is left for a person to do. `news` is for a knowledge base that is there
    already: the lines that its kb.toml lacks; None where there is none yet.
    """

    survey: Survey
    files: tuple[PlannedFile, ...]
    own: tuple[str, ...]
    names: Mapping[str, str]
    audience: str
    steps: tuple[str, ...] = ()
    news: tuple[str, ...] | None = None

    def with_step(self, step: str) -> InPlace:
        return replace(self, steps=(*self.steps, step))


@dataclass(frozen=True, slots=True)
class Import:
    """What importing a folder into a knowledge base would write.

    `files` are new ones by their paths from its root; `expected` what is there now of those that
    are replaced. `moved` has the files of the same repository that go, by their paths from its top,
    each as it is now. `pages` is their number by language, `unchanged` that of files that are there
    already. `linked_files` are the images and other files that pages link to. `section` is where
    they go, `report` the file that lists all losses.
    """

    survey: Survey
    section: str
    files: Mapping[str, bytes]
    pages: Mapping[str, int] = field(default_factory=dict)
    linked_files: int = 0
    unchanged: int = 0
    losses: tuple[Loss, ...] = ()
    report: str = ""
    moved: Mapping[str, bytes] = field(default_factory=dict)
    expected: Mapping[str, bytes] = field(default_factory=dict)
    steps: tuple[str, ...] = ()
