"""The theme's files: the templates, style sheets and scripts that an audience's pages need."""

from __future__ import annotations

import json
from typing import Any

from cannery.model.site_settings import text_for
from cannery.site import web
from cannery.site.brand import Brand, addresses, style, theme_parts
from cannery.site.glossary import GLOSSARY, glossary_data
from cannery.site.head import site_head
from cannery.site.navigation import navigation
from cannery.site.picks import picks
from cannery.site.texts import texts
from cannery.site.visibility import PublishedView
from cannery.site.widget import NAME as WIDGET
from cannery.site.widget import widget_script


def theme_files(site: PublishedView, brand: Brand) -> dict[str, bytes]:
    """The templates and scripts that this audience's pages need."""
    files = {
        path.relative_to(web.THEME).as_posix(): path.read_bytes()
        for path in sorted(web.THEME.rglob("*"))
        if path.is_file()
    }
    scripts = {**web.SCRIPTS, **(web.MACRO_SCRIPTS if site.macros else {})}
    files |= {f"assets/kb/{name}": web.joined(sources) for name, sources in scripts.items()}
    files[WIDGET] = widget_script(site)
    wishes = site.settings.site
    files["assets/kb/site.css"] = web.joined(web.STYLES) + style(wishes)
    files |= dict(theme_parts(site.settings.name, wishes))
    if terms := glossary_data(site):
        files[GLOSSARY] = json.dumps(terms, ensure_ascii=False).encode()
    files["kb-texts.html"] = _assignment("TEXTS", texts())
    files["kb-site.html"] = _assignment("SITE", site_data(site, brand))
    files["kb-navigation.html"] = _assignment("NAVIGATION", navigation(site))
    return files


def site_data(site: PublishedView, brand: Brand) -> dict[str, Any]:
    """What templates know of the team's wishes, as `SITE`; texts are by language."""
    wishes, languages = site.settings.site, site.languages
    return {
        "name": site.settings.name,
        **addresses(brand),
        "contact": wishes.contact,
        "announcement": {name: text_for(wishes.announcement, name) for name in languages},
        "footer": [
            {"title": {name: text_for(link.titles, name) for name in languages}, "to": link.address}
            for link in wishes.footer
        ],
        "feedback": wishes.feedback,
        "ask": site.host.ask,
        "picks": {name: [row[:2] for row in picks(site, name)] for name in languages},
        "analytics": wishes.analytics,
        **site_head(site),
    }


def _assignment(name: str, value: object) -> bytes:
    """A template that other ones import a constant from."""
    return f"{{% set {name} = {json.dumps(value, ensure_ascii=False)} %}}\n".encode()
