"""Notes of Obsidian are our Markdown afterwards."""

from __future__ import annotations

import pytest
from tests.adopt.convert.converting import convert

from cannery.adopt.convert.obsidian import OBSIDIAN
from cannery.adopt.tree import SourceTree, read_tree


@pytest.fixture(scope="module")
def vault(tmp_path_factory: pytest.TempPathFactory) -> SourceTree:
    root = tmp_path_factory.mktemp("vault")
    (root / "sub").mkdir()
    (root / "sub/Other note.md").write_text(
        "---\na: b\n---\n# Other\n\n![[pic.png]]\n\n## Some head\n\nyes\n\n## Last\n\nno\n"
    )
    (root / "sub/pic.png").write_bytes(b"")
    (root / "sub/a.pdf").write_bytes(b"")
    return read_tree(root)


@pytest.mark.parametrize(
    ("note", "markdown"),
    [
        ("[[Other note]]", "[Other note](sub/Other%20note.md)"),
        ("[[other NOTE|that]]", "[that](sub/Other%20note.md)"),
        ("[[sub/Other note#Some Head|x]]", "[x](sub/Other%20note.md#some-head)"),
        ("[[#Local head]]", "[Local head](#local-head)"),
        ("a ![[pic.png|300]]", "a ![](sub/pic.png)"),
        ("![[pic.png|A picture]]\n", "![A picture](sub/pic.png)\n"),
        ("![[Other note#Some head]]\n", "## Some head\n\nyes\n"),
        ("==marked== a == b", "**marked** a == b"),
        ("a %%hidden%% b", "a <!--hidden--> b"),
        ("> [!tip] T\n> a\n", "> [!TIP]\n> **T**\n>\n> a\n"),
        ("> [!note]\n> a\n", "> [!note]\n> a\n"),
        ("> [!faq]- Q?\n> a\n", "<details>\n<summary>Q?</summary>\n\na\n\n</details>\n"),
        ("> [!bug]+\n> a\n", "<details open>\n<summary>Bug</summary>\n\na\n\n</details>\n"),
        ("> [!info] T\n> a\n> > [!danger] D\n> > b\n", "> [!NOTE]\n> **T**\n>\n> a\n>\n> > [!CAUTION]\n> > **D**\n> >\n> > b\n"),
        ("> [!tip] T\n> ```\n> [[x]]\n> ```\n", "> [!TIP]\n> **T**\n>\n> ```\n> [[x]]\n> ```\n"),
        ("- a\n  > [!tip] T\n  > b\n", "- a\n\n  > [!TIP]\n  > **T**\n  >\n  > b\n"),
        ("`[[a]]` #tag", "`[[a]]` #tag"),
    ],
)  # fmt: skip
def test_a_construct(note: str, markdown: str, vault: SourceTree) -> None:
    assert convert(note, OBSIDIAN, tree=vault, path="Note.md") == (markdown, [])


def test_an_embedded_note_has_its_own_links_as_the_page_names_them(vault: SourceTree) -> None:
    made = convert("![[Other note]]\n", OBSIDIAN, tree=vault, path="Note.md")
    assert made.text.startswith("# Other\n\n![](sub/pic.png)\n")


@pytest.mark.parametrize(
    ("note", "markdown", "lost"),
    [
        ("[[Missing|text]]", "text", "[[Missing|text]]"),
        ("![[missing.png]]\n", "`missing.png`\n", "![[missing.png]]"),
        ("![[a.pdf]]\n", "[a.pdf](sub/a.pdf)\n", "![[a.pdf]]"),
        ("text ^block\n", "text \n", "^block"),
    ],
)
def test_what_has_no_equal_is_told(note: str, markdown: str, lost: str, vault: SourceTree) -> None:
    assert convert(note, OBSIDIAN, tree=vault, path="Note.md") == (markdown, [(1, lost)])


def test_boxes_within_boxes_end_somewhere() -> None:
    deep = "\n".join(f"{'> ' * level}[!tip] T" for level in range(1, 60))
    assert any(
        what.startswith("> > ") or "[!tip]" in what for _, what in convert(deep, OBSIDIAN).losses
    )
