from __future__ import annotations

import pytest

from cannery.content.unsupported import unsupported

SHOWN = [
    ('a\n\nb {{< note "x" >}}', "the shortcode {{< note", 3),
    ("{{% /tip %}}", "the shortcode {{% /tip", 1),
    (":::tip\ntext\n:::", "the container :::tip", 1),
    ("a\n\n::: {.note}\nx\n:::", "the container ::: {.note", 3),
    ('[a](https://e.test){: target="_blank"}', 'the attribute list {: target="_blank"}', 1),
    ("[a](https://e.test){target=_blank}", "the attribute list {target=_blank}", 1),
    ("![a](b.png){ width=20 }", "the attribute list { width=20 }", 1),
    ("[a](b.md){ .md-button }", "the attribute list { .md-button }", 1),
    ("x\na {#place}", "the attribute list {#place}", 2),
]


@pytest.mark.parametrize(("text", "what", "line"), SHOWN)
def test_syntax_of_other_engines_is_named_with_its_line(text: str, what: str, line: int) -> None:
    found = next(unsupported(text))
    assert (found.what, found.line, found.is_active) == (what, line, False)


@pytest.mark.parametrize(
    "text",
    [
        "## A {#place}", "`{{< x >}}` and `{: y }`", "```\n:::tip\n{{< x >}}\n```", "a {b} {c=d} ::: e", "{{ name }} {% if a %}b{% endif %}",
        "{ a: 1 }", "x = {.5, .7}", "a: {:?}", "> [!NOTE]\n> a", "!!! note\n    a", '=== "A"\n    a', "a[^1]\n\n[^1]: b",
    ],
)  # fmt: skip
def test_what_is_shown_on_purpose_is_not(text: str) -> None:
    assert [*unsupported(text)] == []
