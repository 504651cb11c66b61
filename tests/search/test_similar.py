from __future__ import annotations

import io
import json

import pytest
from tests.conftest import Base, Run

PAGE = """---
title: Behind a proxy
---
A proxy opens the connection on its way, and its certificate has to be added to the program.

## What to ask for

Ask for the name of the proxy, and for the whole chain of certificates as a file.
"""


@pytest.fixture
def pages(base: Base) -> Base:
    base.write("articles/proxy.md", PAGE)
    base.write(
        "articles/copy.md", PAGE.replace("Behind a", "A") + "\nOne more paragraph stands here.\n"
    )
    base.write("articles/other.md", "---\ntitle: Refunds\n---\nMoney goes back within five days.\n")
    base.write(
        "articles/proxy.ja.md",
        "---\ntitle: プロキシ\n---\n証明書チェーンをファイルでお送りください。\n",
    )
    base.write(
        "macros/ask.ja.md",
        "---\ntitle: 依頼\n---\n証明書チェーンをファイルでお送りください。お願いいたします。\n",
    )
    return base


@pytest.mark.usefixtures("pages")
def test_the_entries_most_like_one_are_listed_with_what_differs(kb: Run) -> None:
    found = json.loads(kb("similar", "articles/proxy", "--json").out)
    assert [item["id"] for item in found] == ["articles/copy"]
    assert 0.7 < found[0]["shared"] < 1
    assert "One more paragraph stands here." in found[0]["missing"]
    shown = kb("similar", "articles/proxy")
    assert "articles/copy  (article, en)" in shown.out
    assert "- One more paragraph stands here." in shown.out


@pytest.mark.usefixtures("pages")
def test_a_text_on_stdin_is_compared_too(kb: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "証明書チェーンをファイルでお送りくださいますか。"
    monkeypatch.setattr("sys.stdin", io.StringIO(text))
    found = json.loads(kb("similar", "-", "--json").out)
    assert {item["path"] for item in found} == {"kb/articles/proxy.ja.md", "kb/macros/ask.ja.md"}


@pytest.mark.usefixtures("pages")
def test_nothing_like_it_is_told(kb: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    for text in ("Something altogether different, about clocks.", "", "\0\ufffd"):
        monkeypatch.setattr("sys.stdin", io.StringIO(text))
        done = kb("similar", "-")
        assert (done.code, done.out) == (1, "")
        assert "no similar entries" in done.err
