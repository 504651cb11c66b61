"""HTML within Markdown is Markdown afterwards, as far as there is such."""

from __future__ import annotations

import pytest
from tests.adopt.convert.converting import convert

from cannery.adopt.convert.mkdocs import MKDOCS


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("a <b>b</b> <i>c</i> <del>d</del>", "a **b** *c* ~~d~~"),
        ("a<b> b </b>c", "a **b** c"),
        ("<code>a &lt; b</code>", "`a < b`"),
        ("Press <kbd>F5</kbd>, H<sub>2</sub>O<br/>x", "Press <kbd>F5</kbd>, H<sub>2</sub>O<br>x"),
        ('<a href="x.md" title="T">t</a>', '[t](x.md "T")'),
        ('<img src="a b.png" alt="A">', "![A](<a b.png>)"),
        ('<a id="here"></a>', '<a id="here"></a>'),
        ('<div align="center">\n\n# T\n\n</div>\n', "# T\n"),
        ('<h2 id="x">Head</h2>\n', "## Head {#x}\n"),
        ("<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n", "- a\n- b\n"),
        ("<ul><li>a</li><li>b</li></ul>\n", "- a\n- b\n"),
        ('<ol start="3">\n  <li>a</li>\n  <li>b</li>\n</ol>\n', "3. a\n4. b\n"),
        ("<blockquote>\na\n</blockquote>\n", "> a\n"),
        ('<pre><code class="language-js">a &lt; b\n</code></pre>\n', "```js\na < b\n```\n"),
        ("<dl><dt>a</dt><dd>b</dd></dl>\n", "**a**\n\nb\n"),
        ("<hr>\n", "---\n"),
        ("a</br>b", "a<br>b"),
        ('<span id="x"></span>', '<a id="x"></a>'),
        ("`<b>x</b>`", "`<b>x</b>`"),
        ("<name> and <your-id>", "<name> and <your-id>"),
        (r"\<b>x", r"\<b>x"),
        ("<small>* a</small>", r"\* a"),
    ],
)  # fmt: skip
def test_an_element(html: str, markdown: str) -> None:
    assert convert(html, MKDOCS).text == markdown


def test_a_table_has_its_rows() -> None:
    html = "<table>\n<tr><th>A</th><th>B</th></tr>\n<tr><td>1 | 2</td>\n<td><p>x</p><p>y</p></td></tr>\n</table>\n"
    assert convert(html, MKDOCS).text == "| A | B |\n| --- | --- |\n| 1 \\| 2 | x<br>y |\n"


def test_details_have_a_summary_on_a_line_of_its_own() -> None:
    made = convert("<details open><summary>S</summary>\n<p>text</p>\n</details>\n", MKDOCS)
    assert made.text == "<details open>\n<summary>S</summary>\n\ntext\n\n</details>\n"


@pytest.mark.parametrize(
    ("html", "markdown", "lost"),
    [
        ("<script>a</script>\n\nb", "b", "<script>"),
        ('<a href="javascript:x()">t</a>', "t", '<a href="javascript:x()">'),
        ('<img src="javascript:x()" alt="A">', "A", '<img src="javascript:x()" alt="A">'),
        ('<iframe src="https://a.test/v"></iframe>\n', "<https://a.test/v>\n", '<iframe src="https://a.test/v">'),
        ("<u>t</u>", "t", "<u>"),
        ("a</div> b", "a b", "</div>"),
    ],
)  # fmt: skip
def test_what_has_no_equal_is_told(html: str, markdown: str, lost: str) -> None:
    made = convert(html, MKDOCS)
    assert made.text == markdown
    assert [(line, what[: len(lost)]) for line, what in made.losses] == [(1, lost)]


def test_elements_that_are_nested_too_deep_leave_their_text() -> None:
    assert convert("<div>" * 500 + "text" + "</div>" * 500, MKDOCS).text.strip() == "text"
