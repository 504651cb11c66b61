"""The settings that git runs with wherever `kb` parses its output, whatever the user's are."""

from __future__ import annotations

import os
from collections.abc import Iterable

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
    "core.pager": "cat",
    "core.quotePath": "false",
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
    "status.branch": "false",
    "status.renames": "true",
    "status.short": "false",
    "status.showStash": "false",
    "status.showUntrackedFiles": "normal",
}
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
# Some settings have no value that means none; these options come behind the command's name.
OPTIONS = {
    "blame": ("--no-textconv", "--ignore-revs-file="),
    "diff": ("--no-ext-diff", "--no-textconv"),
    "log": ("--no-ext-diff", "--no-textconv"),
    "show": ("--no-ext-diff", "--no-textconv"),
}
STILL_OPTIONS = {
    "diff": ("--ignore-submodules=all",),
    "fetch": ("--no-recurse-submodules", "--no-auto-maintenance"),
    "status": ("--ignore-submodules=all",),
}


def as_environment(settings: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Settings as git takes them from the environment, behind the user's, so that these hold."""
    there = os.environ.get("GIT_CONFIG_COUNT", "")
    first = int(there) if there.isdecimal() else 0
    rows = [*settings]
    environment = {"GIT_CONFIG_COUNT": str(first + len(rows))}
    for number, (key, value) in enumerate(rows, first):
        environment[f"GIT_CONFIG_KEY_{number}"] = key
        environment[f"GIT_CONFIG_VALUE_{number}"] = value
    return environment
