"""Pictures that an article of a desk has, and the knowledge base has not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol, runtime_checkable

from cannery.content.layout import folder_of
from cannery.content.save import inside
from cannery.errors import ContentError
from cannery.operations.desk_work import Work
from cannery.rest.client import RestError

_ENDINGS = (".gif", ".jpeg", ".jpg", ".png", ".svg", ".webp")
_MOST = 20_000_000  # bytes
_GONE = (403, 404, 410)  # codes of HTTP


@runtime_checkable
class _Pictures(Protocol):
    """A desk whose articles have pictures: `exchange.desks.desk.Pictures`, to be asked about."""

    def picture(self, address: str) -> bytes: ...


def fetched(work: Work, pictures: Mapping[str, str]) -> dict[str, tuple[None, bytes]]:
    """The files to be made of pictures, by path; what stands there already stays.

    One that has gone, is too large, or is not what its name says, is left out: `kb check` tells of
    it. Raises RestError where the desk can't be asked, ContentError for a path that no picture has.
    """
    desk = work.desk
    if not pictures or not isinstance(desk, _Pictures):
        return {}
    files: dict[str, tuple[None, bytes]] = {}
    for path, address in pictures.items():
        target = inside(work.workspace, path)
        if folder_of(path, work.workspace.settings.layout) is None or not path.lower().endswith(
            _ENDINGS
        ):
            raise ContentError(f"{path:.200}: not a place for an image")
        if target.exists():
            continue
        if data := _cleaned(path, desk, address):
            files[path] = None, data
    return files


def _cleaned(path: str, desk: _Pictures, address: str) -> bytes:
    """A picture without metadata; nothing for one that has gone, or is something else."""
    from cannery.content.assets import why_unfit_svg
    from cannery.site.metadata import strip_metadata

    try:
        raw = desk.picture(address)
    except RestError as error:
        if error.code in _GONE:
            return b""
        raise
    if len(raw) > _MOST or (path.lower().endswith(".svg") and why_unfit_svg(raw)):
        return b""
    data, why = strip_metadata(path, raw)
    return b"" if why else data
