"""What a package index shows: the README by itself, its links, and which Python it is for."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
import yaml

from cannery.distribution import REPOSITORY

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
README = (ROOT / "README.md").read_text("utf-8")
LINKS = re.findall(r"\]\(([^)\s]+)\)", README)
FILES = f"{REPOSITORY}/blob/main/"
PICTURES = REPOSITORY.replace("://github.com/", "://raw.githubusercontent.com/") + "/main/"


def test_the_readme_links_to_whole_addresses() -> None:
    """An index shows it without the files beside it."""
    assert len(LINKS) > 10
    assert [link for link in LINKS if not link.startswith("https://")] == []
    assert re.findall(r"<(?:img|a|source)\b|^\[[^\]]+\]:", README, re.MULTILINE) == []


def test_its_picture_is_an_image_and_no_page() -> None:
    (picture,) = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", README)
    assert picture.startswith(PICTURES)
    assert (ROOT / picture.removeprefix(PICTURES)).read_text("utf-8").startswith("<svg")


def _own(addresses: list[str]) -> list[str]:
    return [
        address.removeprefix(begin)
        for address in addresses
        for begin in (FILES, PICTURES)
        if address.startswith(begin)
    ]


@pytest.mark.parametrize("target", sorted({*_own(LINKS), *_own([*PROJECT["urls"].values()])}))
def test_what_is_linked_of_our_own_is_there(target: str) -> None:
    path, _, anchor = target.partition("#")
    assert (ROOT / path).exists()
    if anchor:
        headings = re.findall(r"^#+ (.*)$", (ROOT / path).read_text("utf-8"), re.MULTILINE)
        assert anchor in {re.sub(r"[^\w-]", "", it.lower().replace(" ", "-")) for it in headings}


def test_each_address_of_the_project_is_of_the_repository_that_we_are_installed_from() -> None:
    assert {"Homepage", "Documentation", "Repository", "Issues", "Changelog"} == {*PROJECT["urls"]}
    assert [url for url in PROJECT["urls"].values() if not url.startswith(REPOSITORY)] == []


def _tested() -> set[str]:
    """The versions of Python that each change is tested on."""
    jobs = yaml.safe_load((ROOT / ".github/workflows/check.yml").read_text("utf-8"))["jobs"]
    steps = [step for step in jobs["gates"]["steps"] if "python-version" in step.get("with", {})]
    return {steps[0]["with"]["python-version"], *jobs["tests"]["strategy"]["matrix"]["python"]}


def test_the_python_versions_that_are_named_are_tested() -> None:
    kind = "Programming Language :: Python :: "
    named = {item.removeprefix(kind) for item in PROJECT["classifiers"] if item.startswith(kind)}
    assert named == {"3", "3 :: Only", *_tested()}
    oldest = min(_tested(), key=lambda version: [*map(int, version.split("."))])
    assert PROJECT["requires-python"] == f">={oldest}"


def test_a_release_is_tried_on_each_of_them() -> None:
    jobs = yaml.safe_load((ROOT / ".github/workflows/release.yml").read_text("utf-8"))["jobs"]
    assert {*jobs["wheel"]["strategy"]["matrix"]["python"]} == _tested()
