"""Texts on a screen that change often."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.widgets import Static

from cannery.util.plain import clean

_SECONDS = 8.0  # that a message stays


class TextLines(Static):
    """A text in as many lines as it takes."""

    def put(self, text: Content) -> None:
        """Show another text. The screen is laid out anew only if it takes more or fewer lines.

        A layout costs more than all else that a key does.
        """
        if text == self.content:
            return
        self.update(text, layout=False)
        size = self.content_size
        if self.get_content_height(size, size, size.width) != size.height:
            self.refresh(layout=True)


class StatusLine(Static):
    """What came of what the user did, above the keys."""

    def __init__(self) -> None:
        super().__init__(id="status")

    def tell(self, text: str, *, bad: bool = False) -> None:
        """Show a message for a while, or until the next one."""
        message = Content.assemble(
            (clean(" ".join(text.split())), "bold $error" if bad else "bold $success")
        )
        self.update(message)
        self.set_timer(_SECONDS, lambda: self.update("") if self.content == message else None)


def line_above(added_to: str | None, looks_in: Sequence[str], progress: str) -> Content:
    """The finder's first line: what a macro is added to, where it looks, how far the index is."""
    added = (f"Add to {added_to}",) if added_to is not None else ()
    return Content(clean(" · ".join((*added, *looks_in, *((progress,) if progress else ())))))
