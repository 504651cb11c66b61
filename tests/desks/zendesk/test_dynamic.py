from __future__ import annotations

from tests.desks.zendesk.account import ENGLISH, JAPANESE
from tests.desks.zendesk.asking import Asking, refused

_ITEMS = "/api/v2/dynamic_content/items"
_SPANISH = 2


def test_the_placeholder_is_made_of_the_name_and_stays(asking: Asking) -> None:
    made = asking.item("Snowboard Problem", (ENGLISH, "Hello"))
    changed = asking.put(f"{_ITEMS}/{made['id']}", {"item": {"name": "Ski"}})["item"]
    assert (changed["name"], changed["placeholder"]) == ("Ski", "{{dc.snowboard_problem}}")


def test_a_placeholder_is_taken_once(asking: Asking) -> None:
    asking.item("Greeting", (ENGLISH, "Hello"))
    with refused(422):
        asking.item("greeting", (ENGLISH, "Hello"))


def test_a_variant_of_the_default_locale_is_needed(asking: Asking) -> None:
    sent = {"name": "x", "default_locale_id": ENGLISH, "variants": [{"locale_id": JAPANESE, "content": "x"}]}  # fmt: skip
    with refused(422):
        asking.post(_ITEMS, {"item": sent})


def test_one_variant_a_locale(asking: Asking) -> None:
    made = asking.item("x", (ENGLISH, "Hello"), (JAPANESE, "こんにちは"))
    with refused(422):
        asking.post(f"{_ITEMS}/{made['id']}/variants", {"variant": {"locale_id": JAPANESE, "content": "やあ"}})  # fmt: skip
    added = {"variant": {"locale_id": _SPANISH, "content": "Hola"}}
    assert asking.post(f"{_ITEMS}/{made['id']}/variants", added)["variant"]["active"]


def test_a_locale_that_the_account_has_not_is_refused(asking: Asking) -> None:
    with refused(422):
        asking.item("x", (1176, "Hello"))


def test_the_default_variant_stays(asking: Asking) -> None:
    made = asking.item("x", (ENGLISH, "Hello"), (JAPANESE, "こんにちは"))
    ids = {one["locale_id"]: one["id"] for one in made["variants"]}
    asking.delete(f"{_ITEMS}/{made['id']}/variants/{ids[JAPANESE]}")
    with refused(422):
        asking.delete(f"{_ITEMS}/{made['id']}/variants/{ids[ENGLISH]}")


def test_another_variant_may_become_the_default(asking: Asking) -> None:
    made = asking.item("x", (ENGLISH, "Hello"), (JAPANESE, "こんにちは"))
    number = next(one["id"] for one in made["variants"] if one["locale_id"] == JAPANESE)
    asking.put(f"{_ITEMS}/{made['id']}/variants/{number}", {"variant": {"default": True}})
    told = asking.get(f"{_ITEMS}/{made['id']}")["item"]
    assert [one["locale_id"] for one in told["variants"] if one["default"]] == [JAPANESE]
    assert told["default_locale_id"] == JAPANESE


def test_one_that_a_macro_names_can_not_be_deleted(asking: Asking) -> None:
    item = asking.item("Greeting", (ENGLISH, "Hello"))
    action = {"field": "comment_value_html", "value": "<p>{{ dc.greeting }}</p>"}
    macro = asking.macro(actions=[action])
    with refused(422):
        asking.delete(f"{_ITEMS}/{item['id']}")
    asking.delete(f"/api/v2/macros/{macro['id']}")
    asking.delete(f"{_ITEMS}/{item['id']}")
