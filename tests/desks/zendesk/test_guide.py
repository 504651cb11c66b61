from __future__ import annotations

import pytest

from tests.desks.zendesk.asking import Asking, multipart, refused
from tests.desks.zendesk.fake import FakeZendesk

_HELP = "/api/v2/help_center"
_ARTICLES = f"{_HELP}/articles"


@pytest.fixture
def section(fake_zendesk: FakeZendesk) -> int:
    return fake_zendesk.guide.add_section("Billing", fake_zendesk.guide.add_category("Help"))


@pytest.fixture
def article(fake_zendesk: FakeZendesk, section: int) -> int:
    return fake_zendesk.articles.add("Refund", "<p>Ask.</p>", section, label_names=["vip", "money"])


def _new(fake: FakeZendesk, **keys: object) -> dict[str, object]:
    whose = {"user_segment_id": None, "permission_group_id": fake.guide.permission_group}
    return {"article": {"title": "Refund", "body": "<p>x</p>", "locale": "en-us", **whose, **keys}}


def test_an_article_is_made_in_a_section(
    asking: Asking, fake_zendesk: FakeZendesk, section: int
) -> None:
    made = asking.post(f"{_HELP}/sections/{section}/articles", _new(fake_zendesk, body="<div>x</div>"))["article"]  # fmt: skip
    assert (made["title"], made["body"], made["section_id"]) == ("Refund", "<p>x</p>", section)
    assert (made["source_locale"], made["draft"]) == ("en-us", False)


@pytest.mark.parametrize("key", ["user_segment_id", "permission_group_id"])
def test_who_reads_and_who_writes_must_be_said(
    asking: Asking, fake_zendesk: FakeZendesk, section: int, key: str
) -> None:
    sent = _new(fake_zendesk)
    article = sent["article"]
    assert isinstance(article, dict)
    del article[key]
    with refused(400):
        asking.post(f"{_HELP}/sections/{section}/articles", sent)


def test_a_translation_for_the_source_locale_is_needed(
    asking: Asking, fake_zendesk: FakeZendesk, section: int
) -> None:
    with refused(422):
        asking.post(f"{_HELP}/sections/{section}/articles", _new(fake_zendesk, title=""))
    with refused(422):
        asking.post(f"{_HELP}/sections/{section}/articles", _new(fake_zendesk, locale="ko"))


def test_title_and_body_change_only_with_the_translation(asking: Asking, article: int) -> None:
    told = asking.put(f"{_ARTICLES}/{article}", {"article": {"title": "Other", "draft": True}})[
        "article"
    ]
    assert (told["title"], told["draft"]) == ("Refund", False)
    asking.put(f"{_ARTICLES}/{article}/translations/en-us", {"translation": {"title": "Other"}})
    told = asking.get(f"{_ARTICLES}/{article}")["article"]
    assert (told["title"], told["body"]) == ("Other", "<p>Ask.</p>")


def test_labels_go_only_with_an_empty_list(asking: Asking, article: int) -> None:
    path = f"{_ARTICLES}/{article}"
    kept = asking.put(path, {"article": {"promoted": True}})["article"]["label_names"]
    gone = asking.put(path, {"article": {"label_names": []}})["article"]["label_names"]
    assert (sorted(kept), gone) == (["money", "vip"], [])


def test_labels_come_back_in_another_order(asking: Asking, article: int) -> None:
    told = asking.put(f"{_ARTICLES}/{article}", {"article": {"label_names": ["a", "b", "B"]}})
    assert told["article"]["label_names"] == ["b", "a"]


def test_one_translation_a_language(asking: Asking, article: int) -> None:
    sent = {"translation": {"locale": "ja", "title": "返金", "body": "<p>はい</p>"}}
    asking.post(f"{_ARTICLES}/{article}/translations", sent)
    with refused(422):
        asking.post(f"{_ARTICLES}/{article}/translations", sent)
    assert asking.get(f"{_HELP}/ja/articles/{article}")["article"]["title"] == "返金"
    assert asking.get(f"{_ARTICLES}/{article}/translations/missing")["locales"] == ["de", "es"]


def test_translations_are_told_beside_the_articles(asking: Asking, article: int) -> None:
    sent = {"translation": {"locale": "ja", "title": "返金", "draft": True}}
    asking.post(f"{_ARTICLES}/{article}/translations", sent)
    told = asking.get(_ARTICLES, include="translations", page__size="100")["articles"][0]
    assert {one["locale"]: one["draft"] for one in told["translations"]} == {
        "en-us": False,
        "ja": True,
    }


def test_the_translation_of_the_source_locale_stays(asking: Asking, article: int) -> None:
    path = f"{_ARTICLES}/{article}"
    made = asking.post(f"{path}/translations", {"translation": {"locale": "ja", "title": "返金"}})
    own = asking.get(f"{path}/translations/en-us")["translation"]["id"]
    with refused(422):
        asking.delete(f"{_HELP}/translations/{own}")
    asking.put(f"{path}/source_locale", {"article_locale": "ja"})
    asking.delete(f"{_HELP}/translations/{own}")
    assert asking.get(path)["article"]["title"] == "返金"
    with refused(422):
        asking.delete(f"{_HELP}/translations/{made['translation']['id']}")


def test_no_language_without_a_translation_becomes_the_main_one(
    asking: Asking, article: int
) -> None:
    with refused(422):
        asking.put(f"{_ARTICLES}/{article}/source_locale", {"article_locale": "ja"})


