from __future__ import annotations

import pytest
from tests.weblinks.web import address_of

from cannery.weblinks.address import read_address, redirected, why_barred, why_not_asked
from cannery.weblinks.allowed import allowed_by


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("https://Docs.A.dev", "https://docs.a.dev/"),
        ("https://a.dev./x#part", "https://a.dev/x"),
        ("http://a.dev:80/x?q=1#part", "http://a.dev/x?q=1"),
        ("https://a.dev:8443/x", "https://a.dev:8443/x"),
        (
            "https://a.dev/日本 語?質=問",
            "https://a.dev/%E6%97%A5%E6%9C%AC%20%E8%AA%9E?%E8%B3%AA=%E5%95%8F",
        ),
        ("https://a.dev/%E6%97%A5?x=%20", "https://a.dev/%E6%97%A5?x=%20"),
        ("https://日本.jp/", "https://xn--wgv71a.jp/"),
        ("http://[2001:db8::1]:8080/", "http://[2001:db8::1]:8080/"),
        ("https://user:pass@a.dev/x", "https://a.dev/x"),
    ],
)
def test_an_address_as_it_is_asked(written: str, asked: str) -> None:
    assert address_of(written).text == asked


@pytest.mark.parametrize(
    "written",
    [
        "mailto:a@a.dev", "ftp://a.dev/", "tel:1", "//a.dev/", "/x", "", "https://", "http://a.dev:99999/",
        "https://a b.dev/", "https://a.dev\\@b.dev/", "https://[::1", "https://%61.dev/", f"https://a.dev/{'x' * 2000}",
        "javascript:alert(1)", "https://a..dev\u3002x y/",
    ],
)  # fmt: skip
def test_what_is_no_address_of_the_web(written: str) -> None:
    assert read_address(written) is None


@pytest.mark.parametrize(
    "written",
    [
        "https://example.com/", "https://www.example.org/x", "https://help.example/", "https://your-team.dev/", "https://yourcompany.zendesk.com/",
        "https://contoso.com/", "http://localhost:3000/",
        "http://jenkins/", "https://wiki.corp/", "https://nas.local/", "http://a.test/", "http://a.dev:22/", "http://a.dev:25/",
        "https://a.dev/{id}", "https://a.dev/%7B%7B%20x%20%7D%7D", "https://a.dev/<id>", "https://u:p@a.dev/", "https://u@a.dev/",
        "https://a.dev/?token=abc", "https://a.dev/?access_token=abc", "https://a.dev/?a=1&X-Amz-Signature=abc",
    ],
)  # fmt: skip
def test_what_is_not_asked(written: str) -> None:
    assert why_not_asked(written, address_of(written))


@pytest.mark.parametrize(
    "written",
    ["https://a.dev/?q=token", "https://myspace.com/", "https://a.dev:8080/", "http://8.8.8.8/"],
)
def test_what_is_asked(written: str) -> None:
    assert not why_not_asked(written, address_of(written))


@pytest.mark.parametrize(
    ("location", "there"),
    [
        ("/b?c", "https://a.dev/b?c"),
        ("b", "https://a.dev/x/b"),
        ("//b.dev", "https://b.dev/"),
        ("http://b.dev/#x", "http://b.dev/"),
    ],
)
def test_where_an_answer_leads(location: str, there: str) -> None:
    found = redirected(address_of("https://a.dev/x/y"), location)
    assert found is not None
    assert found.text == there


@pytest.mark.parametrize(
    "location", ["javascript:x", "file:///etc/passwd", "ftp://a.dev/", "http://["]
)
def test_an_answer_leads_to_the_web_alone(location: str) -> None:
    assert redirected(address_of("https://a.dev/"), location) is None


def test_a_redirect_may_not_name_a_host_of_ours() -> None:
    assert why_barred(address_of("http://localhost/"))
    assert why_barred(address_of("http://metadata.internal/"))


@pytest.mark.parametrize(
    ("pattern", "is_allowed"),
    [
        ("a.dev", True),
        ("*.dev", True),
        ("A.DEV/docs/*", True),
        ("https://a.dev/*", True),
        ("http://a.dev/*", False),
        ("b.dev", False),
        ("dev", False),
        ("a.dev/x", False),
        ("*", True),
    ],
)
def test_a_pattern_of_the_team_fits_hosts_and_pages(pattern: str, is_allowed: bool) -> None:
    assert allowed_by([pattern])(address_of("https://a.dev/docs/x?y")) is is_allowed
