"""Files of every format, spoilt at random: each reply that is made of one can be filled in."""

from __future__ import annotations

from random import Random

import pytest

from cannery.content.holes import holes_in_template
from cannery.exchange.finish import finished
from cannery.exchange.liquid_text import is_liquid
from cannery.exchange.source import SourceFile, UnreadableError
from cannery.exchange.table import read_all
from cannery.model.location import Status
from tests.exchange.reading import DATA, kept

_PIECES = (
    b"{{", b"}}", b"{%", b"%}", b"%fillpart:name=a%", b"%fillpartend%", b"${1:", b"${2|a,b|}", b"$0", b"[[x]]",
    b"$|$", b'"', b"'", b"\n", b":", b"%@+3D", b"%Y-%m-%d", b"\\", b"<b>", b"</p>", b"[Name]", "〇〇様".encode(),
    b'| default: "x"', b"{% if a %}", b"{% raw %}", b"#", b"---\n", b"|", b"`", b"}", b"{", b"%", b"[remove this]",
)  # fmt: skip


def _spoilt(random: Random, raw: bytes) -> bytes:
    data = bytearray(raw)
    for _ in range(random.randint(1, 6)):
        at = random.randrange(len(data) + 1)
        if random.random() < 0.7:
            data[at:at] = random.choice(_PIECES)
        else:
            del data[at : at + random.randint(1, 8)]
    return bytes(data)


def _try(seed: int, times: int) -> int:
    random = Random(seed)  # noqa: S311 - it spoils files
    files = [file for folder in sorted(DATA.iterdir()) for file in kept(folder.name)]
    done = 0
    for _ in range(times):
        file = random.choice(files)
        given = SourceFile(file.name, file.path, _spoilt(random, file.raw))
        for reply in read_all([given]).replies:
            try:
                made = finished(reply)
            except UnreadableError:
                continue
            assert is_liquid(made.body), (given.raw, made.body)
            assert is_liquid(made.subject), (given.raw, made.subject)
            if made.status is Status.PUBLISHED:
                assert not holes_in_template(made.body), (given.raw, made.body)
            done += 1
    return done


def test_what_is_spoilt_makes_templates_or_losses() -> None:
    assert _try(seed=1, times=150) > 50


@pytest.mark.long
@pytest.mark.parametrize("seed", range(2, 12))
def test_much_that_is_spoilt_makes_templates_or_losses(seed: int) -> None:
    assert _try(seed, times=1_500) > 500
