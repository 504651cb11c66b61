"""Articles of Guide, against the one on loopback: what is read, what is sent, in which order."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import pytest

from cannery.exchange.desks.zendesk import guide_pictures
from cannery.model.entry import Article, Audience
from cannery.model.location import Kind, Status
from cannery.rest.client import RestError
from cannery.util.address import web
from tests.desks import faults
from tests.desks.faults import Cut
from tests.desks.zendesk.asking import Asking
from tests.desks.zendesk.fake import FakeZendesk
from tests.exchange.desks.zendesk.connected import asked
from tests.exchange.desks.zendesk.guide_connected import (
    Base,
    article,
    back,
    change,
    family,
    guide,
    push,
)
from tests.rest.service import Service, answer

_HELP = "/api/v2/help_center"
_PNG = b"\x89PNG\r\n\x1a\n-a-picture"
ENGLISH, JAPANESE = article("Hello\n"), article("こんにちは\n", "ja", title="HAR")


def _texts(fake: FakeZendesk, number: str) -> dict[str, dict[str, Any]]:
    return fake.texts.of("articles", int(number))


def _shown(fake: FakeZendesk) -> str:
    """All that readers without an account can see."""
    public = (row for row in fake.articles.rows if row["user_segment_id"] is None)
    texts = (one for row in public for one in _texts(fake, row["id"]).values())
    return "\n".join(f"{one['title']} {one['body']}" for one in texts if not one["draft"])


def test_what_is_sent_is_what_is_read(fake_zendesk: FakeZendesk) -> None:
    desk = guide(fake_zendesk)
    body = '# A\n\n> [!NOTE]\n> a & *b* "c"\n\n- [x] d\n\n```sh\ne  f\n```\n'
    sent = desk.outgoing(family(article(body, tags=("net", "browser")), JAPANESE))
    record = desk.create(Kind.ARTICLE, sent.parts)
    assert {**sent.parts, "section": "net"}.items() <= record.parts.items()
    assert [*guide(fake_zendesk).records(Kind.ARTICLE)][0].parts == record.parts  # noqa: RUF015


def test_an_article_comes_back_as_it_went(fake_zendesk: FakeZendesk) -> None:
    desk = guide(fake_zendesk)
    body = "## Why {#reason}\n\nA **b** [c](#reason)[^1].\n\n!!! tip\n    d\n\n[^1]: e\n"
    incoming = back(desk, push(desk, article(body, tags=("net",)), JAPANESE))
    assert incoming.by_language["en"].body == body
    assert incoming.by_language["ja"].body == "こんにちは\n"
    told = {"title": "HAR files", "audience": "public", "status": None, "tags": ["net"]}
    assert dict(incoming.by_language["en"].keys) == told
    assert (incoming.section, incoming.losses) == ("net", ())


def test_a_folder_becomes_a_category_with_a_section(fake_zendesk: FakeZendesk) -> None:
    base = Base(titles={"articles/net": "Network"})
    push(guide(fake_zendesk, base), ENGLISH)
    assert asked(fake_zendesk)[:2] == [f"POST {_HELP}/categories", f"POST {_HELP}/categories/{_number(fake_zendesk, 'categories')}/translations"]  # fmt: skip
    names = [row["title"] for row in fake_zendesk.store.table("translations").values()]
    assert names == ["Network", "Network", "Network", "Network", "HAR files"]


def _number(fake: FakeZendesk, table: str) -> int:
    return next(iter(fake.store.table(table)))


def test_a_section_that_is_called_as_a_folder_is_taken(fake_zendesk: FakeZendesk) -> None:
    category = fake_zendesk.guide.add_category("Network")
    section = fake_zendesk.guide.add_section("Browsers", category)
    base = Base(titles={"articles/net": "Network", "articles/net/browsers": "Browsers"})
    record = push(guide(fake_zendesk, base), article("a", id_="articles/net/browsers/har"))
    assert fake_zendesk.store.row("articles", int(record.id))["section_id"] == section
    assert record.parts["section"] == "net/browsers"


def test_a_section_that_was_renamed_there_stays_the_folder(fake_zendesk: FakeZendesk) -> None:
    desk = guide(fake_zendesk)
    record = push(desk, ENGLISH)
    for text in fake_zendesk.store.table("translations").values():
        text["title"] = "Something else"
    again = guide(fake_zendesk, numbers=desk.numbers).read(Kind.ARTICLE, record.id)
    assert again is not None
    assert again.parts["section"] == "net"


def test_a_change_sends_what_differs_and_nothing_else(fake_zendesk: FakeZendesk) -> None:
    desk = guide(fake_zendesk)
    record, start = push(desk, ENGLISH, JAPANESE), len(fake_zendesk.lines)
    change(desk, record, ENGLISH, article("さようなら\n", "ja", title="HAR"))
    assert asked(fake_zendesk, start) == [f"PUT {_HELP}/articles/{record.id}/translations/ja"]


def test_labels_that_go_take_an_empty_list(fake_zendesk: FakeZendesk) -> None:
    desk = guide(fake_zendesk)
    record = change(desk, push(desk, article("a", tags=("net",))), article("a"))
    assert "labels" not in record.parts
    assert fake_zendesk.store.row("articles", int(record.id))["label_names"] == []


def test_labels_may_be_keywords(fake_zendesk: FakeZendesk) -> None:
    desk = guide(fake_zendesk, labels="keywords")
    incoming = back(desk, push(desk, article("a", keywords=("har",), tags=("net",))))
    assert incoming.by_language["en"].keys["keywords"] == ["har"]


@pytest.mark.parametrize(
    "hidden",
    [
        {"audience": Audience.INTERNAL},
        {"status": Status.DRAFT},
        {"status": Status.RETIRED},
    ],
)
def test_a_language_that_is_hidden_alone_is_taken_away(
    fake_zendesk: FakeZendesk, hidden: dict[str, Any]
) -> None:
    desk = guide(fake_zendesk)
    record = push(desk, ENGLISH, JAPANESE)
    change(desk, record, ENGLISH, article("Kondensator\n", "ja", **hidden))
    assert _texts(fake_zendesk, record.id)["ja"]["draft"]
    assert "Kondensator" not in str(fake_zendesk.store.tables)


@pytest.mark.parametrize(
    "original",
    [
        article("Kondensator\n", audience=Audience.INTERNAL),
        article("Kondensator\n", status=Status.DRAFT),
        article("Kondensator\n", status=Status.RETIRED),
    ],
    ids=["internal", "draft", "retired"],
)
def test_nothing_of_an_article_that_is_hidden_goes_out(
    fake_zendesk: FakeZendesk, original: Article
) -> None:
    """Nor a translation that leaves open who may see it, and follows its original."""
    silent = article("Kondensator\n", "ja", left_open=("audience", "status"))
    parts = guide(fake_zendesk).outgoing(family(original, silent)).parts
    assert parts == {"section": "net", "active": False}


def test_comments_and_the_title_do_not_go_out(fake_zendesk: FakeZendesk) -> None:
    body = '# HAR files\n\nA <!-- secret --> b [](# "secret")\n\n[//]: # (secret)\n'
    keys: dict[str, Any] = {"title": "HAR <!-- s -->", "tags": ("net", "<!-- s -->")}
    sent = guide(fake_zendesk).outgoing(family(article(body.replace("files", ""), **keys)))
    assert sent.parts["body.en"] == "<p>A b</p>"
    assert (sent.parts["title.en"], sent.parts["labels"]) == ("HAR", ["net"])


def test_what_is_deactivated_is_a_draft_in_all_languages(
    fake_zendesk: FakeZendesk, person: Asking
) -> None:
    desk = guide(fake_zendesk)
    record = push(desk, ENGLISH, JAPANESE)
    german = {"translation": {"locale": "de", "title": "HAR", "body": "Hallo"}}
    person.post(f"{_HELP}/articles/{record.id}/translations", german)
    off = desk.update(record, {**record.parts, "active": False})
    assert off.parts["active"] is False
    assert all(one["draft"] for one in _texts(fake_zendesk, record.id).values())


def test_what_is_shown_again_is_shown_in_its_languages_alone(fake_zendesk: FakeZendesk) -> None:
    desk = guide(fake_zendesk)
    record = push(desk, ENGLISH, JAPANESE)
    off = desk.update(record, {**record.parts, "active": False})
    assert change(desk, off, ENGLISH).parts["active"] is True
    drafts = {name: one["draft"] for name, one in _texts(fake_zendesk, record.id).items()}
    assert drafts == {"en-us": False, "ja": True}


def test_an_article_for_some_readers_comes_in_as_internal(fake_zendesk: FakeZendesk) -> None:
    category = fake_zendesk.guide.add_category("Team")
    section = fake_zendesk.guide.add_section("Team", category)
    segment = fake_zendesk.guide.segments["Agents and admins"]
    fake_zendesk.articles.add("Keys", "<p>a</p>", section, user_segment_id=segment)
    desk = guide(fake_zendesk)
    (record,) = desk.records(Kind.ARTICLE)
    assert record.parts["active"] is False
    assert back(desk, record).by_language["en"].keys["audience"] == "internal"


def test_a_draft_comes_in_as_one(fake_zendesk: FakeZendesk) -> None:
    section = fake_zendesk.guide.add_section("S", fake_zendesk.guide.add_category("C"))
    fake_zendesk.articles.add("Keys", "<p>a</p>", section, draft=True)
    desk = guide(fake_zendesk)
    (record,) = desk.records(Kind.ARTICLE)
    incoming = back(desk, record)
    assert incoming.by_language["en"].keys["status"] == "draft"
    assert incoming.section == "c/s"


def test_what_is_deleted_is_archived(fake_zendesk: FakeZendesk) -> None:
    desk = guide(fake_zendesk)
    record = push(desk, ENGLISH)
    desk.delete(record)
    desk.delete(record)
    assert desk.read(Kind.ARTICLE, record.id) is None
    assert [*desk.records(Kind.ARTICLE)] == []


def test_pictures_are_files_of_the_article(fake_zendesk: FakeZendesk) -> None:
    base = Base({"kb/articles/net/assets/har.png": _PNG})
    desk = guide(fake_zendesk, base)
    text = article("![The *tab*](assets/har.png)\n")
    record = push(desk, text)
    (row,) = fake_zendesk.article_files.of(int(record.id))
    assert (row["data"], row["inline"], row["content_type"]) == (_PNG, True, "image/png")
    assert f"/hc/article_attachments/{row['id']}" in _shown(fake_zendesk)
    assert dict(desk.outgoing(family(text)).parts).items() <= record.parts.items()
    assert back(desk, record).by_language["en"].body == "![The tab](assets/har.png)\n"


def test_a_picture_is_sent_again_only_when_it_changes(fake_zendesk: FakeZendesk) -> None:
    base = Base({"kb/articles/net/assets/har.png": _PNG})
    desk = guide(fake_zendesk, base)
    record = push(desk, article("![](assets/har.png)\n"))
    later = guide(fake_zendesk, base, desk.numbers)
    record = change(later, record, article("![](assets/har.png) more\n"))
    assert len(fake_zendesk.store.table("article_files")) == 1
    base.pictures["kb/articles/net/assets/har.png"] = _PNG + b"!"
    change(guide(fake_zendesk, base, later.numbers), record, article("![](assets/har.png)\n"))
    assert len(fake_zendesk.store.table("article_files")) == 2


def test_a_picture_of_ours_is_known_without_the_lock(fake_zendesk: FakeZendesk) -> None:
    base = Base({"kb/articles/net/assets/har.png": _PNG})
    record = push(guide(fake_zendesk, base), article("![](assets/har.png)\n"))
    again = guide(fake_zendesk, base)
    sent = again.outgoing(family(article("![](assets/har.png)\n"))).parts
    read = again.read(Kind.ARTICLE, record.id)
    assert read is not None
    assert sent["body.en"] == read.parts["body.en"]


def test_a_picture_that_was_added_there_is_to_be_fetched(
    fake_zendesk: FakeZendesk, person: Asking
) -> None:
    desk = guide(fake_zendesk)
    record = push(desk, ENGLISH)
    files = fake_zendesk.store
    row = files.add("article_files", {"file_name": "Error page.PNG", "content_type": "image/png", "size": 3, "inline": True, "data": b"png", "article_id": int(record.id)})  # fmt: skip
    html = f'<p>Hello <img src="{fake_zendesk.address}/hc/article_attachments/{row["id"]}"></p>'
    person.put(f"{_HELP}/articles/{record.id}/translations/en-us", {"translation": {"body": html}})
    read = desk.read(Kind.ARTICLE, record.id)
    assert read is not None
    incoming = back(desk, read)
    path, address = next(iter(incoming.pictures.items()))
    assert path == f"kb/articles/net/assets/Error-page-{row['id']}.png"
    assert incoming.by_language["en"].body == f"Hello ![](assets/Error-page-{row['id']}.png)\n"
    assert desk.picture(address) == b"png"


def test_what_a_picture_is_called_there_is_asked_once(
    fake_zendesk: FakeZendesk, person: Asking
) -> None:
    desk = guide(fake_zendesk)
    record = push(desk, ENGLISH, JAPANESE)
    row = fake_zendesk.store.add("article_files", {"file_name": "画面.png", "content_type": "image/png", "size": 3, "inline": True, "data": b"png", "article_id": int(record.id)})  # fmt: skip
    html = f'<img src="{fake_zendesk.address}/hc/article_attachments/{row["id"]}">'
    for locale in ("en-us", "ja"):
        person.put(f"{_HELP}/articles/{record.id}/translations/{locale}", {"translation": {"body": html}})  # fmt: skip
    fake_zendesk.asked.clear()
    read = desk.read(Kind.ARTICLE, record.id)
    again = guide(fake_zendesk, numbers=desk.numbers).read(Kind.ARTICLE, record.id)
    assert fake_zendesk.lines.count(f"GET {_HELP}/articles/{record.id}/attachments") == 1
    assert read == again


@pytest.mark.parametrize("is_known", [True, False])
def test_a_picture_is_fetched_from_zendesks_own_store_without_a_token(
    fake_zendesk: FakeZendesk, monkeypatch: pytest.MonkeyPatch, is_known: bool
) -> None:
    """Wherever else Zendesk points to is somebody's, and is not asked."""
    store = Service()
    store.usual = answer(b"png")
    monkeypatch.setattr(guide_pictures, "is_store", lambda _: is_known)
    fake_zendesk.fail(faults.Status(302, {"Location": f"{store.address}/a?b=1"}))
    assert guide(fake_zendesk).picture("/hc/article_attachments/7/a.png") == b"png" * is_known
    store.end()
    assert [one.path for one in store.asked] == ["/a?b=1"] * is_known
    assert not any("authorization" in one.headers for one in store.asked)


