"""What people do to articles in Zendesk Guide."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

from tests.desks.simulation.edits import Ledger, with_line
from tests.desks.simulation.records import HELP, Row, article_record
from tests.desks.zendesk.asking import Asking
from tests.desks.zendesk.fake import FakeZendesk


@dataclass
class InGuide:
    chance: random.Random
    ledger: Ledger
    fake: FakeZendesk
    asking: Asking

    def edit(self) -> str:
        acts: list[Callable[[Row], str]] = [self._line] * 8 + [self._title, self._label] * 2
        acts += [self._translate, self._remove_translation, self._archive, self._draft, self._new]
        if not self.fake.articles.rows:
            return "nothing"
        row = self.chance.choice(self.fake.articles.rows)
        return f"guide {self.chance.choice(acts)(row)} {row['id']}"

    def _line(self, row: Row) -> str:
        text = self.chance.choice([*self.fake.texts.of("articles", row["id"]).values()])
        mark = self.ledger.mark(f"guide: a line in {text['title']}")
        self._put(row, text["locale"], body=with_line(text["body"], f"<p>A sentence {mark}.</p>", self.chance))  # fmt: skip
        return f"line {mark} {text['locale']}"

    def _title(self, row: Row) -> str:
        text = self.fake.texts.of("articles", row["id"])[row["source_locale"]]
        mark = self.ledger.mark(f"guide: the title of {text['title']}")
        self._put(row, text["locale"], title=f"{text['title']} {mark}")
        return f"title {mark}"

    def _label(self, row: Row) -> str:
        mark = self.ledger.mark(f"guide: a label of {row['id']}")
        self._change(row, label_names=[*row["label_names"], mark])
        return f"label {mark}"

    def _translate(self, row: Row) -> str:
        if "ja" in self.fake.texts.of("articles", row["id"]):
            return "nothing"
        mark = self.ledger.mark(f"guide: a translation of {row['id']}")
        sent = {"locale": "ja", "title": "訳", "body": f"<p>文 {mark}。</p>"}
        self.asking.post(f"{HELP}/articles/{row['id']}/translations", {"translation": sent})
        return f"translation {mark}"

    def _remove_translation(self, row: Row) -> str:
        text = self.fake.texts.of("articles", row["id"]).get("ja")
        if text is None or row["source_locale"] == "ja":
            return "nothing"
        self.ledger.waive(f"{text['title']} {text['body']}")
        self.asking.delete(f"{HELP}/translations/{text['id']}")
        return "removed a translation"

    def _archive(self, row: Row) -> str:
        record = article_record(self.fake, self.asking, row)
        self.ledger.waive(record.text)
        record.delete()
        return f"archived {record.title}"

    def _draft(self, row: Row) -> str:
        text = self.fake.texts.of("articles", row["id"])[row["source_locale"]]
        self._put(row, text["locale"], draft=not text["draft"])
        return f"draft {not text['draft']}"

    def _new(self, row: Row) -> str:
        mark = self.ledger.mark("guide: a new article")
        number = len(self.ledger.made)
        self.fake.articles.add(f"Guide {number}", f"<p>Text {mark}.</p>", row["section_id"])
        return f"new {mark}"

    def _put(self, row: Row, locale: str, **keys: object) -> None:
        path = f"{HELP}/articles/{row['id']}/translations/{locale}"
        self.asking.put(path, {"translation": keys})

    def _change(self, row: Row, **keys: object) -> None:
        self.asking.put(f"{HELP}/articles/{row['id']}", {"article": keys})
