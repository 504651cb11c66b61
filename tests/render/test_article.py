from __future__ import annotations

import pytest

from cannery.content.markdown import parse
from cannery.render.article import Addresses, article_html


def _html(text: str, addresses: Addresses | None = None) -> str:
    return article_html(parse(text, language="en"), addresses or Addresses(str, str))


@pytest.mark.parametrize(
    ("text", "html"),
    [
        (
            "# A *b*\n\n# A *b*\n",
            '<h1 id="a-b">A <em>b</em></h1>\n<h1 id="a-b-1">A <em>b</em></h1>',
        ),
        ("## Place {#here}\n", '<h2 id="here">Place</h2>'),
        ("a\nb\\\nc\n", "<p>a b<br>c</p>"),
        ("- a\n- b\n", "<ul><li>a</li><li>b</li></ul>"),
        ("3. a\n\n4. b\n", '<ol start="3"><li><p>a</p></li><li><p>b</p></li></ol>'),
        ("- [x] a\n- [ ] b\n", "<ul><li>\u2611 a</li><li>\u2610 b</li></ul>"),
        ("```sh x=1\na <b>\n```\n", '<pre><code class="language-sh">a &lt;b&gt;\n</code></pre>'),
        (
            "| a |\n| --: |\n| b |\n",
            (
                '<table><thead><tr><th style="text-align: right">a</th></tr></thead>'
                '<tbody><tr><td style="text-align: right">b</td></tr></tbody></table>'
            ),
        ),
        (
            "> [!NOTE]\n> a\n",
            (
                '<blockquote class="admonition note kb-alert">'
                '<p class="admonition-title"><strong>Note</strong></p><p>a</p></blockquote>'
            ),
        ),
        (
            '??? tip "T"\n    a\n',
            (
                '<blockquote class="admonition tip kb-closed">'
                '<p class="admonition-title"><strong>T</strong></p><p>a</p></blockquote>'
            ),
        ),
        (
            "a[^n]\n\n[^n]: b\n",
            (
                '<p>a<sup id="fnref-n"><a href="#fn-n">[1]</a></sup></p>\n<ol class="footnotes">'
                '<li id="fn-n"><p>b <a href="#fnref-n">\u21a9</a></p></li></ol>'
            ),
        ),
        ("~~a~~ <kbd>K</kbd>\n", "<p><del>a</del> <kbd>K</kbd></p>"),
        ("[a](javascript:alert(1))\n", "<p>[a](javascript:alert(1))</p>"),
        ("<script>x</script>\n", "<p>&lt;script&gt;x&lt;/script&gt;</p>"),
    ],
)
def test_an_article_is_html_that_a_help_centre_keeps(text: str, html: str) -> None:
    assert _html(text) == html


def test_addresses_are_those_of_the_help_centre() -> None:
    addresses = Addresses(lambda link: f"/hc/{link}", lambda picture: f"/files/{picture}")
    text = '[a](b.md "T") ![p](p.png)'
    assert _html(text, addresses) == (
        '<p><a href="/hc/b.md" title="T">a</a> <img src="/files/p.png" alt="p"></p>'
    )


def test_what_leads_nowhere_is_its_words() -> None:
    addresses = Addresses(lambda _: "", lambda _: "")
    assert _html("[a **b**](c.md) ![p](p.png)", addresses) == "<p>a <strong>b</strong> p</p>"
