"""An internal site of a few macros, served."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from cannery.model.entry import Audience
from cannery.operations.build_site import Mode, build_site
from cannery.workspace import open_workspace

ROOT = Path(__file__).parents[2]
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


class _Handler(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def served(root: Path) -> Iterator[str]:
    """The address of the site, which is built in a folder."""
    shutil.copy(ROOT / "mkdocs.yml", root)
    for name, text in MACROS.items():
        (root / "kb" / name).parent.mkdir(parents=True, exist_ok=True)
        (root / "kb" / name).write_text(text)
    build_site(open_workspace(root), Audience.INTERNAL, root / "out", mode=Mode(alone=True))
    handler = partial(_Handler, directory=str(root / "out"))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    Thread(target=server.serve_forever, args=[0.02], daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
