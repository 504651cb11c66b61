from __future__ import annotations

import pytest
from rich.console import Console

from cannery.content.markdown import parse
from cannery.util.raised import raised
from cannery.util.terminal_markdown import drawn


def _shown(text: str, *, colour: bool = False) -> str:
    console = Console(
        width=60,
        force_terminal=colour,
        highlight=False,
        color_system="standard" if colour else None,
    )
    with console.capture() as captured:
        console.print(drawn(parse(text, bare_links=False, language="ja")))
    return "\n".join(line.rstrip() for line in captured.get().strip("\n").split("\n"))


def test_a_terminal_shows_what_the_reply_says() -> None:
    shown = _shown("は**「重要」**です https://e.com/a", colour=True)
    assert shown == "は\x1b[1m「重要」\x1b[0mです https://e.com/a"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("!!! note\n    a\n\n    - b", "▌ 補足\n▌ a\n▌  • b"),
        ("> [!TIP]\n> a", "▌ ヒント\n▌ a"),
        ("> [!TIP]", "▌ ヒント"),
        ('=== "macOS"\n    a\n\n=== "**W**"\n    b', "macOS\n\na\n\nW\n\nb"),
        ("- [x] a\n- [ ] **b**\n  - [x] c", " • ☑ a\n • ☐ b\n    • ☑ c"),
        ("a[^1] b[^1]\n\n[^1]: *c*\n\n    d", f"a[1] b[1]\n\n{'-' * 60}\n\n[1] c\n\nd"),
        ("<kbd>C</kbd> 10<sup>6</sup> 1<sup>st</sup> H<sub>2</sub>O a<br>b", "C 10⁶ 1st H₂O a\nb"),
        ("<details>\n<summary>A</summary>\n\nb\n\n</details>", "▌ A\n▌ b"),
        ("## 見出し {#a}\n\nb", "見出し\n\nb"),
    ],
)
def test_what_pages_are_written_in_reads_well_on_a_terminal(text: str, shown: str) -> None:
    assert _shown(text) == shown


def test_a_link_leads_where_it_is_said() -> None:
    console = Console(width=60)
    leads = {"b.md": "kb help b", "#c": "", "https://e.com": "https://e.com"}
    tokens = parse(
        "[a *b*](b.md), [**c**](#c), [d](https://e.com) e", bare_links=False, language="en"
    )
    with console.capture() as captured:
        console.print(drawn(tokens, leads.__getitem__))
    assert captured.get().strip() == "a b (kb help b), c, d (https://e.com) e"


@pytest.mark.parametrize(
    ("text", "tag", "expected"),
    [("6", "sup", "⁶"), ("(n+1)", "sup", "⁽ⁿ⁺¹⁾"), ("st", "sup", "st"), ("2", "sub", "₂"), ("n", "sub", "n"), ("2", "kbd", "2"), ("", "sup", "")],
)  # fmt: skip
def test_digits_are_raised_where_all_of_a_text_can_be(text: str, tag: str, expected: str) -> None:
    assert raised(text, tag) == expected
