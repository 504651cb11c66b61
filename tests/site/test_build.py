"""The built site, looked through file by file."""

from __future__ import annotations

import gzip
from pathlib import Path

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
tags: ["<script>alert(3)</script>"]
audience: public
---
<script>alert(4)</script>

<img src=x onerror="alert(5)"> and <b onclick="alert(6)">bold</b>

<iframe src="javascript:alert(7)"></iframe>

[a](javascript:alert(8)) [b](JaVaScRiPt:alert(9)) [c](data:text/html;base64,PHNjcmlwdD4=)
[d](&#106;avascript:alert(10)) ![f](javascript:alert(12))
<javascript:alert(13)> [g]( javascript:alert(14) "x") [h][h]

[h]: javascript:alert(15)

<!-- x --><script>alert(16)</script>

- <div markdown="1" onload=alert(17)>

    <style>body{display:none}</style>

`<script>shown()</script>`

```
<script>shown_too()</script>
```
"""


def test_what_means_ill_is_inert(base: Base, kb: Run) -> None:
    base.write("articles/evil.md", HOSTILE)
    built = _contents(_build(base, kb))
    page = BeautifulSoup(built["articles/evil/index.html"], "html.parser")
    article = page.find("article")
    assert isinstance(article, Tag)
    assert not article.find_all(["script", "iframe", "style", "b"])
    for element in page.select("*"):
        assert not [name for name in element.attrs if name.startswith("on")], element
        for name in ("href", "src"):
            scheme = "".join(str(element.get(name, "")).split()).lower()
            assert not scheme.startswith(("javascript:", "data:text", "vbscript:")), element
    assert not [script for script in page.find_all("script") if "alert" in script.get_text()]
    heading = article.find("h1")
    assert isinstance(heading, Tag)
    title = "</title><script>alert(1)</script> <img src=x onerror=alert(1)>"
    assert heading.get_text().rstrip("¶") == title, "a title is shown as it was written"
    assert "<script>shown()</script>" in article.get_text()


def test_an_address_that_hides_its_scheme_is_an_error(base: Base, kb: Run) -> None:
    text = "---\ntitle: T\naudience: public\n---\n[e](java&#10;script:alert(11))\n"
    base.write("articles/evil.md", text)
    staged = kb("stage", ".site")
    assert staged.code == 1
    assert "kb/articles/evil.md:5:" in staged.err
