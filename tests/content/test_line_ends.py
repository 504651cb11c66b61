from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cannery.content.line_ends import kept, plain
from cannery.content.markdown import parse, tree
from cannery.render.text import text

TRAPS = ["a\n" * 20_000, "> a\n" * 5_000, "- a\nb\n" * 3_000, "*a\n" * 10_000, "[\n" * 10_000]


@pytest.mark.parametrize("body", TRAPS, ids=range(len(TRAPS)))
def test_a_text_made_to_be_slow_is_read_soon(body: str) -> None:
    assert kept(body).count("\n") == body.count("\n")


def test_an_editor_shows_no_backslashes() -> None:
    written = "Hello,\n\nBest regards,\nKim\n\n```sh\na \\\n  b\n```\n"
    assert kept(written) == written.replace("regards,", "regards,\\")
    assert plain(kept(written)) == written


@pytest.mark.parametrize("end", ["\r", "\r\n"])
def test_line_ends_of_other_systems_are_line_ends(end: str) -> None:
    assert kept(f"Best regards,{end}Kim\n[x](y)") == "Best regards,\\\nKim\\\n[x](y)"


@given(
    st.lists(
        st.text(st.sampled_from("aB 1.あ漢（）。・１．、！ー%@"), min_size=1)
        .map(str.strip)
        .filter(bool),
        min_size=1,
        max_size=6,
    )
)
def test_a_text_without_marks_comes_out_as_it_is(lines: list[str]) -> None:
    written = "\n".join(f"あ{line}" for line in lines)
    assert text(tree(parse(kept(written)))) == written
    assert plain(kept(written)) == written
