"""What Python-Markdown makes of a text, with the extensions that mkdocs.yml has and more."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from pathlib import Path

import markdown
import pytest
from bs4 import BeautifulSoup
from markdown.extensions import Extension
from markdown.postprocessors import Postprocessor
from markdown_it import MarkdownIt
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
    text: str,
    extensions: Sequence[str | Extension] = MORE,
    source: Mapping[str, object] | None = None,
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
    f"<kbd onclick={X}>a</kbd><kbd><script>{X}</script></kbd>",
    f"<br onmouseover={X}><br/><sub><img src=x onerror={X}></sub>",
    f'<details open="open" ontoggle={X}>\n<summary>a</summary>\nb\n</details>',
    f"<details open>\n<summary><img src=x onerror={X}></summary>\n<script>{X}</script>\n</details>",
    f"> [!NOTE]\n> <script>{X}</script> [a](javascript:{X})",
    f'!!! note" onclick={X}" "a"\n    b',
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
    assert refused > 1


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

<kbd>F12</kbd><br>

<details>
<summary>More</summary>
text
</details>

HTML [button](../x/#y) ![picture](x.png "A <b>")

[^1]: A note
"""


def test_what_the_syntax_of_pages_makes_is_there() -> None:
    made, contents = _made(KEPT)
    for piece in (
        "<kbd>F12</kbd><br>", "<summary>More</summary>",
        '<h2 id="settings">設定<a class="headerlink" href="#settings"', '<div class="admonition note">', "</svg>A title</p>", '<details class="tip">',
        "<summary>Details</summary>", '<div class="tabbed-set" data-tabs="1:2">', '<input checked="checked" id="__tabbed_1_1" name="__tabbed_1" type="radio">',
        '<label for="__tabbed_1_2">Two</label>', '<th align="center">a</th>', '<td align="right">2</td>', '<span class="filename">x.py</span>',
        '<span class="hll">', '<td class="linenos">', '<li class="task-list-item"><input aria-label="Done" checked="checked" disabled="disabled" type="checkbox"> done', '<sup id="fnref:1"><a class="footnote-ref" href="#fn:1">1</a></sup>',
        '<img alt="picture" decoding="async" src="x.png" title="A &lt;b&gt;">', '<li id="fn:1">', "<p>A note <a", "==marked== H~2~O ^up^ ++ctrl+c++",
    ):  # fmt: skip
        assert piece in made, piece
    assert [(item["id"], item["name"]) for item in contents] == [("settings", "設定")]


def test_the_title_of_code_is_escaped_once() -> None:
    made, _ = _made('```sh title="R&D <b>"\nx\n```\n')
    assert '<span class="filename">R&amp;D &lt;b&gt;</span>' in made


@pytest.mark.parametrize(
    "extensions", [OURS, MORE, [*reversed(MORE)]], ids=["ours", "more", "last"]
)
def test_a_page_is_the_same_whatever_extensions_are_named(extensions: list[str]) -> None:
    assert _made(KEPT, extensions) == _made(KEPT, OURS)


STEPS = """You need:
- a browser

1. Open it.

   ```sh
   ls
   ```

2. Read it.
   - Nested
     - deeper
3. Close it.
"""


def test_lists_and_the_code_in_a_step_stand_as_on_a_git_host() -> None:
    made, _ = _made(STEPS, OURS)
    page = BeautifulSoup(made, "html.parser")
    assert len(page.select("ol")) == 1
    assert len(page.select("ol > li")) == 3
    assert page.select_one("ol > li:first-child pre code").get_text() == "ls\n"  # type: ignore[union-attr]
    assert page.select_one("ol > li > ul > li > ul > li").get_text() == "deeper"  # type: ignore[union-attr]
    assert page.select_one("p + ul > li").get_text() == "a browser"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "text",
    [
        "&lt;b&gt; `&lt;b&gt;` `&amp;` &copy;",
        "`&#60;` a&b &nosuch; &",
        "`\x02amp\x03` \x02wzxhzdk:0\x03 ``a`b``",
    ],
)
def test_references_and_the_engine_s_own_marks_are_read_once(text: str) -> None:
    made, _ = _made(text, OURS)
    expected = MarkdownIt("commonmark").render(text.replace("\x02", "").replace("\x03", ""))
    assert (
        BeautifulSoup(made, "html.parser").get_text()
        == BeautifulSoup(expected, "html.parser").get_text().strip()
    )


