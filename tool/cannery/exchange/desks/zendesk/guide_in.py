"""What Guide keeps of an article -> our front matter and Markdown."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import quote, unquote

from cannery.content.markdown import Node
from cannery.exchange.desks.desk import Opening
from cannery.exchange.desks.zendesk.guide_html import FILE
from cannery.exchange.desks.zendesk.guide_parts import (
    AUDIENCE,
    BODY,
    LABELS,
    LIVE,
    SECTION,
    TITLE,
    label_key,
)
from cannery.exchange.desks.zendesk.guide_pictures import Pictures, digest_of
from cannery.model.desk import Content, Incoming, Record, Version
from cannery.model.loss import Loss
from cannery.render.article_markdown import article_markdown
from cannery.richtext.article import article_nodes
from cannery.util.plain import one_line

_PICTURE = re.compile(r"/hc/article_attachments/(\d{1,20})/([^/?#]{1,200})")
_ENDINGS = (".avif", ".gif", ".jpeg", ".jpg", ".png", ".svg", ".webp")
_ODD = re.compile(r"[^A-Za-z0-9._-]+")
_ELSEWHERE = re.compile(r"<(iframe|video|audio|object|embed|form)\b", re.IGNORECASE)
_LONGEST = 40


class GuideIn:
    """Reads the articles of one help centre."""

    def __init__(self, opening: Opening, pictures: Pictures) -> None:
        self._opening, self._pictures = opening, pictures

    def incoming(self, record: Record) -> Incoming:
        """The record in our terms; a language that can't be read costs a loss."""
        parts = record.parts
        section = str(parts.get(SECTION) or "")
        own = self._opening.entry_at(record.address) or "/".join(
            filter(None, ("articles", section, "x"))
        )
        versions: dict[str, Version] = {}
        losses: list[Loss] = []
        pictures: dict[str, str] = {}
        unread: dict[str, str] = {}
        for language in languages_of(parts):
            reading = _Reading(self._opening, self._pictures, own, language)
            try:
                body = reading.markdown(str(parts.get(BODY + language) or ""))
            except ValueError as error:
                losses.append(Loss("", 0, record.title[:100], str(error)))
                unread[language] = str(error)
                continue
            versions[language] = Version(self._keys(parts, language), body)
            losses += reading.losses
            pictures |= reading.found
        return Incoming(section, record.title, versions, tuple(losses), pictures, unread)

    def _keys(self, parts: Mapping[str, Content], language: str) -> dict[str, object]:
        keys: dict[str, object] = {
            "title": parts.get(TITLE + language) or None,
            "audience": parts.get(AUDIENCE) or "internal",
            "status": None if parts.get(LIVE + language) else "draft",
        }
        if language == self._opening.default_language:
            labels = parts.get(LABELS)
            keys[label_key(self._opening)] = (
                [*labels] if isinstance(labels, list | tuple) and labels else None
            )
        return keys


def languages_of(parts: Mapping[str, Content]) -> list[str]:
    """The languages that an article has a title in."""
    return sorted(name.removeprefix(TITLE) for name in parts if name.startswith(TITLE))


@dataclass
class _Reading:
    """A text on its way; `found` are pictures that we have not, by the file to be."""

    opening: Opening
    pictures: Pictures
    id: str
    language: str
    losses: list[Loss] = field(default_factory=list)
    found: dict[str, str] = field(default_factory=dict)

    def markdown(self, html: str) -> str:
        """The Markdown of a body. Raises ValueError for what is too large."""
        nodes = tuple(map(self._placed, article_nodes(html)))
        written = article_markdown(nodes, self.language)
        for name in dict.fromkeys(match.lower() for match in _ELSEWHERE.findall(html)):
            self._lose(f"<{name}>", "an article here can't hold it")
        for text in written.inexact:
            self._lose(text, "Markdown can't say this exactly")
        return written.text

    def _lose(self, what: str, why: str) -> None:
        self.losses.append(Loss("", 0, one_line(what)[:100], why))

    def _placed(self, node: Node) -> Node:
        """A node with the addresses that it has among our files."""
        children = tuple(map(self._placed, node.children))
        attributes = dict(node.attrs)
        if node.type == "link":
            attributes["href"] = self._link(attributes["href"])
        elif node.type == "image":
            attributes["src"] = self._picture(attributes["src"])
        return replace(node, attrs=attributes, children=children)

    def _path(self) -> str:
        files = self.opening.files
        return files.path_of(self.id, self.language) if files else ""

    def _link(self, address: str) -> str:
        """An article of ours by its file, with what stands behind the #; others as they are."""
        plain, mark, anchor = address.partition("#")
        id_ = self.opening.entry_at(plain) if plain else ""
        files = self.opening.files
        target = files.path_of(id_, self.language) if id_ and files else ""
        return f"{self._relative(target)}{mark}{anchor}" if target else address

    def _relative(self, target: str) -> str:
        path = posixpath.relpath(target, posixpath.dirname(self._path()) or ".")
        return quote(path, safe="/._-~()'!*,;=@&+$") if " " in path else path

    def _picture(self, address: str) -> str:
        """The file of a picture, as the article names it; one that we have not is to be fetched."""
        if address.startswith(FILE):
            name = address.removeprefix(FILE)
            path = self.pictures.path_of(name) or self._new(name, self._plain_name(name))
            return self._relative(path) if path else name
        found = _PICTURE.match(address)
        if found is None:
            return address
        path = self._new(f"{found[1]}", _with_number(unquote(found[2]), found[1]), address)
        return self._relative(path) if path else address

    def _new(self, name: str, file: str, address: str = "") -> str:
        """The path that a picture is to have beside its article, empty where it can't have one."""
        folder = posixpath.dirname(self._path())
        if not folder or "/" in file or not file.lower().endswith(_ENDINGS):
            self._lose(name, "not a kind of image that an article can have")
            return ""
        path = f"{folder}/assets/{file}"
        self.found[path] = address or name
        return path

    def _plain_name(self, name: str) -> str:
        """A name of ours without its digest, where no other picture of the article has that."""
        ending = posixpath.splitext(name)[1]
        plain = name.removesuffix(f"-{digest_of(name)}{ending}") + ending
        taken = {posixpath.basename(path) for path in self.found}
        return name if plain in taken else plain


def _with_number(file: str, number: str) -> str:
    """A file's name as ours may be, with the attachment's number: no other file has it."""
    stem, ending = posixpath.splitext(file)
    plain = _ODD.sub("-", stem).strip("-.")[:_LONGEST] or "image"
    return f"{plain}-{number}{ending.lower()}"
