"""What changed, as an Atom feed (RFC 4287)."""

from __future__ import annotations

from datetime import UTC, datetime
from xml.etree import ElementTree as ET

from cannery.site.lists import changes
from cannery.site.texts import text as words
from cannery.site.visibility import PublishedView

_ATOM = "http://www.w3.org/2005/Atom"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def feed(site: PublishedView, language: str) -> bytes:
    """The feed of a language's articles, the last changed first. Titles and summaries only."""
    base = f"{site.settings.site_url}/"
    root = ET.Element("feed", {"xmlns": _ATOM, "xml:lang": language})
    entries = changes(site, language)
    days = [site.file_histories[entry.at.path].changed for entry in entries]
    _add(root, "title", f"{site.settings.name}: {words(language, 'changes')}")
    _add(root, "id", f"{base}{site.root(language)}changes.xml")
    _add(root, "updated", max(days).isoformat() + "T00:00:00Z" if days else _EPOCH.isoformat())
    ET.SubElement(root, "link", {"rel": "self", "href": f"{base}{site.root(language)}changes.xml"})
    ET.SubElement(_add(root, "author", ""), "name").text = site.settings.name
    for entry, day in zip(entries, days, strict=True):
        item = _add(root, "entry", "")
        _add(item, "title", entry.header.title)
        _add(item, "id", base + site.address(entry.at))
        ET.SubElement(item, "link", {"href": base + site.address(entry.at)})
        _add(item, "updated", f"{day.isoformat()}T00:00:00Z")
        if entry.header.summary:
            _add(item, "summary", entry.header.summary)
    text = ET.tostring(root, "unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n'.encode()


def _add(parent: ET.Element, name: str, content: str) -> ET.Element:
    child = ET.SubElement(parent, name)
    child.text = "".join(
        char for char in content if char >= " " and not "\ud800" <= char <= "\udfff"
    )
    return child
