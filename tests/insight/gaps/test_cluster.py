"""Texts with the same words come together."""

from __future__ import annotations

import random

from cannery.insight.gaps.cluster import Text, clusters, together


def _groups(*texts: str) -> list[set[str]]:
    made = [Text(text, tuple(text.split())) for text in texts]
    return [{made[at].key for at in cluster.texts} for cluster in clusters(made)]


def test_what_shares_telling_words_is_one_group() -> None:
    asked = ("scim okta", "scim provisioning", "dark mode", "dark theme", "refund")
    assert _groups(*asked) == [
        {"dark mode", "dark theme"},
        {"scim okta", "scim provisioning"},
        {"refund"},
    ]


def test_a_word_that_many_say_joins_nothing() -> None:
    asked = [f"error word{number}" for number in range(60)]
    assert len(_groups(*asked)) == 60


def test_the_order_of_the_texts_changes_nothing() -> None:
    words = ["scim", "okta", "saml", "refund", "invoice", "dark", "mode", "cache", "build", "token"]
    chance = random.Random(7)  # noqa: S311 - no secret
    asked = sorted({" ".join(chance.sample(words, 2)) for _ in range(40)})
    first = _groups(*asked)
    for _ in range(5):
        chance.shuffle(asked)
        assert _groups(*asked) == first


def test_the_most_frequent_group_comes_first_and_in_it_the_most_frequent_text() -> None:
    made = [Text("a b", ("a", "b")), Text("x y", ("x", "y"), 2), Text("x z", ("x", "z"), 5)]
    first = clusters(made)[0]
    assert [made[at].key for at in first.texts] == ["x z", "x y"]


def test_each_text_is_in_one_group() -> None:
    chance = random.Random(3)  # noqa: S311 - no secret
    made = [
        Text(str(number), tuple({f"w{chance.randrange(30)}" for _ in range(3)}))
        for number in range(300)
    ]
    assert sorted(at for cluster in clusters(made) for at in cluster.texts) == list(range(300))


def test_the_weights_of_a_group_are_shares() -> None:
    one, other = clusters([Text("a b", ("a", "b")), Text("c", ("c",))])
    for weights in (one.weights, other.weights, together(one, other).weights):
        assert abs(sum(weights.values()) - 1) < 1e-9


def test_texts_without_a_word_are_groups_of_their_own() -> None:
    assert len(clusters([Text("", ()), Text("?", ())])) == 2
    assert clusters([]) == []
