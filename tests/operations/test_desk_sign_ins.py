from __future__ import annotations

import pytest
from tests.conftest import Base

from cannery.operations.desk_sign_ins import sign_ins
from cannery.operations.doctor import examine
from cannery.rest import credentials
from cannery.rest.credential import Credential

ACME = "https://acme.zendesk.com"
SETTINGS = (
    f'[desks.zendesk]\naddress = "{ACME}"\n[desks.other]\naddress = "https://other.example.com"\n'
)


@pytest.fixture
def desks(base: Base) -> Base:
    base.write("kb.toml", SETTINGS)
    return base


def _keep() -> None:
    with credentials.locked():
        credentials.keep(ACME, Credential("oauth", "t0ken", refresh="r3fresh"))


def test_each_desk_says_whether_somebody_is_signed_in(desks: Base) -> None:
    states = [*sign_ins(desks.workspace)]
    assert [item.is_signed_in for item in states] == [False, False]
    assert "Run `kb desk login zendesk`" in states[0].text
    assert "is not a kind of help desk" in states[1].text
    _keep()
    assert next(sign_ins(desks.workspace)).is_signed_in


def test_a_file_that_others_can_read_is_told(desks: Base) -> None:
    _keep()
    credentials.credentials_path().chmod(0o644)
    state = next(sign_ins(desks.workspace))
    assert not state.is_signed_in
    assert "can be read by other users" in state.text


def test_the_doctor_has_a_line_for_each_desk(desks: Base) -> None:
    _keep()
    found = {item.subject: item for item in examine(desks.root)}
    assert found["desk zendesk"].good
    assert ACME in found["desk zendesk"].text
    assert not found["desk other"].good
    assert "t0ken" not in "".join(item.text for item in found.values())


def test_the_doctor_says_nothing_of_desks_where_there_are_none(base: Base) -> None:
    assert not [item for item in examine(base.root) if item.subject.startswith("desk")]
