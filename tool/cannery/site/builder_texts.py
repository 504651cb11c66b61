"""The words of whoever builds a site: no leak of anybody's, wherever else they may stand."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from babel import Locale, UnknownLocaleError

from cannery.model.entry import Audience
from cannery.model.site_settings import SiteSettings
from cannery.site.server_files import headers
from cannery.site.texts import texts

_TEMPLATES = (".html", ".xml")
# Of feeds, redirects, sitemaps, JSON-LD and llms.txt.
_FIXED = (
    "feed updated summary author entry title link Atom noindex canonical",
    "robots sitemap sitemaps sitemapindex schemas urlset lastmod alternate hreflang default",
    "schema context Article articleSection dateModified datePublished description headline",
    "inLanguage keywords mainEntityOfPage publisher Organization Person BreadcrumbList",
    "itemListElement ListItem position FAQPage mainEntity Question acceptedAnswer Answer",
    "Optional",
)
# What sites of this kind are called.
_CALLED = (
    "support customer service helpdesk center centre portal knowledge documentation answers guides",
    "サポートセンター ヘルプセンター ナレッジベース カスタマーサポート サポート",
    "Kundendienst Kundenservice Hilfecenter Hilfebereich Wissensdatenbank Dokumentation",
    "assistance clients service connaissances documentation",
    "soporte cliente servicio ayuda centro conocimiento documentación suporte atendimento serviço",
    "帮助中心 客户服务 知识中心 技术支持 幫助中心 고객센터 고객지원 도움말센터 지식센터",
)


def builder_texts(languages: Iterable[str], templates: Iterable[str]) -> Iterator[str]:
    """All that a site's builder says by itself, whatever the content.

    In all languages of the theme, whose folders are `templates`; of CLDR, in those of the site.
    """
    yield json.dumps(texts(), ensure_ascii=False)
    yield from _FIXED
    yield from _CALLED
    for audience in Audience:
        for name, value in headers(audience, SiteSettings()).items():
            yield f"{name} {value} trailingSlash source headers vercel"
    for folder in templates:
        yield from _written(folder)
    for language in dict.fromkeys(["en", *languages]):
        yield from _calendar(language)


def _written(folder: str) -> Iterator[str]:
    """What a theme's templates say; its icons, which are thousands, say nothing."""
    for above, inside, names in os.walk(folder):
        inside[:] = [name for name in inside if not name.startswith(".")]
        for name in names:
            if name.endswith(_TEMPLATES):
                yield Path(above, name).read_text("utf-8", "replace")


def _calendar(language: str) -> Iterator[str]:
    """The names of months and days, as dates have them, and of the language itself."""
    try:
        locale = Locale.parse(language.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return
    yield locale.display_name or ""
    for table in (locale.months, locale.days, locale.quarters, locale.day_periods, locale.eras):
        yield from all_strings(table)


def all_strings(value: object) -> Iterator[str]:
    """All texts in a value, such as a theme's settings: the labels of its toggles, for one."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from all_strings(item)
    elif isinstance(value, Iterable) and not isinstance(value, bytes):
        for item in value:
            yield from all_strings(item)
