"""Images of other hosts are told by the check and by the build, and shown as they are."""

from __future__ import annotations

import pytest
from tests.conftest import Base

from cannery.model.entry import Audience
from cannery.model.location import Problem, Severity
from cannery.operations.check import check
from cannery.operations.stage import view_for
from cannery.site.stage import Stage, render_stage

CODE = "external-image"
IMAGE = "![x](https://a.example/p.png)"


def _article(base: Base, body: str, more: str = "audience: public\n") -> None:
    base.write("articles/open.md", f"---\ntitle: Open\n{more}---\nOne.\n\n{body}\n")


def _checked(base: Base) -> list[Problem]:
    return [item for item in check(base.workspace).problems if item.code == CODE]


def _staged(base: Base, audience: Audience = Audience.PUBLIC) -> Stage:
    return render_stage(view_for(base.workspace, audience))


def _told(stage: Stage) -> list[Problem]:
    return [item for item in stage.problems if item.code == CODE]


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        (IMAGE, [7]),
        (f"{IMAGE} {IMAGE}\n\n![y](http://b.example/q.png)", [7, 9]),
        (f"<!-- {IMAGE} -->\n\n{IMAGE}", [9]),
        (f"<!-- kb allow: {CODE} because it is our own host -->\n{IMAGE}", []),
        (f"`{IMAGE}`", []),
    ],
)
def test_check_and_build_say_the_same(base: Base, body: str, lines: list[int]) -> None:
    _article(base, body)
    found = _checked(base)
    assert [(item.path, item.line) for item in found] == [("kb/articles/open.md", n) for n in lines]
    assert _told(_staged(base)) == found


def test_it_is_a_warning_and_the_page_keeps_its_image(base: Base) -> None:
    _article(base, IMAGE)
    stage = _staged(base)
    assert [item.severity for item in _told(stage)] == [Severity.WARNING]
    assert IMAGE.encode() in stage.files["articles/open.md"]


def test_the_team_allows_it_for_all(base: Base) -> None:
    base.write("kb.toml", f'format = 2\nname = "N"\n[check.allow]\n{CODE} = "our own host"\n')
    _article(base, IMAGE)
    assert _checked(base) == _told(_staged(base)) == []


def test_an_internal_article_is_told_where_it_is_shown(base: Base) -> None:
    _article(base, IMAGE, "")
    found = _checked(base)
    assert len(found) == 1
    assert _told(_staged(base, Audience.INTERNAL)) == found
    assert _told(_staged(base)) == []


def test_a_front_page_is_told_too(base: Base) -> None:
    base.write("index.md", f"---\ntitle: Help\naudience: public\n---\n{IMAGE}\n")
    _article(base, "x")
    found = _checked(base)
    assert [(item.path, item.line) for item in found] == [("kb/index.md", 5)]
    assert _told(_staged(base)) == found


@pytest.mark.parametrize("status", ["draft", "retired"])
def test_what_no_site_shows_is_not_told(base: Base, status: str) -> None:
    _article(base, IMAGE, f"status: {status}\n")
    assert _checked(base) == _told(_staged(base, Audience.INTERNAL)) == []
