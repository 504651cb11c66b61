"""The line above the keys: what came of what the user did."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static

from cannery.util.plain import clean

_SECONDS = 8.0  # that a message stays


class StatusLine(Static):
    def __init__(self) -> None:
        super().__init__(id="status")

    def tell(self, text: str, *, bad: bool = False) -> None:
        """Show a message for a while, or until the next one."""
        message = Content.assemble(
            (clean(" ".join(text.split())), "bold $error" if bad else "bold $success")
        )
        self.update(message)
        self.set_timer(_SECONDS, lambda: self.update("") if self.content == message else None)
