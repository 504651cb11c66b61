"""`kb rename` and `kb retire`: nothing that speaks of an entry is left behind."""

from __future__ import annotations

import pytest
from tests.conftest import Base, Run

HAR = """---
title: HAR files
audience: public
redirect_from: [articles/har-old]
---
See [proxies](../proxy.md#why), [](../proxy.md) and ![a menu](../img/menu.png).
"""
PROXY = """---
title: Proxies
audience: public
related:
  - articles/net/har # the recording
---
Read [HAR files](net/har.md "how to"), [again](<net/har.md>), [here][1] and [(odd) one](net/har.md#x).

`net/har.md` in code stays.

[1]: net/har.md
"""
MACRO = """---
title: Ask
---
{% render 'hello' %} {{ 'net/har' | article_url }} {{ "har" | article_url }}
"""


@pytest.fixture
def linked(base: Base) -> Base:
    base.write("articles/net/har.md", HAR)
    base.write("articles/net/har.ja.md", HAR.replace("HAR files", "HARファイル"))
    base.write("articles/proxy.md", PROXY)
    base.write("articles/img/menu.png", b"\x89PNG")
    base.write("macros/ask.md", MACRO)
    base.write("macros/_parts/hello.md", "Hello")
    base.write("macros/_parts/hello.ja.md", "こんにちは")
    base.git("init", "-q")
    base.git("add", ".")
    base.git("commit", "-q", "-m", "Begin")
    return base


def _read(base: Base, path: str) -> str:
    return (base.root / "kb" / path).read_text()


def _all(base: Base) -> dict[str, str]:
    return {
        str(path.relative_to(base.root)): path.read_text("utf-8", "replace")
        for path in (base.root / "kb").rglob("*")
        if path.is_file()
    }


def test_every_language_moves_and_all_links_follow(linked: Base, kb: Run) -> None:
    done = kb("rename", "har", "guides/recording")
    assert done.code == 0, done.err
    assert (
        "Renamed articles/net/har to articles/guides/recording: 2 files moved, 2 other files updated."
        in done.out
    )
    assert not (linked.root / "kb/articles/net").exists()
    assert "title: HARファイル" in _read(linked, "articles/guides/recording.ja.md")
    assert _read(linked, "articles/guides/recording.md") == HAR.replace(
        "[articles/har-old]", "[articles/har-old, articles/net/har]"
    )
    assert _read(linked, "articles/proxy.md") == PROXY.replace(
        "net/har.md", "guides/recording.md"
    ).replace("<guides/recording.md>", "guides/recording.md").replace(
        "`guides/recording.md` in code", "`net/har.md` in code"
    ).replace("  - articles/net/har #", "- articles/guides/recording #")
    assert "'articles/guides/recording' | article_url" in _read(linked, "macros/ask.md")
    assert '"articles/guides/recording" | article_url' in _read(linked, "macros/ask.md")
    assert kb("check").code == 0, kb("check").out


def test_its_own_links_follow_it_into_another_folder(linked: Base, kb: Run) -> None:
    assert kb("rename", "har", "a/b/har").code == 0
    text = _read(linked, "articles/a/b/har.md")
    assert "[proxies](../../proxy.md#why)" in text
    assert "![a menu](../../img/menu.png)" in text
    assert kb("check", "kb/articles/a/b/har.md").code == 0


def test_a_part_takes_its_renders_along(linked: Base, kb: Run) -> None:
    assert kb("rename", "_parts/hello", "greeting").code == 0
    assert "{% render 'greeting' %}" in _read(linked, "macros/ask.md")
    assert _read(linked, "macros/_parts/greeting.ja.md") == "こんにちは"
    assert not (linked.root / "kb/macros/_parts/hello.md").exists()


def test_a_dry_run_shows_and_changes_nothing(linked: Base, kb: Run) -> None:
    before = _all(linked)
    shown = kb("rename", "har", "guides/recording", "--dry-run")
    assert shown.code == 0
    assert "kb/articles/net/har.md -> kb/articles/guides/recording.md" in shown.out
    assert "+Read [HAR files](guides/recording.md" in shown.out
    assert _all(linked) == before


