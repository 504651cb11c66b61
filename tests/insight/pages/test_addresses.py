"""Where pages are, whatever the values of a help desk are."""

from __future__ import annotations

import pytest

from cannery.insight.pages.addresses import group_path


@pytest.mark.parametrize(
    "value",
    [
        "../../etc/passwd",
        "<script>",
        "\u202e",
        "index",
        "日本",
        "A",
        "a/b",
        "x" * 300,
        "",
        ".",
        "CON",
    ],
)
def test_a_value_is_one_short_name(value: str) -> None:
    folder, name = group_path("team", value).split("/")
    assert folder == "by-team"
    assert len(name) <= 50
    assert set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert name != "index"


def test_values_that_look_alike_have_names_of_their_own() -> None:
    values = ["EMEA 1", "emea-1", "emea 1", "EMEA-1", "日本", "韓国"]
    assert len({group_path("team", value) for value in values}) == len(values)
