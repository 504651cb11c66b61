"""Our keys set in files that have other names for them."""

from __future__ import annotations

from datetime import date

import pytest

from cannery.content.rewrite_keys import rewrite_keys
from cannery.model.front_matter import FrontMatter

_KEYS = FrontMatter(
    (),
    {
        "description": "summary",
        "last_update.date": "reviewed",
        "see": "related",
        "aliases": "redirect_from",
        "permalink": "redirect_from",
        "authors": "owner",
    },
)


@pytest.mark.parametrize(
    ("header", "values", "after"),
    [
        ("description: old # why\n", {"summary": "new"}, "description: new # why\n"),
        ("title: T\n", {"summary": "new"}, "title: T\nsummary: new\n"),
        ("summary: a\ndescription: b\n", {"summary": "c"}, "summary: c\ndescription: b\n"),
        (
            "last_update:\n  date: 2024-01-01\n  author: Ada\n",
            {"reviewed": date(2026, 1, 1)},
            "last_update:\n  date: 2026-01-01\n  author: Ada\n",
        ),
        ("see: [articles/a]\n", {"related": ["articles/b"]}, "see: [articles/b]\n"),
        ("authors: [{name: A}]\n", {"owner": "B"}, "authors: [{name: A}]\nowner: B\n"),
        (
            "permalink: /a/\n",
            {"redirect_from": ["/a/", "articles/b"]},
            "permalink: /a/\nredirect_from:\n- articles/b\n",
        ),
        (
            "aliases: [/a/]\nredirect_from: [articles/b]\n",
            {"redirect_from": ["articles/b", "/a/", "articles/c"]},
            "aliases: [/a/]\nredirect_from: [articles/b, articles/c]\n",
        ),
    ],
)
def test_a_value_goes_where_the_file_has_it(
    header: str, values: dict[str, object], after: str
) -> None:
    assert rewrite_keys(f"---\n{header}---\nBody\n", values, _KEYS) == f"---\n{after}---\nBody\n"


def test_without_names_it_is_ours() -> None:
    text = rewrite_keys("---\ndescription: a\n---\n", {"summary": "b"}, FrontMatter())
    assert text == "---\ndescription: a\nsummary: b\n---\n"
