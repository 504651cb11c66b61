from __future__ import annotations

import pytest

from cannery.capture.keys import has_key
from cannery.capture.links import without_keys
from cannery.capture.personal import personal

_ID, _HEX = "550e8400-e29b-41d4-a716-446655440000", "5d41402abc4b2a76b9719d911017c592"
_KEYS = [
    "https://app.example/magic?token=q7Hd02LxRt",
    "https://app.example/f?id=3&amp;signature=0aF93b21",
    "https://app.example/i?key=7fQ2mmZ01x",
    "https://s3.example/o?X-Amz-Credential=AKID%2F2026&X-Amz-Signature=9d8f7a6b5c",
    "https://app.example/cb#access_token=Zk81hQpL0mWv",
    "https://kim:s3cret@files.example/a",
    "https://app.example/reset/Zk81hQpL0mWvT4bNx9",
    "https://app.example/login?reset_token=abcd1234",
    # A query behind the #, as applications of one page have it
    "https://app.example/#/reset?token=q7Hd02LxRt",
    "https://app.example/#/f?id=3&amp;signature=0aF93b21",
    f"https://app.example/#/invite/{_ID}",
    # Parts of a path
    f"https://app.example/x/{_HEX}",
    f"https://app.example/reset/{_ID}",
    f"https://app.example/Invite/accept/{_ID.upper()}?lang=ja",
    f"https://app.example/shared/{_ID}",
    "https://app.example/password-reset/9f86d081884c7d65",
    # Names that tell less
    f"https://app.example/?t={_HEX}",
    "https://app.example/?t=kqzwxvjphgfdmnbtrlscykqzwxvjphgf",
    f"https://app.example/?session={_ID}",
    "https://app.example/?invite=x7k2p9q4",
    "https://app.example/?invite_code=7FQ2MMZ01XK9",
    "https://app.example/?code=4%2F0AX4XfWh9Zk81hQpL",
    "https://sso.example/?ticket=ST-1856339-aA5Yuvrxzpv8Tau1cYQ7",
    "https://app.example/?secret_key=abcdefgh",
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
        "https://a.example/errors?code=docs-section", "https://a.example/view?ticket=10023456",
        "https://a.example/TheQuickBrownFox2024Guide", "https://a.example/iPhone15ProMaxUserGuide2024",
        "https://a.example/?code=ERR_CONNECTION_RESET", "https://a.example/?code=ERR_HTTP2_PROTOCOL_ERROR",
        "https://a.example/?code=0x80070005", "https://a.example/?code=SAVE20OFF", "https://a.example/?session=spring2026",
        "https://a.example/?code=InvalidAuthenticationTokenTenantMismatch", "https://a.example/?key=PROJ-12345",
        "https://a.example/?errorcode=KB5034441", "https://a.example/?key=getting-started-with-version-2",
        f"https://a.example/orders/{_ID}", f"https://git.example/a/commit/{_HEX}12345678", f"https://a.example/?id={_HEX}",
        "https://a.example/reset/how-to-reset-your-password-2026", "https://a.example/#/articles?code=docs-section",
        "https://a.example/12345678901234567890123456789012",
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
