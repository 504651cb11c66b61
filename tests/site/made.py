"""Pictures and packed files with words in all the places that nobody looks at."""

from __future__ import annotations

import base64
import struct
import zlib

_XMP = b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>%s</x:xmpmeta>"


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(**told: str) -> bytes:
    """A PNG of one grey pixel; `told` has what each of its places says."""
    said = {name: text.encode() for name, text in told.items()}
    more = {
        "png_text": chunk(b"tEXt", b"Author\0" + said.get("png_text", b"")),
        "png_itxt": chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + said.get("png_itxt", b"")),
        "png_exif": chunk(b"eXIf", b"MM\0*" + said.get("png_exif", b"")),
        "png_profile": chunk(
            b"iCCP", said.get("png_profile", b"") + b"\0\0" + zlib.compress(b"profile")
        ),
        "png_private": chunk(b"prVt", said.get("png_private", b"")),
    }
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    pixels = chunk(b"IDAT", zlib.compress(b"\0\x80"))
    middle = b"".join(data for name, data in more.items() if name in said)
    end = chunk(b"IEND", b"") + said.get("png_trailer", b"")
    return b"\x89PNG\r\n\x1a\n" + head + middle + pixels + end


def _segment(kind: int, data: bytes) -> bytes:
    return bytes((0xFF, kind)) + struct.pack(">H", len(data) + 2) + data


def exif(orientation: int, text: bytes) -> bytes:
    """Exif with an orientation and a maker."""
    place = 8 + 2 + 24 + 4
    rows = struct.pack("<HHII", 0x010F, 2, len(text), place)
    rows += struct.pack("<HHIHH", 0x0112, 3, 1, orientation, 0)
    return b"Exif\0\0II*\0" + struct.pack("<IH", 8, 2) + rows + b"\0\0\0\0" + text


def jpeg(orientation: int = 6, **told: str) -> bytes:
    """The bones of a JPEG: every segment but what the pixels are made of."""
    said = {name: text.encode() for name, text in told.items()}
    return b"".join((
        b"\xff\xd8",
        _segment(0xE0, b"JFIF\0\1\1\0\0\1\0\1\0\0"),
        _segment(0xE0, b"JFXX\0\x10" + said.get("jpeg_thumbnail", b"")),
        _segment(0xE1, exif(orientation, said.get("jpeg_exif", b""))),
        _segment(0xE1, _XMP % said.get("jpeg_xmp", b"")),
        _segment(0xE2, b"ICC_PROFILE\0\1\1colours"),
        _segment(0xE2, b"MPF\0" + said.get("jpeg_mpf", b"")),
        _segment(0xEC, b"Ducky" + said.get("jpeg_ducky", b"")),
        _segment(0xED, b"Photoshop 3.0\x008BIM\4\4" + said.get("jpeg_iptc", b"")),
        _segment(0xEE, b"Adobe\0\x64\0\0\0\0\1"),
        _segment(0xFE, said.get("jpeg_comment", b"")),
        _segment(0xDB, b"\0" + bytes(64)),
        _segment(0xDA, b"\1\1\0\0\x3f\0") + b"scan\xff\0data\xff\xd0more",
        _segment(0xFE, said.get("jpeg_late", b"")),
        _segment(0xDA, b"\1\1\0\0\x3f\0") + b"again",
        b"\xff\xd9" + said.get("jpeg_trailer", b""),
    ))  # fmt: skip


def _blocks(data: bytes) -> bytes:
    return bytes((len(data),)) + data + b"\0"


def gif(**told: str) -> bytes:
    said = {name: text.encode() for name, text in told.items()}
    return b"".join((
        b"GIF89a\1\0\1\0\x80\0\0\0\0\0\xff\xff\xff",
        b"\x21\xff" + _blocks(b"NETSCAPE2.0")[:-1] + _blocks(b"\1\0\0"),
        b"\x21\xfe" + _blocks(said.get("gif_comment", b"x")),
        b"\x21\xff" + _blocks(b"XMP DataXMP")[:-1] + _blocks(said.get("gif_xmp", b"x")),
        b"\x21\xf9" + _blocks(b"\0\0\0\0"),
        b"\x2c\0\0\0\0\1\0\1\0\0\2" + _blocks(b"\x44\1"),
        b"\x3b" + said.get("gif_trailer", b""),
    ))  # fmt: skip


