"""Write the pages of each rule of `kb check` anew, and the guide's list: `.ci/rule_pages.py`."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from cannery.check.rule import Files, Rule, shown
from cannery.check.rules import secrets
from cannery.check.runner import RULE_FILES, RULES, rules_in
from cannery.manual import ARTICLES

FOLDER = ARTICLES / "rules"


class Language(NamedTuple):
    """What pages say in a language beside the examples. `ending` is that of its files.

    `why` by a rule's code, and `about` by the file of a rule; a rule that `why` lacks has no page.
    """

    ending: str
    why: dict[str, str]
    about: dict[str, str]
    head: str = "| About | Rules |"
    wrong: str = "Wrong"
    right: str = "Right"
    meant: str = "When it is intended"
    allow: str = "To allow it, give the reason on the same line or the line before:"
    reason: str = "REASON"
    more: str = "[How content is checked](../guides/checking.md) lists more ways."

    @property
    def guide(self) -> Path:
        return ARTICLES / "guides" / f"checking{self.ending}"

    def page(self, rule: Rule) -> str:
        """The page as it must stand in the manual."""
        why = self.why[rule.code]
        return f"""---
title: "kb check: {rule.code}"
summary: {json.dumps(why, ensure_ascii=False)}
tags: [guide, check]
audience: public
owner: support-tools
related: [articles/guides/checking]
{_allowed(rule)}---
{why}

## {self.wrong}

{_shown(rule.wrong)}
## {self.right}

{_shown(rule.right)}
## {self.meant}

{self.allow}

```
<!-- kb allow: {rule.code} because {self.reason} -->
```

{self.more}
"""

    def listed(self, guide: str) -> str:
        """The guide with the list of all rules, in the place of the one that it has."""
        before, head, rest = guide.partition(f"{self.head}\n| --- | --- |\n")
        after = rest[rest.index("\n\n") + 1 :] if "\n\n" in rest else ""
        rows = (
            f"| {self.about.get(file, about)} | {', '.join(map(_link, rules_in(file)))} |\n"
            for file, about in RULE_FILES.items()
        )
        return "".join((before, head, *rows, after))


def languages() -> tuple[Language, ...]:
    japanese: dict[str, Any] = tomllib.loads(
        Path(__file__).with_suffix(".ja.toml").read_text("utf-8")
    )
    return (
        Language(".md", {rule.code: rule.why for rule in RULES}, {}),
        Language(".ja.md", **japanese),
    )


def pages() -> Iterator[tuple[str, str]]:
    """The name and the text of each page."""
    for language in languages():
        for rule in RULES:
            if rule.code in language.why:
                yield f"{rule.code}{language.ending}", language.page(rule)


def _allowed(rule: Rule) -> str:
    """Where a page is one of the files that its rule looks into, code or not."""
    if rule not in secrets.RULES:
        return ""
    return f"# kb allow file: {rule.code} because this page shows what is found\n"


def _shown(files: Files) -> str:
    return "\n".join(f"`kb/{path}`:\n\n````\n{shown(text)}\n````\n" for path, text in files.items())


def _link(rule: Rule) -> str:
    return f"[{rule.code}](../rules/{rule.code}.md)" + ("\\*" if rule.fix else "")


def main() -> None:
    for language in languages():
        language.guide.write_text(language.listed(language.guide.read_text("utf-8")), "utf-8")
    FOLDER.mkdir(exist_ok=True)
    for old in FOLDER.glob("*.md"):
        if not old.name.startswith("index."):  # the section's own page is written by hand
            old.unlink()
    for name, text in pages():
        (FOLDER / name).write_text(text, "utf-8")


if __name__ == "__main__":
    main()
