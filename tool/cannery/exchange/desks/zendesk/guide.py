"""Articles in Guide: what Zendesk keeps of them, read and written.

An article has its section, labels and readers; each translation of it has a title, a text and
whether it is a draft. A write that takes several requests hides first and shows last: whoever
reads meanwhile sees what was there before, or what is to be there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from urllib.parse import quote, urlsplit

from cannery.errors import NotFoundError
from cannery.exchange.desks.article_html import canonical
from cannery.exchange.desks.desk import Opening
from cannery.exchange.desks.zendesk.guide_editors import Editors
from cannery.exchange.desks.zendesk.guide_html import (
    ATTACHMENT,
    FILE,
    ArticleLink,
    attachments_in,
    files_in,
    with_addresses,
    with_files,
    with_links,
)
from cannery.exchange.desks.zendesk.guide_in import GuideIn
from cannery.exchange.desks.zendesk.guide_locales import Locales
from cannery.exchange.desks.zendesk.guide_out import GuideOut
from cannery.exchange.desks.zendesk.guide_parts import (
    ACTIVE,
    AUDIENCE,
    BODY,
    LABELS,
    LIVE,
    SECTION,
    TITLE,
)
from cannery.exchange.desks.zendesk.guide_pictures import Pictures, is_ours
from cannery.exchange.desks.zendesk.guide_sections import Sections
from cannery.exchange.desks.zendesk.numbers import Numbers
from cannery.exchange.desks.zendesk.paging import Json, answered, number, objects, one, rows
from cannery.model.desk import Content, Family, Incoming, Outgoing, Record
from cannery.model.location import Kind
from cannery.rest.client import RestError
from cannery.util.plain import one_line

_BASE = "/api/v2/help_center/articles"
_SIDELOAD: Mapping[str, str | int] = {"include": "translations"}
_GONE = 404
Parts = Mapping[str, Content]


class Guide:
    """The articles of one help centre."""

    def __init__(self, opening: Opening, numbers: Numbers) -> None:
        self._opening, self._client = opening, opening.client
        self._locales = Locales(opening)
        self._sections = Sections(opening, self._locales, numbers)
        self._pictures = Pictures(opening, numbers)
        self._out = GuideOut(opening, self._pictures, self._locales)
        self._in = GuideIn(opening, self._pictures)
        self._hosts = {"", urlsplit(opening.settings.address).netloc}
        self._editors = Editors(opening)

    def records(self, since: str = "") -> Iterable[Record]:
        for row in rows(self._client, _BASE, "articles", _SIDELOAD):
            if not since or str(row.get("updated_at") or "") >= since:
                yield self._record(row)

    def read(self, record_id: str) -> Record | None:
        try:
            answer = answered(self._client, "GET", f"{_BASE}/{record_id}", query=_SIDELOAD)
        except RestError as error:
            if error.code == _GONE:
                return None
            raise
        return self._record(one(answer, "article"))

    def outgoing(self, family: Family) -> Outgoing:
        return self._out.outgoing(family)

    def incoming(self, record: Record) -> Incoming:
        return self._in.incoming(record)

    def picture(self, address: str) -> bytes:
        """A picture of an article by its address, or by the name that we gave it."""
        return self._pictures.fetched(address)

    def delete(self, record: Record) -> None:
        """Archive it: people can bring it back at the desk."""
        try:
            self._client.ask("DELETE", f"{_BASE}/{record.id}")
        except RestError as error:
            if error.code != _GONE:
                raise

    def create(self, parts: Parts) -> Record:
        """Make an article, in one language first; seen by nobody before its pictures are there."""
        editors = self._editors.of_new()
        section = self._sections.number(str(parts.get(SECTION) or ""))
        first, *others = self._languages(parts)
        html = str(parts.get(BODY + first) or "")
        sent = self._pictures.uploaded("", self._locale(first), files_in(html))
        article = {
            **self._text(parts, first, sent),
            "locale": self._locale(first),
            "draft": bool(sent),
            "user_segment_id": None,
            "permission_group_id": editors,
            **({"label_names": parts[LABELS]} if parts.get(LABELS) else {}),
        }
        body = {"article": article, "notify_subscribers": False}
        path = f"/api/v2/help_center/sections/{section}/articles"
        made = number(one(answered(self._client, "POST", path, body), "article"))
        if sent:
            self._pictures.tie(made, self._locale(first), sent)
            self._put(made, first, {"draft": False})
        for language in others:
            self._write(made, parts, language, is_new=True)
        return self._reread(made)

    def update(self, record: Record, parts: Parts) -> Record:
        """Bring an article to what it is to be: hide, then move and write, then show."""
        if parts.get(ACTIVE) is False:
            self._hide(record.id)
            return self._reread(record.id)
        wanted = self._languages(parts)
        for language in self._shown(record.parts):
            if not parts.get(LIVE + language):
                self._put(record.id, language, {"draft": True})
        self._put_article(record, parts)
        for language in wanted:
            if _differs(record.parts, parts, language):
                is_new = TITLE + language not in record.parts
                self._write(record.id, parts, language, is_new=is_new)
        if record.parts.get(AUDIENCE) != parts.get(AUDIENCE):
            answered(
                self._client, "PUT", f"{_BASE}/{record.id}", {"article": {"user_segment_id": None}}
            )
        return self._reread(record.id)

    def _reread(self, number: str) -> Record:
        record = self.read(number)
        if record is None:
            message = f"the article {number} was archived while it was written"
            raise RestError(message, "Run it again.")
        return record

    def _hide(self, number: str) -> None:
        """Make drafts of all translations, also of those in languages that we don't have."""
        for row in rows(self._client, f"{_BASE}/{number}/translations", "translations"):
            if not row.get("draft"):
                self._put_locale(number, str(row.get("locale")), {"draft": True})

    def _put_article(self, record: Record, parts: Parts) -> None:
        """Send what is the article's own; labels that are to go take an empty list."""
        changes: dict[str, object] = {}
        if record.parts.get(SECTION) != parts.get(SECTION):
            changes["section_id"] = int(self._sections.number(str(parts.get(SECTION) or "")))
        if record.parts.get(LABELS) != parts.get(LABELS):
            changes["label_names"] = parts.get(LABELS) or []
        if changes:
            answered(self._client, "PUT", f"{_BASE}/{record.id}", {"article": changes})

    def _write(self, number: str, parts: Parts, language: str, *, is_new: bool) -> None:
        """Write and show a translation: its files are tied before its text names them."""
        locale = self._locale(language)
        names = files_in(str(parts.get(BODY + language) or ""))
        sent = self._pictures.uploaded(number, locale, names)
        self._pictures.tie(number, locale, sent)
        text = {**self._text(parts, language, sent), "draft": False}
        if is_new:
            path = f"{_BASE}/{number}/translations"
            answered(self._client, "POST", path, {"translation": {"locale": locale, **text}})
        else:
            self._put(number, language, text)

    def _put(self, number: str, language: str, changes: Mapping[str, object]) -> None:
        self._put_locale(number, self._locale(language), changes)

    def _put_locale(self, number: str, locale: str, changes: Mapping[str, object]) -> None:
        path = f"{_BASE}/{number}/translations/{locale}"
        answered(self._client, "PUT", path, {"translation": changes})

    def _text(self, parts: Parts, language: str, sent: Mapping[str, str]) -> dict[str, object]:
        """A translation's title and text, with the addresses of its pictures."""
        html = str(parts.get(BODY + language) or "")
        body = with_addresses(html, lambda name: self._pictures.address(sent[name]))
        return {"title": str(parts.get(TITLE + language) or ""), "body": body}

    def _languages(self, parts: Parts) -> list[str]:
        """The languages to be shown that the help centre has, the default one first."""
        default = self._opening.default_language
        shown = [one for one in self._shown(parts) if one in self._locales.by_language]
        if not shown:
            message = "the help centre has none of the languages of this article"
            raise NotFoundError(message, "Switch one on at the desk, or name it in kb.toml.")
        return sorted(shown, key=lambda language: (language != default, language))

    def _shown(self, parts: Parts) -> list[str]:
        return [name.removeprefix(LIVE) for name in parts if name.startswith(LIVE) and parts[name]]

    def _locale(self, language: str) -> str:
        return self._locales.by_language[language]

    def _record(self, row: Json) -> Record:
        id_ = number(row)
        self._hosts.add(urlsplit(str(row.get("html_url") or "")).netloc)
        self._editors.note(row)
        is_public = row.get("user_segment_id") is None and not row.get("user_segment_ids")
        parts: dict[str, Content] = {
            SECTION: self._sections.folder(number(row, "section_id")),
            AUDIENCE: "public" if is_public else "internal",
        }
        if labels := row.get("label_names"):
            parts[LABELS] = sorted(map(str, labels)) if isinstance(labels, Sequence) else []
        for translation in objects(row, "translations"):
            parts |= self._translation(id_, translation)
        parts[ACTIVE] = is_public and bool(self._shown(parts))
        title = str(row.get("title") or "") or next(
            (str(it) for name, it in parts.items() if name.startswith(TITLE)), ""
        )
        return Record(
            id_,
            Kind.ARTICLE,
            one_line(title),
            parts,
            str(row.get("updated_at") or ""),
            f"{self._opening.settings.address}/hc/articles/{id_}",
        )

    def _translation(self, article: str, row: Json) -> Iterator[tuple[str, Content]]:
        language = self._locales.by_locale.get(str(row.get("locale") or ""))
        if language is None:
            return
        yield TITLE + language, one_line(str(row.get("title") or ""))
        if html := self._body(article, str(row.get("body") or "")):
            yield BODY + language, html
        if not row.get("draft"):
            yield LIVE + language, True

    def _body(self, article: str, html: str) -> str:
        """A text in canonical form, with the names of our files, and one form of our addresses."""
        text = canonical(html)
        if "/hc/" not in text:
            return text
        if wanted := attachments_in(text):
            names = self._pictures.names(article, wanted)
            text = with_files(text, lambda id_, named: _file(id_, names.get(id_, "") or named))
        return with_links(text, self._address)

    def _address(self, link: ArticleLink) -> str:
        """The address of an article of this help centre in its one form; empty for another's.

        It is the same before and after the article has a file here: that is no change there.
        """
        if link.host not in self._hosts:
            return ""
        return f"{self._opening.settings.address}/hc/articles/{link.number}{link.anchor}"


def _file(number: str, name: str) -> str:
    """The address of an attachment in its one form: a file of ours by its name."""
    if is_ours(name):
        return FILE + name
    return f"{ATTACHMENT}{number}/{quote(name)}" if name else f"{ATTACHMENT}{number}"


def _differs(before: Parts, after: Parts, language: str) -> bool:
    names = (TITLE + language, BODY + language, LIVE + language)
    return any(before.get(name) != after.get(name) for name in names)
