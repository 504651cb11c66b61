"""The widgets of a field that has choices: one of them, or several."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.events import DescendantBlur, DescendantFocus
from textual.widgets import Input, OptionList, SelectionList
from textual.widgets.option_list import Option

from cannery.content.dates import Calendar
from cannery.content.field_types import parse, suits
from cannery.model.entry import Choice, Field
from cannery.tui.matching import matching
from cannery.tui.text_inputs import OneLine
from cannery.tui.typed import KeysInOrder, Typed
from cannery.tui.work_screen import keys_taken
from cannery.util.plain import clean, one_line

_SHOWN = 6  # choices
_ANY_DAY = Calendar(date.min)


class OneOf(Vertical):
    """A choice: what is typed narrows the list below, the arrows move in it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move('cursor_up')", show=False, priority=True),
        Binding("down", "move('cursor_down')", show=False, priority=True),
    ]

    def __init__(self, item: Field) -> None:
        super().__init__()
        self.item = item
        self._listed: list[Choice] = []
        self._typed = ""  # what the list is of, unless it was opened anew

    def compose(self) -> ComposeResult:
        yield OneLine(select_on_focus=True, compact=True, placeholder="type, or ↑ ↓")
        yield OptionList(compact=True)

    def on_mount(self) -> None:
        listing = self.query_one(OptionList)
        listing.can_focus = False
        listing.display = False
        self._list("")

    @property
    def text(self) -> str:
        """The value of the choice that is meant; what stands there if it is none."""
        typed = self.query_one(Input).value.strip()
        exact = [item for item in self.item.choices if typed in map(one_line, _names(item))]
        if exact or not typed:
            return exact[0].value if exact else ""
        choices = matching(typed, self.item.choices, _names)
        return choices[0].value if len(choices) == 1 else typed

    def put(self, text: str) -> None:
        with self.prevent(Input.Changed):
            self._typed = self.query_one(Input).value = self._label(text)

    def _label(self, value: str) -> str:
        labels = (item.label for item in self.item.choices if item.value == value)
        return one_line(next(labels, value))

    def take(self) -> None:
        """Take the choice that is highlighted, where the typed text is not one already."""
        self._narrow()
        listing = self.query_one(OptionList)
        at = listing.highlighted
        if listing.display and at is not None and (self.query_one(Input).value or self._moved):
            self.put(self._listed[at].value)
            self._moved = False
            self.post_message(Typed())

    _moved = False

    async def action_move(self, how: str) -> None:
        await keys_taken(self.screen)
        self._narrow()
        listing = self.query_one(OptionList)
        listing.display = True
        getattr(listing, f"action_{how}")()
        self._moved = True

    def _list(self, typed: str) -> None:
        listing = self.query_one(OptionList)
        self._listed = matching(typed, self.item.choices, _names)
        listing.clear_options()
        listing.add_options([Option(Content(clean(item.label))) for item in self._listed])
        listing.styles.height = min(max(len(self._listed), 1), _SHOWN)
        if self._listed:
            listing.highlighted = 0

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        self._narrow()
        self.post_message(Typed())

    def _narrow(self) -> None:
        """List what fits what is typed by now; the message that tells of it may be on its way."""
        typed = self.query_one(Input).value
        if typed != self._typed:
            self._typed = typed
            self._list(typed)

    @on(OptionList.OptionSelected)
    def _clicked(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self._moved = True
        self.take()

    @on(DescendantFocus)
    def _open(self) -> None:
        self._list("")  # what stands there is selected: all choices, until something is typed
        label = self.query_one(Input).value
        labels = [one_line(item.label) for item in self._listed]
        listing = self.query_one(OptionList)
        listing.highlighted = labels.index(label) if label in labels else 0
        listing.display = True

    @on(DescendantBlur)
    def _close(self) -> None:
        self.take()
        self.query_one(OptionList).display = False


def _names(item: Choice) -> list[str]:
    return [item.label, item.value]


class Several(KeysInOrder, SelectionList[str]):
    """Any of the choices; the space bar adds one or takes it away."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("space", "select", "Choose")]

    def __init__(self, item: Field) -> None:
        choices = [(Content(clean(choice.label)), choice.value) for choice in item.choices]
        super().__init__(*choices, compact=True)
        self.item = item
        self.styles.height = min(len(choices), _SHOWN)

    def action_select(self) -> None:
        """At once: Textual's own comes to what is highlighted when it has passed on a message."""
        if self.highlighted is not None:
            self.toggle(self.get_option_at_index(self.highlighted))

    @property
    def text(self) -> str:
        return "\n".join(value for value in self._all if value in self.selected)

    @property
    def _all(self) -> list[str]:
        return [choice.value for choice in self.item.choices]

    def put(self, text: str) -> None:
        is_valid = suits(self.item, text, _ANY_DAY)  # it may come from another language's form
        chosen = parse(self.item, text, _ANY_DAY) if is_valid else []
        with self.prevent(SelectionList.SelectedChanged):
            self.deselect_all()
            for value in chosen if isinstance(chosen, list) else []:
                self.select(value)

    @on(SelectionList.SelectedChanged)
    def _changed(self, event: SelectionList.SelectedChanged[str]) -> None:
        event.stop()
        self.post_message(Typed())
