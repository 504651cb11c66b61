"""What tickets name is an entry of ours, or none."""

from __future__ import annotations

import pytest
from tests.conftest import Base

from cannery.exchange.desks.lock import Agreed, Lock, lock_path, lock_text
from cannery.operations.entry_names import current_names, entry_names

DESKS = '[desks.front]\naddress = "https://api2.frontapp.com"\n[desks.discourse]\naddress = "https://talk.example.com"\n'


def _agreed(base: Base, desk: str, **records: str) -> None:
    entries = {f"articles/{name}": Agreed(record, {}, {}, {}) for name, record in records.items()}
    base.write(lock_path(desk).removeprefix("kb/"), lock_text(Lock(entries, {})))


@pytest.mark.parametrize(
    "name",
    [
        "articles/請求/返金",
        "https://help.example.com/articles/請求/返金/",
        "https://help.example.com/ja/articles/%E8%AB%8B%E6%B1%82/%E8%BF%94%E9%87%91/#top",
    ],
)
def test_an_id_and_an_address_of_the_own_site_name_an_entry(base: Base, name: str) -> None:
    base.write("articles/請求/返金.md", "返金の手順です。\n")
    assert current_names(base.workspace).entry_of(name) == "articles/請求/返金"


def test_a_title_and_a_former_id_name_an_entry(base: Base) -> None:
    titles = [("articles/a", "返金 の方法"), ("articles/b", "Twice"), ("articles/c", "twice")]
    names = entry_names(base.workspace, titles, {"articles/old": "articles/a"})
    found = [names.entry_of(name) for name in ("返金 の方法", "articles/old", "Twice", "", "x")]
    assert found == ["articles/a", "articles/a", "", "", ""]


def test_a_number_that_two_desks_have_names_no_entry(base: Base) -> None:
    base.write("kb.toml", DESKS)
    for name in ("a", "b"):
        base.write(f"articles/{name}.md", "Text.\n")
    _agreed(base, "front", a="1", b="2")
    _agreed(base, "discourse", b="1")
    names = current_names(base.workspace)
    assert [names.entry_of(number) for number in ("1", "2")] == ["", "articles/b"]


def test_an_entry_that_is_gone_is_named_by_nothing(base: Base) -> None:
    base.write("kb.toml", DESKS)
    _agreed(base, "front", gone="1")
    assert current_names(base.workspace).entry_of("1") == ""
