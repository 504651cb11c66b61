"""What all desks that keep one text a record have to do, each by its own API."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from cannery.exchange.desks.desk import Desk
from cannery.model.desk import Family, Record
from cannery.model.location import Kind, Status
from cannery.rest.client import Manner, PlainClient, RestError
from tests.desks.faults import busy
from tests.desks.kinds import TEXT_DESKS, TextDesk
from tests.exchange.desks.opened import family, macro, opened, own_families


class Case:
    """A desk, and a way of opening it anew."""

    def __init__(self, kind: TextDesk) -> None:
        self.kind, self.fake = kind, kind.fake()
        self.fake.start()
        self._clients: list[PlainClient] = []
        self.desk = self.again()

    def again(self) -> Desk:
        self._clients.append(PlainClient(self.fake.address, dict, Manner(sleep=bool)))
        return opened(self.kind.name, self._clients[-1], self.kind.options)

    def close(self) -> None:
        for client in self._clients:
            client.close()
        self.fake.stop()

    @property
    def writes(self) -> list[str]:
        return [line for line in self.fake.lines if not line.startswith("GET ")]


@pytest.fixture(params=TEXT_DESKS, ids=lambda kind: kind.id)
def case(request: pytest.FixtureRequest) -> Iterator[Case]:
    case = Case(request.param)
    yield case
    case.close()


def _refund() -> Family:
    return family(
        macro("We *refund* you.", shortcut=";refund", actions={"status": "solved"}),
        macro("返金します。", "ja", title="返金のご案内", shortcut=";refund"),
    )


def _made(case: Case, entry: Family) -> Record:
    return case.desk.create(Kind.MACRO, case.desk.outgoing(entry).parts)


def test_our_own_macros_are_there_as_was_said_before(case: Case) -> None:
    for entry in own_families()[::11]:
        said = case.desk.outgoing(entry)
        made = _made(case, entry)
        assert (made.title, made.parts) == (said.title, said.parts)


def test_our_own_macros_come_back_in_all_languages(case: Case) -> None:
    for entry in own_families()[::11]:
        back = case.desk.incoming(_made(case, entry)).by_language
        assert back.keys() == entry.by_language.keys()
        assert {version.keys["shortcut"] for version in back.values()} == {
            one.shortcut for one in entry.by_language.values() if hasattr(one, "shortcut")
        }


def test_all_records_are_listed_by_another_connection(case: Case) -> None:
    made = {_made(case, entry).title for entry in own_families()[::11]}
    assert {record.title for record in case.again().records(Kind.MACRO)} == made


def test_what_a_person_added_in_two_languages_is_one_record(case: Case) -> None:
    made = _made(case, _refund())
    assert [one.parts for one in case.again().records(Kind.MACRO)] == [made.parts]


def test_a_change_is_sent_for_its_language_alone(case: Case) -> None:
    made = _made(case, _refund())
    before = len(case.writes)
    changed = case.desk.update(made, {"body.ja": made.parts["body.en"]})
    assert changed.parts["body.ja"] == made.parts["body.en"]
    assert len(case.writes) == before + 1
    found = case.again().read(Kind.MACRO, made.id)
    assert found is not None
    assert found.parts == changed.parts


def test_a_change_needs_no_listing_before_it(case: Case) -> None:
    made = _made(case, _refund())
    changed = case.again().update(made, {"body.ja": made.parts["body.en"]})
    assert [one.parts for one in case.again().records(Kind.MACRO)] == [changed.parts]


def test_a_change_of_what_has_gone_is_an_error(case: Case) -> None:
    made = _made(case, _refund())
    if case.kind.can_delete:
        case.again().delete(made)
        with pytest.raises(RestError, match="gone"):
            case.again().update(made, {"body.ja": "x"})


def test_what_is_said_by_now_is_not_sent(case: Case) -> None:
    made = _made(case, _refund())
    before = len(case.writes)
    case.desk.update(made, case.desk.outgoing(_refund()).parts)
    assert len(case.writes) == before


def test_a_language_more_is_a_text_more(case: Case) -> None:
    english = family(macro("We refund you.", shortcut=";refund"))
    made = _made(case, english)
    parts = case.desk.outgoing(_refund()).parts
    changed = case.desk.update(made, parts)
    assert (changed.id, changed.parts) == (made.id, parts)
    assert [one.parts for one in case.again().records(Kind.MACRO)] == [parts]


def test_what_was_deleted_there_is_gone(case: Case) -> None:
    made = _made(case, _refund())
    other = case.again()
    assert [one.id for one in other.records(Kind.MACRO)] == [made.id]
    if case.kind.can_delete:
        case.desk.delete(made)
        assert other.read(Kind.MACRO, made.id) is None
        assert [*case.again().records(Kind.MACRO)] == []
    else:
        with pytest.raises(RestError):
            case.desk.delete(made)


def test_what_is_deleted_twice_is_no_error(case: Case) -> None:
    if case.kind.can_delete:
        made = _made(case, _refund())
        case.again().read(Kind.MACRO, made.id)
        case.desk.delete(made)
        case.desk.delete(made)


def test_a_macro_can_be_taken_from_the_agents(case: Case) -> None:
    made = _made(case, _refund())
    assert ("active" in made.parts) == case.kind.can_be_off
    if case.kind.can_be_off:
        off = case.desk.update(made, {"active": False})
        assert off.parts == {**made.parts, "active": False}
        assert case.again().read(Kind.MACRO, made.id) == off
        assert {v.keys["status"] for v in case.desk.incoming(off).by_language.values()} == {
            "retired"
        }
        on = case.desk.update(off, {"active": True})
        assert on.parts == made.parts


def test_a_desk_that_is_busy_is_waited_for(case: Case) -> None:
    made = _made(case, _refund())
    case.fake.fail(busy(0), times=2, method="GET")
    assert [one.id for one in case.again().records(Kind.MACRO)] == [made.id]


def test_hundreds_are_listed_page_by_page(case: Case) -> None:
    for number in range(104):
        _made(case, family(macro("a", title=f"T{number}", shortcut=f";t{number}")))
    assert len([*case.again().records(Kind.MACRO)]) == 104


def test_what_all_desks_can_say_comes_back_as_it_was(case: Case) -> None:
    name = "{{ ticket.requester.name }}" if case.kind.has_values else "customer"
    body = f"Dear {name},\n\n- **a**\n- `b`\n\n1. one\n2. two\n\nBye\n"
    entry = family(macro(body, shortcut=";a"))
    said = case.desk.outgoing(entry)
    back = case.desk.incoming(_made(case, entry)).by_language["en"]
    assert (back.body.strip(), back.keys["title"], back.keys["fields"]) == (
        body.strip(),
        "Refund" if "title.en" in said.parts else "A",
        None,
    )


def test_what_is_asked_for_is_a_mark_there_and_a_field_here(case: Case) -> None:
    said = case.desk.outgoing(family(macro("{{ amount }}", shortcut=";a")))
    assert said.asked == ("amount",)
    assert "[[amount]]" in str(said.parts["body.en"])
    back = case.desk.incoming(_made(case, family(macro("{{ amount }}", shortcut=";a"))))
    assert back.by_language["en"].body.strip() == "{{ amount }}"


def test_the_groups_that_have_it_come_and_go(case: Case) -> None:
    group = case.kind.group
    said = case.desk.outgoing(family(macro("a", shortcut=";a", groups=(group or "Billing",))))
    assert ("groups" in str(said.losses)) != bool(group)
    made = case.desk.create(Kind.MACRO, said.parts)
    assert made.parts == said.parts
    if group:
        assert case.desk.incoming(made).by_language["en"].keys["groups"] == [group]
        free = case.desk.update(made, {"restriction": None})
        assert "restriction" not in free.parts
        assert [one.parts for one in case.again().records(Kind.MACRO)] == [free.parts]


def test_a_group_that_the_desk_has_not_is_an_error(case: Case) -> None:
    if case.kind.group:
        said = case.desk.outgoing(family(macro("a", shortcut=";a", groups=("Nobody",))))
        with pytest.raises(RestError, match="Nobody"):
            case.desk.create(Kind.MACRO, said.parts)


def test_a_choice_that_a_person_makes_comes_back_as_one(case: Case) -> None:
    body = "Hello{% if paid == 'yes' %} {{ amount }}{% else %}, please pay{% endif %}."
    back = case.desk.incoming(_made(case, family(macro(body, shortcut=";a")))).by_language["en"]
    assert back.body.strip() == body


def test_a_draft_in_one_language_stays_here(case: Case) -> None:
    entry = family(macro("a", shortcut=";a"), macro("b", "ja", shortcut=";a", status=Status.DRAFT))
    assert "body.ja" not in case.desk.outgoing(entry).parts
