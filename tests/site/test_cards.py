"""The pictures of links: which there are, what they show, and that they are the same each time."""

from __future__ import annotations

import os
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from tests.conftest import Base
from tests.site.served import MKDOCS

from cannery.model.entry import Audience
from cannery.operations.build_site import Mode, build_site
from cannery.site import cards
from cannery.site.cards import Card, Painter, painter


@pytest.fixture
def brush() -> Painter:
    found = painter()
    if found is None:
        if os.environ.get("CI"):
            pytest.fail("CI lacks a font")
        pytest.skip("no font here")
    return found


def _articles(base: Base, *names: str) -> None:
    base.write("kb.toml", 'name = "Acme"\nsite_url = "https://help.example.com"\n')
    for name in names:
        base.write(
            f"articles/net/{name}.md", f"---\ntitle: Title {name}\naudience: public\n---\nText.\n"
        )
    base.write("articles/net/secret.md", "---\ntitle: Secret merger\n---\nText.\n")
    (base.root / "mkdocs.yml").write_text(MKDOCS)


def _built(base: Base, folder: str = "out", *, alone: bool = True) -> Path:
    out = base.root / folder
    build_site(base.workspace, Audience.PUBLIC, out, mode=Mode(alone=alone))
    return out


@pytest.mark.usefixtures("brush")
def test_each_public_article_has_one_and_names_it(base: Base) -> None:
    _articles(base, "a", "b")
    out = _built(base)
    drawn = {path.name for path in (out / "assets/cards").iterdir()}
    assert len(drawn) == 2
    page = (out / "articles/net/a/index.html").read_text()
    name = Card("Title a", "Net", "Acme", "#0b5fa5").name
    assert f'<meta property="og:image" content="https://help.example.com/{name}">' in page
    assert name.rpartition("/")[2] in drawn


@pytest.mark.usefixtures("brush")
def test_one_that_is_there_stays_and_one_that_nothing_shows_goes(base: Base) -> None:
    _articles(base, "a", "b")
    out = _built(base)
    before = {path: path.stat().st_mtime_ns for path in (out / "assets/cards").iterdir()}
    base.write("articles/net/b.md", "---\ntitle: Other\naudience: public\n---\nText.\n")
    _built(base)
    after = {path: path.stat().st_mtime_ns for path in (out / "assets/cards").iterdir()}
    assert len(before.items() & after.items()) == 1
    assert len(after) == 2


@pytest.mark.usefixtures("brush")
def test_two_processes_draw_the_same_as_one(base: Base, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cannery.operations.site_cards._FEW", 1)
    _articles(base, "a", "b", "c")
    one, two = _built(base, "one"), _built(base, "two", alone=False)
    files = [
        {path.name: path.read_bytes() for path in (out / "assets/cards").iterdir()}
        for out in (one, two)
    ]
    assert files[0] == files[1]
    assert len(files[0]) == 3


def test_a_site_without_an_address_or_for_the_team_alone_has_none(base: Base) -> None:
    _articles(base, "a")
    build_site(base.workspace, Audience.INTERNAL, base.root / "inside", mode=Mode(alone=True))
    assert not (base.root / "inside/assets/cards").exists()
    base.write("kb.toml", 'name = "Acme"\n')
    assert not (_built(base) / "assets/cards").exists()


def test_without_a_font_pages_name_none(base: Base, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cards, "painter", lambda: None)
    monkeypatch.setattr("cannery.operations.site_cards.painter", lambda: None)
    _articles(base, "a")
    assert "og:image" not in (_built(base) / "articles/net/a/index.html").read_text()


@pytest.mark.parametrize(
    "title",
    ["Reset", "x" * 500, "証明書の更新手順を確認する、" * 12, "", " ", "\n", "Donaudampfschifffahrtsgesellschaft " * 9, "a。" * 200],
)  # fmt: skip
def test_any_title_is_drawn_inside_the_picture(brush: Painter, title: str) -> None:
    data = brush.draw(Card(title, "Section" * 40, "Site" * 60, "#0b5fa5"))
    picture = Image.open(BytesIO(data))
    assert picture.size == (800, 420)
    assert brush.draw(Card(title, "Section" * 40, "Site" * 60, "#0b5fa5")) == data
    margin = picture.crop((770, 20, 800, 420)).getcolors()
    assert margin is not None
    assert len(margin) == 1  # nothing but paper


def test_what_the_font_lacks_is_not_drawn(brush: Painter) -> None:
    assert brush.can_show(Card("Reset a password", "Account", "Acme", "#0b5fa5"))
    assert not brush.can_show(Card("\U0001e900\ue000", "Account", "Acme", "#0b5fa5"))
