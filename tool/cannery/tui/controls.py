"""A widget for each type of field.

All have the same manners: `text` is what stands there, `put` sets it and tells nobody, and `Typed`
says that a person has changed it.
"""

from __future__ import annotations

from datetime import date

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Checkbox, Input, Static, TextArea

from cannery.content.dates import Calendar
from cannery.content.field_types import parse, suits
from cannery.content.wording import date_text
from cannery.model.entry import Field
from cannery.reply.form import Row
from cannery.tui.choices import OneOf, Several
from cannery.tui.text_inputs import OneLine
from cannery.tui.text_lines import TextLines
from cannery.tui.typed import KeysInOrder, Typed
from cannery.util.plain import clean, one_line

_MAX_LINES = 8  # of a text that is seen at once
_ANY_DAY = Calendar(date.min)


class Line(OneLine):
    """One line."""

    def __init__(self, item: Field) -> None:
        super().__init__(select_on_focus=True, compact=True)
        self.item = item

    @property
    def text(self) -> str:
        return self.value

    def put(self, text: str) -> None:
        with self.prevent(Input.Changed):
            self.value = one_line(text)

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        self.post_message(Typed())


class Lines(KeysInOrder, TextArea):
    """Several lines: Enter begins a new one, Tab goes on."""

    def __init__(self, item: Field) -> None:
        super().__init__(soft_wrap=True, show_line_numbers=False, compact=True)
        self.item = item
        self.tab_behavior = "focus"

    def on_mount(self) -> None:
        self._grow()

    def put(self, text: str) -> None:
        text = clean(text)
        if text != self.text:
            with self.prevent(TextArea.Changed):
                self.load_text(text)
            self._grow()

    def _grow(self) -> None:
        self.styles.height = min(max(self.wrapped_document.height, 2), _MAX_LINES)

    @on(TextArea.Changed)
    def _changed(self, event: TextArea.Changed) -> None:
        event.stop()
        self._grow()
        self.post_message(Typed())


class YesNo(KeysInOrder, Checkbox):
    """Yes or no; the space bar changes it."""

    def __init__(self, item: Field) -> None:
        super().__init__("no", compact=True)
        self.item = item

    def watch_value(self) -> None:
        """Say it in words: colours alone are not seen by everybody."""
        super().watch_value()
        self.BUTTON_INNER = "X" if self.value else " "
        self.label = self.text

    @property
    def text(self) -> str:
        return "yes" if self.value else "no"

    def put(self, text: str) -> None:
        with self.prevent(Checkbox.Changed):
            is_valid = suits(self.item, text, _ANY_DAY)  # it may come from another language's form
            self.value = is_valid and parse(self.item, text, _ANY_DAY) is True

    @on(Checkbox.Changed)
    def _changed(self, event: Checkbox.Changed) -> None:
        event.stop()
        self.post_message(Typed())


# The control of a type of field; a line for those that are not here.
_BY_TYPE: dict[str, type[Lines | OneOf | Several | YesNo]] = {
    "multiline": Lines,
    "choice": OneOf,
    "multichoice": Several,
    "yesno": YesNo,
}


class FieldRow(Vertical):
    """A field with its name above it, and below it what it comes to or what is wrong with it."""

    def __init__(self, row: Row, language: str, *, is_touched: bool) -> None:
        super().__init__()
        self.item = row.field
        self._touched = is_touched
        self._put = ""
        self._row = row
        self._language = language

    def compose(self) -> ComposeResult:
        sign = " *" if self.item.required else ""
        yield Static(Content(clean(f"{self.item.label or self.item.name}{sign}")), classes="label")
        yield _BY_TYPE.get(self.item.type, Line)(self.item)
        yield TextLines(classes="below")

    @property
    def control(self) -> Widget:
        return self.children[1]

    @property
    def text(self) -> str:
        return self.control.text  # type: ignore[attr-defined, no-any-return]

    @property
    def is_touched(self) -> bool:
        """Whether a person has changed it."""
        self._touched = self._touched or self.text != self._put
        return self._touched

    def on_mount(self) -> None:
        self._propose(self._row.text)
        self.show(self._row)

    def _propose(self, text: str) -> None:
        self.control.put(text)  # type: ignore[attr-defined]
        self._put = self.text

    def show(self, row: Row) -> None:
        if row.text != self.text and not self.is_touched:
            self._propose(row.text)
        below = self.query_one(TextLines)
        fault = f"{row.fault}. {row.hint}" if row.fault else ""
        text = fault or _comes_to(row, self._language) or row.field.help
        below.put(Content(clean(text)))
        below.display = bool(text)
        below.set_class(bool(fault), "fault")
        self.set_class(row.missing, "missing")


def _comes_to(row: Row, language: str) -> str:
    """The day that a date's text means, as the reply writes it."""
    return date_text(row.value, language) if isinstance(row.value, date) else ""
