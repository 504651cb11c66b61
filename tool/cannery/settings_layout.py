"""[content] of kb.toml: the folders of the articles and macros, and what in them is ignored."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from unicodedata import normalize

from cannery.errors import SettingsError
from cannery.model.layout import DEFAULT, OWN, PARTS, Folder, Layout, folder, layout
from cannery.model.location import Kind
from cannery.settings_file import read_table, read_texts, wrong
from cannery.util.file_names import fault_of
from cannery.util.plain import is_name
from cannery.util.text import composed

LANGUAGE = "{language}"
_KINDS = {"articles": Kind.ARTICLE, "macros": Kind.MACRO}
_EXAMPLES = {
    "articles": 'Example: articles = ["docs", "i18n/{language}/docs"].',
    "macros": 'Example: macros = ["replies"].',
    "ignore": 'Example: ignore = ["docs/_*", "node_modules/"].',
    "languages": 'Write [content.languages], then "content/japanese" = "ja".',
}
_RELATIVE = "Name folders from the one that holds kb/, as in docs or i18n/{language}/docs."
_MOST = 100  # folders of a kind, each of which may be one for each language
_MOST_IN_ALL = 500
_MOST_PATTERNS = 1_000
_LONGEST = 500  # letters of a folder or pattern
_SITES_OWN = "kb/assets/"


def read_layout(content: Mapping[str, Any], languages: Sequence[str], path: Path) -> Layout:
    """Where the content lies, whether the folders are there or not. Raises SettingsError."""
    root, folders = path.parents[1], list[Folder]()
    for key, kind in _KINDS.items():
        for name in _names(content, key, path):
            folders += (folder(one, kind, tag) for one, tag in _expanded(root, name, languages))
    tags = _languages(content, folders, languages, path)
    folders = [item._replace(language=tags.get(item.path, item.language)) for item in folders]
    if len(folders) > _MOST_IN_ALL:
        message = f"names {len(folders):,} folders in all languages: more than {_MOST_IN_ALL}"
        raise wrong(path, "content", message, _RELATIVE)
    _refuse_same(folders, path)
    return layout(folders, _patterns(content, path))


def _languages(
    content: Mapping[str, Any], folders: Iterable[Folder], languages: Sequence[str], path: Path
) -> dict[str, str]:
    """The languages of the folders whose names don't tell them, by the folder."""
    table = read_table(content, "content.languages", _EXAMPLES["languages"], path)
    known = {item.path for item in folders if not item.language}
    tags = {_bare(name): tag for name, tag in table.items()}
    for name, tag in tags.items():
        if name not in known or tag not in languages:
            reason = "which no folder of [content] is" if name not in known else "in no language"
            message = f"names {name!r:.100}, {reason} that kb.toml has"
            raise wrong(path, "content.languages", message, _EXAMPLES["languages"])
    return tags


def missing_folders(
    content: Mapping[str, Any], languages: Sequence[str], path: Path
) -> Iterator[SettingsError]:
    """The faults of the folders that are named and aren't there, in a table that can be read."""
    root = path.parents[1]
    for key in _KINDS:
        for name in _names(content, key, path) if key in content else ():
            if _is_missing(root, name, languages):
                hint = "Create it, or correct the name, which is from the folder that holds kb/."
                message = f"names a folder that does not exist: {name:.100}"
                yield wrong(path, f"content.{key}", message, hint)


def _is_missing(root: Path, name: str, languages: Sequence[str]) -> bool:
    """Whether no file can be in the folders of a name: there may be no translation yet."""
    if f"{name}/" in DEFAULT.by_prefix or any(
        (root / one).is_dir() for one, _ in _expanded(root, name, languages)
    ):
        return False
    before, pattern, after = name.partition(LANGUAGE)
    if not pattern:
        return True
    above = before.rpartition("/")[0]
    up_to_language = f"{before}{LANGUAGE}{after.partition('/')[0]}"
    begun = _expanded(root, up_to_language, languages)
    return not (root / above).is_dir() or any((root / one).is_dir() for one, _ in begun)


