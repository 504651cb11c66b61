"""DokuWiki's text is our Markdown afterwards."""

from __future__ import annotations

import pytest

from cannery.adopt.convert.dokuwiki import convert_dokuwiki
from cannery.adopt.convert.notes import Notes
from cannery.adopt.kind import SourcePage
from cannery.adopt.tree import SourceTree, read_tree


@pytest.fixture(scope="module")
def wiki(tmp_path_factory: pytest.TempPathFactory) -> SourceTree:
    root = tmp_path_factory.mktemp("wiki")
    for name in (
        "pages/start.txt",
        "pages/net/proxy.txt",
        "pages/net/har.txt",
        "media/net/pic.png",
    ):
        (root / "data" / name).parent.mkdir(parents=True, exist_ok=True)
        (root / "data" / name).write_text("")
    return read_tree(root)


def _convert(text: str, wiki: SourceTree) -> tuple[str, list[tuple[int, str]]]:
    notes = Notes(SourcePage("data/pages/net/proxy.txt", text, wiki))
    return convert_dokuwiki(text, notes), [(loss.line, loss.what) for loss in notes.losses]


@pytest.mark.parametrize(
    ("wikitext", "markdown"),
    [
        ("====== A ======\n===== B =====\n== C ==", "# A\n\n## B\n\n##### C"),
        ("**b** //i// __u__ ''m <x>'' <sub>s</sub> <del>d</del>", "**b** *i* u `m <x>` <sub>s</sub> ~~d~~"),
        ("5 * 3, a_b, _c_, # d", "5 \\* 3, a_b, \\_c\\_, # d"),
        ("# no heading\n1. no list", "\\# no heading\n1\\. no list"),
        ("https://a.test/b__c__ and//no", "<https://a.test/b__c__> and//no"),
        ("a \\\\ b", "a <br> b"),
        ("  * a\n  * b\n    - c\n  - d", "- a\n- b\n  1. c\n1. d"),
        ("  * a <code sh>ls</code>\n  * b", "- a\n\n  ```sh\n  ls\n  ```\n- b"),
        ("^ A ^ B ^\n| 1 | x%%|%%y |", "| A | B |\n| --- | --- |\n| 1 | x\\|y |"),
        ("| 1 | 2 |", "|  |  |\n| --- | --- |\n| 1 | 2 |"),
        ("^ A | 1 |\n^ B | 2 |", "|  |  |\n| --- | --- |\n| **A** | 1 |\n| **B** | 2 |"),
        ("<code php a.php>\n**x**\n</code>", '```php title="a.php"\n**x**\n```'),
        ("a\n\n  code **x**\n  more", "a\n\n```\ncode **x**\nmore\n```"),
        ("<note warning>**a**\n  * b\n</note>", "> [!WARNING]\n> **a**\n>\n> - b"),
        ("> a\n>> b", "> a\n> > b"),
        ("a ((b **c**)) d", "a [^1] d\n\n[^1]: b **c**"),
        ("<nowiki>**a**</nowiki> %%//b//%%", "\\*\\*a\\*\\* //b//"),
        ("[[start|Home]] [[har]] [[:net:har#some_place]]", "[Home](../start.txt) [har](har.txt) [har](har.txt#some-place)"),
        ("[[https://a.test|A]] [[a@b.test]]", "[A](https://a.test) [a@b.test](mailto:a@b.test)"),
        ("{{:net:pic.png?200|T}} {{ pic.png }}", "![T](../../media/net/pic.png) ![](../../media/net/pic.png)"),
        ("----", "---"),
    ],
)  # fmt: skip
def test_a_construct(wikitext: str, markdown: str, wiki: SourceTree) -> None:
    assert _convert(wikitext, wiki) == (f"{markdown}\n", [])


@pytest.mark.parametrize(
    ("wikitext", "markdown", "lost"),
    [
        ("[[missing:page|T]]", "T\n", "[[missing:page]]"),
        ("[[doku>wiki:syntax|S]]", "S\n", "[[doku>wiki:syntax|S]]"),
        ("{{none.png|T}}", "T\n", "{{none.png|T}}"),
        ("{{page>net:har}} a", "a\n", "{{page>net:har}}"),
        ("<html><b>x</b></html>a", "a\n", "<html><b>x</b>"),
        ("~~NOTOC~~", "\n", "~~NOTOC~~"),
        ("[[javascript:alert(1)|T]]", "T\n", "[[javascript:alert(1)|T]]"),
        ("{{../../../../etc/passwd}}", "../../../../etc/passwd\n", "{{../../../../etc/passwd}}"),
    ],
)
def test_what_has_no_equal_is_told(
    wikitext: str, markdown: str, lost: str, wiki: SourceTree
) -> None:
    text, losses = _convert(f"\n{wikitext}", wiki)
    assert (text.lstrip(" "), losses) == (markdown, [(2, lost)])
