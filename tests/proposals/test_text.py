"""What is said of a proposal."""

from __future__ import annotations

from cannery.proposals.text import ChangedFile, branch_name, title

_CHANGES = [
    ChangedFile("kb/articles/assets/0-360.png", "Add", "0-360.png"),
    ChangedFile("kb/articles/login.md", "Update", "Sign in"),
    ChangedFile("kb/desk/zendesk.toml", "Update", "zendesk.toml"),
]


def test_a_proposal_is_called_by_what_people_read() -> None:
    assert title(_CHANGES) == "Update Sign in"
    assert branch_name(_CHANGES, "Ada", "c0ffee").startswith("kb/login-")


def test_a_proposal_of_images_alone_is_called_by_them() -> None:
    assert title(_CHANGES[:1]) == "Add 0-360.png"
    assert branch_name(_CHANGES[:1], "Ada", "c0ffee").startswith("kb/0-360-")
