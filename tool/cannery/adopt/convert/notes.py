"""What a conversion keeps in mind of its page: where it is, and what of it was lost."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from posixpath import dirname, join, normpath, relpath
from urllib.parse import quote, unquote

from cannery.adopt.kind import SourcePage
from cannery.model.loss import Loss

_MOST = 500  # losses of one page; the last of them says that there are more
_MAX_DEPTH = 4  # of files that include others
_OUTSIDE = re.compile(r"[a-z][a-z0-9+.-]*+:|/|#", re.IGNORECASE)
_MAX_SHOWN = 80
_VALUE = re.compile(
    r"\{\{[<%]?-?[ \t]{0,9}(?:(?P<base>site\.(?:baseurl|url|github\.url))"
    r"|[\"'](?P<text>[^\"'{}\n]{0,300})[\"']|_?param[ \t]{1,9}[\"']?(?P<param>[\w.-]{1,80})[\"']?"
    r"|(?P<name>[\w.$-]{1,80}))[ \t]{0,9}(?:\|[^{}\n]{0,200})?[>%]?\}\}"
)
_SAFE = "/().,!'~@&=+$-_"
_MAX_INCLUDED = 1_000_000  # characters, of one page


@dataclass(slots=True)
class Notes:
    """The losses of one page so far, and the values of the names that it uses.

    `resolve` says where an address in a page leads: a file of the source, as that page names it.
    `home` is the page that a file is taken into; `depth` is that of files within files, `included` the characters that they brought.
    """

    page: SourcePage
    losses: list[Loss] = field(default_factory=list)
    variables: dict[str, str] = field(default_factory=dict)
    resolve: Callable[[str, str], str] = lambda _page, written: written
    home: str = ""
    depth: int = 0
    included: int = 0
    is_again: bool = False  # what is looked at was made of the page already

    def lose(self, line: int, what: str, why: str) -> None:
        """Tell of what could not be had; each thing is told once a line."""
        loss = Loss(self.page.path, line, shortened(what), why)
        if len(self.losses) < _MOST and loss not in self.losses[-3:]:
            self.losses.append(loss)
        elif len(self.losses) == _MOST:
            self.losses.append(
                Loss(self.page.path, line, "the rest of the page", "too many losses")
            )

    def target(self, written: str) -> str:
        """What a link or a picture of the page leads to."""
        return self.resolve(self.page.path, written)

    def way(self, path: str) -> str:
        """How the page names a file of the source in a link."""
        return quote(relpath(path, dirname(self.home or self.page.path) or "."), safe=_SAFE)

    def filled(self, address: str) -> str:
        """An address with the values of the names in it, as far as they are known."""
        return _VALUE.sub(self._value, address) if "{{" in address else address

    def _value(self, found: re.Match[str]) -> str:
        if found["text"] is not None:
            return found["text"]
        if found["base"]:
            return ""
        name = found["name"] or found["param"]
        return self.variables.get(name, self.variables.get(f"params.{name}", found[0]))

    def find(self, named: str, *roots: str) -> str:
        """The path of a file of the source that the page names; empty where there is none.

        It is looked for beside the page, and then below each of the roots.
        """
        plain = named.partition("#")[0].partition("?")[0].strip()
        if not plain or "\0" in plain:
            return ""
        tries = [join(dirname(self.page.path), plain)] if not plain.startswith("/") else []
        tries += [join(root, plain.lstrip("/")) for root in roots]
        return next((path for path in map(normpath, tries) if path in self.page.tree.names), "")

    def text(self, path: str) -> str | None:
        """The text of a file to be included; None where that would be too much, or can't be."""
        if self.depth >= _MAX_DEPTH or self.included > _MAX_INCLUDED:
            return None
        text = self.page.tree.config(path)
        self.included += len(text)
        return text or None

    def within(self, path: str) -> Notes:
        """Notes of a file that the page takes in: its links become those of the page."""
        home = self.home or self.page.path

        def resolve(included: str, written: str) -> str:
            leads_to = self.resolve(included, written)
            bare = leads_to.partition("#")[0]
            file = normpath(join(dirname(included), unquote(bare))) if bare else included
            if _OUTSIDE.match(leads_to) or file not in self.page.tree.names:
                return leads_to
            return f"{self.way(file)}{leads_to[len(bare) :]}"

        page = self.page._replace(path=path)
        return Notes(page, [], self.variables, resolve, home, self.depth + 1, self.included)

    def again(self) -> Notes:
        """Notes of another look at what was made of the page."""
        return replace(self, losses=[], is_again=True)

    def take_new(self, again: Notes) -> None:
        """What only another look found; nobody knows its line any more."""
        known = {loss.what for loss in self.losses}
        for loss in again.losses:
            if loss.what not in known:
                self.lose(0, loss.what, loss.why)

    def take(self, inside: Notes) -> None:
        """What was lost of a file that the page took in."""
        self.included = inside.included
        self.losses += inside.losses[: max(0, _MOST - len(self.losses))]


def shortened(text: str) -> str:
    """A piece of the source as a report shows it."""
    line = " ".join(text[:400].split())
    return line if len(line) <= _MAX_SHOWN else f"{line[: _MAX_SHOWN - 1]}…"
