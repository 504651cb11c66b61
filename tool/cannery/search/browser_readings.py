"""How the Japanese words of a site's pages are read, in one small file of its search.

`readings.tsv`: a line for each reading, with the words that are read so, as `readings.txt` has it;
one that begins with `=` has the pairs of a word's last letter and an ending that the pages have.
All of it is from that public table, which knows nothing of what pages hide: the search for leaks
would take its words for theirs.
"""

from __future__ import annotations

from collections.abc import Container

from cannery.search.readings import readings_there

FILE = "readings.tsv"


def readings_file(terms: Container[str]) -> bytes:
    """The file, reproducibly, of pages with these terms; empty where they have no such word.

    What the pages have decides, as in `kb find`, not what `languages` of kb.toml says of them.
    """
    there = readings_there(terms.__contains__)
    if not there.words:
        return b""
    rows = [
        *there.words.items(),
        *((f"-{key}", same) for key, same in there.suffixes.items()),
        ("=", there.ends),
    ]
    return "".join(f"{key}\t{' '.join(same)}\n" for key, same in rows).encode()
