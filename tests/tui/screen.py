"""What the picker shows, as text that can be compared and as pictures that can be looked at.

With UPDATE_SCREENS=1 the texts are written anew; with PICTURES=FOLDER each is drawn there as SVG,
for a light terminal and a dark one.
"""

from __future__ import annotations

import asyncio
import io
import os
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from rich.console import Console
from rich.segment import Segment
from rich.terminal_theme import DEFAULT_TERMINAL_THEME, MONOKAI
from textual.events import Key, Paste
from textual.pilot import Pilot

from cannery.cli.commands.edit import edit_file
from cannery.tui.app import Picker
from cannery.tui.ticket_at_desk import TicketAtDesk
from cannery.workspace import Workspace

_SCREENS = Path(__file__).with_name("screens")
_NAMED = {"\r": "enter", "\t": "tab", "\x1b": "escape", " ": "space", "↓": "down"}
Act = Callable[[Picker, "Hand"], Awaitable[None]]


class Hand:
    """Types on the picker's keyboard."""

    def __init__(self, picker: Picker, pilot: Pilot[None]) -> None:
        self.picker = picker
        self.pilot = pilot

    async def type(self, text: str, *, at_once: bool = True) -> None:
        """All keys at once, as a terminal hands over what was typed ahead, or one by one."""
        for letter in text:
            key = _NAMED.get(letter, letter)
            character = letter if letter == " " or letter not in _NAMED else None
            self.picker.post_message(Key(key, character))
            if not at_once:
                await self.settle()
        await self.settle()

    async def paste(self, text: str) -> None:
        """As a terminal hands over what is pasted into it."""
        self.picker.post_message(Paste(text))
        await self.settle()

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.settle()

    async def settle(self) -> None:
        """Until everything is done that was asked for, the preview too."""
        still = 0
        while still < 3:  # one thing may lead to another
            await self.pilot.pause(0.02)
            still = 0 if self.picker.worker.is_busy else still + 1


def use(
    workspace: Workspace,
    act: Act,
    *,
    ticket: Mapping[str, object] | TicketAtDesk | None = MappingProxyType({}),
    size: tuple[int, int] = (80, 24),
) -> Picker:
    """Open a picker, act on it, and close it."""

    async def run() -> Picker:
        picker = Picker(workspace, ticket, edit_file)
        try:
            async with picker.run_test(size=size) as pilot:
                hand = Hand(picker, pilot)
                await hand.settle()
                await act(picker, hand)
        finally:
            picker.worker.end()
        return picker

    return asyncio.run(run())


def text(picker: Picker) -> str:
    """The screen as lines of text."""
    lines = (strip.text.rstrip() for strip in picker.screen._compositor.render_strips())  # noqa: SLF001
    return "\n".join(lines).rstrip() + "\n"


def check(picker: Picker, name: str) -> None:
    """Compare the screen with what it was when somebody looked at it last."""
    width, height = picker.size
    file = _SCREENS / f"{name}-{width}x{height}.txt"
    shown = f"{text(picker)}---\n{_styles(picker)}\n"
    if folder := os.environ.get("PICTURES"):
        _draw(picker, Path(folder) / f"{name}-{width}x{height}")
    if os.environ.get("UPDATE_SCREENS"):
        file.write_text(shown, "utf-8")
    assert shown == file.read_text("utf-8"), f"{file.name} differs: UPDATE_SCREENS=1 takes it over"


def _styles(picker: Picker) -> str:
    """The pieces that stand out from the rest, with how they do."""
    found = []
    for strip in picker.screen._compositor.render_strips():  # noqa: SLF001
        for piece in Segment.simplify(strip):
            style = piece.style
            if style is None or not piece.text.strip():
                continue
            how = [name for name in ("bold", "dim", "reverse") if getattr(style, name)]
            colours = (("", style.color), ("on ", style.bgcolor))
            how += [f"{on}{it.name}" for on, it in colours if it and not it.is_default]
            if how:
                found.append(f"{' '.join(how)}: {piece.text.strip()}")
    return "\n".join(found)


def _draw(picker: Picker, file: Path) -> None:
    for scheme, theme in (("light", DEFAULT_TERMINAL_THEME), ("dark", MONOKAI)):
        console = Console(
            width=picker.size.width, record=True, force_terminal=True, file=io.StringIO(),
            color_system="standard", legacy_windows=False,
        )  # fmt: skip
        for strip in picker.screen._compositor.render_strips():  # noqa: SLF001
            console.print(*([""] if not strip else []), end="")
            for piece in strip:
                console.print(piece.text, style=piece.style, end="", markup=False, highlight=False)
            console.print()
        file.parent.mkdir(parents=True, exist_ok=True)
        svg = console.export_svg(title=file.name, theme=theme)
        file.with_name(f"{file.name}-{scheme}.svg").write_text(svg, "utf-8")