def test_zendesks_store_is_no_other_host() -> None:
    addresses = {
        "https://p1.zdassets.com/a": True,
        "http://p1.zdassets.com/a": False,
        "https://zdassets.com.evil.example/a": False,
        "https://evilzdassets.com/a": False,
    }
    places = {one: web(one) for one in addresses}
    assert {one: place is not None and guide_pictures.is_store(place) for one, place in places.items()} == addresses  # fmt: skip


def test_a_picture_that_can_not_go_is_told(fake_zendesk: FakeZendesk) -> None:
    sent = guide(fake_zendesk).outgoing(family(article("![A](assets/none.png)\n")))
    assert sent.parts["body.en"] == "<p>A</p>"
    assert [(loss.what, loss.why) for loss in sent.losses] == [
        ("assets/none.png", "kb/articles/net/assets/none.png: file not found")
    ]


def test_links_between_articles_lead_to_guide_and_back(fake_zendesk: FakeZendesk) -> None:
    base = Base()
    desk = guide(fake_zendesk, base)
    base.records["articles/auth/keys"] = push(desk, article("a", id_="articles/auth/keys")).id
    body = "[Keys](../auth/keys.md#rotate) and [mail](mailto:a@example.com)\n"
    record = push(desk, article(body))
    number = base.records["articles/auth/keys"]
    address = f"{fake_zendesk.address}/hc/articles/{number}#rotate"
    assert f'href="{address}"' in str(record.parts["body.en"])
    base.records["articles/net/har"] = record.id
    assert back(desk, record).by_language["en"].body == body


