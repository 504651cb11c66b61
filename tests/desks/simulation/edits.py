"""Edits of people at their files, and at the desk. Each adds a mark, or takes something away."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.desks.simulation.people import MARK, Person
from tests.desks.simulation.records import items_of, macro_record
from tests.desks.zendesk.asking import Asking
from tests.desks.zendesk.fake import FakeZendesk

_JAPANESE = 67


@dataclass
class Ledger:
    """Every mark that was made: where, and whether somebody took it away knowingly."""

    made: dict[str, str] = field(default_factory=dict)
    waived: set[str] = field(default_factory=set)

    def mark(self, where: str) -> str:
        made = f"m{len(self.made):04}z"
        self.made[made] = where
        return made

    def waive(self, text: str) -> None:
        """Somebody has deleted a text that they saw."""
        self.waived |= {*MARK.findall(text)}

    @property
    def kept(self) -> set[str]:
        return {*self.made} - self.waived


@dataclass
class Here:
    """What people do to files."""

    chance: random.Random
    ledger: Ledger
    moves: str  # who moves entries: two people who move the same are a matter of Git's

    def edit(self, person: Person) -> str:
        """One edit; what it was."""
        acts = [self._line] * 8 + [self._title, self._tag, self._new, self._language] * 2
        acts += [self._status, self._remove_language, self._remove]
        if person.name == self.moves:
            acts += [self._move]
        act = self.chance.choice(acts)
        return f"{person.name} {act(person)}"

    def _path(self, person: Person, pattern: str = "") -> Path:
        found = [path for path in person.entries() if re.search(pattern, path.name)]
        return self.chance.choice(found)

    def _line(self, person: Person) -> str:
        path = self._path(person)
        mark = self.ledger.mark(f"{person.name}: a line in {path.name}")
        head, body = _parts(path.read_text())
        blank = "\n" * (len(body) - len(body.lstrip("\n")))
        blocks = body.strip("\n").split("\n\n")
        blocks.insert(self.chance.randint(0, len(blocks)), f"A sentence {mark}.")
        path.write_text(head + blank + "\n\n".join(blocks) + "\n")
        return f"line {mark} {path.name}"

    def _title(self, person: Person) -> str:
        path = self._path(person, r"^[^.]+\.md$")
        mark = self.ledger.mark(f"{person.name}: the title of {path.name}")
        text = re.sub(
            r"^(title: .*)$", rf"\1 {mark}", path.read_text(), count=1, flags=re.MULTILINE
        )
        path.write_text(text)
        return f"title {mark} {path.name}"

    def _tag(self, person: Person) -> str:
        path = self._path(person, r"^[^.]+\.md$")
        mark = self.ledger.mark(f"{person.name}: a tag of {path.name}")
        key = "add_tags" if _kind(path) == "macros" else "tags"
        path.write_text(re.sub(rf"^(\s*{key}: \[)", rf"\g<1>{mark}, ", path.read_text(), count=1, flags=re.MULTILINE))  # fmt: skip
        if mark not in path.read_text():
            self.ledger.waive(mark)  # it has no tags by now
        return f"tag {mark} {path.name}"

    def _new(self, person: Person) -> str:
        mark = self.ledger.mark(f"{person.name}: a new entry")
        number = len(self.ledger.made)
        name = self.chance.choice((f"new-{number}", f"short-{number}"))
        kind = self.chance.choice(sorted({_kind(path) for path in person.entries()}))
        path = person.folder / f"kb/{kind}/s{self.chance.randrange(3)}/{name}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(entry(f"New {number}", f"Text {mark}.", kind=kind))
        return f"new {mark}"

    def _language(self, person: Person) -> str:
        path = self._path(person, r"^[^.]+\.md$")
        other = path.with_suffix(".ja.md")
        if other.exists():
            return "nothing"
        mark = self.ledger.mark(f"{person.name}: a translation of {path.name}")
        other.write_text(entry("訳", f"文 {mark}。", kind=_kind(path)))
        return f"translation {mark} {other.name}"

    def _remove_language(self, person: Person) -> str:
        path = self._path(person)
        if not path.name.endswith(".ja.md"):
            return "nothing"
        self.ledger.waive(path.read_text())
        path.unlink()
        return f"removed {path.name}"

    def _remove(self, person: Person) -> str:
        path = self._path(person, r"^[^.]+\.md$")
        for one in (path, path.with_suffix(".ja.md")):
            if one.exists():
                self.ledger.waive(one.read_text())
                one.unlink()
        return f"removed {path.name}"

    def _status(self, person: Person) -> str:
        path = self._path(person, r"^[^.]+\.md$")
        status = self.chance.choice(("draft", "published", "published", "retired"))
        text = re.sub(r"^status: \w+\n", "", path.read_text(), count=1, flags=re.MULTILINE)
        path.write_text(text.replace("---\n", f"---\nstatus: {status}\n", 1))
        return f"{status} {path.name}"

    def _move(self, person: Person) -> str:
        """As `kb move` does it: the earlier id stays in the file."""
        path = self._path(person, r"^[^.]+\.md$")
        folder = path.parent.with_name(f"s{self.chance.randrange(3)}")
        if (folder / path.name).exists() or "redirect_from" in path.read_text():
            return "nothing"
        folder.mkdir(exist_ok=True)
        old = f"{_kind(path)}/{path.parent.name}/{path.stem}"
        for one in (path, path.with_suffix(".ja.md")):
            if one.exists():
                one.rename(folder / one.name)
        moved = folder / path.name
        moved.write_text(moved.read_text().replace("---\n", f"---\nredirect_from: [{old}]\n", 1))
        return f"moved {path.name} to {folder.name}"


@dataclass
class There:
    """What agents do at the desk, in its own pages."""

    chance: random.Random
    ledger: Ledger
    fake: FakeZendesk
    asking: Asking

    def edit(self) -> str:
        acts: list[Callable[[], str]] = [self._line] * 8 + [self._title, self._tag, self._new] * 2
        acts += [self._variant, self._remove_variant, self._remove, self._active, self._restrict]
        if not self.fake.macros.rows:
            return "nothing"
        return f"desk {self.chance.choice(acts)()}"

    def _row(self) -> dict[str, Any]:
        return self.chance.choice(self.fake.macros.rows)

    def _line(self) -> str:
        row = self._row()
        mark = self.ledger.mark(f"the desk: a line in {row['title']}")
        sentence = f"<p>A sentence {mark}.</p>"
        if item := self._item(row):
            variant = self.chance.choice(item["variants"])
            content = with_line(variant["content"], sentence, self.chance)
            self._put_variant(item, variant, content=content)
        elif not self._put_comment(row, sentence):
            self.ledger.waive(mark)
        return f"line {mark} {row['title']}"

    def _put_comment(self, row: dict[str, Any], sentence: str) -> bool:
        actions = [{**one} for one in row["actions"]]
        texts = [one for one in actions if one["field"].startswith("comment_value")]
        for one in texts[:1]:
            one["value"] = with_line(one["value"], sentence, self.chance)
        self.asking.change(row["id"], actions=actions)
        return bool(texts)

    def _title(self) -> str:
        row = self._row()
        mark = self.ledger.mark(f"the desk: the title of {row['title']}")
        self.asking.change(row["id"], title=f"{row['title']} {mark}")
        return f"title {mark}"

    def _tag(self) -> str:
        row = self._row()
        mark = self.ledger.mark(f"the desk: a tag of {row['title']}")
        actions = [{**one} for one in row["actions"]]
        tags = [one for one in actions if one["field"] == "current_tags"]
        if tags:
            tags[0]["value"] = f"{tags[0]['value']} {mark}"
        else:
            actions.append({"field": "current_tags", "value": mark})
        self.asking.change(row["id"], actions=actions)
        return f"tag {mark} {row['title']}"

    def _new(self) -> str:
        mark = self.ledger.mark("the desk: a new macro")
        comment = {"field": "comment_value_html", "value": f"<p>Text {mark}.</p>"}
        self.asking.macro(
            title=f"S{self.chance.randrange(3)}::Desk {len(self.ledger.made)}", actions=[comment]
        )
        return f"new {mark}"

    def _variant(self) -> str:
        row = self._row()
        item = self._item(row)
        if item is None or any(one["locale_id"] == _JAPANESE for one in item["variants"]):
            return "nothing"
        mark = self.ledger.mark(f"the desk: a variant of {row['title']}")
        sent = {"locale_id": _JAPANESE, "content": f"<p>文 {mark}。</p>", "active": True, "default": False}  # fmt: skip
        path = f"/api/v2/dynamic_content/items/{item['id']}/variants"
        self.asking.post(path, {"variant": sent})
        return f"variant {mark} {row['title']}"

    def _remove_variant(self) -> str:
        row = self._row()
        item = self._item(row)
        others = [one for one in item["variants"] if not one["default"]] if item else []
        if not item or not others:
            return "nothing"
        variant = self.chance.choice(others)
        self.ledger.waive(variant["content"])
        path = f"/api/v2/dynamic_content/items/{item['id']}/variants/{variant['id']}"
        self.asking.delete(path)
        return f"removed a variant of {row['title']}"

    def _remove(self) -> str:
        row = self._row()
        self.ledger.waive(macro_record(self.fake, self.asking, row).text)
        self.asking.delete(f"/api/v2/macros/{row['id']}")
        return f"removed {row['title']}"

    def _active(self) -> str:
        row = self._row()
        self.asking.change(row["id"], active=not row["active"])
        return f"active {not row['active']} {row['title']}"

    def _restrict(self) -> str:
        row = self._row()
        groups = sorted(self.fake.account.groups.values())
        wanted = None if row["restriction"] else {"type": "Group", "ids": self.chance.sample(groups, 2)}  # fmt: skip
        self.asking.change(row["id"], restriction=wanted)
        return f"restriction {row['title']}"

    def _item(self, row: dict[str, Any]) -> dict[str, Any] | None:
        """The dynamic content that a macro's comment is."""
        return next(iter(items_of(self.fake, row)), None)

    def _put_variant(self, item: dict[str, Any], variant: dict[str, Any], **keys: object) -> None:
        path = f"/api/v2/dynamic_content/items/{item['id']}/variants/{variant['id']}"
        self.asking.put(path, {"variant": keys})


def entry(title: str, *blocks: str, kind: str = "macros") -> str:
    body = "\n\n".join(blocks)
    keys = (
        "actions:\n  add_tags: [first]" if kind == "macros" else "audience: public\ntags: [first]"
    )
    return f"---\ntitle: {title}\n{keys}\n---\n{body}\n"


def _kind(path: Path) -> str:
    return "articles" if "/kb/articles/" in str(path) else "macros"


def _parts(text: str) -> tuple[str, str]:
    """The front matter with its fences, and the body."""
    end = text.index("\n---", 3) + 4
    return text[:end], text[end:]


def with_line(html: str, sentence: str, chance: random.Random) -> str:
    """A text with a sentence between two of its blocks."""
    if "</p>" not in html:
        return f"{html}\n\n{re.sub('<[^>]*>', '', sentence)}"
    pieces: Sequence[str] = html.split("</p>")
    at = chance.randrange(1, len(pieces))
    return "</p>".join(pieces[:at]) + "</p>" + sentence + "</p>".join(pieces[at:])
