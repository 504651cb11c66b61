"""The finder, on a screen that no terminal shows."""

from __future__ import annotations

import asyncio
import os
import threading
import time
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest

from cannery.operations import search_log
from cannery.operations.search_log import LostSearch
from cannery.reply.usage import record
from cannery.tui.app import Picker, keep_unchosen
from cannery.tui.finder import Finder
from cannery.tui.form import Form
from cannery.tui.items import Results
from cannery.tui.result_list import ResultList
from cannery.tui.session import Session
from cannery.tui.text_inputs import SearchInput
from tests.conftest import Base
from tests.tui.screen import Hand, check, text, use

Copied = list[tuple[str, str]]


def _ids(picker: Picker) -> list[str]:
    return [item.id for item in picker.finder.query_one(ResultList).items]


@pytest.mark.parametrize("size", [(80, 24), (200, 60)])
def test_what_is_typed_is_found_with_a_preview(
    library: Base, now: datetime, size: tuple[int, int]
) -> None:
    async def act(picker: Picker, hand: Hand) -> None:
        await hand.type("ref")
        assert _ids(picker)[0] == "macros/billing/refund"
        check(picker, "finder")
        await hand.press("down")
        check(picker, "finder-article")

    use(library.workspace, act, size=size)


def test_an_empty_one_says_what_to_do(library: Base) -> None:
    async def act(picker: Picker, hand: Hand) -> None:
        check(picker, "empty")
        await hand.type("zzz")
        assert "No results." in text(picker)

    use(library.workspace, act)


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("返金", "macros/billing/refund"),
        ("へんきん", "macros/billing/refund"),  # as it sounds
        ("ﾘﾌｧﾝﾄﾞ", "articles/refunds"),  # half-width kana
        ("ｒｅｆｕｎｄ ｐｏｌ", "articles/refunds"),  # full-width letters
        (";hi", "macros/hello"),
        ("h", "macros/hello"),
        ("請求書番", "macros/billing/refund"),
    ],
)
def test_japanese_and_odd_widths_find_what_they_should(
    library: Base, typed: str, first: str
) -> None:
    path = library.root / "kb/articles/refunds.md"
    path.write_text(
        path.read_text().replace("audience", "keywords: [へんきん, リファンド]\naudience")
    )
    if typed == "請求書番":
        library.write(
            "macros/billing/refund.ja.md", "---\ntitle: 返金\n---\n請求書番号をお送りください。\n"
        )

    async def act(picker: Picker, hand: Hand) -> None:
        await hand.type(typed)
        assert _ids(picker)[:1] == [first]

    use(library.workspace, act)


def test_no_letter_is_a_command(library: Base) -> None:
    """So that nothing happens while an input method composes, or when it hands over."""

    async def act(picker: Picker, hand: Hand) -> None:
        letters = "qQjkxyn? /:;＃　、。ー漢字ｶﾅ"
        await hand.type(letters)
        assert picker.finder.query_one(SearchInput).value == letters
        assert isinstance(picker.screen, Finder)

    use(library.workspace, act)


def test_keys_that_come_before_the_answer_wait_for_it(library: Base, copied: Copied) -> None:
    async def act(picker: Picker, hand: Hand) -> None:
        await hand.type("hello\rKim\r")
        assert copied == [("rich", "Hello Kim.\n")]
        assert isinstance(picker.screen, Finder)
        assert picker.finder.words == ""
        assert "Copied: rich (a test)." in text(picker)

    use(library.workspace, act)


def test_an_arrow_that_comes_before_the_answer_moves_in_the_answer(
    library: Base, copied: Copied, monkeypatch: pytest.MonkeyPatch
) -> None:
    find = Session.find

    def slowly(self: Session, *asked: Any) -> Results:  # noqa: ANN401 - what find takes
        time.sleep(0.1)
        return find(self, *asked)

    monkeypatch.setattr(Session, "find", slowly)

    async def act(picker: Picker, hand: Hand) -> None:
        await hand.type("greeting")
        assert _ids(picker) == ["macros/thanks", "macros/hello"]
        await hand.press("escape")
        await hand.type("greeting↓\rKim\r")
        assert copied == [("rich", "Hello Kim.\n")]

    use(library.workspace, act)


