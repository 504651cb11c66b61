from __future__ import annotations

from tests.desks.zendesk.asking import MACROS, Asking, refused


def test_pages_by_cursor_lead_from_one_to_the_next(asking: Asking) -> None:
    made = [asking.macro(title=str(number))["id"] for number in range(5)]
    page = asking.get(MACROS, page__size="2")
    found = [one["id"] for one in page["macros"]]
    while page["meta"]["has_more"]:
        page = asking.client.ask("GET", page["links"]["next"]).content
        found += [one["id"] for one in page["macros"]]
    assert found == made
    assert page["links"]["next"] is None


def test_a_row_that_is_deleted_meanwhile_moves_no_other(asking: Asking) -> None:
    made = [asking.macro(title=str(number))["id"] for number in range(4)]
    page = asking.get(MACROS, page__size="2")
    asking.delete(f"{MACROS}/{made[0]}")
    rest = asking.get(MACROS, page__size="2", page__after=page["meta"]["after_cursor"])
    assert [one["id"] for one in rest["macros"]] == made[2:]


def test_a_page_has_at_most_100_rows(asking: Asking) -> None:
    with refused(400):
        asking.get(MACROS, page__size="101")


def test_a_cursor_of_another_kind_is_refused(asking: Asking) -> None:
    with refused(400):
        asking.get(MACROS, page__after="x")


def test_without_a_cursor_pages_have_numbers(asking: Asking) -> None:
    for number in range(3):
        asking.macro(title=str(number))
    page = asking.get(MACROS, per_page="2", page="2")
    assert (len(page["macros"]), page["count"], page["next_page"]) == (1, 3, None)
    assert "page=1" in page["previous_page"]


def test_page_numbers_end_at_10000_rows(asking: Asking) -> None:
    with refused(400):
        asking.get(MACROS, page="101")
