"""Front's message templates, each in a folder or in none."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from cannery.exchange.desks.canonical_html import canonical_html
from cannery.exchange.desks.texts.item import Item, Parts
from cannery.exchange.desks.texts.label import Label
from cannery.exchange.desks.texts.listing import Row, text
from cannery.exchange.desks.texts.names import Names
from cannery.exchange.desks.texts.numbers import Numbers
from cannery.exchange.desks.texts.shelves import Shelves
from cannery.exchange.desks.texts.values import iso_time, texts
from cannery.model.desk import Content
from cannery.util.plain import one_line


class TemplateForm:
    """A message template: its name, subject, HTML and folder, and the inboxes that offer it."""

    parts = frozenset({"body", "restriction", "section", "subject"})

    def __init__(self, names: Names, shelves: Shelves, inboxes: Numbers) -> None:
        self._names, self._shelves, self._inboxes = names, shelves, inboxes

    def item(self, row: Row) -> Item:
        parts: dict[str, Content] = {"body": canonical_html(text(row, "body"))}
        if subject := one_line(text(row, "subject")):
            parts["subject"] = subject
        if section := self._shelves.section(parent_of(row)):
            parts["section"] = section
        if inboxes := self._inboxes.names(row.get("inbox_ids")):
            parts["restriction"] = inboxes
        label = self._names.read(text(row, "name"))
        return Item(text(row, "id"), label, parts, iso_time(row.get("updated_at")))

    def said(self, label: Label, parts: Parts, before: Row) -> Mapping[str, Any]:
        folder = self._shelves.folder(str(parts.get("section") or ""))
        said: dict[str, Any] = {
            "name": self._names.written(label),
            "subject": parts.get("subject", ""),
            "body": parts.get("body"),
        }
        if folder or parent_of(before):
            said["folder_id"] = folder or None
        if inboxes := texts(parts.get("restriction")):
            said["inbox_ids"] = [self._inboxes.number(inbox) for inbox in inboxes]
        elif before.get("inbox_ids"):
            said["inbox_ids"] = None
        return said

    def kept(self, label: Label, parts: Parts) -> tuple[Label, Parts]:
        return self._names.read(self._names.written(label)), parts


def parent_of(row: Row) -> str:
    """The id of the folder that a template or a folder is in."""
    return end_of(row, "parent_folder")


def end_of(row: Row, name: str) -> str:
    """The id of what a row links to: the end of its address."""
    links = row.get("_links")
    related = links.get("related") if isinstance(links, dict) else None
    address = related.get(name) if isinstance(related, dict) else None
    return address.rstrip("/").rpartition("/")[2] if isinstance(address, str) else ""


def behind(content: object) -> tuple[str, Mapping[str, str | int]] | None:
    """The page that comes after one."""
    pages = content.get("_pagination") if isinstance(content, dict) else None
    address = pages.get("next") if isinstance(pages, dict) else None
    if not isinstance(address, str) or not address:
        return None
    parts = urlsplit(address)
    return parts.path, dict(parse_qsl(parts.query))
