"""The Content-Security-Policy of a site: what browsers may load and run, whatever a page says."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

from cannery.model.site_settings import SiteSettings

_NEVER = "object-src 'none'; frame-src 'none'; base-uri 'none'; form-action 'none'"
# In headers alone: browsers read neither in a page. Pages that show no pictures of other hosts
# forbid them in their own policy, and the stricter one counts.
_HEADER = "img-src 'self' https:; frame-ancestors 'none'"


def policy(wishes: SiteSettings) -> str:
    """The policy of pages: files of the site alone, and what kb.toml names.

    That is the analytics script, and the endpoints that it and readers' votes are sent to.
    """
    scripts = _origins([wishes.analytics])
    endpoints = _origins([wishes.analytics, wishes.feedback])
    parts = ["default-src 'self'"]
    parts += [f"script-src 'self' {' '.join(scripts)}"] if scripts else []
    parts += [f"connect-src 'self' {' '.join(endpoints)}"] if endpoints else []
    return "; ".join([*parts, _NEVER])


def header_policy(wishes: SiteSettings) -> str:
    """The policy that a server sends: that of all pages, and who may show them in a frame."""
    return f"{policy(wishes)}; {_HEADER}"


def _origins(addresses: Iterable[str]) -> list[str]:
    """Where addresses of other hosts are; one with a hole in it is a form, which is a link."""
    found = [urlsplit(item) for item in addresses if "{" not in item]
    named = [f"{item.scheme}://{item.netloc}" for item in found if item.scheme and item.netloc]
    return [*dict.fromkeys(named)]
