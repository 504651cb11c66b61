"""The pictures of Guide's articles: files of ours as attachments, each for one translation.

What a text refers to is a file's name with a digest of its content in it: another picture has
another name. Guide keeps that name, so that a file is known again whoever has sent it. A file goes
there first and is tied to its article before a text refers to it: nobody sees a hole.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from hashlib import blake2b
from pathlib import PurePosixPath
from secrets import token_hex
from typing import NamedTuple

from cannery.errors import ContentError
from cannery.exchange.desks.desk import Opening
from cannery.exchange.desks.zendesk.numbers import Numbers
from cannery.exchange.desks.zendesk.paging import answered, number, one, rows
from cannery.rest.client import Body, PlainClient, RestError
from cannery.util.address import Web, web

ATTACHMENTS = "guide_attachments"
_BASE = "/api/v2/help_center/articles"
_MOST = 20_000_000  # bytes of a file
_AT_ONCE = 20  # files that are tied to an article by one request
_OURS = re.compile(r"[\w.-]{1,60}-([0-9a-f]{16})\.[a-z]{3,4}")
_NUMBER = re.compile(r"/hc/article_attachments/(\d{1,20})(?:/|\Z)")
_STORE = ".zdassets.com"
_ODD = re.compile(r"[^A-Za-z0-9._-]+")
_TYPES = {
    ".avif": "image/avif", ".gif": "image/gif", ".jpeg": "image/jpeg", ".jpg": "image/jpeg",
    ".png": "image/png", ".svg": "image/svg+xml", ".webp": "image/webp",
}  # fmt: skip


class Picture(NamedTuple):
    """A file that goes to Guide: where it lies, its name there, and its content."""

    path: str
    name: str
    data: bytes


class Pictures:
    """The pictures of one help centre's articles."""

    def __init__(self, opening: Opening, numbers: Numbers) -> None:
        self._opening, self._numbers = opening, numbers
        self._names: dict[str, str] = {}
        self._paths: dict[str, str] = {}
        self._listed: dict[str, str] = {}

    def name_of(self, path: str) -> str:
        """The name that a file of ours has at Guide. Raises ContentError for what can't go."""
        if path not in self._names:
            picture = self._read(path)
            self._names[path] = picture.name
            self._paths.setdefault(picture.name, path)
        return self._names[path]

    def path_of(self, name: str) -> str:
        """The file of ours that has a name; empty for one that none has had so far."""
        return self._paths.get(name, "")

    def _read(self, path: str) -> Picture:
        files = self._opening.files
        ending = PurePosixPath(path).suffix.lower()
        if files is None or ending not in _TYPES:
            raise ContentError(f"{path:.200} is not an image", "Link to where it is.")
        data = files.picture(path)
        if len(data) > _MOST:
            size, most = len(data) / 1e6, _MOST // 10**6
            message = f"{path:.200} has {size:.0f} MB, Guide takes {most} MB"
            raise ContentError(message, "Make it smaller, or link to where else it is.")
        stem = _ODD.sub("-", PurePosixPath(path).stem).strip("-.")[:40] or "image"
        digest = blake2b(data, digest_size=8).hexdigest()
        return Picture(path, f"{stem}-{digest}{ending}", data)

    def names(self, article: str, wanted: Iterable[str]) -> Mapping[str, str]:
        """The names of attachments by their numbers; the desk is asked about unknown ones."""
        known = {value: _name(key) for key, value in self._numbers.known(ATTACHMENTS).items()}
        wanted = [*wanted]
        if all(id_ in known for id_ in wanted):
            return known
        for row in rows(
            self._opening.client, f"{_BASE}/{article}/attachments", "article_attachments"
        ):
            name = str(row.get("file_name") or "")
            self._listed[name] = number(row)
            if known.setdefault(number(row), name) == name and number(row) in wanted:
                # Kept for the next run, which would ask for each article with a picture again.
                self._numbers.keep(ATTACHMENTS, f"{article}/{number(row)}/{name}", number(row))
        return known

    def uploaded(self, article: str, locale: str, names: Iterable[str]) -> dict[str, str]:
        """The numbers of attachments by the files' names; what Guide has not is sent there.

        `article` is empty for an article that there is not yet.
        """
        return {
            name: self._known(article, locale, name) or self._sent(locale, name) for name in names
        }

    def _known(self, article: str, locale: str, name: str) -> str:
        """The number of a file that an article's translation has, whatever it was called."""
        prefix, found = f"{article}/{locale}/", digest_of(name)
        known = self._numbers.known(ATTACHMENTS)
        same = (
            value
            for key, value in known.items()
            if key.startswith(prefix) and digest_of(_name(key)) == found
        )
        return next(same, "") if article and found else ""

    def _sent(self, locale: str, name: str) -> str:
        """Send a file; the number of its attachment, which is tied to no article yet."""
        picture = self._read(self._paths[name])
        fields = {"inline": "true", "locale": locale}
        body = _form(picture._replace(name=name), fields)
        answer = answered(self._opening.client, "POST", f"{_BASE}/attachments", body)
        return number(one(answer, "article_attachment"))

    def tie(self, article: str, locale: str, numbers: Mapping[str, str]) -> None:
        """Tie files to an article, those that are not tied yet; `numbers` are by their names."""
        known = self._numbers.known(ATTACHMENTS)
        new = {
            name: id_
            for name, id_ in numbers.items()
            if known.get(f"{article}/{locale}/{name}") != id_
        }
        ids = [int(id_) for id_ in new.values() if id_ not in known.values()]
        for at in range(0, len(ids), _AT_ONCE):
            sent = {"attachment_ids": ids[at : at + _AT_ONCE]}
            self._opening.client.ask("POST", f"{_BASE}/{article}/bulk_attachments", sent)
        for name, id_ in new.items():
            self._numbers.keep(ATTACHMENTS, f"{article}/{locale}/{name}", id_)

    def fetched(self, address: str) -> bytes:
        """The content of an attachment, by its address or the name that we gave it."""
        known = self._numbers.known(ATTACHMENTS)
        same = (value for key, value in known.items() if _name(key) == address)
        found = _NUMBER.match(address)
        number = found[1] if found else next(same, self._listed.get(address, ""))
        if not number:
            raise RestError(f"{address:.200} is not an attachment of Guide's", "Run it again.", 404)
        try:
            return self._opening.client.ask("GET", f"/hc/article_attachments/{number}").raw
        except RestError as error:
            if not error.leads:
                raise
            return _stored(error)

    def address(self, number: str) -> str:
        """Where an attachment is shown from."""
        return f"{self._opening.settings.address}/hc/article_attachments/{number}"


