"""Articles as a help centre would keep them, and read back: what gets lost, by kind.

    python tests/benchmarks/guide_articles.py FOLDER... [--every N]

The folders hold Markdown files; every N-th is taken. An article comes back if what was read back
would be sent as the very same HTML. Exits with 1 if one does not, and no loss tells why.
"""

from __future__ import annotations

import argparse
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import cast

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from cannery.content.layout import locate  # noqa: E402
from cannery.content.library import read  # noqa: E402
from cannery.exchange.desks.desk import Files, Opening  # noqa: E402
from cannery.exchange.desks.zendesk.guide_in import GuideIn  # noqa: E402
from cannery.exchange.desks.zendesk.guide_locales import Locales  # noqa: E402
from cannery.exchange.desks.zendesk.guide_out import GuideOut  # noqa: E402
from cannery.exchange.desks.zendesk.guide_pictures import Pictures  # noqa: E402
from cannery.exchange.desks.zendesk.numbers import Numbers  # noqa: E402
from cannery.model.desk import Family, Record  # noqa: E402
from cannery.model.desk_settings import DeskSettings  # noqa: E402
from cannery.model.entry import Article, Audience  # noqa: E402
from cannery.model.location import Kind, Status  # noqa: E402
from cannery.rest.client import Client, Reply  # noqa: E402
from cannery.settings import Settings  # noqa: E402

_DESK = DeskSettings("guide", "zendesk", "https://acme.example.com")
_PAGES = f"{_DESK.address}/hc/articles/"
_SETTINGS = Settings(languages=("en", "ja"))
_LARGEST = 500_000  # bytes of a file


class _Centre:
    """A help centre that has both languages and is asked nothing else."""

    def ask(self, *_: object, **__: object) -> Reply:
        return Reply(200, {"locales": ["en-us", "ja"], "default_locale": "en-us"}, {})


def _opening() -> Opening:
    numbers: dict[str, str] = {}
    names: dict[str, str] = {}

    def address_of(id_: str, _: str) -> str:
        number = numbers.setdefault(id_, str(len(numbers) + 1))
        names[f"{_PAGES}{number}"] = id_
        return f"{_PAGES}{number}"

    files = Files(
        lambda path: locate(path, _SETTINGS),
        lambda id_, language: f"kb/{id_}{'' if language == 'en' else f'.{language}'}.md",
        lambda path: path.encode(),
        lambda _: {},
    )
    return Opening(
        _DESK,
        cast("Client", _Centre()),
        ("en", "ja"),
        "en",
        {},
        address_of,
        lambda address: names.get(address, ""),
        files,
    )


class Trip:
    """Sends articles and reads them back; `losses` are counted by why."""

    def __init__(self) -> None:
        opening = _opening()
        pictures = Pictures(opening, Numbers(opening.client, {}))
        self._out = GuideOut(opening, pictures, Locales(opening))
        self._in = GuideIn(opening, pictures)
        self.losses: Counter[str] = Counter()

    def run(self, article: Article) -> bool:
        """Whether an article comes back; if it does not, a loss may tell why."""
        language = article.at.language
        there = self._out.outgoing(Family(article.at.id, Kind.ARTICLE, {language: article}))
        record = Record("1", Kind.ARTICLE, article.header.title, there.parts)
        back = self._in.incoming(record)
        kinds = {_kind(loss.why) for loss in (*there.losses, *back.losses)}
        self.losses.update(kinds)
        again = replace(article, body=back.by_language[language].body)
        sent = self._out.outgoing(Family(article.at.id, Kind.ARTICLE, {language: again}))
        return self._same(there.parts, sent.parts)

    @staticmethod
    def _same(one: Mapping[str, object], other: Mapping[str, object]) -> bool:
        return one == other


def _kind(why: str) -> str:
    """What a loss says, without the name in it."""
    return re.sub(r"^\S+: |^\S+ (?=is not an image)", "", why)


def articles(folder: Path, every: int) -> Iterator[Article]:
    """Every n-th file as a published article for the public, below a section of its folders."""
    for path in sorted(folder.rglob("*.md"))[::every]:
        if not path.is_file() or path.stat().st_size > _LARGEST:
            continue
        name = f"kb/articles/{path.relative_to(folder).as_posix()}"
        item = read(name, path.read_bytes(), _SETTINGS).item
        if isinstance(item, Article):
            title = item.header.title or path.stem
            keys = {"title": title, "audience": Audience.PUBLIC, "status": Status.PUBLISHED}
            yield replace(item, header=replace(item.header, **keys))  # type: ignore[arg-type] # its own fields


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--every", type=int, default=1)
    options = parser.parse_args()
    wrong = 0
    for folder in options.folders:
        trip, start = Trip(), time.process_time()
        found = [*articles(folder, options.every)]
        unlike = [item.at.path for item in found if not trip.run(item)]
        seconds = time.process_time() - start
        back = len(found) - len(unlike)
        print(f"{folder}: {len(found)} articles, {back} come back, {seconds:.1f} s")  # noqa: T201
        for why, count in trip.losses.most_common():
            print(f"  {count:5} lose: {why:.100}")  # noqa: T201
        for path in unlike[:20]:
            print(f"  not the same: {path}")  # noqa: T201
        wrong += len(unlike)
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
