"""What the finder does with an entry's address and its history."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

from cannery.tui.delivery import copy_link_to
from cannery.tui.items import Item
from cannery.tui.work_screen import WorkScreen

if TYPE_CHECKING:
    from cannery.tui.session import Session


async def copy_link(screen: WorkScreen[Any], item: Item, *, as_markdown: bool) -> None:
    def copy(session: Session) -> str:
        url = session.address(item)
        return copy_link_to(session.read(item).header.title, url, as_markdown=as_markdown)

    if said := await screen.run_job(copy):
        screen.tell(said)


async def open_site(screen: WorkScreen[Any], item: Item) -> None:
    url = await screen.run_job(lambda session: session.address(item))
    if url is None:
        return
    if sys.platform == "linux" and not _has_desktop():
        screen.tell(f"No browser found. Address: {url}")  # a text browser would take the terminal
    else:
        screen.app.open_url(url)
        screen.tell(f"Opened {url}")


def _has_desktop() -> bool:
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


async def show_history(screen: WorkScreen[Any], item: Item) -> None:
    lines = await screen.run_job(lambda session: session.history(item))
    if lines is not None:
        from cannery.tui.dialogs import Reader

        text = (
            "\n\n".join(lines)
            or "No history: the entry has no commit, or none that this clone has."
        )
        await screen.app.push_screen(Reader(f"History of {item.title}", text))
