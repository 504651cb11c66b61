"""Articles and Zendesk Guide, from files to the help centre and back."""

from __future__ import annotations

import zlib
from contextlib import suppress
from pathlib import Path
from struct import pack
from typing import Any

import pytest
from tests.conftest import Base
from tests.desks.faults import Cut
from tests.desks.signed_in import add_desk, sign_in
from tests.desks.zendesk.asking import Asking
from tests.desks.zendesk.fake import FakeZendesk

from cannery.errors import CanneryError
from cannery.operations.desk_plan import Plan
from cannery.operations.desk_pull import Pulled, pull
from cannery.operations.desk_push import Pushed, push
from cannery.operations.desk_trip import DeskQuery, planned
from cannery.workspace import open_workspace

_HELP = "/api/v2/help_center"
_DESK = 'articles = ["articles"]\nmacros = []\npermission_group = "{}"\n'
_PUBLIC = "---\ntitle: {}\naudience: public\n---\n\n{}\n"


def _png(colour: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return pack(">I", len(data)) + kind + data + pack(">I", zlib.crc32(kind + data))

    head = chunk(b"IHDR", pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    pixel = chunk(b"IDAT", zlib.compress(bytes((0, colour))))
    return b"\x89PNG\r\n\x1a\n" + head + pixel + chunk(b"IEND", b"")


@pytest.fixture
def kb(base: Base, fake_zendesk: FakeZendesk) -> Base:
    """A knowledge base whose articles go to the help centre."""
    base.write("kb.toml", 'languages = ["en", "ja"]\n')
    add_desk(base, fake_zendesk.address, more=_DESK.format(fake_zendesk.guide.permission_group))
    sign_in(fake_zendesk.address, "oauth", fake_zendesk.oauth.token("read write"))
    base.git("init", "-q")
    return base


def _write(kb: Base, name: str, title: str, body: str) -> None:
    kb.write(f"articles/{name}.md", _PUBLIC.format(title, body))


def _pushed(kb: Base, *, delete: bool = False) -> list[Pushed]:
    query = DeskQuery("zendesk", delete=delete)
    with planned(open_workspace(kb.root), query, "push") as plan:
        return push(plan)


def _pulled(kb: Base) -> list[Pulled]:
    with planned(open_workspace(kb.root), DeskQuery("zendesk"), "pull") as plan:
        return pull(plan)


def _plan(kb: Base) -> Plan:
    with planned(open_workspace(kb.root), DeskQuery("zendesk"), "push") as plan:
        return plan


def _texts(fake: FakeZendesk, title: str) -> dict[str, dict[str, Any]]:
    """An article's translations by locale."""
    found = (fake.texts.of("articles", row["id"]) for row in fake.articles.rows)
    return next(texts for texts in found if texts["en-us"]["title"] == title)


def _edit(fake: FakeZendesk, title: str, **changes: object) -> None:
    """Somebody edits an article at the desk."""
    text = _texts(fake, title)["en-us"]
    person = Asking(fake)
    path = f"{_HELP}/articles/{text['source_id']}/translations/en-us"
    person.put(path, {"translation": changes})
    person.client.close()


def _file(kb: Base, name: str) -> str:
    return (kb.root / f"kb/articles/{name}.md").read_text()


def test_a_second_push_and_a_pull_change_nothing(kb: Base, fake_zendesk: FakeZendesk) -> None:
    _write(kb, "net/har", "HAR", "# HAR\n\nSee [it](../auth/keys.md#rotate).\n\n![a](assets/a.png)")
    _write(kb, "net/har.ja", "HAR", "[鍵](../auth/keys.md) ![a](assets/a.png)")
    _write(kb, "auth/keys", "Keys", "See [it](../net/har.md) and\nmore lines\n- a\n- b")
    kb.write("articles/net/assets/a.png", _png(1))
    before = _file(kb, "net/har"), _file(kb, "auth/keys")
    assert {one.how for one in _pushed(kb)} == {"created", "updated"}
    assert _pushed(kb) == []
    assert _pulled(kb) == []
    assert (_file(kb, "net/har"), _file(kb, "auth/keys")) == before
    assert len(fake_zendesk.articles.rows) == 2


def test_articles_that_are_new_together_link_to_each_other(
    kb: Base, fake_zendesk: FakeZendesk
) -> None:
    _write(kb, "a/one", "One", "[two](../b/two.md)")
    _write(kb, "b/two", "Two", "[one](../a/one.md#top)")
    _pushed(kb)
    one, two = (_texts(fake_zendesk, title)["en-us"] for title in ("One", "Two"))
    assert f'/hc/articles/{two["source_id"]}"' in one["body"]
    assert f'/hc/articles/{one["source_id"]}#top"' in two["body"]


def test_a_macro_links_to_an_article_at_the_help_centre(
    kb: Base, fake_zendesk: FakeZendesk
) -> None:
    text = (kb.root / "kb/kb.toml").read_text()
    kb.write("kb.toml", text.replace("macros = []", 'macros = ["macros"]'))
    _write(kb, "a/one", "One", "Hello")
    kb.write("macros/m.md", "---\ntitle: M\n---\n\n[one]({{ 'articles/a/one' | article_url }})\n")
    _pushed(kb)
    number = _texts(fake_zendesk, "One")["en-us"]["source_id"]
    (macro,) = fake_zendesk.macros.rows
    assert f"/hc/articles/{number}" in str(macro["actions"])
    assert _pushed(kb) == []


def test_an_edit_there_changes_its_paragraph_alone(kb: Base, fake_zendesk: FakeZendesk) -> None:
    body = "One long line\nand another.\n\nTwo  <!-- ours -->\n\n* three\n* four\n"
    _write(kb, "a/one", "One", body)
    _pushed(kb)
    html = _texts(fake_zendesk, "One")["en-us"]["body"].replace("Two", "Two and a half")
    _edit(fake_zendesk, "One", body=html)
    _pulled(kb)
    assert _file(kb, "a/one") == _PUBLIC.format(
        "One", "One long line\nand another.\n\nTwo and a half\n\n* three\n* four\n"
    )
    assert _pushed(kb) == []
    assert _pulled(kb) == []


def test_that_unpublished_edits_are_hidden_is_told_before_an_article_is_changed(
    kb: Base,
) -> None:
    _write(kb, "a/one", "One", "Hello")
    assert _plan(kb).caution == ""
    _pushed(kb)
    _write(kb, "a/one", "One", "Hello again")
    assert "until they are published" in _plan(kb).caution


def test_edits_on_both_sides_are_merged(kb: Base, fake_zendesk: FakeZendesk) -> None:
    _write(kb, "a/one", "One", "First\n\nSecond\n\nThird")
    _pushed(kb)
    html = _texts(fake_zendesk, "One")["en-us"]["body"].replace("First", "Their first")
    _edit(fake_zendesk, "One", body=html)
    _write(kb, "a/one", "One", "First\n\nSecond\n\nOur third")
    _pulled(kb)
    assert "Their first\n\nSecond\n\nOur third" in _file(kb, "a/one")
    _pushed(kb)
    assert "Our third" in _texts(fake_zendesk, "One")["en-us"]["body"]
    assert "Their first" in _texts(fake_zendesk, "One")["en-us"]["body"]


def test_a_new_article_there_comes_in_with_its_pictures(
    kb: Base, fake_zendesk: FakeZendesk
) -> None:
    section = fake_zendesk.guide.add_section("Browser tips", fake_zendesk.guide.add_category("Net"))
    row = fake_zendesk.store.add("article_files", {"file_name": "Tab one.png", "content_type": "image/png", "size": 3, "inline": True, "data": _png(3), "article_id": None})  # fmt: skip
    html = f'<h2 id="h_01HABCDEFGHJKMNPQRSTVWXYZ2">Why</h2><p><img src="/hc/article_attachments/{row["id"]}" alt="The tab"></p>'
    row["article_id"] = fake_zendesk.articles.add("Clear the cache", html, section, label_names=["web"])  # fmt: skip
    _pulled(kb)
    text = _file(kb, "net/browser-tips/clear-the-cache")
    assert "tags:\n- web" in text or "tags: [web]" in text
    assert f"## Why\n\n![The tab](assets/Tab-one-{row['id']}.png)\n" in text
    picture = kb.root / f"kb/articles/net/browser-tips/assets/Tab-one-{row['id']}.png"
    assert picture.read_bytes() == _png(3)
    assert _pushed(kb) == []
    assert _pulled(kb) == []


def test_articles_that_come_in_together_link_to_each_other(
    kb: Base, fake_zendesk: FakeZendesk
) -> None:
    guide, articles = fake_zendesk.guide, fake_zendesk.articles
    section = guide.add_section("よくある質問", guide.add_category("Net"))
    start = f"{fake_zendesk.address}/hc/en-us/articles"
    staff = articles.add("Staff", "<p>a</p>", section, user_segment_id=guide.segments["Agents and admins"])  # fmt: skip
    one = articles.add("One", "<p>a</p>", section)
    body = f'<p>See <a href="{start}/{one}-One#b">it</a>, <a href="/hc/en-us/articles/{staff}">us</a>.</p>'
    two = articles.add("Two", body, section, translations=[{"locale": "ja", "title": "二", "body": body, "draft": True}])  # fmt: skip
    row = fake_zendesk.texts.of("articles", one)["en-us"]
    row["body"] = f'<p><a href="{start}/{two}">two</a></p>'
    articles.add("Three", "<p>a</p>", section, translations=[{"locale": "ja", "title": "三", "body": row["body"]}])  # fmt: skip
    _pulled(kb)
    assert "[two](two.md)" in _file(kb, "net/よくある質問/one")
    text = _file(kb, "net/よくある質問/two")
    assert f"See [it](one.md#b), [us]({fake_zendesk.address}/hc/articles/{staff})." in text
    assert _pulled(kb) == []
    assert _pushed(kb) == []


def test_a_picture_that_an_edit_added_comes_in(kb: Base, fake_zendesk: FakeZendesk) -> None:
    _write(kb, "a/one", "One", "Hello")
    _pushed(kb)
    number = fake_zendesk.articles.rows[0]["id"]
    row = fake_zendesk.store.add("article_files", {"file_name": "b.png", "content_type": "image/png", "size": 3, "inline": True, "data": _png(3), "article_id": number})  # fmt: skip
    _edit(fake_zendesk, "One", body=f'<p>Hello <img src="/hc/article_attachments/{row["id"]}"></p>')
    _pulled(kb)
    assert f"Hello ![](assets/b-{row['id']}.png)" in _file(kb, "a/one")
    assert (kb.root / f"kb/articles/a/assets/b-{row['id']}.png").read_bytes() == _png(3)
    assert _pushed(kb) == []
    assert _pulled(kb) == []


def test_a_new_article_goes_to_the_section_that_its_folder_came_from(
    kb: Base, fake_zendesk: FakeZendesk
) -> None:
    guide = fake_zendesk.guide
    section = guide.add_section("Tea / Coffee?", guide.add_category("Café & Co. 東京"))
    fake_zendesk.articles.add("A", "<p>a</p>", section)
    _pulled(kb)
    (path,) = (kb.root / "kb/articles").rglob("a.md")
    _write(kb, f"{path.parent.relative_to(kb.root / 'kb/articles')}/b", "B", "b")
    _pushed(kb)
    assert [row["section_id"] for row in fake_zendesk.articles.rows] == [section, section]


def test_what_is_no_picture_is_left_out(kb: Base, fake_zendesk: FakeZendesk) -> None:
    section = fake_zendesk.guide.add_section("S", fake_zendesk.guide.add_category("C"))
    row = fake_zendesk.store.add("article_files", {"file_name": "a.png", "content_type": "image/png", "size": 3, "inline": True, "data": b"<html><script>", "article_id": None})  # fmt: skip
    html = f'<p>b <img src="/hc/article_attachments/{row["id"]}"></p>'
    row["article_id"] = fake_zendesk.articles.add("A", html, section)
    _pulled(kb)
    assert not [*Path(kb.root).rglob("*.png")]


def test_drafts_and_articles_for_some_come_in_and_stay_as_they_are(
    kb: Base, fake_zendesk: FakeZendesk
) -> None:
    guide = fake_zendesk.guide
    section = guide.add_section("S", guide.add_category("C"))
    fake_zendesk.articles.add("Draft", "<p>a</p>", section, draft=True)
    staff = guide.segments["Agents and admins"]
    fake_zendesk.articles.add("Staff", "<p>a</p>", section, user_segment_id=staff)
    _pulled(kb)
    assert "status: draft" in _file(kb, "c/s/draft")
    assert "audience: internal" in _file(kb, "c/s/staff")
    start = len(fake_zendesk.lines)
    assert _pushed(kb, delete=True) == []
    assert _pulled(kb) == []
    assert [line for line in fake_zendesk.lines[start:] if not line.startswith("GET")] == []


def test_an_article_that_becomes_internal_is_taken_away(
    kb: Base, fake_zendesk: FakeZendesk
) -> None:
    _write(kb, "a/one", "One", "Hello")
    _pushed(kb)
    kb.write("articles/a/one.md", "---\ntitle: One\n---\n\nKondensator\n")
    assert [one.how for one in _pushed(kb)] == ["deactivated"]
    text = _texts(fake_zendesk, "One")["en-us"]
    assert text["draft"]
    assert "Kondensator" not in text["body"]
    _write(kb, "a/one", "One", "Hello again")
    assert [one.how for one in _pushed(kb)] == ["updated"]
    text = _texts(fake_zendesk, "One")["en-us"]
    assert (text["draft"], text["body"]) == (False, "<p>Hello again</p>")


def test_a_language_that_is_deleted_here_is_taken_away(kb: Base, fake_zendesk: FakeZendesk) -> None:
    _write(kb, "a/one", "One", "Hello")
    _write(kb, "a/one.ja", "一", "こんにちは")
    _pushed(kb)
    (kb.root / "kb/articles/a/one.ja.md").unlink()
    assert [one.how for one in _pushed(kb)] == ["updated"]
    drafts = {name: one["draft"] for name, one in _texts(fake_zendesk, "One").items()}
    assert drafts == {"en-us": False, "ja": True}
    assert _pushed(kb) == []


def test_a_picture_that_changed_alone_is_sent(kb: Base, fake_zendesk: FakeZendesk) -> None:
    _write(kb, "a/one", "One", "![a](assets/a.png)")
    kb.write("articles/a/assets/a.png", _png(1))
    _pushed(kb)
    kb.write("articles/a/assets/a.png", _png(2))
    assert [one.how for one in _pushed(kb)] == ["updated"]
    files = [row["data"] for row in fake_zendesk.store.table("article_files").values()]
    assert files == [_png(1), _png(2)]
    assert _pushed(kb) == []


def test_a_section_is_called_by_its_page_only_if_customers_see_that(
    kb: Base, fake_zendesk: FakeZendesk
) -> None:
    _write(kb, "net/one", "One", "Hello")
    _write(kb, "net/index", "The network", "All about it")
    kb.write("articles/auth/index.md", "---\ntitle: Kondensator\n---\n\nHello\n")
    _write(kb, "auth/two", "Two", "Hello")
    _pushed(kb)
    texts = fake_zendesk.store.table("translations").values()
    names = {one["title"] for one in texts if one["source_type"] != "Article"}
    assert names == {"The network", "Auth"}
    assert "Kondensator" not in str(fake_zendesk.store.tables)


def test_a_translation_that_is_made_there_comes_in(kb: Base, fake_zendesk: FakeZendesk) -> None:
    _write(kb, "a/one", "One", "Hello")
    _pushed(kb)
    path = f"{_HELP}/articles/{fake_zendesk.articles.rows[0]['id']}/translations"
    person = Asking(fake_zendesk)
    person.post(path, {"translation": {"locale": "ja", "title": "一", "body": "<p>こんにちは</p>"}})
    person.client.close()
    _pulled(kb)
    text = _file(kb, "a/one.ja")
    assert "title: 一\n" in text
    assert "audience: public\n" in text
    assert text.endswith("\n\nこんにちは\n")
    assert (_pushed(kb), _pulled(kb)) == ([], [])


def test_a_translation_that_is_unpublished_there_is_a_draft_here(
    kb: Base, fake_zendesk: FakeZendesk
) -> None:
    _write(kb, "a/one", "One", "Hello")
    _write(kb, "a/one.ja", "一", "こんにちは")
    _pushed(kb)
    path = f"{_HELP}/articles/{fake_zendesk.articles.rows[0]['id']}/translations/ja"
    person = Asking(fake_zendesk)
    person.put(path, {"translation": {"draft": True}})
    person.client.close()
    _pulled(kb)
    assert "status: draft\n" in _file(kb, "a/one.ja")
    assert "status" not in _file(kb, "a/one")
    start = len(fake_zendesk.lines)
    _pushed(kb)
    assert [line for line in fake_zendesk.lines[start:] if not line.startswith("GET")] == []
    assert (_pushed(kb), _pulled(kb)) == ([], [])
    _write(kb, "a/one.ja", "一", "さようなら")
    _pushed(kb)
    assert _texts(fake_zendesk, "One")["ja"]["draft"] is False


def test_an_article_that_is_unpublished_there_is_a_draft_here(
    kb: Base, fake_zendesk: FakeZendesk
) -> None:
    _write(kb, "a/one", "One", "Hello")
    _pushed(kb)
    _edit(fake_zendesk, "One", draft=True)
    _pulled(kb)
    assert "status: draft\n" in _file(kb, "a/one")
    assert (_pushed(kb, delete=True), _pulled(kb)) == ([], [])
    _edit(fake_zendesk, "One", draft=False)
    _pulled(kb)
    assert "status: draft" not in _file(kb, "a/one")
    assert (_pushed(kb), _pulled(kb)) == ([], [])


def test_an_article_that_is_for_some_from_now_on_is_internal_here(
    kb: Base, fake_zendesk: FakeZendesk
) -> None:
    _write(kb, "a/one", "One", "Hello")
    _pushed(kb)
    row = fake_zendesk.articles.rows[0]
    staff = fake_zendesk.guide.segments["Agents and admins"]
    fake_zendesk.store.change(row, {"user_segment_id": staff})
    _pulled(kb)
    assert "audience: internal\n" in _file(kb, "a/one")
    assert (_pushed(kb), _pulled(kb)) == ([], [])
    assert not _texts(fake_zendesk, "One")["en-us"]["draft"]
    _write(kb, "a/one", "One", "Hello")
    assert [one.how for one in _pushed(kb)] == ["updated"]
    assert fake_zendesk.articles.rows[0]["user_segment_id"] is None


def test_what_was_archived_there_is_retired_here(kb: Base, fake_zendesk: FakeZendesk) -> None:
    _write(kb, "a/one", "One", "Hello")
    _pushed(kb)
    person = Asking(fake_zendesk)
    person.delete(f"{_HELP}/articles/{fake_zendesk.articles.rows[0]['id']}")
    person.client.close()
    _pulled(kb)
    assert "status: retired" in _file(kb, "a/one")


@pytest.mark.parametrize("cut", range(1, 26, 3))
def test_a_push_that_is_cut_off_anywhere_ends_right(
    kb: Base, fake_zendesk: FakeZendesk, cut: int
) -> None:
    _write(kb, "a/one", "One", "Hello [two](two.md) ![a](assets/a.png)")
    _write(kb, "a/one.ja", "一", "こんにちは ![a](assets/a.png)")
    _write(kb, "a/two", "Two", "Hello [one](one.md)")
    kb.write("articles/a/assets/a.png", _png(1))
    fake_zendesk.fail(Cut.AFTER, at=cut, method="P")
    with suppress(CanneryError):
        _pushed(kb)
    _pushed(kb)
    assert _pushed(kb) == []
    assert _pulled(kb) == []
    assert len(fake_zendesk.articles.rows) == 2
    one, two = (_texts(fake_zendesk, title) for title in ("One", "Two"))
    assert not any(text["draft"] for text in (*one.values(), *two.values()))
    assert [*one] == ["en-us", "ja"]
    assert f"/hc/articles/{two['en-us']['source_id']}" in one["en-us"]["body"]
    assert f"/hc/articles/{one['en-us']['source_id']}" in two["en-us"]["body"]


@pytest.mark.parametrize("name", ["../../../../x.png", "../x.png", "/etc/x.png", "a/b.png"])
def test_a_picture_whose_name_leads_elsewhere_costs_that_picture(
    kb: Base, fake_zendesk: FakeZendesk, name: str
) -> None:
    """Anyone at the desk writes the HTML, also what stands there for files of ours."""
    section = fake_zendesk.guide.add_section("S", fake_zendesk.guide.add_category("C"))
    fake_zendesk.articles.add("Odd", f'<p>a</p><p><img src="kb-file/{name}"></p>', section)
    fake_zendesk.articles.add("Even", "<p>b</p>", section)
    assert len(_pulled(kb)) == 2
    assert not [*kb.root.parent.rglob("*.png")]
