"""Code and comments are told from text without a parser."""

from __future__ import annotations

import pytest

from cannery.adopt.convert.regions import regions


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("a `b` c", ["`b`"]),
        ("a ``b ` c`` d", ["``b ` c``"]),
        ("a ` b", []),
        (r"a \` b `c\` d", [r"`c\`"]),
        ("```js\nx\n```\ny", ["```js\nx\n```"]),
        ("~~~\nx\n```\n~~~", ["~~~\nx\n```\n~~~"]),
        ("````\n```\n````", ["````\n```\n````"]),
        ("- item\n  ```\n  x\n  ```\n", ["  ```\n  x\n  ```"]),
        ("> ```\n> x\n> ```\n", ["> ```\n> x\n> ```"]),
        ("- ```\n  x\n  ```\n", ["- ```\n  x\n  ```"]),
        ("```\nnever closed", ["```\nnever closed"]),
        ("a <!-- b `c --> d `e`", ["<!-- b `c -->", "`e`"]),
        ("`a <!-- b` c -->", ["`a <!-- b`"]),
        ("<!-- a\n\nb --> `c`", ["<!-- a\n\nb -->", "`c`"]),
        ("<!-- a\n```\n--> b", ["<!-- a\n```\n-->"]),
        ("a <!-- b", []),
        ("<!-- a\n\nb", ["<!-- a\n\nb"]),
        ("a\n\n    code\n\nb", ["    code"]),
        ("- a\n\n    no code", []),
        ("!!! note\n\n    no code", []),
        ("a `b\n\nc` d", []),
        ("- a `b\n- c` d", []),
    ],
)
def test_what_is_kept(text: str, kept: list[str]) -> None:
    assert [text[start:end] for start, end in regions(text).spans] == kept


def test_mdx_has_no_indented_code() -> None:
    assert not regions("a\n\n    b", indented_code=False).spans


def test_a_place_is_asked_for_its_region() -> None:
    found = regions("a `b` c")
    assert found.around(3) == (2, 5)
    assert found.around(5) is None
