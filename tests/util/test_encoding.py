"""The encoding of files, as their first bytes tell, or all of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from cannery.util.encoding import encoding_of_file


@pytest.mark.parametrize(
    ("raw", "found"),
    [
        (b"plain", ("utf-8", False)),
        ("\ufffd".encode(), ("utf-8", False)),
        ("請求".encode() * 500_000, ("utf-8", False)),
        ("請求".encode("cp932") * 9, ("cp932", False)),
        ("Zoë".encode("cp1252"), ("cp1252", False)),
        ("\ufeff請求".encode("utf-16-le"), ("utf-16-le", False)),
        ("請求".encode() * 20 + b"\xe8", ("utf-8", True)),
    ],
    ids=["ascii", "its own sign", "more than a chunk", "Japan", "western", "utf-16", "cut short"],
)
def test_the_encoding_of_a_file_is_told_by_all_of_it(
    tmp_path: Path, raw: bytes, found: tuple[str, bool]
) -> None:
    (tmp_path / "file").write_bytes(raw)
    assert encoding_of_file(tmp_path / "file") == found


def test_what_is_of_no_encoding_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"\x81\x00\xff\xfe\x81")
    with pytest.raises(ValueError, match="in no encoding"):
        encoding_of_file(tmp_path / "file")