@pytest.mark.parametrize(
    "info",
    [
        "sh",
        "{.sh}",
        "{ .sh #x }",
        'sh title="<i>"',
        'sh linenums="99999999999"',
        f'sh hl_lines="1-{"9" * 5000}"',
        "no-such-language",
    ],
)
def test_code_is_there_whatever_stands_behind_its_fence(info: str) -> None:
    made, _ = _made(f"```{info}\n<a>\n```", OURS)
    page = BeautifulSoup(made, "html.parser")
    assert page.select_one("code").get_text() == "<a>\n"  # type: ignore[union-attr]
    assert page.find("i") is None


class _Ill(Extension):
    """Writes what would run: our parser does not."""

    class Writer(Postprocessor):
        def run(self, text: str) -> str:
            return text.replace("</h2>", f'<b onclick="{X}"></b></h2>')

    def extendMarkdown(self, md: markdown.Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        md.postprocessors.register(self.Writer(md), "ill", 1)


def test_what_would_run_names_the_file_and_the_line(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_text(f"---\ntitle: A\n---\n\n## A {{: onclick='{X}' }}\n")
    source = {"name": "kb/articles/a.md", "path": str(file)}
    with pytest.raises(ContentError, match=r"kb/articles/a\.md:5: .* <b onclick=") as caught:
        _made(file.read_text().split("---\n")[-1], [*OURS, _Ill()], source=source)
    assert "backticks" in caught.value.hint


def test_the_extension_goes_by_its_first_name_too() -> None:
    made, _ = _made("a <b>b</b>", ["cannery.site.plain"])
    assert made == "<p>a &lt;b&gt;b&lt;/b&gt;</p>"
    with pytest.raises(ContentError, match="would run"):
        _made("## A", ["cannery.site.plain", _Ill()])


def test_a_text_is_shown_as_it_was_written() -> None:
    text = 'a <b>b</b> &lt;i&gt; <NAME> "c" & d <hr> <kbd class="x">e</kbd>'
    made, _ = _made(text, OURS)
    assert html.unescape(made.removeprefix("<p>").removesuffix("</p>")) == text.replace(
        "&lt;i&gt;", "<i>"
    )


def test_a_reference_of_thousands_of_digits_is_made_short() -> None:
    made, _ = _made(f"a &#{'9' * 5000}; [b](https://x.test/&#{'9' * 5000};) &#65;\n")
    assert len(made) < 200
    assert "A</p>" in made


@pytest.mark.parametrize(
    ("text", "language", "title"),
    [
        ("> [!NOTE]\n> a", "ja", "補足"),
        ("!!! warning\n    a", "ja", "警告"),
        ("> [!NOTE]\n> です", "en", "Note"),
        ("> [!NOTE]\n> です", "", "補足"),
        ("> [!NOTE]\n> a", "", "Note"),
    ],
)
def test_a_box_is_called_in_the_pages_language(text: str, language: str, title: str) -> None:
    made, _ = _made(text, OURS, {"language": language})
    assert f"</svg>{title}</p>" in made


def test_a_link_that_leads_nowhere_keeps_its_words_and_says_so() -> None:
    page, _ = _made("[**x**](#kb-hole#a) ![a *b*](#kb-hole)", source={"language": "ja"})
    shown = BeautifulSoup(page, "html.parser")
    holes = shown.select("span.kb-hole[title='このリンク先はまだありません']")
    assert [hole.text for hole in holes] == ["x", "a b"]
    assert not shown.select("a, img")


def test_an_address_that_is_written_in_an_odd_way_leads_to_its_page() -> None:
    links = {"b_c.md": "../d.md", "e.png": "#kb-hole"}
    page, _ = _made("[x](b\\_c.md#e) ![y](e&period;png) [z](#b)", source={"links": links})
    shown = BeautifulSoup(page, "html.parser")
    assert [str(link["href"]) for link in shown.select("a")] == ["../d.md#e", "#b"]
    assert [hole.text for hole in shown.select(".kb-hole")] == ["y"]
