"""The keys of the finder. All are the app's first, so that they act in the order of typing."""

from __future__ import annotations

from textual.binding import Binding, BindingType

# What was typed before the screen was there has its Enter as ^J.
KEYS: list[BindingType] = [
    Binding("enter", "open", "Open", priority=True),
    Binding("ctrl+j", "open", show=False, priority=True),
    Binding("up", "move(-1)", show=False, priority=True),
    Binding("down", "move(1)", show=False, priority=True),
    Binding("pageup", "move(-1, True)", show=False, priority=True),
    Binding("pagedown", "move(1, True)", show=False, priority=True),
    Binding("tab", "swap", "Preview", priority=True),
    Binding("ctrl+l", "language", "Language", priority=True),
    Binding("ctrl+k", "kind", "Kind", priority=True),
    Binding("ctrl+t", "tag", "Tag", priority=True),
    Binding("f6", "link", "Copy link", priority=True),
    Binding("f7", "link(True)", "Link as Markdown", priority=True),
    Binding("ctrl+o", "site", "Open site", priority=True),
    Binding("ctrl+e", "edit", "Edit", priority=True),
    Binding("ctrl+g", "history", "History", priority=True),
    Binding("ctrl+b", "back", "Last reply", priority=True),
    Binding("escape", "leave", "Clear, quit", priority=True),
]
