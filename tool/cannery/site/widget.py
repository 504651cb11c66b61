"""The help centre as one script for any page: search and articles, in the reader's language."""

from __future__ import annotations

import json

from cannery.site import web
from cannery.site.brand import style
from cannery.site.texts import text
from cannery.site.visibility import PublishedView

NAME = "assets/kb/widget.js"
_TEXTS = (
    "contact",
    "help",
    "help_back",
    "help_open",
    "search",
    "search_close",
    "search_failed",
    "search_hint",
    "search_none",
    "search_one",
    "search_some",
)


def widget_script(site: PublishedView) -> bytes:
    """One script without globals, since it runs beside scripts of others."""
    wishes = site.settings.site
    css = web.joined(("styles/widget.css",)) + style(wishes).replace(b":root", b":host")
    said = {
        "name": site.settings.name,
        "contact": wishes.contact,
        "languages": [*site.languages],
        "css": css.decode(),
        "texts": {
            language: {name: text(language, name) for name in _TEXTS}
            for language in dict.fromkeys(["en", *site.languages])
        },
    }
    scripts = web.joined((*web.TEXT, *web.SEARCH, *web.ANSWERS, *web.WIDGET))
    constant = f"const kbWidget = {json.dumps(said, ensure_ascii=True)};\n".encode()
    return b"(() => {\n" + constant + scripts + b"})();\n"
