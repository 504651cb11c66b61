"""Ask the resident helper, where one runs. Loads next to nothing: it stands before every search."""

from __future__ import annotations

import os
import sys

from cannery.operations.helper import socket_path

TYPE_CHECKING = False  # typing itself takes a fifth of the time that a bare Python takes to start
if TYPE_CHECKING:
    from _socket import socket
    from collections.abc import Sequence
    from types import ModuleType

# Of the environment, what an answer depends on; nobody's passwords travel.
_NAMES = frozenset(("COLUMNS", "HOME", "LANG", "LINES", "NO_COLOR", "TERM", "TMPDIR", "TZ", "USER"))
_PREFIXES = ("KB_", "LC_", "XDG_", "_KB_")
_SECONDS = 2.0  # without an answer; then this process does the work
_MAX_ANSWER = 64_000_000
_WHO = 0o170077  # of a mode: what it is, and what others may
_FOLDER_OF_MINE = 0o040000
_MINE = "a folder of yours that no one else can enter. Remove it, or set XDG_RUNTIME_DIR"
# As in util/plain.py, whose patterns take longer to load than an answer takes.
_RANGES = ((0, 8), (0x0B, 0x1A), (0x1C, 0x1F), (0x7F, 0x9F), (0x2028, 0x202E), (0x2066, 0x206F))
_STEERING = {number: None for first, last in _RANGES for number in range(first, last + 1)}
_PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))  # noqa: PTH100, PTH120


def ask(arguments: Sequence[str]) -> int | None:
    """Show the helper's answer; its exit code, or None where this process has to do the work."""
    address = socket_path()
    if address is None or os.environ.get("KB_NO_HELPER"):
        return None
    try:
        answer = _exchange(address, request(arguments))
        head, _, rest = answer.partition(b"\n")
        code, size = map(int, head.split())
    except (EOFError, OSError, ValueError):
        return None  # nobody there, or killed in the middle
    if code < 0:
        return None
    for stream, data in ((sys.stdout, rest[:size]), (sys.stderr, rest[size:])):
        stream.write(shown(data.decode("utf-8", "surrogateescape")))
    return code


def shown(text: str) -> str:
    """An answer with its colours, and nothing else that steers a terminal.

    It was cleaned where it was made; but who listens there may be another program by now.
    """
    first, *rest = text.translate(_STEERING).split("\x1b")
    kept = [first]
    for piece in rest:
        codes, is_colour, after = piece.removeprefix("[").partition("m")
        if piece[:1] == "[" and is_colour and not codes.strip("0123456789;"):
            kept.append(f"\x1b[{codes}m{after}")
        else:
            kept.append(piece)
    return "".join(kept)


def is_private(folder: str) -> bool:
    """Whether the folder is this user's own, and nobody else's to enter."""
    info = os.lstat(folder)
    return info.st_uid == os.getuid() and info.st_mode & _WHO == _FOLDER_OF_MINE


def refuse_foreign(folder: str) -> None:
    """Raises OSError where the folder is not there, and where another user could have put it there.

    That is told to the user: whoever listens there would say what is found.
    """
    private = is_private(folder)
    from cannery.util import notices
    from cannery.util.trust import UntrustedError, distrust_above

    reason = distrust_above(os.path.dirname(folder)) if private else f"it is not {_MINE}"  # noqa: PTH120
    if reason:
        notices.add(f"{folder} is not used for the helper: {reason}")
        raise UntrustedError(reason)


def program() -> str:
    """What runs: a helper of another version or another Python gives no answer."""
    return f"{sys.executable} {sys.version} {_PACKAGE}"


def request(arguments: Sequence[str]) -> bytes:
    """All that an answer depends on, in pieces between zero bytes, which none of them can hold."""
    shown = "".join(str(int(stream.isatty())) for stream in (sys.stdout, sys.stderr))
    environment = [
        f"{name}={value}"
        for name, value in os.environ.items()
        if name in _NAMES or name.startswith(_PREFIXES)
    ]
    pieces = [program(), os.getcwd(), shown, str(len(environment)), *environment, *arguments]  # noqa: PTH109
    body = "\0".join(pieces).encode("utf-8", "surrogateescape")
    return len(body).to_bytes(4, "big") + body


def _exchange(address: str, question: bytes) -> bytes:
    import _socket

    refuse_foreign(os.path.dirname(address))  # noqa: PTH120
    with_helper = _socket.socket(_socket.AF_UNIX, _socket.SOCK_STREAM)
    try:
        with_helper.settimeout(_SECONDS)
        with_helper.connect(address)
        if (other := _listener(with_helper, _socket)) not in (None, os.getuid()):
            raise PermissionError(other)
        with_helper.sendall(question)
        size = int.from_bytes(receive(with_helper, 4), "big")
        return receive(with_helper, min(size, _MAX_ANSWER))
    finally:
        with_helper.close()


def _listener(connection: socket, module: ModuleType) -> int | None:
    """Who listens; None where the system doesn't tell."""
    name = getattr(module, "SO_PEERCRED", None)
    if name is None:
        return None
    raw = connection.getsockopt(module.SOL_SOCKET, name, 12)  # process, user, group
    return int.from_bytes(raw[4:8], sys.byteorder)


def receive(source: socket, size: int) -> bytes:
    """So many bytes. Raises EOFError where they end before."""
    data = b""
    while len(data) < size:
        piece = source.recv(size - len(data))
        if not piece:
            raise EOFError
        data += piece
    return data