def test_links_that_people_make_there_lead_to_our_files(
    fake_zendesk: FakeZendesk, person: Asking
) -> None:
    base = Base()
    desk = guide(fake_zendesk, base)
    keys = push(desk, article("a", id_="articles/auth/keys")).id
    record = push(desk, ENGLISH)
    base.records = {"articles/auth/keys": keys, "articles/net/har": record.id}
    links = [
        f"{fake_zendesk.address}/hc/en-us/articles/{keys}-Access-keys#rotate",
        f"/hc/ja/articles/{keys}",
        f"https://elsewhere.example/hc/en-us/articles/{keys}",
        f"{fake_zendesk.address}/hc/en-us/articles/999",
    ]
    html = "".join(f'<p><a href="{link}">a</a></p>' for link in links)
    person.put(f"{_HELP}/articles/{record.id}/translations/en-us", {"translation": {"body": html}})
    read = desk.read(Kind.ARTICLE, record.id)
    assert read is not None
    assert back(desk, read).by_language["en"].body == (
        f"[a](../auth/keys.md#rotate)\n\n[a](../auth/keys.md)\n\n[a]({links[2]})\n\n"
        f"[a]({fake_zendesk.address}/hc/articles/999)\n"
    )


def test_links_to_the_help_centres_own_name_lead_to_our_files(
    fake_zendesk: FakeZendesk, person: Asking
) -> None:
    base = Base()
    desk = guide(fake_zendesk, base)
    base.records = {"articles/auth/keys": push(desk, article("a", id_="articles/auth/keys")).id}
    record = push(desk, ENGLISH)
    fake_zendesk.store.address = "https://help.acme.example"
    link = f"https://help.acme.example/hc/en-us/articles/{base.records['articles/auth/keys']}"
    html = {"translation": {"body": f'<p><a href="{link}-Keys">a</a></p>'}}
    person.put(f"{_HELP}/articles/{record.id}/translations/en-us", html)
    read = desk.read(Kind.ARTICLE, record.id)
    assert read is not None
    assert back(desk, read).by_language["en"].body == "[a](../auth/keys.md)\n"


