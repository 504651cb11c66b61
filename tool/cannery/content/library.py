"""The files below kb/ as articles, macros and parts, and the names they answer to."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from cannery.content import frontmatter
from cannery.content.conflict_markers import conflict_line
from cannery.content.files import ENDINGS, Scan, left_unread, read_bytes
from cannery.content.items import read_item
from cannery.content.layout import locate, part_name
from cannery.content.split import split
from cannery.errors import AmbiguousError, ContentError, NotFoundError
from cannery.model.entry import Article, Entry, Macro, Part, Shelf
from cannery.model.location import Kind, Location, Problem
from cannery.util.encoding import decoded
from cannery.util.text import composed, fold_name
from cannery.workspace import Settings, Workspace

_SHOWN_CANDIDATES = 12


@dataclass(frozen=True, slots=True)
class Loaded:
    """One file, read: an entry, a part, or nothing but problems.

    `written` has the file's key by ours, where kb.toml has another one read as ours.
    """

    item: Entry | Part | None
    problems: tuple[Problem, ...] = ()
    written: Mapping[str, str] = field(default_factory=dict)


def load(workspace: Workspace, path: str) -> Loaded:
    """Read one file. What is wrong with it is a problem; the rest of it is still loaded."""
    try:
        raw = read_bytes(workspace, path)
    except ContentError as error:
        reason = error.message.removeprefix(f"{path}: ")
        return Loaded(None, (Problem(path, 0, "unreadable", reason, error.hint),))
    return read(path, raw, workspace.settings)


def read(path: str, raw: bytes, settings: Settings) -> Loaded:
    """A file's bytes as what they say."""
    text, problems = _decode(path, raw)
    parts = split(text)
    front = frontmatter.read_each(parts.header, parts.header_line)
    for line, reason in front.errors:
        hint = "Quote text that contains `: ` or `#`."
        problems = (*problems, Problem(path, line, "front-matter", reason, hint))
    if parts.fault:
        hint = "Front matter starts on the first line of the file and ends with a line `---`."
        problems = (*problems, Problem(path, parts.fault[0], "front-matter", parts.fault[1], hint))
    if line := conflict_line(text):
        hint = "Keep one side, and remove the lines with <<<<<<<, ======= and >>>>>>>."
        problem = Problem(path, line, "conflict", "a merge conflict that no one decided", hint)
        if line < parts.body_line:  # what YAML says of the markers is of no use
            problems = tuple(item for item in problems if item.code != "front-matter")
        problems = (*problems, problem)
    at = locate(path, settings)
    item, written = read_item(at, front, parts, settings.front_matter, is_whole=not problems)
    return Loaded(item, problems, written)


def title_of(path: str, raw: bytes, settings: Settings) -> str:
    """The title of an entry in a file's bytes, or the file's name."""
    item = read(path, raw, settings).item if path.endswith(ENDINGS) else None
    return item.header.title if isinstance(item, Article | Macro) else path.rsplit("/", 1)[-1]


def _decode(path: str, raw: bytes) -> tuple[str, tuple[Problem, ...]]:
    try:
        text = decoded(raw)
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode(error.encoding, "replace")
        hint = "Save the file as UTF-8. Until then, the invalid bytes appear as \ufffd."
        message = f"not {error.encoding.removesuffix('-le').removesuffix('-be').upper()} text"
        problem = Problem(path, before.count("\n") + 1, "unreadable", message, hint)
        return decoded(raw, "replace").replace("\0", "\ufffd"), (problem,)
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        problem = Problem(
            path, line, "unreadable", "not a text file: it contains a NUL byte", "Remove it."
        )
        return text.replace("\0", "\ufffd"), (problem,)
    return text, ()


def load_each(workspace: Workspace, paths: Iterable[str]) -> Iterator[Loaded]:
    """Read the files one by one in order, so that a caller can show how far it is."""
    for path in sorted(paths):
        yield load(workspace, path)


def shelve(loads: Iterable[Loaded], more: Iterable[Problem] = ()) -> Shelf:
    """What was read, sorted by kind."""
    entries: list[Entry] = []
    parts: list[Part] = []
    problems = list(more)
    for loaded in loads:
        problems += loaded.problems
        if isinstance(loaded.item, Part):
            parts.append(loaded.item)
        elif loaded.item is not None:
            entries.append(loaded.item)
    return Shelf(tuple(entries), tuple(parts), tuple(problems))


def load_parts(workspace: Workspace, scanned: Scan) -> tuple[Part, ...]:
    """The shared pieces of the macros."""
    paths = [path for path in scanned.stamps if path.startswith(scanned.parts)]
    return shelve(load_each(workspace, paths)).parts


def parts_for(parts: Iterable[Part], language: str, settings: Settings) -> dict[str, Part]:
    """The parts by name: in `language` where there is such a variant, else in the default."""
    chosen: dict[str, Part] = {}
    for part in parts:
        name = part_name(part.at)
        if part.at.language == language or (
            part.at.language == settings.default_language and name not in chosen
        ):
            chosen[name] = part
    return chosen


@dataclass(frozen=True, slots=True)
class Variants:
    """The files of one entry by language."""

    id: str
    kind: Kind
    by_language: Mapping[str, Location] = field(default_factory=dict)

    def choose(self, languages: Iterable[str], settings: Settings) -> Location:
        """The first of `languages` that there is, else the default language, else any.

        A region counts for its language: `ja-JP` finds `ja`.
        """
        for language in languages:
            for tag in (language, language.replace("_", "-").split("-", 1)[0].lower()):
                if tag in self.by_language:
                    return self.by_language[tag]
        default = self.by_language.get(settings.default_language)
        return default or next(iter(self.by_language.values()))


