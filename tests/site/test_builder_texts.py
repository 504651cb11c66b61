"""The search for leaks does not cry wolf, in any language; and finds what is one."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from babel import Locale
from tests.conftest import Base, Run

from cannery.model.entry import Audience
from cannery.operations.build_site import build_site
from cannery.site.builder_texts import all_strings
from cannery.site.texts import texts

CONFIG = Path(__file__).parents[2] / "mkdocs.yml"
LANGUAGES = ("en", "ja", "de", "fr", "es", "pt-BR", "zh", "ko")
# What a page in each language says: words with accents and marks, in code, in several pieces.
SAID = {
    "en": "# Set up Node.js\n\nDon't **over**write `get`ters, see the café's [HAR file](b.md).\n",
    "ja": "# ネットワークの設定手順\n\nプリンターの初期\n設定画面を開きます。ＡＰＩキー\n",
    "de": "# Überprüfen der Größe\n\nDie *Drucker*einstellungen öffnen.\n",
    "fr": "# Réinitialiser le mot de passe\n\nL'imprimante privilégiée, à l'été.\n",
    "es": "# Configuración automática\n\nLa contraseña está dañada.\n",
    "pt-BR": "# Configuração automática\n\nNão há impressão.\n",
    "zh": "# 打印机设置说明\n\n打开网络连接\n设置窗口。\n",
    "ko": "# 프린터설정하기\n\n네트워크를 다시연결하세요.\n",
}


@pytest.fixture
def wide(base: Base) -> Base:
    """Public pages in eight languages, with dates, tags, a feed, attachments and earlier names."""
    base.write(
        "kb.toml",
        f'site_url = "https://help.test"\nlanguages = {json.dumps(LANGUAGES)}\n',
    )
    (base.root / "mkdocs.yml").write_text(CONFIG.read_text())
    for language in LANGUAGES:
        suffix = "" if language == "en" else f".{language}"
        for name, head in (("a", "tags: [Büro/Café]\nreviewed: 2026-02-03\n"), ("b", "")):
            text = f"---\naudience: public\nsummary: About it\n{head}---\n{SAID[language]}"
            base.write(f"articles/net/{name}{suffix}.md", text)
    base.write(
        "articles/net/c.md",
        "---\ntitle: C\naudience: public\nredirect_from: [articles/earlier-place]\n---\n"
        "```python\nprint('déjà vu')\n```\n\n[log](../../files/log.txt)\n\n![p](../../files/p.json)\n",
    )
    base.write("files/log.txt", "segmentation violation")
    base.write("files/p.json", '{"violation": "sigsegv"}')
    base.write("synonyms.yml", "- [network, 네트워크]\n")
    base.git("init", "-q")
    base.git("add", ".")
    base.git("commit", "-q", "-m", "x", "--date", "2026-12-24T12:00:00Z")
    return base


def _output_words(folder: Path) -> str:
    """Every run of letters in the files of a site, and in their names."""
    found = set()
    for path in folder.rglob("*"):
        found |= set(re.findall(r"\w+", path.relative_to(folder).as_posix()))
        if path.suffix in {".html", ".xml", ".json"}:
            found |= set(re.findall(r"\w+", path.read_text("utf-8")))
    return "\n".join(sorted(found))


def test_a_hidden_entry_may_say_every_word_that_a_site_says(wide: Base) -> None:
    build_site(wide.workspace, Audience.PUBLIC, wide.root / "out")
    words = _output_words(wide.root / "out")
    assert len(words) > 5000
    for folder in ("articles", "macros"):
        wide.write(f"{folder}/hidden.md", f"---\ntitle: Hidden\n---\n{words}\n")
    build_site(wide.workspace, Audience.PUBLIC, wide.root / "out")
    build_site(wide.workspace, Audience.PUBLIC, wide.root / "fresh")


HTML = (
    "doctype charset viewport noscript stylesheet javascript javascripts stylesheets canonical "
    "alternate generator noindex refresh robots sitemap sitemaps urlset schemas lastmod updated "
    "summary author shards synonyms languages format assets search articles template templates "
    "content security policy default material mkdocs toggle palette weather clipboard copied "
    "colours colors Dark Light custom accent primary scheme slate button header footer section "
    "nodejs automatica configuracao reinitialiser overwrite getters cafes uberprufen segmentation "
    "printer network sigsegv workers worker minified 2026 122026 20261224 unfinished"
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_of_the_builder_are_no_leak(wide: Base, language: str) -> None:
    locale = Locale.parse(language.replace("-", "_"))
    words = [*all_strings(locale.months), *all_strings(locale.days), locale.display_name or ""]
    words += [word for found in texts().values() for word in found.values()]
    wide.write(f"articles/hidden.{language}.md", f"---\ntitle: X\n---\n{HTML}\n" + "\n".join(words))
    built = build_site(wide.workspace, Audience.PUBLIC, wide.root / "out")
    assert built.pages > 30


REAL = {
    "en": "bluewhale", "ja": "極秘計画書", "de": "Überseehafenplan", "fr": "chèvrefeuille",
    "es": "murciélago", "pt-BR": "beija‑florzinho".replace("‑", ""), "zh": "蓝鲸秘密计划", "ko": "푸른고래계획",
}  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_leak_is_found_in_any_language(wide: Base, kb: Run, language: str) -> None:
    word = REAL[language]
    wide.write(f"articles/hidden.{language}.md", f"---\ntitle: X\n---\n{HTML} {word}\n")
    config = CONFIG.read_text().replace("Cannery Support", f"The {word} site")
    (wide.root / "mkdocs.yml").write_text(config, "utf-8")
    done = kb("site", "build", "--out", "out")
    assert done.code == 1
    assert f"{word.lower()!r}, which only kb/articles/hidden" in done.err
    assert HTML.split(maxsplit=1)[0] not in done.err


def test_a_word_that_became_a_secret_is_looked_for_in_pages_that_stay(wide: Base, kb: Run) -> None:
    config = CONFIG.read_text().replace("Cannery Support", "The bluewhale site")
    (wide.root / "mkdocs.yml").write_text(config, "utf-8")
    assert kb("site", "build", "--out", "out").code == 0
    wide.write("articles/hidden.md", "---\ntitle: X\n---\nbluewhale\n")
    assert kb("site", "build", "--out", "out").code == 1


@pytest.mark.parametrize(
    ("page", "word"),
    [
        ("Seen <!-- bluewhale -->", "bluewhale"),
        ("Seen\n\n[//]: # (bluewhale)", "bluewhale"),
    ],
)
def test_what_a_public_page_hides_is_a_secret_too(
    wide: Base, kb: Run, page: str, word: str
) -> None:
    wide.write(
        "articles/net/d.md", f"---\ntitle: D\naudience: public\nowner: treasurer\n---\n{page}"
    )
    for name in (word, "treasurer"):
        config = CONFIG.read_text().replace("Cannery Support", f"The {name} site")
        (wide.root / "mkdocs.yml").write_text(config, "utf-8")
        done = kb("site", "build", "--out", "out")
        assert done.code == 1
        assert f"'{name}', which only kb/articles/net/d.md has" in done.err
