from __future__ import annotations

import pytest

from cannery.capture.links import has_key, without_keys
from cannery.capture.personal import personal

_KEYS = [
    "https://app.example/magic?token=q7Hd02LxRt",
    "https://app.example/f?id=3&amp;signature=0aF93b21",
    "https://app.example/i?key=7fQ2mmZ01x",
    "https://s3.example/o?X-Amz-Credential=AKID%2F2026&X-Amz-Signature=9d8f7a6b5c",
    "https://app.example/cb#access_token=Zk81hQpL0mWv",
    "https://kim:s3cret@files.example/a",
    "https://app.example/reset/Zk81hQpL0mWvT4bNx9",
    "https://app.example/login?reset_token=abcd1234",
]


@pytest.mark.parametrize("url", _KEYS)
def test_a_link_that_lets_anybody_in_is_told(url: str) -> None:
    assert has_key(url)
    (span,) = personal(f"開く：{url}", own_host="app.example")
    assert (span.text, span.placeholder.is_secret) == (url, True)


@pytest.mark.parametrize(
    "url",
    [
        "https://help.example/a?lang=ja", "https://shop.example/p?code=12", "https://a.example/k?key=on",
        "https://kim@files.example/a", "https://help.example/articles/how-to-reset-your-password-2026",
        "https://a.example/?tokens=", "https://[a.example/?token=abcdefgh",
    ],
)  # fmt: skip
def test_other_links_are_links(url: str) -> None:
    assert not has_key(url)


def test_a_link_ends_where_japanese_begins() -> None:
    (span,) = personal("詳細はhttps://app.example/a/17をご覧ください。")
    assert span.text == "https://app.example/a/17"


def test_lines_stay_where_links_are_taken_out() -> None:
    text = "a\nhttps://app.example/m?token=q7Hd02LxRt\nb https://app.example/c\n"
    assert without_keys(text) == "a\n(link with a key)\nb https://app.example/c\n"
