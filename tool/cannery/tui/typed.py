"""What is typed into a field: that it was, and keys that Textual lets through late or never."""

from __future__ import annotations

from textual.binding import Binding
from textual.events import Key
from textual.message import Message
from textual.widgets import Input, TextArea

_SPACE = "\u3000"


def _actions(kind: type[Input | TextArea]) -> dict[str, str]:
    """What each key does that moves, marks or deletes in a widget of a kind."""
    bindings = [binding for binding in kind.BINDINGS if isinstance(binding, Binding)]
    return {
        key: binding.action
        for binding in bindings
        for key in binding.key.split(",")
        if binding.action != "submit"
    }


_ACTIONS = {kind: _actions(kind) for kind in (Input, TextArea)}


class KeysInOrder:
    """Editing keys, and the space bar of a Japanese input method, in the order they were typed.

    Textual acts on a key that is bound when the key has come back up to the app, and letters that
    were typed after it are there by then. The wide space is no printable character to it.
    """

    async def on_key(self, event: Key) -> None:
        if not isinstance(self, Input | TextArea):
            return
        kind = Input if isinstance(self, Input) else TextArea
        if event.character == _SPACE:
            event.prevent_default()
            _insert(self, _SPACE)
        elif action := _ACTIONS[kind].get(event.key):
            event.stop()
            event.prevent_default()
            await self.run_action(action)


def _insert(widget: Input | TextArea, text: str) -> None:
    if isinstance(widget, Input):
        widget.insert_text_at_cursor(text)
    else:
        widget.insert(text)


class Typed(Message):
    """A person has changed a field's text."""
