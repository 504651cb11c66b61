"""A record of a help desk -> a reply of ours: its texts, and a loss for what it can't keep."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from urllib.parse import unquote

from cannery.content.marks import without_marks
from cannery.exchange.body import from_html, from_markdown, from_plain
from cannery.exchange.placeholders.dialect import Dialect
from cannery.exchange.placeholders.fields import Fields
from cannery.exchange.placeholders.to_ours import to_ours
from cannery.exchange.source import UnreadableError
from cannery.model.canned_reply import CannedReply, Origin
from cannery.model.location import Status
from cannery.model.loss import Loss
from cannery.util.plain import one_line, printable

NO_ACTION = "an action that is not known here"
_MAX_CHARS = 200_000  # with HTML's tags
_MAX_TITLE, _MAX_SUMMARY = 200, 300
_MAX_TEMPLATE = 60_000  # without: what values are called there may be longer than here
_SHORT = 120
_IMAGE = re.compile(r"<img\b([^<>]{0,2000}+)", re.IGNORECASE)
_ADDRESS = re.compile(r"\ssrc\s?=\s?[\"']?([^\s\"'<>]{1,300})", re.IGNORECASE)
_MOST_IMAGES = 20
# What an editor for HTML makes of a placeholder in an address.
_ENCODED = re.compile(
    r"(%7B%7B|%7B%25|#%7B|%(?:25)?%7B)((?>(?:[\w.|:,=+-]|%(?:20|22|27|7C|5B|5D)){1,200}))(%7D%7D|%25%7D|%7D)",
    re.IGNORECASE,
)
_GAP = re.compile(r"\\\n(?:[ \t]{0,9}\\\n)+")  # two ends of lines, where people begin a paragraph
# A line of a paragraph that a person meant for an item: in Markdown it is one, and takes no break.
_ITEM_BREAK = re.compile(r"\\\n(?=[ \t]{0,3}(?:[-+*]|[0-9]{1,9}[.)])[ \t])")
_LAST_BREAK = re.compile(r"\\\n\Z")
_INSIDE = re.compile(r"\{\{[^{}\n]{0,1000}\}\}|\{%[^{}\n]{0,1000}%\}")
_ESCAPED = re.compile(r"\\([|*<])")
_TAG = re.compile(
    r"<(?:p|br|div|span|b|i|u|a|ul|ol|li|strong|em|table|h[1-6])\b[^<>]{0,500}>", re.IGNORECASE
)


class DeskReply:
    """One record on its way to a reply: what it says, and what of it is lost so far.

    `path` is the file's as the user knows it, `line` where the record begins, `name` what the desk
    calls it: each loss tells it where a file has all its records in one line.
    """

    def __init__(
        self, path: str, line: int, record: Mapping[str, object], dialect: Dialect
    ) -> None:
        self.record = record
        self.fields = Fields()
        self.losses: list[Loss] = []
        self.is_whole = True
        self._path, self._line, self._dialect = path, line, dialect

    def again(self, record: Mapping[str, object]) -> DeskReply:
        """Another reply of the same record, in which `record` stands in its place."""
        return DeskReply(self._path, self._line, record, self._dialect)

    def lose(self, what: str, why: str) -> None:
        self.losses.append(Loss(self._path, self._line, one_line(what)[:_SHORT], why))

    def text(self, key: str) -> str:
        """A text of the record, or a number as one; another value is told and counts as none."""
        return self.as_text(key, self.record.get(key))

    def as_text(self, what: str, value: object) -> str:
        if value is None or isinstance(value, bool):
            return ""
        if isinstance(value, str | int):
            return without_marks(printable(str(value)))
        self.lose(what, f"a text was expected, not {_kind(value)}")
        return ""

    def items(self, key: str) -> Sequence[object]:
        """A list of the record; another value is told and counts as an empty one."""
        value = self.record.get(key)
        if value is None:
            return ()
        if isinstance(value, list):
            return value
        self.lose(key, f"a list was expected, not {_kind(value)}")
        return ()

    def lose_attached(self, files: object, key: str) -> None:
        """Tell each file that comes with the reply there; `key` has its name."""
        for file in files if isinstance(files, list) else ():
            name = file.get(key) if isinstance(file, dict) else None
            self.lose(str(name or "attachment"), "a file that is attached")

    def lose_unless_empty(self, reasons: Mapping[str, str]) -> None:
        """Tell each of these keys that says something, with the reason why it can't be kept."""
        for key, why in reasons.items():
            if self.record.get(key) not in (None, "", [], {}, False):
                self.lose(key, why)

    def title(self, key: str) -> str:
        return one_line(self.text(key))[:_MAX_TITLE]

    def summary(self, key: str) -> str:
        """A note to those who keep the reply, in one line."""
        return one_line(self.text(key))[:_MAX_SUMMARY]

    def template(self, text: str) -> str:
        """A text in one line, such as a subject, as a template of ours."""
        return self._ours(one_line(text)).strip()

    def from_html(self, html: str) -> str:
        """Raises UnreadableError for what is too large or nested too deep."""
        _refuse_size(html)
        for number, match in enumerate(_IMAGE.finditer(html)):
            if number < _MOST_IMAGES:
                address = _ADDRESS.search(match[1])
                self.lose(address[1] if address else "image", "an image, which a macro has not")
        try:
            text = _ITEM_BREAK.sub("\n", from_html(_ENCODED.sub(_decoded, html)))
            return self._ours(
                _INSIDE.sub(_unescaped, _LAST_BREAK.sub("\n", _GAP.sub("\n\n", text)))
            )
        except ValueError as error:
            raise UnreadableError(str(error), self._line) from error

    def from_plain(self, text: str) -> str:
        return self._from(text, from_plain)

    def from_markdown(self, text: str) -> str:
        return self._from(text, from_markdown)

    def from_either(self, text: str) -> str:
        """A text that is HTML if it has tags."""
        return self.from_html(text) if _TAG.search(text) else self.from_plain(text)

    def _from(self, text: str, convert: Callable[[str], str]) -> str:
        _refuse_size(text)
        return self._ours(convert(text.replace("\r\n", "\n").replace("\r", "\n")))

    def _ours(self, text: str) -> str:
        if len(text) > _MAX_TEMPLATE:
            raise UnreadableError(f"longer than {_MAX_TEMPLATE:,} characters", self._line)
        ours = to_ours(text, self._dialect, self.fields)
        self.losses += [
            loss._replace(path=self._path, line=self._line, what=one_line(loss.what))
            for loss in ours.losses
        ]
        self.is_whole = self.is_whole and ours.is_whole
        return ours.template

    def made(
        self, title: str, body: str, record: str, status: Status = Status.PUBLISHED
    ) -> CannedReply:
        """The reply, `record` being its id there. Raises UnreadableError if it has no text."""
        if not body.strip():
            acts = " and only changes the ticket" if self.record.get("actions") else ""
            raise UnreadableError(f"it has no text{acts}", self._line)
        if not self.is_whole and status is Status.PUBLISHED:
            status = Status.DRAFT
        origin = Origin(self._path, self._line, record)
        return CannedReply(
            title, body, origin, fields=self.fields.all, status=status, losses=tuple(self.losses)
        )


def _decoded(found: re.Match[str]) -> str:
    """What an editor for HTML made of a placeholder in an address; `%%7B` is a bare sign."""
    return unquote(found[0].replace("%%7B", "%25%7B").replace("%%7b", "%25%7B"))


def _unescaped(placeholder: re.Match[str]) -> str:
    """A placeholder without what keeps Markdown from reading its signs."""
    return _ESCAPED.sub(r"\1", placeholder[0])


def _refuse_size(text: str) -> None:
    if len(text) > _MAX_CHARS:
        raise UnreadableError(f"longer than {_MAX_CHARS:,} characters")


def _kind(value: object) -> str:
    names = {dict: "an object", list: "a list", float: "a number with a point"}
    return names.get(type(value), type(value).__name__)
