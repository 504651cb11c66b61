"""HTML from a help desk or a mail program -> Markdown. The only room of markdownify and bs4."""

from __future__ import annotations

import re

from bs4 import BeautifulSoup, Tag
from markdownify import MarkdownConverter

from cannery.capture.markup import cleaned
from cannery.util.charrefs import bounded

_MAX_CHARS = 2_000_000
_BLANKS = re.compile(r"\n{3,}+")
_LINE = re.compile(r"^(?=.)", re.MULTILINE)


class _Converter(MarkdownConverter):
    """Where markdownify looks at all siblings for each of them, or at each blank again, ours."""

    def convert_a(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        address = str(el.get("href"))
        if "_noformat" in parent_tags or address.removeprefix("mailto:") == el.get_text():
            return text
        label = text.strip()
        before, after = (" " if text[place:][:1] == " " else "" for place in (0, -1))
        return f"{before}[{label}]({address}){after}" if label else ""

    def convert_li(self, el: Tag, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002
        text = text.strip()
        if not text:
            return "\n"
        around = el.parent
        bullet = "- "
        if around is not None and around.name == "ol":
            bullet = f"{int(str(around.get('start', '1'))) + int(str(el['value'])) - 1}. "
        return f"{bullet}{_LINE.sub(' ' * len(bullet), text)[len(bullet) :]}\n"

    def convert_pre(self, el: Tag, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002
        code = text.rstrip(" \n")
        begins = len(code) - len(code.lstrip(" \n"))
        code = code[code.rfind("\n", 0, begins) + 1 :]  # the first line keeps its blanks
        return f"\n\n```\n{code}\n```\n\n" if code else ""


def as_markdown(html: str) -> str:
    """The text that a person sees, with its links, lists, emphasis and code.

    Without scripts, pictures, unsafe links and quoted mails. Raises ValueError for what is too
    large or nested too deep to be a reply.
    """
    if len(html) > _MAX_CHARS:
        raise ValueError(f"more than {_MAX_CHARS:,} characters of HTML")
    try:
        text = _Converter(
            heading_style="ATX",
            bullets="-",
            escape_misc=False,
            escape_asterisks=True,
            escape_underscores=False,
            newline_style="backslash",
        ).convert_soup(BeautifulSoup(f"<body>{bounded(cleaned(html))}</body>", "html.parser"))
    except RecursionError as error:
        raise ValueError("HTML that is nested too deep") from error
    lines = (line.rstrip() for line in str(text).replace("\u00a0", " ").splitlines())
    return _BLANKS.sub("\n\n", "\n".join(lines)).strip("\n") + "\n"
