"""Where the files of a source go in a knowledge base: by section, language and name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from posixpath import dirname, splitext

from cannery.adopt.layouts import as_layout, language_of
from cannery.content.files import ENDINGS
from cannery.content.layout import folder_of, path_of
from cannery.errors import ContentError
from cannery.model.adoption import SourceLayout
from cannery.model.layout import Layout
from cannery.model.loss import Loss
from cannery.settings import Settings
from cannery.util.file_names import fault_of
from cannery.util.text import composed

_UNSAFE = re.compile(r"[\\:*?\"<>|#%\[\]{}^`\s\x00-\x1f\x7f]+")
_MAX_PIECE = 80  # letters
_MAX_PATH = 200  # of a whole path, so that Windows can check it out


@dataclass
class Targets:
    """The new paths of a source's files, as far as they have been asked for.

    `moved` has them by the path in the source; `losses` are the files that can have none.
    """

    settings: Settings
    source: SourceLayout
    into: str
    moved: dict[str, str] = field(default_factory=dict)
    losses: list[Loss] = field(default_factory=list)
    missing_languages: dict[str, int] = field(default_factory=dict)
    _taken: set[str] = field(default_factory=set)
    _places: Layout | None = None
    _ours: Mapping[str, str] | None = None

    def add_page(self, path: str) -> None:
        """Give a page its path, or tell why it can have none."""
        tag = language_of(path, self.source, self._layout())
        language = self._languages().get(tag, "")
        if not language:
            self.missing_languages[tag] = self.missing_languages.get(tag, 0) + 1
            return
        stem = self._inner(path)
        stem = splitext(stem)[0] if stem.endswith(ENDINGS) or "." in stem else stem
        stem = stem.removesuffix(f".{tag}")
        try:
            new = path_of(f"articles/{self.into}/{clean_path(stem)}", language, self.settings)
        except ContentError as error:
            self.losses.append(Loss(path, 0, "the page", error.message))
            return
        self._take(path, new)

    def add_file(self, path: str) -> None:
        """Give a picture or another file its path, beside the pages that it lay beside."""
        stem, ending = splitext(self._inner(path))
        folder = dirname(path_of(f"articles/{self.into}/x", self.default, self.settings))
        self._take(path, f"{folder}/{clean_path(stem)}{ending.lower()}")

    @property
    def default(self) -> str:
        return self.settings.default_language

    def _take(self, path: str, new: str) -> None:
        folded = composed(new).lower()
        if folded in self._taken:
            self.losses.append(Loss(path, 0, "the file", f"another one is to be {new}"))
        elif len(new) > _MAX_PATH:
            self.losses.append(Loss(path, 0, "the file", "its path would be too long"))
        else:
            self._taken.add(folded)
            self.moved[path] = new

    def _layout(self) -> Layout:
        if self._places is None:
            self._places = as_layout(self.source)
        return self._places

    def _languages(self) -> Mapping[str, str]:
        if self._ours is None:
            self._ours = our_languages(self.source, self.settings)
        return self._ours

    def _inner(self, path: str) -> str:
        """The path below the folder of pages that it is in, or else from the top."""
        folder = folder_of(path, self._layout())
        return path[len(folder.prefix) :] if folder else path


def our_languages(source: SourceLayout, settings: Settings) -> dict[str, str]:
    """What the knowledge base calls the languages of a source, without those that it lacks.

    `en-us` is its `en` where no other language of the source is.
    """
    tags = {*source.languages, source.default_language}
    exact = {_folded(tag): tag for tag in settings.languages}
    found = {tag: exact[_folded(tag)] for tag in tags if _folded(tag) in exact}
    for tag in sorted(tags - found.keys()):
        near = [one for one in settings.languages if _base(one) == _base(tag)]
        rivals = [one for one in tags if _base(one) == _base(tag)]
        if len(near) == len(rivals) == 1:
            found[tag] = near[0]
    return found


def _folded(tag: str) -> str:
    return tag.lower().replace("_", "-")


def _base(tag: str) -> str:
    return _folded(tag).partition("-")[0]


def clean_path(path: str) -> str:
    """A path, without its ending, of names that every computer and every id can have."""
    pieces = [clean_piece(piece) for piece in composed(path).split("/")]
    return "/".join(piece or "page" for piece in pieces)


def clean_piece(name: str) -> str:
    """A name in which nothing means anything else; empty where nothing is left of it."""
    plain = _UNSAFE.sub("-", name).replace(".", "-").strip("-._ ")
    plain = "".join(char for char in plain if char.isprintable())[:_MAX_PIECE].rstrip("-. ")
    return f"{plain}-page" if fault_of(plain) else plain


def section_of(text: str) -> str:
    """The section that a text names; empty where it names none."""
    pieces = text.strip().removeprefix("articles/").strip("/").split("/")
    return (
        "/".join(pieces) if all(piece == clean_piece(piece) and piece for piece in pieces) else ""
    )


def first_free(names: Iterable[str], otherwise: str) -> str:
    """The first name of which something is left when it is cleaned."""
    return next(filter(None, map(clean_piece, names)), otherwise)
