"""Translations of what is internal, where articles are public by default."""

from __future__ import annotations

import pytest
from tests.conftest import Base

from cannery.model.entry import Audience
from cannery.operations.stage import view_for

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
