"""MediaWiki's text is our Markdown afterwards."""

from __future__ import annotations

from pathlib import Path

import pytest

from cannery.adopt.convert.mediawiki import convert_mediawiki
from cannery.adopt.convert.notes import Notes
from cannery.adopt.kind import SourcePage
from cannery.adopt.tree import SourceTree, read_tree

_WAYS = {"Other page": "Other-page.md", "Help:Install": "Help/Install.md"}


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> SourceTree:
    root = tmp_path_factory.mktemp("wiki")
    (root / "Pic_of_it.png").write_bytes(b"")
    return read_tree(root)


def _convert(text: str, source: SourceTree) -> tuple[str, list[tuple[int, str]]]:
    page = SourcePage("Page.md", text, source)
    notes = Notes(page, resolve=lambda _, written: _WAYS.get(written, written))
    return convert_mediawiki(text, notes), [(loss.line, loss.what) for loss in notes.losses]


@pytest.mark.parametrize(
    ("wikitext", "markdown"),
    [
        ("== A ==\n=== B ''c'' ===", "## A\n\n### B *c*"),
        ("'''b''' ''i'' '''''both''''' it''s", "**b** *i* ***both*** it''s"),
        ("[[Other page]] [[Help:Install#Get started|x]] [[#A b|y]]", "[Other page](Other-page.md) [x](Help/Install.md#get-started) [y](#a-b)"),
        ("[https://a.test/x label ''i''] https://b.test/a_b.", "[label *i*](https://a.test/x) <https://b.test/a_b>."),
        ("* a\n* b\n** c\n# d\n#: more\n# e", "- a\n- b\n  - c\n1. d\n\n   more\n2. e"),
        ("; T : meaning\n: in", "**T**\n\nmeaning\n\nin"),
        ('{| class=x\n|+ Cap\n! A !! B\n|-\n| 1 || [[Other page|x]]\n|-\n| style="y" | 2\n| 3\n|}', "**Cap**\n\n| A | B |\n| --- | --- |\n| 1 | [x](Other-page.md) |\n| 2 | 3 |"),
        ("{|\n|-\n! A\n| 1\n|}", "|  |  |\n| --- | --- |\n| **A** | 1 |"),
        ("<pre>\na ''x''\n</pre>", "```\na ''x''\n```"),
        ('<syntaxhighlight lang="py">\na = {{b}}\n</syntaxhighlight>', "```py\na = {{b}}\n```"),
        ("* a <source lang=sh>\nls\n</source>\n* b", "- a\n\n  ```sh\n  ls\n  ```\n\n- b"),
        (" code line\n more", "```\ncode line\nmore\n```"),
        ("<code>a_b</code> <nowiki>'''no'''</nowiki>", "`a_b` '''no'''"),
        ("[[File:Pic of it.png|thumb|200px|A ''cap'']]\ntext", "![A cap](Pic_of_it.png)\n*A *cap**\n\ntext"),
        ("[[File:pic of it.png|alt=Alt]]", "![Alt](Pic_of_it.png)"),
        ("A.<ref name=\"a\">Note ''b''</ref> B.<ref name=\"a\" />\n<references />", "A.[^1] B.[^1]\n\n[^1]: Note *b*"),
        ("{{Warning|Be ''careful'' with {{code|rm}}}}", "> [!WARNING]\n> Be *careful* with `rm`"),
        ("a {{!}} b <!-- c --> d", "a | b  d"),
        ("5 * 3 <unknown> _a_", "5 \\* 3 \\<unknown> \\_a\\_"),
        ("a<br />b <sub>c</sub> <b>d</b>", "a<br>b <sub>c</sub> **d**"),
        ("[[:Category:Tools]] [[Category:Tools]]", "Tools"),
        ("<translate><!--T:1--> a</translate>", "a"),
        ("----", "---"),
    ],
)  # fmt: skip
def test_a_construct(wikitext: str, markdown: str, source: SourceTree) -> None:
    text, losses = _convert(wikitext, source)
    assert (text.strip(), losses) == (markdown, [])


@pytest.mark.parametrize(
    ("wikitext", "markdown", "lost"),
    [
        ("[[Missing|T]]", "T", (2, "[[Missing]]")),
        ("[[de:Seite]] a", "a", (2, "[[de:Seite]]")),
        ("[[File:None.png|thumb|T]]", "T", (2, "[[File:None.png]]")),
        ("{{Odd|a|b}}", "a b", (2, "{{Odd|a|b}}")),
        ("{{Infobox|name=X\n|kind=}}", "- **name**: X", (2, "{{Infobox|name=X |kind=}}")),
        ("{{#if: a | b}}c", "c", (2, "{{#if: a | b}}")),
        ("<math>x^2</math>", "`x^2`", (2, "<math>x^2")),
        ("__NOTOC__ a", "a", (2, "__NOTOC__")),
        ('{|\n| colspan="2" | a\n|}', "|  |\n| --- |\n| a |", (3, 'colspan="2" |')),
        ("<span>a</span>", "a", (0, "<span>")),
        (
            "[[File:../../etc/passwd.png]]",
            "../../etc/passwd.png",
            (2, "[[File:../../etc/passwd.png]]"),
        ),
    ],
)
def test_what_has_no_equal_is_told(
    wikitext: str, markdown: str, lost: tuple[int, str], source: SourceTree
) -> None:
    text, losses = _convert(f"\n{wikitext}", source)
    assert (text.strip(), losses) == (markdown, [lost])


def test_templates_that_nothing_closes_stay() -> None:
    text = "{{a|" * 200 + "b" + "[[" * 100
    tree = SourceTree(Path("/nowhere"), ())
    assert "b" in _convert(text, tree)[0]
