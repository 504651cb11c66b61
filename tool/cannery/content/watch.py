"""Whether any file of a knowledge base was touched, as the kernel tells it. The only inotify room.

Linux keeps a queue of what happens in a watched folder, complete at any moment: an empty queue
means that nothing has changed. Where that can't be relied on there is no watch, and who asks has to
look at the files: other systems, disks that other machines write to, too few watches left.
"""

from __future__ import annotations

import contextlib
import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Self

from cannery.model.layout import OWN
from cannery.workspace import Workspace

if TYPE_CHECKING:
    from inotify_simple import INotify

_LOCAL = frozenset(
    "bcachefs btrfs ext2 ext3 ext4 f2fs overlay tmpfs xfs zfs".split()  # noqa: SIM905 - read as a list
)
_ESCAPED = re.compile(r"\\([0-7]{3})")
_MOUNTS = Path("/proc/self/mountinfo")


class Watch:
    """Watches from now on. Close it, or use it in a `with`."""

    def __init__(self, queue: INotify) -> None:
        self._queue = queue
        self._quiet = True

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._queue.close()

    def is_quiet(self) -> bool:
        """Whether nothing has happened since the watch began; if not, begin another."""
        if self._quiet:
            self._quiet = next(iter(self._queue.read(timeout=0)), None) is None
        return self._quiet


def begin_watch(workspace: Workspace) -> Watch | None:
    """Watch kb/, every folder of the content and those below; None where nothing can be relied on.

    Of a folder that is not there yet, the one that it will be made in is watched.
    """
    tops = _tops(workspace)
    if not all(map(_is_local, tops)):
        return None
    from inotify_simple import INotify, flags

    queue = INotify(nonblocking=True)
    mask = (
        flags.MODIFY | flags.ATTRIB | flags.CREATE | flags.DELETE | flags.MOVED_FROM
        | flags.MOVED_TO | flags.DELETE_SELF | flags.MOVE_SELF | flags.ONLYDIR | flags.DONT_FOLLOW
    )  # fmt: skip
    folders = [str(folder) for folder in tops if folder.is_dir()]
    try:
        for missing in (folder for folder in tops if not folder.is_dir()):
            queue.add_watch(next(str(above) for above in missing.parents if above.is_dir()), mask)
        while folders:
            folder = folders.pop()
            with contextlib.suppress(FileNotFoundError, NotADirectoryError):
                # First the watch, then the list: what comes in between is in the queue.
                queue.add_watch(folder, mask)
                with os.scandir(folder) as entries:
                    folders += [item.path for item in entries if _is_walked(item)]
    except OSError:  # no watches left, or a folder that can't be read
        queue.close()
        return None
    return Watch(queue)


def _tops(workspace: Workspace) -> list[Path]:
    tops = (top for top in workspace.settings.layout.tops if not top.startswith(OWN))
    return [workspace.content, *(workspace.root / top for top in tops)]


def _is_walked(item: os.DirEntry[str]) -> bool:
    """Whether a folder may have content: a hidden one, as large as .git may be, has none."""
    return item.name[0] != "." and item.is_dir(follow_symlinks=False)


def _is_local(folder: Path) -> bool:
    """Whether the folder and all below it are on disks that no other machine writes to."""
    if sys.platform != "linux":
        return False
    try:
        mounts = [_mount(line) for line in _MOUNTS.read_text("utf-8").splitlines()]
    except (OSError, ValueError):
        return False
    above = [(path, kind) for path, kind in mounts if folder.is_relative_to(path)]
    below = [kind for path, kind in mounts if path.is_relative_to(folder)]
    return bool(above) and {max(above, key=_depth)[1], *below} <= _LOCAL


def _depth(mount: tuple[Path, str]) -> int:
    return len(mount[0].parts)


def _mount(line: str) -> tuple[Path, str]:
    """Where a line of mountinfo(5) says that something is mounted, and of what kind."""
    before, _, after = line.partition(" - ")
    path = _ESCAPED.sub(lambda match: chr(int(match[1], 8)), before.split()[4])
    return Path(path), after.split()[0]
