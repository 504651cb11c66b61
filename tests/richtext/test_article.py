from __future__ import annotations

import pytest

from cannery.render.article_markdown import article_markdown
from cannery.richtext.article import article_nodes


def _markdown(html: str) -> str:
    return article_markdown(article_nodes(html), "en").text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>a <b>b </b>c</p>", "a **b** c\n"),
        ("text <i>alone</i><p>b</p>", "text *alone*\n\nb\n"),
        ("<div><div>a</div><div>b</div></div>", "a\n\nb\n"),
        ("<p>a&nbsp;b</p><p>&nbsp;</p>", "a\u00a0b\n\n\u00a0\n"),
        ('<h2 id="h_01HABCDEFGHJKMNPQRSTVWXYZ2">A</h2>', "## A\n"),
        (
            (
                '<h2 id="h_01HABCDEFGHJKMNPQRSTVWXYZ2">A</h2>'
                '<p><a href="#h_01HABCDEFGHJKMNPQRSTVWXYZ2">up</a></p>'
            ),
            "## A {#h_01HABCDEFGHJKMNPQRSTVWXYZ2}\n\n[up](#h_01HABCDEFGHJKMNPQRSTVWXYZ2)\n",
        ),
        ('<h3 id="a">A</h3>', "### A\n"),
        ("<ol start='4'><li>a<ul><li>b</li></ul></li></ol>", "4. a\n   - b\n"),
        ("<ul><li><p>a</p></li><li>b</li></ul>", "- a\n\n- b\n"),
        ("<ul><li>\u2610 a</li></ul>", "- [ ] a\n"),
        ('<pre><code class="language-sh">a\n b</code></pre>', "```sh\na\n b\n```\n"),
        ("<pre>a<br>```</pre>", "````\na\n```\n````\n"),
        (
            "<table><tr><td><p>a</p><p>b</p></td><td>c|d</td></tr><tr><td>e</td></tr></table>",
            "| a<br>b | c\\|d |\n| --- | --- |\n| e |  |\n",
        ),
        ('<p><img src="https://a.example/p.png" alt="P"></p>', "![P](https://a.example/p.png)\n"),
        ('<p><a href="https://a.example/">https://a.example/</a></p>', "<https://a.example/>\n"),
        ('<a href="javascript:x">a</a><script>b</script><style>c</style>', "a\n"),
        ('<p>a<sup><a href="#fn-x">1</a></sup></p>', "a<sup>x</sup>\n"),
        ("<dl><dt>a</dt><dd>b</dd></dl>", "**a**\n\nb\n"),
        ("<p># a</p><p>- b</p><p>1. c</p>", "\\# a\n\n\\- b\n\n1\\. c\n"),
        ("<p>&lt;kbd&gt; *a* &amp;lt; [b](c)</p>", "\\<kbd> \\*a\\* &amp;lt; [b\\](c)\n"),
    ],
)
def test_what_people_write_there_is_markdown_here(html: str, text: str) -> None:
    assert _markdown(html) == text


def test_a_box_whose_title_was_changed_there_keeps_it() -> None:
    html = (
        '<blockquote class="admonition note kb-alert"><p class="admonition-title">'
        "<strong>Mind</strong></p><p>a</p></blockquote>"
    )
    assert _markdown(html) == '!!! note "Mind"\n    a\n'


def test_what_is_nested_without_end_is_its_words() -> None:
    assert _markdown("<div><blockquote>" * 5000 + "a").strip("> \n") == "a"


def test_a_text_that_is_too_large_is_refused() -> None:
    with pytest.raises(ValueError, match="characters of HTML"):
        article_nodes("a" * 2_000_001)


def test_many_notes_take_no_time_that_grows_faster_than_they() -> None:
    notes = "".join(
        f'<li id="fn-{at}">a<sup><a href="#fn-{at + 1}">1</a></sup></li>' for at in range(5000)
    )
    html = f'<p><sup><a href="#fn-0">1</a></sup></p><ol class="footnotes">{notes}</ol>'
    assert article_nodes(html)[-1].children[4999].meta["label"] == "4999"
