from __future__ import annotations

import pytest

from cannery.site.sanitizer import active_tags, safe_id, sanitize, strip_tags

RUNS = (
    "<script>x()</script>", "<svg><script>x()</script></svg>", "<svg onload=x()>", "<svg><animate onbegin=x() attributeName=x>",
    "<img src=x onerror=x()>", '<a title=">" onmouseover="x()">', "<x onclick=x()>", "<input autofocus onfocus=x()>",
    '<a href="java\nscript:x()">', '<a href="&#1;javascript:x()">', '<a href=" data:text/html,x">', "<iframe srcdoc='x'></iframe>",
    "<object data=x></object>", "<embed src=x>", '<meta http-equiv=refresh content="0;url=//e.test">', "<base href=//e.test>",
    "<link rel=stylesheet href=//e.test>", "<form action=/x><button>", "<button formaction=javascript:x()>", "<style>p{}</style>",
    '<p style="background:url(//e.test)">', '<p style="width:expression(x())">', '<math href="javascript:x()">', "<details ontoggle=x() open>",
    '<noscript><p title="</noscript><img src=x onerror=x()>">', '<table><a href="javascript:x()">', '<svg><use href="data:image/svg+xml,x">',
    "<video poster=javascript:x()>", '<div id="a"><script>x()</script>" class="highlight">', "<marquee onstart=x()>",
)  # fmt: skip


@pytest.mark.parametrize("text", RUNS)
def test_what_runs_is_told_and_taken_out(text: str) -> None:
    assert active_tags(text)
    left = sanitize(text).lower()
    for word in (
        "<script",
        " on",
        "javascript",
        "<iframe",
        "<object",
        "<style",
        "style=",
        "<form",
        "data:",
        "<base",
        "<link",
    ):
        assert word not in left.replace("&lt;", ""), left


@pytest.mark.parametrize(
    "text",
    [
        '<h2 id="fn:1" class="a b" lang="ja" title="t">x</h2>',
        '<table><thead><tr><th align="right">x</th></tr></thead><tbody><tr><td colspan="2">x</td></tr></tbody></table>',
        '<a href="../x/?a=1&amp;b=2#c">x</a><a href="#__codelineno-0-1" id="__codelineno-0-1" name="__codelineno-0-1"></a>',
        '<img alt="a" src="x.png" width="1">',
        '<input checked="" id="__tabbed_1_1" name="__tabbed_1" type="radio"><label for="__tabbed_1_1">x</label>',
        '<details class="note" open=""><summary>x</summary><p>y</p></details>',
        '<ol start="3"><li value="4"><p>x</p></li></ol><hr><pre><span></span><code>x\n</code></pre>',
        '<span class="twemoji"><svg viewBox="0 0 24 24"><path d="M0"></path></svg></span>',
        "<p><kbd>a</kbd><sub>b</sub><sup>c</sup><mark>d</mark><del>e</del><ins>f</ins><abbr>g</abbr><br></p>",
        '<a class="md-button md-button--primary" href="mailto:a@e.test" target="_blank" rel="noopener">x</a>',
    ],
)
def test_what_extensions_make_stays_as_it_is(text: str) -> None:
    assert active_tags(text) == ()
    assert sanitize(text) == text


def test_nothing_passes_for_a_part_of_the_theme() -> None:
    text = '<div class="md-overlay kb-search ok" id="__config" data-md-component="x" data-kb-copy="x"><a href="#__config" target="top" name="x">'
    assert sanitize(text) == '<div class="ok" id="config"><a href="#config"></a></div>'


def test_an_anchor_breaks_out_of_no_attribute() -> None:
    assert safe_id('x" onclick="y') == "x-onclick=-y"
    assert safe_id("__drawer") == "drawer"
    assert safe_id("設定-1") == "設定-1"
    assert safe_id("__tabbed_1_1") == "__tabbed_1_1"


def test_a_heading_in_the_contents_has_no_element() -> None:
    assert (
        strip_tags('a <img src=x onerror=x()><b>b</b> &lt;c&gt; &amp; "d"')
        == 'a b &lt;c&gt; &amp; "d"'
    )
