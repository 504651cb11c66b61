"""The form of a reply, on a screen that no terminal shows."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from cannery.tui.app import Picker
from cannery.tui.controls import YesNo
from cannery.tui.finder import Finder
from cannery.tui.form import Form
from tests.conftest import Base
from tests.tui.screen import Hand, check, text, use

Copied = list[tuple[str, str]]


async def _open(hand: Hand, words: str = "refund") -> None:
    await hand.type(f"{words}\r")
    assert isinstance(hand.picker.screen, Form)


@pytest.mark.parametrize("size", [(80, 24), (200, 60)])
def test_a_macro_is_filled_in_beside_its_reply(
    library: Base, copied: Copied, now: datetime, size: tuple[int, int]
) -> None:
    async def act(picker: Picker, hand: Hand) -> None:
        await _open(hand)
        check(picker, "form-empty")
        await hand.type("Kim *Lee*\r")
        await hand.type("pr")
        check(picker, "form-choice")
        await hand.type("\rB17")
        check(picker, "form-fault")
        assert "invoice: 'B17' has the wrong" in text(picker)
        await hand.press("ctrl+a", "ctrl+k")
        await hand.type("A-17\rEMEA\r")
        assert isinstance(picker.screen, Finder)
        assert copied == [
            (
                "rich",
                (
                    "Hello Kim *Lee*,\n\nwe refund A-17 (pro) by 24 November 2026 to "
                    "billing+A-17@example.com.\n\nRegion EMEA.\n"
                ),
            )
        ]
        assert "In the ticket, set status: solved." in " ".join(text(picker).split())

    use(library.workspace, act, size=size)


def test_all_at_once_as_an_expert_types_it(library: Base, copied: Copied, now: datetime) -> None:
    async def act(picker: Picker, hand: Hand) -> None:
        await hand.type("refund\rKim\rteam\rA-1\rAPAC\r")
        assert copied[0][1].startswith("Hello Kim,\n\nwe refund A-1 (team) by")
        await hand.type("refund\rLee\rfre\rA-2\r\r")  # the region is remembered
        assert copied[1][1].endswith("Region APAC.\n")

    use(library.workspace, act)


def test_a_yes_brings_its_paragraph_and_its_fields(
    library: Base, copied: Copied, now: datetime
) -> None:
    async def act(picker: Picker, hand: Hand) -> None:
        await _open(hand)
        await hand.type("Kim\rpro\rA-1\r")
        assert "Only a part" not in text(picker)
        form = picker.screen
        assert isinstance(form, Form)
        form.set_focus(form.row("partly").control)
        await hand.press("space")
        assert "Only a part of it: reason" in " ".join(text(picker).split())
        form.set_focus(form.row("reason").control)
        await hand.paste("first line\nsecond line")
        await hand.press("enter")  # begins a new line
        await hand.type("third　行")
        check(picker, "form-lines")
        await hand.press("ctrl+s")
        assert isinstance(picker.screen, Form), "the region is missing yet"
        await hand.type("X\r")
        assert "Only a part of it: first line\nsecond line\nthird　行" in copied[0][1]

    use(library.workspace, act, size=(100, 40))


@pytest.mark.parametrize(
    ("pasted", "line"),
    [
        ("Kim", "Kim"),
        ("Kim\n", "Kim"),
        ("Kim\rLee\r", "Kim Lee"),  # as terminals send it
        ("Kim\r\n\r\n  Lee", "Kim Lee"),
        (" Kim  田中　太郎", " Kim  田中　太郎"),
        ("\r", ""),
    ],
)
def test_what_is_pasted_into_a_line_stands_there_once_and_as_one_line(
    library: Base, pasted: str, line: str
) -> None:
    async def act(picker: Picker, hand: Hand) -> None:
        await _open(hand)
        await hand.paste(pasted)
        form = picker.screen
        assert isinstance(form, Form)
        assert form.row("customer").text == line

    use(library.workspace, act)


@pytest.mark.parametrize(
    ("name", "before", "pasted", "text"),
    [
        ("plan", "", "Professional\r", "pro"),
        ("until", "", "2026-12-24", "2026-12-24"),
        ("mail", "", "kim@example.com\r", "kim@example.com"),
        ("reason", "", "first\r\r  second\r", "first\n\n  second\n"),
        ("reason", "So: ", "first\r\nsecond", "So: first\nsecond"),
    ],
)
def test_every_field_takes_a_paste_once_with_its_lines(
    library: Base, name: str, before: str, pasted: str, text: str
) -> None:
    async def act(picker: Picker, hand: Hand) -> None:
        await _open(hand)
        form = picker.screen
        assert isinstance(form, Form)
        partly = form.row("partly").control
        assert isinstance(partly, YesNo)
        partly.toggle()  # so that the reason is asked for
        await hand.settle()
        control = form.row(name).control
        form.set_focus(control.query_one("Input") if name == "plan" else control)
        await hand.press("ctrl+a", "ctrl+k")
        await hand.type(before)
        await hand.paste(pasted)
        assert form.row(name).text == text

    use(library.workspace, act, size=(100, 60))


def test_lines_copied_in_the_picker_are_pasted_into_a_line_as_one(library: Base) -> None:
    async def act(picker: Picker, hand: Hand) -> None:
        await _open(hand)
        picker.copy_to_clipboard("Kim\nLee")
        await hand.press("ctrl+v")
        form = picker.screen
        assert isinstance(form, Form)
        assert form.row("customer").text == "Kim Lee"

    use(library.workspace, act)


def test_keys_that_come_before_a_reply_is_copied_are_the_next_search(
    library: Base, copied: Copied
) -> None:
    async def act(picker: Picker, hand: Hand) -> None:
        await hand.type("hello\rKim\rthanks\r\rhel")
        assert [text for _, text in copied] == ["Hello Kim.\n", "Thank you, and goodbye.\n"]
        assert isinstance(picker.screen, Finder)
        assert picker.finder.words == "hel"

    use(library.workspace, act)


def test_dates_are_understood_and_told(library: Base, now: datetime) -> None:
    async def act(picker: Picker, hand: Hand) -> None:
        await _open(hand)
        form = picker.screen
        assert isinstance(form, Form)
        until = form.row("until").control
        for typed, meant in (
            ("+3d", "27 November 2026"),
            ("金曜", "27 November 2026"),
            ("friday", "27 November 2026"),
            ("来週月曜", "30 November 2026"),
        ):
            form.set_focus(until)
            await hand.press("ctrl+a", "ctrl+k")
            await hand.type(typed)
            shown = " ".join(text(picker).split())
            assert shown.count(meant) == 2, "below the field, and in the reply"
        await hand.type("x")
        assert "not a date" in " ".join(text(picker).split())

    use(library.workspace, act, size=(120, 40))


@pytest.mark.parametrize("at_once", [True, False])
def test_keys_that_choose_are_taken_in_the_order_they_are_pressed(
    library: Base, copied: Copied, at_once: bool
) -> None:
    library.write(
        "macros/many.md",
        """---