@pytest.mark.parametrize(
    "arguments", [("rename", "har", "guides/recording"), ("retire", "har", "--for", "proxy")]
)
def test_it_can_be_taken_back(linked: Base, kb: Run, arguments: tuple[str, ...]) -> None:
    before = _all(linked)
    assert kb(*arguments).code == 0
    assert _all(linked) != before
    assert kb("undo").code == 0
    assert _all(linked) == before


@pytest.mark.parametrize(
    ("new", "said"),
    [
        ("../out", "is not a valid id"),
        ("a/../b", "is not a valid id"),
        (".hidden", "is not a valid id"),
        ("a.ja", "ids can't have"),
        ("a:b", "ids can't have"),
        ("har", "already"),
        ("articles/proxy", "articles/proxy already exists"),
        ("_parts/har", "turn the entry into a part"),
        ("x\x1b", "is not a valid id"),
        ("\u3164", "is not a valid id"),
        ("\u2800/har", "is not a valid id"),
    ],
)
def test_a_name_that_can_not_be_is_refused(linked: Base, kb: Run, new: str, said: str) -> None:
    before = _all(linked)
    done = kb("rename", "har", new)
    assert (done.code, said in done.err) == (2, True), done.err
    assert _all(linked) == before


def test_retired_for_another_its_links_lead_there(linked: Base, kb: Run) -> None:
    done = kb("retire", "har", "--for", "proxy")
    assert done.code == 0, done.err
    assert "status: retired" in _read(linked, "articles/net/har.md")
    assert "status: retired" in _read(linked, "articles/net/har.ja.md")
    proxy = _read(linked, "articles/proxy.md")
    assert "redirect_from:\n- articles/net/har" in proxy
    assert "[HAR files](proxy.md" in proxy
    assert "related" not in proxy, "an entry is not related to itself"
    assert "'articles/proxy' | article_url" in _read(linked, "macros/ask.md")
    assert "har" not in kb("find", "recording").out


def test_retired_for_nobody_its_links_become_words(linked: Base, kb: Run) -> None:
    linked.write("macros/ask.md", "---\ntitle: Ask\n---\nHello\n")
    assert kb("retire", "har").code == 0
    proxy = _read(linked, "articles/proxy.md")
    assert "Read HAR files, again, [here][1] and (odd) one." in proxy
    assert "related" not in proxy


def test_macros_that_tell_customers_its_address_stand_in_the_way(linked: Base, kb: Run) -> None:
    before = _all(linked)
    done = kb("retire", "har")
    assert done.code == 1
    assert "kb/macros/ask.md:4" in done.err
    assert _all(linked) == before


def test_a_part_that_tells_customers_its_address_stands_in_the_way_too(
    linked: Base, kb: Run
) -> None:
    linked.write("macros/ask.md", "---\ntitle: Ask\n---\nHello\n")
    linked.write("macros/_parts/see.md", "See\n{{ 'har' | article_url }}\n")
    done = kb("retire", "har")
    assert done.code == 1
    assert "kb/macros/_parts/see.md:2" in done.err


def test_what_can_not_take_its_place_is_refused(linked: Base, kb: Run) -> None:
    assert kb("retire", "har", "--for", "har").code == 2
    assert kb("retire", "har", "--for", "ask").code == 2


def test_line_ends_and_what_git_ignores_stay(linked: Base, kb: Run) -> None:
    crlf = "---\r\ntitle: T\r\n---\r\n[a](net/har.md)\r\nend\r\n"
    linked.write("articles/crlf.md", crlf)
    assert kb("rename", "har", "har2").code == 0
    raw = (linked.root / "kb/articles/crlf.md").read_bytes().decode()
    assert raw == crlf.replace("har.md", "har2.md")


def test_a_definition_that_leads_nowhere_any_more_is_told(linked: Base, kb: Run) -> None:
    linked.write("macros/ask.md", "---\ntitle: Ask\n---\nHello\n")
    done = kb("retire", "har")
    assert done.code == 0
    assert "kb/articles/proxy.md:9: fix this link by hand" in done.err
