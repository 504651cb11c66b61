from __future__ import annotations

import json

import pytest

from cannery.model.entry import Audience
from cannery.model.site_settings import SiteSettings
from cannery.site.policy import header_policy, policy
from cannery.site.server_files import headers, server_files

NEVER = "object-src 'none'; frame-src 'none'; base-uri 'none'; form-action 'none'"


@pytest.mark.parametrize(
    ("wishes", "allowed"),
    [
        (SiteSettings(), ""),
        (SiteSettings(feedback="issue"), ""),
        (SiteSettings(feedback="/feedback", analytics="/stats.js"), ""),
        (SiteSettings(feedback="https://forms.test/f?page={page}"), ""),
        (SiteSettings(feedback="https://kb.test:8443/x"), "connect-src 'self' https://kb.test:8443; "),
        (
            SiteSettings(analytics="https://stats.test/a.js", feedback="https://kb.test/x"),
            "script-src 'self' https://stats.test; connect-src 'self' https://stats.test https://kb.test; ",
        ),
    ],
)  # fmt: skip
def test_pages_load_files_of_the_site_and_what_the_settings_name(
    wishes: SiteSettings, allowed: str
) -> None:
    assert policy(wishes) == f"default-src 'self'; {allowed}{NEVER}"


def test_a_server_says_also_who_may_show_a_page_in_a_frame() -> None:
    assert header_policy(SiteSettings()).endswith("; frame-ancestors 'none'")


@pytest.mark.parametrize("audience", Audience)
def test_hosts_are_told_the_same(audience: Audience) -> None:
    files = server_files(audience, SiteSettings())
    first, *lines = files["_headers"].decode().splitlines()
    rows = dict(line.strip().split(": ", 1) for line in lines)
    assert first == "/*"
    assert rows == headers(audience, SiteSettings())
    (rule,) = json.loads(files["vercel.json"])["headers"]
    assert {item["key"]: item["value"] for item in rule["headers"]} == rows


def test_what_is_internal_is_kept_by_no_cache_between_and_found_by_no_search_engine() -> None:
    rows = headers(Audience.INTERNAL, SiteSettings())
    assert rows["Cache-Control"].startswith("private")
    assert rows["X-Robots-Tag"] == "noindex"
    assert "Access-Control-Allow-Origin" not in rows
