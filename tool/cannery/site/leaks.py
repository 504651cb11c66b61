"""What came out, looked through: words that only hidden texts have must stand nowhere in it."""

from __future__ import annotations

import gzip
import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NamedTuple
from unicodedata import normalize
from urllib.parse import unquote

from cannery.content.glossary import PATH as GLOSSARY
from cannery.content.glossary import terms_in
from cannery.content.synonyms import PATH as SYNONYMS
from cannery.model.entry import Entry, Macro
from cannery.site.selection import header_texts
from cannery.site.visibility import PublishedView
from cannery.util.charrefs import unescape

# Long enough that no two texts share one by chance; of Japanese and Chinese, runs of kanji or of
# katakana; of Korean, of syllables.
_CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3"
_WORD = re.compile(
    rf"(?:(?![{_CJK}_])\w){{6,}}|[\u4e00-\u9fff]{{4,}}|[\u30a1-\u30fc]{{5,}}|[\uac00-\ud7a3]{{4,}}"
)
_PAGES = (".html", ".xml", ".json", ".bin", ".js", ".txt", ".gz", ".md", "")
_MARKUP = re.compile(
    r"<(?:style|svg)\b(?>(?:(?!</?(?:style|svg)\b).)*)</(?:style|svg)>|<[^<>]*+>", re.DOTALL
)
_TOLD = re.compile(r"\s(?:href|src|title|alt|content|value|datetime)=\"([^\"]*)\"")
_ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")  # in the JSON of scripts
# Of the builder's own; a card is called by a digest, and is drawn of a public page's title.
_THEME = (
    "assets/cards/",
    "assets/javascripts/",
    "assets/stylesheets/",
    "assets/kb/",
    "assets/images/",
)
_SEARCH = "assets/search/"
_NUMBERED = re.compile(r'"[0-9a-f]{8}":')  # words that are told by a number
_MARKS = re.compile(r"[*_`~\\]")
_NO_SLUG = re.compile(r"[^\w\s-]")
_HYPHEN = re.compile(r"(?<=\w)-(?=\w)")
_BREAK = re.compile(rf"(?<=[{_CJK}])\s+(?=[{_CJK}])")
_MANY = 20

Terms = Callable[[bytes], Iterable[str]]


class Leak(NamedTuple):
    """A hidden text's word in a file of the site."""

    file: str
    word: str
    entry: str


@dataclass(frozen=True)
class WatchList:
    """What must not be found: words, each with a file that has it; and all that is public."""

    secret: dict[str, str]
    public: str

    def has(self, part: str) -> bool:
        """Whether a public text has it, maybe as its pages do: only then is a leak none."""
        return part in self.public or part in self._forms

    @cached_property
    def _forms(self) -> str:
        return "\n".join(_forms(self.public)).lower()

    @property
    def digest(self) -> str:
        """Cache key: BLAKE2b-96 of the words."""
        words = "\n".join(sorted(self.secret))
        return hashlib.blake2b(words.encode("utf-8", "replace"), digest_size=12).hexdigest()


def watch_list(site: PublishedView, texts: Iterable[str], own: Iterable[str]) -> WatchList:
    """What to look for: what hidden texts say, and neither `texts`, which are public, nor the site.

    `own` are the words of whoever builds it, which are nobody's secret.
    """
    hidden = {word: path for text, path in _hidden(site) for word in words_in(text)}
    if not hidden:
        return WatchList({}, "")
    public = "\n".join([*_public(site), *texts]).lower()
    shown = words_in(public).union(*map(words_in, own))
    return WatchList({word: path for word, path in hidden.items() if word not in shown}, public)


def find_leaks(
    watched: WatchList, folder: Path, terms: Terms, skipped: AbstractSet[str] = frozenset()
) -> list[Leak]:
    """Where the words stand in a built site; the first of them.

    `skipped` are files that need no look: looked through before, or shown by a public page just as
    they are. `terms` reads a file of the search's terms.
    """
    leaks: list[Leak] = []
    for path in sorted(folder.rglob("*")) if watched.secret else ():
        name = path.relative_to(folder).as_posix()
        if name in skipped or name.startswith(_THEME) or not path.is_file():
            continue
        text = _text(name, path.read_bytes(), terms) if path.suffix in _PAGES else ""
        words = words_in(f"{name} {text}") & watched.secret.keys()
        # A part of a public word is no secret: the index of the search has words in parts, some of
        # which it ends with a letter of its own.
        parts = 1 if path.suffix == ".bin" else 0
        leaks += [
            Leak(name, word, watched.secret[word])
            for word in sorted(words)
            if not watched.has(word[: len(word) - parts])
        ]
        if len(leaks) > _MANY:
            break
    return leaks[:_MANY]


