"""Syntax of other tools that a site of ours shows as it is written, counted where it is no code."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

from cannery.content.fences import fenced_lines
from cannery.content.split import line_feeds


class Construct(NamedTuple):
    """Only lines with one of `begins` are looked at; `label` is in the plural."""

    label: str
    begins: tuple[str, ...]
    pattern: re.Pattern[str]


CONSTRUCTS: Mapping[str, Construct] = {
    "shortcode": Construct("shortcodes", ("{{<", "{{%"), re.compile(r"\{\{[<%](?![ \t]*/)")),
    "tag": Construct("template tags", ("{%",), re.compile(r"(?<!\{)\{%")),
    "variable": Construct(
        "template variables", ("{{",), re.compile(r"\{\{(?![<%])[^{}\n]{1,200}\}\}")
    ),
    "import": Construct(
        "MDX imports and exports",
        ("import ", "export "),
        re.compile(
            r"^(?:import[ \t]+(?:[{*\"']|[\w$]{1,99}[ \t]*+(?:,|from\b))"
            r"|export[ \t]+(?:const|default|function|let)\b)"
        ),
    ),
    "component": Construct("components", ("<",), re.compile(r"<[A-Z][A-Za-z0-9.]*+(?=[\s/>])")),
    "container": Construct("containers", (":::",), re.compile(r"^[ \t>]*+:{3,}[ \t]*+\{?[\w.-]")),
    "embed": Construct("embedded notes", ("![[",), re.compile(r"!\[\[[^\[\]\n]{1,300}\]\]")),
    "wikilink": Construct(
        "wiki links", ("[[",), re.compile(r"(?<!!)\[\[[^\[\]\n]{1,300}\]\](?!\()")
    ),
    "snippet": Construct("includes", ("8<-",), re.compile(r"^[ \t]*+-{1,9}8<-{1,9}")),
    "include": Construct(
        "includes",
        ("@include", "[!INCLUDE", "[!include"),
        re.compile(r"<!--[ \t]*@include|\[!(?:INCLUDE|include)\b"),
    ),
    "attributes": Construct("attribute lists", ("{:",), re.compile(r"\{:[ \t]*[.#\w]")),
}
_CODE = re.compile(r"(`{1,3})(?!`)[^`\n]{1,500}\1")


def occurrences(body: str, names: tuple[str, ...] = tuple(CONSTRUCTS)) -> Mapping[str, int]:
    """How often a body has each of the constructs, outside of code."""
    rows = [(name, CONSTRUCTS[name]) for name in names]
    rows = [row for row in rows if any(sign in body for sign in row[1].begins)]
    if not rows:
        return {}
    text = line_feeds(body)
    fenced = fenced_lines(text) or frozenset()
    counts: Counter[str] = Counter()
    for number, line in enumerate(text.split("\n"), 1):
        if number not in fenced:
            _count(line, rows, counts)
    return counts


def _count(line: str, rows: list[tuple[str, Construct]], counts: Counter[str]) -> None:
    here = [row for row in rows if any(sign in line for sign in row[1].begins)]
    if here and "`" in line:
        line = _CODE.sub("", line)
    for name, row in here:
        if count := sum(1 for _ in row.pattern.finditer(line)):
            counts[name] += count
