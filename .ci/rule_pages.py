"""Write the page of each rule of `kb check` anew, and the guide's list: `.ci/rule_pages.py`."""

from __future__ import annotations

import json

from cannery.check.rule import Files, Rule, shown
from cannery.check.rules import secrets
from cannery.check.runner import RULE_FILES, RULES, rules_in
from cannery.manual import ARTICLES

FOLDER = ARTICLES / "rules"
GUIDE = ARTICLES / "guides" / "checking.md"
_HEAD = "| About | Rules |\n| --- | --- |\n"


def page(rule: Rule) -> str:
    """The page as it must stand in the manual."""
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
## When it is intended

To allow it, give the reason on the same line or the line before:

```
<!-- kb allow: {rule.code} because REASON -->
```

[How content is checked](../guides/checking.md) lists more ways.
"""


def _allowed(rule: Rule) -> str:
    """Where a page is one of the files that its rule looks into, code or not."""
    if rule not in secrets.RULES:
        return ""
    return f"# kb allow file: {rule.code} because this page shows what is found\n"


def _shown(files: Files) -> str:
    return "\n".join(f"`kb/{path}`:\n\n````\n{shown(text)}\n````\n" for path, text in files.items())


def listed(guide: str) -> str:
    """The guide with the list of all rules as it must be, in the place of the one that it has."""
    before, head, rest = guide.partition(_HEAD)
    after = rest[rest.index("\n\n") + 1 :] if "\n\n" in rest else ""
    rows = "".join(
        f"| {about} | {', '.join(map(_link, rules_in(file)))} |\n"
        for file, about in RULE_FILES.items()
    )
    return before + head + rows + after


def _link(rule: Rule) -> str:
    return f"[{rule.code}](../rules/{rule.code}.md)" + ("\\*" if rule.fix else "")


def main() -> None:
    GUIDE.write_text(listed(GUIDE.read_text("utf-8")), "utf-8")
    FOLDER.mkdir(exist_ok=True)
    for old in FOLDER.glob("*.md"):
        if not old.name.startswith("index."):  # the section's own page is written by hand
            old.unlink()
    for rule in RULES:
        (FOLDER / f"{rule.code}.md").write_text(page(rule), "utf-8")


if __name__ == "__main__":
    main()
