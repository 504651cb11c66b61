from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest
from tests.conftest import Base

from cannery.content import links
from cannery.content.links import article_addresses, article_url, targets
from cannery.content.markdown import parse
from cannery.content.visibility import Address, address_of


def _address(base: Base, id_: str, language: str = "en") -> str:
    return article_url(base.workspace, base.scan(), language)(id_)


def test_a_public_article_has_an_address_in_the_reply_s_language(base: Base) -> None:
    base.write("articles/net/har.md", "---\naudience: public\n---\n")
    base.write("articles/net/har.ja.md", "---\naudience: public\n---\n")
    assert _address(base, "articles/net/har") == "https://help.example.com/articles/net/har/"
    assert _address(base, "net/har", "ja") == "https://help.example.com/ja/articles/net/har/"


@pytest.mark.parametrize(
    ("front", "said"),
    [("title: x", "internal"), ("audience: public\nstatus: draft", "draft, not published")],
)
def test_what_customers_cannot_see_has_no_address(base: Base, front: str, said: str) -> None:
    base.write("articles/a.md", f"---\n{front}\n---\n")
    with pytest.raises(ValueError, match=said):
        _address(base, "a")


def test_an_article_that_is_not_there_has_no_address(base: Base) -> None:
    base.write("articles/x/a.md", "")
    base.write("articles/y/a.md", "")
    for name in ("nowhere", "a", ""):
        with pytest.raises(ValueError, match="article_url"):
            _address(base, name)


def test_links_are_found_with_their_lines() -> None:
    text = "one [a](b.md)\ntwo [e](f.md)\n\n![c](d.png)"
    assert list(targets(parse(text))) == [
        ("b.md", 1, False),
        ("f.md", 2, False),
        ("d.png", 4, True),
    ]


def test_a_name_is_held_against_the_articles_that_end_so_alone(
    base: Base, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("net/har", "net/proxy", "auth/har"):
        base.write(f"articles/{name}.md", "---\ntitle: T\naudience: public\n---\n")
    looked: list[list[str]] = []

    def noted(name: str, ids: Iterable[str], *rest: Any) -> Address:  # noqa: ANN401 - as they come
        looked.append(sorted(ids))
        return address_of(name, looked[-1], *rest)

    monkeypatch.setattr(links, "address_of", noted)
    address = article_addresses(base.workspace, base.scan(), "en", "-")
    found = [address(name).refusal for name in ("har", "proxy", "articles/net/gone", " /net/har/")]
    both = ["articles/auth/har", "articles/net/har"]
    assert looked == [both, ["articles/net/proxy"], [], both]
    assert [not why for why in found] == [False, True, False, True]
