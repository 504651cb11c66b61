"""What Python-Markdown makes of a text, with the extensions that mkdocs.yml has and more."""

from __future__ import annotations

import html
from pathlib import Path

import markdown
import pytest
from playwright.sync_api import Browser

from cannery.errors import ContentError

OURS = [
    "cannery.site.safe_markdown",
    "tables",
    "admonition",
    "pymdownx.superfences",
    "pymdownx.highlight",
    "toc",
]
MORE = [
    *OURS, "attr_list", "footnotes", "def_list", "abbr", "md_in_html", "pymdownx.details", "pymdownx.tabbed", "pymdownx.tasklist",
    "pymdownx.inlinehilite", "pymdownx.keys", "pymdownx.mark", "pymdownx.tilde", "pymdownx.caret", "pymdownx.critic",
    "pymdownx.blocks.html", "pymdownx.blocks.admonition", "pymdownx.blocks.caption", "pymdownx.magiclink",
]  # fmt: skip


def _made(
    text: str, extensions: list[str] = MORE, source: dict[str, str] | None = None
) -> tuple[str, list[dict[str, object]]]:
    known: dict[str, dict[str, object]] = {
        "pymdownx.tabbed": {"alternate_style": True},
        OURS[0]: {**(source or {})},
    }
    configs = {name: options for name, options in known.items() if name in extensions}
    engine = markdown.Markdown(extensions=extensions, extension_configs=configs)
    return engine.convert(text), getattr(engine, "toc_tokens", [])


X = "window.hacked=1"
HOSTILE = (
    f'``` {{.sh #a"><script>{X}</script> }}\na\n```',
    f'``` {{.sh #a"><img/src=x/onerror={X}> }}\na\n```',
    f'``` {{.a"><svg/onload={X}> .b}}\na\n```',
    f'``` {{.sh #a"/onmouseover={X}/x=" }}\na\n```',
    f'``` {{.sh data-x="\\"><img src=x onerror={X}>"}}\na\n```',
    f'~~~{{.sh onclick="{X}"}}\na\n~~~',
    f'``` {{.sh title="<img src=x onerror={X}>" hl_lines="1" linenums="1"}}\na\n```',
    f'```sh title="\\"><script>{X}</script>"\na\n```',
    f'``` {{.sh hl_lines="1\\"><script>{X}</script>"}}\na\n```',
    f'``` {{.sh linenums="1\\"><script>{X}</script>"}}\na\n```',
    f"```<script>{X}</script>\na\n```",
    f'`#!sh"><script>{X}</script> a`',
    f'## A {{#x" onclick="{X}"}}',
    f'## A {{: #x"><script>{X}</script> }}',
    f'## A {{: data-toc-label="<img src=x onerror={X}>"}}',
    f"## <img src=x onerror={X}>",
    f'## A {{: style="background:url(x)" onmouseover="{X}"}}',
    f'[a](x "t\\"><script>{X}</script>")',
    f'![a"><script>{X}</script>](x.png "b\\" onload={X} c=\\"")',
    f'[a](x){{: onclick="{X}" }}',
    f'[a](x){{: href="javascript:{X}" }}',
    f'[a](x"onmouseover="{X})',
    f"[a](javascript:{X})",
    f"[a](java&#10;script:{X})",
    f"[a](&#x6a;avascript&colon;{X})",
    f"[a](\x01javascript:{X})",
    f"[a](<java\tscript:{X}>)",
    f"[a]( JaVaScRiPt:{X} 't')",
    f"[a]\n\n[a]: javascript:{X} 't'",
    f'[a]\n\n[a]: x "t\\" onclick=\\"{X}"',
    f"<javascript:{X}>",
    f'<a@e.test?x="onclick={X}>',
    f"![a](data:image/svg+xml,<svg/onload={X}>)",
    f"[a](data:text/html,<script>{X}</script>)",
    f'!!! note "<img src=x onerror={X}>"\n    a',
    f'!!! note" onclick="{X}\n    a',
    f'??? note "<script>{X}</script>"\n    a',
    f'=== "<img src=x onerror={X}>"\n    a',
    f'=== "A"\n    <script>{X}</script>',
    f'*[HTML]: x" onmouseover="{X}\n\nHTML',
    f'a[^x"><script>{X}</script>]\n\n[^x"><script>{X}</script>]: b',
    f"a\n: b <script>{X}</script>",
    f"| <script>{X}</script> | b |\n| :-: | --: |\n| <img src=x onerror={X}> | d |",
    f"<script>{X}</script>",
    f'<div markdown="1" onmouseover="{X}">a</div>',
    f"<img src=x onerror={X}>",
    f"<svg><animate onbegin={X} attributeName=x dur=1s>",
    f"<details open ontoggle={X}><summary>a</summary></details>",
    f"/// html | script\n{X}\n///",
    f'/// html | img\n    attrs: {{src: x, onerror: "{X}"}}\n///',
    f"/// note | <img src=x onerror={X}>\na\n///",
    f"/// caption\n<script>{X}</script>\n///",
    f"- [ ] <img src=x onerror={X}>",
    f'++"<img src=x onerror={X}>"++',
    f'{{++<script>{X}</script>++}} {{>>" onclick="{X}<<}}',
    f'https://e.test/"onmouseover="{X}',
    f"&lt;script&gt;{X}&lt;/script&gt;",
    f"<!-- --><script>{X}</script>",
    f"</article></div><script>{X}</script>",
    f'<a href="x"\n onclick="{X}">a</a>',
)  # fmt: skip

