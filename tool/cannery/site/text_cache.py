"""What is known of an article's text, which is kept from one build to the next."""

from __future__ import annotations

import hashlib
import re
from typing import Any, NamedTuple

from cannery.content.comments import strip_comments
from cannery.content.external_images import hosted_images
from cannery.content.markdown import parse_where
from cannery.content.markup import markup
from cannery.content.relative_links import RelativeLink, link_tokens, relative_links
from cannery.model.entry import Article
from cannery.site.gist import Gist, gist_of
from cannery.util import state

_NOTHING = re.compile(r"(?!)")


class TextRow(NamedTuple):
    """What a text is without comments, None for the same; its links; and what search engines read.

    `runs` is what of it would run in a browser, `images` the addresses of those that name a host,
    each with its line in the body.
    """

    text: str | None
    links: list[RelativeLink]
    runs: list[tuple[int, str]]
    gist: Gist
    images: list[tuple[int, str]]


TextCache = dict[str, TextRow]  # by the number of a text


def text_cache_from(data: Any) -> TextCache:  # noqa: ANN401 - what a file may hold
    """What was kept of texts; raises as `state.load` says."""
    text = state.text
    return {
        text(key): TextRow(
            None if body is None else text(body),
            [
                RelativeLink(int(line), text(written), text(path), text(anchor), bool(is_image))
                for line, written, path, anchor, is_image in links
            ],
            [(int(line), text(what)) for line, what in runs],
            Gist(text(lead), tuple((text(asked), text(told)) for asked, told in questions)),
            [(int(line), text(address)) for line, address in images],
        )
        for key, (body, links, runs, (lead, questions), images) in data.items()
    }


def cache_key(article: Article) -> str:
    """The number of a text."""
    text = f"{article.at.path}\0{article.body}"
    return hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=16).hexdigest()


def analyse(article: Article) -> TextRow:
    """What is known of a text: finding the links takes the most of a stage's time."""
    text = strip_comments(article.body, mdx=article.at.path.endswith(".mdx"))
    runs = [(item.line, item.what) for item in markup(text) if item.is_active]
    tokens = link_tokens(text)
    found = relative_links(article.at.path, tokens)
    links = [item for item in found if not item.written.startswith("#")]
    gist = gist_of(tokens or parse_where(text, _NOTHING))
    images = [*hosted_images(tokens)]
    return TextRow(None if text == article.body else text, links, runs, gist, images)