def _stored(error: RestError) -> bytes:
    """A file from where Zendesk stores it, which gets no token; nothing for any other place."""
    place = web(error.leads)
    if place is None or not is_store(place):
        return b""
    client = PlainClient(f"{place.scheme}://{place.host}", dict)
    try:
        return client.ask("GET", error.leads).raw
    finally:
        client.close()


def is_store(place: Web) -> bool:
    """Whether a place is Zendesk's own, where it keeps files."""
    return place.scheme == "https" and place.host.endswith(_STORE)


def is_ours(name: str) -> bool:
    """Whether a file has a name that we give."""
    return _OURS.fullmatch(name) is not None


def digest_of(name: str) -> str:
    """The digest that a name has; empty for one that none of ours has."""
    found = _OURS.fullmatch(name)
    return found[1] if found else ""


def _name(key: str) -> str:
    return key.split("/", 2)[-1]


def _form(picture: Picture, fields: Mapping[str, str]) -> Body:
    """A form with a file, as browsers send it."""
    edge = f"kb-{token_hex(16)}"
    pieces = [
        f'--{edge}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in fields.items()
    ]
    kind = _TYPES[PurePosixPath(picture.name).suffix]
    pieces.append(
        f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="{picture.name}"\r\n'
        f"Content-Type: {kind}\r\n\r\n".encode()
        + picture.data
        + b"\r\n"
    )
    return Body(
        b"".join([*pieces, f"--{edge}--\r\n".encode()]), f"multipart/form-data; boundary={edge}"
    )
