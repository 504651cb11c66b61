"""The addresses of entries, asked on a web of this machine."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from tests.conftest import Base, Run
from tests.weblinks.web import QUICK, Page, Site, local_route, site

from cannery.check.scope import Scope
from cannery.model.event import Event, Remark
from cannery.operations import check_links
from cannery.operations.check import CheckResult, check
from cannery.operations.check_links import with_links
from cannery.weblinks.address import Address
from cannery.weblinks.ask_all import ask_all
from cannery.weblinks.request import NoAnswerError, UntrustedError

_PAGES = {
    "/works": Page(),
    "/gone": Page(410),
    "/moved": Page(301, {"Location": "{here}/works"}),
    "/fails": Page(500),
    "/guarded": Page(403),
}


@pytest.fixture
def web() -> Iterator[Site]:
    with site(_PAGES) as found:
        yield found


def _article(base: Base, body: str, name: str = "a.md") -> None:
    base.write(f"articles/{name}", f"---\ntitle: {name}\n---\n{body}\n")


def _asked(base: Base, scope: Scope | None = None) -> tuple[CheckResult, list[str]]:
    told: list[Event] = []
    result = with_links(check(base.workspace), scope or Scope(), told.append, local_route(), QUICK)
    return result, [event.text for event in told if isinstance(event, Remark)]


def _found(result: CheckResult) -> list[tuple[str, int, str, str, str]]:
    return [
        (item.path.rpartition("/")[2], item.line, item.code, item.severity.value, item.message)
        for item in result.problems
        if item.code in (check_links.DEAD, check_links.MOVED)
    ]


def test_what_is_dead_or_has_moved_is_told_at_its_places(base: Base, web: Site) -> None:
    at = web.address
    _article(base, f"[a]({at}/works) <{at}/gone#part>\n\n{at}/gone and [b]: \n\n[b]: {at}/fails")
    _article(base, f"![x]({at}/moved)", "b.md")
    base.write("macros/m.md", f"---\ntitle: M\n---\nSee {at}/gone or {at}/{{{{ id }}}}.\n")
    result, _ = _asked(base)
    assert _found(result) == [
        ("a.md", 4, "dead-url", "error", f"dead link: {at}/gone#part (410 Gone)"),
        ("a.md", 6, "dead-url", "error", f"dead link: {at}/gone (410 Gone)"),
        (
            "a.md",
            6,
            "dead-url",
            "warning",
            f"the link {at}/fails may be dead (500 Internal Server Error)",
        ),
        ("b.md", 4, "moved-url", "warning", f"the link {at}/moved has moved to {at}/works"),
        ("m.md", 4, "dead-url", "error", f"dead link: {at}/gone (410 Gone)"),
    ]
    assert web.asked.count("HEAD /gone") == 1


def test_what_was_learnt_is_not_asked_again(base: Base, web: Site) -> None:
    _article(base, f"<{web.address}/works> <{web.address}/gone>")
    first, _ = _asked(base)
    web.requests.clear()
    second, _ = _asked(base)
    assert web.requests == []
    assert _found(second) == _found(first) != []


def test_only_the_chosen_files_are_asked_for(base: Base, web: Site) -> None:
    _article(base, f"<{web.address}/gone>")
    _article(base, f"<{web.address}/works>", "b.md")
    _asked(base, Scope(lambda path: path.endswith("b.md")))
    assert {item.path for item in web.requests} == {"/works"}


def test_comments_and_code_are_not_asked_for(base: Base, web: Site) -> None:
    _article(base, f"<!-- <{web.address}/a> -->\n\n`{web.address}/b`\n\n```\n{web.address}/c\n```")
    _asked(base)
    assert web.requests == []


def test_what_the_team_allows_is_not_asked(base: Base, web: Site) -> None:
    at = web.address
    base.write("kb.toml", f'format = 2\n[links]\nallow = ["{at}/private/*", "*.corp.dev"]\n')
    _article(base, f"<{at}/private/x> <https://wiki.corp.dev/y>")
    result, told = _asked(base)
    assert (web.requests, _found(result)) == ([], [])
    assert told == ["Links not checked: 2 that kb.toml allows."]


def test_a_finding_is_allowed_where_it_stands(base: Base, web: Site) -> None:
    _article(base, f"<!-- kb allow: dead-url because it is history -->\n<{web.address}/gone>")
    result, _ = _asked(base)
    assert _found(result) == []
    assert [item.reason for item in result.suppressed] == ["it is history"]


def test_a_team_gives_it_another_weight(base: Base, web: Site) -> None:
    base.write("kb.toml", 'format = 2\n[check.severity]\ndead-url = "warning"\n')
    _article(base, f"<{web.address}/gone>")
    result, _ = _asked(base)
    assert [item[3] for item in _found(result)] == ["warning"]


def test_a_secret_in_an_address_is_neither_sent_nor_shown(base: Base, web: Site) -> None:
    at = web.address
    signed_in = at.replace("http://", "http://me:s3cret@")
    _article(base, f"<{at}/gone?token=s3cret> <{signed_in}/gone>")
    result, told = _asked(base)
    assert web.requests == []
    assert "s3cret" not in repr((_found(result), told))
    assert told == ["Links not checked: 2 with a password or a token."]


def test_without_a_network_it_is_told_once(base: Base, monkeypatch: pytest.MonkeyPatch) -> None:
    def ask(*_: object) -> None:
        raise NoAnswerError("its host is unknown", is_mute=True, is_unknown=True)

    monkeypatch.setattr("cannery.weblinks.ask_all.ask", ask)
    _article(base, " ".join(f"<https://a{n}.dev/>" for n in range(50)))
    result, told = _asked(base)
    assert _found(result) == []
    assert told == ["No host answers, so the other links were not checked. Are you online?"]
    assert not (base.workspace.cache / "links.json").exists()


def test_where_no_certificate_is_trusted_it_is_told_once(
    base: Base, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ask(*_: object) -> None:
        raise UntrustedError("its certificate is not trusted (self-signed)")

    monkeypatch.setattr("cannery.weblinks.ask_all.ask", ask)
    _article(base, " ".join(f"<https://a{n}.dev/>" for n in range(5)))
    result, told = _asked(base)
    assert _found(result) == []
    assert len(told) == 1
    assert "SSL_CERT_FILE" in told[0]


@pytest.mark.parametrize("has_names", [True, False])
def test_one_host_that_is_gone_is_no_missing_network(
    base: Base, monkeypatch: pytest.MonkeyPatch, has_names: bool
) -> None:
    monkeypatch.setattr(check_links, "has_names", lambda: has_names)

    def ask(*_: object) -> None:
        raise NoAnswerError("its host is unknown", is_mute=True, is_unknown=True)

    monkeypatch.setattr("cannery.weblinks.ask_all.ask", ask)
    _article(base, "<https://a.dev/>")
    result, told = _asked(base)
    dead = ["dead link: https://a.dev/ (its host is unknown)"]
    assert [item[4] for item in _found(result)] == (dead if has_names else [])
    assert bool(told) is not has_names


def test_an_interrupt_keeps_what_was_learnt(
    base: Base, web: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    _article(base, f"<{web.address}/works> <{web.address}/gone>")

    def interrupted(addresses: list[Address], *how: Any) -> Iterator[object]:  # noqa: ANN401 - as it is called
        found = ask_all(addresses, *how)
        yield next(found)
        found.close()
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(check_links, "ask_all", interrupted)
        with pytest.raises(KeyboardInterrupt):
            _asked(base)
    web.requests.clear()
    _asked(base)
    assert {item.path for item in web.requests} == {"/gone"}


def test_the_command_asks_nothing_of_this_machine(base: Base, web: Site, kb: Run) -> None:
    port = web.address.rpartition(":")[2]
    _article(base, f"<{web.address}/gone> <http://localhost:{port}/gone> <http://127.1:{port}/>")
    ran = kb("check", "--links", "--json")
    assert ran.code == 0, ran.out
    assert not [item for item in json.loads(ran.out) if "url" in item["code"]]
    assert web.requests == []


def test_without_the_option_nothing_is_asked(
    base: Base, kb: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cannery.weblinks.ask_all.ask_all", None)
    _article(base, "<https://a.dev/>")
    assert kb("check").code == 0


def test_rules_that_find_nothing_without_the_option_ask_for_it(base: Base, kb: Run) -> None:
    base.write("articles/a.md", "---\ntitle: A\n---\nText\n")
    refused = kb("check", "--select", "dead-url,moved-url")
    assert (refused.code, refused.out) == (2, "")
    assert "these rules need --links" in refused.err
    assert kb("check", "--select", "dead-url,link").code == 0
