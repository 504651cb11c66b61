"""Other ways to search the same files, as small programs: `python peers.py whoosh-build ROOT INDEX`.

They are what somebody would write in an afternoon: Whoosh with its StemmingAnalyzer behind a Typer
command, and SQLite's FTS5 with the analyzer for English that it comes with.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path


def files(root: str) -> Iterator[tuple[str, str, str]]:
    """Path, title and text of each file."""
    for path in sorted(Path(root).rglob("*.md*")):
        text = path.read_text("utf-8", "replace")
        heading = next((line for line in text.splitlines() if line.startswith("# ")), path.stem)
        yield str(path), heading.removeprefix("# "), text


def whoosh_build(root: str, target: str) -> None:
    from whoosh import fields, index
    from whoosh.analysis import StemmingAnalyzer

    analyzer = StemmingAnalyzer()
    schema = fields.Schema(
        path=fields.ID(stored=True, unique=True),
        title=fields.TEXT(analyzer, stored=True),
        text=fields.TEXT(analyzer),
    )
    Path(target).mkdir(parents=True)
    writer = index.create_in(target, schema).writer(limitmb=256)
    for path, title, text in files(root):
        writer.add_document(path=path, title=title, text=text)
    writer.commit()


def whoosh_search(target: str, words: str) -> None:
    import typer

    app = typer.Typer()

    @app.command()
    def find(words: str) -> None:
        from whoosh import index
        from whoosh.qparser import MultifieldParser, OrGroup

        with index.open_dir(target).searcher() as searcher:
            parser = MultifieldParser(["title", "text"], searcher.schema, group=OrGroup)
            for hit in searcher.search(parser.parse(words), limit=10):
                typer.echo(hit["path"])

    app([words])


def fts5_build(root: str, target: str) -> None:
    import sqlite3

    base = sqlite3.connect(target)
    base.execute(
        "create virtual table pages using fts5(path unindexed, title, text, tokenize=porter)"
    )
    base.executemany("insert into pages values (?, ?, ?)", files(root))
    base.commit()


def fts5_search(target: str, words: str) -> None:
    import sqlite3

    asked = " OR ".join(f'"{word}"' for word in words.split())
    found = sqlite3.connect(target).execute(
        "select path from pages where pages match ? order by bm25(pages, 0, 3, 1) limit 10", [asked]
    )
    sys.stdout.write("".join(f"{path}\n" for (path,) in found))


_PEERS = {
    "whoosh-build": whoosh_build,
    "whoosh-search": whoosh_search,
    "fts5-build": fts5_build,
    "fts5-search": fts5_search,
}

if __name__ == "__main__":
    _PEERS[sys.argv[1]](*sys.argv[2:])
