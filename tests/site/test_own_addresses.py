"""A public page leads to nothing internal by address either: neither check nor site has it."""

from __future__ import annotations

import pytest
from tests.conftest import Base, Run

from cannery.model.entry import Audience
from cannery.model.location import Problem
from cannery.operations.check import check
from cannery.operations.stage import view_for
from cannery.site.plan import FaultyContentError
from cannery.site.stage import render_stage

ADDRESS = "https://example.com/help"


@pytest.fixture
def site(base: Base) -> Base:
    base.write("kb.toml", f'format = 2\nname = "N"\nsite_url = "{ADDRESS}"\n')
    base.write("articles/g/priv.md", "---\ntitle: Priv\n---\nx\n")
    base.write("articles/s/index.md", "---\ntitle: Section\n---\nx\n")
    base.write("articles/g/pub.md", "---\ntitle: Pub\naudience: public\n---\nx\n")
    base.write("articles/g/pub.ja.md", "---\ntitle: 内\n---\nx\n")
    base.write("macros/m.md", "---\ntitle: M\n---\nx\n")
    return base


def _found(site: Base, link: str) -> list[tuple[str, int, str]]:
    """What the check finds; the site must say the same, lenient or not."""
    body = f"---\ntitle: Open\naudience: public\n---\nOne.\n\n{link}\n"
    site.write("articles/open.md", body)
    found = [item for item in check(site.workspace).problems if item.code == "leak"]
    for lenient in (False, True):
        staged: tuple[Problem, ...] = ()
        try:
            render_stage(view_for(site.workspace, Audience.PUBLIC), lenient=lenient)
        except FaultyContentError as error:
            staged = error.problems
        assert [item for item in staged if item.code == "leak"] == found
    return [(item.path, item.line, item.message) for item in found]


@pytest.mark.parametrize(
    ("link", "target"),
    [
        ("[x](/articles/g/priv/)", "internal article: articles/g/priv.md"),
        ("[x](/help/articles/g/priv/index.html?a#b)", "internal article: articles/g/priv.md"),
        (f"[x]({ADDRESS}/articles/g/priv)", "internal article: articles/g/priv.md"),
        (f"<{ADDRESS}/articles/%67/priv/>", "internal article: articles/g/priv.md"),
        (f"See {ADDRESS}/articles/g/priv/ there", "internal article: articles/g/priv.md"),
        ("[x][y]\n\n[y]: /articles/g/priv/", "internal article: articles/g/priv.md"),
        ("[x](/articles/s/)", "internal article: articles/s/index.md"),
        ("[x](/ja/articles/g/pub/)", "internal article: articles/g/pub.ja.md"),
        ("[x](/macros/m/)", "macro: macros/m.md"),
    ],
)
def test_a_link_to_what_is_internal_is_a_leak(site: Base, link: str, target: str) -> None:
    kind = "a" if target.startswith("macro") else "an"
    message = f"a public article links to {kind} {target}"
    assert _found(site, link) == [("kb/articles/open.md", 7, message)]


@pytest.mark.parametrize(
    "link",
    [
        "[x](/articles/g/pub/)",
        f"[x]({ADDRESS}/articles/g/pub/)",
        "[x](/articles/gone/)",
        "[x](https://example.com/articles/g/priv/)",
        "[x](https://other.example/articles/g/priv/)",
        "`[x](/articles/g/priv/)`",
        "<!-- [x](/articles/g/priv/) -->",
        "[x](/articles/g/priv/) <!-- kb allow: leak because it is known -->",
    ],
)
def test_others_are_none(site: Base, link: str) -> None:
    assert _found(site, link) == []


def test_an_internal_page_may_lead_there(site: Base) -> None:
    site.write("articles/team.md", "---\ntitle: Team\n---\n[x](/articles/g/priv/)\n")
    assert _found(site, "x") == []


def test_a_check_that_reads_what_it_kept_finds_the_same(site: Base) -> None:
    assert _found(site, "[x](/articles/g/priv/)") == _found(site, "[x](/articles/g/priv/)")


def test_no_lenient_build_has_it(site: Base, kb: Run) -> None:
    _found(site, "[x](/articles/g/priv/)")
    assert kb("init").code == 0
    done = kb("site", "build", "--audience", "public", "--lenient")
    assert (done.code, "an internal article: articles/g/priv.md" in done.err) == (1, True), done.err


def test_what_the_team_lets_pass_leads_nowhere(site: Base) -> None:
    allow = "<!-- kb allow: leak because it is known -->"
    assert _found(site, f"[x](/articles/g/priv/) [y](/articles/g/pub/) {allow}") == []
    page = render_stage(view_for(site.workspace, Audience.PUBLIC)).files["articles/open.md"]
    assert b"[x](#kb-hole) [y](/articles/g/pub/)" in page
