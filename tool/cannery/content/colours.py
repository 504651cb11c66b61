"""A site's colours, made of one: legible in the light scheme and in the dark one.

Lightness moves in OKLCH, where equal steps look equal and the hue stays, until the contrast that
WCAG 2.2 asks of text (4.5 to 1) holds on every ground that has text in the accent's colour.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from math import atan2, cos, hypot, sin
from typing import NamedTuple

DEFAULT_ACCENT = "#0b5fa5"
LEGIBLE = 4.5
# The grounds of pages, as styles/base.css has them: `--kb-bg`, `--kb-soft` and `--kb-raised`.
LIGHT_GROUNDS = ("#ffffff", "#f5f7f9", "#ffffff")
DARK_GROUNDS = ("#10161d", "#18212a", "#1b252f")
_LIGHT_FG, _DARK_FG = "#ffffff", "#0d1620"
_STEP = 0.004  # of lightness, which is 0 to 1: less than an eye tells apart
_CALM = 0.74  # of lightness in the dark scheme: easier to read than the least that is legible
_TINT_LIGHT, _TINT_DARK = (0.958, 0.022), (0.285, 0.05)  # lightness and most chroma of soft grounds
_EDGE_LIGHT, _EDGE_DARK = (0.86, 0.06), (0.42, 0.08)  # those of lines
_Triple = tuple[float, float, float]


class Scheme(NamedTuple):
    """The accent, text on it, a soft ground in its hue, and lines on that ground."""

    accent: str
    fg: str
    soft: str
    line: str


class Palette(NamedTuple):
    light: Scheme
    dark: Scheme


@cache
def palette(accent: str) -> Palette:
    """Both schemes of a colour, `#rrggbb`; the accent itself stays where it is legible."""
    return Palette(
        _scheme(accent, LIGHT_GROUNDS, _LIGHT_FG, (_TINT_LIGHT, _EDGE_LIGHT), -_STEP),
        _scheme(_at_least(_CALM, accent), DARK_GROUNDS, _DARK_FG, (_TINT_DARK, _EDGE_DARK), _STEP),
    )


def contrast(one: str, other: str) -> float:
    """How much two colours differ, 1 to 21, as WCAG counts."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _scheme(
    accent: str,
    grounds: Sequence[str],
    foreground: str,
    shades: Sequence[tuple[float, float]],
    step: float,
) -> Scheme:
    ground, edge = shades

    def is_fit(colour: str) -> bool:
        # On its own soft ground: that of the accent would be another one, and so the colour's own.
        return _least(colour, (*grounds, _shade(colour, ground), foreground)) >= LEGIBLE

    colour = _moved(accent, step, is_fit)
    return Scheme(colour, foreground, _shade(colour, ground), _shade(colour, edge))


def _shade(colour: str, shade: tuple[float, float]) -> str:
    """A colour of the same hue, of a lightness and with at most so much chroma."""
    (light, most), (_, chroma, hue) = shade, _lch(colour)
    return _hex((light, min(chroma, most), hue))


def _at_least(light: float, colour: str) -> str:
    """The colour, or a lighter one of its hue."""
    now, chroma, hue = _lch(colour)
    return colour if now >= light else _hex((light, chroma, hue))


def _least(colour: str, others: Sequence[str]) -> float:
    return min(contrast(colour, other) for other in others)


def _moved(colour: str, step: float, is_fit: Callable[[str], bool]) -> str:
    """The nearest colour that is fit, lighter or darker; at its end is black or white."""
    light, chroma, hue = _lch(colour)
    end = float(step > 0)
    while not is_fit(colour) and light != end:
        light = min(max(light + step, 0), 1)
        colour = _hex((light, chroma, hue))
    return colour


def _luminance(colour: str) -> float:
    red, green, blue = map(_linear, _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _channels(colour: str) -> _Triple:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4  # noqa: PLR2004 - sRGB's own


def _encoded(value: float) -> float:
    return value * 12.92 if value <= 0.0031308 else 1.055 * value ** (1 / 2.4) - 0.055  # noqa: PLR2004 - sRGB's own


def _lch(colour: str) -> _Triple:
    """Lightness, chroma and hue, by Ottosson's matrices."""
    red, green, blue = map(_linear, _channels(colour))
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    mid = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    light = 0.2104542553 * long + 0.7936177850 * mid - 0.0040720468 * short
    a = 1.9779984951 * long - 2.4285922050 * mid + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * mid - 0.8086757660 * short
    return light, hypot(a, b), atan2(b, a)


def _hex(lch: _Triple) -> str:
    """The colour that a screen can show nearest to it: with less chroma, where it has too much."""
    light, chroma, hue = lch
    rgb = _rgb(light, chroma, hue)
    while not all(-0.0005 <= value <= 1.0005 for value in rgb) and chroma > 0:  # noqa: PLR2004 - half a step of 255 and less
        chroma = max(chroma - 0.004, 0)
        rgb = _rgb(light, chroma, hue)
    return "#" + "".join(f"{round(_encoded(min(max(v, 0), 1)) * 255):02x}" for v in rgb)


def _rgb(light: float, chroma: float, hue: float) -> _Triple:
    a, b = chroma * cos(hue), chroma * sin(hue)
    long = (light + 0.3963377774 * a + 0.2158037573 * b) ** 3
    mid = (light - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (light - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * mid + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * mid - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * mid + 1.7076147010 * short,
    )
