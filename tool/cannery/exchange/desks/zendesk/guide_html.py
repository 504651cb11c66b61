"""What in the HTML of Guide's articles are files of ours and articles of ours."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape, unescape
from typing import NamedTuple

_FILE = re.compile(
    r' src="(?:https?://[^/"]{1,200})?/hc/article_attachments/(\d{1,20})(?:/([^/"?#]{1,200}))?[^"]*+"'
)
_LINK = re.compile(
    r' href="(?:https?://([^/"]{1,200}))?/hc/(?:([A-Za-z-]{2,12})/)?articles/(\d{1,20})'
    r'[^"#]*+(#[^"]*+)?"'
)
FILE = "kb-file/"
ATTACHMENT = "/hc/article_attachments/"
_OURS = re.compile(r' src="kb-file/([^"]{1,300})"')


class ArticleLink(NamedTuple):
    """A link to an article of Guide's; `host` is empty where the link does not name one."""

    host: str
    locale: str
    number: str
    anchor: str


def with_files(html: str, file_of: Callable[[str, str], str]) -> str:
    """The canonical HTML with other addresses of attachments, as `file_of` gives them.

    It gets the number of an attachment, and the name that its address has or nothing.
    """

    def named(match: re.Match[str]) -> str:
        return f' src="{escape(file_of(match[1], unescape(match[2] or "")))}"'

    return _FILE.sub(named, html)


def files_in(html: str) -> list[str]:
    """The names of our files that stand in a text, each once."""
    return [*dict.fromkeys(unescape(name) for name in _OURS.findall(html))]


def attachments_in(html: str) -> list[str]:
    """The numbers of the attachments whose addresses stand in a text."""
    return [*dict.fromkeys(number for number, _ in _FILE.findall(html))]


def with_addresses(html: str, address_of: Callable[[str], str]) -> str:
    """The HTML with addresses in the place of the names of our files."""
    return _OURS.sub(
        lambda match: f' src="{escape(address_of(unescape(match[1])))}"',
        html,
    )


def with_links(html: str, address_of: Callable[[ArticleLink], str]) -> str:
    """The canonical HTML with links to articles of ours in one form; others stay as they are."""

    def linked(match: re.Match[str]) -> str:
        anchor = unescape(match[4] or "")
        address = address_of(ArticleLink(match[1] or "", match[2] or "", match[3], anchor))
        return f' href="{escape(address)}"' if address else match[0]

    return _LINK.sub(linked, html)
