from __future__ import annotations

import pytest

from cannery.content.unsupported import lost_footnotes, unsupported

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
    ("a\n\nb[^1]", "the footnote without a text, [^1]", 3),
    ("!!! note\n  a", "the box without a text below it, !!! note", 1),
    ("> [!INFO]\n> a", "the alert [!INFO]", 1),
    ("> [!NOTE] Read\n> a", "the alert [!NOTE]", 1),
    ("[TOC]\n\na", "the table of contents [TOC]", 1),
    ("[[_TOC_]]", "the table of contents [[_TOC_]]", 1),
    ("Press ++ctrl+alt+del++.", "the keys ++ctrl+alt+del++", 1),
    ("a ==b c== d", "the highlight ==b c==", 1),
    (":material-account: a", "the icon :material-account:", 1),
    ('--8<-- "a.md"', 'the snippet --8<-- "a.md"', 1),
]


@pytest.mark.parametrize(("text", "what", "line"), SHOWN)
def test_syntax_of_other_engines_is_named_with_its_line(text: str, what: str, line: int) -> None:
    found = next(unsupported(text))
    assert (found.what, found.line, found.is_active) == (what, line, False)


@pytest.mark.parametrize(
    "text",
    [
        "## A {#place}", "`{{< x >}}` and `{: y }`", "```\n:::tip\n{{< x >}}\n```", "a {b} {c=d} ::: e", "{{ name }} {% if a %}b{% endif %}",
        "{ a: 1 }", "x = {.5, .7}", "a: {:?}", "a[^1]\n\n[^1]: b", "`[^1]` \\[^1] [^a-z]", '!!! note "A"', "Wow!!! note", "C++ and D++", "a == b == c", "a++", "=== a", "[!] a",
        "===\na", "`==a==` :smile: 10:30", "```\n!!! note\n[TOC]\n```", "> [!NOTE]\n> a", "!!! note\n    a", '=== "A"\n    a',
    ],
)  # fmt: skip
def test_what_is_shown_on_purpose_is_not(text: str) -> None:
    assert [*unsupported(text)] == []


@pytest.mark.parametrize(
    ("text", "lost"),
    [
        ("a[^1]\n\n[^1]: b", []),
        ("a\n\n[^1]: b\n\n> [^two]: c", [(3, "1"), (5, "two")]),
        ("| a[^1] |\n|---|\n\n**b[^2]** ![c[^3]](d)\n\n[^1]: d\n[^2]: e\n[^3]: f", []),
        ("`[^1]`\n\n[^1]: b", [(3, "1")]),
        ("```\n[^1]: b\n```", []),
    ],
)
def test_a_footnote_that_nothing_refers_to_is_lost(text: str, lost: list[tuple[int, str]]) -> None:
    assert [*lost_footnotes(text)] == lost
