"""A team's repository that keeps its own layout: docs/, translations below i18n/."""

from __future__ import annotations

import pytest

from tests.repositories import ARTICLE, Team

JA = "i18n/ja/docusaurus-plugin-content-docs/current"
SETTINGS = """\
name = "Team"
site_url = "https://help.example.com"
[content]
articles = ["docs", "i18n/{language}/docusaurus-plugin-content-docs/current"]
macros = ["replies"]
ignore = ["docs/_*", "drafts/"]
"""
GUIDE_SETTINGS = SETTINGS.replace('"docs', '"guide')
HAR, PROXY, HELLO = "docs/net/har.md", "docs/net/proxy.md", "replies/hello.md"
HAR_JA = f"{JA}/net/har.md"


@pytest.fixture
def docs(team: Team) -> Team:
    """The team's repository with its content where a documentation site has it."""
    other = team.other
    for folder in ("docs/net", "replies", f"{JA}/net"):
        (other.root / folder).mkdir(parents=True)
    other.git("mv", "kb/articles/har.md", HAR)
    other.git("mv", "kb/articles/proxy.md", PROXY)
    other.git("mv", "kb/macros/hello.md", HELLO)
    other.edit(PROXY, "Third line", "See [HAR files](har.md).")
    other.write(HAR_JA, ARTICLE.replace("HAR files", "HAR ファイル"))
    other.write("docs/_old.md", ARTICLE)
    other.write("src/app.py", "print()\n")
    other.write("README.md", "# The program\n")
    other.write("kb/kb.toml", SETTINGS)
    other.push("To docs/")
    team.mine.pull()
    return team
