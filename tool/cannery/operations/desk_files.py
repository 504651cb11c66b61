"""The knowledge base's files, as a desk that gets articles is told of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache

from cannery.content.assets import meant_file, why_unfit
from cannery.content.files import as_stored, read_bytes, scan
from cannery.content.layout import locate, path_of
from cannery.content.library import Variants, catalogue, load
from cannery.content.links import article_addresses
from cannery.content.links import section_of as section_page
from cannery.errors import ContentError
from cannery.exchange.desks.desk import Files
from cannery.model.entry import Article
from cannery.workspace import Workspace


def desk_files(workspace: Workspace, pending: Mapping[str, bytes]) -> Files:
    """The files as they are when they are first asked for; `pending` are about to be there."""
    settings = workspace.settings

    @cache
    def entries() -> Mapping[str, Variants]:
        return catalogue(workspace, scan(workspace))

    def path(id_: str, language: str) -> str:
        known = entries()[id_].by_language if id_ in entries() else {}
        if at := known.get(language) or known.get(settings.default_language):
            return at.path
        try:
            return path_of(id_, language, settings)
        except ContentError:  # no folder can have it
            return ""

    return Files(
        lambda name: locate(name, settings),
        path,
        lambda name: pending.get(name) or _picture(workspace, name),
        _titles(workspace, entries),
        lambda name: _as_on_site(workspace, name)[0],
        _folder,
    )


def _picture(workspace: Workspace, path: str) -> bytes:
    """A picture as the site has it. Raises ContentError for what it has not."""
    data, why = _as_on_site(workspace, path)
    if why:
        raise ContentError(f"{path:.200}: {why}", "Export it again as PNG or JPEG.")
    return data


def _as_on_site(workspace: Workspace, path: str) -> tuple[bytes, str]:
    """A file as the site has it, and why it tells more than it should, empty if it does not.

    Raises ContentError for one that is on no site.
    """
    from cannery.site.metadata import strip_metadata

    if unfit := why_unfit(workspace, path):
        raise ContentError(unfit.reason, unfit.hint)
    name = as_stored(workspace, meant_file(workspace, path))
    return strip_metadata(name, read_bytes(workspace, name))


def _folder(name: str) -> str:
    from cannery.operations.import_names import section_of  # loads much, and is seldom asked

    return section_of(name)


def _titles(
    workspace: Workspace, entries: Callable[[], Mapping[str, Variants]]
) -> Callable[[str], Mapping[str, str]]:
    """The titles of sections in a language: those of their own pages, if customers see them."""

    @cache
    def titles(language: str) -> Mapping[str, str]:
        address = article_addresses(workspace, scan(workspace), language, "-")
        found: dict[str, str] = {}
        for id_, variants in entries().items():
            folder, at = section_page(id_), variants.by_language.get(language)
            if not folder.startswith("articles") or at is None:
                continue
            lead = address(id_).lead
            item = load(workspace, at.path).item
            if lead and lead.hidden is None and lead.at == at and isinstance(item, Article):
                found[folder] = item.header.title
        return found

    return titles
