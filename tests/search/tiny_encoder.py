"""A sentence encoder of a few words, written as an ONNX file: each word has its place on a map."""

from __future__ import annotations

import json
import os
import struct
from pathlib import Path

import pytest

_FLOAT, _INT64 = 1, 7
# Words that mean the same stand at one place. The first is every other word.
WORDS = {"[UNK]": (0.0, 0.1, 0.1), "slow": (1.0, 0.0, 0.0), "sluggish": (1.0, 0.0, 0.0), "bag": (0.0, 1.0, 0.0), "colour": (0.0, 0.0, 1.0)}  # fmt: skip


def must_run() -> None:
    """Skip the test without the extra, which CI must have."""
    if not os.environ.get("CI"):
        pytest.importorskip("onnxruntime")
        pytest.importorskip("tokenizers")


def named(model: Path) -> Path:
    """The model, which the user's settings name from here on."""
    config = Path(os.environ["XDG_CONFIG_HOME"]) / "cannery" / "config.toml"
    config.parent.mkdir(parents=True, exist_ok=True)
    config.write_text(f"[meaning]\nmodel = '{model}'\n", "utf-8")
    return model


def vectors() -> list[Path]:
    return [*Path(os.environ["XDG_CACHE_HOME"]).glob("cannery/*/meaning-*")]


def write(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "model.onnx").write_bytes(_model())
    vocabulary = {word: number for number, word in enumerate(WORDS)}
    tokenizer: dict[str, object] = {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": [],
        "normalizer": {"type": "Lowercase"},
        "pre_tokenizer": {"type": "Whitespace"},
        "post_processor": None,
        "decoder": None,
        "model": {"type": "WordLevel", "vocab": vocabulary, "unk_token": "[UNK]"},
    }
    (folder / "tokenizer.json").write_text(json.dumps(tokenizer), "utf-8")
    return folder


def _model() -> bytes:
    """One node, which looks the numbers of words up, in the wire format of ONNX."""
    size = len(WORDS["slow"])
    numbers = b"".join(struct.pack(f"<{size}f", *row) for row in WORDS.values())
    dims = _number(1, len(WORDS)) + _number(1, size)
    table = dims + _number(2, _FLOAT) + _bytes(8, b"table") + _bytes(9, numbers)
    names = _bytes(1, b"table") + _bytes(1, b"input_ids") + _bytes(2, b"out")
    graph = (
        _bytes(1, names + _bytes(4, b"Gather"))
        + _bytes(2, b"tiny")
        + _bytes(5, table)
        + _bytes(11, _value(b"input_ids", _INT64, (b"one", b"length")))
        + _bytes(12, _value(b"out", _FLOAT, (b"one", b"length", b"size")))
    )
    return _number(1, 8) + _bytes(8, _bytes(1, b"") + _number(2, 13)) + _bytes(7, graph)


def _value(name: bytes, kind: int, dimensions: tuple[bytes, ...]) -> bytes:
    shape = b"".join(_bytes(1, _bytes(2, dimension)) for dimension in dimensions)
    return _bytes(1, name) + _bytes(2, _bytes(1, _number(1, kind) + _bytes(2, shape)))


def _bytes(field: int, data: bytes) -> bytes:
    return _varint(field << 3 | 2) + _varint(len(data)) + data


def _number(field: int, value: int) -> bytes:
    return _varint(field << 3) + _varint(value)


def _varint(value: int) -> bytes:
    pieces = []
    while value > 0x7F:
        pieces.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*pieces, value])
