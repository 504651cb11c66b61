"""Who must approve a change, as GitHub and GitLab read CODEOWNERS."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from cannery.hosts import github_owners, gitlab_owners
from cannery.hosts.code_owners import Owners
from cannery.util.globs import matches


class Case(NamedTuple):
    pattern: str
    yes: tuple[str, ...]
    no: tuple[str, ...] = ()


GITHUB = [
    Case("*", ("a.md", "kb/a.md", "kb/x/.hidden")),
    Case("*.md", ("a.md", "kb/x/a.md", "kb/x.md/a.txt"), ("a.mdx",)),
    Case("/docs/", ("docs/a", "docs/x/a"), ("kb/docs/a", "docs")),
    Case("docs/", ("docs/a", "kb/docs/x/a"), ("docs", "kb/docs")),
    Case("docs", ("docs", "docs/a", "kb/docs/x/a"), ("docsx",)),
    Case("/docs", ("docs", "docs/a"), ("kb/docs",)),
    Case("docs/*", ("docs/a",), ("docs/x/a", "kb/docs/a")),
    Case("/*", ("a.md",), ("kb/a.md",)),
    Case("docs/*.md", ("docs/a.md", "docs/a.md/b"), ("docs/x/a.md",)),
    Case("kb/macros/billing", ("kb/macros/billing/a.md",), ("x/kb/macros/billing/a.md",)),
    Case("**/logs", ("logs/a", "build/logs/a", "build/logs"), ("build/logsx",)),
    Case("kb/**/refund.md", ("kb/refund.md", "kb/a/b/refund.md"), ("refund.md",)),
    Case("kb/**", ("kb/a", "kb/a/b"), ("x/kb/a",)),
    Case(r"my\ docs/", ("my docs/a",), ("my", r"my\ docs/a")),
    Case("kb/a?.md", ("kb/ab.md",), ("kb/a.md", "kb/a/.md")),
    Case("KB/", (), ("kb/a.md",)),
    Case("!kb/", (), ("kb/a.md", "a")),
    Case("kb/[ab].md", (), ("kb/a.md", "kb/[ab].md")),
    Case("/", (), ("a", "kb/a")),
]
GITLAB = [
    Case("*", ("a.md", "kb/a.md", ".gitignore")),
    Case("*.md", ("a.md", "kb/x/a.md"), ("a.mdx",)),
    Case("README.md", ("README.md", "kb/README.md")),
    Case("/README.md", ("README.md",), ("kb/README.md",)),
    Case("/docs/", ("docs/a", "docs/x/a"), ("kb/docs/a", "docs")),
    Case("docs/", ("docs/a", "kb/docs/x/a")),
    Case("docs", ("docs", "kb/docs"), ("docs/a",)),
    Case("/docs/*", ("docs/a",), ("docs/x/a",)),
    Case("docs/*", ("docs/a", "kb/docs/a"), ("docs/x/a",)),
    Case("/docs/**/*.md", ("docs/a.md", "docs/x/y/a.md"), ("docs/a.txt",)),
    Case("/docs/**", ("docs/a",), ("docs/x/a",)),
    Case("/kb/[ab].md", ("kb/a.md",), ("kb/c.md",)),
    Case(r"path\ with\ spaces/", ("path with spaces/a", "kb/path with spaces/a")),
    Case(r"\#file", ("#file",), ("file",)),
    Case(r"/kb/a\*.md", ("kb/a*.md",), ("kb/ab.md",)),
]


@pytest.mark.parametrize("case", GITHUB, ids=lambda case: case.pattern)
def test_what_a_pattern_of_github_s_matches(case: Case) -> None:
    found = github_owners.owners(f"{case.pattern} @a", [*case.yes, *case.no])
    assert found == ([Owners("", ("@a",), case.yes)] if case.yes else [])


@pytest.mark.parametrize("case", GITLAB, ids=lambda case: case.pattern)
def test_what_a_pattern_of_gitlab_s_matches(case: Case) -> None:
    found = gitlab_owners.owners(f"{case.pattern} @a", [*case.yes, *case.no])
    assert found == ([Owners("", ("@a",), case.yes)] if case.yes else [])


def test_on_github_the_last_match_wins_and_may_be_nobody() -> None:
    text = (
        "# All\n* @org/all\n\n/kb/ @kim lee@example.com  # with @nobody\n/kb/open/\n"
        "/kb/wrong/ not-an-owner\n"
    )
    paths = ["a", "kb/a", "kb/open/a", "kb/wrong/a"]
    assert github_owners.owners(text, paths) == [
        Owners("", ("@org/all",), ("a",)),
        Owners("", ("@kim", "lee@example.com"), ("kb/a", "kb/wrong/a")),
    ]


def test_on_gitlab_each_section_has_its_own_last_match() -> None:
    text = (
        "* @all\n/kb/a.md @kim\n"
        "[Docs][2] @docs\n/kb/\n/kb/b.md @lee # asks @mia\n!/kb/c.md\n"
        "^[Legal] @legal\n*.md\n"
        "[docs] @later\n/kb/d.md\n"
        "[No one]\n/kb/\n"
    )
    paths = ["kb/a.md", "kb/b.md", "kb/c.md", "kb/d.md"]
    assert gitlab_owners.owners(text, paths) == [
        Owners("", ("@kim",), ("kb/a.md",)),
        Owners("", ("@all",), ("kb/b.md", "kb/c.md", "kb/d.md")),
        Owners("Docs", ("@docs",), ("kb/a.md",), 2),
        Owners("Docs", ("@lee", "@mia"), ("kb/b.md",), 2),
        Owners("Docs", ("@later",), ("kb/d.md",), 2),
        Owners("Legal", ("@legal",), tuple(paths), 1, is_optional=True),
    ]


def test_a_pattern_of_many_stars_takes_no_longer_than_its_length() -> None:
    glob = ("**", "*" * 200 + "x") * 50
    assert not matches(glob, "/".join(["a" * 100] * 200))