def catalogue(workspace: Workspace, scanned: Scan) -> dict[str, Variants]:
    """All articles and macros by id, from their paths alone."""
    variants: dict[str, dict[str, Location]] = {}
    for path in sorted(scanned.stamps):
        at = locate(path, workspace.settings)
        if at.kind is not Kind.PART:
            variants.setdefault(at.id, {}).setdefault(at.language, at)
    return {
        id_: Variants(id_, next(iter(files.values())).kind, files)
        for id_, files in variants.items()
    }


def resolve(workspace: Workspace, scanned: Scan, name: str, kind: Kind | None = None) -> Variants:
    """The one entry that `name` stands for: an id, a tail of it, a path, or a macro's shortcut.

    Raises AmbiguousError with the candidates, or NotFoundError with names that look alike.
    """
    by_id = {
        id_: entry
        for id_, entry in catalogue(workspace, scanned).items()
        if kind in (None, entry.kind)
    }
    wanted = composed(bare(name))
    if wanted in by_id:
        return by_id[wanted]
    if (id_ := _id_of_file(workspace, scanned, name)) in by_id:
        return by_id[id_]
    tails = [id_ for id_ in by_id if id_.endswith(f"/{wanted}")] if wanted else []
    if not tails:
        tails = _by_shortcut_or_folded(workspace, by_id, name)
    if len(tails) == 1:
        return by_id[tails[0]]
    if tails:
        shown = "\n".join(f"  {id_}" for id_ in tails[:_SHOWN_CANDIDATES])
        more = len(tails) - _SHOWN_CANDIDATES
        rest = f"\n  and {more} more" if more > 0 else ""
        raise AmbiguousError(
            f"{name} matches {len(tails)} entries:\n{shown}{rest}",
            "Use more of the id.",
            tuple(tails),
        )
    others = [id_ for id_ in catalogue(workspace, scanned) if f"/{id_}".endswith(f"/{wanted}")]
    if wanted and others:
        hint = f"To see it, run `kb show {others[0]}`."
        raise NotFoundError(f"no {kind} named {name}, but there is {others[0]}", hint)
    raise NotFoundError(f"no entry named {name}", _look_alikes(wanted, by_id, workspace))


def _id_of_file(workspace: Workspace, scanned: Scan, name: str) -> str:
    """The id of the file whose path from the root was typed; empty where there is none."""
    typed = name.strip().removeprefix("./")
    paths = (typed, *(f"{typed}{ending}" for ending in ENDINGS))
    path = next((path for path in paths if path in scanned.stamps), "")
    return locate(path, workspace.settings).id if path else ""


def bare(name: str) -> str:
    """A typed name without the prefix, ending and slashes that shell completion adds."""
    bare = name.strip().removeprefix("./").removeprefix("kb/").strip("/")
    ending = next((end for end in ENDINGS if bare.endswith(end)), "")
    return bare[: len(bare) - len(ending)]


def _by_shortcut_or_folded(
    workspace: Workspace, by_id: Mapping[str, Variants], name: str
) -> list[str]:
    """The ids of the macros with a shortcut; else what the name stands for once it is folded.

    What is written exactly so comes first, so that no other entry can take a name away.
    """
    shortcuts = [(macro.shortcut, macro.at.id) for macro in _macros(workspace, by_id.values())]
    wanted = name.strip()
    if exact := {id_ for text, id_ in shortcuts if _is_shortcut(wanted, text)}:
        return sorted(exact)
    folded = bare(fold_name(name))
    if ids := [id_ for id_ in by_id if f"/{fold_name(id_)}".endswith(f"/{folded}") and folded]:
        whole = [id_ for id_ in ids if fold_name(id_) == folded]
        return whole or ids
    wanted = fold_name(name)
    return sorted({id_ for text, id_ in shortcuts if _is_shortcut(wanted, fold_name(text))})


def _is_shortcut(wanted: str, shortcut: str) -> bool:
    """Whether it is the shortcut, with its sign or without it."""
    return bool(wanted) and wanted in (shortcut, shortcut.lstrip(";:/!"))


def _macros(workspace: Workspace, variants: Iterable[Variants]) -> Iterator[Macro]:
    for entry in variants:
        for at in entry.by_language.values():
            if at.kind is Kind.MACRO:
                item = load(workspace, at.path).item
                if isinstance(item, Macro):
                    yield item


def _look_alikes(name: str, by_id: Mapping[str, Variants], workspace: Workspace) -> str:
    """A hint at the ids that are spelt like a name."""
    slugs = {fold_name(id_.rsplit("/", 1)[-1]): id_ for id_ in by_id}
    ids = {fold_name(id_): id_ for id_ in by_id}
    near = difflib.get_close_matches(fold_name(name), [*slugs, *ids], n=3, cutoff=0.6)
    if names := list(dict.fromkeys(slugs.get(item) or ids[item] for item in near)):
        return f"Did you mean {' or '.join(names)}?"
    return left_unread(workspace) or f"Search for it with `kb find {name}`."


def load_entry(workspace: Workspace, at: Location) -> Entry:
    """Load one entry. Raises ContentError if it can't be read without problems."""
    loaded = load(workspace, at.path)
    if loaded.item is None or isinstance(loaded.item, Part) or loaded.problems:
        problem = loaded.problems[0]
        where = f"{problem.path}:{problem.line}" if problem.line else problem.path
        raise ContentError(f"{where}: {problem.message}", problem.hint)
    return loaded.item
