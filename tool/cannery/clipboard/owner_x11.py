"""The process that owns the X11 clipboard: `python -m cannery.clipboard.owner_x11`.

Reads `{"text": ..., "html": ..., "trial": ...}` from stdin, says `ready` or `failed: why` on
stdout, then serves both to whoever pastes, until another program copies. Large content goes piece
by piece (INCR).
Source: ICCCM 2.0, chapter 2.
"""

from __future__ import annotations

import json
import sys
from typing import Any

from Xlib import X, Xatom, display, error
from Xlib.protocol import event

_PIECE = 65_536


class _Owner:
    """Owns a window and the selection on its behalf, and answers requests for it."""

    def __init__(self, screen: Any, selection: str, content: dict[str, bytes]) -> None:  # noqa: ANN401 - untyped
        self.display = screen
        self.window = screen.screen().root.create_window(0, 0, 1, 1, 0, X.CopyFromParent)
        self.window.change_attributes(event_mask=X.PropertyChangeMask)
        self.content = {self.atom(name): data for name, data in content.items()}
        self.sending: dict[tuple[int, int], tuple[Any, int, bytes]] = {}
        self.clipboard = self.atom(selection)

    def atom(self, name: str) -> int:
        return int(self.display.intern_atom(name))

    def take(self) -> bool:
        # The time of an event of our own, as ICCCM wants it: CurrentTime loses against others.
        self.window.change_property(self.atom("CANNERY"), Xatom.STRING, 8, b"")
        while (received := self.display.next_event()).type != X.PropertyNotify:
            pass
        self.window.set_selection_owner(self.clipboard, received.time)
        self.time = received.time
        return bool(self.display.get_selection_owner(self.clipboard) == self.window)

    def serve(self) -> None:
        while True:
            received = self.display.next_event()
            if received.type == X.SelectionClear:
                if not self.sending:
                    return
            elif received.type == X.SelectionRequest:
                self.answer(received)
            elif received.type == X.PropertyNotify and received.state == X.PropertyDelete:
                self.send_more(received.window.id, received.atom)

    def answer(self, asked: Any) -> None:  # noqa: ANN401
        prop = asked.property or asked.target
        done = self.hand_over(asked.requestor, asked.target, prop)
        asked.requestor.send_event(
            event.SelectionNotify(
                time=asked.time,
                requestor=asked.requestor,
                selection=asked.selection,
                target=asked.target,
                property=prop if done else X.NONE,
            )
        )
        self.display.flush()

    def hand_over(self, to: Any, target: int, prop: int) -> bool:  # noqa: ANN401
        if target == self.atom("TARGETS"):
            offered = [target, self.atom("TIMESTAMP"), *self.content]
            to.change_property(prop, Xatom.ATOM, 32, offered)
        elif target == self.atom("TIMESTAMP"):
            to.change_property(prop, Xatom.INTEGER, 32, [self.time])
        elif target in self.content:
            data = self.content[target]
            if len(data) <= _PIECE:
                to.change_property(prop, target, 8, data)
            else:
                to.change_attributes(event_mask=X.PropertyChangeMask)
                self.sending[to.id, prop] = (to, target, data)
                to.change_property(prop, self.atom("INCR"), 32, [len(data)])
        else:
            return False
        return True

    def send_more(self, window: int, prop: int) -> None:
        if (window, prop) not in self.sending:
            return
        to, target, data = self.sending.pop((window, prop))
        to.change_property(prop, target, 8, data[:_PIECE])
        if data:  # an empty piece tells the end
            self.sending[window, prop] = (to, target, data[_PIECE:])
        self.display.flush()


def _content(clip: dict[str, str]) -> dict[str, bytes]:
    text = clip["text"].encode()
    plain = ("UTF8_STRING", "text/plain;charset=utf-8", "text/plain", "STRING", "TEXT")
    rich = {"text/html": clip["html"].encode()} if clip["html"] else {}
    return {**rich, **dict.fromkeys(plain, text)}


def main() -> None:
    clip = json.loads(sys.stdin.buffer.read())
    # A trial takes a selection of its own, and leaves the clipboard to whoever has it.
    selection = "CANNERY_TRIAL" if clip["trial"] else "CLIPBOARD"
    try:
        owner = _Owner(display.Display(), selection, _content(clip))
        taken = owner.take()
    except (error.DisplayError, error.ConnectionClosedError, error.XError, OSError) as failure:
        sys.stdout.write(f"failed: {failure}\n")
        return
    sys.stdout.write("ready\n" if taken else "failed: another program holds the clipboard\n")
    sys.stdout.close()
    if taken and not clip["trial"]:
        # A requestor's window may be gone by the time it is answered: no reason to end.
        owner.display.set_error_handler(lambda *_: None)
        owner.serve()


if __name__ == "__main__":
    main()