WAKE = """() => {
  for (const element of document.querySelectorAll("*")) {
    for (const attribute of element.attributes) if (attribute.name.startsWith("on")) throw new Error(element.outerHTML);
    if (["javascript:", "vbscript:", "data:"].includes(element.protocol)) throw new Error(element.outerHTML);
    for (const name of ["mouseover", "focus", "load", "error", "toggle", "animationstart"]) element.dispatchEvent(new Event(name, { bubbles: true }));
  }
  const active = document.querySelectorAll("#page :is(script, iframe, object, embed, style, form, base, meta, link, animate)");
  return [window.hacked ?? null, active.length];
}"""


@pytest.mark.parametrize("extensions", [OURS, MORE], ids=["ours", "more"])
def test_nothing_of_a_hostile_text_runs_in_a_browser(
    browser: Browser, extensions: list[str]
) -> None:
    page = browser.new_page()
    page.route("**/*", lambda route: route.abort())
    refused = 0
    for text in HOSTILE:
        try:
            made, contents = _made(text, extensions)
        except ContentError:
            refused += 1
            continue
        toc = "".join(
            f'<a href="#{item["id"]}">{item["name"]}{item["html"]}{item["data-toc-label"]}</a>'
            for item in contents
        )
        page.set_content(
            f"<!doctype html><nav id=page>{toc}</nav><div id=page><article id=page>{made}</article></div>"
        )
        assert page.evaluate(WAKE) == [None, 0], (text, made)
        assert page.locator("article + *").count() == 0, "nothing leaves its place"
    page.close()
    assert refused > 4


KEPT = """
## 設定 {#settings}

!!! note "A title"
    Inside

??? tip "Details"
    Inside

=== "One"
    First

=== "Two"
    Second

| a | b | c |
|:-:|--:|---|
| 1 | 2 | 3 |

``` {.py title="x.py" hl_lines="2" linenums="1"}
a = 1
b = "<i>"
```

- [x] done[^1]

Term
: Definition ==marked== H~2~O ^up^ ++ctrl+c++

*[HTML]: Hypertext

HTML [button](../x/#y){ .md-button target=_blank } ![picture](x.png){ width=20 loading=lazy }

[^1]: A note
"""


def test_what_the_extensions_make_survives() -> None:
    made, contents = _made(KEPT)
    for piece in (
        '<h2 id="settings">設定</h2>', '<div class="admonition note">', '<p class="admonition-title">A title</p>', '<details class="tip">',
        "<summary>Details</summary>", '<div class="tabbed-set tabbed-alternate" data-tabs="1:2">', '<input checked="checked" id="__tabbed_1_1" name="__tabbed_1" type="radio">',
        '<label for="__tabbed_1_2">Two</label>', '<th align="center">a</th>', '<td align="right">2</td>', '<span class="filename">x.py</span>',
        '<span class="hll">', '<td class="linenos">', '<input type="checkbox" disabled="" checked="">', '<sup id="fnref:1"><a class="footnote-ref" href="#fn:1">1</a></sup>',
        "<dt>Term</dt>", "<mark>marked</mark>", "<sub>2</sub>", "<sup>up</sup>", '<kbd class="key-control">', '<abbr title="Hypertext">HTML</abbr>',
        '<a class="md-button" href="../x/#y" target="_blank">button</a>', '<img alt="picture" loading="lazy" src="x.png" width="20">', '<li id="fn:1">',
    ):  # fmt: skip
        assert piece in made, piece
    assert [(item["id"], item["name"]) for item in contents] == [("settings", "設定")]


def test_what_would_run_names_the_file_and_the_line(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_text(f"---\ntitle: A\n---\n\n## A {{: onclick='{X}' }}\n")
    source = {"name": "kb/articles/a.md", "path": str(file)}
    with pytest.raises(
        ContentError, match=r"kb/articles/a\.md:5: .* <h2 id=\"a\" onclick="
    ) as caught:
        _made(file.read_text().split("---\n")[-1], source=source)
    assert "backticks" in caught.value.hint


def test_the_extension_goes_by_its_first_name_too() -> None:
    made, _ = _made("a <b>b</b>", ["cannery.site.plain"])
    assert made == "<p>a &lt;b&gt;b&lt;/b&gt;</p>"
    with pytest.raises(ContentError, match="would run"):
        _made(f"## A {{: onclick='{X}' }}", ["cannery.site.plain", "attr_list"])


def test_a_text_is_shown_as_it_was_written() -> None:
    text = 'a <b>b</b> &lt;i&gt; <NAME> "c" & d <br> <kbd>e</kbd>'
    made, _ = _made(text, OURS)
    assert html.unescape(made.removeprefix("<p>").removesuffix("</p>")) == text.replace(
        "&lt;i&gt;", "<i>"
    )


def test_a_reference_of_thousands_of_digits_is_made_short() -> None:
    made, _ = _made(f"a &#{'9' * 5000}; [b](https://x.test/&#{'9' * 5000};) &#65;\n")
    assert len(made) < 200
    assert "A</p>" in made
