"""What a desk has, as a simulation looks at it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, NamedTuple

from tests.desks.zendesk.asking import Asking
from tests.desks.zendesk.fake import FakeZendesk

HELP = "/api/v2/help_center"
_DC = re.compile(r"\{\{\s*(dc\.[\w-]+)\s*\}\}")
Row = dict[str, Any]


class Record(NamedTuple):
    """A macro or an article: all that it says, text by text, and how it is deleted."""

    id: str
    title: str
    is_active: bool
    texts: list[str]
    delete: Callable[[], None]

    @property
    def text(self) -> str:
        return "\n".join(self.texts)


def records(fake: FakeZendesk, asking: Asking) -> list[Record]:
    return [
        *(macro_record(fake, asking, row) for row in fake.macros.rows),
        *(article_record(fake, asking, row) for row in fake.articles.rows),
    ]


def macro_record(fake: FakeZendesk, asking: Asking, row: Row) -> Record:
    values = [str(one["value"]) for one in row["actions"]]
    variants = [one["content"] for item in items_of(fake, row) for one in item["variants"]]
    texts = [row["title"], *values, *variants]
    path = f"/api/v2/macros/{row['id']}"
    return Record(str(row["id"]), row["title"], row["active"], texts, lambda: asking.delete(path))


def article_record(fake: FakeZendesk, asking: Asking, row: Row) -> Record:
    told = fake.texts.of("articles", row["id"])
    texts = [text for one in told.values() for text in (one["title"], one["body"])]
    source = told[row["source_locale"]]
    path = f"{HELP}/articles/{row['id']}"
    labels = " ".join(row["label_names"])
    return Record(str(row["id"]), source["title"], not source["draft"], [*texts, labels], lambda: asking.delete(path))  # fmt: skip


def items_of(fake: FakeZendesk, row: Row) -> list[Row]:
    """The items of dynamic content that a macro names."""
    names = {f"{{{{{name}}}}}" for name in _DC.findall(str(row["actions"]))}
    return [one for one in fake.dynamic.rows if one["placeholder"] in names]