def _riff(kind: bytes, data: bytes) -> bytes:
    return kind + struct.pack("<I", len(data)) + data + b"\0" * (len(data) % 2)


def webp(**told: str) -> bytes:
    said = {name: text.encode() for name, text in told.items()}
    body = b"WEBP" + b"".join((
        _riff(b"VP8X", b"\x2c\0\0\0" + bytes(6)),
        _riff(b"ICCP", b"colours"),
        _riff(b"VP8L", b"\x2f pixels"),
        _riff(b"EXIF", said.get("webp_exif", b"")),
        _riff(b"XMP ", said.get("webp_xmp", b"")),
        _riff(b"NOTE", said.get("webp_private", b"")),
    ))  # fmt: skip
    return b"RIFF" + struct.pack("<I", len(body)) + body + said.get("webp_trailer", b"")


def ico(**told: str) -> bytes:
    """An icon of a PNG and of a bitmap of one pixel."""
    bitmap = struct.pack("<IiiHHIIiiII", 40, 1, 2, 1, 32, 0, 8, 0, 0, 0, 0) + bytes(8)
    pictures = [png(**{f"png_{name[4:]}": text for name, text in told.items()}), bitmap]
    gap, at, rows = b"x".join(text.encode() for text in told.values()), 6 + 32, b""
    for picture in pictures:
        rows += bytes((1, 1, 0, 0)) + struct.pack("<HHII", 1, 32, len(picture), at + len(gap))
        at += len(picture)
    return struct.pack("<HHH", 0, 1, 2) + rows + gap + b"".join(pictures)


def gzipped(**told: str) -> bytes:
    said = {name: text.encode() for name, text in told.items()}
    extra = said.get("gz_extra", b"")
    packed = zlib.compressobj(9, zlib.DEFLATED, -15)
    data = packed.compress(b"the log") + packed.flush()
    head = b"\x1f\x8b\x08\x1c\x12\x34\x56\x78\2\3" + struct.pack("<H", len(extra)) + extra
    names = said.get("gz_name", b"") + b"\0" + said.get("gz_comment", b"") + b"\0"
    return head + names + data + struct.pack("<II", zlib.crc32(b"the log"), 7)


SVG = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE svg PUBLIC "-//{svg_doctype}//" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">
<!-- {svg_comment} -->
<?editor {svg_instruction}?>
<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"
  xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape" viewBox="0 0 9 9"
  xmlns:sodipodi="http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd" id="{svg_id}"
  xmlns:i="http://ns.adobe.com/AdobeIllustrator/10.0/" data-name="{svg_data}"
  inkscape:export-filename="/home/{svg_export}/a.png" sodipodi:docname="{svg_docname}.svg">
  <title>{svg_title}</title><desc>{svg_desc}</desc>
  <metadata><rdf>{svg_metadata}</rdf></metadata>
  <sodipodi:namedview><inkscape:grid>{svg_view}</inkscape:grid></sodipodi:namedview>
  <i:pgf>{svg_illustrator}</i:pgf>
  <style>/* {svg_css} */ .drawn {{fill: url(#drawn)}}</style>
  <defs><linearGradient id="drawn"><stop offset="0"/></linearGradient>
    <g id="spare"><text>{svg_spare}</text></g></defs>
  <g inkscape:label="{svg_label}" aria-label="{svg_aria}" style="/*{svg_inline}*/fill:red">
    {svg_stray}<path class="drawn" d="M0 0h9"/>{svg_tail}<text>seen <tspan>too</tspan> all</text>
    <g style="display:none"><text>{svg_hidden}</text></g>
    <image xlink:href="data:image/png;base64,{picture}"/>
    <image xlink:href="file:///home/{svg_link}.png"/>
  </g>
</svg>
"""
SVG_PLACES = tuple(
    f"svg_{name}"
    for name in [
        "doctype",
        "comment",
        "instruction",
        "id",
        "data",
        "export",
        "docname",
        "title",
        "desc",
        "metadata",
        "view",
        "illustrator",
        "css",
        "spare",
        "label",
        "aria",
        "inline",
        "stray",
        "tail",
        "hidden",
        "link",
    ]
)


def svg(**told: str) -> bytes:
    picture = base64.b64encode(png(**{k: v for k, v in told.items() if k.startswith("png")}))
    words = {name: told.get(name, "x") for name in SVG_PLACES}
    return SVG.format(**words, picture=picture.decode()).encode()
