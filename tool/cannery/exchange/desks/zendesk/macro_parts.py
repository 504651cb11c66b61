"""A macro as Zendesk keeps it -> a record: its texts in each language, its actions, who has it."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from cannery.exchange.desks.canonical_html import canonical_html
from cannery.exchange.desks.html_tree import parse, text_of
from cannery.exchange.desks.zendesk import titles
from cannery.exchange.desks.zendesk.actions import parts_of
from cannery.exchange.desks.zendesk.dynamic import DynamicContent
from cannery.exchange.desks.zendesk.languages import Languages
from cannery.exchange.desks.zendesk.numbers import Numbers
from cannery.exchange.desks.zendesk.paging import Json, number, objects
from cannery.exchange.zendesk_dynamic import placeholders_in, versions
from cannery.model.desk import Content, Record
from cannery.model.location import Kind
from cannery.util.plain import one_line

USAGE = ("usage_1h", "usage_24h", "usage_7d", "usage_30d")
BODY, SUBJECT = "body.", "subject."
_MOST = 200_000  # characters of a text


class MacroReader:
    """Reads what the API says of macros."""

    def __init__(
        self, dynamic: DynamicContent, languages: Languages, numbers: Numbers, default: str
    ) -> None:
        self.dynamic, self.languages, self.numbers = dynamic, languages, numbers
        self._default = default

    def record(self, raw: Json, address: str) -> Record:
        """The macro; `address` is the desk's."""
        title = titles.read(str(raw.get("title") or ""))
        parts: dict[str, Content] = {
            "title": title.name,
            "section": title.section,
            "description": one_line(str(raw.get("description") or "")),
            "active": raw.get("active") is not False,
            "restriction": self._groups(raw.get("restriction")),
            **self._by_language(raw),
            **parts_of(objects(raw, "actions"), self.numbers),
        }
        usage = {
            name.removeprefix("usage_"): it
            for name in USAGE
            if isinstance(it := raw.get(name), int)
        }
        page = f"{address}/admin/workspaces/agent-workspace/macros/{number(raw)}"
        return Record(number(raw), Kind.MACRO, title.name, parts, self._changed(raw), page, usage)

    def _changed(self, raw: Json) -> str:
        """The time of its last change, or of its texts' in dynamic content."""
        times = [str(raw.get("updated_at") or ""), *map(self.dynamic.changed, placeholders_in(raw))]
        return max(times)

    def _groups(self, restriction: object) -> Content:
        """The names of the groups that may use it; None for all."""
        if not isinstance(restriction, dict) or not restriction:
            return None
        ids = restriction.get("ids") or [restriction.get("id")]
        known = [str(one) for one in ids if isinstance(one, int | str)]
        return sorted(self.numbers.name("groups", one) for one in known) or None

    def _by_language(self, raw: Json) -> Mapping[str, Content]:
        """The texts in our languages; those in others stay what they are."""
        used = [*placeholders_in(raw)]
        if not used:
            return _texts(raw, self._default)
        found: dict[str, Content] = {}
        dynamic = self.dynamic.of(used, self.languages.named())
        for version in versions(raw, dynamic):
            language = self.languages.ours(version.language)
            if language or not found:
                found |= _texts(version.record, language or self._default)
        return found


def _texts(raw: Json, language: str) -> dict[str, Content]:
    """The texts of a macro as canonical HTML, and a subject as a line."""
    pieces: dict[str, list[str]] = {"html": [], "plain": [], "subject": []}
    names = {"comment_value_html": "html", "comment_value": "plain", "subject": "subject"}
    for action in objects(raw, "actions"):
        if name := names.get(str(action.get("field"))):
            pieces[name].append(_text(action.get("value")))
    html = "\n".join(pieces["html"]) or "\n".join(map(_as_html, pieces["plain"]))
    body = canonical_html(html[:_MOST])
    subject = one_line(" ".join(pieces["subject"]))
    return {
        **({BODY + language: body} if body else {}),
        **({SUBJECT + language: subject} if subject else {}),
    }


def _text(value: object) -> str:
    """A text, or one for a channel of several: `["channel:all", "Hello"]`."""
    if isinstance(value, list):
        texts = [str(one) for one in value if isinstance(one, str)]
        return "\n\n".join(texts[1:] if texts[:1] and texts[0].startswith("channel:") else texts)
    return value if isinstance(value, str) else ""


def _as_html(plain: str) -> str:
    paragraphs = escape(plain.strip(), quote=False).split("\n\n")
    return "".join(f"<p>{one}</p>".replace("\n", "<br>") for one in paragraphs)


def sole_placeholder(raw: Json, field: str) -> str:
    """The item of dynamic content that is all of a text; empty for a text of another kind."""
    values = [one.get("value") for one in objects(raw, "actions") if one.get("field") == field]
    if len(values) != 1 or not isinstance(values[0], str) or len(values[0]) > _MOST:
        return ""
    names = [*placeholders_in({"actions": [{"field": field, "value": values[0]}]})]
    shown = text_of(parse(values[0])).strip()
    is_sole = len(names) == 1 and shown.startswith("{{") and shown.find("}}") == len(shown) - 2
    return names[0] if is_sole else ""
