"""espanso: match files and packages, a reply for each match."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath
from typing import Any, NamedTuple

from cannery.content.yamltext import UnreadableError, read_large
from cannery.exchange.asked import AskedFields
from cannery.exchange.body import from_html, from_markdown, from_plain, markdown_of
from cannery.exchange.format import Format
from cannery.exchange.formats.espanso.variables import Scope, Variables, pieces_of
from cannery.exchange.source import SourceFile
from cannery.exchange.source import UnreadableError as NoTextError
from cannery.model.canned_reply import CannedReply, Imported, Origin
from cannery.model.loss import Loss

_MAX_SIZE = 2_000_000
_MATCHES = re.compile(r"^(?:matches|global_vars)[ \t]*:", re.MULTILINE)
_MANIFEST = re.compile(
    r"^(?:homepage|archive_url|archive_sha256_url|tags|version)[ \t]*:", re.MULTILINE
)
_NAMED = re.compile(r"^name[ \t]*:", re.MULTILINE)
_NAME = re.compile(r"[^\W_](?:.*[^\W_])?", re.DOTALL)
_WORD = re.compile(r"[^\W\d_]")
_VERSION = re.compile(r"v?\d[\d.]*")
_PLACES = frozenset(("match", "packages", "espanso", "package", "base", "default", "user"))
_KINDS = {
    "replace": from_plain, "markdown": from_markdown, "html": from_html, "form": from_plain,
}  # fmt: skip
_SET_ASIDE = {
    "regex": "a pattern as a trigger",
    "image_path": "an image as a reply",
    "propagate_case": "capitals as they are typed",
    "uppercase_style": "capitals as they are typed",
}


class _File(NamedTuple):
    """A match file: what it says, and the losses of what it says in vain."""

    source: SourceFile
    data: dict[str, Any]
    losses: tuple[Loss, ...]


class _Match(NamedTuple):
    file: _File
    data: dict[str, Any]
    line: int


def recognize(file: SourceFile) -> bool:
    try:
        text = file.text
    except NoTextError:
        return False
    return bool(_MATCHES.search(text)) or _is_manifest(file, text)


def _is_manifest(file: SourceFile, text: str) -> bool:
    """What tells of a package, and has no match in it."""
    is_named = file.stem == "_manifest" and file.ending in {"yml", "yaml"}
    return is_named and bool(_MANIFEST.search(text) and _NAMED.search(text))


def read(files: Sequence[SourceFile]) -> Imported:
    losses: list[Loss] = []
    known: list[_File] = []
    for file in files:
        try:
            known.append(_read(file))
        except (UnreadableError, NoTextError) as error:
            line = error.line + 1 if isinstance(error, UnreadableError) else 0
            losses.append(Loss(file.path, line, file.name, str(error)))
    names = {one.source.name for one in known}
    matches = [match for one in known for match in _matches(one)]
    shared = _shared(known, matches)
    losses += [loss for one in known for loss in (*one.losses, *_imports(one, names))]
    replies: list[CannedReply] = []
    for match in matches:
        try:
            replies += _reply(match, shared)
        except ValueError as error:
            losses.append(
                Loss(match.file.source.path, match.line, _trigger(match.data), str(error))
            )
        losses += _unheard(match)
    return Imported(tuple(replies), tuple(losses))


def _read(file: SourceFile) -> _File:
    found = read_large(file.text, _MAX_SIZE)
    losses = tuple(Loss(file.path, one.line + 1, one.key, one.message) for one in found.oddities)
    return _File(file, found.value if isinstance(found.value, dict) else {}, losses)


def _matches(file: _File) -> Iterator[_Match]:
    """The matches of a file, each with the line that its trigger stands in."""
    lines = file.source.text.split("\n")
    at = 0
    for data in _list(file.data.get("matches")):
        if isinstance(data, dict):
            wanted = _trigger(data).partition("\n")[0]
            found = next((no for no in range(at, len(lines)) if wanted and wanted in lines[no]), at)
            at = found
            yield _Match(file, data, found + 1)


def _shared(files: Sequence[_File], matches: Sequence[_Match]) -> Variables:
    """What any match may use: the variables of all files, and each match by its triggers."""
    variables = {
        str(one["name"]): one
        for file in files
        for one in _list(file.data.get("global_vars"))
        if isinstance(one, dict) and one.get("name")
    }
    by_trigger = {trigger: one.data for one in matches for trigger in _triggers(one.data)}
    return Variables(variables, by_trigger)


def _imports(file: _File, names: set[str]) -> Iterator[Loss]:
    """The files that a file refers to and that are not imported with it."""
    folder = PurePosixPath(file.source.folder)
    for written in map(str, _list(file.data.get("imports"))):
        parts: list[str] = []
        for part in (*folder.parts, *PurePosixPath(written).parts):
            if part == "..":
                parts[-1:] = []
            elif part != ".":
                parts.append(part)
        if "/".join(parts) not in names:
            yield Loss(file.source.path, 0, written, "it is not among the files of this import")


def _reply(match: _Match, shared: Variables) -> Iterator[CannedReply]:
    kind = next((name for name in _KINDS if isinstance(match.data.get(name), str)), "")
    triggers = _triggers(match.data)
    if not kind:
        return
    source, asked = match.file.source, AskedFields()
    scope = Scope(shared.of(match.data), asked, source.path, match.line)
    pieces = pieces_of(str(match.data[kind]), scope, is_form=kind == "form")
    body = markdown_of(pieces, _KINDS[kind])
    if not body.strip():
        raise ValueError("it has no text")
    trigger = triggers[0] if triggers else ""
    label = str(match.data.get("label") or "")
    yield CannedReply(
        label or _title(trigger),
        body,
        Origin(source.path, match.line, _trigger(match.data)),
        shortcut=trigger,
        section=_section(source),
        keywords=(*triggers[1:], *map(str, _list(match.data.get("search_terms")))),
        fields=asked.fields,
        losses=tuple(scope.losses),
    )


def _unheard(match: _Match) -> Iterator[Loss]:
    """What a match says that has no equal, or what else there was no reply of."""
    for key, why in _SET_ASIDE.items():
        value = match.data.get(key)
        if value and value != "false":
            yield Loss(match.file.source.path, match.line, f"{key}: {value}", why)


def _triggers(data: dict[str, Any]) -> list[str]:
    found = [data.get("trigger"), *_list(data.get("triggers"))]
    return [str(one) for one in found if isinstance(one, str) and one.strip()]


def _trigger(data: dict[str, Any]) -> str:
    """What a match is known by."""
    return next(iter(_triggers(data)), "") or str(data.get("regex") or data.get("label") or "")


def _title(trigger: str) -> str:
    """`refund_ja` of `:refund_ja`; nothing of `:-)`, which its text then has to tell."""
    name = _NAME.search(trigger)
    return name[0] if name and _WORD.search(name[0]) else ""


def _section(file: SourceFile) -> str:
    """The folders and the file that a match is in, but those that all have."""
    parts = [*file.folder.split("/"), file.stem]
    return "/".join(
        part for part in parts if part and part not in _PLACES and not _VERSION.fullmatch(part)
    )


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


FORMAT = Format("espanso", "match files and packages of espanso", recognize, read)
