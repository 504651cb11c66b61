"""MDX of Docusaurus and Starlight is our Markdown afterwards."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.adopt.convert.converting import convert

from cannery.adopt.convert.mdx_dialects import MDX
from cannery.adopt.tree import read_tree


@pytest.mark.parametrize(
    ("mdx", "markdown"),
    [
        (":::note\ntext\n:::\n", "> [!NOTE]\n> text\n"),
        (":::warning[Mind *this*]\n\ntext\n\n:::\n", "> [!WARNING]\n> **Mind *this***\n>\n> text\n"),
        (":::danger Old title\ntext\n:::\n", "> [!CAUTION]\n> **Old title**\n>\n> text\n"),
        (':::tip{title="T"}\ntext\n:::\n', "> [!TIP]\n> **T**\n>\n> text\n"),
        ("::::info\n:::tip\na\n:::\n::::\n", "> [!NOTE]\n> > [!TIP]\n> > a\n"),
        ("- a\n\n  :::tip\n  b\n  :::\n", "- a\n\n  > [!TIP]\n  > b\n"),
        ("a {/* b -- c */} d", "a <!-- b - - c --> d"),
        ("## A {/* #id */}", "## A {#id}"),
        ("## A {#id}", "## A {#id}"),
        ("a{' '}b", "a b"),
        ("a <>b</> c", "a b c"),
        ("<Steps>\n1. a\n2. b\n</Steps>\n", "1. a\n2. b\n"),
        ('<Aside type="caution" title="T">a</Aside>\n', "> [!CAUTION]\n> **T**\n>\n> a\n"),
        ('<LinkCard title="T" href="/x/" description="D" />\n', "- [T](/x/): D\n"),
        ('<Link to="./x.md">a</Link>', "[a](./x.md)"),
        ("<img src={require('./x.png').default} alt=\"A\" />", "![A](./x.png)"),
        ("<img src={useBaseUrl('/img/x.png')} />", "![](/img/x.png)"),
        ('```js {1,3-4} title="a.js" showLineNumbers\nx\n```', '```js title="a.js" hl_lines="1 3-4" linenums="1"\nx\n```'),
        ("```js\n:::note\n{x}\n<Foo/>\nimport a from 'b'\n```", "```js\n:::note\n{x}\n<Foo/>\nimport a from 'b'\n```"),
    ],
)  # fmt: skip
def test_a_construct(mdx: str, markdown: str) -> None:
    assert convert(mdx, MDX) == (markdown, [])


def test_tabs_are_tabs_with_their_labels() -> None:
    mdx = """<Tabs values={[{label: 'Mac OS', value: 'mac'}]}>
  <TabItem value="mac">

  ```sh
  brew
  ```

  </TabItem>
  <TabItem value="win" label="Windows">Use choco</TabItem>
</Tabs>
"""
    wanted = '=== "Mac OS"\n\n    ```sh\n    brew\n    ```\n\n=== "Windows"\n\n    Use choco\n'
    assert convert(mdx, MDX).text == wanted


def test_what_runs_is_lost_and_told_by_its_line() -> None:
    mdx = "import A from './a'\nimport B from './b'\n\n# T\n\n<Chart data={[1, 2]}>*text*</Chart>\n\n{props.x}\n\nexport const a = {\n\n  b: 1\n}\n"
    made = convert(mdx, MDX)
    assert made.text == "# T\n\n*text*\n\n{props.x}\n"
    assert made.losses == [
        (1, "import A from './a'"),
        (2, "import B from './b'"),
        (6, "<Chart data={[1, 2]}>"),
        (8, "{props.x}"),
        (10, "export const a = {"),
    ]


def test_prose_that_begins_with_import_stays() -> None:
    text = "import the file first\n\nexport everything\n"
    assert convert(text, MDX) == (text, [])


def test_a_page_that_is_imported_is_part_of_the_page(tmp_path: Path) -> None:
    (tmp_path / "docs/parts").mkdir(parents=True)
    (tmp_path / "docs/parts/_a.mdx").write_text("---\nx: y\n---\n\nSee [b](b.md).\n")
    (tmp_path / "docs/parts/b.md").write_text("B\n")
    mdx = "import A from './parts/_a.mdx'\n\n<A />\n"
    made = convert(mdx, MDX, tree=read_tree(tmp_path), variables={"A": "./parts/_a.mdx"})
    assert made.text == "See [b](parts/b.md).\n"


def test_an_imported_picture_is_named() -> None:
    assert (
        convert('<img src={Logo} alt="L" />', MDX, variables={"Logo": "./logo.png"}).text
        == "![L](./logo.png)"
    )
