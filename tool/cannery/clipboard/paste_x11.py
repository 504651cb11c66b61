"""Read the X11 clipboard, large content piece by piece (INCR). Source: ICCCM 2.0, chapter 2."""

from __future__ import annotations

import select
import time
from collections.abc import Sequence
from concurrent.futures import Future
from threading import Thread
from typing import Any

from Xlib import X, display, error

from cannery.errors import ClipboardError

_SECONDS = 5.0  # for the program that holds the clipboard to answer
_MAX_BYTES = 5_000_000


def read(name: str, targets: Sequence[str]) -> dict[str, bytes]:
    """What the clipboard of a display offers of these targets. Raises ClipboardError.

    In a thread that nobody has to wait for: Xlib itself never gives up a display that hangs.
    """
    answer: Future[dict[str, bytes]] = Future()

    def ask() -> None:
        try:
            answer.set_result(_read(name, targets))
        except ClipboardError as error:
            answer.set_exception(error)

    Thread(target=ask, daemon=True).start()
    try:
        return answer.result(2 * _SECONDS)
    except TimeoutError as error:
        raise ClipboardError("the display did not respond in time") from error


def _read(name: str, targets: Sequence[str]) -> dict[str, bytes]:
    try:
        screen = display.Display(name)
        reader = _Reader(screen)
        offered = reader.get("TARGETS")
        names = {screen.get_atom_name(atom) for atom in offered.value} if offered else set()
        contents = {target: reader.bytes(target) for target in targets if target in names}
        screen.close()
    except (error.DisplayError, error.ConnectionClosedError, error.XError, OSError) as failure:
        raise ClipboardError(str(failure)) from failure
    return contents


class _Reader:
    """A window that asks for the selection."""

    def __init__(self, screen: Any) -> None:  # noqa: ANN401 - untyped
        self._display = screen
        self._window = screen.screen().root.create_window(0, 0, 1, 1, 0, X.CopyFromParent)
        self._window.change_attributes(event_mask=X.PropertyChangeMask)
        self._property = screen.intern_atom("CANNERY")
        self._deadline = time.monotonic() + _SECONDS

    def get(self, target: str) -> Any:  # noqa: ANN401
        """The property that holds the selection as `target`; None if its owner can't give that."""
        selection, kind = map(self._display.intern_atom, ("CLIPBOARD", target))
        self._window.convert_selection(selection, kind, self._property, X.CurrentTime)
        self._display.flush()
        answer = self._next(lambda event: event.type == X.SelectionNotify)
        return self._take() if answer.property else None

    def bytes(self, target: str) -> bytes:
        prop = self.get(target)
        if prop is None:
            return b""
        if prop.property_type != self._display.intern_atom("INCR"):
            return _as_bytes(prop.value)
        pieces: list[bytes] = []
        size = 0
        while True:
            self._next(lambda it: it.type == X.PropertyNotify and it.state == X.PropertyNewValue)
            piece = self._take()
            data = _as_bytes(piece.value) if piece else b""
            if not data:
                return b"".join(pieces)
            pieces.append(data)
            size += len(data)
            if size > _MAX_BYTES:
                raise ClipboardError(f"more than {_MAX_BYTES // 10**6} MB")

    def _take(self) -> Any:  # noqa: ANN401
        """The property's content, which tells its owner that it was read."""
        prop = self._window.get_full_property(self._property, X.AnyPropertyType)
        self._window.delete_property(self._property)
        self._display.flush()
        return prop

    def _next(self, wanted: Any) -> Any:  # noqa: ANN401
        while True:
            while self._display.pending_events():
                event = self._display.next_event()
                if wanted(event):
                    return event
            left = self._deadline - time.monotonic()
            if left <= 0 or not select.select([self._display.fileno()], [], [], left)[0]:
                raise ClipboardError("the program that owns the clipboard does not respond")


def _as_bytes(value: Any) -> bytes:  # noqa: ANN401 - Xlib gives text for some types
    return value.encode("latin-1", "replace") if isinstance(value, str) else bytes(value)
