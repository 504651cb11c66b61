"""The process that owns the Wayland clipboard: `python -m cannery.clipboard.owner_wayland`.

Reads `{"text": ..., "html": ..., "trial": ...}` from stdin, says `ready` or `failed: why` on
stdout, then serves both until another program copies. It speaks the wire protocol itself: no
maintained library for Python does so without a compiler. Source: the Wayland book's wire format;
ext-data-control-v1 and wlr-data-control-unstable-v1, which number their messages alike.
"""

from __future__ import annotations

import array
import contextlib
import json
import os
import socket
import struct
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

_DISPLAY, _REGISTRY, _CALLBACK, _SEAT, _MANAGER, _SOURCE, _DEVICE, _DONE = range(1, 9)
_MANAGERS = ("ext_data_control_manager_v1", "zwlr_data_control_manager_v1")
_HEADER = struct.Struct("=IHH")


class _WaylandError(Exception):
    """The compositor can't or won't."""


class _Wire:
    """Messages to and from the compositor."""

    def __init__(self) -> None:
        name = Path(os.environ["WAYLAND_DISPLAY"])
        runtime = os.environ.get("XDG_RUNTIME_DIR", "")
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.connect(str(name if name.is_absolute() else Path(runtime) / name))
        self.pending = b""
        self.files: list[int] = []

    def send(self, to: int, opcode: int, payload: bytes = b"") -> None:
        self.socket.sendall(_HEADER.pack(to, opcode, _HEADER.size + len(payload)) + payload)

    def messages(self) -> Iterator[tuple[int, int, bytes]]:
        while True:
            while len(self.pending) >= _HEADER.size:
                sender, opcode, size = _HEADER.unpack_from(self.pending)
                if len(self.pending) < size:
                    break
                payload, self.pending = self.pending[_HEADER.size : size], self.pending[size:]
                if sender == _DISPLAY and opcode == 0:
                    raise _WaylandError(_read_text(payload[8:]))
                yield sender, opcode, payload
            data, ancillary, _, _ = self.socket.recvmsg(65_536, socket.CMSG_SPACE(64))
            for level, kind, raw in ancillary:
                if level == socket.SOL_SOCKET and kind == socket.SCM_RIGHTS:
                    descriptors = array.array("i")
                    descriptors.frombytes(raw[: len(raw) - len(raw) % descriptors.itemsize])
                    self.files += descriptors
            if not data:
                raise _WaylandError("the compositor closed the connection")
            self.pending += data


def _word(value: int) -> bytes:
    return struct.pack("=I", value)


def _text(value: str) -> bytes:
    raw = value.encode() + b"\0"
    return _word(len(raw)) + raw + b"\0" * (-len(raw) % 4)


def _read_text(payload: bytes) -> str:
    (size,) = struct.unpack_from("=I", payload)
    return payload[4 : 4 + size - 1].decode(errors="replace")


def _globals(wire: _Wire) -> dict[str, int]:
    """The compositor's interfaces and their names, a round trip after asking for them."""
    wire.send(_DISPLAY, 1, _word(_REGISTRY))
    wire.send(_DISPLAY, 0, _word(_CALLBACK))
    names: dict[str, int] = {}
    for sender, opcode, payload in wire.messages():
        if sender == _REGISTRY and opcode == 0:
            (name,) = struct.unpack_from("=I", payload)
            names.setdefault(_read_text(payload[4:]), name)
        elif sender == _CALLBACK:
            break
    return names


def _offer(wire: _Wire, content: dict[str, bytes], *, trial: bool) -> None:
    names = _globals(wire)
    manager = next((name for name in _MANAGERS if name in names), "")
    if not manager or "wl_seat" not in names:
        raise _WaylandError("this compositor lets only programs with a window copy")
    for interface, new_id in (("wl_seat", _SEAT), (manager, _MANAGER)):
        bind = _word(names[interface]) + _text(interface) + _word(1) + _word(new_id)
        wire.send(_REGISTRY, 0, bind)
    wire.send(_MANAGER, 0, _word(_SOURCE))
    for kind in content:
        wire.send(_SOURCE, 0, _text(kind))
    wire.send(_MANAGER, 1, _word(_DEVICE) + _word(_SEAT))
    if not trial:  # which leaves the clipboard to whoever has it
        wire.send(_DEVICE, 0, _word(_SOURCE))
    wire.send(_DISPLAY, 0, _word(_DONE))


def _serve(wire: _Wire, content: dict[str, bytes], *, trial: bool) -> None:
    for sender, opcode, payload in wire.messages():
        if sender == _DONE:
            sys.stdout.write("ready\n")
            sys.stdout.close()
            if trial:
                return
        elif sender == _SOURCE and opcode == 0:
            # In a thread, for a reader that dawdles must not keep the others waiting.
            arguments = (wire.files.pop(0), content.get(_read_text(payload), b""))
            threading.Thread(target=_hand_over, args=arguments, daemon=True).start()
        elif sender == _SOURCE and opcode == 1:
            return  # another program has copied


def _hand_over(target: int, data: bytes) -> None:
    # A broken pipe: the reader had enough.
    with contextlib.suppress(BrokenPipeError), os.fdopen(target, "wb") as file:
        file.write(data)


def main() -> None:
    clip = json.loads(sys.stdin.buffer.read())
    text = clip["text"].encode()
    content = {"text/html": clip["html"].encode()} if clip["html"] else {}
    plain = ("text/plain;charset=utf-8", "text/plain", "UTF8_STRING", "STRING", "TEXT")
    content |= dict.fromkeys(plain, text)
    try:
        wire = _Wire()
        _offer(wire, content, trial=clip["trial"])
        _serve(wire, content, trial=clip["trial"])
    except (OSError, KeyError, _WaylandError) as failure:
        if not sys.stdout.closed:
            sys.stdout.write(f"failed: {failure}\n")


if __name__ == "__main__":
    main()
