"""Whatever others made and we pass on goes with its licence, in the wheel and on a site."""

from __future__ import annotations

import re
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from email.parser import BytesParser
from pathlib import Path

import pytest

from cannery.site import web
from tests.built import Built, built
from tests.conftest import leave_without

ROOT = Path(__file__).parents[1]
LICENCES = (web.FOLDER / web.LICENCES).read_text("utf-8")
# Each part: its licence, and words of its text that are its authors'.
PARTS = {
    "liquidjs": ("MIT", "Copyright (c) 2016 Jun Yang"),
    "tslib": ("0BSD", "Copyright (c) Microsoft Corporation"),
    "markdown-it": ("MIT", "Copyright (c) 2014 Vitaly Puzrin, Alex Kocharin"),
    "entities": ("BSD-2-Clause", "Copyright (c) Felix Böhm"),
    "he": ("MIT", "Copyright Mathias Bynens"),
    "linkify-it": ("MIT", "Copyright (c) 2015 Vitaly Puzrin"),
    "mdurl": ("MIT", "Copyright Joyent, Inc. and other Node contributors"),
    "punycode.js": ("MIT", "Copyright Mathias Bynens"),
    "uc.micro": ("MIT", "Copyright Mathias Bynens"),
    "markdown-it-footnote": ("MIT", "Copyright (c) 2014-2015 Vitaly Puzrin, Alex Kocharin"),
    "UniDic": ("BSD-3-Clause", "Copyright (c) 2011-2013, The UniDic Consortium"),
    "holidays": ("MIT", "Copyright (c) Vacanza Team and individual contributors"),
}
_PERMITS = re.compile(r"Permission (?:is hereby granted|to use)|Redistribution and use in source")


def parts() -> dict[str, tuple[str, str]]:
    """By name, the licence and the text."""
    found = re.findall(
        r"^== (\S+)[^\n]*\nLicense: (\S+)\n\n(.*?)(?=^== |\Z)", LICENCES, re.MULTILINE | re.DOTALL
    )
    return {name: (licence, text) for name, licence, text in found}


def test_each_part_has_its_licence_whole() -> None:
    assert parts().keys() == PARTS.keys()
    for name, (licence, authors) in PARTS.items():
        said, text = parts()[name]
        assert said == licence
        assert authors in text
        assert _PERMITS.search(text), name
        assert "AS IS" in text, name


def test_an_update_of_a_script_takes_its_licences_along() -> None:
    if not (ROOT / "node_modules").is_dir():
        leave_without(["packages of npm ci"])
    done = subprocess.run(
        [sys.executable, ROOT / ".ci/vendored.py", "--check"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", ""), (
        "npm ci, then python .ci/vendored.py"
    )


def test_what_is_vendored_is_what_is_pinned() -> None:
    """An update by a bot changes package.json alone: then this asks for the script and its licences."""
    versions = dict(re.findall(r"^== (\S+) ([\d.]+) \(\S+\.min\.js\)", LICENCES, re.MULTILINE))
    package = (ROOT / "package.json").read_text("utf-8")
    pinned = re.findall(r'"(liquidjs|markdown-it(?:-footnote)?)": "([^"]+)"', package)
    assert versions == dict(pinned)


def test_the_licence_of_the_project_names_them_all() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert {*project["license"].split(" AND ")} == {
        "MIT",
        *(licence for licence, _ in parts().values()),
    }


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return built(tmp_path_factory.mktemp("dist"))


def test_the_wheel_names_and_holds_them(files: Built) -> None:
    with zipfile.ZipFile(files.wheel) as wheel:
        (name,) = [name for name in wheel.namelist() if name.endswith(".dist-info/METADATA")]
        metadata = BytesParser().parsebytes(wheel.read(name))
        folder = f"{name.removesuffix('METADATA')}licenses/"
        held = {
            each: wheel.read(folder + each).decode()
            for each in metadata.get_all("License-File", [])
        }
    assert metadata["License-Expression"] == "MIT AND 0BSD AND BSD-2-Clause AND BSD-3-Clause"
    assert held.keys() == {
        "LICENSE",
        "tool/cannery/site/web/vendor/LICENSES.txt",
        "tool/cannery/search/loan_words.LICENSE.txt",
    }
    assert held["tool/cannery/site/web/vendor/LICENSES.txt"] == LICENCES
    assert "Copyright (c) 2026 The Cannery authors" in held["LICENSE"]


def test_the_sdist_has_also_those_of_what_tests_read(files: Built) -> None:
    with tarfile.open(files.sdist) as sdist:
        names = {name.partition("/")[2] for name in sdist.getnames()}
    assert {
        "LICENSE",
        "tool/cannery/site/web/vendor/LICENSES.txt",
        "tests/check/schemas/README.md",
    } <= names
    about = (ROOT / "tests/check/schemas/README.md").read_text("utf-8")
    for schema in (ROOT / "tests/check/schemas").glob("*.[jx]s*"):
        assert f"| `{schema.name}` |" in about
    for name in ("sarif-2.1.0.LICENSE.txt", "junit-4.xsd"):
        assert _PERMITS.search(
            (ROOT / "tests/check/schemas" / name).read_text("utf-8").replace("\n *", "\n")
        )
