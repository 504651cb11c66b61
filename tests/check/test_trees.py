"""Which folders hold the same pages once more is told by the places of all pages."""

from __future__ import annotations

import pytest

from cannery.check.trees import Trees

_NAMES = ("index", "install", "upgrade", "faq")


def _below(*folders: str) -> list[str]:
    return [f"{folder}/{name}.md" for folder in folders for name in _NAMES]


@pytest.mark.parametrize(
    ("folders", "one", "other"),
    [
        (("en", "ja"), "en/faq.md", "ja/install.md"),
        (("docs", "docs/ja"), "docs/faq.md", "docs/ja/faq.md"),
        (("docs", "i18n/ja/plugin/current"), "docs/faq.md", "i18n/ja/plugin/current/install.md"),
        (("docs", "versions/v2"), "docs/faq.md", "versions/v2/only.md"),
        (("docs/3.x", "docs/2.1"), "docs/3.x/a.md", "docs/2.1/b.md"),
        (("cloud", "server"), "cloud/faq.md", "server/faq.md"),
        (("01-cloud/02-run", "02-server/04-run"), "01-cloud/02-run/3-faq.md", "02-server/04-run/07-faq.md"),
    ],
)  # fmt: skip
def test_a_page_in_another_language_or_version_is_parallel(
    folders: tuple[str, ...], one: str, other: str
) -> None:
    trees = Trees([*_below(*folders), one, other])
    assert trees.are_parallel(one, other)
    assert trees.are_parallel(other, one)


@pytest.mark.parametrize(
    ("paths", "one", "other"),
    [
        ([], "a/start.md", "b/start.md"),
        (["a/x.md", "b/x.md"], "a/start.md", "b/start.md"),
        (_below("cloud", "server"), "cloud/faq.md", "server/install.md"),
        (_below("docs"), "docs/faq.md", "docs/install.md"),
        (["hr/leave.md", "it/laptop.md", "it/vpn.md"], "hr/index.md", "it/index.md"),
        (["2024/a.md", "2025/b.md"], "2024/index.md", "2025/index.md"),
    ],
)  # fmt: skip
def test_other_pages_are_not(paths: list[str], one: str, other: str) -> None:
    assert not Trees([*paths, one, other]).are_parallel(one, other)


def test_one_of_each_page_is_left_and_no_more_than_wanted() -> None:
    trees = Trees(_below("en", "ja", "de"))
    assert trees.distinct(["en/faq.md", "ja/faq.md", "en/install.md"], 3) == [
        "en/faq.md",
        "en/install.md",
    ]
    assert len(trees.distinct(_below("en"), 2)) == 2
