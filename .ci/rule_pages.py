"""Write the page of each rule of `kb check` anew: `python .ci/rule_pages.py`."""

from __future__ import annotations

import json
from pathlib import Path

from cannery.check.rule import Files, Rule, shown
from cannery.check.rules import secrets
from cannery.check.runner import RULES

FOLDER = Path(__file__).parents[1] / "kb" / "articles" / "rules"


def page(rule: Rule) -> str:
    """The page as it must stand in kb/articles/rules/."""
    return f"""---
title: "kb check: {rule.code}"
summary: {json.dumps(rule.why)}
tags: [guide, check]
audience: public
owner: support-tools
related: [articles/guides/checking]
{_allowed(rule)}---
{rule.why}

## Wrong

{_shown(rule.wrong)}
## Right

{_shown(rule.right)}
## Where it is meant

Allow it with the reason, on its line or the one before:

```
<!-- kb allow: {rule.code} because it is so here -->
```

More ways are on [how content is checked](../guides/checking.md).
"""


def _allowed(rule: Rule) -> str:
    """Where a page is one of the files that its rule looks into, code or not."""
    if rule not in secrets.RULES:
        return ""
    return f"# kb allow file: {rule.code} because this page shows what is found\n"


def _shown(files: Files) -> str:
    return "\n".join(f"`kb/{path}`:\n\n````\n{shown(text)}\n````\n" for path, text in files.items())


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    for old in FOLDER.glob("*.md"):
        if not old.name.startswith("index."):  # the section's own page is written by hand
            old.unlink()
    for rule in RULES:
        (FOLDER / f"{rule.code}.md").write_text(page(rule), "utf-8")


if __name__ == "__main__":
    main()
