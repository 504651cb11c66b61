"""What comes up over a screen: a text to read, a list to choose from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen, Screen
from textual.widgets import Input, OptionList, Static

from cannery.tui.footer import KeyFooter
from cannery.tui.matching import matching
from cannery.tui.text_inputs import OneLine
from cannery.tui.work_screen import keys_taken
from cannery.util.plain import clean


class Reader(Screen[None]):
    """A Markdown text on the whole screen."""

    AUTO_FOCUS = "VerticalScroll"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", "Back", priority=True),
        Binding("enter", "dismiss", show=False, priority=True),
    ]

    def __init__(self, title: str, body: str, language: str = "") -> None:
        super().__init__()
        self._title = title
        self._body = body
        self._language = language

    def compose(self) -> ComposeResult:
        from cannery.content.markdown import parse
        from cannery.operations.describe import readable
        from cannery.util.terminal_markdown import drawn

        yield Static(Content(clean(self._title)), id="above")
        with VerticalScroll():
            body = readable(self._body)
            tokens = parse(body, bare_links=False, language=self._language)
            yield Static(drawn(tokens), id="text")
        yield KeyFooter()


class ChoiceDialog(ModalScreen[str | None]):
    """One of many, by typing a part of it. Dismissed with the choice; None if it is left."""

    AUTO_FOCUS = "Input"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move('cursor_up')", show=False, priority=True),
        Binding("down", "move('cursor_down')", show=False, priority=True),
        Binding("enter", "take", "Take", priority=True),
        Binding("escape", "dismiss(None)", "Back", priority=True),
    ]

    def __init__(self, title: str, choices: Sequence[str]) -> None:
        super().__init__()
        self._title = title
        self._choices = choices
        self._narrowed: str | None = None  # the words that the list is of

    def compose(self) -> ComposeResult:
        with Vertical(id="box"):
            yield Static(Content(self._title))
            yield OneLine()
            yield OptionList()
            yield KeyFooter()

    def on_mount(self) -> None:
        self.query_one(OptionList).can_focus = False
        self._narrow()

    @on(Input.Changed)
    def _narrow(self) -> None:
        """List what fits what is typed by now; the message that tells of it may be on its way."""
        words = self.query_one(Input).value
        if words == self._narrowed:
            return  # the choice stays
        self._narrowed = words
        listing = self.query_one(OptionList)
        listing.clear_options()
        listing.add_options(
            [Content(clean(item)) for item in matching(words, self._choices, lambda item: [item])]
        )
        listing.action_first()

    async def action_move(self, how: str) -> None:
        await keys_taken(self)
        self._narrow()
        getattr(self.query_one(OptionList), f"action_{how}")()

    @on(OptionList.OptionSelected)
    def _clicked(self) -> None:
        self._take()

    async def action_take(self) -> None:
        await keys_taken(self)
        self._narrow()
        self._take()

    def _take(self) -> None:
        option = self.query_one(OptionList).highlighted_option
        if option is not None:
            self.dismiss(str(option.prompt))
