"""The built site, looked through file by file."""

from __future__ import annotations

import gzip
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag
from tests.conftest import Base, Run

CONFIG = Path(__file__).parents[2] / "mkdocs.yml"


def _build(base: Base, kb: Run, audience: str = "public") -> Path:
    (base.root / "mkdocs.yml").write_text(CONFIG.read_text())
    built = kb("site", "build", "--audience", audience, "--out", "out")
    assert built.code == 0, built.err
    return base.root / "out"


def _contents(folder: Path) -> dict[str, bytes]:
    found = {}
    for path in folder.rglob("*"):
        if path.is_file():
            raw = path.read_bytes()
            name = str(path.relative_to(folder))
            found[name] = gzip.decompress(raw) if path.suffix == ".gz" else raw
    return found


class _Canaries:
    """Words that stand nowhere else."""

    def __init__(self) -> None:
        self.words: list[str] = []

    def __call__(self) -> str:
        self.words.append(f"canary{len(self.words):03}x")
        return self.words[-1]


def _plant(base: Base, word: _Canaries, number: int) -> None:
    """An entry that is not for the public, with a word of its own in each place."""
    kind = ("", "audience: internal\n", "audience: Public\n", "audience: public\nstatus: draft\n",
            "audience: public\nstatus: retired\n")[number % 5]  # fmt: skip
    folder = "macros" if number % 3 == 0 else "articles"
    if folder == "macros":
        kind = "audience: public\n"
    base.write(
        f"{folder}/{word()}/{word()}.md",
        f"---\n{kind}title: {word()}\nsummary: {word()}\ntags: [{word()}]\nkeywords: [{word()}]\n"
        f"owner: {word()}\nredirect_from: [articles/{word()}]\nrelated: [articles/{word()}]\n"
        f"fields:\n  - name: {word()}\n    default: {word()}\n---\n"
        f"# {word()}\n\n{word()} ![{word()}](../../img/{(image := word())}.png)\n\n"
        f"<!-- {word()} -->\n\n```\n{word()}\n```\n",
    )
    base.write(f"img/{image}.png", f"{word()}".encode())
    base.write(f"macros/_parts/{word()}.md", word())


def test_nothing_internal_reaches_the_public_site(base: Base, kb: Run) -> None:
    word = _Canaries()
    for number in range(10):
        _plant(base, word, number)
    base.write("synonyms.yml", f"- [{word()}, {word()}]\n- [greeting, {word()}, hello]\n")
    base.git("init", "-q")
    base.git("add", ".")
    base.git("-c", f"user.name={word()}", "commit", "-q", "-m", word())
    base.write("articles/open.md", "---\ntitle: Open\naudience: public\ntags: [seen]\n---\nHello\n")
    base.write("index.md", "# Front\n\n[open](articles/open.md)\n")
    base.git("add", ".")
    base.git("commit", "-q", "-m", word())
    assert len(word.words) >= 200
    built = _contents(_build(base, kb))
    assert any(b"Hello" in raw for raw in built.values())
    names = "\n".join(built).lower()
    everything = b"\n".join(built.values()).lower()
    left = [item for item in word.words if item in names or item.encode() in everything]
    assert left == []
    inside = _contents(_build(base, kb, "internal"))
    shown = b"\n".join(inside.values()).lower()
    assert sum(item.encode() in shown for item in word.words) > 10, "the test can find them"


HOSTILE = """---
title: "</title><script>alert(1)</script> <img src=x onerror=alert(1)>"
summary: '"><script>alert(2)</script>'
tags: ["<script>alert(3)</script>", '" onmouseover="alert(4)']
owner: "<script>alert(5)</script>"
audience: public
---
## <b>&lt;script&gt;alert(6)&lt;/script&gt;</b> {#x" data-y="z}

<b class="x">bold</b> `<script>shown()</script>` <NAME>

```
<script>shown_too()</script>
```
"""


def test_what_means_ill_is_inert(base: Base, kb: Run) -> None:
    bad = '"><img src=x onerror=alert(0)>'
    base.write("kb.toml", f"name = '{bad}'\nsite_url = '{bad}'\n")
    base.write("articles/evil.md", HOSTILE)
    base.write(
        'articles/<img src=x onerror=alert(7)>/"onload="alert(8).md',
        "---\naudience: public\n---\nx",
    )
    built = _contents(_build(base, kb))
    pages = {name: raw for name, raw in built.items() if name.endswith(".html")}
    assert len(pages) > 8
    for raw in pages.values():
        page = BeautifulSoup(raw, "html.parser")
        for element in page.select("*"):
            assert not [name for name in element.attrs if name.startswith("on")], element
            for name in ("href", "src"):
                scheme = "".join(str(element.get(name, "")).split()).lower()
                assert not scheme.startswith(("javascript:", "data:text", "vbscript:")), element
        assert not [
            script
            for script in page.find_all("script")
            if not script.get("type") and script.get_text()
        ]
    article = BeautifulSoup(built["articles/evil/index.html"], "html.parser").find("article")
    assert isinstance(article, Tag)
    assert not article.find_all(["script", "img", "b"])
    heading = article.find("h1")
    assert isinstance(heading, Tag)
    title = "</title><script>alert(1)</script> <img src=x onerror=alert(1)>"
    assert heading.get_text() == title, "a title is shown as it was written"
    for text in (
        "<script>shown()</script>",
        "<script>shown_too()</script>",
        '<b class="x">bold</b>',
        "<NAME>",
    ):
        assert text in article.get_text()


