"""Lines to type into."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.reactive import Reactive
from textual.widgets import Input

from cannery.tui.ime import WideSpace


class OneLine(Input):
    """An input whose width does not depend on its text: no key lays the screen out anew."""

    virtual_size = Reactive(Size(0, 0), layout=False)


class SearchInput(WideSpace, OneLine):
    """The line that is typed into to search. No plain letter is a command, here or anywhere.

    So text that an input method hands over does nothing but stand there.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "screen.move(-1)", show=False),
        Binding("down", "screen.move(1)", show=False),
        Binding("pageup", "screen.move(-1, True)", show=False),
        Binding("pagedown", "screen.move(1, True)", show=False),
    ]
