"""What works here, as findings: the knowledge base, its repository, index, clipboard, editor."""

from __future__ import annotations

import os
import platform
import shlex
import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from time import time
from typing import TYPE_CHECKING

from cannery import __version__
from cannery.errors import CanneryError
from cannery.util.text import counted

if TYPE_CHECKING:
    from cannery.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Finding:
    """`good` is false for what its user should look at."""

    subject: str
    good: bool
    text: str


def examine(folder: Path) -> Iterator[Finding]:
    """All findings: of the knowledge base at or above a folder, its user, and the machine."""
    yield from _folder(folder)
    yield _user()
    yield _helper()
    yield _clipboard()
    yield _editor()
    versions = f"kb {__version__}, Python {platform.python_version()}, {platform.system()}"
    yield Finding("versions", good=True, text=versions)
    yield _command()


def _editor() -> Finding:
    """The editor, and whether the program that it names is there."""
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR") or ""
    if not editor:
        return Finding("editor", good=False, text="EDITOR is not set; vi is used")
    try:
        words = shlex.split(editor)
    except ValueError:  # a quotation that is open
        words = []
    if not words or not shutil.which(words[0]):
        text = f"{editor}: not found. Set EDITOR to the command of an editor."
        return Finding("editor", good=False, text=text)
    return Finding("editor", good=True, text=editor)


def _command() -> Finding:
    """Whether `kb`, as it is typed, is this program."""
    from cannery.operations.own_command import first_on_path

    first = first_on_path()
    return Finding("command", good=first.is_ours, text=first.text)


def _folder(folder: Path) -> Iterator[Finding]:
    """The knowledge base at or above a folder, and what `kb` keeps for it."""
    from cannery.workspace import open_workspace

    try:
        workspace = open_workspace(folder)
    except CanneryError as error:
        yield Finding("knowledge base", good=False, text=_sentences(error))
        return
    yield _content(workspace)
    yield _repository(workspace)
    yield from _git_settings(workspace)
    yield _memory(workspace)
    yield from _tickets(workspace)
    yield _index(workspace)
    yield from _desks(workspace)


def _user() -> Finding:
    """The user's own settings."""
    from cannery.settings_file import unknown_keys
    from cannery.user_settings import KEYS, read_user_settings
    from cannery.util.toml_lines import find_key

    try:
        user = read_user_settings()
    except CanneryError as error:
        return Finding("your settings", good=False, text=_sentences(error))
    for key, hint in unknown_keys(user.keys, KEYS):
        written = find_key(user.path, key)
        where = f"{user.path}:{written.line}" if written else f"{user.path}"
        text = f"{where}: {key:.60} is not a setting. {hint}"
        return Finding("your settings", good=False, text=text)
    name = user.agent.get("name", "")
    if not name:
        text = f"{user.path}: no name set below [agent]. `kb help getting-started` has an example."
        return Finding("your settings", good=False, text=text)
    return Finding("your settings", good=True, text=f"{user.path}: agent {name}")


def _content(workspace: Workspace) -> Finding:
    from cannery.content.files import scan

    settings, count = workspace.settings, len(scan(workspace).stamps)
    languages = ", ".join(settings.languages)
    about = f"{workspace.root}: {settings.name}, {languages}, {count} files"
    return Finding("knowledge base", good=True, text=about)


_MORE_ON_GIT = "`kb help git-troubles` has more."


def _repository(workspace: Workspace) -> Finding:
    from cannery.git.state import refusal_to_write, state

    try:
        git = state(workspace.root)
        refused = refusal_to_write(workspace.root) if git else None
    except CanneryError as error:
        return Finding("git", good=False, text=f"{_sentences(error)} {_MORE_ON_GIT}")
    if git is None:
        return Finding("git", good=False, text="not a repository; run `git init` to create one")
    if refused:
        text = f"commands that write, such as kb sync, can't be used: {_sentences(refused)}"
        text = f"{text} {_MORE_ON_GIT}"
        return Finding("git", good=False, text=text)
    changed = "uncommitted changes" if git.dirty else "clean"
    remote = f"remote {git.remote}" if git.remote else "no remote"
    branch = git.branch or "a detached head"
    return Finding("git", good=True, text=f"git {git.version}, on {branch}, {changed}, {remote}")


def _sentences(error: CanneryError) -> str:
    return f"{error.message}. {error.hint}".rstrip()


def _git_settings(workspace: Workspace) -> Iterator[Finding]:
    """The clone's own settings that name programs, filters and ways to the remote, if any."""
    from cannery.git.repository import UnusableError
    from cannery.git.run import ignored_settings

    try:
        names = ignored_settings(workspace.root)
    except UnusableError:
        return  # the finding on the repository says why
    if names:
        text = f"used by commands that write, such as kb sync: {', '.join(names)}"
        yield Finding("git's settings", good=True, text=text)


