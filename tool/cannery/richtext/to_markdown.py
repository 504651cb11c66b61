"""HTML from a help desk or a mail program -> Markdown. The only room of markdownify and bs4."""

from __future__ import annotations

import re

from bs4 import BeautifulSoup, Tag
from markdownify import MarkdownConverter

from cannery.content.emphasis import can_close, can_open
from cannery.content.markup import begins_tag
from cannery.richtext.markup import cleaned
from cannery.util.charrefs import bounded

_MAX_CHARS = 2_000_000
_BLANKS = re.compile(r"\n{3,}+")
_FIRST, _LAST = "\ue002", "\ue003"  # before the marks that begin, and behind those that end
_TWICE = re.compile(rf"(?<![*~])(\*\*?|~~){_LAST}{_FIRST}\1(?![*~])")
_SIGNS = r"[*~]{1,6}"
_BEFORE = re.compile(rf"([^{_FIRST}{_LAST}*~])((?>(?:{_FIRST}{_SIGNS}){{1,9}}))(?=([^{_FIRST}]))")
_AFTER = re.compile(rf"([^{_LAST}*~])((?>(?:{_SIGNS}{_LAST}){{1,9}}))([^{_FIRST}{_LAST}])")
_BAR = re.compile(r"(?<!\\)\|")
_LINE = re.compile(r"^(?=.)", re.MULTILINE)
_READ = re.compile(  # as something else than text; what stands between backticks stays code
    r"`[^`\n]{1,500}`|(?P<slashes>(?:(?<!\\)\\{1,100})?)(?P<sign>&(?=#?[A-Za-z0-9]{1,32};)|<(?=!--|/?[A-Za-z]))"
)
# The addresses and the elements that Markdown here makes something of, closed or not.
_MEANT = re.compile(
    r"<(?:[A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]{0,2000}>|[^\s<>@]{1,200}@[^\s<>@]{1,200}>"
    r"|!--|/?(?:kbd|sub|sup|br|details|summary)\b)"
)


def _as_text(text: str) -> str:
    """A text in which what Markdown or a browser would take for a tag or a reference is none."""

    def told(found: re.Match[str]) -> str:
        sign, at = found["sign"], found.end() - 1
        if sign is None or (sign == "<" and not _is_read(text, at)):
            return found[0]
        is_hidden = text.startswith("<!", at)
        written = "&amp;" if sign == "&" else "&lt;" if is_hidden else r"\<"
        return found["slashes"] * 2 + written  # which would escape what follows them

    return _READ.sub(told, text)


def _is_read(text: str, at: int) -> bool:
    """Whether what begins with the `<` at a place would be more than text."""
    return _MEANT.match(text, at) is not None or begins_tag(text, at)


class _Converter(MarkdownConverter):
    """Where markdownify looks at all siblings for each of them, or at each blank again, ours."""

    def escape(self, text: str, parent_tags: set[str]) -> str:
        return _as_text(super().escape(text, parent_tags))  # type: ignore[misc] # has no types

    def convert_b(self, el: Tag, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002
        return text if "_noformat" in parent_tags else _between("**", text)

    def convert_em(self, el: Tag, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002
        return text if "_noformat" in parent_tags else _between("*", text)

    def convert_del(self, el: Tag, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002
        return text if "_noformat" in parent_tags else _between("~~", text)

    convert_strong = convert_b
    convert_i = convert_em
    convert_s = convert_del

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

    def convert_td(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """A cell, which a bar in its text would end."""
        cell: str = super().convert_td(el, _BAR.sub(r"\|", text), parent_tags)  # type: ignore[misc] # has no types
        return cell

    convert_th = convert_td

    def convert_pre(self, el: Tag, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002
        code = text.rstrip(" \n")
        begins = len(code) - len(code.lstrip(" \n"))
        code = code[code.rfind("\n", 0, begins) + 1 :]  # the first line keeps its blanks
        return f"\n\n```\n{code}\n```\n\n" if code else ""


def _between(sign: str, text: str) -> str:
    """The text between marks, which stand beside letters: blanks and line ends are outside."""
    inside = text.lstrip()
    begin = text[: len(text) - len(inside)]
    end = len(inside.rstrip())
    while inside[:end].endswith("\\") and inside[end : end + 1] == "\n":
        end = len(inside[: end - 1].rstrip())
    if not end:
        return text
    return f"{begin}{_FIRST}{sign}{inside[:end]}{sign}{_LAST}{inside[end:]}"


def _marks_that_mark(text: str) -> str:
    """The text with marks that are read as such, whatever stands beside them.

    Two of a kind that meet are one. Between punctuation inside and a letter outside, marks say
    nothing: the letter becomes a reference, which is punctuation and reads the same.
    """
    text = _TWICE.sub("", text)

    def before(match: re.Match[str]) -> str:
        outer, signs, inner = match.groups()
        return (outer if can_open(outer, inner) else f"&#{ord(outer)};") + signs

    def after(match: re.Match[str]) -> str:
        inner, signs, outer = match.groups()
        return inner + signs + (outer if can_close(inner, outer) else f"&#{ord(outer)};")

    text = _AFTER.sub(after, _BEFORE.sub(before, text))
    return text.replace(_FIRST, "").replace(_LAST, "")


def as_markdown(html: str) -> str:
    """The text that a person sees, with its links, lists, emphasis and code.

    Without scripts, pictures, unsafe links and quoted mails. Raises ValueError for what is too
    large or nested too deep to be a reply.
    """
    if len(html) > _MAX_CHARS:
        raise ValueError(f"more than {_MAX_CHARS:,} characters of HTML")
    plain = html.replace(_FIRST, "").replace(_LAST, "")
    try:
        text = _Converter(
            heading_style="ATX",
            bullets="-",
            escape_misc=False,
            escape_asterisks=True,
            escape_underscores=False,
            newline_style="backslash",
            sub_symbol="<sub>",
            sup_symbol="<sup>",
        ).convert_soup(BeautifulSoup(f"<body>{bounded(cleaned(plain))}</body>", "html.parser"))
    except RecursionError as error:
        raise ValueError("HTML that is nested too deeply") from error
    text = _marks_that_mark(str(text))
    lines = (line.rstrip() for line in text.replace("\u00a0", " ").splitlines())
    return _BLANKS.sub("\n\n", "\n".join(lines)).strip("\n") + "\n"
