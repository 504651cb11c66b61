"""Pictures that an article of a desk has, and the knowledge base has not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol, runtime_checkable

from cannery.content.layout import folder_of
from cannery.content.save import inside
from cannery.errors import ContentError
from cannery.operations.desk_work import Work

_ENDINGS = (".gif", ".jpeg", ".jpg", ".png", ".svg", ".webp")
_MOST = 20_000_000  # bytes


@runtime_checkable
class _Pictures(Protocol):
    """A desk whose articles have pictures: `exchange.desks.desk.Pictures`, to be asked about."""

    def picture(self, address: str) -> bytes: ...


def fetched(work: Work, pictures: Mapping[str, str]) -> dict[str, tuple[None, bytes]]:
    """The files to be made of pictures, by path; what stands there already stays.

    Raises RestError where one can't be fetched, ContentError for a file that can't be a picture.
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
        data = desk.picture(address)
        if len(data) > _MOST:
            raise ContentError(f"{path:.200}: larger than {_MOST // 10**6} MB")
        files[path] = None, data
    return files
