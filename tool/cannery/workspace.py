"""Find the knowledge base, and open it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

from cannery.errors import NoWorkspaceError
from cannery.settings import NEWEST_FORMAT, Settings, parse_duration, read_settings
from cannery.user_settings import UserSettings, read_user_settings
from cannery.util import user_folders
from cannery.util.tidy import tidy

__all__ = [
    "MARKER",
    "NEWEST_FORMAT",
    "Settings",
    "Workspace",
    "open_workspace",
    "parse_duration",
]
MARKER = Path("kb") / "kb.toml"


@dataclass(frozen=True, slots=True)
class Workspace:
    """A knowledge base on disk. `root` is the folder that holds `kb/`.

    `cached_in` is the folder of another one's cache, for a state of that one; None for its own.
    """

    root: Path
    settings: Settings
    user: UserSettings
    cached_in: Path | None = None

    @property
    def content(self) -> Path:
        return self.root / "kb"

    @property
    def key(self) -> str:
        """A short name for this knowledge base among the user's others."""
        path = os.fsencode(self.root)
        return f"{self.root.name}-{crc32(path):08x}{crc32(path[::-1]):08x}"

    @property
    def cache(self) -> Path:
        return self.cached_in or user_folders.cache() / self.key

    @property
    def state(self) -> Path:
        return user_folders.state() / self.key

    @property
    def memory_days(self) -> int:
        """How long values and the like are kept: the knowledge base may only make it less."""
        most = self.settings.memory_days
        return self.user.memory_days if most is None else min(most, self.user.memory_days)


def open_workspace(
    start: Path, *, to_read: bool = False, user: UserSettings | None = None
) -> Workspace:
    """The knowledge base at or above `start`, else of KB_ROOT, else the user's default.

    A wrong setting raises SettingsError; opened `to_read`, it costs itself alone, and nothing goes
    out. What killed processes left goes, and what of customers has been kept for too long.
    """
    user = user or read_user_settings()
    root = _find_root(start, user)
    workspace = Workspace(root, read_settings(root / MARKER), user)
    for fault in () if to_read else workspace.settings.faults:
        raise fault
    days = (user.memory_days, workspace.memory_days)
    tidy(workspace.state, workspace.cache, workspace.content, user_folders.logs(), days)
    return workspace


def _find_root(start: Path, user: UserSettings) -> Path:
    start = start.resolve()
    for folder in (start, *start.parents):
        if (folder / MARKER).is_file():
            return _real_root(folder)
    for name, source in ((os.environ.get("KB_ROOT", ""), "KB_ROOT"), (user.default, user.path)):
        if name:
            root = Path(os.path.expanduser(name))  # noqa: PTH111 - ~ stays where there is no home
            if (root / MARKER).is_file():
                return _real_root(root.resolve())
            raise NoWorkspaceError(
                f"{source} is set to {name}, which has no {MARKER.as_posix()}",
                "Correct the setting, or run `kb init` there.",
            )
    raise NoWorkspaceError(
        f"not a knowledge base: no {MARKER.as_posix()} in {start} or any folder above it",
        "Go to one, set KB_ROOT to its folder, or create one with `kb init`.",
    )


def _real_root(root: Path) -> Path:
    """The root of the knowledge base that is here, or that a link kb leads to: Git follows none."""
    content = root / MARKER.parent
    if not content.is_symlink():
        return root
    real = content.resolve()
    if real.name == content.name:
        return real.parent
    raise NoWorkspaceError(
        f"{content} is a symbolic link to {real}",
        f"Rename that folder to {content.name}, or name its folders in [content] of kb.toml.",
    )
