"""The articles that most people need: on the front page, and in a search that is still empty."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from cannery.site.article import list_item, trail
from cannery.site.visibility import PublishedView

_MOST = 6  # that the team has not picked by hand
_OFTEN = 2  # other articles that name one as related


def picks(site: PublishedView, language: str) -> list[list[str]]:
    """The team's own choice, else what others lead to; each with what a list shows of it.

    Its title, address, summary, its section's title, and its language where that is another.
    """
    wanted: Sequence[str] = site.settings.site.picks
    ids = [id_ for id_ in wanted if id_ in site.variants] if wanted else _often_named(site)
    return [_row(site, id_, language) for id_ in ids]


def _often_named(site: PublishedView) -> list[str]:
    """The articles that the most others name as related."""
    pairs = {(item.at.id, id_) for item in site.articles.values() for id_ in item.header.related}
    counts = Counter(id_ for _, id_ in pairs if id_ in site.variants and not site.section_of(id_))
    often = [id_ for id_, count in counts.items() if count >= _OFTEN]
    articles = (id_ for id_ in often if id_.startswith("articles/"))
    return sorted(articles, key=lambda id_: (-counts[id_], id_))[:_MOST]


def _row(site: PublishedView, id_: str, language: str) -> list[str]:
    *shown, other = list_item(site, id_, language)
    above = trail(site, id_, language)
    return [*shown, above[-1][0] if len(above) > 1 else "", other]
