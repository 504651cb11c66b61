"""What hosts send with a site's files, as these hosts read it: `_headers` and `vercel.json`.

Netlify and Cloudflare Pages read the first, Vercel the second. Others are told in the manual.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from cannery.model.entry import Audience
from cannery.model.site_settings import SiteSettings
from cannery.site.policy import header_policy

_UNUSED = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
# No file is named by what it holds, so a browser asks whether what it kept is still so.
_FRESH = "max-age=0, must-revalidate"


def headers(audience: Audience, wishes: SiteSettings) -> Mapping[str, str]:
    """The headers of all files."""
    is_public = audience is Audience.PUBLIC
    always = {
        "Content-Security-Policy": header_policy(wishes),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "strict-origin-when-cross-origin",
        "Permissions-Policy": _UNUSED,
        "Cache-Control": f"{'public' if is_public else 'private'}, {_FRESH}",
    }
    # Other pages of the team may show articles and search them; nobody else sees inside ones.
    own = {"Access-Control-Allow-Origin": "*"} if is_public else {"X-Robots-Tag": "noindex"}
    return {**always, **own}


def server_files(audience: Audience, wishes: SiteSettings) -> dict[str, bytes]:
    """The files by their place on the site."""
    rows = headers(audience, wishes)
    lines = ["/*", *(f"  {name}: {value}" for name, value in rows.items()), ""]
    listed = [{"key": name, "value": value} for name, value in rows.items()]
    vercel = {"trailingSlash": True, "headers": [{"source": "/(.*)", "headers": listed}]}
    return {
        "_headers": "\n".join(lines).encode(),
        "vercel.json": f"{json.dumps(vercel, indent=2)}\n".encode(),
    }