def test_every_page_has_its_policy_first_and_no_script_or_style_of_its_own(
    base: Base, kb: Run
) -> None:
    text = "---\ntitle: A\naudience: public\ntags: [t]\nredirect_from: [articles/old]\n---\n"
    base.write("articles/a.md", f"{text}| a |\n| -: |\n| b |\n\n```py\nc = 1\n```\n")
    base.write("macros/m.md", "---\ntitle: </script>\n---\n</script><!-- {{ customer }}\n")
    built = _contents(_build(base, kb, "internal"))
    pages = {name: raw for name, raw in built.items() if name.endswith(".html")}
    assert {"404.html", "articles/old/index.html", "macros/m/index.html"} <= pages.keys()
    for name, raw in pages.items():
        page = BeautifulSoup(raw, "html.parser")
        policy = page.select_one("meta[http-equiv=Content-Security-Policy]")
        assert policy, name
        assert "unsafe" not in str(policy)
        assert raw.index(b"Content-Security-Policy") < raw.find(b"<script") % len(raw)
        for script in page.find_all("script"):
            assert script.get("src") or script.get("type") == "application/json", (name, script)
        data = page.select("script[type='application/json']")
        assert [json.loads(item.get_text()) for item in data] or name == "articles/old/index.html"
        assert not page.select("style, [style]"), name
        for element in page.select("*"):
            assert not [key for key in element.attrs if key.startswith("on")], (name, element)


ACTIVE = (
    '``` {.sh #a"><script>x()</script> }\na\n```',
    "<script>x()</script>",
    "text <img src=x onerror=x()>",
    "[a](javascript:x())",
    "[a](java&#10;script:x())",
    "[a]: javascript:x()\n\n[a]",
    "<iframe src=//e.test></iframe>",
    '!!! note "<script>"\n    a',
    "- item\n\n    <style>p {}</style>",
    "![a](data:image/svg+xml;base64,PHN2)",
)


@pytest.mark.parametrize("text", ACTIVE)
def test_what_would_run_is_refused_with_file_and_line(base: Base, kb: Run, text: str) -> None:
    base.write("articles/evil.md", f"---\ntitle: T\naudience: public\n---\nA text.\n\n{text}\n")
    (base.root / "mkdocs.yml").write_text(CONFIG.read_text())
    for command in (("site", "build", "--out", "out"), ("stage", ".site"), ("check",)):
        done = kb(*command)
        assert done.code == 1
        said = done.out + done.err
        assert re.search(r"kb/articles/evil\.md:[7-9]: .*would run in a reader's browser", said)


def test_a_site_whose_settings_name_no_cleaner_has_one(base: Base, kb: Run) -> None:
    lines = CONFIG.read_text().splitlines(keepends=True)
    config = "".join(line for line in lines if "cannery.site.safe_markdown" not in line)
    base.write("articles/a.md", "---\naudience: public\n---\n<b class=x>bold</b> [x](a:b)\n")
    (base.root / "mkdocs.yml").write_text(config)
    assert kb("site", "build", "--out", "out").code == 0
    made = (base.root / "out/articles/a/index.html").read_text()
    assert "&lt;b class=x&gt;bold&lt;/b&gt; <a>x</a>" in made


TEXT = "---\ntitle: T\naudience: public\n---\nA text.\n\nx(ill)\n"
EXTENSION = """
from markdown.extensions import Extension
from markdown.postprocessors import Postprocessor

class Ill(Postprocessor):
    def run(self, text):
        return text.replace("x(ill)", '<b onclick="x(ill)">')

class IllExtension(Extension):
    def extendMarkdown(self, md):
        md.postprocessors.register(Ill(md), "ill", 1)

def makeExtension(**options):
    return IllExtension(**options)
"""


@pytest.mark.parametrize("command", [("cannery", "site", "build"), ("mkdocs", "build", "--strict")])
def test_what_only_an_extension_makes_active_is_refused_too(
    base: Base, command: tuple[str, ...]
) -> None:
    more = "  - tables\n  - ill\n"
    (base.root / "ill.py").write_text(EXTENSION)
    (base.root / "mkdocs.yml").write_text(CONFIG.read_text().replace("  - tables\n", more))
    base.write("articles/evil.md", TEXT)
    for name in ("docs", "theme"):
        (base.root / ".site" / name).mkdir(parents=True)
    whole = [sys.executable, "-m", *command]
    done = subprocess.run(whole, cwd=base.root, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "kb/articles/evil.md:7: this would run in a reader's browser: <b onclick=" in done.stderr
    assert "Traceback" not in done.stderr