_REPLIES = {False: "sent to tickets", True: "replies copied"}


def _memory(workspace: Workspace) -> Finding:
    """What is kept of customers, and for how long."""
    from cannery.operations.search_log import lost_searches
    from cannery.reply.memory import recall
    from cannery.reply.sent_log import COPY, sent_replies
    from cannery.reply.usage import uses
    from cannery.util.tidy import CAPTURED, TICKET_TEXTS

    days = workspace.memory_days
    if not days:
        return Finding("memory", good=True, text="off: [memory] days is 0")
    kept = [f"values: {len(recall(workspace))}, recently used: {len(uses(workspace, time()))}"]
    sent = Counter(reply.how == COPY for reply in sent_replies(workspace))
    kept += [f"{what}: {sent[is_copy]}" for is_copy, what in _REPLIES.items() if sent[is_copy]]
    if lost := sum(1 for _ in lost_searches(workspace)):
        kept.append(f"unsuccessful searches: {lost}")
    if (workspace.state / TICKET_TEXTS).exists():
        kept.append("subject lines of tickets")
    if (workspace.state / CAPTURED).exists():
        kept.append("a captured text")
    duration = counted(days, "day")
    text = f"{workspace.state}: {', '.join(kept)}; kept for {duration}"
    return Finding("memory", good=True, text=text)


def _tickets(workspace: Workspace) -> Iterator[Finding]:
    """What is kept of tickets for figures, and until when; nothing where none were imported."""
    from cannery.operations.insight_kept import day_of, kept_events

    try:
        kept = kept_events(workspace)
    except CanneryError as error:
        yield Finding("tickets", good=False, text=_sentences(error))
        return
    if kept:
        ends = [f"{one.name} until {day_of(one.ends_at, workspace)}" for one in kept.sources]
        text = f"{kept.path}, {kept.size / 1e6:,.1f} MB: {', '.join(ends) or 'empty'}"
        is_old = any(one.is_over for one in kept.sources)
        more = "; one ended long before the others: import it again" if is_old else ""
        yield Finding("tickets", good=not is_old, text=text + more)


def _index(workspace: Workspace) -> Finding:
    from cannery.operations.knowledge_base import KnowledgeBase
    from cannery.util.trust import distrust

    with KnowledgeBase(workspace) as knowledge_base:
        changes = knowledge_base.behind()
        behind = len(changes.added) + len(changes.changed) + len(changes.removed)
        state = (
            f"{counted(behind, 'file')} to update at the next search" if behind else "up to date"
        )
        if knowledge_base.temporary:
            reason = distrust(str(workspace.cache)) or "not writable"
            state = f"{reason}; using a temporary index"
        good = not knowledge_base.temporary
        return Finding("index", good=good, text=f"{workspace.cache}: {state}")


def _desks(workspace: Workspace) -> Iterator[Finding]:
    """Which of the team's help desks this user is signed in to, if it has any."""
    if not workspace.settings.desks:
        return
    from cannery.operations.desk_sign_ins import sign_ins

    for item in sign_ins(workspace):
        yield Finding(f"desk {item.name:.30}", good=item.is_signed_in, text=item.text)


def _clipboard() -> Finding:
    """Each way to copy, tried without touching what the clipboard holds."""
    from cannery.clipboard.copy import attempts, this_desktop

    tried = [*attempts(this_desktop())]
    working = [writer for writer, fault in tried if not fault]
    faults = [f"{writer.name} failed: {fault}" for writer, fault in tried if fault]
    if not working:
        reason = "; ".join(faults) or "On a desktop, set DISPLAY or WAYLAND_DISPLAY"
        return Finding("clipboard", good=False, text=f"none; replies are printed instead. {reason}")
    first, *others = working
    kind = "rich and plain text together" if first.rich else "plain text only"
    state = "tested" if first.proved else "can't confirm a copy, so check what you paste"
    pieces = [f"{first.name}: {kind}; {state}"]
    if others:
        pieces.append("else " + ", then ".join(writer.name for writer in others))
    return Finding("clipboard", good=True, text="; ".join([*pieces, *faults]))


def _helper() -> Finding:
    """Whether a helper answers this user's searches."""
    from cannery.operations.helper import is_running, socket_path

    address = socket_path()
    if address is None:
        text = "not available on this system; searches work without it"
    elif is_running(address):
        text = f"running on {address}"
    else:
        text = "not running; with `helper = true` in config.toml, a search starts it"
    return Finding("helper", good=True, text=text)
