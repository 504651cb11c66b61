"""A knowledge base whose every word means ill, as an internal site in a real browser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, expect
from tests.site.served import serve

from cannery.model.entry import Audience
from cannery.operations.build_site import Mode, build_site
from cannery.workspace import open_workspace

CONFIG = Path(__file__).parents[2] / "mkdocs.yml"
X = "window.hacked=1"
BREAKERS = (
    f"<script>{X}</script>", f"<img src=x onerror={X}>", f"</script><script>{X}</script>", f"</title><svg onload={X}>",
    f'" onmouseover="{X}', f"' onfocus='{X}", f'"><img src=x onerror={X}>', f"javascript:{X}", f"</style><script>{X}</script>",
    f"]]><script>{X}</script>", f"--><script>{X}</script>", "{{ 7 * 7 }}{% include 'x' %}", f"`</textarea><script>{X}</script>",
    f"&lt;img src=x onerror={X}&gt;", f"\\u003cscript\\u003e{X}", f"${{{X}}}", f"//e.test/{X}", f"data:text/html,<script>{X}</script>",
)  # fmt: skip

# Headings whose anchors are names that the theme's scripts look for.
CLOBBERS = "".join(f"\n\n## {name}\n" for name in ("kb-page", "cannery", "kbStore", "kb-results"))


def _yaml(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _write(root: Path, name: str, text: str) -> None:
    path = root / "kb" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def _hostile(root: Path) -> None:
    bad = _yaml(BREAKERS[6])
    _write(root, "kb.toml", f"""name = '''{BREAKERS[2]}'''
site_url = '''https://e.test/"><script>{X}</script>'''
repository = '''javascript:{X}//github.com/a/b'''
forge = "github"
""")  # fmt: skip
    for number, word in enumerate(BREAKERS):
        text = _yaml(word)
        head = f"title: {text}\nsummary: {text}\ntags: [{text}]\nkeywords: [{text}]\nowner: {text}\nreviewed: 2026-01-01\n"
        body = (
            "A text.\n\n## " + word.replace("<", "&lt;") + "\n\nMore.\n"
            if "{%" not in word
            else "A text."
        )
        body = body.replace("javascript:", "javascript&#58;") + CLOBBERS
        _write(
            root, f"articles/s{number}/a.md", f"---\n{head}related: [articles/s0/a]\n---\n{body}"
        )
        name = word.replace("/", "∕")
        _write(
            root,
            f"articles/{name}/{name}.md",
            f"---\ntitle: ''\nredirect_from: [articles/old{number}]\n---\nx\n",
        )
        _write(root, f"macros/m{number}.md", f"---\n{head}shortcut: {text}\nsubject: {text}\nactions: {{status: {text}}}\nfields:\n"
               f"  - {{name: a, label: {text}, help: {text}, default: {text}}}\n"
               f"  - {{name: b, label: {text}, type: choice, choices: {{{text}: {text}}}, default: {text}}}\n"
               f"  - {{name: c, label: {text}, pattern: {text}, help: {text}, required: false}}\n"
               f"---\n{{% raw %}}{word.replace('%', '')}{{% endraw %}} {{{{ a }}}} [{{{{ a }}}}]({{{{ a }}}}) {{{{ b }}}} {{{{ c }}}}\n")  # fmt: skip
    _write(root, "articles/s0/index.md", f"---\ntitle: {bad}\nsummary: {bad}\n---\nA section.\n")
    _write(root, "index.md", f"---\ntitle: {bad}\n---\nThe front.\n")
    _write(root, "synonyms.yml", f"- [{bad}, {_yaml(BREAKERS[0])}]\n")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    root = tmp_path_factory.mktemp("hostile")
    _hostile(root)
    (root / "mkdocs.yml").write_text(CONFIG.read_text())
    build_site(open_workspace(root), Audience.INTERNAL, root / "out", mode=Mode(alone=True))
    with serve(root / "out") as address:
        yield address, root / "out"


WATCH = """window.broken = [];
document.addEventListener("securitypolicyviolation", (event) => window.broken.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`));"""
LOOK = """() => {
  const wrong = [];
  for (const element of document.querySelectorAll("*")) {
    for (const attribute of element.attributes) if (attribute.name.startsWith("on")) wrong.push(element.outerHTML);
    if (["javascript:", "data:", "vbscript:"].includes(element.protocol)) wrong.push(element.outerHTML);
    if (element.localName === "script" && element.src && new URL(element.src).origin !== location.origin) wrong.push(element.outerHTML);
    for (const name of ["mouseover", "focus"]) element.dispatchEvent(new Event(name, { bubbles: true }));
  }
  return [window.hacked ?? null, window.broken, wrong, typeof kbSearch.search];
}"""

# A page takes a sixth of a second: one of three each time, so that each kind of page and each
# sort of breaker is among them, and all with `-m long`.
EVERY = pytest.mark.parametrize("every", [3, pytest.param(1, marks=pytest.mark.long)])
UNHARMED: list[object] = [None, [], [], "function"]


@EVERY
def test_no_page_runs_or_even_tries_to_run_what_content_says(
    browser: Browser, site: tuple[str, Path], every: int
) -> None:
    address, folder = site
    page = browser.new_page()
    page.add_init_script(WATCH)
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on(
        "request", lambda sent: None if sent.url.startswith(address) else faults.append(sent.url)
    )
    pages = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.html"))
    assert len(pages) > 3 * len(BREAKERS)
    stay = [item for item in pages if "/old" not in item]  # those lead on at once
    alone = [item for item in stay if item.count("/") < 2]
    for name in dict.fromkeys((*alone, *stay[::every])):
        page.goto(f"{address}/{_quoted(name)}")
        assert page.evaluate(LOOK) == UNHARMED, name
    assert faults == []
    page.close()


@EVERY
def test_what_is_searched_and_filled_in_runs_nothing_either(
    browser: Browser, site: tuple[str, Path], every: int
) -> None:
    address, _ = site
    page = browser.new_page()
    page.add_init_script(WATCH)
    for number in range(every // 2, len(BREAKERS), every):
        word = BREAKERS[number]
        page.goto(
            f"{address}/macros/m{number}/?a={_quoted(word)}&b={_quoted(word)}#{_quoted(word)}"
        )
        if page.locator(".kb-form").count():  # else a template that works in the terminal only
            page.locator(".kb-form input").first.wait_for()
        assert page.evaluate(LOOK) == UNHARMED, word
        page.keyboard.press("Control+k")
        page.locator(".kb-search__input").fill(word[:40])
        expect(page.locator(".kb-search__said")).to_contain_text(re.compile(r"\S"))
        assert page.evaluate(LOOK) == UNHARMED, word
    page.close()


def _quoted(text: str) -> str:
    return quote(text, safe="/" if text.endswith(".html") else "")
