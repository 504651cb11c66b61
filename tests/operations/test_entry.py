"""An entry is selected by its name, in the language that suits its reader."""

from __future__ import annotations

import pytest
from tests.conftest import Base

from cannery.errors import NotFoundError, UsageError
from cannery.operations.entry import Selection, select


@pytest.fixture
def filled(base: Base) -> Base:
    base.write("articles/net/proxy.md", "---\ntitle: Proxies\n---\n")
    base.write("articles/net/proxy.ja.md", "---\ntitle: プロキシ\n---\n")
    base.write("macros/refund.md", "---\ntitle: Refund\nshortcut: ;re\n---\n")
    return base


def _paths(selection: Selection) -> tuple[str, tuple[str, ...], str]:
    return selection.at.path, selection.languages, selection.missing


@pytest.mark.parametrize(
    ("name", "language", "expected"),
    [
        ("proxy", "", ("kb/articles/net/proxy.md", ("en", "ja"), "")),
        ("articles/net/proxy", "ja", ("kb/articles/net/proxy.ja.md", ("en", "ja"), "")),
        ("proxy", "ja_JP", ("kb/articles/net/proxy.ja.md", ("en", "ja"), "")),
        (";re", "ja", ("kb/macros/refund.md", ("en",), "ja")),
    ],
)
def test_it_is_the_variant_that_suits_best(
    filled: Base, name: str, language: str, expected: tuple[str, tuple[str, ...], str]
) -> None:
    assert _paths(select(filled.workspace, name, language)) == expected


def test_a_language_that_nobody_writes_is_refused(filled: Base) -> None:
    with pytest.raises(UsageError, match="fr is not a language"):
        select(filled.workspace, "proxy", "fr")


def test_a_name_that_names_nothing_is_refused(filled: Base) -> None:
    with pytest.raises(NotFoundError):
        select(filled.workspace, "nothing")
