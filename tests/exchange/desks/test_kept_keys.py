"""What a desk can't keep as each file has it stays as it is there."""

from __future__ import annotations

from cannery.exchange.desks.kept_keys import Change, of_own
from cannery.exchange.desks.overlay import with_their_changes
from cannery.model.desk import Version
from cannery.model.front_matter import FrontMatter

KEYS = FrontMatter()
EN = b"---\ntitle: Refund\nfields:\n  - name: amount\n    label: How much\n---\n\nHello\n"
JA = "---\ntitle: 返金\n---\n\nこんにちは\n".encode()
BASE = {"en": EN, "ja": JA}


def _versions(**keys: object) -> dict[str, Version]:
    return {"en": Version(keys, "Hello"), "ja": Version(keys, "こんにちは")}


def _after(before: dict[str, Version], after: dict[str, Version]) -> dict[str, str]:
    change = of_own(Change(before, after), BASE, KEYS)
    texts = {
        one: with_their_changes(BASE[one], change.before[one], change.after[one], KEYS)
        for one in BASE
    }
    return {one: (text or b"").decode() for one, text in texts.items()}


def test_a_title_for_all_languages_is_changed_where_it_is_from() -> None:
    texts = _after(_versions(title="Refund"), _versions(title="Payback"))
    assert "title: Payback" in texts["en"]
    assert texts["ja"] == JA.decode()


def test_a_status_is_changed_in_all_languages() -> None:
    texts = _after(_versions(status=None), _versions(status="retired"))
    assert all("status: retired" in text for text in texts.values())


def test_a_field_stays_as_the_file_describes_it() -> None:
    told = {"name": "amount", "label": "amount"}
    new = {"name": "day", "label": "day"}
    texts = _after(_versions(fields=[told]), _versions(fields=[told, new]))
    assert "label: How much" in texts["en"]
    assert "name: day" in texts["en"]


def test_a_field_that_the_desk_no_longer_has_goes() -> None:
    told = {"name": "amount", "label": "amount"}
    texts = _after(_versions(fields=[told]), _versions(fields=None))
    assert "fields" not in texts["en"]


def test_fields_that_are_the_same_there_change_nothing() -> None:
    told = _versions(fields=[{"name": "amount", "label": "amount"}], title="Refund")
    assert _after(told, told) == {one: raw.decode() for one, raw in BASE.items()}
