"""The settings that git runs with wherever `kb` parses its output, whatever the user's are."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping

# What a setting could make of the output that we read, in the user's own settings too.
FORMAT = {
    "blame.blankBoundary": "false",
    "blame.coloring": "none",
    "blame.date": "iso",
    "blame.markIgnoredLines": "false",
    "blame.markUnblamableLines": "false",
    "blame.showEmail": "false",
    "blame.showRoot": "false",
    "color.diff": "false",
    "color.status": "false",
    "color.ui": "false",
    "column.ui": "never",
    "core.abbrev": "auto",
    "core.bigFileThreshold": "512m",
    "core.pager": "cat",
    "core.quotePath": "false",
    "core.safecrlf": "false",
    "diff.algorithm": "default",
    "diff.colorMoved": "no",
    "diff.colorMovedWS": "no",
    "diff.context": "3",
    "diff.indentHeuristic": "true",
    "diff.interHunkContext": "0",
    "diff.mnemonicPrefix": "false",
    "diff.noprefix": "false",
    "diff.orderFile": os.devnull,
    "diff.relative": "false",
    "diff.renameLimit": "1000",
    "diff.renames": "true",
    "diff.submodule": "short",
    "diff.suppressBlankEmpty": "false",
    "diff.wordRegex": "[^[:space:]]+",
    "diff.wsErrorHighlight": "default",
    "format.pretty": "medium",
    "i18n.logOutputEncoding": "UTF-8",
    "log.abbrevCommit": "false",
    "log.date": "default",
    "log.decorate": "false",
    "log.follow": "false",
    "log.mailmap": "true",
    "log.showRoot": "true",
    "log.showSignature": "false",
    "mailmap.blob": "",
    "mailmap.file": os.devnull,  # the repository's own .mailmap counts
    "status.branch": "false",
    "status.renames": "true",
    "status.short": "false",
    "status.showStash": "false",
    "status.showUntrackedFiles": "normal",
}
# A monitor of the user's may say that nothing has changed; ours is seldom more than 38,000 files.
UNWATCHED = {"core.fsmonitor": "false"}
# What runs programs, writes, or goes elsewhere: no reading needs it.
STILL = {
    "core.fsmonitor": "false",
    "core.hooksPath": os.devnull,
    "core.untrackedCache": "false",
    "diff.ignoreSubmodules": "all",
    "fetch.fsckObjects": "true",
    "fetch.prune": "false",
    "fetch.recurseSubmodules": "false",
    "fetch.writeCommitGraph": "false",
    "gc.auto": "0",
    "maintenance.auto": "false",
    "protocol.allow": "never",
    "protocol.file.allow": "always",
    "protocol.git.allow": "always",
    "protocol.http.allow": "always",
    "protocol.https.allow": "always",
    "protocol.ssh.allow": "always",
    "submodule.recurse": "false",
}
# What git makes of content and of messages when it writes, by its command. Who writes and signs,
# which hooks run and how a remote is reached stays the user's own.
_WRITTEN = {
    "commit.cleanup": "whitespace",  # a heading begins with the sign of a comment
    "core.safecrlf": "false",
    "diff.orderFile": os.devnull,
    "i18n.commitEncoding": "UTF-8",
    "rerere.enabled": "false",
    "submodule.recurse": "false",
}
_MERGED = {
    **_WRITTEN,
    "merge.conflictStyle": "merge",
    "merge.default": "text",
    "merge.directoryRenames": "conflict",
    "merge.renameLimit": "7000",
    "merge.renames": "true",
    "merge.verifySignatures": "false",
}
WRITING = {
    "add": _WRITTEN,
    "commit": _WRITTEN,
    "format-patch": {**FORMAT, "format.mboxrd": "false"},
    "merge": _MERGED,
    "merge-file": _MERGED,
    "push": {**_WRITTEN, "push.pushOption": ""},  # empty: without those named before
    "read-tree": _WRITTEN,
    "reset": _WRITTEN,
}
# Some settings have no value that means none; these options come behind the command's name.
OPTIONS = {
    "blame": ("--no-textconv", "--ignore-revs-file="),
    "diff": ("--no-ext-diff", "--no-textconv"),
    "fetch": ("--no-prune", "--no-prune-tags", "--no-recurse-submodules"),
    "format-patch": (
        "--no-ext-diff",
        "--no-textconv",
        "--no-attach",
        "--no-base",
        "--no-cover-letter",
        "--src-prefix=a/",
        "--dst-prefix=b/",
    ),
    "log": ("--no-ext-diff", "--no-textconv"),
    "push": ("--no-follow-tags", "--recurse-submodules=no"),
    "show": ("--no-ext-diff", "--no-textconv"),
}
STILL_OPTIONS = {
    "diff": ("--ignore-submodules=all",),
    "fetch": ("--no-auto-maintenance",),
    "status": ("--ignore-submodules=all",),
}
_DASH_C = "GIT_CONFIG_PARAMETERS"  # where git hands `-c key=value` on


def as_environment(settings: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Settings as git takes them from the environment, behind those that are there."""
    there = os.environ.get("GIT_CONFIG_COUNT", "")
    first = int(there) if there.isdecimal() else 0
    rows = [*settings]
    environment = {"GIT_CONFIG_COUNT": str(first + len(rows))}
    for number, (key, value) in enumerate(rows, first):
        environment[f"GIT_CONFIG_KEY_{number}"] = key
        environment[f"GIT_CONFIG_VALUE_{number}"] = value
    return environment


def pinned(pins: Mapping[str, str]) -> dict[str, str]:
    """Settings that hold against all others: git reads those of its `-c` last, in their order."""
    if not pins:
        return {}
    there = os.environ.get(_DASH_C, "").strip()
    return {_DASH_C: f"{there} {_as_dash_c(pins)}".strip()}


def alone(pins: Mapping[str, str]) -> dict[str, str]:
    """Settings that hold without any of the user's."""
    return {
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_COUNT": "0",
        _DASH_C: _as_dash_c(pins),
    }


def has_settings() -> bool:
    """Whether the user's environment has settings, which hold against those in any file."""
    return bool(os.environ.get("GIT_CONFIG_COUNT") or os.environ.get(_DASH_C))


def _as_dash_c(pins: Mapping[str, str]) -> str:
    return " ".join(f"{_quoted(key)}={_quoted(value)}" for key, value in pins.items())


def _quoted(text: str) -> str:
    """As a shell quotes, which is how git reads it."""
    return "'" + text.replace("'", "'\\''") + "'"