def test_what_is_used_often_comes_first_and_stands_there_unasked(
    library: Base, copied: Copied
) -> None:
    async def act(picker: Picker, hand: Hand) -> None:
        await hand.type("hello\rKim\r")
        assert _ids(picker) == ["macros/hello"]
        await hand.type("thanks\r\r")
        await hand.type("thanks\r\r")
        assert _ids(picker) == ["macros/thanks", "macros/hello"]

    use(library.workspace, act)

    async def again(picker: Picker, _: Hand) -> None:
        assert _ids(picker) == ["macros/thanks", "macros/hello"]

    use(library.workspace, again)


def test_among_equals_the_used_one_comes_first(base: Base) -> None:
    for name in ("a", "b", "c", "d"):
        base.write(f"macros/{name}.md", "---\ntitle: Log files\n---\nSend the log files.\n")
    record(base.workspace, [("macros/c", "Log files", "en")] * 20, time.time())

    async def act(picker: Picker, hand: Hand) -> None:
        await hand.type("log")
        assert _ids(picker)[0] == "macros/c"

    use(base.workspace, act)


def test_what_was_used_and_is_gone_is_not_offered(library: Base) -> None:
    used = [("macros/gone", "Gone", "en"), ("macros/hello", "Old title", "en")]
    record(library.workspace, used, time.time())

    async def act(picker: Picker, hand: Hand) -> None:
        await hand.settle()
        assert _ids(picker) == ["macros/hello"]
        assert "Hello there" in text(picker)

    use(library.workspace, act)


def test_kind_and_tag_narrow_and_escape_widens(library: Base) -> None:
    async def act(picker: Picker, hand: Hand) -> None:
        await hand.type("refund")
        assert {"macros/billing/refund", "articles/refunds"} <= {*_ids(picker)}
        await hand.press("ctrl+k")
        assert _ids(picker) == ["macros/billing/refund"]
        assert "macros only" in text(picker)
        await hand.press("ctrl+k")
        assert {*_ids(picker)} == {"articles/refunds", "articles/limits"}
        await hand.press("escape")  # the words
        await hand.press("escape")  # the filter
        await hand.press("ctrl+t")
        check(picker, "tags")
        await hand.type("gre\r")
        assert "tag greeting" in text(picker)
        assert {*_ids(picker)} == {"macros/hello", "macros/thanks"}
        await hand.press("ctrl+t")
        assert "tag greeting" not in text(picker)

    use(library.workspace, act)


def test_all_lines_of_a_mail_that_is_pasted_are_searched(library: Base) -> None:
    async def act(picker: Picker, hand: Hand) -> None:
        await hand.paste("Hi there,\rwhere is my refund\rpolicy?\r\rKim\r")
        assert picker.finder.words == "Hi there, where is my refund policy? Kim"
        assert _ids(picker)[0] == "articles/refunds"

    use(library.workspace, act)


@pytest.mark.parametrize("at_once", [True, False])
def test_an_arrow_in_a_dialog_chooses_among_what_is_typed(library: Base, at_once: bool) -> None:
    async def act(picker: Picker, hand: Hand) -> None:
        await hand.press("ctrl+t")
        await hand.type("ing↓\r", at_once=at_once)
        assert "tag greeting" in text(picker)

    use(library.workspace, act)


def test_a_paste_into_a_dialog_narrows_its_choices_once(library: Base) -> None:
    async def act(picker: Picker, hand: Hand) -> None:
        await hand.press("ctrl+t")
        await hand.paste("gree\r")
        await hand.press("enter")
        assert "tag greeting" in text(picker)

    use(library.workspace, act)


def test_escape_leaves_at_last(library: Base) -> None:
    async def act(picker: Picker, hand: Hand) -> None:
        await hand.type("x\x1b")
        assert picker.is_running
        assert picker.finder.words == ""
        await hand.pilot.press("escape")
        await hand.pilot.pause()
        assert picker.return_code == 0

    use(library.workspace, act)


