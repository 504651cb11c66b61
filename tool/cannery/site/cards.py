"""Open Graph pictures: what chats and social networks show of a link to an article.

Each says where the article stands, its title, and the site's name. A picture is called by what it
shows, so that it is drawn once, and asked for again only where that has changed.
"""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import category

from cannery.content.colours import DEFAULT_ACCENT, palette
from cannery.model.entry import Entry
from cannery.site.article import trail
from cannery.site.visibility import PublishedView

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageFont import FreeTypeFont

_LONGEST = 300  # letters of a text that are laid out
FOLDER = "assets/cards/"
_SIZE = (800, 420)  # 1.91 to 1, as the networks cut pictures; more pixels are four times the bytes
_MARGIN, _BAND = 56, 14
_TITLE_SIZE, _SMALL_SIZE, _LINE = 44, 22, 60
_MOST_LINES = 4
_FORMAT = 1
# As the systems name them: first those with Japanese letters, which have Latin ones too.
_FONTS = (
    "NotoSansCJK-Bold.ttc",
    "NotoSansCJKjp-Bold.otf",
    "NotoSansJP-Bold.ttf",
    "Hiragino Sans GB.ttc",
    "ヒラギノ角ゴシック W6.ttc",
    "YuGothB.ttc",
    "meiryob.ttc",
    "NotoSans-Bold.ttf",
    "DejaVuSans-Bold.ttf",
    "Arial Bold.ttf",
    "arialbd.ttf",
)
_MISSING = "\U0010ffff"  # no letter: a font shows it as it shows each one that it lacks
_WIDE = r"\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef"  # a line ends behind any of them
_PIECES = re.compile(rf"[{_WIDE}]|[^\s{_WIDE}]+\s*|\s+")
_NO_BEGINNING = "、。，．・？！）」』】ー)]!?,."  # of a line
_LEVELS = 4  # of a letter's edge, from its colour to the background's; then the accent
_INK, _QUIET, _PAPER = (28, 39, 51), 0x6B, (255, 255, 255)


class Card(NamedTuple):
    """What a picture shows; `accent` is a colour, `#rrggbb`."""

    title: str
    section: str
    site: str
    accent: str

    @property
    def name(self) -> str:
        """The picture's file, from the site's root."""
        text = "\0".join((str(_FORMAT), *self)).encode("utf-8", "replace")
        return f"{FOLDER}{hashlib.blake2b(text, digest_size=10).hexdigest()}.png"


class Painter:
    """Draws cards with a font of this machine."""

    def __init__(self, title: FreeTypeFont, small: FreeTypeFont) -> None:
        self._title, self._small = title, small
        self._lacking = _shape(title, _MISSING)
        self._known: dict[str, bool] = {}

    def can_show(self, card: Card) -> bool:
        """Whether the font has all letters of a card."""
        return all(self._has(letter) for letter in {*"".join(card[:3])} if not letter.isspace())

    def _has(self, letter: str) -> bool:
        if letter not in self._known:
            self._known[letter] = _shape(self._title, letter) != self._lacking
        return self._known[letter]

    def draw(self, card: Card) -> bytes:
        """The picture, as PNG: the same bytes for the same card and font."""
        from PIL import Image, ImageDraw

        width, height = _SIZE
        grey = Image.new("L", _SIZE, 255)
        drawing = ImageDraw.Draw(grey)
        drawing.text((_MARGIN, 52), self._cut(card.section, width), font=self._small, fill=_QUIET)
        for number, line in enumerate(self._lines(card.title, width - 2 * _MARGIN)):
            place = (_MARGIN, 104 + number * _LINE)
            drawing.text(place, line, font=self._title, fill=0)
        foot = (_MARGIN + 30, height - 72)
        drawing.text(foot, self._cut(card.site, width), font=self._small, fill=_QUIET)
        return _packed(grey, card.accent)

    def _cut(self, text: str, width: int) -> str:
        """The text as far as one line takes it."""
        room = width - 2 * _MARGIN - 40
        if self._small.getlength(text) <= room:
            return text
        size = next(at for at in range(len(text)) if self._small.getlength(text[: at + 1]) > room)
        return f"{text[:size]}…"

    def _lines(self, title: str, width: int) -> list[str]:
        lines = [""]
        for piece in _PIECES.findall(title[:300]):
            line = lines[-1] + piece
            if lines[-1] and piece not in _NO_BEGINNING and not self._fits(line, width):
                lines.append("")
            lines[-1] += piece
        cut = [self._shortened(line.strip(), width) for line in lines[:_MOST_LINES]]
        if len(lines) > _MOST_LINES:
            cut[-1] = self._shortened(f"{cut[-1]}…", width)
        return cut

    def _fits(self, line: str, width: int) -> bool:
        return self._title.getlength(line.rstrip()) <= width

    def _shortened(self, line: str, width: int) -> str:
        """A word that is wider than the picture loses its end."""
        while len(line) > 1 and not self._fits(line, width):
            line = f"{line.removesuffix('…')[:-1]}…"
        return line


@lru_cache(maxsize=1)
def painter() -> Painter | None:
    """One that draws; None where Pillow or a font is missing."""
    try:
        from PIL import ImageFont
    except ImportError:
        return None
    for name in _FONTS:
        try:
            title = ImageFont.truetype(name, _TITLE_SIZE)
        except OSError:
            continue
        return Painter(title, title.font_variant(size=_SMALL_SIZE))
    return None


def _in_one_line(text: str) -> str:
    """The text without line ends and what has no shape: no font lays such out."""
    shown = (" " if category(letter).startswith("C") else letter for letter in text[:_LONGEST])
    return " ".join("".join(shown).split())


def entry_card(site: PublishedView, entry: Entry) -> Card | None:
    """What the picture of an entry's page shows; None where links to it have none.

    An internal site has no address that its links could be shown by elsewhere, nor has one without
    `site_url`; and a font may lack letters.
    """
    brush = painter() if site.web_address else None
    if brush is None:
        return None
    way = trail(site, entry.at.id, entry.at.language)
    settings = site.settings
    accent = palette(settings.site.accent or DEFAULT_ACCENT).light.accent
    texts = (entry.header.title, way[-1][0] if way else "", settings.name)
    title, section, name = map(_in_one_line, texts)
    card = Card(title, section, name, accent)
    return card if brush.can_show(card) else None


def entry_cards(site: PublishedView) -> list[Card]:
    """Those of all articles of a site."""
    found = (entry_card(site, article) for article in site.articles.values())
    return [card for card in found if card]


def _shape(font: FreeTypeFont, letter: str) -> bytes:
    return bytes(font.getmask(letter))


def _packed(grey: Image, accent: str) -> bytes:
    """The picture in five colours: four make letters, one is the site's."""
    from PIL import Image, ImageDraw

    width, height = _SIZE
    step = 256 // _LEVELS
    levels = grey.point([value // step for value in range(256)], "L")
    image = Image.frombytes("P", _SIZE, levels.tobytes())
    colours = [
        round(ink + (paper - ink) * level / (_LEVELS - 1))
        for level in range(_LEVELS)
        for ink, paper in zip(_INK, _PAPER, strict=True)
    ]
    image.putpalette([*colours, *bytes.fromhex(accent.removeprefix("#"))])
    drawing = ImageDraw.Draw(image)
    drawing.rectangle((0, 0, width, _BAND), fill=_LEVELS)
    drawing.rectangle((_MARGIN, height - 66, _MARGIN + 16, height - 50), fill=_LEVELS)
    out = BytesIO()
    image.save(out, "PNG", bits=4, compress_level=6)
    return out.getvalue()
