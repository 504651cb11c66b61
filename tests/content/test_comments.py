"""What authors write for each other is gone, and code that shows it stays."""

from __future__ import annotations

import sys
from collections.abc import Callable
from itertools import pairwise

import pytest

from cannery.content.comments import strip_comments, strip_line

# "hush" must go, and all that is "shown" must stay.
CASES = [
    "a <!-- hush\nhush --> shown\n\n`<!-- shown -->`\n\n```\n<!-- shown -->\n```\n\n<!-- hush",
    "```html\n<!-- shown and no end\n```\ntext <!-- hush -->\n",
    "`<!--` shown begins one <!-- hush -->",
    "``<!-- shown ` -->`` <!-- hush -->",
    "` shown <!-- hush --> shown",
    "<!--\n```\n-->\nshown\n<!-- hush -->\n",
    "text <!-- a\n\n```\n-->\n\nshown\n<!-- hush -->\n",
    "> ```\n> shown\n\ntext <!-- hush -->",
    "> ```\n> <!-- shown -->\n> ```\n\n> <!-- hush -->",
    "- a\n\n    <!-- hush -->\n\nb\n\n    <!-- shown -->\n",
    "- a\n\n  ```\n  <!-- shown -->\n  ```\n",
    "<!-- hush --><!-- hush -->shown<!-- hush -->",
    "[//]: # (hush)\n[comment]: <> (hush)\n[//]: # \"hush\"\n[//]: # 'hush'\n\nshown",
    "[x]: https://hush.example 'hush'\n[y]: https://shown.example \"shown\"\n\nsee [y]\n",
    "text\n[//]: # (hush)\nshown",
    '[//]: #\n  (hush)\n\n[//]:\n  # "hush"\n\n[//]:\n#\n(hush)\n',
    "> [//]: # (hush)\n> shown\n\n- [//]: # (hush)\n- b\n\n1. x\n\n   [//]: # (hush)\n",
    '[//]: # "hush\nhush more"\n\nshown',
    "Leave a [comment] shown\n\n[comment]: # (hush)\n",
    '[a](# "shown") [](# "hush") [](<> \'hush\') [](#shown) `[](# "shown")`',
    '```\n[//]: # (shown)\n[](# "shown")\n```\n\n    [//]: # (shown)\n',
    '[a][b]\n\n[b]: c.md "shown"\n[b]: d.md "hush"\n',
    "a\r\n<!-- hush -->\r\nshown\r\n[//]: # (hush)\r\n",
    "[//]: # (hush (and hush) hush)\n",
    "`[z]` is code\n\n[z]: # (hush)",
    "[foo\nbar]: # (hush)\n",
    "[^1]: hush\n\nshown",
    "[Foo  Bar]: /shown 'shown'\n\n[foo bar]",
    "![a][pic]\n\n[pic]: shown.png 'shown'\n[b]: hush.png\n",
    "[]: # (hush)\n",
    "x\n\n[a]: <b hush> 'hush'\n",
    "!!! note\n    [//]: # (hush)\n\n    shown <!-- hush -->\n\n    <!-- hush -->\n",
    "??? tip\n\n    shown\n\n    [//]: # (hush)\n\n    !!! note\n\n        <!-- hush -->\n",
    '=== "A shown"\n\n    [//]: # (hush)\n\n        <!-- shown -->\n',
    "!!! note\n\n    ```\n    <!-- shown -->\n    [//]: # (shown)\n    ```\n",
    "!!! note\n\n\tshown\n\n\t<!-- hush -->\n\n\t[//]: # (hush)\n",
    "a[^n]\n\n[^n]: it is shown\n\n    [//]: # (hush)\n\n    <!-- hush -->\n\n        <!-- shown -->\n",
    "a[^n]\n\n[^n]:\n    it is shown\n\n    <!-- hush -->\n\nb\n\n    <!-- shown -->\n",
    "a[^n]\n\n[^n]: it is\n\n\t<!-- hush -->\n\n\t[x]: # 'hush'\n",
    "shown\n:   shown\n\n    [//]: # (shown)\n\n    <!-- shown -->\n\n:   shown\n\n\t<!-- shown -->\n",
    "shown\n\n:   [//]: # (shown)\n\n    shown\n",
    "a\n:   b\n\nc\n\n    : <!-- shown -->\n\n        : <!-- shown -->\n",
    "a[^n]\n\n[^n]: it is\n\n    ```\n    <!-- shown -->\n    ```\n",
]


@pytest.mark.parametrize("text", CASES)
def test_what_is_for_authors_goes_and_what_is_shown_stays(text: str) -> None:
    bare = strip_comments(text)
    assert "hush" not in bare
    assert bare.count("shown") == text.count("shown")
    assert bare.count("\n") == text.count("\n"), "each line is where it was"
    assert strip_comments(bare) == bare


def test_mdx_has_comments_of_its_own() -> None:
    text = "a {/* hush */} b `{/* shown */}`\n\n{/*\nhush\n*/}\n\n<!-- hush -->"
    assert "hush" not in strip_comments(text, mdx=True)
    assert strip_comments(text, mdx=True).count("shown") == 1
    assert "{/* hush */}" in strip_comments(text)


def test_a_title_has_no_comments() -> None:
    assert strip_line("Open <!-- hush --> it<!-- hush") == "Open  it"
    assert strip_line("a --> b") == "a --> b"


def _steps(text: str) -> int:
    """The lines of Python that it takes."""
    counted = [0]

    def trace(_frame: object, event: str, _argument: object) -> object:
        counted[0] += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)  # type: ignore[arg-type]
    try:
        strip_comments(text)
    finally:
        sys.settrace(before)
    return counted[0]


@pytest.mark.parametrize(
    "pumped",
    [
        lambda n: "`<!--`" * n,
        lambda n: "<!-- x -->" * n,
        lambda n: "<!--" * n,
        lambda n: "`" * n + "<!-- x",
        lambda n: '[](# "x")`' * n,
        lambda n: "[a]: #\n" * n,
        lambda n: "[\n" * n + "]:",
        lambda n: "<!-- ``` -->\n" * n,
        lambda n: "[//]: # (" * n,
    ],
)
def test_twice_the_text_takes_twice_the_steps(pumped: Callable[[int], str]) -> None:
    steps = [_steps(pumped(200 << doubling)) for doubling in range(5)]
    assert all(two <= 2.3 * one + 200 for one, two in pairwise(steps)), steps
