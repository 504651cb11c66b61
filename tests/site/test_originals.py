"""Translations of what is internal, where articles are public by default."""

from __future__ import annotations

import pytest
from tests.conftest import Base

from cannery.content.files import scan
from cannery.content.links import article_url
from cannery.model.entry import Audience
from cannery.operations.check import check
from cannery.operations.stage import view_for

_LINKS = ("link", "leak", "address")
_PUBLIC = """languages = ["en", "ja"]
format = 2
[content]
audience = "public"
articles = ["docs/{language}"]
"""


@pytest.mark.parametrize(
    ("original", "translation", "shown"),
    [
        ("audience: internal", "title: A", []),
        ("visibility: internal", "title: A", []),
        ("audience: internal", "audience: public", ["docs/ja/a.md"]),
        ("title: A", "audience: internal", ["docs/en/a.md"]),
        ("title: A", "title: A", ["docs/en/a.md", "docs/ja/a.md"]),
        ("headless: true", "title: A", []),
    ],
)
def test_a_translation_that_does_not_say_is_for_the_readers_of_its_original(
    base: Base, original: str, translation: str, shown: list[str]
) -> None:
    base.write("kb.toml", _PUBLIC)
    base.write("../docs/en/a.md", f"---\n{original}\n---\nA\n")
    base.write("../docs/ja/a.md", f"---\n{translation}\n---\nA\n")
    view = view_for(base.workspace, Audience.PUBLIC)
    assert sorted(view.articles) == shown
    assert sorted(view_for(base.workspace, Audience.INTERNAL).articles) == [
        "docs/en/a.md", "docs/ja/a.md",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("original", "translation", "is_shown"),
    [
        ("draft: true", "title: A", False),
        ("status: draft", "title: A", False),
        ("status: retired", "title: A", False),
        ("audience: internal", "title: A", False),
        ("draft: true", "draft: false", True),
        ("draft: true", "status: published", True),
        ("draft: true", "audience: public", True),
        ("audience: internal", "draft: false", False),
        ("title: A", "title: A", True),
    ],
)
def test_the_site_the_check_and_addresses_agree_on_a_translation(
    base: Base, original: str, translation: str, is_shown: bool
) -> None:
    base.write("kb.toml", f'site_url = "https://help.example.com"\n{_PUBLIC}')
    base.write("../docs/en/a.md", f"---\n{original}\n---\nA\n")
    base.write("../docs/ja/a.md", f"---\n{translation}\n---\nA\n")
    base.write("../docs/ja/b.md", "---\ntitle: B\n---\n[a](a.md)\n")
    base.write("macros/m.ja.md", "---\ntitle: M\n---\n{{ 'articles/a' | article_url }}\n")
    view = view_for(base.workspace, Audience.PUBLIC)
    assert ("docs/ja/a.md" in view.articles) is is_shown
    at_fault = {item.path for item in check(base.workspace).problems if item.code in _LINKS}
    assert at_fault == (set() if is_shown else {"docs/ja/b.md", "kb/macros/m.ja.md"})
    url = article_url(base.workspace, scan(base.workspace), "ja")
    if is_shown:
        assert url("articles/a") == "https://help.example.com/ja/articles/a/"
    else:
        with pytest.raises(ValueError, match=r"is (internal|draft|retired)"):
            url("articles/a")


def test_a_translation_says_all_itself_where_articles_are_internal_by_default(base: Base) -> None:
    base.write("kb.toml", _PUBLIC.replace('audience = "public"\n', ""))
    base.write("../docs/en/a.md", "---\ndraft: true\n---\nA\n")
    base.write("../docs/ja/a.md", "---\ntitle: A\n---\nA\n")
    assert [*view_for(base.workspace, Audience.INTERNAL).articles] == ["docs/ja/a.md"]
