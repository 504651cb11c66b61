from __future__ import annotations

from pathlib import Path

import pytest
from tests.conftest import Base

from cannery.model.entry import Audience
from cannery.operations.stage import view_for
from cannery.search.browser_shards import terms_in
from cannery.site.builder_texts import builder_texts
from cannery.site.leaks import Leak, describe, find_leaks, synonym_lines, watch_list
from cannery.site.stage import render_stage

HIDDEN = (
    "---\ntitle: Codename\nowner: treasurer\n---\nProject bluewhale, 極秘計画書, in codenames.\n"
)


def _leaks(base: Base, folder: Path, templates: list[str], audience: Audience) -> list[Leak]:
    site = view_for(base.workspace, audience)
    watched = watch_list(site, render_stage(site).texts, builder_texts(site.languages, templates))
    return find_leaks(watched, folder, terms_in)


@pytest.fixture
def published(base: Base) -> Base:
    base.write("articles/secret.md", HIDDEN)
    base.write("articles/open.md", "---\ntitle: Codename\naudience: public\n---\nNothing.\n")
    base.write("macros/_parts/closing.md", "Yours, the backroom")
    return base


@pytest.mark.parametrize(
    ("file", "text", "word"),
    [
        ("a/index.html", "<p>about BlueWhale</p>", "bluewhale"),
        ("a/index.html", "<p>Blue&#119;hale is&#x62;luewhale</p> <a href='#'>&#98;luewhale</a>", "bluewhale"),
        ("a/index.html", '<img alt="the bluewhale">', "bluewhale"),
        ("a/index.html", '<script type="application/json">{"x": "bluewhale"}</script>', "bluewhale"),
        ("a/index.html", "<p>この極秘計画書は</p>", "極秘計画書"),
        ("bluewhale/index.html", "", "bluewhale"),
        ("assets/search/t0.bin", "\x09bluewhale\x01", "bluewhale"),
        ("sitemap.xml", "<loc>https://h/bluewhale/</loc>", "bluewhale"),
        ("sitemap-2.xml", '<x:link href="https://h/%62luewhale/"/>', "bluewhale"),
        ("llms.txt", "- [x](https://h/x.md): the bluewhale", "bluewhale"),
        ("ja/llms-full.txt", "この極秘計画書は", "極秘計画書"),
        ("articles/a.md", "# The bluewhale", "bluewhale"),
        ("_headers", "/*\n  X-By: bluewhale", "bluewhale"),
        ("vercel.json", '{"x": "bluewhale"}', "bluewhale"),
        ("ja/404.html", "<p>bluewhale</p>", "bluewhale"),
        ("a/index.html", '<script type="application/ld+json">{"x": "\\u6975\\u79d8\\u8a08\\u753b\\u66f8"}</script>', "極秘計画書"),
        ("a/index.html", '<meta property="og:title" content="bluewhale">', "bluewhale"),
        ("a/index.html", "by the treasurer", "treasurer"),
        ("a/index.html", "Yours, the backroom", "backroom"),
    ],
)  # fmt: skip
def test_a_word_that_only_a_hidden_entry_has_is_found(
    published: Base, tmp_path: Path, file: str, text: str, word: str
) -> None:
    (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / file).write_text(text)
    found = _leaks(published, tmp_path, [], Audience.PUBLIC)
    assert (file, word) in [(leak.file, leak.word) for leak in found]
    assert f"{file} has {word!r}, which only kb/" in describe(found)


def test_what_the_public_may_read_is_no_secret(published: Base, tmp_path: Path) -> None:
    theme = tmp_path / "theme"
    theme.mkdir()
    (theme / "main.html").write_text("the treasurer's templates")
    (tmp_path / "site").mkdir()
    (tmp_path / "site/index.html").write_text("<p>Codename</p><p class='bluewhale'>treasurer</p>")
    assert _leaks(published, tmp_path / "site", [str(theme)], Audience.PUBLIC) == []
    inside = _leaks(published, tmp_path / "site", [], Audience.INTERNAL)
    assert inside == [], "an internal site hides nothing"


def test_a_word_that_the_public_has_with_a_hyphen_is_no_secret_of_the_search(
    base: Base, tmp_path: Path
) -> None:
    base.write("articles/in.md", "---\ntitle: In\n---\nThe subproject is ours.\n")
    head = "---\ntitle: Out\naudience: public\n---\n"
    base.write("articles/out.md", f"{head}Many sub-projects.\n")
    folder = tmp_path / "out"
    (folder / "assets/search").mkdir(parents=True)
    (folder / "assets/search/t0.bin").write_text("\x0asubproject\x01")
    assert _leaks(base, folder, [], Audience.PUBLIC) == []
    base.write("articles/out.md", f"{head}Many projects.\n")
    assert len(_leaks(base, folder, [], Audience.PUBLIC)) == 1


def test_a_word_of_a_synonym_is_told_with_its_line() -> None:
    lines = synonym_lines("# bluewhale\n- [whale, cetacean] # treasurer\n- [whale, BlueWhale]\n")
    leaks = [
        Leak("assets/search/s0.json", "bluewhale", "kb/articles/secret.md"),
        Leak("assets/search/s0.json", "treasurer", "kb/articles/secret.md"),
        Leak("a/index.html", "bluewhale", "kb/articles/secret.md"),
    ]
    assert describe(leaks, lines).split("\n") == [
        (
            "assets/search/s0.json has 'bluewhale' from kb/synonyms.yml:3, "
            "which besides only kb/articles/secret.md has"
        ),
        "assets/search/s0.json has 'treasurer', which only kb/articles/secret.md has",
        "a/index.html has 'bluewhale', which only kb/articles/secret.md has",
    ]
