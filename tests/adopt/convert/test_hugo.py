"""Hugo's shortcodes are our Markdown afterwards."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.adopt.convert.converting import convert

from cannery.adopt.convert.hugo import HUGO
from cannery.adopt.tree import read_tree


@pytest.mark.parametrize(
    ("hugo", "markdown"),
    [
        ('{{% alert title="T" color="warning" %}}\na\n{{% /alert %}}\n', "> [!WARNING]\n> **T**\n>\n> a\n"),
        ("{{< hint danger >}}\na\n{{< /hint >}}\n", "> [!CAUTION]\n> a\n"),
        ("{{% notice tip %}}\na\n{{% /notice %}}\n", "> [!TIP]\n> a\n"),
        ("{{< note >}}\na\n{{< /note >}}\n", "> [!NOTE]\n> a\n"),
        ('{{< details "T" >}}\na\n{{< /details >}}\n', "<details>\n<summary>T</summary>\n\na\n\n</details>\n"),
        ('{{< highlight go "linenos=table" >}}\na <b>\n{{< /highlight >}}\n', "```go\na <b>\n```\n"),
        ('{{< figure src="a.png" alt="A" caption="C" >}}\n', "![A](a.png)\n*C*\n"),
        ('{{< figure src="a.png" caption="C" >}}\n', "![C](a.png)\n*C*\n"),
        ('a {{</* ref "x" */>}} b', 'a `{{< ref "x" >}}` b'),
        ('```\n{{</* ref "x" */>}}\n```', '```\n{{< ref "x" >}}\n```'),
        ('{{< button href="https://a.test" >}}go{{< /button >}}\n', "[go](https://a.test)\n"),
        ("{{% comment %}}\na -- b\n{{% /comment %}}\n", "<!-- a - - b -->\n"),
        ('{{< glossary_tooltip text="pod" term_id="p" >}}', "pod"),
        ('## {{% heading "whatsnext" %}}', "## What's next"),
        ("v{{< param version >}}", "v1.2"),
        ("```\n{{% param version %}}\n```", "```\n1.2\n```"),
        ("<code>a</code> <details>\n", "`a` "),
    ],
)  # fmt: skip
def test_a_shortcode(hugo: str, markdown: str) -> None:
    made = convert(hugo, HUGO, variables={"version": "1.2"})
    assert made.text.strip("\n") == markdown.strip("\n")


def test_tabs_are_tabs() -> None:
    hugo = '{{< tabpane text=true >}}\n{{% tab header="A" %}}\n- a\n{{% /tab %}}\n{{< tab header="B" lang="go" >}}\nx := 1\n{{< /tab >}}\n{{< /tabpane >}}\n'
    wanted = '=== "A"\n\n    - a\n\n=== "B"\n\n    ```go\n    x := 1\n    ```\n'
    assert convert(hugo, HUGO).text == wanted


def test_tabs_may_be_named_by_what_is_around_them() -> None:
    hugo = '{{< tabs items="A,B" >}}\n{{< tab >}}\na\n{{< /tab >}}\n{{< tab >}}\nb\n{{< /tab >}}\n{{< /tabs >}}\n'
    assert convert(hugo, HUGO).text == '=== "A"\n\n    a\n\n=== "B"\n\n    b\n'


def test_tags_that_share_a_line_in_a_list_are_its_blocks() -> None:
    hugo = "1. a\n\n    {{< tabpane text=true >}} {{% tab A %}}\n\n```sh\nb\n```\n\n    {{% /tab %}} {{< /tabpane >}}\n\nc\n"
    wanted = '1. a\n\n    === "A"\n\n        ```sh\n        b\n        ```\n\nc\n'
    assert convert(hugo, HUGO) == (wanted, [])


def test_a_shortcode_that_is_not_known_leaves_its_text_and_is_told() -> None:
    made = convert("a\n\n{{< odd x=1 >}}\nb *c*\n{{< /odd >}}\n\n{{< gone >}}\n\nd\n", HUGO)
    assert made.text == "a\n\nb *c*\n\nd\n"
    assert made.losses == [(3, "{{< odd x=1 >}}"), (7, "{{< gone >}}")]


def test_a_shortcode_in_code_stays_and_is_told() -> None:
    made = convert("```\n{{< odd >}}\n```\n", HUGO)
    assert made == ("```\n{{< odd >}}\n```\n", [(2, "{{< odd >}}")])


def test_a_shortcode_that_is_shown_is_no_loss() -> None:
    assert convert("```\n{{</* odd */>}}\n```\n", HUGO) == ("```\n{{< odd >}}\n```\n", [])


def test_a_reference_to_nothing_is_told() -> None:
    made = convert('[a]({{< ref "none.md" >}})', HUGO)
    assert made == ("[a](none.md)", [(1, '{{< ref "none.md" >}}')])


def test_an_included_file_is_part_of_the_page(tmp_path: Path) -> None:
    (tmp_path / "content/en/_includes").mkdir(parents=True)
    (tmp_path / "content/en/_includes/a.md").write_text("{{% notice tip %}}\nx\n{{% /notice %}}\n")
    made = convert(
        'a\n\n{{% include "a.md" %}}\n', HUGO, tree=read_tree(tmp_path), path="content/en/b.md"
    )
    assert made == ("a\n\n> [!TIP]\n> x\n", [])


def test_files_that_include_each_other_end(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text('a\n\n{{% include "a.md" %}}\n')
    made = convert('{{% include "a.md" %}}\n', HUGO, tree=read_tree(tmp_path), path="b.md")
    assert made.text.count("a\n") < 10
    assert made.losses[-1] == (3, '{{% include "a.md" %}}')
