"""Score cards: each entry loses the weight of a kind once, and owners have no score."""

from __future__ import annotations

import random

from cannery.insight.health import NEEDS, Subject, ToDo, by_owner, by_section, score, urgent

SUBJECTS = [Subject("articles/a/x", "a", "team"), Subject("articles/b/y", "b", "")]


def _todo(need: str, entry: str, path: str = "", command: str = "") -> ToDo:
    return ToDo(need, entry, path or f"kb/{entry}.md", "why", command or f"kb {need} {entry}{path}")


def test_an_entry_without_anything_to_do_has_all_points() -> None:
    assert score(["a"], []) == 100


def test_a_kind_costs_an_entry_once_however_many_files_have_it() -> None:
    twice = [_todo("errors", "a", "a.md"), _todo("errors", "a", "a.ja.md")]
    assert score(["a"], twice) == 60


def test_no_entry_has_less_than_no_points() -> None:
    assert score(["a"], [_todo(need.name, "a") for need in NEEDS]) == 0


def test_one_fault_among_thousands_is_no_whole_score() -> None:
    entries = [f"e{number}" for number in range(1000)]
    assert score(entries, [_todo("warnings", "e1")]) == 95


def test_a_score_is_the_mean_in_steps_of_five() -> None:
    draw = random.Random(7)  # noqa: S311 - examples
    weights = {need.name: need.weight for need in NEEDS}
    for _ in range(200):
        entries = [f"e{number}" for number in range(draw.randint(1, 9))]
        todo = [
            _todo(draw.choice(NEEDS).name, draw.choice(entries)) for _ in range(draw.randint(1, 20))
        ]
        points = [
            max(0, 100 - sum(weights[need] for need in {t.need for t in todo if t.entry == entry}))
            for entry in entries
        ]
        mean = sum(points) / len(points)
        found = score(entries, todo)
        assert found is not None
        assert found % 5 == 0
        assert abs(found - mean) <= 2.5 or found == 95


def test_a_section_without_entries_has_no_score() -> None:
    assert score([], []) is None


def test_sections_and_owners_come_by_name_and_owners_without_a_score() -> None:
    todo = [_todo("errors", "articles/b/y"), _todo("errors", "", "kb/kb.toml")]
    sections, owners = by_section(SUBJECTS, todo), by_owner(SUBJECTS, todo)
    assert [(card.name, card.entries, card.score) for card in sections] == [
        ("a", 1, 100),
        ("b", 1, 60),
    ]
    assert [(card.name, card.counts["errors"], card.score) for card in owners] == [
        ("", 1, None),
        ("team", 0, None),
    ]


def test_what_weighs_most_comes_first_and_each_command_once() -> None:
    todo = [
        _todo("warnings", "a", command="kb edit a"),
        _todo("overdue", "a", command="kb edit a --reviewed"),
        _todo("errors", "a", command="kb edit a"),
    ]
    assert [(item.need, item.command) for item in urgent(todo)] == [
        ("errors", "kb edit a"),
        ("overdue", "kb edit a --reviewed"),
    ]
