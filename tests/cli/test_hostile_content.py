"""A stranger's files, all at once: each costs problems of its own, and nothing else."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.conftest import Base, Run
from tests.hostile import HARMLESS, HOSTILE

GOOD = {
    "articles/good/har.md": "---\ntitle: HAR files\naudience: public\n---\nHow to record one.\n",
    "macros/good/hi.md": "---\ntitle: Greeting\nfields: [name]\n---\nHello {{ name }}\n",
}


@pytest.fixture
def beset(base: Base) -> Iterator[Base]:
    """A knowledge base with every hostile file, and files that no text can be read from."""
    for path, text in (HOSTILE | GOOD).items():
        base.write(path, text)
    odd = base.root / "kb/articles/odd"
    odd.mkdir()
    (odd / "folder.md").mkdir()
    os.mkfifo(odd / "pipe.md")
    (odd / "nowhere.md").symlink_to("gone")
    with (odd / "giant.md").open("wb") as file:
        file.truncate(500_000_000)
    for name in (b"new\nline.md", b"stray\xff.md", b"esc\x1b[31m.md"):
        Path(os.fsdecode(os.fsencode(odd) + b"/" + name)).write_text("x")
    _nest(odd)
    yield base
    subprocess.run(["rm", "-rf", odd], check=True)  # too deep for what tidies up after tests


def _nest(folder: Path) -> None:
    """Folders in folders, far below what a path may name."""
    handle = os.open(folder, os.O_RDONLY)
    for _ in range(2500):
        os.mkdir("d", dir_fd=handle)
        inner = os.open("d", os.O_RDONLY, dir_fd=handle)
        os.close(handle)
        handle = inner
    os.close(handle)


def _problems(kb: Run) -> list[dict[str, object]]:
    found = kb("check", "--json")
    assert found.code == 1
    return list(json.loads(found.out))


@pytest.mark.parametrize(
    "command",
    [
        ["find", "record"],
        ["find", "record", "--json"],
        ["show", "good/har"],
        ["show", "good/har", "--json"],
        ["similar", "good/har"],
        ["reply", "hi", "--set", "name=Kim", "--print"],
        ["new", "macro", "A new one", "--section", "good"],
        ["rename", "good/har", "good/har-files"],
        ["doctor"],
    ],
    ids=lambda command: " ".join(command[:3]),
)
def test_the_rest_goes_on(beset: Base, kb: Run, command: list[str]) -> None:
    found = kb(*command)
    assert found.code in (0, 1), found.err
    assert found.code == 0 or command[0] == "similar", found.err


def test_check_tells_each_file_at_its_own_path(beset: Base, kb: Run) -> None:
    problems = _problems(kb)
    told = {str(item["path"]) for item in problems}
    bad = {f"kb/{path}" for path in HOSTILE} - {f"kb/{path}" for path in HARMLESS}
    assert bad <= told
    assert not told & {f"kb/{path}" for path in GOOD}
    assert {"kb/articles/odd/pipe.md", "kb/articles/odd/giant.md"} <= told


def test_each_hostile_file_is_shown_or_refused(beset: Base, kb: Run) -> None:
    for path in HOSTILE:
        name = path.removesuffix(".md")
        for command in (["show", name], ["show", name, "--json"], ["reply", name, "--print"]):
            found = kb(*command)
            assert found.code in (0, 1, 2), (command, found.err)
            assert "Traceback" not in found.err


def test_what_could_be_read_in_two_ways_is_not_published(
    beset: Base, kb: Run, tmp_path: Path
) -> None:
    found = kb("stage", str(tmp_path / "pages"), "--audience", "public")
    assert found.code in (0, 1), found.err
    pages = {path.stem for path in (tmp_path / "pages").rglob("*.md")}
    assert not pages & {"twice", "open", "before", "nel", "ls", "laughs"}


@pytest.mark.parametrize(
    "text",
    [
        "x: " + "[" * 200_000,
        "x: 0x" + "F" * 4000,
        "x: " + "9" * 5000,
        "x: 9999-99-99",
        "a: &a [" + "x, " * 2000 + "]\nx: [" + "*a, " * 2000 + "]",
        "#" * 2_000_000,
        "x: \0",
    ],
    ids=["brackets", "hex", "int", "date", "aliases", "size", "nul"],
)
def test_hostile_settings_of_the_site_s_generator_are_told(base: Base, kb: Run, text: str) -> None:
    base.write("articles/a.md", GOOD["articles/good/har.md"])
    own = Path(__file__).parents[2] / "mkdocs.yml"
    (base.root / "mkdocs.yml").write_text(f"{own.read_text()}\n{text}\n")
    found = kb("site", "build", "--out", str(base.root / "out"))
    assert found.code == 1, found.err
    assert "mkdocs.yml" in found.err
