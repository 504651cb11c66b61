"""Pages of MkDocs and VitePress are our Markdown afterwards."""

from __future__ import annotations

import pytest
from tests.adopt.convert.converting import convert

from cannery.adopt.convert.mkdocs import MACROS, MKDOCS
from cannery.adopt.convert.vitepress import VITEPRESS
from cannery.adopt.tree import SourceTree, read_tree


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> SourceTree:
    root = tmp_path_factory.mktemp("source")
    (root / "docs/sub").mkdir(parents=True)
    (root / "docs/sub/part.md").write_text("Part, see [a](a.md).\n")
    (root / "docs/sub/a.md").write_text("A\n")
    (root / "docs/code.py").write_text(
        "one\n# --8<-- [start:x]\ntwo\n# --8<-- [end:x]\nthree\n#region r\nfour\n#endregion r\n"
    )
    return read_tree(root)


@pytest.mark.parametrize(
    ("page", "markdown"),
    [
        ('!!! note "T"\n    a\n', '!!! note "T"\n    a\n'),
        ('=== "A"\n\n    a\n', '=== "A"\n\n    a\n'),
        ("## A {#b}", "## A {#b}"),
        ("## A { #b .c }", "## A {#b}"),
        ("++ctrl+alt+del++ and C++ or ++", "<kbd>Ctrl</kbd>+<kbd>Alt</kbd>+<kbd>Del</kbd> and C++ or ++"),
        ("==a== b", "**a** b"),
        ('--8<-- "sub/part.md"\n', "Part, see [a](sub/a.md).\n"),
        ("--8<--\nsub/part.md\n--8<--\n", "Part, see [a](sub/a.md).\n"),
        ('```py\n--8<-- "code.py:x"\n```\n', "```py\ntwo\n```\n"),
        ('- a\n\n    ```py\n    --8<-- "code.py:1:1"\n    ```\n', "- a\n\n    ```py\n    one\n    ```\n"),
        ('<!-- --8<-- "sub/part.md" -->', '<!-- --8<-- "sub/part.md" -->'),
        ("{{ version }}", "{{ version }}"),
    ],
)  # fmt: skip
def test_a_construct_of_mkdocs(page: str, markdown: str, source: SourceTree) -> None:
    assert convert(page, MKDOCS, tree=source) == (markdown, [])


def test_values_of_the_settings_are_filled_in_where_the_plugin_does() -> None:
    made = convert("{{ version }} {{ odd() }}", MACROS, variables={"version": "1.2"})
    assert made == ("1.2 {{ odd() }}", [(1, "{{ odd() }}")])


@pytest.mark.parametrize(
    ("page", "markdown", "lost"),
    [
        ("[TOC]\n\na\n", "a\n", "[TOC]"),
        (":material-check: a", "a", ":material-check:"),
        (
            "-   :material-lock:{ .lg .middle } a\n\n    b\n",
            "-   a\n\n    b\n",
            ":material-lock:{ .lg .middle }",
        ),
        ("[a](b.md){ .md-button }", "[a](b.md)", "{ .md-button }"),
        ("a\n{ .lead }\n\nb\n", "a\n\nb\n", "{ .lead }"),
        ("^^a^^", "a", "^^a^^"),
        ("*[HTML]: Hyper\n", "", "*[HTML]: Hyper"),
        ('--8<-- "../../etc/passwd"\n', "`../../etc/passwd`\n", "../../etc/passwd"),
    ],
)
def test_what_mkdocs_has_and_we_have_not_is_told(page: str, markdown: str, lost: str) -> None:
    made = convert(page, MKDOCS)
    assert (made.text, [what for _, what in made.losses]) == (markdown, [lost])


@pytest.mark.parametrize(
    ("page", "markdown"),
    [
        ("::: tip A title\na\n:::\n", "> [!TIP]\n> **A title**\n>\n> a\n"),
        ("::: details\na\n:::\n", "<details>\n<summary>Details</summary>\n\na\n\n</details>\n"),
        ("::: code-group\n```js [a.js]\nx\n```\n```ts\ny\n```\n:::\n",
         '=== "a.js"\n\n    ```js title="a.js"\n    x\n    ```\n\n=== "ts"\n\n    ```ts\n    y\n    ```\n'),
        ("```js{1,3}\nx\n```", '```js hl_lines="1 3"\nx\n```'),
        ("<<< @/docs/code.py#r{1 py}\n", "```py\nfour\n```\n"),
        ("<<< ./code.py [Code]\n", '```py title="Code"\none\n# --8<-- [start:x]\ntwo\n# --8<-- [end:x]\nthree\n#region r\nfour\n#endregion r\n```\n'),
        ("<!--@include: ./sub/part.md-->\n", "Part, see [a](sub/a.md).\n"),
        ('a <Badge type="tip" text="new" />', "a new"),
        ("```\n{{ a }} [[toc]]\n```", "```\n{{ a }} [[toc]]\n```"),
    ],
)  # fmt: skip
def test_a_construct_of_vitepress(page: str, markdown: str, source: SourceTree) -> None:
    assert convert(page, VITEPRESS, tree=source) == (markdown, [])


def test_what_vue_runs_is_told() -> None:
    made = convert('[[toc]]\n\n{{ a }}\n\n<Odd :b="c">*d*</Odd>\n\n::: odd T\ne\n:::\n', VITEPRESS)
    assert made.text == "{{ a }}\n\n*d*\n\n**T**\n\ne\n"
    assert made.losses == [(1, "[[toc]]"), (3, "{{ a }}"), (5, '<Odd :b="c">'), (7, "::: odd T")]
