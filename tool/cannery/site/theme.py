"""The theme's files: the templates, style sheets and scripts that an audience's pages need."""

from __future__ import annotations

import json

from cannery.site import web
from cannery.site.texts import texts
from cannery.site.visibility import PublishedView


def theme_files(site: PublishedView) -> dict[str, bytes]:
    """The templates and scripts that this audience's pages need."""
    files = {
        path.relative_to(web.THEME).as_posix(): path.read_bytes()
        for path in sorted(web.THEME.rglob("*"))
        if path.is_file()
    }
    scripts = {**web.SCRIPTS, **(web.MACRO_SCRIPTS if site.macros else {})}
    files |= {f"assets/kb/{name}": web.joined(sources) for name, sources in scripts.items()}
    files["assets/kb/site.css"] = web.joined(web.STYLES)
    files["kb-texts.html"] = (
        b"{% set TEXTS = " + json.dumps(texts(), ensure_ascii=False).encode() + b" %}\n"
    )
    return files
