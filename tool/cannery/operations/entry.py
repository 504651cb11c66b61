"""One entry by its name, in the language that its reader wants."""

from __future__ import annotations

from typing import NamedTuple

from cannery.content.files import scan
from cannery.content.library import resolve
from cannery.errors import UsageError
from cannery.model.location import Location
from cannery.workspace import Workspace


class Selection(NamedTuple):
    """The variant of an entry that suits its reader best, and the languages there are, sorted.

    `missing` is the language that was asked for if there is no variant in it, else empty.
    """

    at: Location
    languages: tuple[str, ...]
    missing: str = ""


def select(workspace: Workspace, name: str, language: str = "") -> Selection:
    """The entry that an id, a tail of one or a shortcut names.

    Without a language the user's own is preferred. Raises UsageError for a language that the
    knowledge base doesn't have, NotFoundError and AmbiguousError for the name.
    """
    variants = resolve(workspace, scan(workspace), name)
    language = supported(language, workspace.settings.languages)
    at = variants.choose((language, workspace.user.language), workspace.settings)
    missing = "" if language.startswith(at.language) else language
    return Selection(at, tuple(sorted(variants.by_language)), missing)


def supported(language: str, languages: tuple[str, ...]) -> str:
    """The language as it is; a region counts for its language, so `ja_JP` is fine where `ja` is.

    Raises UsageError if it is none of `languages`.
    """
    spellings = {language, language.replace("_", "-").split("-")[0].lower()}
    if language and not spellings & set(languages):
        available = ", ".join(languages)
        hint = f"Languages: {available}."
        raise UsageError(f"{language} is not a language of this knowledge base", hint)
    return language
