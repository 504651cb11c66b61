"""`kb doctor`: what works here, in one screen."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cannery import __version__
from cannery.cli import output
from cannery.errors import CanneryError

if TYPE_CHECKING:
    from cannery.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Finding:
    subject: str
    good: bool
    text: str


def doctor(
    json: Annotated[bool, typer.Option("--json", help="Print the findings as JSON.")] = False,
) -> None:
    """Tell what works here: knowledge base, settings, Git, index, clipboard, editor, versions.

    Example: kb doctor
    """
    findings = list(_examine())
    if json:
        output.as_json([asdict(item) for item in findings])
        return
    for item in findings:
        mark = output.style("✓", fg="green") if item.good else output.style("!", fg="yellow")
        output.say(mark, f" {item.subject:<15} {item.text}")


def _examine() -> Iterator[Finding]:
    from cannery.user_settings import read_user_settings
    from cannery.workspace import open_workspace

    try:
        workspace = open_workspace(Path.cwd())
    except CanneryError as error:
        yield Finding("knowledge base", good=False, text=f"{error.message} {error.hint}")
    else:
        yield from _knowledge_base(workspace)
    try:
        user = read_user_settings()
    except CanneryError as error:
        yield Finding("your settings", good=False, text=error.message)
    else:
        name = user.agent.get("name", "")
        text = f"{user.path}: you are {name}" if name else f"{user.path}: no [agent] name yet"
        yield Finding("your settings", good=bool(name), text=text)
    yield _helper()
    yield from _clipboard()
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR") or ""
    yield Finding("editor", good=bool(editor), text=editor or "EDITOR is not set; vi is used")
    versions = f"kb {__version__}, Python {platform.python_version()}, {platform.system()}"
    yield Finding("versions", good=True, text=versions)


def _knowledge_base(workspace: Workspace) -> Iterator[Finding]:
    from cannery.content.files import scan
    from cannery.operations.knowledge_base import KnowledgeBase
    from cannery.util.trust import distrust

    settings, found = workspace.settings, scan(workspace)
    languages = ", ".join(settings.languages)
    about = f"{workspace.root}: {settings.name}, {languages}, {len(found.stamps)} files"
    yield Finding("knowledge base", good=True, text=about)
    yield _git(workspace)
    yield from _left_out(workspace)
    yield _memory(workspace)
    with KnowledgeBase(workspace) as base:
        todo = base.behind()
        behind = len(todo.added) + len(todo.changed) + len(todo.removed)
        state = f"{behind} files behind; the next search catches up" if behind else "up to date"
        distrusted = distrust(str(workspace.cache)) or "not writable"
        where = f"{distrusted}; a temporary one is used" if base.temporary else state
        yield Finding("index", good=not base.temporary, text=f"{workspace.cache}: {where}")


def _memory(workspace: Workspace) -> Finding:
    """What is kept of customers, and for how long."""
    from time import time

    from cannery.reply.memory import recall
    from cannery.reply.usage import uses
    from cannery.util.tidy import CAPTURED

    if not workspace.memory_days:
        return Finding("memory", good=True, text="nothing is kept: [memory] days is 0")
    used = len(uses(workspace, time()))
    kept = [f"values: {len(recall(workspace))}, used entries: {used}"]
    if (workspace.state / CAPTURED).exists():
        kept.append("a captured text")
    days = output.counted(workspace.memory_days, "day")
    text = f"{workspace.state}: {', '.join(kept)}; kept for {days}"
    return Finding("memory", good=True, text=text)


def _git(workspace: Workspace) -> Finding:
    from cannery.git.state import state

    try:
        git = state(workspace.root)
    except CanneryError as error:
        return Finding("git", good=False, text=f"{error.message}. {error.hint}")
    if git is None:
        return Finding("git", good=False, text="not a repository; `git init` makes it one")
    changed = "with changes" if git.dirty else "clean"
    remote = f"remote {git.remote}" if git.remote else "no remote"
    branch = git.branch or "a detached head"
    return Finding("git", good=True, text=f"git {git.version}, on {branch}, {changed}, {remote}")


def _left_out(workspace: Workspace) -> Iterator[Finding]:
    """The clone's own settings that name programs, filters and ways to the remote."""
    from cannery.git.run import settings_left_out

    try:
        names = settings_left_out(workspace.root)
    except CanneryError:
        return  # told above
    if names:
        text = f"only for what writes, such as kb propose and kb sync: {', '.join(names)}"
        yield Finding("git's settings", good=True, text=text)


def _helper() -> Finding:
    from cannery.cli.commands.helper import is_running
    from cannery.serve.client import socket_path

    address = socket_path()
    if address is None:
        return Finding("helper", good=True, text="not on this system; searches do without")
    if is_running(address):
        return Finding("helper", good=True, text=f"answers searches on {address}")
    text = "none runs; `helper = true` in config.toml has a search start one"
    return Finding("helper", good=True, text=text)


def _clipboard() -> Iterator[Finding]:
    from cannery.clipboard.copy import available, this_desktop

    means = available(this_desktop())
    if not means:
        text = "none: replies are printed. A desktop needs DISPLAY or WAYLAND_DISPLAY set"
        yield Finding("clipboard", good=False, text=text)
        return
    first = means[0]
    kind = "rich and plain text together" if first.rich else "plain text only"
    rest = ", then ".join(item.name for item in means[1:])
    yield Finding(
        "clipboard", good=True, text=f"{first.name}: {kind}{f'; else {rest}' if rest else ''}"
    )