def test_a_link_to_nothing_that_customers_have_is_told(fake_zendesk: FakeZendesk) -> None:
    sent = guide(fake_zendesk).outgoing(family(article("See [it](other.md) or [log](a.log).\n")))
    assert sent.parts["body.en"] == "<p>See it or log.</p>"
    assert [loss.what for loss in sent.losses] == ["other.md", "a.log"]


def test_a_link_from_the_root_of_our_site_leads_to_guide(fake_zendesk: FakeZendesk) -> None:
    base = Base(records={"articles/auth/keys": "7"})
    text = "[a](/articles/auth/keys/#b) [c](/ja/articles/gone/) [d](/hc/articles/8)\n"
    desk = guide(fake_zendesk, base)
    sent = desk.outgoing(family(article(text)))
    assert sent.parts["body.en"] == (
        f'<p><a href="{fake_zendesk.address}/hc/articles/7#b">a</a> '
        '<a href="/ja/articles/gone/">c</a> <a href="/hc/articles/8">d</a></p>'
    )
    assert [loss.what for loss in sent.losses] == ["/ja/articles/gone/"]


def test_a_language_that_the_help_centre_has_not_is_told(fake_zendesk: FakeZendesk) -> None:
    fake_zendesk.texts.enabled = ("en-us", "de")
    desk = guide(fake_zendesk)
    sent = desk.outgoing(family(ENGLISH, JAPANESE))
    assert [loss.what for loss in sent.losses] == ["ja"]
    assert dict(sent.parts).items() <= desk.create(Kind.ARTICLE, sent.parts).parts.items()


