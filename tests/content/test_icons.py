"""Every icon that a section may have is one of the theme's."""

from __future__ import annotations

from importlib.resources import files

from cannery.content.icons import icons


def test_each_icon_is_a_file_of_the_theme() -> None:
    folder = files("material") / "templates/.icons/material"
    assert [name for name, file in icons().items() if not (folder / f"{file}.svg").is_file()] == []


def test_support_teams_find_what_they_look_for() -> None:
    wanted = "key credit-card shield cloud bug network lock server invoice phone book help terminal"
    assert {*wanted.split()} <= icons().keys()