def test_what_changed_tells_nothing_of_what_was_archived(
    asking: Asking, fake_zendesk: FakeZendesk, article: int, section: int
) -> None:
    fake_zendesk.articles.add("Other", "", section)
    asking.delete(f"{_ARTICLES}/{article}")
    told = asking.get(f"{_HELP}/incremental/articles", start_time="0")["articles"]
    assert [one["title"] for one in told] == ["Other"]
    with refused(404):
        asking.get(f"{_ARTICLES}/{article}")


def test_a_changed_translation_is_no_change_of_the_article(
    asking: Asking, fake_zendesk: FakeZendesk, article: int
) -> None:
    later = str(int(fake_zendesk.store.time.timestamp()) + 1)
    asking.put(f"{_ARTICLES}/{article}/translations/en-us", {"translation": {"body": "<p>y</p>"}})
    assert asking.get(f"{_HELP}/incremental/articles", start_time=later)["articles"] == []


def test_unpublished_work_is_invisible_and_a_write_throws_it_away(
    asking: Asking, fake_zendesk: FakeZendesk, article: int
) -> None:
    path = f"{_ARTICLES}/{article}/translations/en-us"
    text = asking.get(path)["translation"]
    fake_zendesk.texts.unpublished[text["id"]] = "<p>Half a sentence</p>"
    assert asking.get(path)["translation"] == text
    asking.put(path, {"translation": {"body": "<p>y</p>"}})
    assert fake_zendesk.texts.unpublished == {}


def test_the_same_text_again_is_no_change(asking: Asking, article: int) -> None:
    path = f"{_ARTICLES}/{article}/translations/en-us"
    before = asking.get(path)["translation"]["updated_at"]
    told = asking.put(path, {"translation": {"body": "<p>Ask.</p>"}})["translation"]
    assert told["updated_at"] == before


def test_a_section_s_name_is_its_translation_s(asking: Asking, section: int) -> None:
    told = asking.put(f"{_HELP}/sections/{section}", {"section": {"name": "Money", "position": 3}})
    assert (told["section"]["name"], told["section"]["position"]) == ("Billing", 3)
    path = f"{_HELP}/sections/{section}/translations/en-us"
    asking.put(path, {"translation": {"title": "Money"}})
    assert asking.get(f"{_HELP}/sections/{section}")["section"]["name"] == "Money"


def test_a_category_that_is_deleted_takes_all_in_it_along(
    asking: Asking, fake_zendesk: FakeZendesk, article: int
) -> None:
    category = asking.get(f"{_HELP}/categories")["categories"][0]["id"]
    asking.delete(f"{_HELP}/categories/{category}")
    assert asking.get(f"{_HELP}/sections")["sections"] == []
    assert fake_zendesk.articles.rows == []


def test_sections_and_categories_are_made(asking: Asking) -> None:
    sent = {"category": {"name": "Help", "locale": "en-us"}}
    category = asking.post(f"{_HELP}/categories", sent)["category"]["id"]
    made = {"section": {"name": "返金", "locale": "ja"}}
    asking.post(f"{_HELP}/categories/{category}/sections", made)
    told = asking.get(f"{_HELP}/sections", include="translations")["sections"][0]
    assert (told["name"], told["source_locale"], told["category_id"]) == ("返金", "ja", category)
    assert [one["title"] for one in told["translations"]] == ["返金"]


def test_an_article_of_a_section_that_has_gone_is_refused(asking: Asking, article: int) -> None:
    with refused(422):
        asking.put(f"{_ARTICLES}/{article}", {"article": {"section_id": 12}})


def test_a_file_is_uploaded_and_tied_to_an_article(
    asking: Asking, fake_zendesk: FakeZendesk, article: int
) -> None:
    made = asking.post(f"{_ARTICLES}/attachments", multipart("a.png", b"x", "file"))[
        "article_attachment"
    ]
    asking.post(f"{_ARTICLES}/{article}/bulk_attachments", {"attachment_ids": [made["id"]]})
    fake_zendesk.article_files.purge()
    told = asking.get(f"{_ARTICLES}/{article}/attachments")["article_attachments"]
    assert [(one["file_name"], one["content_url"]) for one in told] == [
        ("a.png", made["content_url"])
    ]


def test_a_file_that_no_article_has_is_purged(asking: Asking, fake_zendesk: FakeZendesk) -> None:
    made = asking.post(f"{_ARTICLES}/attachments", multipart("a.png", b"x", "file"))[
        "article_attachment"
    ]
    fake_zendesk.article_files.purge()
    with refused(404):
        asking.get(f"{_ARTICLES}/attachments/{made['id']}")


def test_a_file_that_is_too_large_is_refused(asking: Asking, article: int) -> None:
    with refused(413):
        asking.post(f"{_ARTICLES}/{article}/attachments", multipart("a", b"x" * 20_000_001, "file"))


def test_labels_have_numbers(asking: Asking, article: int) -> None:
    path = f"{_ARTICLES}/{article}/labels"
    made = asking.post(path, {"label": {"name": "New"}})["label"]
    assert made["name"] == "New"
    labels = {one["name"]: one["id"] for one in asking.get(path)["labels"]}
    asking.delete(f"{path}/{labels['vip']}")
    assert sorted(asking.get(f"{_ARTICLES}/{article}")["article"]["label_names"]) == [
        "money",
        "new",
    ]


def test_the_languages_of_the_help_center(asking: Asking) -> None:
    told = asking.get(f"{_HELP}/locales")
    assert told == {"locales": ["en-us", "ja", "de", "es"], "default_locale": "en-us"}
