from __future__ import annotations

import pytest
from tests.conftest import Base
from tests.rest.service import Service

from cannery.errors import SettingsError
from cannery.operations.desk_connect import open_desk
from cannery.rest import credentials
from cannery.rest.client import Manner, PlainClient
from cannery.rest.credential import Credential
from cannery.rest.signer import NotSignedInError

ARTICLE = "---\ntitle: HAR\naudience: public\n---\nText\n"


def _desk(base: Base, service: Service, *more: str) -> None:
    lines = ['site_url = "https://help.example.com"', "[desks.chatwoot]", f'address = "{service.address}"', *more]  # fmt: skip
    base.write("kb.toml", "\n".join(lines))
    with credentials.locked():
        credentials.keep(service.address, Credential("api_access_token", "t0ken"))


def test_a_connection_is_signed_in(base: Base, service: Service) -> None:
    _desk(base, service)
    with open_desk(base.workspace, "chatwoot") as connection:
        connection.opening.client.ask("GET", "/x")
    assert service.asked[0].headers["api-access-token"] == "t0ken"
    assert connection.kind.name == "chatwoot"


def test_nothing_is_asked_before_it_is_needed(base: Base, service: Service) -> None:
    _desk(base, service)
    with open_desk(base.workspace, "chatwoot"):
        pass
    assert service.asked == []


def test_an_address_that_was_changed_in_kb_toml_gets_no_token(base: Base, service: Service) -> None:
    _desk(base, service)
    evil = Service()
    base.write("kb.toml", f'[desks.chatwoot]\naddress = "{evil.address}"\n')
    with (
        pytest.raises(NotSignedInError, match="not signed in to"),
        open_desk(base.workspace, "chatwoot"),
    ):
        pass
    evil.end()
    assert evil.asked == []


@pytest.mark.parametrize("rate", ["fast", "-1", "1.5", "999999"])
def test_a_rate_is_a_number(base: Base, service: Service, rate: str) -> None:
    _desk(base, service, f'rate = "{rate}"')
    with (
        pytest.raises(SettingsError, match=r"desks\.chatwoot\.rate must be a number"),
        open_desk(base.workspace, "chatwoot"),
    ):
        pass


def test_a_rate_of_kb_toml_is_kept_to(
    base: Base, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    manners: list[Manner | None] = []
    begin = PlainClient.__init__

    def begun(self: PlainClient, address: str, authorize: object, manner: Manner) -> None:
        manners.append(manner)
        begin(self, address, authorize, manner)  # type: ignore[arg-type]

    monkeypatch.setattr(PlainClient, "__init__", begun)
    _desk(base, service, 'rate = "200"')
    with open_desk(base.workspace, "chatwoot"):
        pass
    assert [manner.rate for manner in manners if manner] == [200]


def test_entries_and_addresses_of_the_site_lead_to_each_other(base: Base, service: Service) -> None:
    _desk(base, service, 'internal_site = "https://intra.example.com"')
    base.write("articles/net/har.md", ARTICLE)
    base.write("articles/net/inside.md", ARTICLE.replace("public", "internal"))
    with open_desk(base.workspace, "chatwoot") as connection:
        address_of, entry_at = connection.opening.address_of, connection.opening.entry_at
        assert address_of("articles/net/har", "en") == "https://help.example.com/articles/net/har/"
        assert address_of("articles/net/inside", "en") == ""
        assert address_of("macros/refund", "ja") == "https://intra.example.com/ja/macros/refund/"
        assert entry_at("https://help.example.com/articles/net/har/") == "articles/net/har"
        assert entry_at("https://help.example.com/articles/net/gone/") == ""
        assert entry_at("https://elsewhere.example.com/articles/net/har/") == ""
