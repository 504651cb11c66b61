"""Each desk's placeholders: read and written again letter by letter, made ours, and made theirs."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from cannery.content.holes import holes_in_template
from cannery.exchange.placeholders.dialects import DIALECTS
from cannery.exchange.placeholders.fields import Fields
from cannery.exchange.placeholders.to_ours import to_ours
from cannery.exchange.placeholders.tree import as_written
from tests.exchange.placeholders.texts import TEXTS, fill_in

DESKS = sorted(DIALECTS)


@settings(deadline=None)
@given(desk=st.sampled_from(DESKS), text=TEXTS)
def test_what_is_read_is_written_again_letter_by_letter(desk: str, text: str) -> None:
    dialect = DIALECTS[desk]
    tree = dialect.parse(text)
    assert as_written(tree) == text
    assert as_written(tuple(dialect.together(tree))) == text


@settings(deadline=None)
@given(desk=st.sampled_from(DESKS), text=TEXTS)
def test_what_comes_of_any_text_has_no_hole_of_the_desk_and_can_be_filled_in(
    desk: str, text: str
) -> None:
    fields = Fields()
    template, losses, _ = to_ours(text, DIALECTS[desk], fields)
    left = holes_in_template(template)
    assert DIALECTS[desk].kind not in {hole.kind for hole in left}
    assert {hole.written[:60].strip() for hole in left} <= {loss.what for loss in losses}
    assert len(fields.names) == len(fields.all)
    fill_in(template, fields.all)
