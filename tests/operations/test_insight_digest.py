"""The last week in a few lines."""

from __future__ import annotations

from datetime import date
from xml.etree import ElementTree as ET

import pytest
from tests.conftest import Base
from tests.insight.desk_of_months import fill

from cannery.errors import ContentError, UsageError
from cannery.operations.insight_digest import digest_of
from cannery.operations.insight_pages import figures_for

ADDRESS = '[insight]\naddress = "https://kb.example.com/insight"\n'


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def test_a_sentence_comes_first_and_a_table_of_the_week_behind_it(base: Base) -> None:
    fill(base.workspace)
    lines = plain(digest_of(base.workspace, "en")).split("\n")
    assert lines[0].startswith(
        "**In October 2026, 92% of tickets stood solved within 7 days (81 to 97%, n = 50)"
    )
    assert (
        lines[2]
        == "Week 2026-W45 beside the week before: the last week whose figures are complete."
    )
    assert lines[5].startswith("Measure ")
    assert any(line.startswith("Solved within 7 days ") for line in lines)


def test_a_table_in_japanese_is_set_by_the_width_of_its_letters(base: Base) -> None:
    fill(base.workspace)
    lines = digest_of(base.workspace, "ja").split("\n")
    head = next(line for line in lines if line.startswith("指標"))
    row = next(line for line in lines if line.startswith("7 日以内の解決率 "))
    begin = head.index("値") + len(head[: head.index("値")].replace(" ", ""))
    assert begin == row.index("非") + sum(ord(sign) > 0x2E80 for sign in row[: row.index("非")])


def test_links_lead_to_where_kb_toml_says_that_the_pages_are(base: Base) -> None:
    fill(base.workspace)
    assert "](" not in digest_of(base.workspace, "en")
    base.write("kb.toml", ADDRESS)
    assert "[Figures of support](https://kb.example.com/insight/)" in digest_of(
        base.workspace, "en"
    )


def test_it_may_be_beside_an_earlier_week(base: Base) -> None:
    fill(base.workspace)
    assert "beside 2026-W40" in digest_of(base.workspace, "en", date(2026, 10, 1))
    with pytest.raises(ContentError, match="not before"):
        digest_of(base.workspace, "en", date(2026, 11, 19))


def test_the_same_data_are_the_same_text(base: Base) -> None:
    fill(base.workspace)
    assert digest_of(base.workspace, "en") == digest_of(base.workspace, "en")


def test_before_a_week_is_complete_it_says_when_one_is(base: Base) -> None:
    fill(base.workspace, {}, end="2026-11-20")
    with pytest.raises(ContentError, match="no week is complete yet"):
        digest_of(base.workspace, "en")


def test_a_language_without_words_is_refused(base: Base) -> None:
    with pytest.raises(UsageError):
        digest_of(base.workspace, "de")


def test_a_feed_has_an_entry_for_each_week(base: Base) -> None:
    base.write("kb.toml", f'name = "A & B"\n{ADDRESS}')
    fill(base.workspace)
    first, again = (figures_for(base.workspace, ("en",))[0].files["weeks.xml"] for _ in range(2))
    assert first == again
    name = "{http://www.w3.org/2005/Atom}"
    root = ET.fromstring(first)  # noqa: S314 - our own
    entries = root.findall(f"{name}entry")
    assert root.findtext(f"{name}title") == "A & B: Figures of support"
    assert len({entry.findtext(f"{name}id") for entry in entries}) == len(entries) == 12
    assert (entries[0].findtext(f"{name}title") or "").startswith("2026-W45: Solved within 7 days")
    assert entries[0].findtext(f"{name}updated") == "2026-11-09T00:00:00+00:00"
