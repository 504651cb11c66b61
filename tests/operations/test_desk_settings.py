from __future__ import annotations

import pytest
from tests.conftest import Base

from cannery.errors import NotFoundError
from cannery.exchange.desks.table import DESKS
from cannery.model.desk_settings import DeskSettings
from cannery.operations.desk_settings import find_desk, target_of
from cannery.rest.sign_in import SIGN_INS


@pytest.mark.parametrize("name", DESKS)
def test_each_kind_of_desk_has_a_way_to_sign_in_and_to_try_it(name: str) -> None:
    kind = DESKS[name]
    target = target_of(DeskSettings(name, name, "https://acme.example.com"), kind)
    assert kind.sign_in in SIGN_INS
    assert target.origin.startswith("https://")
    assert kind.me.startswith("/")


def test_a_desk_of_kb_toml_is_known_by_its_name(base: Base) -> None:
    base.write("kb.toml", '[desks.help]\nkind = "zammad"\naddress = "https://help.example.com"\n')
    settings, kind = find_desk(base.workspace, "help")
    assert (settings.address, kind.name) == ("https://help.example.com", "zammad")


@pytest.mark.parametrize(
    ("settings", "hint"),
    [
        ("", 'Write [desks.zendesk], then address = "https://acme.zendesk.com".'),
        ('[desks.a]\nkind = "zammad"\naddress = "https://a.example.com"\n', "It has a. Write"),
    ],
)
def test_a_desk_that_is_not_in_kb_toml_says_what_to_write(
    base: Base, settings: str, hint: str
) -> None:
    base.write("kb.toml", settings)
    with pytest.raises(NotFoundError, match=r"no desk named help in kb\.toml") as raised:
        find_desk(base.workspace, "help")
    assert raised.value.hint.startswith(hint)