def test_the_language_can_be_changed(library: Base) -> None:
    async def act(picker: Picker, hand: Hand) -> None:
        await hand.type("refund")
        await hand.press("ctrl+l")
        assert "返金のご案内" in text(picker)
        assert "請求書" in text(picker)
        await hand.press("down", "ctrl+l")
        assert "is only available in en" in text(picker)

    use(library.workspace, act)


def test_an_article_is_read_and_its_link_copied(library: Base, copied: Copied) -> None:
    async def act(picker: Picker, hand: Hand) -> None:
        await hand.type("policy")
        await hand.press("f6")
        await hand.press("f7")
        address = "https://help.example.com/articles/refunds/"
        assert copied == [
            ("rich", f"Refund policy {address}\n"),
            ("markdown", f"[Refund policy]({address})\n"),
        ]
        await hand.press("enter")
        check(picker, "article")
        await hand.press("escape")
        await hand.press("escape")
        await hand.type("limits")
        await hand.press("f6")
        assert "no public address" in text(picker)
        assert "internal" in text(picker)

    use(library.workspace, act)


def test_the_site_is_opened_where_there_is_a_browser(
    library: Base, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(Picker, "open_url", lambda _, url: opened.append(url))

    async def act(picker: Picker, hand: Hand) -> None:
        await hand.type("policy")
        await hand.press("ctrl+o")
        assert "No browser found. Address: https://help.example.com/articles/refunds/" in text(
            picker
        )
        monkeypatch.setitem(os.environ, "DISPLAY", ":99")
        await hand.press("ctrl+o")
        assert opened == ["https://help.example.com/articles/refunds/"]

    use(library.workspace, act)


def test_history_tells_who_changed_it(library: Base) -> None:
    library.git("init", "-q")
    library.git("add", ".")
    library.git("commit", "-q", "-m", "Begin")

    async def act(picker: Picker, hand: Hand) -> None:
        await hand.type("refund")
        assert "changed " in text(picker)
        assert " by A" in text(picker)
        await hand.press("ctrl+g")
        assert "A: Begin" in text(picker)
        await hand.press("escape")
        assert isinstance(picker.screen, Finder)

    use(library.workspace, act)


def test_a_file_that_changes_is_found_meanwhile(
    library: Base, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cannery.tui.app._LOOK_EVERY", 0.1)

    async def act(picker: Picker, hand: Hand) -> None:
        await hand.type("giraffe")
        assert _ids(picker) == []
        library.write("articles/zoo.md", "---\ntitle: Giraffes\n---\nTall.\n")
        for _ in range(100):
            await hand.pilot.pause(0.1)
            if _ids(picker):
                break
        assert _ids(picker) == ["articles/zoo"]

    use(library.workspace, act)


def test_an_index_that_takes_long_is_told_of_when_it_is_done(
    library: Base, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A look at the files that comes meanwhile does not take its place."""
    begun, go_on = threading.Event(), threading.Event()
    catch_up = Session.catch_up

    def slow(session: Session) -> Iterator[tuple[int, int]]:
        begun.set()
        go_on.wait(20)
        yield from catch_up(session)

    async def act(picker: Picker, hand: Hand) -> None:
        await hand.type("giraffe")
        library.write("articles/zoo.md", "---\ntitle: Giraffes\n---\nTall.\n")
        monkeypatch.setattr(Session, "catch_up", slow)
        picker.catch_up()
        assert await asyncio.to_thread(begun.wait, 20)
        picker.catch_up()
        go_on.set()
        await hand.settle()
        assert _ids(picker) == ["articles/zoo"]

    monkeypatch.setattr("cannery.tui.app._LOOK_EVERY", 3600)
    use(library.workspace, act)


def test_another_size_keeps_words_choice_and_values(library: Base, now: datetime) -> None:
    async def act(picker: Picker, hand: Hand) -> None:
        await hand.type("ref")
        await hand.press("down")
        chosen = picker.finder.item
        for size in ((40, 15), (200, 60), (80, 24)):
            await hand.pilot.resize_terminal(*size)
            await hand.settle()
            assert picker.finder.item == chosen
            assert picker.finder.words == "ref"
        check(picker, "finder-article")
        await hand.press("up", "enter")
        await hand.type("Kim")
        await hand.pilot.resize_terminal(120, 30)
        await hand.settle()
        assert isinstance(picker.screen, Form)
        assert "Hello Kim," in text(picker)

    use(library.workspace, act)


def test_the_mouse_does_what_the_keys_do(library: Base) -> None:
    async def act(picker: Picker, hand: Hand) -> None:
        await hand.type("refund")
        await hand.pilot.click("ResultList", offset=(5, 2))
        await hand.settle()
        assert "Never tell customers" in text(picker)  # the second one, on the whole screen
        await hand.press("escape")
        await hand.pilot.click("KeyFooter", offset=(text(picker).splitlines()[-2].index("^K"), 0))
        await hand.settle()
        assert "macros only" in text(picker)

    use(library.workspace, act)


def test_titles_can_not_steer_the_screen(base: Base) -> None:
    evil = "\x1b]52;c;ZXZpbA==\x07 [bold red]x[/] [@click=app.quit]quit[/] \u202etxet"
    yaml = evil.replace("\x1b", "\\x1b").replace("\x07", "\\a").replace("\u202e", "\\u202e")
    base.write(
        "macros/evil.md", f'---\ntitle: "{yaml} evil"\nsummary: "{yaml}"\n---\n{evil} body\n'
    )

    async def act(picker: Picker, hand: Hand) -> None:
        await hand.type("evil")
        await hand.settle()
        shown = text(picker)
        assert "[@click=app.quit]quit[/]" in shown
        assert "\x1b" not in shown
        assert "\u202e" not in shown
        await hand.press("enter")
        assert "\x1b" not in text(picker)

    use(base.workspace, act, size=(160, 24))


def test_a_file_that_can_not_be_read_is_told(library: Base) -> None:
    library.write("macros/broken.md", "---\ntitle: [\n---\nzebra text\n")

    async def act(picker: Picker, hand: Hand) -> None:
        await hand.type("zebra")
        await hand.press("enter")
        assert "kb/macros/broken.md:3" in text(picker)

    use(library.workspace, act, size=(120, 24))


@pytest.mark.parametrize("size", [(40, 12), (80, 24)])
def test_without_colours_it_is_bold_that_tells_what_is_chosen(
    library: Base, now: datetime, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")

    async def act(picker: Picker, hand: Hand) -> None:
        await hand.type("ref")
        check(picker, "no-colour")
        await hand.press("enter")
        assert isinstance(picker.screen, Form)

    use(library.workspace, act, size=size)


def test_where_nothing_can_be_kept_it_works_and_says_so(
    library: Base, copied: Copied, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", "/proc/nowhere")
    monkeypatch.setenv("XDG_CACHE_HOME", "/proc/nowhere")

    async def act(picker: Picker, hand: Hand) -> None:
        await hand.type("hello\rKim\r")
        assert copied == [("rich", "Hello Kim.\n")]
        assert isinstance(picker.screen, Finder)
        assert "Copied" in text(picker)

    use(library.workspace, act)


def test_what_was_sought_and_not_chosen_is_kept_when_the_picker_is_left(
    library: Base, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def act(_: Picker, hand: Hand) -> None:
        await hand.type("scim")
        await hand.press("escape")
        await hand.type("ref")
        await hand.press("f6", "escape")
        await hand.type("zzz")

    picker = use(library.workspace, act)
    kept: list[LostSearch] = []
    monkeypatch.setattr(search_log, "keep_beside", lambda _, rows: kept.extend(rows))
    keep_unchosen(picker)
    rows = [(row.words, row.then) for row in kept]
    assert rows == [("scim", "macros/billing/refund"), ("zzz", "")]


def test_what_is_read_in_the_preview_is_chosen(library: Base) -> None:
    async def act(picker: Picker, hand: Hand) -> None:
        await hand.type("ref")
        await hand.press("tab", "tab", "escape")
        assert picker.finder.ends.unchosen == []
        await hand.type("ref")
        await hand.press("escape")
        assert [one.words for one in picker.finder.ends.unchosen] == ["ref"]

    use(library.workspace, act)
