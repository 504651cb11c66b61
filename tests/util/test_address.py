"""Which host an address leads to, and what of it is shown."""

from __future__ import annotations

import pytest

from cannery.util.address import web, without_credentials


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("https://github.com/t/kb", "github.com"),
        ("HTTPS://GITHUB.COM./t/kb", "github.com"),
        ("https://github.com:443/t/kb", "github.com"),
        ("https://github.com:8443/t/kb", "github.com:8443"),
        ("https://github.com@evil.example/t/kb", "evil.example"),
        ("https://github.com:443@evil.example/t/kb", "evil.example"),
        ("https://kim:p@ss@evil.example/t/kb", "evil.example"),
        ("https://github.com%2f@evil.example/t", "evil.example"),
        ("https://github.com.evil.example/t/kb", "github.com.evil.example"),
        ("https://xn--gthub-n4a.com/t", "xn--gthub-n4a.com"),
        ("http://[::1]:80/t", "[::1]"),
    ],
)
def test_the_host_is_the_one_that_is_asked(address: str, host: str) -> None:
    found = web(address)
    assert found is not None
    assert found.host == host


@pytest.mark.parametrize(
    "address",
    [
        r"https://github.com\@evil.example/t",
        "https://github\u3002com/t",
        "https://g\u0131thub.com/t",
        "https://github.com\uff0fevil.example/t",
        "https://github%2ecom/t",
        "https://github.com /t",
        "https://github.com\n.evil.example/t",
        "https://-github.com/t",
        "https:///t",
        "https://github..com../t",
        "ftp://github.com/t",
        "https:github.com/t",
    ],
)
def test_what_programs_read_in_different_ways_is_no_address(address: str) -> None:
    assert web(address) is None


@pytest.mark.parametrize(
    ("address", "is_loopback"),
    [
        ("http://127.0.0.1:8080/", True),
        ("http://localhost/", True),
        ("http://[::1]:8080/", True),
        ("http://127.0.0.1.evil.example/", False),
        ("http://localhost.evil.example/", False),
        ("http://10.0.0.1/", False),
    ],
)
def test_only_this_machine_is_this_machine(address: str, *, is_loopback: bool) -> None:
    found = web(address)
    assert found is not None
    assert found.is_loopback is is_loopback


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("unable to access 'https://kim:t0ken@h.example/x/': no", "unable to access 'https://h.example/x/': no"),
        ("https://t0ken@h.example", "https://h.example"),
        ("https://kim:t0@ken@h.example/x", "https://h.example/x"),
        ("https://kim:t0/ken@h.example/x", "https://h.example/x"),
        ("ssh://kim:t0ken@h.example/x and ftp://t0ken@b", "ssh://h.example/x and ftp://b"),
        ("https://h.example/x?private_token=t0ken&y=1", "https://h.example/x?private_token=...&y=1"),
        ("https://h.example/x?a=1&access_token=t0ken#z", "https://h.example/x?a=1&access_token=...#z"),
    ],
)  # fmt: skip
def test_nobody_s_credentials_are_shown(said: str, shown: str) -> None:
    assert without_credentials(said) == shown


@pytest.mark.parametrize(
    "said",
    ["https://h.example:8080/@scope/pkg", "https://h.example/@kim", "kim@example.com", "a: b@c"],
)
def test_what_only_has_an_at_stays(said: str) -> None:
    assert without_credentials(said) == said