def test_what_guide_can_not_show_is_told(fake_zendesk: FakeZendesk) -> None:
    body = '??? tip\n    a\n\n=== "B"\n    c\n\n```sh title="d"\ne\n```\n'
    redirects = ("articles/old", "/docs/har/")
    losses = guide(fake_zendesk).outgoing(family(article(body, redirect_from=redirects))).losses
    told = ["a box that folds", "tabs", 'sh title="d"', "/docs/har/"]
    assert [loss.what for loss in losses] == told


@pytest.mark.parametrize("cut", range(1, 12))
def test_a_run_that_is_cut_off_shows_nothing_that_is_half_there(
    fake_zendesk: FakeZendesk, cut: int
) -> None:
    """What is there is shown whole: with all its pictures, or in none of its words."""
    base = Base({"kb/articles/net/assets/a.png": _PNG, "kb/articles/net/assets/b.png": _PNG + b"b"})
    texts = (article("Begin ![](assets/a.png) end\n"), article("始め ![](assets/b.png) 終わり\n", "ja"))  # fmt: skip
    fake_zendesk.fail(Cut.AFTER, at=cut)
    with suppress(RestError):
        push(guide(fake_zendesk, base), *texts)
    for row in fake_zendesk.articles.rows:
        for text in _texts(fake_zendesk, row["id"]).values():
            files = fake_zendesk.article_files.of(row["id"])
            whole = any(f"article_attachments/{one['id']}" in text["body"] for one in files)
            assert text["draft"] or whole


