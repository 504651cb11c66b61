"""`.ci/release.py`: what a tag, the version, the changelog and the installers say is one thing."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tarfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
WORKFLOW = ".github/workflows/knowledge-base.yml"
DISTRIBUTION = "tool/cannery/distribution.py"
PACKAGE = "tool/cannery/__init__.py"
GUIDE = "tool/cannery/manual/kb/articles/guides/getting-started.md"
FILES = (
    ".ci/release.py", ".ci/where_from.py", WORKFLOW, "CHANGELOG.md", "CONTRIBUTING.md", "README.md",
    DISTRIBUTION, PACKAGE, GUIDE,
)  # fmt: skip
_NEW = "## Unreleased\n\n### Added\n\n- `kb` hums.\n\n"


class Copy:
    """The files of the repository that a release changes."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def run(self, *arguments: str) -> tuple[int, str, str]:
        command = [sys.executable, str(self.root / ".ci/release.py"), *arguments]
        done = subprocess.run(command, check=False, capture_output=True, encoding="utf-8")
        return done.returncode, done.stdout, done.stderr

    def change(self, file: str, old: str, new: str) -> None:
        path = self.root / file
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), "utf-8")


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    """Before a release: with something new, whatever was released of the original."""
    for name in FILES:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    changelog = tmp_path / "CHANGELOG.md"
    begin, _, rest = changelog.read_text("utf-8").partition("## ")
    if not rest.startswith("Unreleased\n"):
        rest = f"{_NEW.removeprefix('## ')}## {rest}"
    changelog.write_text(f"{begin}## {rest}", "utf-8")
    return Copy(tmp_path)


@pytest.fixture
def prepared(copy: Copy) -> Copy:
    assert copy.run("prepare", "7.8.9") == (0, "", "")
    return copy


def test_what_was_prepared_agrees_with_its_tag(prepared: Copy) -> None:
    today = datetime.now(UTC).date()
    assert f"\n## 7.8.9 - {today}\n" in (prepared.root / "CHANGELOG.md").read_text("utf-8")
    assert '\n__version__ = "7.8.9"\n' in (prepared.root / PACKAGE).read_text("utf-8")
    workflow = (prepared.root / WORKFLOW).read_text("utf-8")
    assert " default: cannery[site]==7.8.9\n" in workflow
    assert '"cannery==7.8.9"' in (prepared.root / GUIDE).read_text("utf-8")
    assert prepared.run("check", "v7.8.9") == (0, "", "")


def test_the_notes_are_the_section_of_the_version(prepared: Copy) -> None:
    text = (prepared.root / "CHANGELOG.md").read_text("utf-8")
    code, out, _ = prepared.run("notes")
    assert code == 0
    assert out.strip()
    assert out.strip() in text
    assert "## 7.8.9" not in out


def test_a_checkout_that_was_not_prepared_is_no_release(copy: Copy) -> None:
    code, _, err = copy.run("check", "v7.8.9")
    assert code == 1
    assert "the tag is v7.8.9" in err
    assert "the changelog begins with '## Unreleased'" in err


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        (PACKAGE, '"7.8.9"', '"7.8.8"', "the tag is v7.8.9, cannery/__init__.py has 7.8.8"),
        (PACKAGE, "__version__ = ", "VERSION = ", "has 0 lines like"),
        ("CHANGELOG.md", "## 7.8.9 - ", "## 7.8.9 on ", "not with '## 7.8.9 - YYYY-MM-DD'"),
        ("CHANGELOG.md", "## 7.8.9 - ", _NEW + "## 7.8.9 - ", "begins with '## Unreleased'"),
        ("CHANGELOG.md", "## 7.8.9 - 2", "## 7.8.9 - 2026-13-01\n\n2", "not with '## 7.8.9"),
        (DISTRIBUTION, "PUBLISHED = True", "PUBLISHED = False", "PUBLISHED"),
        (WORKFLOW, "cannery[site]==7.8.9", "cannery[site]==7.8.8", f"{WORKFLOW} doesn't say"),
        (GUIDE, "cannery==7.8.9", "cannery==7.8.8", f"{GUIDE} doesn't say"),
    ],
)
def test_each_thing_that_disagrees_is_named(
    prepared: Copy, file: str, old: str, new: str, said: str
) -> None:
    prepared.change(file, old, new)
    code, _, err = prepared.run("check", "v7.8.9")
    assert code == 1
    assert said in err


def test_a_version_without_a_word_of_what_is_new_is_no_release(prepared: Copy) -> None:
    path = prepared.root / "CHANGELOG.md"
    begin, _, rest = path.read_text("utf-8").partition("## 7.8.9")
    heading = "## 7.8.9" + rest.partition("\n")[0]
    path.write_text(f"{begin}{heading}\n\n## 0.0.1 - 2026-01-02\n\n- Old.\n", "utf-8")
    assert "the changelog says nothing of 7.8.9" in prepared.run("check", "v7.8.9")[2]


@pytest.mark.parametrize("version", ["1.2", "v1.2.3", "1.2.3.dev1", "1.02.3", "1.2.3\n", ""])
def test_what_is_no_version_is_refused(copy: Copy, version: str) -> None:
    before = {name: (copy.root / name).read_bytes() for name in FILES}
    code, _, err = copy.run("prepare", version)
    assert code == 1
    assert "is no version" in err
    assert {name: (copy.root / name).read_bytes() for name in FILES} == before


def test_nothing_is_prepared_twice(prepared: Copy) -> None:
    assert "nothing below '## Unreleased'" in prepared.run("prepare", "7.8.10")[2]
    prepared.change("CHANGELOG.md", "## 7.8.9 - ", _NEW + "## 7.8.9 - ")
    assert "has 7.8.9 already" in prepared.run("prepare", "7.8.9")[2]
    assert prepared.run("prepare", "7.8.10") == (0, "", "")
    assert prepared.run("check", "v7.8.10") == (0, "", "")


def test_a_wrong_call_shows_the_right_ones(copy: Copy) -> None:
    code, out, err = copy.run("publish")
    assert (code, out) == (2, "")
    assert "prepare VERSION" in err


def test_an_sdist_is_held_against_what_is_committed(copy: Copy) -> None:
    for words in (["init", "-q"], ["add", "."]):
        subprocess.run(["git", *words], cwd=copy.root, check=True)
    (copy.root / "notes.txt").write_text("mine\n", "utf-8")
    sdist = copy.root.parent / "cannery-7.8.9.tar.gz"
    with tarfile.open(sdist, "w:gz") as archive:
        for name in [*FILES[1:], "notes.txt"]:
            archive.add(copy.root / name, f"cannery-7.8.9/{name}")
        archive.add(copy.root / "README.md", "cannery-7.8.9/PKG-INFO")
    code, _, err = copy.run("files", str(sdist))
    assert code == 1
    assert err.splitlines() == [
        "release: the sdist lacks .ci/release.py",
        "release: the sdist has notes.txt, which isn't committed",
    ]
