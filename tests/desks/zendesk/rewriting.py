"""How Zendesk keeps HTML: another text that says the same."""

from __future__ import annotations

from html import escape
from html.parser import HTMLParser

_VOID = frozenset({"br", "hr", "img", "col"})
_RENAMED = {"b": "strong", "i": "em", "strike": "del"}
_DROPPED = frozenset({"script", "style", "iframe", "object"})
_IN_A_PARAGRAPH = frozenset({"a", "br", "code", "del", "em", "img", "kbd", "span", "strong", "sub", "sup", "u"})  # fmt: skip
Attributes = list[tuple[str, str | None]]


def rewritten(html: str) -> str:
    """The HTML as the account keeps it; what was kept once stays as it is."""
    writer = _Writer()
    writer.feed(html)
    writer.close()
    return "".join(writer.pieces).strip()


class _Writer(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._dropped = 0
        self._kept = 0  # depth of elements whose blanks count
        self._plain: list[int] = []  # where a <div> begins that may become a <p>; -1 for others

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        name = _RENAMED.get(tag, tag)
        if name in _DROPPED:
            self._dropped += 1
            return
        self._kept += name == "pre"
        if self._dropped:
            return
        if name not in _IN_A_PARAGRAPH:
            self._plain = [-1] * len(self._plain)  # a <div> around a block stays one
        if name == "div":
            self._plain.append(-1 if attrs else len(self.pieces))
        end = " />" if name in _VOID else ">"
        self.pieces.append(f"<{name}{_attributes(name, attrs)}{end}")

    def handle_endtag(self, tag: str) -> None:
        name = _RENAMED.get(tag, tag)
        if name in _DROPPED:
            self._dropped = max(0, self._dropped - 1)
            return
        self._kept -= name == "pre"
        if self._dropped or name in _VOID:
            return
        begin = self._plain.pop() if name == "div" and self._plain else -1
        if begin >= 0:
            self.pieces[begin], name = "<p>", "p"
        self.pieces.append(f"</{name}>")

    def handle_startendtag(self, tag: str, attrs: Attributes) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.handle_endtag(tag)

    def handle_data(self, data: str) -> None:
        if self._dropped or (not self._kept and not data.strip(" \n\t\r") and "\n" in data):
            return  # a line end between blocks
        text = escape(data, quote=False).replace("\N{NO-BREAK SPACE}", "&nbsp;")
        self.pieces.append(text)


def _attributes(tag: str, attrs: Attributes) -> str:
    """In the order of their names, without those that run something; links say what they are."""
    kept = {name: value or "" for name, value in attrs if not name.startswith("on")}
    if tag == "a" and kept.get("href", "").startswith(("http:", "https:")):
        kept["rel"] = "noopener noreferrer"
    return "".join(f' {name}="{escape(value)}"' for name, value in sorted(kept.items()))