def words_in(text: str) -> set[str]:
    """The words that no two texts share by chance, in small letters."""
    return {word.lower() for word in _WORD.findall(text)}


def _forms(text: str) -> Iterator[str]:
    """A text as pages may have it: without marks and line ends, in other letters, in anchors."""
    bare = _BREAK.sub("", _MARKS.sub("", text))
    yield bare
    same = normalize("NFKC", bare)
    yield same
    plain = normalize("NFKD", bare).encode("ascii", "ignore").decode()
    yield plain
    yield _NO_SLUG.sub("", bare)
    yield _NO_SLUG.sub("", plain)
    yield _NO_SLUG.sub("", same)
    yield _HYPHEN.sub("", same)  # the search finds `sub-project` as one word, too


def _hidden(site: PublishedView) -> Iterator[tuple[str, str]]:
    for entry in (*site.whole, *site.hidden):
        yield "\n".join(_texts(entry)), entry.at.path
    for part in site.hidden_parts:
        yield f"{part.at.id}\n{part.body}", part.at.path
    for name in site.hidden_people:
        yield name, "Git"
    for term in terms_in(site.glossary.hidden):
        yield "\n".join((*term.names, term.means)), GLOSSARY


def _public(site: PublishedView) -> Iterator[str]:
    for entry in (*site.entries, *site.fronts):
        yield entry.at.id
        yield from header_texts(entry.header)
        history = site.file_histories.get(entry.at.path)
        yield from history.people if history else ()
    for term in terms_in(site.glossary.shown):
        yield from (*term.names, term.means)
    settings = site.settings
    yield from (settings.name, settings.site_url, settings.repository, *site.host)


def _texts(entry: Entry) -> Iterator[str]:
    yield entry.at.id
    yield from header_texts(entry.header)
    yield entry.body
    if isinstance(entry, Macro):
        yield from (entry.subject, entry.shortcut, str(dict(entry.actions)))
        for item in entry.fields:
            yield from (item.name, item.label, item.help, item.default or "", item.pattern)


def _text(name: str, raw: bytes, terms: Terms) -> str:
    """What a file says: of a page, its text and what its attributes say."""
    if name.endswith(".gz"):
        return _text(name.removesuffix(".gz"), gzip.decompress(raw), terms)
    if name.endswith(".bin"):
        is_terms = name.startswith(f"{_SEARCH}t")
        return "\n".join(terms(raw)) if is_terms else ""  # all others have numbers alone
    text = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), raw.decode("utf-8", "replace"))
    if name.endswith((".html", ".xml")):
        attributes = unescape(" ".join(_TOLD.findall(text)))
        return f"{unescape(_MARKUP.sub(' ', text))} {attributes} {unquote(attributes)}"
    return _NUMBERED.sub(" ", text) if name.startswith(_SEARCH) else text


def synonym_lines(text: str) -> dict[str, int]:
    """The words of a synonyms.yml, each with the 1-based line that has it first."""
    lines: dict[str, int] = {}
    for number, line in enumerate(text.split("\n"), 1):
        written, _, _ = f" {line}".partition(" #")
        for word in words_in(written):
            lines.setdefault(word, number)
    return lines


def describe(leaks: Iterable[Leak], synonyms: Mapping[str, int] | None = None) -> str:
    """The leaks in words, one a line. The search has words of `synonyms`, which have its lines."""
    return "\n".join(_described(leak, synonyms or {}) for leak in leaks)


def _described(leak: Leak, synonyms: Mapping[str, int]) -> str:
    what = f"{leak.file} has {leak.word!r}"
    if leak.file.startswith(_SEARCH) and leak.word in synonyms:
        line = synonyms[leak.word]
        return f"{what} from {SYNONYMS}:{line}, which besides only {leak.entry} has"
    return f"{what}, which only {leak.entry} has"
