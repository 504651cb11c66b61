"""What each key does, at the foot of a screen: all of it, in as many lines as it takes."""

from __future__ import annotations

from textual.binding import Binding
from textual.content import Content
from textual.widgets import Static

_NAMES = {
    "enter": "⏎", "tab": "⇥", "escape": "Esc", "up": "↑", "down": "↓",
    "pageup": "PgUp", "pagedown": "PgDn",
}  # fmt: skip


class KeyFooter(Static):
    """The bindings of the screen that want to be seen. A click does what the key does."""

    def on_mount(self) -> None:
        self.screen.bindings_updated_signal.subscribe(self, lambda _: self.show())
        self.show()

    def show(self) -> None:
        pieces: list[Content] = []
        active = [item.binding for item in self.screen.active_bindings.values() if item.enabled]
        own = [item for item in self.screen.BINDINGS if isinstance(item, Binding)]
        order = [item.action for item in own]
        for binding in sorted(active, key=lambda item: _rank(item, order)):
            if binding.show:
                key = key_name(binding.key)
                action = binding.action
                action = action if "." in action.partition("(")[0] else f"screen.{action}"
                click = f"[@click={action}][bold]$key[/bold] $label[/]"
                label = binding.description.replace(" ", "\u00a0")
                pieces.append(Content.from_markup(click, key=key, label=label))
        self.update(Content("  ").join(pieces))


def _rank(binding: Binding, order: list[str]) -> int:
    """The screen's own keys first, as it lists them."""
    return order.index(binding.action) if binding.action in order else len(order)


def key_name(key: str) -> str:
    """A key as people write it: `^L` for ctrl+l."""
    first = key.split(",", maxsplit=1)[0]
    if first.startswith("ctrl+"):
        return f"^{first.removeprefix('ctrl+').upper()}"
    return _NAMES.get(first, first.upper())
