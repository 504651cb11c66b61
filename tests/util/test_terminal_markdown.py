from __future__ import annotations

from rich.console import Console

from cannery.content.markdown import parse
from cannery.util.terminal_markdown import drawn


def test_a_terminal_shows_what_the_reply_says() -> None:
    console = Console(width=60, force_terminal=True, highlight=False, color_system="standard")
    with console.capture() as captured:
        console.print(drawn(parse("は**「重要」**です https://e.com/a", bare_links=False)))
    assert captured.get().strip() == "は\x1b[1m「重要」\x1b[0mです https://e.com/a"
