"""What people meet who have something to say of the program, or of each other."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from cannery.distribution import REPOSITORY

GITHUB = Path(__file__).parents[2] / ".github"
FORMS = sorted((GITHUB / "ISSUE_TEMPLATE").glob("[!c]*.yml"))


def _form(name: str) -> dict[str, Any]:
    form: dict[str, Any] = yaml.safe_load((GITHUB / "ISSUE_TEMPLATE" / name).read_text("utf-8"))
    return form


def test_a_bug_comes_with_what_doctor_prints_and_masked() -> None:
    asked = {part["id"]: part for part in _form("tool-bug.yml")["body"] if "id" in part}
    assert asked["doctor"]["attributes"]["label"] == "What kb doctor prints"
    assert asked["doctor"]["validations"] == {"required": True}
    assert all(option["required"] for option in asked["masked"]["attributes"]["options"])
    assert "log" in asked


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.name)
def test_a_form_that_asks_for_texts_asks_to_mask_them(path: Path) -> None:
    """What is pasted of a desk or of a machine."""
    text = path.read_text("utf-8").lower()
    if "paste" in text:
        assert re.search(r"mask|without names", text)


def test_a_vulnerability_is_told_in_private() -> None:
    (private, manual) = _form("config.yml")["contact_links"]
    assert private["url"] == f"{REPOSITORY}/security/advisories/new"
    guide = manual["url"].removeprefix(f"{REPOSITORY}/blob/main/")
    assert (GITHUB.parent / guide).is_file()


def test_conduct_is_reported_as_a_vulnerability_is_and_answered_as_soon() -> None:
    for name in ("CODE_OF_CONDUCT.md", "SECURITY.md"):
        text = " ".join((GITHUB / name).read_text("utf-8").split())
        assert "*Security → Report a vulnerability* on the repository's page" in text
        assert "within five working days" in text
