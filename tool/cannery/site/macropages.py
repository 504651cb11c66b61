"""The pages of macros, and what their forms and the finder share."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from cannery.content.business_days import holidays
from cannery.content.holes import ROWS
from cannery.content.library import parts_for
from cannery.content.links import public_url
from cannery.content.marks import Url
from cannery.content.visibility import address_of
from cannery.content.words import words
from cannery.model.entry import Macro
from cannery.model.location import Kind
from cannery.site.article import language_name, page_context, section_title
from cannery.site.head import entry_head
from cannery.site.header import page_text
from cannery.site.language import locales, widths
from cannery.site.macro import form_of
from cannery.site.visibility import PublishedView
from cannery.workspace import Settings


def macro_pages(site: PublishedView) -> Iterator[tuple[str, bytes]]:
    """Each macro as a page with its form, and what the pages of forms share."""
    if not site.macros:
        return
    ids = [id_ for id_, entry in site.files.items() if entry.files[0].kind is Kind.ARTICLE]
    for macro in site.macros.values():
        parts = parts_for(site.parts, macro.at.language, site.settings)
        form = form_of(macro, parts, partial(_article_url, site, ids, macro.at.language))
        kb = {**page_context(site, macro), "kind": "macro", "template": "kb-macro.html"}
        kb |= {"form": form, "shortcut": macro.shortcut, "head": entry_head(site, macro)}
        text = page_text(macro.header.title, macro.header.summary, kb)
        yield site.page_path(macro.at), text.encode()
    yield "assets/kb/shared.js", shared_script(site.settings).encode()
    for language in site.languages:
        listed = _script({"rows": _rows(site, language), "sections": _sections(site, language)})
        yield (
            f"{site.folder(language)}assets/kb/macros.js",
            f"const kbMacros = {listed};\n".encode(),
        )


def _rows(site: PublishedView, language: str) -> list[dict[str, Any]]:
    """The macros as the finder lists them, each once: in this language, as far as it is there."""
    ids = sorted({item.at.id for item in site.macros.values()})
    entries = [site.best(id_, language) for id_ in ids]
    return [_row(site, item, language) for item in entries if isinstance(item, Macro)]


def _row(site: PublishedView, macro: Macro, language: str) -> dict[str, Any]:
    header = macro.header
    return {
        "id": macro.at.id,
        "section": macro.at.section,
        "title": header.title,
        "address": site.address(macro.at),
        "summary": header.summary,
        "shortcut": macro.shortcut,
        "words": " ".join((macro.at.id, *header.tags, *header.keywords)),
        "other": language_name(macro.at.language) if macro.at.language != language else "",
    }


def _sections(site: PublishedView, language: str) -> list[tuple[str, str]]:
    """The sections that macros are in, each with its title."""
    names = sorted({item.at.section for item in site.macros.values() if item.at.section})
    return [(name, section_title(site, f"macros/{name}", language)) for name in names]


def shared_script(settings: Settings) -> str:
    """What the scripts of all forms are told, as a script: see web/shared.d.ts."""
    shared = {
        "locales": locales(settings.languages),
        "widths": widths(),
        "kb": {"name": settings.name, "site_url": settings.site_url},
        "team": {language: settings.facts(language) for language in settings.languages},
        "keepsLines": settings.keeps_lines,
        "words": words(),
        "country": settings.country,
        "holidays": holidays(),
        "holes": [{key: part for key, part in row.items() if key != "needs"} for row in ROWS],
    }
    return f"const kbShared = {_script(shared)};\n"


def _script(value: object) -> str:
    return json.dumps(value, ensure_ascii=True, separators=(",", ":"))


def _article_url(site: PublishedView, article_ids: Sequence[str], language: str, name: str) -> Url:
    """The address that `article_url` gives in a macro. Raises ValueError, as in a reply."""
    lead_of = partial(site.address_lead, language=language)
    return public_url(address_of(name, article_ids, lead_of, site.settings.site_url), site.settings)