def _names(content: Mapping[str, Any], key: str, path: Path) -> list[str]:
    """The folders that a key names, from the root, with `{language}` as it is written."""
    if key not in content:
        return [item.path for item in DEFAULT.folders if item.kind is _KINDS[key]]
    names = _texts(content, key, path, _MOST)
    bare = [_bare(name) for name in names]
    for name, one in zip(names, bare, strict=True):
        if reason := _refusal(one) or _other_kind(one, _KINDS[key]):
            message = f"names {name!r:.100}: {reason}"
            raise wrong(path, f"content.{key}", message, _RELATIVE)
    return bare


def _texts(content: Mapping[str, Any], key: str, path: Path, most: int) -> list[str]:
    texts = read_texts(content, f"content.{key}", _EXAMPLES[key], path)
    if len(texts) > most or any(len(text) > _LONGEST for text in texts):
        message = f"has more than {most} texts, or one of more than {_LONGEST} letters"
        raise wrong(path, f"content.{key}", message, _EXAMPLES[key])
    return texts


def _bare(name: str) -> str:
    """A folder's name as one would type it, without the signs that mean nothing."""
    bare = name.strip()
    while bare.startswith("./"):
        bare = bare[2:]
    return bare.rstrip("/") if bare.strip("/") else bare


def _refusal(name: str) -> str:
    """Why no content can be in a folder; empty if it can. The root itself is `.`."""
    if name == ".":
        return ""
    pieces, plain = name.split("/"), name.replace(LANGUAGE, "en", 1)
    reasons = (
        (not name, "an empty name"),
        (not all(pieces), "not a relative path"),
        (".." in pieces, "it leads out of the folder that holds kb/"),
        (any(piece.startswith((".", "~")) for piece in pieces), "a hidden folder"),
        ("{" in plain or "}" in plain, f"{LANGUAGE} can stand in it once"),
        (not is_name(name), "it has signs that can't be printed"),
    )
    if reason := next((reason for is_so, reason in reasons if is_so), ""):
        return reason
    return next(filter(None, map(fault_of, plain.split("/"))), "") or _other_use(name)


def _other_use(name: str) -> str:
    """What else a folder is for; empty for nothing."""
    folded = f"{name.casefold()}/"
    if folded == OWN or (folded.startswith(OWN) and not name.startswith(OWN)):
        return "it holds the settings"
    if folded.startswith(_SITES_OWN):
        return "it holds the files of the site"
    return "it is for parts of macros" if f"/{PARTS}" in f"/{folded}" else ""


def _other_kind(name: str, kind: Kind) -> str:
    """Of which other kind a folder is by default; empty if it is of none.

    No setting makes articles of the team's macros: they could be public then.
    """
    folded = f"{name.casefold()}/"
    others = (item for item in DEFAULT.folders if item.kind is not kind)
    return next(
        (f"it is for {item.kind}s" for item in others if folded.startswith(item.prefix)), ""
    )


def _expanded(root: Path, name: str, languages: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The folders that a name stands for, each with its language, empty for the default one."""
    if LANGUAGE not in name:
        yield _as_stored(root, name), ""
        return
    for language in languages:
        yield _as_stored(root, name.replace(LANGUAGE, language)), language


def _as_stored(root: Path, name: str) -> str:
    """A folder's path as the disk has it, which may keep letters and marks apart."""
    forms = () if name.isascii() else (normalize("NFC", name), normalize("NFD", name))
    return next((form for form in forms if os.path.lexists(root / form)), name)


def _refuse_same(folders: Iterable[Folder], path: Path) -> None:
    """Raises SettingsError for a folder that is named twice: its files would be of two kinds."""
    seen: set[str] = set()
    for item in folders:
        folded = composed(item.path).casefold()
        if folded in seen:
            hint = "Name each folder once. `{language}` stands for each of the languages."
            key = "articles" if item.kind is Kind.ARTICLE else "macros"
            raise wrong(path, f"content.{key}", f"names a folder twice: {item.path:.100}", hint)
        seen.add(folded)


def _patterns(content: Mapping[str, Any], path: Path) -> list[str]:
    """The patterns of what is ignored, without blanks around them."""
    texts = [text.strip() for text in _texts(content, "ignore", path, _MOST_PATTERNS)]
    for text in texts:
        if not text.strip("!/") or not is_name(text) or ".." in text.split("/"):
            message = f"has {text!r:.100}, which is not a pattern"
            raise wrong(path, "content.ignore", message, _EXAMPLES["ignore"])
    return texts