@pytest.mark.parametrize("cut", range(1, 8))
def test_a_change_that_is_cut_off_shows_the_old_or_the_new(
    fake_zendesk: FakeZendesk, cut: int
) -> None:
    """Never a text whose picture is not there, and never a new text in a language that goes."""
    base = Base({"kb/articles/net/assets/a.png": _PNG})
    desk = guide(fake_zendesk, base)
    record = push(desk, article("Old\n"), article("古い\n", "ja"))
    changed = article("New ![](assets/a.png)\n", tags=("net",))
    fake_zendesk.fail(Cut.AFTER, at=cut, method="P")
    with suppress(RestError):
        change(desk, record, changed)
    text = _texts(fake_zendesk, record.id)["en-us"]["body"]
    tied = [str(row["id"]) for row in fake_zendesk.article_files.of(int(record.id))]
    assert text == "<p>Old</p>" or any(f"article_attachments/{one}" in text for one in tied)
    fake_zendesk.heal()
    again = guide(fake_zendesk, base)
    read = again.read(Kind.ARTICLE, record.id)
    assert read is not None
    parts = change(again, read, changed).parts
    assert dict(again.outgoing(family(changed)).parts).items() <= parts.items()
    assert "live.ja" not in parts


def test_a_link_to_a_macro_does_not_tell_customers_of_the_internal_site(
    fake_zendesk: FakeZendesk,
) -> None:
    desk = guide(fake_zendesk, Base(records={"macros/refund": "1"}))
    said = desk.outgoing(family(article("See [it](../../macros/refund.md)\n")))
    assert said.parts["body.en"] == "<p>See it</p>"
    assert [loss.what for loss in said.losses] == ["../../macros/refund.md"]


def test_a_list_takes_a_request_a_hundred_articles(fake_zendesk: FakeZendesk) -> None:
    section = fake_zendesk.guide.add_section("S", fake_zendesk.guide.add_category("C"))
    for number in range(250):
        fake_zendesk.articles.add(f"A {number}", "<p>a</p>", section)
    assert len([*guide(fake_zendesk).records(Kind.ARTICLE)]) == 250
    lists = ("articles", "categories", "sections", "locales")
    assert sorted(fake_zendesk.lines) == sorted(
        [f"GET {_HELP}/{name}" for name in lists] + [f"GET {_HELP}/articles"] * 2
    )