title: Many
fields:
  - {name: plan, type: choice, choices: [Free, Professional, Team]}
  - {name: note}
  - {name: more, type: multichoice, choices: [letter, call, gift]}
  - {name: partly, type: yesno}
---
{{ plan }} {{ note }} {{ more | join: ", " }} {{ partly }}
""",
    )

    async def act(picker: Picker, hand: Hand) -> None:
        await hand.type("many\r")
        await hand.type("e↓\rX\r↓ ↓ \r \r", at_once=at_once)
        assert copied == [("rich", "Professional X call, gift yes\n")]

    use(library.workspace, act)


def test_a_default_follows_the_field_that_it_is_made_of_until_it_is_typed_over(
    library: Base, now: datetime
) -> None:
    async def act(picker: Picker, hand: Hand) -> None:
        await _open(hand)
        await hand.type("Kim\rpro\rA-5")
        form = picker.screen
        assert isinstance(form, Form)
        assert form.row("mail").text == "billing+A-5@example.com"
        form.set_focus(form.row("mail").control)
        await hand.press("ctrl+a", "ctrl+k")
        await hand.type("kim@example.com")
        form.set_focus(form.row("invoice").control)
        await hand.press("end")
        await hand.type("6")
        assert form.row("mail").text == "kim@example.com"
        assert "to kim@example.com" in " ".join(text(picker).split())

    use(library.workspace, act, size=(120, 40))


def test_several_choices_are_taken_with_the_space_bar(
    library: Base, copied: Copied, now: datetime
) -> None:
    async def act(picker: Picker, hand: Hand) -> None:
        await _open(hand)
        await hand.type("Kim\rpro\rA-1\r")
        form = picker.screen
        assert isinstance(form, Form)
        form.set_focus(form.row("extras").control)
        await hand.press("space", "down", "down", "space")
        assert "You get: letter and gift." in text(picker)

    use(library.workspace, act, size=(120, 50))


def test_a_choice_is_taken_by_the_arrows_or_the_mouse(library: Base, now: datetime) -> None:
    async def act(picker: Picker, hand: Hand) -> None:
        await _open(hand)
        await hand.type("Kim\r")
        await hand.press("down", "down", "enter")
        form = picker.screen
        assert isinstance(form, Form)
        assert form.row("plan").text == "team"
        form.set_focus(form.row("plan").control.query_one("Input"))
        await hand.settle()
        await hand.pilot.click("OneOf OptionList", offset=(4, 0))
        await hand.settle()
        assert form.row("plan").text == "free"

    use(library.workspace, act, size=(120, 50))


def test_the_other_language_keeps_what_was_typed(library: Base, copied: Copied) -> None:
    async def act(picker: Picker, hand: Hand) -> None:
        await _open(hand)
        await hand.type("田中\r")
        await hand.press("ctrl+l")
        assert "田中 様" in text(picker)
        await hand.type("A-9\r")
        assert copied == [("rich", "田中 様\n\n請求書 A-9 を返金いたします。\n")]

    use(library.workspace, act)


def test_macros_are_put_on_top_of_one_another(library: Base, copied: Copied) -> None:
    async def act(picker: Picker, hand: Hand) -> None:
        await hand.type("hello\rKim")
        await hand.press("ctrl+n")
        assert "Add to Hello there" in text(picker)
        await hand.type("hello\r")
        assert "is already in this reply" in text(picker)
        await hand.press("escape")
        await hand.type("thanks\r")
        assert "Hello there + Thanks" in text(picker)
        await hand.press("enter")
        assert copied == [("rich", "Hello Kim.\n\nThank you, and goodbye.\n")]
        await hand.type("thanks\r\r")
        assert copied[1] == ("rich", "Thank you, and goodbye.\n")

    use(library.workspace, act)


@pytest.mark.parametrize(
    ("key", "form"), [("f2", "text"), ("f3", "html"), ("f4", "slack"), ("f5", "markdown")]
)
def test_each_form_has_its_key(library: Base, copied: Copied, key: str, form: str) -> None:
    async def act(picker: Picker, hand: Hand) -> None:
        await hand.type("hello\rKim")
        await hand.press(key)
        assert [how for how, _ in copied] == [form]

    use(library.workspace, act)


def test_a_hole_holds_the_copy_back_until_a_key_lets_it_go_once(
    library: Base, copied: Copied
) -> None:
    library.write(
        "macros/hello.md",
        "---\ntitle: Hello there\nfields: [{name: a}]\n---\nHello {{ a }} and [Name].\n",
    )

    async def act(picker: Picker, hand: Hand) -> None:
        await hand.type("hello there\r[Kim]\r")
        assert copied == []
        told = " ".join(text(picker).split())
        assert "kb/macros/hello.md:5: [Name]" in told
        assert "Copy anyway" in told
        await hand.type("y")
        await hand.press("f9")
        assert copied == []
        await hand.press("f2")
        await hand.press("f9")
        assert copied == [("text", "Hello [Kim]y and [Name].\n")]

    use(library.workspace, act)


def test_leaving_a_form_loses_nothing_and_a_copied_one_begins_anew(
    library: Base, copied: Copied
) -> None:
    async def act(picker: Picker, hand: Hand) -> None:
        await hand.type("hello\rKim\x1b")
        assert isinstance(picker.screen, Finder)
        await hand.press("enter")
        assert "Your earlier input was restored." in text(picker)
        await hand.press("enter")
        assert copied == [("rich", "Hello Kim.\n")]
        await hand.type("hello\r")
        assert "Kim" not in text(picker)
        await hand.press("escape", "escape")
        await hand.press("ctrl+b")  # the last reply, to be mended
        assert "Hello Kim." in text(picker)

    use(library.workspace, act)


def test_the_ticket_command_fills_in_and_its_trouble_is_told(
    library: Base, copied: Copied, home: Path
) -> None:
    config = home / "config/cannery/config.toml"
    config.parent.mkdir(parents=True)
    config.write_text("""ticket_command = "printf '{\\"id\\": 7, \\"subject\\": \\"Help\\"}'"\n""")
    library.write(
        "macros/hello.md",
        "---\ntitle: Hello there\nfields:\n  - {name: about, from: ticket.subject}\n---\nOn {{ about }}.\n",
    )

    async def act(picker: Picker, hand: Hand) -> None:
        await hand.type("hello\r")
        assert "ticket 7 Help" in text(picker)
        assert "On Help." in text(picker)
        await hand.press("enter")
        assert copied == [("rich", "On Help.\n")]

    async def fail(picker: Picker, hand: Hand) -> None:
        await hand.type("hello\r")
        assert "ticket_command failed (1)" in text(picker)

    use(library.workspace, act, ticket=None)
    config.write_text('ticket_command = "false"\n')
    use(library.workspace, fail, ticket=None)


def test_a_value_that_is_none_in_the_other_language_breaks_nothing(library: Base) -> None:
    head = "---\ntitle: Odd\nfields:\n"
    library.write(
        "macros/odd.md", f"{head}  - name: a\n  - name: b\n---\n{{{{ a }}}} {{{{ b }}}}\n"
    )
    library.write(
        "macros/odd.ja.md",
        f"{head}  - {{name: a, type: yesno}}\n  - {{name: b, type: multichoice, choices: [x]}}\n---\n"
        "{{ a }} {{ b }}\n",
    )

    async def act(picker: Picker, hand: Hand) -> None:
        await _open(hand, "odd")
        await hand.type("Kim\rLee")
        await hand.press("ctrl+l")
        assert isinstance(picker.screen, Form)
        assert "Odd · ja" in text(picker)

    use(library.workspace, act)
