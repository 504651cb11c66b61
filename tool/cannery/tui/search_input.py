"""The line that is typed into to search."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import Input

from cannery.tui.ime import WideSpace


class SearchInput(WideSpace, Input):
    """No plain letter is a command, here or anywhere.

    So text that an input method hands over does nothing but stand there.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "screen.move(-1)", show=False),
        Binding("down", "screen.move(1)", show=False),
        Binding("pageup", "screen.move(-1, True)", show=False),
        Binding("pagedown", "screen.move(1, True)", show=False),
    ]
