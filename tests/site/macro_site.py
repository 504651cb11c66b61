"""An internal site of a few macros, served."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.site.served import build, serve

from cannery.model.entry import Audience

WORD = "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz"
LONG = f"""---
title: {WORD}
summary: {WORD}
shortcut: ";{WORD.lower()}"
subject: {WORD}
fields:
  - {{name: a, label: {WORD}, help: {WORD}, type: choice, choices: [{WORD}, b]}}
  - {{name: b, label: {WORD}, type: multichoice, choices: [{WORD}, b], required: false}}
  - {{name: c, label: {WORD}, type: date}}
---
{{{{ a }}}} {{{{ b }}}} {{{{ c }}}} {WORD}
"""
MACROS = {
    "kb.toml": 'languages = ["en", "ja"]\nformat = 2\n',
    "macros/visit.md": """---
title: Visit
subject: "About {{ who }}"
redirect_from: [macros/calls/visit]
fields:
  - {name: who, label: Who}
  - {name: day, label: Day, type: date}
  - {name: note, label: Note, type: multiline, required: false}
---
Hello {{ who }}, see [our page](https://help.example.com/x/) on {{ day }}.

{{ note }}
""",
    "macros/visit.ja.md": """---
title: 訪問
fields:
  - {name: who, label: お名前}
  - {name: day, label: 日付, type: date}
---
{{ who }} 様、{{ day }}に伺います。
""",
    "macros/billing/refund.md": """---
title: Refund
summary: Money back.
tags: [billing]
keywords: [chargeback]
shortcut: ;refund
fields:
  - {name: who, label: Customer, from: ticket.requester.first_name}
  - {name: part, label: Part, type: yesno}
  - {name: reason, label: Reason}
---
Hello {{ who }}, the sum is on its way.{% if part %} {{ reason }}{% endif %}
""",
    "macros/billing/quote.md": "---\ntitle: Quote\nshortcut: ;quote\n---\nAn offer, no refund.\n",
    "macros/outage/start.md": "---\ntitle: Outage, refund asked\nsummary: Now.\n---\nWe are down.\n",
    "macros/long.md": LONG,
    "macros/hole.md": "---\ntitle: Hole\n---\nHello [Name].\n",
    "macros/signed.md": "---\ntitle: Signed\n---\nHi\n\n{{ agent.name }}, {{ agent.team }}\n",
}


@contextmanager
def served(root: Path) -> Iterator[str]:
    """The address of the site, which is built in a folder."""
    with serve(build(root, MACROS, Audience.INTERNAL)) as address:
        yield address
