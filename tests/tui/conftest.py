"""A knowledge base with every type of field, and a clipboard that keeps what it gets."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from cannery.model.entry import Reply
from cannery.tui import delivery, preview_pane
from tests.conftest import Base

REFUND = """---
title: Refund
summary: A refund, in full or in part.
tags: [billing]
shortcut: ;refund
subject: "Refund {{ invoice }}"
owner: Aoki
fields:
  - name: customer
    label: Customer
  - name: plan
    type: choice
    choices: {free: Free plan, pro: Professional, team: Team}
  - name: invoice
    label: Invoice
    pattern: '[A-Z]-\\d+'
    help: As in A-17.
  - name: partly
    type: yesno
    default: "no"
  - name: reason
    type: multiline
  - name: until
    type: date
    default: "{{ today }}"
  - name: mail
    type: email
    default: "billing+{{ invoice }}@example.com"
  - name: extras
    type: multichoice
    choices: [letter, call, gift]
    required: false
  - name: region
    remember: true
actions:
  status: solved
---
Hello {{ customer }},

we refund **{{ invoice }}** ({{ plan }}) by {{ until }} to {{ mail }}.{% if partly %}

Only a part of it: {{ reason }}{% endif %}

{% if extras.size > 0 %}You get: {{ extras }}.{% endif %} Region {{ region }}.
"""
REFUND_JA = """---
title: 返金のご案内
summary: 返金のご連絡です。
tags: [billing]
shortcut: ;refund
fields:
  - name: customer
    label: お客様のお名前
  - name: invoice
    label: 請求書番号
---
{{ customer | honorific }}

請求書 {{ invoice }} を返金いたします。
"""
HELLO = """---
title: Hello there
tags: [greeting]
shortcut: ;hi
fields:
  - name: customer
---
Hello {{ customer }}.
"""
CLOSING = """---
title: Thanks
tags: [greeting]
---
{% if reply.last %}Thank you, and goodbye.{% endif %}
"""
ARTICLE = """---
title: Refund policy
summary: Who gets money back.
audience: public
reviewed: 2020-01-01
---
# Money back

Within **30 days**.

| Plan | Days |
| --- | --- |
| free | 3 |
"""
INTERNAL = "---\ntitle: Refund limits\n---\nNever tell customers.\n"


@pytest.fixture(autouse=True)
def haste(monkeypatch: pytest.MonkeyPatch) -> None:
    """Previews at once: nobody reads them here."""
    monkeypatch.setattr(preview_pane, "_REST", 0.01)


@pytest.fixture
def library(base: Base) -> Base:
    base.write("macros/billing/refund.md", REFUND)
    base.write("macros/billing/refund.ja.md", REFUND_JA)
    base.write("macros/hello.md", HELLO)
    base.write("macros/thanks.md", CLOSING)
    base.write("articles/refunds.md", ARTICLE)
    base.write("articles/limits.md", INTERNAL)
    return base


@pytest.fixture
def copied(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """What was copied: the form of it, and the text in that form."""
    from cannery.operations.deliver import body

    found: list[tuple[str, str]] = []

    def keep(reply: Reply, form: str, what: str = "") -> str:
        found.append((form, body(reply, form)))
        return f"Copied{what}: {form} (a test)."

    monkeypatch.setattr(delivery, "copy_reply", keep)
    return found


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> datetime:
    """A Tuesday on which all of this happens."""
    from cannery.operations import reply
    from cannery.tui import session

    moment = datetime(2026, 11, 24, 12, tzinfo=UTC)

    class Clock(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:  # type: ignore[override]  # noqa: ARG003
            return moment

    class Calendar(date):
        @classmethod
        def today(cls) -> date:  # type: ignore[override]
            return moment.date()

    monkeypatch.setattr(reply, "datetime", Clock)
    monkeypatch.setattr(session, "date", Calendar)
    return moment
