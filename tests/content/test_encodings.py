"""Files as Windows' editors save them: with a byte order mark, in UTF-16, with its line ends."""

from __future__ import annotations

import codecs

import pytest
from tests.conftest import Base, Run

from cannery.check.scope import Scope
from cannery.content import save
from cannery.content.synonyms import read_synonyms
from cannery.git.merge import merge
from cannery.operations.check import check, fix
from cannery.operations.rename import rename

_WIDE = [(codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"),
         (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be")]  # fmt: skip
_BARE = [(b"", codec) for _, codec in _WIDE]
_ALL = [(b"", "utf-8"), (codecs.BOM_UTF8, "utf-8"), *_WIDE, *_BARE]
_ENCODED = pytest.mark.parametrize(("mark", "codec"), _ALL)
_ENDS = pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
_TEXT = "---\ntitle: 返金\nstatus: Retired\n---\nqzwords 返金します。\n"


def _bytes(mark: bytes, codec: str, text: str = _TEXT, end: str = "\n") -> bytes:
    return mark + text.replace("\n", end).encode(codec)


@_ENDS
@_ENCODED
def test_front_matter_and_body_are_read(base: Base, mark: bytes, codec: str, end: str) -> None:
    base.write("articles/a.md", _bytes(mark, codec, end=end))
    article = base.article("a.md")
    assert (article.header.title, article.body.strip()) == ("返金", "qzwords 返金します。")
    assert article.body_line == 5


@_ENDS
@_ENCODED
def test_a_rewrite_keeps_encoding_mark_and_line_ends(
    base: Base, mark: bytes, codec: str, end: str
) -> None:
    base.write("articles/a.md", _bytes(mark, codec, end=end))
    save.update(base.workspace, "kb/articles/a.md", {"owner": "team"})
    text = _TEXT.replace("Retired\n", "Retired\nowner: team\n")
    after = (base.workspace.content / "articles/a.md").read_bytes()
    assert after == _bytes(mark, codec, text, end)


@_ENCODED
def test_a_fix_keeps_the_encoding(base: Base, mark: bytes, codec: str) -> None:
    base.write("articles/a.md", _bytes(mark, codec))
    fix(base.workspace, Scope())
    after = (base.workspace.content / "articles/a.md").read_bytes()
    assert after == _bytes(mark, codec, _TEXT.replace("Retired", "retired"))


@_ENCODED
def test_a_rename_keeps_the_encoding(base: Base, mark: bytes, codec: str) -> None:
    base.write("articles/a.md", _bytes(mark, codec))
    rename(base.workspace, "a", "b")
    after = (base.workspace.content / "articles/b.md").read_bytes()
    header = "Retired\nredirect_from:\n- articles/a\n"
    assert after == _bytes(mark, codec, _TEXT.replace("Retired\n", header))


@pytest.mark.parametrize(("mark", "codec"), _WIDE)
def test_the_check_asks_for_utf_8(base: Base, mark: bytes, codec: str) -> None:
    base.write("articles/a.md", _bytes(mark, codec, _TEXT.replace("Retired", "published")))
    problems = check(base.workspace).problems
    assert [(item.code, item.hint) for item in problems] == [
        ("unreadable", "Save the file as UTF-8.")
    ]


@_ENCODED
def test_a_secret_is_found(base: Base, mark: bytes, codec: str) -> None:
    secret = "AKIA" + "Q3EGRTHF5XWUJ2ZV"
    base.write("articles/a.md", _bytes(mark, codec, f"---\ntitle: A\n---\n{secret}\n"))
    base.write("log.txt", _bytes(mark, codec, f"\n{secret}\n"))
    problems = check(base.workspace).problems
    lines = [(item.path, item.line) for item in problems if item.code == "secret"]
    assert lines == [("kb/articles/a.md", 4), ("kb/log.txt", 2)]


@_ENCODED
def test_a_search_finds_and_shows_it(base: Base, kb: Run, mark: bytes, codec: str) -> None:
    base.write("articles/a.md", _bytes(mark, codec, _TEXT.replace("Retired", "published")))
    assert "返金します" in kb("find", "qzwords").out


@_ENCODED
def test_synonyms_and_settings_are_read(base: Base, mark: bytes, codec: str) -> None:
    assert read_synonyms(_bytes(mark, codec, "- [refund, 返金]\n")).groups == (("refund", "返金"),)
    base.write("kb.toml", _bytes(mark, codec, 'name = "返金"\n'))
    assert base.workspace.settings.name == "返金"


@_ENDS
@_ENCODED
def test_a_merge_keeps_encoding_and_line_ends(mark: bytes, codec: str, end: str) -> None:
    base, ours, theirs = (
        _bytes(mark, codec, f"---\ntitle: {title}\n---\n{first}\n\nb\n\n{last}\n", end)
        for title, first, last in (("A", "a", "c"), ("B", "x", "c"), ("A", "a", "d"))
    )
    merged = _bytes(mark, codec, "---\ntitle: B\n---\nx\n\nb\n\nd\n", end)
    assert merge(base, ours, theirs).data == merged
