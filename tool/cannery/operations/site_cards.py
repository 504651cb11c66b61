"""The pictures of links to a site's articles: those that are missing are drawn, others go."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from cannery.model.event import Listener, Remark, counting, ignore
from cannery.site.cards import FOLDER, Card, entry_cards, painter
from cannery.site.visibility import PublishedView
from cannery.util.fork import beside, can_fork

_FEW = 100  # pictures that one process draws sooner than two


def write_cards(
    view: PublishedView, site: Path, listener: Listener = ignore, *, alone: bool = True
) -> None:
    """Have a folder of pages hold the pictures of a site's articles, and no others."""
    if view.web_address and painter() is None:
        listener(Remark("No images for shared links: install Pillow, and a font such as Noto."))
    folder = site / FOLDER
    wanted = {card.name: card for card in entry_cards(view)}
    there = {f"{FOLDER}{path.name}" for path in folder.glob("*")} if folder.is_dir() else set()
    for name in there - wanted.keys():
        (site / name).unlink()
    missing = [card for name, card in wanted.items() if name not in there]
    if missing:
        folder.mkdir(parents=True, exist_ok=True)
    if alone or len(missing) <= _FEW or not can_fork():
        _draw(missing, site, listener)
        return
    with beside(_draw, missing[1::2], site) as rest:
        _draw(missing[::2], site, listener)
        rest()


def _draw(cards: Sequence[Card], site: Path, listener: Listener | None = None) -> None:
    brush = painter()
    if brush is None:
        return
    told = counting(cards, len(cards), "Drawing", listener) if listener else cards
    for card in told:
        (site / card.name).write_bytes(brush.draw(card))
